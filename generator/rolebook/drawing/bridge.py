"""Three columns side by side: those who give, what lies in the middle, and those who take, with lines between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rolebook.drawing.geometry import Box, Label
from rolebook.drawing.metrics import wrap

TEXT, SMALL = 13.0, 12.0
_LEADING, _SMALL_LEADING = 16, 15
_WIDE, _MIDDLE = 186, 216
"""How wide the boxes are at the sides, and in the middle."""
_BETWEEN = 84
_PADDING = 8
_GAP = 7
"""Between a box and the next one below."""
_EDGE = 1
_HEAD = 24
"""The room for the words above the columns."""
_MOST_LINES = 3
_THIN, _THICKER, _THICK = 1.2, 0.6, 5.0


@dataclass(frozen=True, slots=True)
class Stand:
    """A box with its text, and a smaller line below it, which may be empty."""

    box: Box
    text: Label
    small: Label


@dataclass(frozen=True, slots=True)
class Span:
    """A line from a box at a side to one in the middle, or on from there: their positions, its path, its width."""

    side: int
    middle: int
    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Bridge:
    """A drawing of this size; the boxes of each column are in the order in which the names were given."""

    width: int
    height: int
    heads: tuple[Label, ...]
    """What stands above the columns, as far as there is one."""
    left: tuple[Stand, ...]
    middle: tuple[Stand, ...]
    right: tuple[Stand, ...]
    arriving: tuple[Span, ...]
    leaving: tuple[Span, ...]


Name = tuple[str, str]
"""What a box says, and what it says below that."""
Flow = tuple[int, int, int]
"""From or to whom, by the position at the side; the position in the middle; how much."""


def bridge(
    heads: tuple[str, str, str],
    left: Sequence[str],
    middle: Sequence[Name],
    right: Sequence[str],
    arriving: Sequence[Flow],
    leaving: Sequence[Flow],
) -> Bridge:
    """The names in columns below their heads, each column in the middle of the height; the flows are the lines."""
    starts = (_EDGE, _EDGE + _WIDE + _BETWEEN, _EDGE + _WIDE + 2 * _BETWEEN + _MIDDLE)
    named = ([(name, "") for name in left], middle, [(name, "") for name in right])
    columns = [
        tuple(_column(x, width, names)) for x, width, names in zip(starts, (_WIDE, _MIDDLE, _WIDE), named, strict=True)
    ]
    height = max(column[-1].box.bottom for column in columns if column) + _EDGE
    first, second, third = (_moved(column, height) for column in columns)
    return Bridge(
        starts[2] + _WIDE + _EDGE,
        int(height),
        tuple(Label(x, 14, (head,), _LEADING) for x, head, names in zip(starts, heads, named, strict=True) if names),
        first,
        second,
        third,
        tuple(_span(flow, first[flow[0]].box, second[flow[1]].box) for flow in arriving),
        tuple(_span(flow, second[flow[1]].box, third[flow[0]].box) for flow in leaving),
    )


def _column(x: int, width: int, names: Sequence[Name]) -> Iterator[Stand]:
    top = _HEAD
    for name, below in names:
        lines = wrap(name, width - 2 * _PADDING, TEXT, bold=True, most=_MOST_LINES)
        small = wrap(below, width - 2 * _PADDING, SMALL, most=1) if below else ()
        height = len(lines) * _LEADING + len(small) * _SMALL_LEADING + _PADDING
        text = Label(x + _PADDING, top + _PADDING // 2 + 12, lines, _LEADING)
        under = Label(x + _PADDING, text.y + len(lines) * _LEADING, small, _SMALL_LEADING)
        yield Stand(Box(x, top, width, height), text, under)
        top += height + _GAP


def _moved(column: tuple[Stand, ...], height: float) -> tuple[Stand, ...]:
    """A column in the middle of the height."""
    down = (height - column[-1].box.bottom) // 2 if column else 0
    return tuple(
        Stand(
            one.box._replace(y=one.box.y + down),
            one.text._replace(y=one.text.y + down),
            one.small._replace(y=one.small.y + down),
        )
        for one in column
    )


def _span(flow: Flow, start: Box, end: Box) -> Span:
    side, middle, much = flow
    x, y, to = start.right, start.y + start.height / 2, end.y + end.height / 2
    half = _BETWEEN // 2
    path = f"M{x} {y:g}C{x + half} {y:g} {end.x - half} {to:g} {end.x} {to:g}"
    return Span(side, middle, path, round(min(_THICK, _THIN + _THICKER * (much - 1)), 1))
