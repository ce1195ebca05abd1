"""What improvements cost and bring over the years: the sums of the business case, exact to the last digit.

All sums of a year are taken as paid or saved at its end; year 0 is the day on which it begins. With

- P0, S0: what is paid, and saved, once; they stand in year 0,
- P, S: what is paid, and saved, in each of the years 1 to n,
- r: the rate of discount, as a part of 1 (4.5 percent is 0.045),

the terms are those of any textbook of investment appraisal:

- costs = P0 + n P, benefits = S0 + n S, net benefit = benefits - costs;
- simple payback, in months = 12 (P0 - S0) / (S - P). It is 0 where nothing is paid in advance (P0 is below S0, or as
  high while S is not below P), and there is none where a year brings no more than it costs. Nothing is discounted;
- return on investment, in percent = 100 (benefits - costs) / costs; there is none where nothing is paid;
- net present value = (S0 - P0) + the sum, over the years t from 1 to n, of (S - P) / (1 + r)^t.

The cautious case takes `caution` percent of S0 and S, and all of P0 and P.

An achieved improvement that another achieved one replaced counts with what it cost and saved once; its yearly sums end,
since those of its successor are counted. What lacks its cost or its saving is not reckoned, and never counts as 0.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from rolebook.model.backlinks import improvements_by_name, replaced_by
from rolebook.model.business import BusinessCase
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Money, Status
from rolebook.value import value

MOST_YEARS, MOST_DISCOUNT, WHOLE = 10, 50, 100
"""So many years at most, the highest rate of discount, and the whole of something, both in percent."""
DECIDED = "decided"
"""Approved, or in progress."""
STAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Status.ACHIEVED.value: (Status.ACHIEVED.value,),
        DECIDED: (Status.APPROVED.value, Status.IN_PROGRESS.value),
        Status.PROPOSED.value: (Status.PROPOSED.value,),
    }
)
"""How far improvements are decided, the surest first, and the states that count to each."""


@value()
class Sums:
    """What is paid and saved, once and in each year."""

    paid_once: Fraction = Fraction(0)
    paid_yearly: Fraction = Fraction(0)
    saved_once: Fraction = Fraction(0)
    saved_yearly: Fraction = Fraction(0)

    @property
    def payback(self) -> Fraction | None:
        """After how many months it has paid for itself; None where it never does."""
        advance, yearly = self.paid_once - self.saved_once, self.saved_yearly - self.paid_yearly
        if advance < 0 or (advance == 0 and yearly >= 0):
            return Fraction(0)
        return 12 * advance / yearly if yearly > 0 else None

    def expecting(self, percent: Fraction) -> "Sums":
        """The same where only so much of the savings comes."""
        part = percent / WHOLE
        return Sums(self.paid_once, self.paid_yearly, self.saved_once * part, self.saved_yearly * part)


@value()
class Year:
    """What a year brings, and what it has come to since the beginning."""

    number: int
    paid: Fraction
    saved: Fraction
    net: Fraction
    cumulated: Fraction
    """The net sums up to this year."""
    present: Fraction
    """The net sum of this year, discounted to the beginning."""


@value()
class Reckoned:
    """Sums over the years."""

    sums: Sums
    years: int
    discount: Fraction
    """In percent."""

    @property
    def by_year(self) -> tuple[Year, ...]:
        """Year by year, from year 0."""
        return tuple(self._by_year())

    @property
    def costs(self) -> Fraction:
        """What is paid over all years."""
        return self.sums.paid_once + self.years * self.sums.paid_yearly

    @property
    def benefits(self) -> Fraction:
        """What is saved over all years."""
        return self.sums.saved_once + self.years * self.sums.saved_yearly

    @property
    def net(self) -> Fraction:
        """What is left of the benefits."""
        return self.benefits - self.costs

    @property
    def percent(self) -> Fraction | None:
        """The return on investment over all years, in percent; None where nothing is paid."""
        return WHOLE * self.net / self.costs if self.costs > 0 else None

    @property
    def payback(self) -> Fraction | None:
        """As of `Sums`."""
        return self.sums.payback

    @property
    def present_value(self) -> Fraction:
        """The net present value."""
        return sum((year.present for year in self.by_year), Fraction(0))

    def expecting(self, percent: Fraction) -> "Reckoned":
        """The same where only so much of the savings comes."""
        return Reckoned(self.sums.expecting(percent), self.years, self.discount)

    def _by_year(self) -> Iterator[Year]:
        cumulated, worth = Fraction(0), Fraction(1)
        for number in range(self.years + 1):
            first = number == 0
            paid = self.sums.paid_once if first else self.sums.paid_yearly
            saved = self.sums.saved_once if first else self.sums.saved_yearly
            cumulated += saved - paid
            yield Year(number, paid, saved, saved - paid, cumulated, (saved - paid) * worth)
            worth /= 1 + self.discount / WHOLE


@value()
class Return:
    """What an improvement costs and brings, as it is claimed and in the cautious case."""

    improvement: Improvement
    whole: Reckoned
    cautious: Reckoned
    ended_by: tuple[Improvement, ...] = ()
    """The achieved improvements that replaced it; its yearly sums end with that."""


@value()
class Total:
    """Several improvements together."""

    stage: str
    """How far they are decided: one of `STAGES`; "" for all of them."""
    returns: tuple[Return, ...]
    whole: Reckoned
    cautious: Reckoned


@value()
class Reckoning:
    """What all improvements cost and bring."""

    business: BusinessCase
    stages: tuple[Total, ...]
    """By how far they are decided, the surest first; those without an improvement are left out."""
    total: Total
    """All of these together."""
    rejected: tuple[Return, ...]
    """What those would have come to that were rejected; they count nowhere."""
    not_reckoned: tuple[tuple[Improvement, tuple[str, ...]], ...]
    """What lacks its `cost`, its `saves`, or both; rejected ones are left out."""


@derived
def reckoning(handbook: Handbook) -> Reckoning | None:
    """The business case in figures; None where none is written, or where RB725 tells that it is unclear."""
    business = handbook.business_case
    if business is None or not is_clear(business):
        return None
    known = [one for one in improvements_by_name(handbook) if not lacking(one)]
    counted = {
        stage: tuple(_return(handbook, business, one) for one in known if one.status in states)
        for stage, states in STAGES.items()
    }
    return Reckoning(
        business=business,
        stages=tuple(_total(business, stage, returns) for stage, returns in counted.items() if returns),
        total=_total(business, "", [one for returns in counted.values() for one in returns]),
        rejected=tuple(_return(handbook, business, one) for one in known if one.status == Status.REJECTED.value),
        not_reckoned=tuple(
            (one, what)
            for one in improvements_by_name(handbook)
            if (what := lacking(one)) and one.status != Status.REJECTED.value
        ),
    )


def is_clear(business: BusinessCase) -> bool:
    """Whether it can be reckoned with: the years, the rate and the caution are such as there are."""
    return (
        1 <= business.years <= MOST_YEARS and 0 <= business.discount <= MOST_DISCOUNT and 0 <= business.caution <= WHOLE
    )


def lacking(improvement: Improvement) -> tuple[str, ...]:
    """What is missing for reckoning with an improvement: `cost`, `saves`."""
    return tuple(name for name in ("cost", "saves") if not has_sums(getattr(improvement, name)))


def has_sums(money: Money | None) -> bool:
    """Whether at least one amount is written."""
    return money is not None and (money.once is not None or money.per_year is not None)


def sums_of(improvement: Improvement) -> Sums | None:
    """What an improvement costs and saves; None where one of them is not written."""
    if lacking(improvement):
        return None
    cost, saves = improvement.cost, improvement.saves
    return Sums(_once(cost), _yearly(cost), _once(saves), _yearly(saves))


def ended_by(handbook: Handbook, improvement: Improvement) -> tuple[Improvement, ...]:
    """The achieved improvements that have taken the place of an achieved one."""
    achieved = Status.ACHIEVED.value
    if improvement.status != achieved:
        return ()
    return tuple(one for one in replaced_by(handbook).get(improvement.id, ()) if one.status == achieved)


def together(several: Iterable[Sums]) -> Sums:
    """Sums added up."""
    every = [*several]
    return Sums(
        sum((one.paid_once for one in every), Fraction(0)),
        sum((one.paid_yearly for one in every), Fraction(0)),
        sum((one.saved_once for one in every), Fraction(0)),
        sum((one.saved_yearly for one in every), Fraction(0)),
    )


def reckoned(business: BusinessCase, sums: Sums) -> Reckoned:
    """Sums over the years of a business case that is clear."""
    return Reckoned(sums, int(business.years), Fraction(business.discount))


def rounded(number: Fraction) -> int:
    """The nearest whole number; of two as near, the one further from 0."""
    away = int(abs(number) + Fraction(1, 2))
    return away if number >= 0 else -away


def _return(handbook: Handbook, business: BusinessCase, improvement: Improvement) -> Return:
    ended = ended_by(handbook, improvement)
    sums = sums_of(improvement) or Sums()
    if ended:
        sums = Sums(paid_once=sums.paid_once, saved_once=sums.saved_once)
    whole = reckoned(business, sums)
    return Return(improvement, whole, whole.expecting(Fraction(business.caution)), ended)


def _total(business: BusinessCase, stage: str, returns: Iterable[Return]) -> Total:
    own = tuple(returns)
    whole = reckoned(business, together(one.whole.sums for one in own))
    return Total(stage, own, whole, whole.expecting(Fraction(business.caution)))


def _once(money: Money | None) -> Fraction:
    return _sum(money.once if money else None)


def _yearly(money: Money | None) -> Fraction:
    return _sum(money.per_year if money else None)


def _sum(amount: Decimal | None) -> Fraction:
    return Fraction(amount or 0)
