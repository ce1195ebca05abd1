"""What follows from the plan of the programme: what is reached and what is late, what is gravest, what has been begun.

The grade of a risk is its likelihood times its effect, each 1 for low, 2 for medium, 3 for high.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Status
from rolebook.model.momentum import ADOPTED, WAITING, Success, Suggestion
from rolebook.model.programme import OPEN, WORK_AREAS, Deliverable, Draft, Milestone, Phase, ProgrammePlan, Review, Risk
from rolebook.model.steps import STEPS, Step
from rolebook.value import value

REACHED, TO_COME, OVERDUE, SENT_BACK = "reached", "to-come", "overdue", "sent-back"
"""How a milestone, a draft or a review stands as of a day; without one, nothing is overdue."""
TAKEN, UNDER_WAY, NOT_BEGUN = "taken", "under-way", "not-begun"
"""How far a step of the change has come."""
GRADES: Mapping[str, int] = MappingProxyType({"low": 1, "medium": 2, "high": 3})
"""What likelihood and effect count."""


def stand(due: date, done: date | None, today: date | None) -> str:
    """How something stands that was to be done by a day: a milestone, a draft, or a review."""
    if done is not None:
        return REACHED
    return OVERDUE if today is not None and due < today else TO_COME


def signing(review: Review, today: date | None) -> str:
    """How a review stands: one that was sent back is neither signed nor overdue."""
    return SENT_BACK if review.sent_back is not None else stand(review.due, review.signed, today)


def milestones_of(plan: ProgrammePlan, phase: Phase) -> tuple[Milestone, ...]:
    """The milestones of a phase, the earliest first."""
    return _by_day(one for one in plan.milestones if one.phase == phase.id)


def milestones_by_area(plan: ProgrammePlan) -> Mapping[str, tuple[Milestone, ...]]:
    """The milestones of each area of work that has some, the earliest first."""
    found = {area: _by_day(one for one in plan.milestones if one.area == area) for area in WORK_AREAS}
    return {area: own for area, own in found.items() if own}


def milestones_that_are(how: str, plan: ProgrammePlan, today: date | None) -> tuple[Milestone, ...]:
    """The milestones that are `reached`, `to-come` or `overdue` as of a day, the earliest first."""
    return _by_day(one for one in plan.milestones if stand(one.due, one.done, today) == how)


def period(plan: ProgrammePlan) -> tuple[date, date] | None:
    """From the first day that the plan names to the last; None where it names none."""
    days = [*_days(plan)]
    return (min(days), max(days)) if days else None


def share_of_phase(plan: ProgrammePlan, phase: Phase) -> Fraction:
    """How many of its milestones are reached, from 0 to 1."""
    own = milestones_of(plan, phase)
    return Fraction(sum(one.done is not None for one in own), max(1, len(own)))


def lasts_until(deliverable: Deliverable) -> date:
    """The last day that is planned for it, or on which something was done about it."""
    drafts = (one.done or one.due for one in deliverable.drafts)
    reviews = (one.signed or one.sent_back or one.due for one in deliverable.reviews)
    return max((deliverable.begins, *drafts, *reviews))


def reviews_of(deliverable: Deliverable, draft: Draft) -> tuple[Review, ...]:
    """The reviews of one of its drafts."""
    return tuple(one for one in deliverable.reviews if one.of == draft.name)


def grade(risk: Risk) -> int:
    """How grave a risk is, from 1 to 9."""
    return GRADES.get(risk.likelihood, 0) * GRADES.get(risk.effect, 0)


def gravest_first(plan: ProgrammePlan, *kinds: str) -> tuple[Risk, ...]:
    """The risks of these kinds, those that are watched first, and of them the gravest."""
    own = (one for one in plan.risks if one.kind in kinds)
    return tuple(sorted(own, key=lambda one: (one.state != OPEN, -grade(one), -GRADES.get(one.effect, 0))))


def quick_wins(handbook: Handbook) -> tuple[Improvement, ...]:
    """The improvements that are quick wins and were not rejected, by the day of achievement or the one they are due."""
    own = (one for one in handbook.improvements.values() if one.quick_win and one.status != Status.REJECTED.value)
    return tuple(sorted(own, key=lambda one: (one.achieved or date.max, one.due or date.max, str(one.id))))


def urgency(improvement: Improvement) -> tuple[date, str]:
    """What improvements are sorted by: first what is due soonest, or was achieved first."""
    return (improvement.achieved or improvement.due or date.max, improvement.name.casefold())


def progress(step: Step) -> str:
    """How far a step has come: `not-begun` without a deed, `under-way` while something is left, else `taken`."""
    if not step.done:
        return NOT_BEGUN
    return UNDER_WAY if step.left else TAKEN


@derived
def steps_in_order(handbook: Handbook) -> tuple[Step, ...]:
    """The steps of the change in their order; of one that is written twice, the first."""
    found: dict[str, Step] = {}
    for step in handbook.steps.steps if handbook.steps else ():
        found.setdefault(str(step.step), step)
    return tuple(found[name] for name in STEPS if name in found)


@value()
class Answers:
    """What became of the suggestions of employees: how many there are, were answered, and were adopted."""

    all: int
    answered: int
    adopted: int
    days: int | None
    """How many days an answer takes: the middle one of all; None where there is none."""


def answers(suggestions: tuple[Suggestion, ...]) -> Answers:
    """What became of suggestions."""
    days = sorted((one.answered - one.date).days for one in suggestions if one.answered is not None)
    return Answers(
        all=len(suggestions),
        answered=sum(one.state != WAITING for one in suggestions),
        adopted=sum(one.state == ADOPTED for one in suggestions),
        days=days[(len(days) - 1) // 2] if days else None,
    )


def suggestions(handbook: Handbook) -> tuple[Suggestion, ...]:
    """What employees suggested, the newest first."""
    own = handbook.momentum.suggestions if handbook.momentum else ()
    return tuple(sorted(own, key=lambda one: (-one.date.toordinal(), str(one.id))))


def successes(handbook: Handbook) -> tuple[Success, ...]:
    """What went well, the newest first."""
    own = handbook.momentum.successes if handbook.momentum else ()
    return tuple(sorted(own, key=lambda one: _achieved(handbook, one), reverse=True))


def _achieved(handbook: Handbook, success: Success) -> date:
    improvement = handbook.improvements.get(success.improvement)
    return (improvement.achieved if improvement else None) or date.min


def _by_day(milestones: Iterator[Milestone]) -> tuple[Milestone, ...]:
    return tuple(sorted(milestones, key=lambda one: (one.done or one.due, str(one.id))))


def _days(plan: ProgrammePlan) -> Iterator[date]:
    for phase in plan.phases:
        yield from (phase.begins, phase.ends)
    for milestone in plan.milestones:
        yield milestone.done or milestone.due
    for deliverable in plan.deliverables:
        yield from (deliverable.begins, lasts_until(deliverable))
