"""Sums of the business case as pages show them: in whole units of the currency, whole percent and whole months."""

import math
from dataclasses import dataclass
from fractions import Fraction

from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.returns import Reckoned, Sums, ended_by, reckoned, reckoning, rounded, sums_of

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What sums come to over the years."""

    costs: int
    benefits: int
    net: int
    percent: int | None
    """The return on investment; None where nothing is paid."""
    months: int | None
    """When it has paid for itself, rounded up; None where it never does."""
    present_value: int


def shown(one: Reckoned) -> Shown:
    """Sums over the years as they are shown."""
    return Shown(
        costs=rounded(one.costs),
        benefits=rounded(one.benefits),
        net=rounded(one.net),
        percent=None if one.percent is None else rounded(one.percent),
        months=months(one.sums),
        present_value=rounded(one.present_value),
    )


@dataclass(frozen=True, slots=True)
class OwnSums:
    """What one improvement comes to, for its own page."""

    months: int | None
    """When it has paid for itself, rounded up; None where it never does."""
    ended_by: tuple[Improvement, ...]
    over: Shown | None
    """Over the years of the business case; None where there is none."""
    years: int


def own_sums(handbook: Handbook, improvement: Improvement) -> OwnSums | None:
    """What an improvement comes to; None where it does not say both what it costs and what it saves."""
    sums, known = sums_of(improvement), reckoning(handbook)
    if sums is None:
        return None
    over = shown(reckoned(known.business, sums)) if known else None
    return OwnSums(months(sums), ended_by(handbook, improvement), over, int(known.business.years) if known else 0)


def months(sums: Sums) -> int | None:
    """After how many whole months it has paid for itself; None where it never does."""
    return None if sums.payback is None else math.ceil(sums.payback)


def whole(amount: Fraction | None) -> int | None:
    """An exact amount as it is shown; None stays."""
    return None if amount is None else rounded(amount)
