"""The business case: what the improvements cost and bring together, when that has paid off, and what it rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rolebook.drawing.sums import Sums, sums
from rolebook.model.business import BusinessCase
from rolebook.model.gaps import targets
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.returns import Reckoning, Return, Total, has_sums, reckoning, rounded
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import BUSINESS_CASE, INDEX_HEADINGS
from rolebook.pages.reckoning import MINUS, Shown, shown
from rolebook.rendering import Links, Writing


@dataclass(frozen=True, slots=True)
class TotalView:
    """Several improvements together: how far they are decided ("" for all), how many they are, what they come to."""

    stage: str
    count: int
    whole: Shown
    cautious: Shown


@dataclass(frozen=True, slots=True)
class ReturnView:
    """An improvement, and what it comes to."""

    improvement: Improvement
    whole: Shown
    cautious: Shown
    ended_by: tuple[Improvement, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of all improvements together."""

    number: int
    paid: int
    saved: int
    net: int
    cumulated: int
    cautious: int
    """What it has come to in the cautious case."""
    present: int


@dataclass(frozen=True, slots=True)
class BusinessCaseView:
    """The business case."""

    business: BusinessCase
    currency: str
    stages: tuple[TotalView, ...]
    total: TotalView
    by_year: tuple[YearView, ...]
    drawing: Sums | None
    returns: tuple[ReturnView, ...]
    """All that count, the highest return first."""
    rejected: tuple[ReturnView, ...]
    not_reckoned: tuple[tuple[Improvement, tuple[str, ...]], ...]
    targets: tuple[int, int, int] | None
    """How many targets name what they cost, and what that is in all, once and in each year; None where none does."""
    to_come: tuple[int, int] | None
    """What those that are decided or proposed cost, once and in each year; None where there are none."""

    @property
    def ended(self) -> bool:
        """Whether the savings of one that counts have ended."""
        return any(one.ended_by for one in self.returns)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The business case; none where none is written."""
    known = reckoning(handbook)
    if known is None:
        return
    yield compose(
        handbook,
        links,
        BUSINESS_CASE,
        "business_case",
        _view(handbook, known, Writing(links.look.speech)),
        _parts(known.business),
        title=INDEX_HEADINGS[BUSINESS_CASE],
        description="What the improvements cost and bring, and when they have paid for themselves.",
        source=known.business.span,
    )


def _parts(business: BusinessCase) -> Iterator[Part]:
    yield Part("section_totals", "What it comes to")
    yield Part("section_years", "Year by year")
    yield Part("section_improvements", "Improvement by improvement")
    yield Part("section_rejected", "What was rejected")
    yield Part("section_not_reckoned", "What is not reckoned")
    yield Part(
        "section_assumptions", "What it rests on", business.assumptions[0].span if business.assumptions else None
    )
    yield Part("section_beyond", "Beyond money", business.beyond_money[0].span if business.beyond_money else None)
    yield Part("section_targets", "Beside the targets of maturity")
    yield Part("section_rules", "How it is reckoned")


def _view(handbook: Handbook, known: Reckoning, writing: Writing) -> BusinessCaseView:
    currency = handbook.organisation.currency
    return BusinessCaseView(
        business=known.business,
        currency=currency,
        stages=tuple(map(_total, known.stages)),
        total=_total(known.total),
        by_year=tuple(_years(known.total)),
        drawing=_drawn(known.total, writing) if known.total.returns else None,
        returns=_by_return(known.total.returns),
        rejected=_by_return(known.rejected),
        not_reckoned=known.not_reckoned,
        targets=_targets(handbook),
        to_come=_to_come(known),
    )


def _total(total: Total) -> TotalView:
    return TotalView(total.stage, len(total.returns), shown(total.whole), shown(total.cautious))


def _by_return(returns: Iterable[Return]) -> tuple[ReturnView, ...]:
    """The highest return first; what costs nothing before all others."""

    def order(one: Return) -> tuple[bool, Fraction, str]:
        percent = one.whole.percent
        return percent is not None, -(percent or Fraction(0)), one.improvement.name.casefold()

    return tuple(
        ReturnView(one.improvement, shown(one.whole), shown(one.cautious), one.ended_by)
        for one in sorted(returns, key=order)
    )


def _years(total: Total) -> Iterator[YearView]:
    for year, cautious in zip(total.whole.by_year, total.cautious.by_year, strict=True):
        yield YearView(
            year.number,
            rounded(year.paid),
            rounded(year.saved),
            rounded(year.net),
            rounded(year.cumulated),
            rounded(cautious.cumulated),
            rounded(year.present),
        )


def _drawn(total: Total, writing: Writing) -> Sums:
    cases = [[year.cumulated for year in one.by_year] for one in (total.whole, total.cautious)]

    def write(amount: Decimal) -> str:
        return f"{MINUS if amount < 0 else ''}{writing.number(abs(amount))}"

    return sums(cases, [str(year.number) for year in total.whole.by_year], write)


def _to_come(known: Reckoning) -> tuple[int, int] | None:
    open_ones = [one.whole.sums for one in known.stages if one.stage != Status.ACHIEVED.value]
    once = sum((one.paid_once for one in open_ones), Fraction(0))
    yearly = sum((one.paid_yearly for one in open_ones), Fraction(0))
    return (rounded(once), rounded(yearly)) if open_ones else None


def _targets(handbook: Handbook) -> tuple[int, int, int] | None:
    costs = [one.cost for one in targets(handbook) if one.cost and has_sums(one.cost)]
    once = sum((Fraction(one.once or 0) for one in costs), Fraction(0))
    yearly = sum((Fraction(one.per_year or 0) for one in costs), Fraction(0))
    return (len(costs), rounded(once), rounded(yearly)) if costs else None
