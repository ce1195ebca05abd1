"""Things in a circle, clockwise from the top: where they lie, and how their names stand outside of it."""

import math

from rolebook.drawing.geometry import Label, Point
from rolebook.drawing.metrics import wrap

TEXT, LEADING = 14.0, 17.0


def at(middle: Point, far: float, angle: float) -> Point:
    """The point so far from the middle, at an angle in radians from the top."""
    return Point(middle.x + far * math.sin(angle), middle.y - far * math.cos(angle))


def side(angle: float) -> str:
    """To which side a name runs: `start` and `end` away from the circle, `middle` at the top and at the foot."""
    away = math.sin(angle)
    return "middle" if abs(away) < 0.001 else "start" if away > 0 else "end"


def label(name: str, point: Point, angle: float, room: float) -> Label:
    """A name in bold, on two lines of this width at most, that begins at a point outside of the circle."""
    lines = wrap(name, room, TEXT, bold=True, most=2)
    above = (len(lines) - 1) * LEADING * (1 + math.cos(angle)) / 2  # at the top all lines but the last stand higher
    return Label(round(point.x, 1), round(point.y + 0.35 * TEXT - above, 1), lines, LEADING)
