"""A page as HTML: its title, and each section under its heading, with the anchors to link to."""

from collections.abc import Iterator

from markupsafe import Markup

from rolebook.pages.page import Page, Section
from rolebook.publishing.repository import Repository
from rolebook.rendering import IN_ENGLISH, Look

TITLE_ID = "page_title"
"""The anchor of a page's title; it can never be that of a section, which is an id or has a prefix of its own."""

PERMANENT_LINK = "Permanent link"
"""What the sign beside a heading is for."""

_HEADING = Markup(
    '<h%(level)d id="%(id)s">%(text)s<a class="headerlink" href="#%(id)s" title="%(link)s">¶</a></h%(level)d>\n'
)
_ELEMENT = Markup('<div class="%s">\n%s\n</div>\n')
_SOURCE = Markup('<a class="source-link" href="%s" aria-label="%s"></a>\n')


def article(page: Page, repository: Repository, look: Look = IN_ENGLISH) -> Markup:
    """Everything that stands in the content area of `page`."""
    link = look.say(PERMANENT_LINK)
    parts = [_heading(1, TITLE_ID, page.title, link), lead(page)]
    for section in page.sections:
        parts += [_heading(section.level, section.id, section.heading, link), block(section, repository, look)]
    return Markup("").join(parts)


def lead(page: Page) -> Markup:
    """What stands between the title and the first section, in one element; nothing when there is nothing."""
    return _element("page-lead", page.lead.strip())


def block(section: Section, repository: Repository, look: Look = IN_ENGLISH) -> Markup:
    """What stands under the heading of `section`, in one element, with the link to its source."""
    return _element("page-section", _source_link(section, repository, look) + section.body.strip())


def anchors(page: Page) -> Iterator[str]:
    """The ids of the title and the sections of `page`, in the order of reading."""
    yield TITLE_ID
    yield from (section.id for section in page.sections)


def _heading(level: int, id: str, text: str, link: str) -> Markup:
    return _HEADING % {"level": level, "id": id, "text": text, "link": link}


def _element(name: str, content: Markup) -> Markup:
    return _ELEMENT % (name, content) if content else Markup()


def _source_link(section: Section, repository: Repository, look: Look) -> Markup:
    if section.source is None or (url := repository.line(section.source)) is None:
        return Markup()
    return _SOURCE % (url, look.say("Source"))
