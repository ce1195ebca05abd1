"""What changed in the target and the baseline of a KPI: tighter or looser, by what counts as better."""

from collections.abc import Iterator
from typing import Any

from rolebook.comparing.change import Change, Kind
from rolebook.comparing.meaning import folded
from rolebook.comparing.pairs import Pair, tells, written
from rolebook.comparing.phrase import Phrase
from rolebook.model.process import Kpi, Target


@tells(Kpi, "target")
def target(pair: Pair) -> Iterator[Change]:
    """A target that is tighter or looser, by what counts as better, and reached sooner or later."""
    old, new = pair.old.target, pair.new.target
    if (old.value, old.low, old.high) != (new.value, new.low, new.high):
        told: dict[str, Any] = {"old": (bounds(pair.old),), "new": (bounds(pair.new),)}
        yield pair.change(_direction(pair.old, pair.new), new, field="target", **told)
    if old.due != new.due:
        kind = Kind.TARGET_SOONER if new.due < old.due else Kind.TARGET_LATER
        yield pair.change(kind, new.due, field="target.due", old=(written(old.due),), new=(written(new.due),))


def bounds(kpi: Kpi) -> str:
    """A KPI's target in words: a value, or what it lies between, with the unit."""
    goal: Target = kpi.target
    ends = [str(end) for end in (goal.low, goal.high) if end is not None]
    if goal.value is None and len(ends) > 1:
        return Phrase("{low} to {high} {unit}", low=ends[0], high=ends[1], unit=folded(kpi.unit))
    value = str(goal.value) if goal.value is not None else "".join(ends)
    return Phrase("{value} {unit}", value=value, unit=folded(kpi.unit))


def _direction(was: Kpi, now: Kpi) -> Kind:
    old, new = was.target, now.target
    if was.better != now.better or folded(was.unit) != folded(now.unit):
        return Kind.TARGET_CHANGED
    if now.better == "within":
        return _of_bounds(old, new)
    if old.value is None or new.value is None or (old.low, old.high) != (new.low, new.high):
        return Kind.TARGET_CHANGED
    return Kind.TARGET_TIGHTENED if (new.value < old.value) == (now.better == "lower") else Kind.TARGET_LOOSENED


def _of_bounds(old: Target, new: Target) -> Kind:
    if old.low is None or old.high is None or new.low is None or new.high is None or old.value != new.value:
        return Kind.TARGET_CHANGED
    if new.low >= old.low and new.high <= old.high:
        return Kind.TARGET_TIGHTENED
    return Kind.TARGET_LOOSENED if new.low <= old.low and new.high >= old.high else Kind.TARGET_CHANGED


@tells(Kpi, "baseline")
def baseline(pair: Pair) -> Iterator[Change]:
    """Another baseline, or none any more."""
    old, new = pair.old.baseline, pair.new.baseline
    if old != new:
        told = {"old": (_measured(pair.old),) if old else (), "new": (_measured(pair.new),) if new else ()}
        yield pair.change(Kind.BASELINE_CHANGED, new or old, in_old=new is None, field="baseline", **told)


def _measured(kpi: Kpi) -> str:
    assert kpi.baseline is not None
    value, day = str(kpi.baseline.value), kpi.baseline.date.isoformat()
    return Phrase("{value} {unit} on {day}", value=value, unit=folded(kpi.unit), day=day)
