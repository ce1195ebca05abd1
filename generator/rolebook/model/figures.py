"""How KPIs stand: what was measured, how far that is from the target, and whether it moves as fast as it has to.

The way from the baseline to the target is to be gone evenly from the month of the one to the month of the other. A KPI
is on course where it has gone at least four fifths of the part that should lie behind it by the month measured last.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from rolebook.model.backlinks import processes_in_order
from rolebook.model.handbook import Handbook, derived
from rolebook.model.measurement import Measurement
from rolebook.model.process import Kpi, Process
from rolebook.model.scorecard import SharedKpi
from rolebook.value import value

ENOUGH = Fraction(4, 5)
"""The part of the way that should lie behind a KPI which is on course at least behind it."""
PERIODS: Mapping[str, int] = MappingProxyType(
    {"day": 1, "week": 1, "month": 1, "quarter": 3, "half-year": 6, "year": 12}
)
"""How many months lie between two measurements, by `measured_every`; what is measured more often has one a month."""


class State(StrEnum):
    """How a KPI stands, by its last measurement."""

    REACHED = "reached"
    """It meets its target."""
    ON_COURSE = "on-course"
    """It has gone most of the way that should lie behind it."""
    BEHIND = "behind"
    """It is no worse than at the beginning, and not as far as it should be."""
    WORSE = "worse"
    """It is worse than at the beginning."""
    MISSED = "missed"
    """The time is over, and the target was not met."""
    UNMEASURED = "unmeasured"
    """Nothing was measured yet."""


GOING_WELL = (State.REACHED, State.ON_COURSE)
"""The states of KPIs that need nobody's help."""
NEED_HELP = (State.MISSED, State.WORSE, State.BEHIND)
"""The states of KPIs that somebody has to look after, the worst first."""
Counted = tuple[tuple[State, int], ...]
"""States with the number of KPIs that are in each."""


class Trend(StrEnum):
    """Where the last measurement lies, seen from the one before."""

    BETTER = "better"
    STEADY = "steady"
    WORSE = "worse"


@value()
class Figure:
    """A KPI with what was measured of it, the earliest first, each month once."""

    process: Process
    kpi: Kpi
    measured: tuple[Measurement, ...]
    shared: SharedKpi | None = None
    """With whom its owner shares it, and why; None where it is the owner's alone."""

    @property
    def reference(self) -> str:
        """The KPI as other files write it."""
        return f"{self.process.id}/{self.kpi.id}"

    @property
    def last(self) -> Measurement | None:
        """The last measurement; None where there is none."""
        return self.measured[-1] if self.measured else None

    @property
    def baseline(self) -> tuple[int, Decimal] | None:
        """The month (counted as `month_number` does) and value from which it sets out: its baseline, else the first."""
        if baseline := self.kpi.baseline:
            return 12 * baseline.date.year + baseline.date.month - 1, baseline.value
        return (month_number(self.measured[0].month), self.measured[0].value) if self.measured else None

    @property
    def due(self) -> int:
        """The month in which the target is due, counted as `month_number` does."""
        return 12 * self.kpi.target.due.year + self.kpi.target.due.month - 1

    @property
    def progress(self) -> Fraction | None:
        """The part of the way to the target that lies behind it: 0 at the baseline, 1 at the target, less than 0 worse.

        None where nothing was measured, or where the baseline met the target already.
        """
        if self.last is None or self.baseline is None:
            return None
        at_first, now = self._short(self.baseline[1]), self._short(self.last.value)
        return 1 - now / at_first if at_first > 0 else None

    @property
    def percent_gone(self) -> int | None:
        """The part of the way that lies behind it, in percent, parts of one left out; None where there is no way."""
        return None if self.progress is None else math.floor(100 * self.progress)

    @property
    def expected(self) -> Fraction:
        """The part of the time to the target that had passed at the last measurement, from 0 to 1."""
        if self.last is None or self.baseline is None:
            return Fraction(0)
        start, whole = self.baseline[0], self.due - self.baseline[0]
        passed = month_number(self.last.month) - start
        return min(Fraction(1), max(Fraction(0), Fraction(passed, whole))) if whole > 0 else Fraction(1)

    @property
    def state(self) -> State:
        """How it stands."""
        if self.last is None:
            return State.UNMEASURED
        if self._short(self.last.value) <= 0:
            return State.REACHED
        if month_number(self.last.month) >= self.due:
            return State.MISSED
        progress, expected = self.progress, self.expected
        if progress is None or (progress < 0 and expected > 0):
            return State.WORSE
        return State.ON_COURSE if progress >= ENOUGH * expected else State.BEHIND

    @property
    def lead(self) -> Fraction:
        """By which part of the way it is ahead of where it should be; less than 0 where it lags."""
        return (self.progress or Fraction(0)) - self.expected

    @property
    def trend(self) -> Trend | None:
        """Where the last measurement lies, seen from the one before; None where there are not two."""
        if len(self.measured) < 2:
            return None
        gained = self.gain(self.measured[-2].value, self.measured[-1].value)
        return Trend.BETTER if gained > 0 else Trend.WORSE if gained < 0 else Trend.STEADY

    def gain(self, before: Decimal, after: Decimal) -> Decimal:
        """By how much one value is better than another one, in the KPI's unit; less than 0 where it is worse."""
        match self.kpi.better:
            case "lower":
                return before - after
            case "higher":
                return after - before
            case _:
                return _decimal(self._short(before) - self._short(after))

    def in_month(self, month: str) -> Measurement | None:
        """What was measured of a month, or of the longer period in which it lies; None where nothing was."""
        wanted, length = month_number(month), PERIODS.get(self.kpi.measured_every, 1)
        for one in self.measured:
            if 0 <= month_number(one.month) - wanted < length:
                return one
        return None

    def _short(self, number: Decimal) -> Fraction:
        """How far a value is from meeting the target; 0 or less where it meets it."""
        target = self.kpi.target
        if target.low is not None and target.high is not None and self.kpi.better == "within":
            return max(Fraction(target.low) - Fraction(number), Fraction(number) - Fraction(target.high))
        aim = Fraction(target.value if target.value is not None else 0)
        return Fraction(number) - aim if self.kpi.better == "lower" else aim - Fraction(number)


def month_number(month: str) -> int:
    """A month, written YYYY-MM, as a number: consecutive months have consecutive ones."""
    return 12 * int(month[:4]) + int(month[5:7]) - 1


def month_of(number: int) -> str:
    """The month that has this number, written YYYY-MM."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


@derived
def figures(handbook: Handbook) -> Mapping[str, Figure]:
    """Every KPI with what was measured of it, by its reference `process/kpi`, in the order of the processes."""
    shared = shared_kpis(handbook)
    return MappingProxyType(
        {
            figure.reference: figure
            for process in handbook.processes.values()
            for figure in _of_process(handbook, process, shared)
        }
    )


@derived
def figures_in_order(handbook: Handbook) -> tuple[Figure, ...]:
    """Every KPI with what was measured of it, in the order of reading: by area."""
    own = figures_by_process(handbook)
    return tuple(figure for process in processes_in_order(handbook) for figure in own.get(str(process.id), ()))


def counted(figures: Iterable[Figure]) -> Counted:
    """How many KPIs stand how, the best first; without the states that none is in."""
    states = [figure.state for figure in figures]
    return tuple((state, states.count(state)) for state in State if state in states)


def worst_first(figures: Iterable[Figure]) -> list[Figure]:
    """The KPIs that need help, by their state, and of the same state that first which lags most."""
    known = (figure for figure in figures if figure.state in NEED_HELP)
    return sorted(known, key=lambda one: (NEED_HELP.index(one.state), one.lead))


@derived
def shared_kpis(handbook: Handbook) -> Mapping[str, SharedKpi]:
    """The KPIs that several roles answer for, by their reference."""
    return {str(one.kpi): one for one in reversed(handbook.scorecard.shared if handbook.scorecard else ())}


@derived
def figures_by_process(handbook: Handbook) -> Mapping[str, tuple[Figure, ...]]:
    """The KPIs of each process, by its id; those that have none are left out."""
    found: dict[str, list[Figure]] = {}
    for figure in figures(handbook).values():
        found.setdefault(str(figure.process.id), []).append(figure)
    return {process: tuple(own) for process, own in found.items()}


@derived
def figures_by_role(handbook: Handbook) -> Mapping[str, tuple[Figure, ...]]:
    """The KPIs that a role owns, and then those that it shares, by the id it has now."""
    found: dict[str, dict[str, Figure]] = {}
    for figure in figures(handbook).values():
        found.setdefault(handbook.current(figure.kpi.owner), {})[figure.reference] = figure
    for figure in figures(handbook).values():
        for role in figure.shared.with_ if figure.shared else ():
            found.setdefault(handbook.current(role), {}).setdefault(figure.reference, figure)
    return {role: tuple(own.values()) for role, own in found.items()}


def _of_process(handbook: Handbook, process: Process, shared: Mapping[str, SharedKpi]) -> Iterator[Figure]:
    by_kpi: dict[str, dict[str, Measurement]] = {}
    for one in handbook.measurements.get(str(process.id), ()):
        by_kpi.setdefault(str(one.kpi), {}).setdefault(str(one.month), one)
    seen: set[str] = set()
    for kpi in process.kpis:
        if kpi.id not in seen:
            seen.add(str(kpi.id))
            measured = by_kpi.get(str(kpi.id), {})
            in_order = tuple(measured[month] for month in sorted(measured))
            yield Figure(process, kpi, in_order, shared.get(f"{process.id}/{kpi.id}"))


def _decimal(fraction: Fraction) -> Decimal:
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)
