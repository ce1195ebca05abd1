"""Families 5 and 8: what has changed since a release is not approved or reviewed again, or nobody says why."""

import random
from decimal import Decimal

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import one, plants
from benchmarks.faults.released import NOTE, approve, explain, release, review
from rolebook.model.catalogue import path_of
from rolebook.model.release import NEXT
from rolebook.model.training import TrainingModule, TrainingPlan


def _modules(draft: Draft) -> list[tuple[TrainingPlan, TrainingModule]]:
    return [(plan, module) for plan in draft.handbook.plans.values() for module in plan.modules]


def _reviewed(draft: Draft, plan: str, module: TrainingModule) -> Place:
    """Where it stands when a module was reviewed, else its id."""
    return draft.at(path_of("plan", plan), "modules", str(module.id), "reviewed" if module.reviewed else "id")


def _one_more_step(draft: Draft, process: str, activity: str) -> None:
    """Put a step at the end of an activity, for a reason."""
    steps = (path_of("process", process), "activities", activity, "steps")
    draft.append(*steps, text="Put the lamp on the desk out.")
    explain(draft, f"activity:{process}/{activity}")


def _another_target(draft: Draft, chance: random.Random, process: str) -> tuple[str, Place]:
    """Write another target of a KPI that no improvement changes, and say which one, and where."""
    named = {name for i in draft.handbook.improvements.values() for name in (*i.adds, *i.changes)}
    kpis = draft.handbook.processes[process].kpis
    free = [kpi for kpi in kpis if f"kpi:{process}/{kpi.id}" not in named]
    id, value = one(chance, [(kpi.id, kpi.target.value) for kpi in free if kpi.target.value])
    place = (path_of("process", process), "kpis", str(id), "target", "value")
    draft.write(*place, text=f"{value * Decimal('0.99'):.4f}")
    return f"kpi:{process}/{id}", draft.at(*place)


# The activity may be taught by several modules.
@plants("RB509", "an activity has one step more, and a module that teaches it was not reviewed", "RB509")
def step_not_taught(draft: Draft, chance: random.Random) -> Place:
    release(draft)
    plan, module = one(chance, [(p, m) for p, m in _modules(draft) if any("/" in taught for taught in m.teaches)])
    process, _, activity = one(chance, [taught for taught in module.teaches if "/" in taught]).partition("/")
    _one_more_step(draft, process, activity)
    approve(draft, "process", process)
    return _reviewed(draft, plan.id, module)


# The new target may be one that the KPI met before anything was done.
@plants("RB509", "a target was changed, and a module that teaches the whole process was not reviewed", "RB715")
def target_not_taught(draft: Draft, chance: random.Random) -> Place:
    release(draft)
    processes = draft.handbook.processes
    plan, module = one(chance, [(p, m) for p, m in _modules(draft) if any(taught in processes for taught in m.teaches)])
    process = next(taught for taught in module.teaches if taught in processes)
    kpi, _ = _another_target(draft, chance, process)
    explain(draft, kpi)
    approve(draft, "process", process)
    return _reviewed(draft, plan.id, module)


@plants("RB809", "an activity has one step more, and its process was not approved again")
def step_not_approved(draft: Draft, chance: random.Random) -> Place:
    release(draft)
    process, activity = one(chance, list(draft.handbook.activities()))
    _one_more_step(draft, process.id, activity.id)
    review(draft, process.id)
    return draft.at(path_of("process", process.id), "approval", "approved")


@plants("RB809", "a job asks for one thing more, and was not approved again")
def requirement_not_approved(draft: Draft, chance: random.Random) -> Place:
    release(draft)
    job = one(chance, list(draft.handbook.jobs.values()))
    draft.append(path_of("job", job.id), "requirements", text="A green thumb.")
    explain(draft, f"job:{job.id}")
    return draft.at(path_of("job", job.id), "approval", "approved")


@plants("RB810", "nobody says why a target was changed", "RB715")
def target_without_reason(draft: Draft, chance: random.Random) -> Place:
    release(draft)
    process = one(chance, sorted(draft.handbook.processes))
    _, place = _another_target(draft, chance, process)
    approve(draft, "process", process)
    review(draft, process)
    return place


@plants("RB810", "nobody says why a job asks for one thing more")
def requirement_without_reason(draft: Draft, chance: random.Random) -> Place:
    release(draft)
    job = one(chance, list(draft.handbook.jobs.values()))
    draft.append(path_of("job", job.id), "requirements", text="A green thumb.")
    approve(draft, "job", job.id)
    return draft.at(path_of("job", job.id), "requirements", len(job.requirements))


# What has changed besides may be a target, met before anything was done.
@plants("RB811", "a reason is written for what has not changed", "RB715")
def idle_reason(draft: Draft, chance: random.Random) -> Place:
    release(draft)
    process, other = chance.sample(sorted(draft.handbook.processes), 2)
    kpi, _ = _another_target(draft, chance, process)
    approve(draft, "process", process)
    review(draft, process)
    explain(draft, kpi, f"process:{other}")
    return draft.at(NEXT, "reasons", 1, "for")


@plants("RB811", "a release was interrupted before it took away what it had taken in")
def left_behind(draft: Draft, _: random.Random) -> Place:
    release(draft)
    draft.put(NEXT, f"note: {NOTE}\n")
    return Place(NEXT, 1)
