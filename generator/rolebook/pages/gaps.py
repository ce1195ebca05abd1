"""How far it is to where we want to be: the gaps in the order in which to close them, and what each of them takes."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.gaps import Gap, gaps
from rolebook.model.handbook import Handbook
from rolebook.model.maturity import LEVELS
from rolebook.pages.composing import Part, compose
from rolebook.pages.linking import name_of
from rolebook.pages.page import Page
from rolebook.pages.places import GAPS, INDEX_HEADINGS
from rolebook.rendering import Links, Writing


@dataclass(frozen=True, slots=True)
class GapsView:
    """Every gap, the one to be closed first at the top."""

    gaps: tuple[Gap, ...]
    currency: str
    levels: tuple[str, ...] = LEVELS

    @property
    def still_open(self) -> int:
        """How many are below their targets, as far as anybody has looked."""
        return sum(gap.is_open for gap in self.gaps)

    @property
    def quick_wins(self) -> int:
        """How many can be closed with little."""
        return sum(gap.is_quick_win for gap in self.gaps)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The gap report; none where no targets are written."""
    if handbook.targets is None:
        return
    writing = Writing(links.look.speech)
    view = GapsView(gaps(handbook), handbook.organisation.currency)
    yield compose(
        handbook,
        links,
        GAPS,
        "gaps",
        view,
        _parts(handbook, view, writing),
        title=INDEX_HEADINGS[GAPS],
        description="Where we want to be, how far that is, and what comes first.",
        source=handbook.targets.span,
    )


def _parts(handbook: Handbook, view: GapsView, writing: Writing) -> Iterator[Part]:
    yield Part("section_order", "What comes first")
    for gap in view.gaps:
        name = writing.heading(gap.subject) if gap.target.area else name_of(handbook, gap.subject)
        yield Part("gap", name, gap.target.span, id=f"gap_{gap.subject}", about={"gap": gap})
