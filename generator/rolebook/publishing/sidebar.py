"""The navigation beside our pages: the theme prints it once for all that lie together, and not for each anew.

A page names all its neighbours. With a thousand of them, printing their names takes most of the time of a build.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from mkdocs.structure.nav import Link, Section
from mkdocs.structure.pages import Page

from rolebook.publishing.handbook_page import HandbookPage
from rolebook.rendering import Known, Templates, replace_macro

Entry = Section | Page | Link
Print = Callable[[Known, Entry, str, int], str]
"""The theme's own way to print an entry and what lies below it: where, which, with what id, at what level."""


def remember(theme: Templates) -> None:
    """Let the theme print the navigation through a Sidebar."""
    replace_macro(theme, "partials/nav-item.html", "render", Sidebar().entry)


class Sidebar:
    """The entries of the navigation as the theme prints them, kept for the pages to come.

    What it gives is what the theme would have printed. An entry is the same beside all pages at the same place, but
    for the one that such a page has itself: that is printed in both ways, and one exchanged for the other.
    """

    def __init__(self) -> None:
        self._printed: dict[tuple[str, str, int], str] = {}

    def entry(self, here: Known, theirs: Print, entry: Entry, path: str, level: int) -> str:
        """The HTML of an entry at the top, which has the id `path`, beside the page that is known as `page`."""
        page = here.get("page")
        if not isinstance(page, HandbookPage) or (entry.active and (entry is page or page.is_index)):
            return theirs(here, entry, path, level)
        neighbour = _neighbour(page.url)
        elsewhere = {**here, "page": SimpleNamespace(url=neighbour)}
        key = (path, neighbour, id(page.parent) if entry.active else 0)
        with _closed(page):
            if key not in self._printed:
                self._printed[key] = theirs(elsewhere, entry, path, level)
            closed = theirs(elsewhere, page, path, level) if entry.active else ""
        if not entry.active:
            return self._printed[key]
        before, found, after = self._printed[key].partition(closed)
        if not found:  # a template that prints a page in some other way
            return theirs(here, entry, path, level)
        return before + theirs(here, page, path, level) + after


@contextmanager
def _closed(page: Page) -> Iterator[None]:
    """For a while `page` is as on the pages of its neighbours: not the open one, though its section is open."""
    page.active = False
    if page.parent:
        page.parent.active = True
    try:
        yield
    finally:
        page.active = True


def _neighbour(url: str) -> str:
    """The address of some other page beside the one at `url`; no page of ours has it."""
    folder = url.removesuffix("/").rpartition("/")[0]
    return "/".join(filter(None, (folder, "_/" if url.endswith("/") else "_.html")))
