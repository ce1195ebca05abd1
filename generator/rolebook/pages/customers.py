"""The scorecard for customers: a few figures in their words, what they mean for them, and whether they get better."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.drawing.trend import Trend
from rolebook.model.figures import figures
from rolebook.model.handbook import Handbook
from rolebook.model.measurement import Measurement
from rolebook.model.scorecard import CustomerFigure
from rolebook.pages.composing import Part, compose
from rolebook.pages.measured import FigureView, drawn, view_of
from rolebook.pages.page import Page
from rolebook.pages.places import CUSTOMERS, INDEX_HEADINGS
from rolebook.rendering import Links, Writing


@dataclass(frozen=True, slots=True)
class Told:
    """A figure as customers are told it."""

    told: CustomerFigure
    view: FigureView
    drawing: Trend | None

    @property
    def before(self) -> Measurement | None:
        """What it was a year ago; None where that is not known."""
        return self.view.year_before

    @property
    def is_better(self) -> bool | None:
        """Whether it is better than it was a year ago, else than at the beginning; None where it is neither."""
        figure = self.view.figure
        before = self.before.value if self.before else figure.baseline[1] if figure.baseline else None
        if figure.last is None or before is None:
            return None
        gained = figure.gain(before, figure.last.value)
        return gained > 0 if gained else None


@dataclass(frozen=True, slots=True)
class CustomersView:
    """The figures that customers are shown, in the order written."""

    organisation: str
    figures: tuple[Told, ...]

    @property
    def better(self) -> int:
        """How many are better than they were."""
        return sum(one.is_better is True for one in self.figures)

    @property
    def measured(self) -> int:
        """How many are measured at all."""
        return sum(one.view.figure.last is not None for one in self.figures)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The one page; none where nothing is to be shown to customers, or nothing is measured."""
    if handbook.scorecard is None or not handbook.scorecard.customers or not handbook.measurements:
        return
    writing = Writing(links.look.speech)
    known = figures(handbook)
    shown = (one for one in handbook.scorecard.customers if str(one.kpi) in known)
    told = tuple(
        Told(one, view_of(handbook, figure), drawn(figure, (), writing))
        for one in shown
        for figure in (known[str(one.kpi)],)
    )
    yield compose(
        handbook,
        links,
        CUSTOMERS,
        "customers",
        CustomersView(str(handbook.organisation.name), told),
        [
            Part("figure", one.told.says, id=f"figure_{place}", about={"one": one, "figure": one.view.figure})
            for place, one in enumerate(told, 1)
        ],
        title=INDEX_HEADINGS[CUSTOMERS],
        description="What you can expect of us, in figures: now, a year ago, and what we aim at.",
        source=None,
    )
