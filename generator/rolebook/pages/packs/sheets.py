"""Swim lanes on lying pages: a drawing cut where no box is, as large as paper allows, with one's own work marked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rolebook.drawing.geometry import Band, Box, Drawing, Label, Line, Mark, Note, Work
from rolebook.pages.packs.edition import Paper

_LARGEST = 0.235
"""Millimetres a pixel: text of 14 pixels is then as large as that around the drawing."""
_ABOVE = 22
"""Above a box, the room that belongs to it: the sign of a start."""
_TITLE, _LEGEND = 40.0, 9.0
"""The millimetres that the heading of a process takes with what stands below it, and the legend on each page."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An activity in the drawing, with the letters that the role has there ("" for none)."""

    work: Work
    letters: str


@dataclass(frozen=True, slots=True)
class LaneSheet:
    """What stands on one page: the drawing from `top` on, so high, with the heads of the lanes (`head`) above it."""

    width: int
    head: int
    top: int
    height: int
    scale: float
    bands: tuple[Band, ...]
    edges: tuple[Label, ...]
    works: tuple[Marked, ...]
    notes: tuple[Note, ...]
    ways: str
    tips: str
    passing: str
    passing_tips: str
    marks: tuple[Mark, ...]
    choices: str
    forks: str

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height on paper in millimetres."""
        return round(self.width * self.scale, 2), round((self.head + self.height) * self.scale, 2)


def sheets(drawing: Drawing, letters: Mapping[str, str], paper: Paper) -> tuple[LaneSheet, ...]:
    """The pages with the role's own activities and what is around them; `letters` are those it has, by activity."""
    across, down = paper.lying
    scale = min(_LARGEST, across / drawing.width)
    own = [work.box.y for work in drawing.works if work.id in letters]
    first, further = (int((down - taken) / scale) - drawing.head for taken in (_TITLE + _LEGEND, _LEGEND))
    borders = [
        (top, bottom)
        for top, bottom in pairwise(_cuts(drawing, min(own, default=0), first, further))
        if any(top <= y < bottom for y in own)
    ]
    rooms = [down - _LEGEND - _TITLE, *(down - _LEGEND for _ in borders)]
    return tuple(
        _sheet(drawing, letters, min(scale, room / (drawing.head + bottom - top)), top, bottom)
        for (top, bottom), room in zip(borders, rooms, strict=False)
    )


def _cuts(drawing: Drawing, mine: float, first: int, further: int) -> list[int]:
    """Where the parts begin, and the last ends: each as high as its page has room for, or one row that is higher.

    The first part begins above the first activity of the role's own (at `mine`), with a row before it if that fits.
    """
    boxes = [*(work.box for work in drawing.works), *(note.box for note in drawing.notes)]
    places = [0, *(y for work in drawing.works[1:] if _is_clear(y := int(work.box.y) - _ABOVE, boxes)), drawing.height]
    rows = [*pairwise(places)]
    at = next((number for number, (_, bottom) in enumerate(rows) if mine < bottom), 0)
    if at and rows[at][1] - rows[at - 1][0] <= first:
        at -= 1
    cuts, room = [rows[at][0]], first
    for top, bottom in rows[at + 1 :]:
        if bottom - cuts[-1] > room:
            cuts.append(top)
            room = further
    return [*cuts, drawing.height]


def _is_clear(place: int, boxes: Iterable[Box]) -> bool:
    return not any(box.y < place < box.bottom for box in boxes)


def _sheet(drawing: Drawing, letters: Mapping[str, str], scale: float, top: int, bottom: int) -> LaneSheet:
    works = tuple(work for work in drawing.works if top <= work.box.y < bottom)
    notes = tuple(note for note in drawing.notes if top <= note.box.y < bottom)
    crossing = tuple(_crossing(drawing, top, bottom))
    return LaneSheet(
        width=drawing.width,
        head=drawing.head,
        top=top,
        height=bottom - top,
        scale=scale,
        bands=drawing.bands,
        edges=drawing.edges,
        works=tuple(Marked(work, letters.get(work.id, "")) for work in works),
        notes=notes,
        ways="".join(line.path for line in crossing),
        tips="".join(line.arrow for line in crossing if line.target),
        passing="".join(note.line.path for note in notes),
        passing_tips="".join(note.line.arrow for note in notes),
        marks=tuple(mark for work in works for mark in work.marks if mark.kind in ("start", "end")),
        choices="".join(work.choices for work in works),
        forks="".join(work.forks for work in works),
    )


def _crossing(drawing: Drawing, top: int, bottom: int) -> Iterator[Line]:
    """The lines of which a part lies between two heights."""
    for line in (line for work in drawing.works for line in work.lines):
        heights = [point.y for point in line.points]
        if min(heights) < bottom and max(heights) > top:
            yield line
