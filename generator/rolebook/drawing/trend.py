"""Values by month as a line, with what they set out from, what they shall come to, and by when."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from rolebook.drawing.geometry import Box, Point
from rolebook.drawing.metrics import width

TEXT = 12.0
DOT = 2.6
"""The radius of the dot of a value; twice that is the width of a line that is nothing but a dot."""
_WIDE, _HIGH = 440.0, 172.0
_HEAD, _FOOT, _SIDE = 8.0, 24.0, 10.0
_GAP = 6.0
"""Between a label and the drawing, and between two labels."""
_LINES = 4
"""So many steps from the lowest to the highest line are aimed at."""
_STEPS = (1, 2, 5)
_SMALL_WIDE, _SMALL_HIGH, _SMALL_EDGE = 96.0, 26.0, 3.0


@dataclass(frozen=True, slots=True)
class Series:
    """What is to be drawn: values by month, the first one first.

    Months are numbers of which consecutive months have consecutive ones. Two values are joined where they lie no more
    than `step` months apart. `aim` is one value, or the bounds between which to stay; `marked` are months in which
    something happened.
    """

    points: Sequence[tuple[int, Decimal]]
    step: int
    start: tuple[int, Decimal] | None
    aim: tuple[Decimal, ...]
    due: int
    marked: Sequence[int] = ()


class Scale(NamedTuple):
    """A line across the drawing at a round value, and the value."""

    y: float
    value: Decimal


class Year(NamedTuple):
    """Where a year begins, and where its name stands; None where there is no room for it."""

    x: float
    name: float | None
    year: int


@dataclass(frozen=True, slots=True)
class Trend:
    """A drawing of this size; `field` is where the values lie, and lines and dots are paths as SVG writes them.

    `aim` is where the values shall lie: a line where it has no height. `way` leads from the start to the aim when it
    is due, and `start` is where it begins. `marks` are where something happened, from left to right.
    """

    width: float
    height: float
    field: Box
    line: str
    dots: str
    last: Point
    aim: Box
    due: float
    way: str
    start: Point | None
    marks: tuple[float, ...]
    scales: tuple[Scale, ...]
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class Spark:
    """The same as small as a word, without words."""

    width: float
    height: float
    line: str
    last: Point
    aim: Box | None


def trend(series: Series, write: Callable[[Decimal], str]) -> Trend:
    """The series as a drawing; `write` says how a number is written, so that it finds its room."""
    values = [*(value for _, value in series.points), *series.aim, *([series.start[1]] if series.start else [])]
    rounds = round_values(min(values), max(values))
    margin = max(width(write(value), TEXT) for value in rounds) + _GAP
    field = Box(round(margin + _SIDE / 2, 1), _HEAD, round(_WIDE - margin - 1.5 * _SIDE, 1), _HIGH - _HEAD - _FOOT)
    first, last = _months(series)
    place = _Places(field, first, last, rounds[0], rounds[-1])
    points = [(month, place(month, value)) for month, value in series.points]
    start = place(*series.start) if series.start else None
    return Trend(
        width=_WIDE,
        height=_HIGH,
        field=field,
        line=_joined(points, series.step),
        dots="".join(f"M{x:g} {y:g}h0" for _, (x, y) in points),
        last=points[-1][1],
        aim=_aim(series, place, field),
        due=place.x(series.due),
        way=_way(series, place, start),
        start=start,
        marks=tuple(place.x(month) for month in sorted(set(series.marked)) if first <= month <= last),
        scales=tuple(Scale(place.y(value), value) for value in rounds),
        years=tuple(_years(place, first, last)),
    )


def spark(series: Series) -> Spark:
    """The values and the aim, as small as a word; months lie at whole numbers, since many stand on a page."""
    values = [value for _, value in series.points]
    low, high = min(*values, *series.aim), max(*values, *series.aim)
    room = Box(_SMALL_EDGE, _SMALL_EDGE, _SMALL_WIDE - 2 * _SMALL_EDGE, _SMALL_HIGH - 2 * _SMALL_EDGE)
    place = _Places(room, series.points[0][0], series.points[-1][0], low, high)
    points = [(month, Point(round(place.x(month)), place.y(value))) for month, value in series.points]
    line = _joined(points, series.step)
    return Spark(_SMALL_WIDE, _SMALL_HIGH, line, points[-1][1], _aim(series, place, Box(0, 0, _SMALL_WIDE, 0)))


def round_values(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round values with the same distance, from the last one at or below `low` to the first one at or above `high`.

    The distance is 1, 2 or 5 of some unit of ten, the smallest that needs no more than a few steps.
    """
    span = high - low or abs(high) or Decimal(1)
    unit = Decimal(1).scaleb((span / _LINES).adjusted())
    for step in (unit * factor for power in (1, 10) for factor in (power * one for one in _STEPS)):
        bottom, top = math.floor(low / step), math.ceil(high / step)
        if top == bottom:
            top += 1
        if top - bottom <= _LINES + 1:
            exact = min(Decimal(1), Decimal(1).scaleb(step.adjusted()))
            return tuple((number * step).quantize(exact) for number in range(bottom, top + 1))
    raise AssertionError("ten times the unit is always enough")


@dataclass(frozen=True, slots=True)
class _Places:
    """Where months and values lie in a field."""

    field: Box
    first: int
    last: int
    low: Decimal
    high: Decimal

    def __call__(self, month: int, value: Decimal) -> Point:
        return Point(self.x(month), self.y(value))

    def x(self, month: float) -> float:
        share = (month - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return round(self.field.x + self.field.width * share, 1)

    def y(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low)) if self.high > self.low else 0.5
        return round(self.field.bottom - self.field.height * share, 1)


def _months(series: Series) -> tuple[int, int]:
    """The first and the last month that are drawn."""
    known = [month for month, _ in series.points] + ([series.start[0]] if series.start else [])
    return min(*known, series.due), max(*known, series.due)


def _joined(points: Sequence[tuple[int, Point]], step: int) -> str:
    """A line through the points in the language of an SVG path, which breaks off where months are missing."""
    drawn: list[str] = []
    before: int | None = None
    for month, (x, y) in points:
        drawn.append(f"{'M' if before is None or month - before > step else 'L'}{x:g} {y:g}")
        before = month
    return "".join(drawn)


def _aim(series: Series, place: _Places, field: Box) -> Box:
    top, bottom = place.y(max(series.aim)), place.y(min(series.aim))
    return Box(field.x, top, field.width, round(bottom - top, 1))


def _way(series: Series, place: _Places, start: Point | None) -> str:
    """The way from the start to the aim, to be gone evenly; "" where it begins there or where there is none."""
    if series.start is None or start is None or series.start[0] >= series.due:
        return ""
    low, high, begin = min(series.aim), max(series.aim), series.start[1]
    if low <= begin <= high:
        return ""
    x, y = place(series.due, low if begin < low else high)
    return f"M{start.x:g} {start.y:g}L{x:g} {y:g}"


def _years(place: _Places, first: int, last: int) -> Iterator[Year]:
    """The years of the drawing, each with its name in the middle of it; of very many, as many as have room."""
    room = width("0000", TEXT) + _GAP
    whole = max(1, last - first + 1)
    every = max(1, math.ceil(room * whole / (12 * place.field.width)))
    for year in range(first // 12 // every * every, last // 12 + 1, every):
        begin, end = place.x(max(first, 12 * year - 0.5)), place.x(min(last, 12 * (year + every) - 0.5))
        named = end - begin >= room or first // 12 == last // 12
        yield Year(begin, round((begin + end) / 2, 1) if named else None, max(year, first // 12))
