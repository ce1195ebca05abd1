"""The handbook for language models: a Markdown file that says what there is and where, as llmstxt.org describes it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin

from rolebook.model.handbook import Handbook
from rolebook.pages.page import Chapter, Page
from rolebook.pages.places import CONTROL, HOME
from rolebook.rendering import Links

_MARKS = re.compile(r"([\\`*_\[\]<>])")
_HANDBOOK = "The process handbook of {organisation}. {vision}"
_ABOUT = (
    "Every process names its activities with the roles that are responsible, accountable, consulted and informed. Roles"
    " are carried by job descriptions and taught by training plans. The complete handbook as data is in"
    " [handbook.json]({data}), described by [its schema]({schema})."
)
_OPTIONAL = "Optional"
"""The heading that the form gives a meaning, in any language."""


def document(
    handbook: Handbook, pages: Sequence[Page], chapters: Sequence[Chapter], links: Links, site_url: str | None
) -> str:
    """The title, what the handbook is, and a section with links for each chapter; whole where the site's address is."""
    there = _Addresses({page.path: page for page in pages}, links, site_url or "")
    organisation, say = handbook.organisation, links.look.say
    parts = [
        f"# {_text(organisation.handbook)}",
        "> " + say(_HANDBOOK).format(organisation=_text(organisation.name), vision=_text(organisation.vision)),
        say(_ABOUT).format(data=there.file("handbook.json"), schema=there.file("handbook.schema.json")),
    ]
    single = [chapter for chapter in chapters if not chapter.parts]
    last = [chapter for chapter in chapters if chapter.path == CONTROL]
    parts.append(_section(say("Overview"), [line for chapter in single for line in there.lines(chapter)]))
    others = (chapter for chapter in chapters if chapter.parts and chapter not in last)
    parts += [_section(chapter.title, there.lines(chapter)) for chapter in others]
    parts.append(_section(_OPTIONAL, [line for chapter in last for line in there.lines(chapter)]))
    return "\n\n".join(part for part in parts if part) + "\n"


class _Addresses:
    """The pages of the site, and the links to them."""

    def __init__(self, pages: Mapping[str, Page], links: Links, site_url: str) -> None:
        self._pages = pages
        self._links = links
        self._site_url = site_url and site_url.rstrip("/") + "/"

    def file(self, path: str) -> str:
        """The address of a file of the site."""
        return urljoin(self._site_url, path)

    def lines(self, chapter: Chapter) -> Iterator[str]:
        """A line for each page of a chapter: its name, its address, and what it tells."""
        if page := self._pages.get(chapter.path):
            url = self.file(self._links.href(HOME, page.path))
            yield f"- [{_text(chapter.title)}]({url}): {_text(page.description)}"
        for part in chapter.parts:
            yield from self.lines(part)


def _section(title: str, lines: Sequence[str] | Iterator[str]) -> str:
    listed = "\n".join(lines)
    return f"## {_text(title)}\n\n{listed}" if listed else ""


def _text(text: str) -> str:
    """An author's text on one line, in which nothing is a mark of Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
