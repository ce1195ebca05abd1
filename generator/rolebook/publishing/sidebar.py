"""The navigation beside our pages: a page names its neighbours, and the theme prints them once for all of them.

In a large handbook naming everything beside every page would take most of the time of a build, and most of each page.
"""

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from mkdocs.structure.nav import Link, Section
from mkdocs.structure.pages import Page

from rolebook.publishing.handbook_page import HandbookPage
from rolebook.rendering import IN_ENGLISH, Known, Look, Templates, Writing, replace_macro

Entry = Section | Page | Link
Print = Callable[[Known, Entry, str, int], str]
"""The theme's own way to print an entry and what lies below it: where, which, with what id, at what level."""

NEIGHBOURS = 20
"""So many entries that lie together are named beside each other; of more, a part, and where to find them all."""


def remember(theme: Templates, look: Look = IN_ENGLISH) -> None:
    """Let the theme print the navigation through a Sidebar, which says words in the language of `look`."""
    replace_macro(theme, "partials/nav-item.html", "render", Sidebar(look).entry)


class Sidebar:
    """The entries of the navigation as the theme prints them, kept for the pages to come.

    What it gives is what the theme would have printed of the neighbours. An entry is the same beside all pages at the
    same place, but for the one that such a page has itself: that is printed in both ways, and one exchanged for the
    other.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._printed: dict[tuple[str, str, tuple[str, ...]], str] = {}

    def entry(self, here: Known, theirs: Print, entry: Entry, path: str, level: int) -> str:
        """The HTML of an entry at the top, which has the id `path`, beside the page that is known as `page`."""
        page = here.get("page")
        shown = near(entry, self._look)
        if not isinstance(page, HandbookPage) or (entry.active and (entry is page or page.is_index)):
            return theirs(here, shown, path, level)
        neighbour = _neighbour(page.url)
        elsewhere = {**here, "page": SimpleNamespace(url=neighbour)}
        key = (path, neighbour, _beside(shown, page) if entry.active else ())
        with _closed(page):
            if key not in self._printed:
                self._printed[key] = theirs(elsewhere, shown, path, level)
            closed = theirs(elsewhere, page, path, level) if entry.active else ""
        if not entry.active:
            return self._printed[key]
        before, found, after = self._printed[key].partition(closed)
        if not found:  # a template that prints a page in some other way
            return theirs(here, shown, path, level)
        return before + theirs(here, page, path, level) + after


def near(entry: Entry, look: Look, index: Page | None = None) -> Entry:
    """`entry` with those below it that are near the open page; `index` is the page that lists them all."""
    if not isinstance(entry, Section) or not entry.active:
        return entry
    index = next((child for child in entry.children if isinstance(child, Page) and child.is_index), index)
    others: list[Any] = [child for child in entry.children if child is not index]
    kept = _window(others)
    seen = copy.copy(entry)
    seen.children = [near(child, look, index) for child in kept]
    if index in entry.children:
        seen.children.insert(0, index)
    if index and len(kept) < len(others):
        count = Writing(look.speech).number(sum(not _belongs(child) for child in others))
        seen.children.append(Link(look.say("All {n}").format(n=count), index.url))
    return seen


def _belongs(entry: Entry) -> bool:
    """Whether an entry belongs to the one before it: the style sheet shows it beside that one alone."""
    return isinstance(entry, HandbookPage) and entry.belongs


def _window(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The part of `entries` with the open one in it, when all of them are cut into parts of about the same size."""
    parts = -(-len(entries) // NEIGHBOURS)
    if parts < 2:
        return entries
    size = -(-len(entries) // parts)
    size += size % 2  # a page and the one that belongs to it stay together
    open_one = next((position for position, entry in enumerate(entries) if entry.active), 0)
    start = open_one - open_one % size
    return entries[start : start + size]


def _beside(entry: Entry, page: Page) -> tuple[str, ...]:
    """What tells the neighbours of `page` below `entry` from all others."""
    if not isinstance(entry, Section):
        return ()
    inner = next((child for child in entry.children if isinstance(child, Section) and child.active), None)
    if inner is None or page in entry.children:
        return tuple(child.url for child in entry.children[:2] if isinstance(child, Page))
    return (inner.title, *_beside(inner, page))


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
