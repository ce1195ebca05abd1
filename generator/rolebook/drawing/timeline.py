"""Time from left to right: where a day stands, the lines of a grid, and the names above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from rolebook.drawing.geometry import Label
from rolebook.drawing.metrics import width

TEXT = 12.0
EDGE = 12.0
"""What stays free at both sides."""
_MONTH = 46.0
"""How wide a month is, where neither limit is reached."""
_NARROW, _WIDE = 736.0, 1104.0
_MOST = 60
"""So many columns at most."""
_SCALES = ((1, 3), (3, 12), (12, 120), (120, 1200), (1200, 12000))
"""How many months a column has, and a name above several of them."""
_ROW = 20.0
_BASE = 14.0
"""From the top of a row of names to their base line."""


class Names(NamedTuple):
    """What is written above the columns: twelve months and four quarters, as short as it can be."""

    months: Sequence[str]
    quarters: Sequence[str]


class Rule(NamedTuple):
    """A line of the grid; `strong` where a name above several columns begins."""

    x: float
    strong: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The months from that of one day to that of another, with the names above them, in a head of so much height."""

    first: int
    """The ordinal of its first day."""
    last: int
    """The ordinal of the day after its last one."""
    width: float
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...]
    head: float = 2 * _ROW

    def at(self, ordinal: float) -> float:
        """Where a day begins, by its ordinal; at the edge where it lies outside."""
        within = min(max(ordinal, self.first), self.last)
        share = (within - self.first) / (self.last - self.first)
        return round(EDGE + share * (self.width - 2 * EDGE), 1)

    def holds(self, day: date) -> bool:
        """Whether a day lies within."""
        return self.first <= day.toordinal() < self.last


def timeline(begins: date, ends: date, names: Names) -> Timeline:
    """The time from the month of one day to that of another, which is not before it; a long time has wider columns."""
    start, stop = _month(begins), _month(ends) + 1
    column, above = next((scale for scale in _SCALES if stop - start <= _MOST * scale[0]), _SCALES[-1])
    wide = min(max((stop - start) * _MONTH, _NARROW), _WIDE) + 2 * EDGE
    bare = Timeline(_ordinal(start), _ordinal(stop), wide, (), ())
    rules = tuple(
        Rule(bare.at(_ordinal(month)), month % above == 0) for month in range(_after(start, column), stop, column)
    )
    labels = (*_labels(bare, start, stop, above, names, 0), *_labels(bare, start, stop, column, names, 1))
    return Timeline(bare.first, bare.last, wide, rules, labels)


def _labels(line: Timeline, start: int, stop: int, unit: int, names: Names, row: int) -> Iterator[Label]:
    """The names of the parts of so many months, each in the middle of its part; none where it has no room."""
    cuts = [start, *range(_after(start, unit), stop, unit), stop]
    for begin, end in pairwise(cuts):
        left, right = line.at(_ordinal(begin)), line.at(_ordinal(end))
        for words in _words(begin, unit, names):
            needed = width(words, TEXT)
            if needed <= right - left - 4:
                yield Label(round((left + right - needed) / 2, 1), row * _ROW + _BASE, (words,), 0)
                break


def _words(month: int, unit: int, names: Names) -> tuple[str, ...]:
    """What a part that begins in a month may be called, the longest first."""
    year = str(month // 12)
    if unit == 1:
        return (names.months[month % 12],)
    if unit == 3:
        quarter = names.quarters[month % 12 // 3]
        return f"{quarter} {year}", quarter
    return (year,)


def _after(start: int, unit: int) -> int:
    """The first month after `start` that begins a part of so many months."""
    return start - start % unit + unit


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _ordinal(month: int) -> int:
    """The first day of a month; after the last month that there is, the day after its end."""
    year, place = divmod(month, 12)
    return date(year, place + 1, 1).toordinal() if year <= date.max.year else date.max.toordinal() + 1
