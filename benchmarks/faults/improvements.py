"""Family 6: improvements that have not reached everybody, or lack a reason, a measure or a date."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.checks.improvements import AGREED
from rolebook.model.catalogue import path_of
from rolebook.model.consolidation import consolidation, touched
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status

TOMORROW_WEEK = "2026-12-01"


def _improvement(draft: Draft, chance: random.Random, *status: str) -> tuple[str, Improvement]:
    wanted = [i for i in draft.handbook.improvements.values() if i.status in (status or tuple(Status))]
    improvement = one(chance, wanted)
    return path_of("improvement", improvement.id), improvement


def _place(text: str, improvement: Improvement) -> Place:
    for element in (*improvement.adds, *improvement.changes):
        if element == text:
            return Place(element.span.path, element.span.line)
    raise NoPlace


# A duty that is missing for the improvement is missing for the activity itself.
@plants("RB601", "the duty for what an achieved improvement brought is gone", "RB402")
def duty_gone(draft: Draft, chance: random.Random) -> Place:
    _, improvement = _improvement(draft, chance, Status.ACHIEVED)
    reaches = [r for r in consolidation(draft.handbook, improvement) if r.touch.part and r.having and not r.duty_waiver]
    reach = one(chance, reaches)
    assert reach.touch.part is not None
    reference, job = reach.touch.part.reference, one(chance, reach.having)
    found = [
        position for position, duty in enumerate(job.duties) if reference in duty.fulfils and len(duty.fulfils) > 1
    ]
    if len(found) != 1 or any(reference.partition("/")[0] in duty.answers_for for duty in job.duties):
        raise NoPlace
    draft.remove(path_of("job", job.id), "duties", found[0], "fulfils", reference)
    return _place(reach.touch.element, improvement)


@plants("RB601", "the objective for a KPI of an achieved improvement is gone")
def objective_gone(draft: Draft, chance: random.Random) -> Place:
    _, improvement = _improvement(draft, chance, Status.ACHIEVED)
    reaches = [r for r in consolidation(draft.handbook, improvement) if r.touch.kpi and r.having]
    reach = one(chance, reaches)
    job = one(chance, reach.having)
    process = reach.touch.kpi.partition("/")[0]
    found = [position for position, objective in enumerate(job.objectives) if objective.kpi == reach.touch.kpi]
    if not found or any(process in duty.answers_for for duty in job.duties):
        raise NoPlace
    for position in found:
        draft.remove(path_of("job", job.id), "objectives", position, "kpi")
    return _place(reach.touch.element, improvement)


@plants("RB602", "an agreed improvement has no owner, objective, benefit or measure")
def unfounded(draft: Draft, chance: random.Random) -> Place:
    path, _ = _improvement(draft, chance, *AGREED)
    draft.remove(path, one(chance, ("owner", "objective", "benefit", "measured")))
    return draft.key(path, "status")


# Whoever is touched by nothing needs no waiver; and a later improvement may name what this one took out.
@plants("RB602", "an achieved improvement has changed nothing", "RB101", "RB604")
def changed_nothing(draft: Draft, chance: random.Random) -> Place:
    path, _ = _improvement(draft, chance, Status.ACHIEVED)
    for key in ("adds", "changes", "removes"):
        if draft.has(path, key):
            draft.remove(path, key)
    return draft.key(path, "status")


@plants("RB603", "a quick win leads to nothing larger")
def quick_win_without_goal(draft: Draft, chance: random.Random) -> Place:
    path, improvement = _improvement(draft, chance, *(set(Status) - {Status.REJECTED}))
    objectives = draft.handbook.organisation.objectives
    soon = one(chance, [objective.id for objective in objectives if objective.horizon == "this-year"])
    draft.set(path, "quick_win", text="true")
    draft.set(path, "objective", text=soon)
    if improvement.leads_to:
        draft.remove(path, "leads_to")
    return draft.key(path, "objective")


@plants("RB604", "a waiver excuses from what is not needed")
def waiver_without_need(draft: Draft, chance: random.Random) -> Place:
    path, improvement = _improvement(draft, chance, Status.ACHIEVED)
    known = {touch.role for touch in touched(draft.handbook, improvement)}
    role = one(chance, [role.id for role in draft.handbook.roles.values() if role.active and role.id not in known])
    of = one(chance, ("duty", "training"))
    draft.append(path, "waivers", text=f"{{of: {of}, for: {role}, reason: It is simple.}}")
    return draft.at(path, "waivers", len(improvement.waivers), "for")


@plants("RB605", "nobody approved an agreed improvement")
def not_approved(draft: Draft, chance: random.Random) -> Place:
    path, _ = _improvement(draft, chance, *AGREED)
    draft.remove(path, "approval")
    return draft.key(path, "status")


@plants("RB605", "an achieved improvement has no day of it")
def no_day(draft: Draft, chance: random.Random) -> Place:
    path, _ = _improvement(draft, chance, Status.ACHIEVED)
    draft.remove(path, "achieved")
    return draft.key(path, "status")


@plants("RB605", "an improvement has a day of achievement, but is not achieved")
def day_too_early(draft: Draft, chance: random.Random) -> Place:
    path, _ = _improvement(draft, chance, *(set(Status) - {Status.ACHIEVED}))
    draft.set(path, "achieved", text="2026-11-20")
    return draft.key(path, "achieved")


@plants("RB605", "an improvement was achieved on a day to come")
def day_to_come(draft: Draft, chance: random.Random) -> Place:
    path, _ = _improvement(draft, chance, Status.ACHIEVED)
    draft.write(path, "achieved", text=TOMORROW_WEEK)
    return draft.key(path, "achieved")


@plants("RB605", "an improvement was approved after it was achieved")
def approved_late(draft: Draft, chance: random.Random) -> Place:
    path, _ = _improvement(draft, chance, Status.ACHIEVED)
    draft.write(path, "approval", "approved", text=TOMORROW_WEEK)
    return draft.at(path, "approval", "approved")


@plants("RB605", "the month before is not before the month after")
def months_swapped(draft: Draft, chance: random.Random) -> Place:
    path, improvement = _improvement(draft, chance)
    if improvement.measured is None:
        raise NoPlace
    draft.write(path, "measured", "before", text=improvement.measured.after)
    return draft.at(path, "measured", "before")


@plants("RB606", "what an achieved improvement took out is still there")
def still_there(draft: Draft, chance: random.Random) -> Place:
    path, improvement = _improvement(draft, chance, Status.ACHIEVED)
    element = one(chance, _elements(draft.handbook))
    draft.append(path, "removes", text=element)
    return draft.at(path, "removes", len(improvement.removes))


def _elements(handbook: Handbook) -> list[str]:
    """What stands in the handbook, and was brought in by no improvement that is told of."""
    found = [f"activity:{process.id}/{activity.id}" for process, activity in handbook.activities()]
    found += [f"kpi:{process.id}/{kpi.id}" for process in handbook.processes.values() for kpi in process.kpis]
    added = {element for improvement in handbook.improvements.values() for element in improvement.adds}
    return [element for element in found if element not in added]
