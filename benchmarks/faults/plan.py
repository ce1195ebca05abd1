"""Family 7, the plan: what is overdue, days in a wrong order or to come, suggestions without an answer, lost steps."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model import momentum, programme, steps
from rolebook.model.catalogue import path_of
from rolebook.model.momentum import ADOPTED, WAITING, Suggestion
from rolebook.model.planning import TAKEN, progress, steps_in_order
from rolebook.model.programme import Deliverable, Milestone, ProgrammePlan, Review

_PLAN = programme.PATH
_PASSED, _TO_COME = "2026-10-01", "2062-02-01"


def _plan(draft: Draft) -> ProgrammePlan:
    if draft.handbook.programme is None:
        raise NoPlace
    return draft.handbook.programme


def _reached(draft: Draft, chance: random.Random) -> Milestone:
    return one(chance, [each for each in _plan(draft).milestones if each.done])


def _reviewed(draft: Draft, chance: random.Random) -> tuple[Deliverable, int, Review]:
    """A deliverable with the position of one of its reviews that was signed, and the review."""
    signed = [
        (each, position, review)
        for each in _plan(draft).deliverables
        for position, review in enumerate(each.reviews)
        if review.signed
    ]
    return one(chance, signed)


def _suggestion(draft: Draft, chance: random.Random, *states: str) -> Suggestion:
    written = draft.handbook.momentum.suggestions if draft.handbook.momentum else ()
    return one(chance, [each for each in written if each.state in states])


@plants("RB720", "a milestone was not reached in time")
def milestone_missed(draft: Draft, chance: random.Random) -> Place:
    last = one(chance, [each for each in _plan(draft).milestones if each.done and not _is_waited_for(draft, each)])
    draft.remove(_PLAN, "milestones", str(last.id), "done")
    return draft.at(_PLAN, "milestones", str(last.id), "due")


def _is_waited_for(draft: Draft, milestone: Milestone) -> bool:
    return any(milestone.id in each.after and each.done for each in _plan(draft).milestones)


@plants("RB720", "a review was not held in time")
def review_missed(draft: Draft, chance: random.Random) -> Place:
    deliverable, position, _ = _reviewed(draft, chance)
    draft.remove(_PLAN, "deliverables", str(deliverable.id), "reviews", position, "signed")
    return draft.at(_PLAN, "deliverables", str(deliverable.id), "reviews", position, "due")


@plants("RB720", "nobody has looked at a success factor for long")
def factor_forgotten(draft: Draft, chance: random.Random) -> Place:
    factor = one(chance, _plan(draft).success_factors)
    draft.write(_PLAN, "success_factors", str(factor.id), "looked_at", text="2026-01-12")
    return draft.at(_PLAN, "success_factors", str(factor.id), "looked_at")


@plants("RB721", "a milestone was reached before one that it comes after")
def reached_too_early(draft: Draft, chance: random.Random) -> Place:
    later = one(chance, [each for each in _plan(draft).milestones if each.done and each.after])
    draft.write(_PLAN, "milestones", str(later.id), "done", text="2025-01-15")
    return draft.at(_PLAN, "milestones", str(later.id), "done")


@plants("RB721", "a milestone is due outside its phase")
def outside_its_phase(draft: Draft, chance: random.Random) -> Place:
    milestone = _reached(draft, chance)
    draft.write(_PLAN, "milestones", str(milestone.id), "due", text="2029-01-15")
    return draft.at(_PLAN, "milestones", str(milestone.id), "due")


@plants("RB721", "a milestone comes after itself")
def after_itself(draft: Draft, chance: random.Random) -> Place:
    milestone = one(chance, [each for each in _plan(draft).milestones if not each.after])
    draft.add(_PLAN, "milestones", str(milestone.id), "after", text=str(milestone.id))
    return draft.at(_PLAN, "milestones", str(milestone.id), "after")


@plants("RB721", "a review is of a draft that there is not")
def no_such_draft(draft: Draft, chance: random.Random) -> Place:
    deliverable, position, _ = _reviewed(draft, chance)
    draft.write(_PLAN, "deliverables", str(deliverable.id), "reviews", position, "of", text="A draft that is not there")
    return draft.at(_PLAN, "deliverables", str(deliverable.id), "reviews", position, "of")


@plants("RB721", "a draft was signed before it was there")
def signed_too_early(draft: Draft, chance: random.Random) -> Place:
    deliverable, position, _ = _reviewed(draft, chance)
    draft.write(_PLAN, "deliverables", str(deliverable.id), "reviews", position, "signed", text="2025-01-15")
    return draft.at(_PLAN, "deliverables", str(deliverable.id), "reviews", position, "signed")


@plants("RB722", "a milestone was reached on a day to come")
def reached_to_come(draft: Draft, chance: random.Random) -> Place:
    milestone = _reached(draft, chance)
    draft.write(_PLAN, "milestones", str(milestone.id), "done", text=_TO_COME)
    return draft.at(_PLAN, "milestones", str(milestone.id), "done")


@plants("RB723", "a suggestion waits for an answer")
def not_answered(draft: Draft, chance: random.Random) -> Place:
    id = str(_suggestion(draft, chance, WAITING).id)
    draft.write(momentum.PATH, "suggestions", id, "date", text=_PASSED)
    return draft.at(momentum.PATH, "suggestions", id, "date")


@plants("RB723", "it is not said what whoever made a suggestion was told")
def no_answer(draft: Draft, chance: random.Random) -> Place:
    suggestion = _suggestion(draft, chance, ADOPTED, momentum.DECLINED)
    draft.remove(momentum.PATH, "suggestions", str(suggestion.id), one(chance, ("answer", "answered")))
    return draft.at(momentum.PATH, "suggestions", str(suggestion.id), "state")


@plants("RB723", "an improvement says that another role suggested it")
def of_another(draft: Draft, chance: random.Random) -> Place:
    suggestion = _suggestion(draft, chance, ADOPTED)
    improvement = draft.handbook.improvements.get(str(suggestion.improvement))
    if improvement is None or not improvement.suggested_by:
        raise NoPlace
    other = one(
        chance, [id for id, role in draft.handbook.roles.items() if role.active and id != improvement.suggested_by]
    )
    draft.write(path_of("improvement", improvement.id), "suggested_by", text=other)
    return draft.at(momentum.PATH, "suggestions", str(suggestion.id), "suggested_by")


@plants("RB724", "a step of the change is missing")
def step_missing(draft: Draft, chance: random.Random) -> Place:
    written = draft.handbook.steps.steps if draft.handbook.steps else ()
    draft.remove(steps.PATH, "steps", written.index(one(chance, written)))
    return draft.at(steps.PATH)


@plants("RB724", "a later step is taken although nothing was done for an earlier one")
def step_jumped(draft: Draft, chance: random.Random) -> Place:
    in_order = steps_in_order(draft.handbook)
    last = max((position for position, each in enumerate(in_order) if progress(each) == TAKEN), default=0)
    if not last or not in_order[last - 1].done:
        raise NoPlace
    written = draft.handbook.steps.steps if draft.handbook.steps else ()
    draft.remove(steps.PATH, "steps", written.index(in_order[last - 1]), "done")
    return draft.at(steps.PATH, "steps", written.index(in_order[last]), "step")
