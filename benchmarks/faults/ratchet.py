"""Family 6, the ratchet: what a released improvement brought is undone, or replaced though it brought nothing."""

import random
from collections.abc import Sequence
from typing import Any

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import one, plants
from benchmarks.faults.released import approve, explain, release, review
from rolebook.model.catalogue import path_of
from rolebook.model.improvement import Status
from rolebook.model.protection import brought


def _kept(draft: Draft, part: str) -> Sequence[Any]:
    """What the improvements protect that are released here, of this part of it."""
    planned = release(draft)
    protected = (brought(draft.handbook, i, planned.release.id) for i in planned.improvements)
    return [kept for one in protected for kept in getattr(one, part)]


def _all_is_well_but_for_it(draft: Draft, process: str, changed: str) -> None:
    """No reason, no approval and no review makes up for what is undone."""
    explain(draft, changed)
    approve(draft, "process", process)
    review(draft, process)


# It may be so loose that the KPI was there before anything was done.
@plants("RB608", "the target of a KPI that a released improvement brought is looser", "RB715")
def looser_target(draft: Draft, chance: random.Random) -> Place:
    kept = one(chance, [kpi for kpi in _kept(draft, "kpis") if kpi.value is not None])
    process, _, id = kept.kpi.partition("/")
    place = (path_of("process", process), "kpis", id, "target", "value")
    draft.write(*place, text=str(kept.value * 2 if kept.better == "lower" else kept.value / 2))
    _all_is_well_but_for_it(draft, process, f"kpi:{kept.kpi}")
    return draft.at(*place)


# The improvement names the control, too.
@plants("RB608", "a control that a released improvement brought is gone", "RB101")
def control_gone(draft: Draft, chance: random.Random) -> Place:
    kept = one(chance, _kept(draft, "controls"))
    process, _, id = kept.control.partition("/")
    controls = [control.id for control in draft.handbook.processes[process].controls]
    before, behind = controls[: controls.index(id)], controls[controls.index(id) + 1 :]
    path = path_of("process", process)
    draft.remove(path, "controls", id)
    _all_is_well_but_for_it(draft, process, f"control:{kept.control}")
    beside = (*before[-1:], *behind[:1])
    return draft.at(path, "controls", str(beside[0]), "id") if beside else draft.key(path, "name")


@plants("RB609", "an improvement replaces one that is only proposed")
def idle_replacement(draft: Draft, chance: random.Random) -> Place:
    proposed = [i.id for i in draft.handbook.improvements.values() if i.status == Status.PROPOSED.value]
    improvement, other = chance.sample(proposed, 2)
    path = path_of("improvement", improvement)
    draft.set(path, "replaces", text=other)
    return draft.at(path, "replaces")
