"""Family 5: training that leaves something open, or does not reach those who need it."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.checks.parts import assignment
from rolebook.model.catalogue import path_of
from rolebook.model.consolidation import waived
from rolebook.model.coverage import audience, modules_by_role, must_know, parts, teaches
from rolebook.model.training import TrainingPlan
from rolebook.source import Scalar, Sequence

MOST_TAUGHT = 4


def _plan(draft: Draft, chance: random.Random) -> tuple[str, TrainingPlan]:
    plan = draft.handbook.plans[one(chance, sorted(draft.handbook.plans))]
    return path_of("plan", plan.id), plan


@plants("RB501", "a plan does not say when or how")
def incomplete_plan(draft: Draft, chance: random.Random) -> Place:
    path, _ = _plan(draft, chance)
    draft.remove(path, one(chance, ("when", "how")))
    return draft.key(path, "name")


@plants("RB501", "a plan does not say who is trained")
def plan_for_nobody(draft: Draft, chance: random.Random) -> Place:
    path, _ = _plan(draft, chance)
    draft.remove(path, "who")
    return draft.key(path, "name")


@plants("RB501", "a plan has no modules")
def plan_of_nothing(draft: Draft, chance: random.Random) -> Place:
    path, _ = _plan(draft, chance)
    draft.remove(path, "modules")
    return draft.key(path, "name")


# Others may have learnt it from the same module, and achieved improvements have to be taught.
@plants("RB502", "an activity is taken out of a module", "RB502", "RB601")
def untaught(draft: Draft, chance: random.Random) -> Place:
    holder = one(chance, sorted(parts(draft.handbook)))
    found = []
    excused = waived(draft.handbook)
    for part in (part for part in parts(draft.handbook)[holder] if must_know(part)):
        teaching = [(p, m) for p, m in modules_by_role(draft.handbook).get(holder, ()) if teaches(m, part)]
        if ("training", holder, part.reference) in excused:
            continue
        if len(teaching) == 1 and part.reference in teaching[0][1].teaches and len(teaching[0][1].teaches) > 1:
            found.append((part, *teaching[0]))
    part, plan, module = one(chance, found)
    if part.process.id in module.teaches:
        raise NoPlace
    draft.remove(path_of("plan", plan.id), "modules", str(module.id), "teaches", part.reference)
    span = assignment(draft.handbook, holder, part).span
    return Place(span.path, span.line)


@plants("RB503", "a module teaches the work of others")
def unneeded(draft: Draft, chance: random.Random) -> Place:
    path, plan = _plan(draft, chance)
    roles = audience(draft.handbook, plan)
    mine = {part.reference for role in roles for part in parts(draft.handbook).get(role, ())}
    references = [f"{process.id}/{activity.id}" for process, activity in draft.handbook.activities()]
    foreign = one(chance, [reference for reference in references if reference not in mine])
    said = "minutes: 30, objectives: Know it., content: All of it., observed: Does it."
    draft.append(path, "modules", text=f"{{id: work-of-others, name: Work of others, teaches: {foreign}, {said}}}")
    return draft.at(path, "modules", len(plan.modules), "id")


@plants("RB508", "a module teaches too many activities")
def crowded(draft: Draft, chance: random.Random) -> Place:
    path, plan = _plan(draft, chance)
    module = one(chance, plan.modules)
    taught = [what for what in module.teaches if "/" in what]
    others = [f"{process.id}/{activity.id}" for process, activity in draft.handbook.activities()]
    for what in chance.sample(
        [other for other in others if other not in taught], max(MOST_TAUGHT + 1 - len(taught), 0)
    ):
        draft.append(path, "modules", str(module.id), "teaches", text=what)
    now = draft.node(path, "modules", str(module.id), "teaches")
    assert isinstance(now, Sequence)
    activities = [item for item in now.items if isinstance(item, Scalar) and "/" in item.text]
    return Place(path, activities[MOST_TAUGHT].span.line)


@plants("RB511", "a question has its right answer among the wrong ones")
def unclear_choice(draft: Draft, chance: random.Random) -> Place:
    path, plan = _plan(draft, chance)
    module = one(chance, [module for module in plan.modules if module.questions])
    said = "question: Who does it?, answer: Whoever is responsible., wrong: ['Nobody', 'whoever is responsible']"
    draft.append(path, "modules", str(module.id), "questions", text=f"{{{said}}}")
    return draft.at(path, "modules", str(module.id), "questions", len(module.questions), "wrong", 1)


@plants("RB504", "a module shows nothing of what was learnt")
def no_assessment(draft: Draft, chance: random.Random) -> Place:
    path, plan = _plan(draft, chance)
    position = chance.randrange(len(plan.modules))
    for key in ("questions", "observed"):
        if draft.has(path, "modules", position, key):
            draft.remove(path, "modules", position, key)
    return draft.at(path, "modules", position, "id")


@plants("RB505", "two modules are each to be taken before the other")
def modules_in_a_loop(draft: Draft, chance: random.Random) -> Place:
    path, plan = _plan(draft, chance)
    pairs = [
        (position, prerequisite)
        for position, module in enumerate(plan.modules)
        for prerequisite in module.prerequisites
    ]
    position, prerequisite = one(chance, pairs)
    module = plan.modules[position]
    draft.append(path, "modules", str(prerequisite), "prerequisites", text=module.id)
    order = [module.id for module in plan.modules]
    first, other = sorted((module.id, prerequisite), key=order.index)
    return draft.at(path, "modules", str(first), "prerequisites", str(other))


@plants("RB505", "two plans are each to be completed before the other")
def plans_in_a_loop(draft: Draft, chance: random.Random) -> Place:
    first, second = sorted(chance.sample(sorted(draft.handbook.plans), 2))
    plans = draft.handbook.plans
    if any(str(end) in plans[other].prerequisites for end, other in ((first, second), (second, first))):
        raise NoPlace
    if any(plans[end].prerequisites for end in (first, second)):
        raise NoPlace  # another loop might be closed
    draft.append(path_of("plan", first), "prerequisites", text=second)
    draft.append(path_of("plan", second), "prerequisites", text=first)
    return draft.key(path_of("plan", first), "prerequisites")


# Achieved improvements have to be taught.
@plants("RB506", "a role is trained by no plan", "RB601")
def untrained(draft: Draft, chance: random.Random) -> Place:
    path, plan = _plan(draft, chance)
    assert plan.who is not None
    if len(plan.who.roles) < 2:
        raise NoPlace
    own = modules_by_role(draft.handbook)
    only = [role for role in plan.who.roles if {p.id for p, _ in own.get(role, ())} == {plan.id}]
    role = one(chance, [role for role in only if any(map(must_know, parts(draft.handbook).get(role, ())))])
    if any(role in draft.handbook.jobs[job].carries for job in plan.who.jobs):
        raise NoPlace
    draft.remove(path, "who", "roles", str(role))
    return draft.key(path_of("role", role), "name")


@plants("RB507", "a module is for a role that its plan does not train")
def outside_audience(draft: Draft, chance: random.Random) -> Place:
    path, plan = _plan(draft, chance)
    trained = audience(draft.handbook, plan)
    position = one(chance, [position for position, module in enumerate(plan.modules) if module.for_])
    active = [role.id for role in draft.handbook.roles.values() if role.active and role.id not in trained]
    draft.append(path, "modules", position, "for", text=one(chance, active))
    return draft.at(path, "modules", position, "for", len(plan.modules[position].for_))
