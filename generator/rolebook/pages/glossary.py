"""The glossary: the words with a fixed meaning in this handbook, by name."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.handbook import Handbook
from rolebook.model.organisation import Term
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import GLOSSARY, INDEX_HEADINGS
from rolebook.rendering import Links


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The terms in the order of their names."""

    terms: tuple[Term, ...]


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The one page of the glossary."""
    view = GlossaryView(tuple(sorted(handbook.glossary.terms, key=lambda term: (term.name.casefold(), term.id))))
    yield compose(
        handbook,
        links,
        GLOSSARY,
        "glossary",
        view,
        _parts(view),
        title=INDEX_HEADINGS[GLOSSARY],
        description=links.look.say("The words that have a fixed meaning in this handbook."),
        source=handbook.glossary.span,
    )


def _parts(view: GlossaryView) -> Iterator[Part]:
    yield Part("section_terms", "Terms")
    for term in view.terms:
        yield Part("term", term.name, term.span, id=term.id, level=3, also=term.also, about={"term": term})
