"""The order in which modules are taken: as the plans have them, but never before what is to be taken first."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from rolebook.model.backlinks import Module
from rolebook.model.training import TrainingModule, TrainingPlan


def in_order(modules: Iterable[Module]) -> tuple[tuple[TrainingPlan, tuple[TrainingModule, ...]], ...]:
    """The modules by plan: plans behind those to be completed before, modules behind their prerequisites."""
    plans: dict[str, TrainingPlan] = {}
    by_plan: dict[str, dict[str, TrainingModule]] = {}
    for plan, module in modules:
        plans[str(plan.id)] = plan
        by_plan.setdefault(str(plan.id), {})[str(module.id)] = module
    before = {id: plan.prerequisites for id, plan in plans.items()}
    return tuple((plans[id], _modules(by_plan[id])) for id in _sorted([*plans], before))


def _modules(modules: Mapping[str, TrainingModule]) -> tuple[TrainingModule, ...]:
    before = {id: module.prerequisites for id, module in modules.items()}
    return tuple(modules[id] for id in _sorted([*modules], before))


def _sorted(ids: Sequence[str], before: Mapping[str, Iterable[str]]) -> list[str]:
    """`ids` in their order, but each behind those of `before` that are among them."""
    places = {id: place for place, id in enumerate(ids)}
    sorter = TopologicalSorter({id: [one for one in before[id] if one in places] for id in ids})
    sorter.prepare()
    found: list[str] = []
    ready: list[int] = []
    while sorter.is_active():
        for id in sorter.get_ready():
            heappush(ready, places[id])
        found.append(ids[heappop(ready)])
        sorter.done(found[-1])
    return found
