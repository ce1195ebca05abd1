"""A ring of names with lines between them: what stands where, and that nothing leaves the drawing or overlaps."""

import itertools

import pytest

from rolebook.drawing.circle import LEADING, TEXT
from rolebook.drawing.geometry import Box
from rolebook.drawing.metrics import width
from rolebook.drawing.ring import Place, Ring, ring

LONG = "Management of Things that have Long Names in every Handbook"


def box(place: Place) -> Box:
    """The room that the name takes."""
    wide = max(width(line, TEXT, bold=True) for line in place.name.lines)
    left = place.name.x - {"start": 0.0, "middle": wide / 2, "end": wide}[place.side]
    return Box(left, place.name.y - TEXT, wide, LEADING * len(place.name.lines))


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def of(count: int) -> Ring:
    return ring([f"{LONG} {number}" for number in range(count)], {(0, 1): 1})


@pytest.mark.parametrize("count", range(3, 17))
def test_names_stand_in_the_drawing_and_apart(count: int) -> None:
    drawing = of(count)
    boxes = [box(place) for place in drawing.places]
    assert all(b.x >= 0 and b.y >= 0 and b.right <= drawing.width and b.bottom <= drawing.height for b in boxes)
    assert [pair for pair in itertools.combinations(boxes, 2) if overlap(*pair)] == []


@pytest.mark.parametrize(("given", "heads"), [({(0, 2): 1}, 1), ({(2, 0): 1}, 1), ({(0, 2): 1, (2, 0): 3}, 2)])
def test_two_are_joined_by_one_line_with_a_head_where_something_arrives(
    given: dict[tuple[int, int], int], heads: int
) -> None:
    (exchange,) = ring(["a", "b", "c"], given).exchanges
    assert exchange.ends == (0, 2)
    assert len(exchange.heads) == heads


def test_where_more_passes_the_line_is_thicker() -> None:
    thin, thick = ring(["a", "b", "c"], {(0, 1): 1, (1, 2): 4}).exchanges
    assert thin.width < thick.width
