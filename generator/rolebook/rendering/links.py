"""Links between pages, and what is handed down with them: how pages are printed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from rolebook.rendering.look import Look
from rolebook.source import Span

Sources: TypeAlias = Callable[[Span], str | None]
"""Where a place in the YAML can be seen or edited; None where that is not known."""


def nowhere(_: Span) -> None:
    """The sources of a handbook of which nobody said where it is kept."""


_IN_ENGLISH = Look()


@dataclass(frozen=True, slots=True)
class Links:
    """How pages link to each other, by folders (`roles/analyst/`) or files (`roles/analyst.html`), and to sources.

    `look` is how they are printed.
    """

    directory_urls: bool = True
    source: Sources = nowhere
    look: Look = _IN_ENGLISH

    def href(self, from_page: str, to_page: str, anchor: str = "") -> str:
        """The relative link from one page to another, or to a place on it."""
        fragment = f"#{anchor}" if anchor else ""
        if from_page == to_page and anchor:
            return fragment
        here = self._address(from_page).split("/")[:-1]
        there = self._address(to_page).split("/")
        shared = 0
        while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
            shared += 1
        way = "/".join([".."] * (len(here) - shared) + there[shared:])
        return (way or "./") + fragment

    def _address(self, page: str) -> str:
        if not self.directory_urls:
            return f"{page}.html"
        return page.removesuffix("index") if page == "index" or page.endswith("/index") else f"{page}/"


def anchor(link: str, text: str) -> Markup:
    """A link with its text."""
    return Markup('<a href="%s">%s</a>') % (link, text)
