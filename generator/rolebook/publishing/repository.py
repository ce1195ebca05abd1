"""Where the handbook's files can be edited: links into the repository that it is kept in."""

from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from rolebook.source import Span

_UNSAID = ("edit/master/docs/", "src/default/docs/")
"""What MkDocs takes for `edit_uri` at well-known hosts when the author wrote none; no handbook lies there."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository's address, and the way from there to the folder that holds the handbook, for editing."""

    url: str | None = None
    edit_uri: str | None = None

    def file(self, span: Span) -> str | None:
        """The address where the file of `span` is edited, or None when the repository is not known."""
        if not self.url or not self.edit_uri or self.edit_uri in _UNSAID:
            return None
        base = self.url if self.edit_uri.startswith(("?", "#")) else self.url.rstrip("/") + "/"
        address = urljoin(base, self.edit_uri.removesuffix("/") + "/" + quote(span.path))
        return address if urlsplit(address).scheme in ("http", "https") else None

    def line(self, span: Span) -> str | None:
        """The address where the file of `span` is edited, at its line."""
        address = self.file(span)
        return address and f"{address}#L{span.line}"
