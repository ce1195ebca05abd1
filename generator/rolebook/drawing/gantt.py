"""A plan over months: bars for what lasts and diamonds for single days, in groups, with names that never meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rolebook.drawing.geometry import Box, Label, Sheet
from rolebook.drawing.metrics import width, wrap
from rolebook.drawing.sheets import cut
from rolebook.drawing.timeline import EDGE, Names, Rule, Timeline, timeline

TEXT = 12.5
RADIUS = 7.5
"""From the middle of a diamond to its corners."""
BAR = 18.0
_ROW = 25.0
_STRIP = 25.0
"""The height of a group's name."""
_FOOT = 7.0
"""Below the last row of a group."""
_BASE = 13.5
"""From the top of a bar to the base line of its name."""
_BESIDE = 5.0
"""Between a shape and its name."""
_APART = 10.0
"""Between a name and the next shape on the same row."""
_POINT = 6.0
"""How long the point of a bar is that goes on outside."""
_LEAST = 4.0
"""A bar is no narrower than this."""
_SHEET = 1100
"""How wide a drawing would be that has the shape of a sheet, and text that is large enough on it."""
_DAY = 19.0
"""The room above the names of months for that of a day."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that lasts from one day to another; `share` of it, from 0 to 1, is done.

    `says` tells what the drawing shows of it, `kind` how it is to look.
    """

    name: str
    href: str
    says: str
    begins: date
    ends: date
    share: float = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happens on a day, which at first was to be another one where it has been moved."""

    name: str
    href: str
    says: str
    day: date
    first: date | None = None
    kind: str = ""


Piece = Stretch | Moment


@dataclass(frozen=True, slots=True)
class Group:
    """What stands together under a name, in as few rows as there may be; each on its own where it is `stepped`."""

    name: str
    pieces: Sequence[Piece]
    stepped: bool = False


class Plotted(NamedTuple):
    """A piece with its place: a bar or a diamond, the part that is done, and the way from where it was at first.

    All of it is seen from `top`, where its row begins.
    """

    piece: Piece
    top: float
    box: Box
    outline: str
    done: str
    way: str
    label: Label
    inside: bool
    """Whether its name stands on the bar."""


class Strip(NamedTuple):
    """The place of a group's name, across the drawing."""

    y: float
    height: float
    label: Label


class DayLine(NamedTuple):
    """A line for a day, and its name in the head."""

    x: float
    label: Label


@dataclass(frozen=True, slots=True)
class Gantt:
    """A drawing of this size below a head: the grid, the groups, what they hold, and a day; in sheets for paper."""

    width: float
    head: float
    height: float
    rules: tuple[Rule, ...]
    labels: tuple[Label, ...]
    """The names in the head."""
    strips: tuple[Strip, ...]
    plotted: tuple[Plotted, ...]
    day: DayLine | None
    sheets: tuple[Sheet, ...]


def gantt(
    groups: Iterable[Group], begins: date, ends: date, names: Names, today: tuple[date, str] | None = None
) -> Gantt:
    """The groups from the month of one day to that of another; bars that go on outside are cut, and pointed there.

    A diamond outside stands at the edge. `today` is a day with its name, of which a line is drawn where it lies within.
    """
    line = timeline(begins, max(begins, ends), names)
    day = _day(line, *today) if today and line.holds(today[0]) else None
    above = _DAY if day else 0.0
    strips: list[Strip] = []
    plotted: list[Plotted] = []
    cuts: list[float] = []
    top = 0.0
    for group in groups:
        placed = [_plotted(line, piece) for piece in group.pieces]
        rows = [[one] for one in placed] if group.stepped else _packed(line, placed)
        if not rows:
            continue
        name = wrap(group.name, line.width - 2 * EDGE, TEXT, bold=True, most=1)
        strips.append(Strip(top, _STRIP, Label(EDGE, top + 17, name, 0)))
        cuts += [top, *(top + _STRIP + _ROW * row for row in range(1, len(rows)))]
        plotted += (one._replace(top=top + _STRIP + _ROW * row + 3) for row, own in enumerate(rows) for one in own)
        top += _STRIP + _ROW * len(rows) + _FOOT
    head = above + line.head
    return Gantt(
        width=line.width,
        head=head,
        height=top,
        rules=line.rules,
        labels=tuple(label._replace(y=label.y + above) for label in line.labels),
        strips=tuple(strips),
        plotted=tuple(plotted),
        day=day,
        sheets=cut([int(one) for one in cuts[1:]], _SHEET, int(top), int(head)),
    )


def _day(line: Timeline, day: date, name: str) -> DayLine:
    x = line.at(day.toordinal())
    (words,) = wrap(name, line.width - 2 * EDGE, TEXT, bold=True, most=1)
    needed = width(words, TEXT, bold=True)
    left = min(max(x - needed / 2, EDGE), line.width - EDGE - needed)
    return DayLine(x, Label(round(left, 1), 14, (words,), 0))


def _packed(line: Timeline, placed: Sequence[Plotted]) -> list[list[Plotted]]:
    """The pieces in rows, each in the first one that has room for it and its name."""
    rows: list[list[Plotted]] = []
    taken: list[list[tuple[float, float]]] = []
    for one in placed:
        left, right = _reach(line, one)
        free = (n for n, spans in enumerate(taken) if all(right + _APART <= a or b + _APART <= left for a, b in spans))
        row = next(free, len(rows))
        if row == len(rows):
            rows.append([])
            taken.append([])
        rows[row].append(one)
        taken[row].append((left, right))
    return rows


def _reach(line: Timeline, one: Plotted) -> tuple[float, float]:
    """From where to where a piece reaches, with its name."""
    needed = width(one.label.lines[0], TEXT)
    left, right = _shape(line, one)
    return min(left, one.label.x), max(right, one.label.x + needed)


def _shape(line: Timeline, one: Plotted) -> tuple[float, float]:
    """From where to where a shape reaches, with the way from where it was at first."""
    was = (
        line.at(one.piece.first.toordinal()) if one.way and isinstance(one.piece, Moment) and one.piece.first else None
    )
    ends = [one.box.x, one.box.right, *([was] if was is not None else [])]
    return min(ends), max(ends)


def _plotted(line: Timeline, piece: Piece) -> Plotted:
    """A piece with its place from left to right; a long way that leaves no room for the name is left out."""
    drawn = _bar(line, piece) if isinstance(piece, Stretch) else _diamond(line, piece)
    if drawn.way and max(_rooms(line, drawn)) < line.width / 4:
        drawn = drawn._replace(way="")
    left, right = _shape(line, drawn)
    rooms = _rooms(line, drawn)
    needed = width(" ".join(piece.name.split()), TEXT)
    place = next((n for n, room in enumerate(rooms) if needed <= room), rooms.index(max(rooms)))
    (words,) = wrap(piece.name, rooms[place], TEXT, most=1)
    x = (left + _BESIDE, right + _BESIDE, left - _BESIDE - width(words, TEXT))[place]
    return drawn._replace(label=Label(round(x, 1), _BASE, (words,), 0), inside=place == 0)


def _rooms(line: Timeline, one: Plotted) -> tuple[float, float, float]:
    """How wide a name may be on a bar, behind a shape, and before it."""
    left, right = _shape(line, one)
    within = right - left - 2 * _BESIDE if isinstance(one.piece, Stretch) else 0.0
    return within, line.width - EDGE - right - _BESIDE, left - _BESIDE - EDGE


_NOWHERE = Label(0, 0, ("",), 0)


def _bar(line: Timeline, piece: Stretch) -> Plotted:
    first, last = piece.begins.toordinal(), max(piece.begins, piece.ends).toordinal() + 1
    left = min(line.at(first), line.width - EDGE - _LEAST)
    right = max(line.at(last), left + _LEAST)
    done = line.at(first + piece.share * (last - first))
    before, after = first < line.first, last > line.last
    outline = _pointed(left, right, before, after)
    filled = _pointed(left, min(done, right), before, after and done >= right) if done > left else ""
    return Plotted(piece, 0, Box(left, 0, round(right - left, 1), BAR), outline, filled, "", _NOWHERE, inside=False)


def _pointed(left: float, right: float, before: bool, after: bool) -> str:
    """A bar from left to right, with a point where it goes on: as the path of an SVG."""
    point = min(_POINT, right - left)
    begin = f"M{left + point:.1f} {BAR:.1f}L{left:.1f} {BAR / 2:.1f} {left + point:.1f} 0" if before else ""
    begin = begin or f"M{left:.1f} {BAR:.1f}V0"
    end = f"H{right - point:.1f}L{right:.1f} {BAR / 2:.1f} {right - point:.1f} {BAR:.1f}" if after else ""
    return f"{begin}{end or f'H{right:.1f}V{BAR:.1f}'}Z"


def _diamond(line: Timeline, piece: Moment) -> Plotted:
    middle, y = line.at(piece.day.toordinal()), BAR / 2
    box = Box(round(middle - RADIUS, 1), y - RADIUS, 2 * RADIUS, 2 * RADIUS)
    outline = f"M{box.x:.1f} {y:.1f}l{RADIUS} {-RADIUS} {RADIUS} {RADIUS} {-RADIUS} {RADIUS}Z"
    was = line.at(piece.first.toordinal()) if piece.first else middle
    way = f"M{was:.1f} {y - 4:.1f}v8m0 -4H{middle - RADIUS if was < middle else middle + RADIUS:.1f}"
    return Plotted(piece, 0, box, outline, "", way if abs(was - middle) > RADIUS else "", _NOWHERE, inside=False)
