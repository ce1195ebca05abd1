"""A drawing in parts for paper: none of their borders cuts a box."""

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
    room = int(max(width, LEAST) * SHAPE) - head
    ends = [row.top - m.ABOVE for row in rows[1:] if row.clear] + [height]
    cuts = [0]
    for end, following in pairwise(ends):
        if following - cuts[-1] > room:
            cuts.append(end)
    return tuple(Sheet(top, bottom - top) for top, bottom in zip(cuts, (*cuts[1:], height), strict=True))
