"""Benefits realised: what improvements were to save, what has been counted since, and the KPIs before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.benefits import Balance, Benefit, as_counted, benefits, benefits_by_objective
from rolebook.model.business import BusinessCase
from rolebook.model.handbook import Handbook
from rolebook.model.returns import Reckoning, reckoning
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import BENEFITS, INDEX_HEADINGS
from rolebook.pages.reckoning import Shown, shown, whole
from rolebook.rendering import Links


@dataclass(frozen=True, slots=True)
class BalanceView:
    """Benefits together, in whole units of the currency."""

    count: int
    """How many go on."""
    claimed: int
    claimed_of_confirmed: int
    """What was claimed where somebody has counted."""
    confirmed: int
    difference: int
    still_open: int
    waiting: tuple[Benefit, ...]
    compared: int
    compared_claims: int
    compared_counts: int
    accuracy: int | None
    """How much of what was claimed was found where somebody has counted, in percent."""


@dataclass(frozen=True, slots=True)
class BenefitsView:
    """What has come of the business case."""

    business: BusinessCase
    currency: str
    benefits: tuple[Benefit, ...]
    balance: BalanceView
    by_objective: tuple[tuple[str, BalanceView], ...]
    """Objectives that something serves, "" for none."""
    claimed: Shown
    """What all improvements come to as they are claimed."""
    counted: Shown | None
    """The same with what was counted in place of what was claimed; None where nothing was counted."""

    @property
    def differences(self) -> tuple[int | None, ...]:
        """By how much more was counted than claimed, for each of the benefits; None where one of the two is missing."""
        return tuple(whole(one.difference) for one in self.benefits)

    @property
    def confirmed(self) -> tuple[Benefit, ...]:
        """Those of which somebody has counted something."""
        return tuple(one for one in self.benefits if one.confirmed)

    @property
    def proven(self) -> tuple[Benefit, ...]:
        """Those that name a KPI that there is."""
        return tuple(one for one in self.benefits if one.proof)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The benefits; none where there is no business case to hold them against."""
    known = reckoning(handbook)
    if known is None:
        return
    yield compose(
        handbook,
        links,
        BENEFITS,
        "benefits",
        _view(handbook, known),
        _parts(known.business),
        title=INDEX_HEADINGS[BENEFITS],
        description="What the improvements were to save, and what has been counted since.",
        source=known.business.span,
    )


def _parts(business: BusinessCase) -> Iterator[Part]:
    yield Part("section_benefits", "Claimed and confirmed")
    yield Part("section_objectives", "By objective")
    yield Part("section_kpis", "The KPI before and after")
    yield Part("section_counted", "What was counted", business.realised[0].span if business.realised else None)


def _view(handbook: Handbook, known: Reckoning) -> BenefitsView:
    balance = benefits(handbook)
    counted = as_counted(handbook, known.total) if balance.confirmed else None
    return BenefitsView(
        business=known.business,
        currency=handbook.organisation.currency,
        benefits=balance.benefits,
        balance=_balance(balance),
        by_objective=tuple((one, _balance(own)) for one, own in benefits_by_objective(handbook).items()),
        claimed=shown(known.total.whole),
        counted=shown(counted) if counted else None,
    )


def _balance(balance: Balance) -> BalanceView:
    return BalanceView(
        count=len(balance.running),
        claimed=whole(balance.claimed) or 0,
        claimed_of_confirmed=whole(balance.claimed_of_confirmed) or 0,
        confirmed=whole(balance.confirmed) or 0,
        difference=whole(balance.difference) or 0,
        still_open=whole(balance.still_open) or 0,
        waiting=balance.waiting,
        compared=len(balance.compared),
        compared_claims=whole(balance.compared_claims) or 0,
        compared_counts=whole(balance.compared_counts) or 0,
        accuracy=whole(balance.accuracy),
    )
