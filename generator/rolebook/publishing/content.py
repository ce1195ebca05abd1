"""A page as HTML: its title, and each section under its heading, with the anchors to link to."""

from collections.abc import Iterator

from markupsafe import Markup

from rolebook.pages.page import Page, Section
from rolebook.publishing.repository import Repository

TITLE_ID = "page_title"
"""The anchor of a page's title; it can never be that of a section, which is an id or has a prefix of its own."""

_HEADING = Markup(
    '<h%(level)d id="%(id)s">%(text)s<a class="headerlink" href="#%(id)s" title="Permanent link">&para;</a>'
    "</h%(level)d>\n"
)
_ELEMENT = Markup('<div class="%s">\n%s\n</div>\n')
_SOURCE = Markup('<a class="source-link" href="%s" aria-label="Source"></a>\n')


def article(page: Page, repository: Repository) -> Markup:
    """Everything that stands in the content area of `page`."""
    parts = [_heading(1, TITLE_ID, page.title), lead(page)]
    for section in page.sections:
        parts += [_heading(section.level, section.id, section.heading), block(section, repository)]
    return Markup("").join(parts)


def lead(page: Page) -> Markup:
    """What stands between the title and the first section, in one element; nothing when there is nothing."""
    return _element("page-lead", page.lead.strip())


def block(section: Section, repository: Repository) -> Markup:
    """What stands under the heading of `section`, in one element, with the link to its source."""
    return _element("page-section", _source_link(section, repository) + section.body.strip())


def anchors(page: Page) -> Iterator[str]:
    """The ids of the title and the sections of `page`, in the order of reading."""
    yield TITLE_ID
    yield from (section.id for section in page.sections)


def _heading(level: int, id: str, text: str) -> Markup:
    return _HEADING % {"level": level, "id": id, "text": text}


def _element(name: str, content: Markup) -> Markup:
    return _ELEMENT % (name, content) if content else Markup()


def _source_link(section: Section, repository: Repository) -> Markup:
    if section.source is None or (url := repository.line(section.source)) is None:
        return Markup()
    return _SOURCE % url
