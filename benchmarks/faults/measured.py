"""Families 6 and 7: benefits that nobody measured, series that break off, and figures that nobody can move."""

import random
from collections.abc import Sequence

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.checks.improvements import AGREED
from rolebook.model.catalogue import path_of
from rolebook.model.coverage import involved
from rolebook.model.figures import PERIODS, Figure, figures
from rolebook.model.improvement import Status
from rolebook.model.measurement import Measurement
from rolebook.model.proof import Proof, proofs

_OPEN = ("various", "to be defined", "n/a", "wird noch festgelegt")
_TALK = ("More awareness and better communication.", "Try harder!", "Mehr Sorgfalt.", "Staff motivation")


def _figure(draft: Draft, chance: random.Random) -> Figure:
    return one(chance, list(figures(draft.handbook).values()))


def _series(draft: Draft, chance: random.Random) -> Figure:
    """A KPI that is measured all the year round."""
    figure = _figure(draft, chance)
    place = _kpi(draft, figure, "id")
    if "RB718" in draft.text(place.path).split("\n")[place.line - 1]:
        raise NoPlace
    return figure


def _kpi(draft: Draft, figure: Figure, *keys: str) -> Place:
    return draft.at(path_of("process", figure.process.id), "kpis", str(figure.kpi.id), *keys)


def _proof(draft: Draft, chance: random.Random, *status: str) -> tuple[str, Proof]:
    found = one(chance, [each for each in proofs(draft.handbook).values() if each.improvement.status in status])
    return path_of("improvement", found.improvement.id), found


def _take_out(draft: Draft, figure: Figure, gone: Sequence[Measurement]) -> None:
    """Take lines out of the table of measurements."""
    path = path_of("measurements", figure.process.id)
    numbers = {each.span.line for each in gone}
    lines = draft.text(path).split("\n")
    draft.put(path, "\n".join(line for number, line in enumerate(lines, 1) if number not in numbers))


@plants("RB611", "a month that an achieved improvement is measured by is gone")
def month_gone(draft: Draft, chance: random.Random) -> Place:
    path, found = _proof(draft, chance, Status.ACHIEVED)
    if found.before is None or found.after is None:
        raise NoPlace
    _take_out(draft, found.figure, [one(chance, (found.before, found.after))])
    return draft.key(path, "measured")


@plants("RB715", "what is counted is left open")
def counts_nothing(draft: Draft, chance: random.Random) -> Place:
    figure = _figure(draft, chance)
    text = one(chance, (*_OPEN, figure.kpi.name))
    draft.write(path_of("process", figure.process.id), "kpis", str(figure.kpi.id), "counts", text=f"'{text}'")
    return _kpi(draft, figure, "counts")


@plants("RB715", "a lever is empty talk")
def empty_lever(draft: Draft, chance: random.Random) -> Place:
    figure = _figure(draft, chance)
    text = one(chance, (*_TALK, *_OPEN))
    draft.write(path_of("process", figure.process.id), "kpis", str(figure.kpi.id), "lever", text=f"'{text}'")
    return _kpi(draft, figure, "lever")


@plants("RB715", "a unit is none")
def no_unit(draft: Draft, chance: random.Random) -> Place:
    figure = _figure(draft, chance)
    text = one(chance, _OPEN)
    draft.write(path_of("process", figure.process.id), "kpis", str(figure.kpi.id), "unit", text=f"'{text}'")
    return _kpi(draft, figure, "unit")


@plants("RB715", "a measured KPI has no baseline")
def no_baseline(draft: Draft, chance: random.Random) -> Place:
    figure = _figure(draft, chance)
    if figure.kpi.baseline is None or not figure.measured:
        raise NoPlace
    draft.remove(path_of("process", figure.process.id), "kpis", str(figure.kpi.id), "baseline")
    return _kpi(draft, figure, "id")


@plants("RB715", "a KPI serves an objective that its process does not")
def foreign_objective(draft: Draft, chance: random.Random) -> Place:
    figure = _figure(draft, chance)
    others = [each.id for each in draft.handbook.organisation.objectives if each.id not in figure.process.objectives]
    objective = one(chance, others)
    draft.write(path_of("process", figure.process.id), "kpis", str(figure.kpi.id), "objective", text=str(objective))
    return _kpi(draft, figure, "objective")


@plants("RB715", "a target is due before it began")
def due_before(draft: Draft, chance: random.Random) -> Place:
    figure = _figure(draft, chance)
    if figure.kpi.baseline is None:
        raise NoPlace
    path = path_of("process", figure.process.id)
    draft.write(path, "kpis", str(figure.kpi.id), "target", "due", text=figure.kpi.baseline.date.isoformat())
    return _kpi(draft, figure, "target", "due")


# Improvements that brought the KPI touch its new owner: in the job description, and in what was told.
@plants("RB716", "a KPI belongs to somebody without a part in its process", "RB601", "RB610")
def owner_elsewhere(draft: Draft, chance: random.Random) -> Place:
    figure, process = (found := _figure(draft, chance)), found.process
    if figure.shared:
        raise NoPlace
    taking_part = {str(process.owner)}
    for activity in process.activities:
        taking_part.update(involved(draft.handbook, process.id, activity.id))
    others = [role.id for role in draft.handbook.roles.values() if role.active and role.id not in taking_part]
    draft.write(path_of("process", process.id), "kpis", str(figure.kpi.id), "owner", text=str(one(chance, others)))
    return _kpi(draft, figure, "owner")


# An improvement may be measured by what is gone.
@plants("RB718", "a series breaks off", "RB611")
def broken_off(draft: Draft, chance: random.Random) -> Place:
    figure = _series(draft, chance)
    gone = 3 if PERIODS.get(figure.kpi.measured_every, 1) == 1 else 4
    if len(figure.measured) <= gone:
        raise NoPlace
    _take_out(draft, figure, figure.measured[-gone:])
    return _kpi(draft, figure, "id")


@plants("RB718", "a series has a gap", "RB611")
def gap(draft: Draft, chance: random.Random) -> Place:
    figure = _series(draft, chance)
    if len(figure.measured) < 6:
        raise NoPlace
    start = chance.randrange(1, len(figure.measured) - 4)
    _take_out(draft, figure, figure.measured[start : start + 3])
    return _kpi(draft, figure, "id")


@plants("RB718", "a KPI was never measured", "RB611")
def never_measured(draft: Draft, chance: random.Random) -> Place:
    figure = _series(draft, chance)
    if not figure.measured or figure.kpi.measured_from:
        raise NoPlace
    _take_out(draft, figure, figure.measured)
    return _kpi(draft, figure, "id")


@plants("RB718", "a process has lost its table of measurements", "RB611")
def table_gone(draft: Draft, chance: random.Random) -> Place:
    process = _series(draft, chance).process
    path = path_of("process", process.id)
    if "RB718" in draft.text(path) or any(kpi.measured_from for kpi in process.kpis):
        raise NoPlace
    draft.put(path_of("measurements", process.id), None)
    return draft.at(path, "name")


@plants("RB719", "an improvement claims more than all, or nothing")
def impossible_share(draft: Draft, chance: random.Random) -> Place:
    path, _ = _proof(draft, chance, *AGREED)
    draft.set(path, "measured", "share", text=one(chance, ("0", "101", "250")))
    return draft.at(path, "measured", "share")


@plants("RB719", "two improvements claim the same")
def claimed_twice(draft: Draft, chance: random.Random) -> Place:
    path, found = _proof(draft, chance, *AGREED)
    other, its = _proof(draft, chance, Status.APPROVED, Status.IN_PROGRESS)
    if other == path or its.improvement.id < found.improvement.id:
        raise NoPlace
    measured = found.measured
    months = f"before: {measured.before}, after: {measured.after}"
    for each in (path, other):
        draft.write(each, "measured", text=f"{{kpi: {measured.kpi}, {months}, share: 60}}")
    return draft.at(other, "measured", "share")
