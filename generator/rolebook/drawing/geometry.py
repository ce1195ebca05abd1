"""What comes out of drawing: places and sizes, ready to be printed. Numbers are whole pixels at full size."""

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

ROUND = 5
"""The radius at which lines turn."""


class Point(NamedTuple):
    """A place."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle, by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def attributes(self) -> Markup:
        """The rectangle as SVG writes it: numbers alone, printed at once since there are many."""
        size = f'width="{self.width}" height="{self.height}"'
        return Markup(f'x="{self.x}" y="{self.y}" {size}')  # noqa: S704 - numbers


class Label(NamedTuple):
    """Text in lines: where the first one stands (its base line), and how far apart they are."""

    x: float
    y: float
    lines: tuple[str, ...]
    leading: float

    @property
    def attributes(self) -> Markup:
        """Where the first line stands, as SVG writes it."""
        return Markup(f'x="{self.x}" y="{self.y}"')  # noqa: S704 - numbers

    @property
    def below(self) -> Markup:
        """Where a further line stands, seen from the one above it."""
        return Markup(f'x="{self.x}" dy="{self.leading}"')  # noqa: S704 - numbers


class Line(NamedTuple):
    """A way of horizontal and vertical parts from one shape to another; `target` is a node's id."""

    points: tuple[Point, ...]
    target: str

    @property
    def path(self) -> str:
        """The line with rounded corners, in the language of an SVG path."""
        first, *corners, last = self.points
        before, drawn = first, [f"M{_numbers(*first)}"]
        for corner, after in zip(corners, self.points[2:], strict=True):
            start, end = _towards(corner, before), _towards(corner, after)
            turn = (corner.x - start.x, corner.y - start.y, end.x - start.x, end.y - start.y)
            drawn.append(f"{_straight(before, start)}q{_numbers(*turn)}")
            before = end
        return "".join((*drawn, _straight(before, last)))

    @property
    def arrow(self) -> str:
        """The head of the line, in the language of an SVG path."""
        tip, before = self.points[-1], self.points[-2]
        x, y = _sign(tip.x - before.x), _sign(tip.y - before.y)
        wing = _numbers(-8 * x - 4 * y, -8 * y - 4 * x)
        return f"M{_numbers(*tip)}l{wing}{f'v{8 * x}' if x else f'h{8 * y}'}z"


class Mark(NamedTuple):
    """A sign beside a node: where the work begins (`start`), ends (`end`), parts by a condition (`choice`) or into
    several ways at the same time, at the side of the node (`fork`) or below it (`fork-below`).
    """

    kind: str
    x: int
    y: int

    @property
    def path(self) -> str:
        """A lozenge for a condition and a bar for a fork, in the language of an SVG path."""
        if self.kind == "choice":
            return f"M{_numbers(self.x - 6, self.y)}l6-6 6 6-6 6z"
        return f"M{_numbers(self.x, self.y - 9)}v18" if self.kind == "fork" else f"M{_numbers(self.x - 24, self.y)}h48"


class Band(NamedTuple):
    """A lane: its strip, and its head with the name."""

    box: Box
    label: Label
    href: str
    key: str


class Case(NamedTuple):
    """A condition below the head of a node, and the numbers of the nodes to which it leads."""

    box: Box
    label: Label


class Work(NamedTuple):
    """A node with everything that leaves it: `head` holds its number and text, `cases` lie below within `box`."""

    id: str
    href: str
    keys: tuple[str, ...]
    box: Box
    head: Box
    number: Label
    text: Label
    small: Label
    cases: tuple[Case, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]

    @property
    def ways(self) -> str:
        """All its lines as one SVG path."""
        return "".join(line.path for line in self.lines)

    @property
    def tips(self) -> str:
        """The heads of those that lead to other nodes, as one SVG path."""
        return "".join(line.arrow for line in self.lines if line.target)

    @property
    def rules(self) -> str:
        """What parts its cases, as one SVG path."""
        return "".join(f"M{_numbers(case.box.x, case.box.y)}h{case.box.width}" for case in self.cases)

    @property
    def choices(self) -> str:
        """The signs where it parts by a condition, as one SVG path."""
        return "".join(mark.path for mark in self.marks if mark.kind == "choice")

    @property
    def forks(self) -> str:
        """The signs where it parts into several ways at the same time, as one SVG path."""
        return "".join(mark.path for mark in self.marks if mark.kind.startswith("fork"))


class Note(NamedTuple):
    """The names of partners at the edge of the drawing, and the line between them and a node; `href` is the node's."""

    href: str
    box: Box
    names: tuple[Label, ...]
    line: Line


class Sheet(NamedTuple):
    """A part of the drawing for a page of its own: from `top` on, so high. Its borders cut no box."""

    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Swim lanes: the heads lie above the rest, which begins at 0. `edges` stand in the heads, above the notes."""

    width: int
    height: int
    head: int
    bands: tuple[Band, ...]
    edges: tuple[Label, ...]
    works: tuple[Work, ...]
    notes: tuple[Note, ...]
    sheets: tuple[Sheet, ...]


def _numbers(*values: float) -> str:
    """Numbers in the language of an SVG path, where a minus parts them as well as a space."""
    return "".join(f"{value}" if value < 0 else f" {value}" for value in values).lstrip()


def _straight(start: Point, end: Point) -> str:
    """A way straight down, up or aside; nothing where it ends where it starts."""
    if start.y == end.y:
        return f"H{end.x}" if start.x != end.x else ""
    return f"V{end.y}"


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _towards(corner: Point, other: Point) -> Point:
    """The place on the way from a corner to the next one where the turn ends."""
    x, y = other.x - corner.x, other.y - corner.y
    reach = min(ROUND, (abs(x) + abs(y)) // 2)
    return Point(corner.x + reach * _sign(x), corner.y + reach * _sign(y))
