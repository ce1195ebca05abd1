"""Things that stand in a ring, and lines through its middle between those that give and those that take."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rolebook.drawing.circle import TEXT, at, label, side
from rolebook.drawing.geometry import Label, Point

ROOM = 165.0
"""How wide a name may be on one line."""
DOT = 7.0
"""The radius of the dot that stands for each."""
_APART = 8.0
"""Between a dot and its name."""
_SPACE = 17.0
"""The radius of the ring for each thing in it: less, and names near the top would touch."""
_ABOVE = 48.0
"""The room for names at the top, and at the foot."""
_PULL = 0.55
"""How far lines keep from the middle: 1 makes them straight."""
_THIN, _THICKER, _THICK = 1.0, 0.7, 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """One of the ring: where its dot and its name stand, and to which side the name runs."""

    dot: Point
    name: Label
    side: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A line between two, by their positions: its path, how thick it is, and a head at each end that takes."""

    ends: tuple[int, int]
    path: str
    width: float
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """A drawing of this size; the places are in the order in which the names were given."""

    width: float
    height: float
    places: tuple[Place, ...]
    exchanges: tuple[Exchange, ...]


def ring(names: Sequence[str], given: Mapping[tuple[int, int], int]) -> Ring:
    """The names clockwise from the top; `given` tells how much goes from one to another, by their positions."""
    radius = max(120.0, _SPACE * len(names))
    centre = Point(radius + DOT + _APART + ROOM + 1, radius + _ABOVE)
    angles = [(position + 0.5) * 2 * math.pi / len(names) for position in range(len(names))]
    dots = [at(centre, radius, angle) for angle in angles]
    places = (
        Place(
            Point(round(dot.x, 1), round(dot.y, 1)),
            _label(name, centre, radius, angle),
            side(angle),
        )
        for name, dot, angle in zip(names, dots, angles, strict=True)
    )
    exchanges = (
        _exchange((one, other), dots, centre, given.get((one, other), 0), given.get((other, one), 0))
        for one, other in combinations(range(len(names)), 2)
        if (one, other) in given or (other, one) in given
    )
    return Ring(2 * centre.x, 2 * centre.y, tuple(places), tuple(exchanges))


def _label(name: str, centre: Point, radius: float, angle: float) -> Label:
    x, y = at(centre, radius + DOT + _APART, angle)
    below = TEXT / 2 if side(angle) == "middle" else 0.0
    return label(name, Point(x, y + below), angle, ROOM)


def _exchange(ends: tuple[int, int], dots: Sequence[Point], centre: Point, there: int, back: int) -> Exchange:
    """A line that bends to the middle, with a head where something arrives."""
    start, end = (dots[position] for position in ends)
    bend = Point(*(c + _PULL * ((s + e) / 2 - c) for s, e, c in zip(start, end, centre, strict=True)))
    width = min(_THICK, _THIN + _THICKER * (there + back - 1))
    first, first_head = _end(bend, start, width, arrives=back > 0)
    last, last_head = _end(bend, end, width, arrives=there > 0)
    path = f"M{_pair(first)}Q{_pair(bend)} {_pair(last)}"
    return Exchange(ends, path, round(width, 1), tuple(filter(None, (first_head, last_head))))


def _end(bend: Point, dot: Point, width: float, *, arrives: bool) -> tuple[Point, str]:
    """Where a line that comes from `bend` ends before a dot, and its head, "" where nothing arrives."""
    length = math.hypot(dot.x - bend.x, dot.y - bend.y) or 1.0
    along = Point((dot.x - bend.x) / length, (dot.y - bend.y) / length)
    tip = Point(dot.x - along.x * (DOT + 2), dot.y - along.y * (DOT + 2))
    if not arrives:
        return tip, ""
    long, half = 6 + width, 3 + width / 2
    back = Point(tip.x - along.x * long, tip.y - along.y * long)
    wings = (Point(back.x + side * along.y, back.y - side * along.x) for side in (half, -half))
    return back, " ".join(_pair(point) for point in (tip, *wings))


def _pair(point: Point) -> str:
    return f"{point.x:.1f},{point.y:.1f}"
