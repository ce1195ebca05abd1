"""Links between pages, and what is handed down with them: how pages are printed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from rolebook.rendering.look import IN_ENGLISH, Look
from rolebook.source import Span

Sources: TypeAlias = Callable[[Span], str | None]
"""Where a place in the YAML can be seen or edited; None where that is not known."""


def nowhere(_: Span) -> None:
    """The sources of a handbook of which nobody said where it is kept."""


@dataclass(frozen=True, slots=True)
class Links:
    """How pages link to each other, by folders (`roles/analyst/`) or files (`roles/analyst.html`), and to sources.

    `look` is how they are printed, `packs` are the training packs that lie beside them, by their paths in the site.
    """

    directory_urls: bool = True
    source: Sources = nowhere
    look: Look = IN_ENGLISH
    packs: frozenset[str] = frozenset()

    def href(self, from_page: str, to_page: str, anchor: str = "") -> str:
        """The relative link from one page to another, or to a place on it."""
        fragment = f"#{anchor}" if anchor else ""
        if from_page == to_page and anchor:
            return fragment
        return (self.beside(from_page, self._address(to_page)) or "./") + fragment

    def beside(self, from_page: str, file: str) -> str:
        """The relative link from a page to a file that is no page, by its path in the site."""
        here = self._address(from_page).split("/")[:-1]
        there = file.split("/")
        shared = 0
        while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
            shared += 1
        return "/".join([".."] * (len(here) - shared) + there[shared:])

    def _address(self, page: str) -> str:
        if not self.directory_urls:
            return f"{page}.html"
        return page.removesuffix("index") if page == "index" or page.endswith("/index") else f"{page}/"


def anchor(link: str, text: str) -> Markup:
    """A link with its text."""
    return Markup('<a href="%s">%s</a>') % (link, text)
