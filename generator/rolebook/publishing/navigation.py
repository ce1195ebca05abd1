"""The navigation of the site, as MkDocs and its successors read it."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from markupsafe import escape

from rolebook.pages.page import Chapter
from rolebook.publishing.addresses import source_name

Entry: TypeAlias = "str | dict[str, str | list[Entry]]"


def entries(chapters: Iterable[Chapter]) -> list[Entry]:
    """`chapters` as the value of `nav`. Themes print titles as they are, so they are HTML."""
    return [_entry(chapter) for chapter in chapters if chapter.path or chapter.parts]


def titles(chapters: Iterable[Chapter]) -> dict[str, str]:
    """The title in the navigation of each page that has a place there."""
    return {chapter.path: chapter.title for chapter in _all(chapters) if chapter.path}


def alone(chapters: Iterable[Chapter]) -> frozenset[str]:
    """The pages that are a chapter by themselves: a list of its pages beside them would say nothing."""
    return frozenset(chapter.path for chapter in chapters if chapter.path and not chapter.parts)


def _entry(chapter: Chapter) -> Entry:
    title, parts = str(escape(chapter.title)), entries(chapter.parts)
    if not chapter.path:  # a heading over others, which opens no page
        return {title: parts}
    name = source_name(chapter.path)
    return {title: [name, *parts] if parts else name}


def _all(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _all(chapter.parts)
