"""The pages that are written by hand, and the page that lists them."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rolebook.model.catalogue import of_kind
from rolebook.model.handbook import Handbook
from rolebook.model.values import MAX_ID
from rolebook.model.written import WrittenPage
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.page import Page
from rolebook.pages.places import GUIDES, INDEX_HEADINGS, place
from rolebook.rendering import Links
from rolebook.source.inline import Element
from rolebook.source.inline import Part as Words

_LEAD = "How we work together, in the words of those who know: to read through, and to come back to."


@dataclass(frozen=True, slots=True)
class Card:
    """A page as the list shows it: by its id, and what it is for."""

    id: str
    purpose: str


@dataclass(frozen=True, slots=True)
class GuidesView:
    """The kind of what the list shows, and a sentence on what can be found there."""

    kind: str
    lead: str


@dataclass(frozen=True, slots=True)
class WrittenView:
    """The title of a page, and what stands between it and the first section."""

    title: str
    lead: tuple[Element, ...]


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """Each page that is written by hand, and the list of them where there are any."""
    for page in handbook.pages.values():
        yield _page(handbook, links, page)
    if handbook.pages:
        yield _index(handbook, links)


def _index(handbook: Handbook, links: Links) -> Page:
    in_order = sorted(handbook.pages.values(), key=lambda page: (page.name.casefold(), page.id))
    cards = tuple(Card(page.id, _description(handbook, page)) for page in in_order)
    return compose(
        handbook,
        links,
        GUIDES,
        "index",
        GuidesView("page", links.look.say(_LEAD)),
        [Part("group", "All guides", id="section_guides", about={"entities": cards, "intro": ""})],
        title=INDEX_HEADINGS[GUIDES],
        description=_LEAD,
        source=None,
    )


def _page(handbook: Handbook, links: Links, page: WrittenPage) -> Page:
    return compose(
        handbook,
        links,
        place("page", page.id).page,
        "written",
        WrittenView(page.name, page.lead),
        _parts(page),
        title=page.name,
        description=_description(handbook, page) or page.name,
        source=page.span,
    )


def _parts(page: WrittenPage) -> Iterator[Part]:
    taken: set[str] = set()
    headings: Counter[str] = Counter({page.name: 1})
    for section in page.sections:
        id = _anchor(section.heading, taken)
        headings[section.heading] += 1
        number = f" [{headings[section.heading]}]" if headings[section.heading] > 1 else ""
        about = {"title": f"{section.heading}{number}", "body": section.body}
        yield Part("section", section.heading, section.span, id=id, level=section.level, about=about)


def _anchor(heading: str, taken: set[str]) -> str:
    """An anchor from the words of a heading, which no other one of the page has."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    words = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in letters if not unicodedata.combining(c)))
    stem = words[:MAX_ID].strip("-") or "section"
    anchor, number = stem, 1
    while anchor in taken:
        number += 1
        anchor = f"{stem[: MAX_ID - 4].rstrip('-')}-{number}"
    taken.add(anchor)
    return anchor


def _description(handbook: Handbook, page: WrittenPage) -> str:
    """The first sentence of a page, in plain words."""
    blocks = [*page.lead, *(block for section in page.sections for block in section.body)]
    first = next((block for block in blocks if block.tag == "p"), None)
    return sentence(_plain(handbook, first.children)) if first else ""


def _plain(handbook: Handbook, parts: Sequence[Words]) -> str:
    return "".join(part if isinstance(part, str) else _plain_element(handbook, part) for part in parts)


def _plain_element(handbook: Handbook, element: Element) -> str:
    if element.tag == "br":
        return " "
    if element.target and not element.children:
        kind, _, reference = element.target.partition(":")
        named = of_kind(handbook, kind).get(reference)
        return named.name if named else element.target
    return _plain(handbook, element.children)
