"""KPIs as pages show them: how each stands in figures, with its drawing, and what explains how it moved."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rolebook.drawing.trend import Series, Spark, Trend, spark, trend
from rolebook.model.figures import PERIODS, Figure, figures_by_process, figures_by_role, month_number
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement
from rolebook.model.measurement import Measurement
from rolebook.model.process import Process
from rolebook.model.tracing import movers
from rolebook.rendering import Writing

_NOTES = 3
"""So many notes stand beside a small drawing, the newest ones; all stand on the page of the process."""
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class FigureView:
    """A KPI, how it stands, and the improvements that move it."""

    figure: Figure
    movers: tuple[Improvement, ...]
    spark: Spark | None
    """The values as small as a word; None where there are not two."""

    @property
    def gone(self) -> str:
        """The part of the way that lies behind it, in percent; "" where there is no way."""
        gone = self.figure.percent_gone
        return "" if gone is None else _percent(gone)

    @property
    def passed(self) -> str:
        """The part of the time that had passed, in percent."""
        return _percent(math.floor(100 * self.figure.expected))

    @property
    def explained(self) -> tuple[Measurement, ...]:
        """The last measurements that have a note, the newest first."""
        return tuple(one for one in reversed(self.figure.measured) if one.note)[:_NOTES]

    @property
    def year_before(self) -> Measurement | None:
        """What was measured a year before the last measurement; None where nothing was."""
        last = self.figure.last
        return self.figure.in_month(f"{int(last.month[:4]) - 1:04}{last.month[4:]}") if last else None


@dataclass(frozen=True, slots=True)
class MonthView:
    """A measurement, and the improvements that were achieved in its time."""

    measurement: Measurement
    achieved: tuple[Improvement, ...]


def view_of(handbook: Handbook, figure: Figure) -> FigureView:
    """A KPI as a line of a table shows it."""
    drawn = spark(_series(figure)) if len(figure.measured) > 1 and _aim(figure) else None
    return FigureView(figure, movers(handbook).get(figure.reference, ()), drawn)


@derived
def _views(handbook: Handbook) -> Mapping[str, tuple[FigureView, ...]]:
    return {
        process: tuple(view_of(handbook, figure) for figure in own)
        for process, own in figures_by_process(handbook).items()
    }


def views_of_process(handbook: Handbook, process: Process) -> tuple[FigureView, ...]:
    """The KPIs of a process, in its order."""
    return _views(handbook).get(str(process.id), ())


@derived
def views_by_reference(handbook: Handbook) -> Mapping[str, FigureView]:
    """Every KPI, by its reference `process/kpi`."""
    return {view.figure.reference: view for own in _views(handbook).values() for view in own}


def views_of(handbook: Handbook, figures: Iterable[Figure]) -> tuple[FigureView, ...]:
    """These KPIs, as lines of a table show them."""
    views = views_by_reference(handbook)
    return tuple(views[figure.reference] for figure in figures)


def views_of_role(handbook: Handbook, role: str) -> tuple[FigureView, ...]:
    """The KPIs that a role owns, and then those that it shares, by its id now."""
    return views_of(handbook, figures_by_role(handbook).get(role, ()))


def drawn(figure: Figure, moving: Iterable[Improvement], writing: Writing) -> Trend | None:
    """The values of a KPI as a drawing with its scale, and marks where improvements were achieved that move it.

    None where nothing was measured.
    """
    if not figure.measured or not _aim(figure):
        return None
    return trend(_series(figure, moving), writing.number)


def months(figure: Figure, moving: Iterable[Improvement]) -> tuple[MonthView, ...]:
    """What was measured, the newest first, with what was achieved in that time."""
    known = tuple(moving)
    by_month: dict[str, list[Improvement]] = {}
    for one in known:
        if one.achieved and (measured := figure.in_month(one.achieved.isoformat()[:7])):
            by_month.setdefault(str(measured.month), []).append(one)
    return tuple(MonthView(one, tuple(by_month.get(str(one.month), ()))) for one in reversed(figure.measured))


def _series(figure: Figure, moving: Iterable[Improvement] = ()) -> Series:
    points = [(month_number(one.month), one.value) for one in figure.measured]
    step = PERIODS.get(figure.kpi.measured_every, 1)
    start = figure.baseline if figure.kpi.baseline else None
    return Series(points, step, start, tuple(_aim(figure)), figure.due, tuple(_achieved(moving)))


def _aim(figure: Figure) -> list[Decimal]:
    """The value to reach, or the bounds to stay within; nothing where the target does not say."""
    target = figure.kpi.target
    bounds = (target.low, target.high) if figure.kpi.better == "within" else (target.value,)
    return [bound for bound in bounds if bound is not None]


def _achieved(moving: Iterable[Improvement]) -> Iterator[int]:
    for one in moving:
        if one.achieved:
            yield month_number(one.achieved.isoformat()[:7])


def _percent(number: int) -> str:
    return f"{_MINUS}{-number}" if number < 0 else f"{number}"
