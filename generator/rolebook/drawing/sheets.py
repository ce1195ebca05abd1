"""A drawing in parts for paper: none of their borders cuts a box."""

from collections.abc import Sequence
from itertools import pairwise

from rolebook.drawing import measures as m
from rolebook.drawing.geometry import Sheet
from rolebook.drawing.rows import Row

SHAPE = 0.7
"""Height to width of what a landscape page has room for."""
LEAST = 1000
"""A narrow drawing is not enlarged to more than this width."""


def sheets(rows: tuple[Row, ...], width: int, height: int, head: int) -> tuple[Sheet, ...]:
    """As many rows on each sheet as it has room for below the heads of the lanes."""
    return cut([row.top - m.ABOVE for row in rows[1:] if row.clear], width, height, head)


def cut(places: Sequence[int], width: int, height: int, head: int) -> tuple[Sheet, ...]:
    """A drawing cut at some of the `places`, so that each sheet is as full as it may be below the head."""
    room = int(max(width, LEAST) * SHAPE) - head
    cuts = [0]
    for end, following in pairwise([*places, height]):
        if following - cuts[-1] > room:
            cuts.append(end)
    return tuple(Sheet(top, bottom - top) for top, bottom in zip(cuts, (*cuts[1:], height), strict=True))
