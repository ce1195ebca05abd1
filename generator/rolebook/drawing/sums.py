"""Sums year by year as lines, above and below nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from rolebook.drawing.geometry import Box, Label, Point
from rolebook.drawing.metrics import width
from rolebook.drawing.trend import round_values

TEXT = 12.0
_WIDE, _HIGH = 440.0, 220.0
_HEAD, _FOOT, _SIDE = 12.0, 26.0, 14.0
_GAP = 7.0
"""Between a label and the drawing."""
_RAISED = 4.0
"""From the middle of a line of text to its base line."""


class Level(NamedTuple):
    """A line across the drawing at a round sum, and the sum as it is written beside it."""

    y: float
    label: Label
    is_nothing: bool
    """Whether it is the line between what is still to be earned back and what is gained."""


@dataclass(frozen=True, slots=True)
class Sums:
    """A drawing of this size: levels, a name below each year, and for each case its line with a dot a year."""

    width: float
    height: float
    field: Box
    levels: tuple[Level, ...]
    years: tuple[Label, ...]
    lines: tuple[tuple[str, tuple[Point, ...]], ...]


def sums(cases: Sequence[Sequence[Fraction]], names: Sequence[str], write: Callable[[Decimal], str]) -> Sums:
    """Each of the `cases` has a sum for each of the years of these names; `write` says how a sum is written."""
    every = [_decimal(one) for case in cases for one in case]
    rounds = round_values(min(*every, Decimal(0)), max(*every, Decimal(0)))
    written = [write(value) for value in rounds]
    margin = max(width(words, TEXT) for words in written) + _GAP
    field = Box(round(margin, 1), _HEAD, round(_WIDE - margin - _SIDE, 1), _HIGH - _HEAD - _FOOT)
    apart = field.width / max(1, len(names) - 1)

    def x(year: int) -> float:
        return round(field.x + year * apart, 1)

    def y(value: Decimal) -> float:
        return round(field.bottom - field.height * float((value - rounds[0]) / (rounds[-1] - rounds[0])), 1)

    def points(case: Sequence[Fraction]) -> tuple[Point, ...]:
        return tuple(Point(x(year), y(_decimal(one))) for year, one in enumerate(case))

    return Sums(
        width=_WIDE,
        height=_HIGH,
        field=field,
        levels=tuple(
            Level(y(value), Label(round(field.x - _GAP, 1), y(value) + _RAISED, (words,), 0), value == 0)
            for value, words in zip(rounds, written, strict=True)
        ),
        years=tuple(Label(x(year), _HIGH - _GAP, (name,), 0) for year, name in enumerate(names)),
        lines=tuple((" ".join(f"{x:g},{y:g}" for x, y in points(case)), points(case)) for case in cases),
    )


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
