"""Levels of several things as shapes around a middle: the further out, the higher."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rolebook.drawing.circle import at, label, side
from rolebook.drawing.geometry import Label, Point

RADIUS = 150.0
ROOM = 110.0
"""How wide a name may be on one line."""
_APART = 12.0
"""Between the outermost ring and a name."""
_ABOVE = 44.0
"""The room for names at the top, and at the foot."""


@dataclass(frozen=True, slots=True)
class Spoke:
    """The line of one thing, from the middle outwards, and its name at the end."""

    end: Point
    name: Label
    side: str
    """To which side the name runs: `start`, `end`, or `middle`."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The values of one time: its outline, and a dot for each thing."""

    outline: str
    dots: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """A drawing of this size: a ring for each level, the highest last, a spoke for each thing, and shapes on them."""

    width: float
    height: float
    middle: Point
    rings: tuple[str, ...]
    spokes: tuple[Spoke, ...]
    shapes: tuple[Shape, ...]


def radar(names: Sequence[str], shapes: Sequence[Sequence[float]], highest: int) -> Radar:
    """The things of these names, clockwise from the top; each of the `shapes` has a value up to `highest` for each."""
    middle = Point(RADIUS + _APART + ROOM, RADIUS + _ABOVE)
    angles = [2 * math.pi * position / len(names) for position in range(len(names))]

    def around(values: Sequence[float]) -> tuple[Point, ...]:
        return tuple(
            _rounded(at(middle, RADIUS * one / highest, angle)) for one, angle in zip(values, angles, strict=True)
        )

    return Radar(
        width=2 * middle.x,
        height=2 * middle.y,
        middle=middle,
        rings=tuple(_outline(around([level] * len(names))) for level in range(1, highest + 1)),
        spokes=tuple(
            Spoke(end, label(name, at(middle, RADIUS + _APART, angle), angle, ROOM), side(angle))
            for end, name, angle in zip(around([highest] * len(names)), names, angles, strict=True)
        ),
        shapes=tuple(Shape(_outline(around(values)), around(values)) for values in shapes),
    )


def _rounded(point: Point) -> Point:
    return Point(round(point.x, 1), round(point.y, 1))


def _outline(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
