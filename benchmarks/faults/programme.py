"""Family 7: figures that nobody can read."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.catalogue import path_of
from rolebook.model.process import Kpi


def _kpi(draft: Draft, chance: random.Random, *better: str) -> tuple[str, Kpi]:
    process = draft.handbook.processes[one(chance, sorted(draft.handbook.processes))]
    kpis = [kpi for kpi in process.kpis if kpi.better in better]
    return path_of("process", process.id), one(chance, kpis)


@plants("RB701", "a target has a bound beside its value")
def bound_beside_value(draft: Draft, chance: random.Random) -> Place:
    path, kpi = _kpi(draft, chance, "lower", "higher")
    draft.add(path, "kpis", str(kpi.id), "target", one(chance, ("low", "high")), text="3")
    return draft.at(path, "kpis", str(kpi.id), "target")


@plants("RB701", "a target has no value")
def no_value(draft: Draft, chance: random.Random) -> Place:
    path, kpi = _kpi(draft, chance, "lower", "higher")
    draft.remove(path, "kpis", str(kpi.id), "target", "value")
    return draft.at(path, "kpis", str(kpi.id), "target")


@plants("RB701", "the bounds of a target are exchanged")
def bounds_exchanged(draft: Draft, chance: random.Random) -> Place:
    path, kpi = _kpi(draft, chance, "lower", "higher", "within")
    target = kpi.target
    if target.low is None or target.high is None:
        draft.write(path, "kpis", str(kpi.id), "target", text=f"{{low: 9, high: 4, due: {target.due}}}")
        draft.write(path, "kpis", str(kpi.id), "better", text="within")
    else:
        draft.write(
            path, "kpis", str(kpi.id), "target", text=f"{{low: {target.high}, high: {target.low}, due: {target.due}}}"
        )
    return draft.at(path, "kpis", str(kpi.id), "target")


@plants("RB702", "a KPI does not say what it is counted from")
def no_record(draft: Draft, chance: random.Random) -> Place:
    path, kpi = _kpi(draft, chance, "lower", "higher", "within")
    if not kpi.counted_from:
        raise NoPlace
    draft.remove(path, "kpis", str(kpi.id), "counted_from")
    return draft.at(path, "kpis", str(kpi.id), "id")
