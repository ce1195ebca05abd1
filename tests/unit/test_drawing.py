"""What holds for every drawing of swim lanes, whatever is drawn: seen in its geometry."""

import itertools
import os
from collections.abc import Iterator

import pytest

from benchmarks.charts import chart
from rolebook.drawing import measures
from rolebook.drawing.geometry import Box, Drawing, Label, Line, Point
from rolebook.drawing.lanes import draw
from rolebook.drawing.metrics import width, wrap
from rolebook.drawing.shapes import END, Chart, Exit, Lane, Node

MANY = 300 if os.environ.get("ROLEBOOK_FULL") else 40
DRAWINGS = {seed: draw(chart(seed)) for seed in range(MANY)}
every_drawing = pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=[str(seed) for seed in DRAWINGS])


def segments(line: Line) -> Iterator[tuple[Point, Point]]:
    return itertools.pairwise(line.points)


def lines(drawing: Drawing) -> Iterator[Line]:
    for work in drawing.works:
        yield from work.lines
    for note in drawing.notes:
        yield note.line


def boxes(drawing: Drawing) -> list[Box]:
    return [*(work.box for work in drawing.works), *(note.box for note in drawing.notes)]


def runs_through(one: Point, other: Point, box: Box) -> bool:
    """Whether a part of a line lies within a box, and not just at its border."""
    left, right = sorted((one.x, other.x))
    top, bottom = sorted((one.y, other.y))
    return left < box.right - 0.1 and right > box.x + 0.1 and top < box.bottom - 0.1 and bottom > box.y + 0.1


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def labels(drawing: Drawing) -> Iterator[tuple[Label, Box, float, bool]]:
    """Every text, the box that it belongs in, its size, and whether it is bold."""
    for work in drawing.works:
        yield work.number, work.head, measures.TEXT, True
        yield work.text, work.head, measures.TEXT, True
        yield work.small, work.head, measures.SMALL, False
        for case in work.cases:
            yield case.label, case.box, measures.SMALL, False
    for note in drawing.notes:
        for label in note.names:
            yield label, note.box, measures.SMALL, False
    for band in drawing.bands:
        yield band.label, Box(band.box.x, 0, band.box.width, drawing.head), measures.TEXT, True


def area(label: Label, size: float, *, bold: bool) -> Box:
    wide = max((width(line, size, bold=bold) for line in label.lines), default=0)
    return Box(label.x, label.y - 0.75 * size, wide, (len(label.lines) - 1) * label.leading + size)


@every_drawing
def test_every_line_is_of_level_and_upright_parts(drawing: Drawing) -> None:
    for line in lines(drawing):
        assert all(one.x == other.x or one.y == other.y for one, other in segments(line)), line


@every_drawing
def test_no_line_runs_through_a_box(drawing: Drawing) -> None:
    for line, box in itertools.product(lines(drawing), boxes(drawing)):
        assert not any(runs_through(*part, box) for part in segments(line)), (line, box)


@every_drawing
def test_lines_to_different_targets_never_lie_on_each_other(drawing: Drawing) -> None:
    seen: dict[tuple[str, float], list[tuple[float, float, tuple[str, str]]]] = {}
    for number, (kind, line) in enumerate(
        [*(("way", line) for work in drawing.works for line in work.lines), *(("note", n.line) for n in drawing.notes)]
    ):
        owner = (kind, line.target) if line.target and kind == "way" else (kind, str(number))
        for one, other in segments(line):
            level = one.y == other.y
            place = ("y", one.y) if level else ("x", one.x)
            low, high = sorted((one.x, other.x) if level else (one.y, other.y))
            for taken_low, taken_high, taken in seen.setdefault(place, []):
                assert taken == owner or high <= taken_low or taken_high <= low, (line, taken)
            seen[place].append((low, high, owner))


@every_drawing
def test_no_box_lies_on_another(drawing: Drawing) -> None:
    for one, other in itertools.combinations(boxes(drawing), 2):
        assert not overlap(one, other), (one, other)


@every_drawing
def test_every_text_fits_its_box(drawing: Drawing) -> None:
    for label, box, size, bold in labels(drawing):
        if label.lines:
            own = area(label, size, bold=bold)
            assert box.x <= own.x, label
            assert own.right <= box.right, label
            assert box.y <= own.y, label
            assert own.bottom <= box.bottom, label


@every_drawing
def test_no_text_lies_on_another(drawing: Drawing) -> None:
    areas = [area(label, size, bold=bold) for label, _, size, bold in labels(drawing) if label.lines]
    heads = len(drawing.bands)
    for one, other in itertools.combinations(areas[:-heads], 2):
        assert not overlap(one, other), (one, other)


@every_drawing
def test_no_sign_lies_in_a_box_or_on_a_line_of_others(drawing: Drawing) -> None:
    signs = [(work, mark) for work in drawing.works for mark in work.marks if mark.kind in ("start", "end")]
    for work, mark in signs:
        radius = measures.MARK
        own = Box(mark.x - radius, mark.y - radius, 2 * radius, 2 * radius)
        assert not any(overlap(own, box) for box in boxes(drawing)), mark
        for other in drawing.works:
            for line in other.lines:
                if other is not work or line.target:
                    assert not any(runs_through(*part, own) for part in segments(line)), (mark, line)


@every_drawing
def test_everything_lies_within_the_drawing(drawing: Drawing) -> None:
    for line in lines(drawing):
        assert all(0 <= p.x <= drawing.width and 0 <= p.y <= drawing.height for p in line.points)
    for box in boxes(drawing):
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= drawing.width
        assert box.bottom <= drawing.height


@every_drawing
def test_sheets_hold_the_whole_drawing_and_cut_no_box(drawing: Drawing) -> None:
    assert sum(sheet.height for sheet in drawing.sheets) == pytest.approx(drawing.height)
    for sheet, box in itertools.product(drawing.sheets, boxes(drawing)):
        assert box.bottom <= sheet.top or box.y >= sheet.top


@every_drawing
def test_every_way_is_drawn_once(drawing: Drawing) -> None:
    seed = next(seed for seed, other in DRAWINGS.items() if other is drawing)
    wanted = {node.id: sorted(target for way in node.exits for target in way.targets) for node in chart(seed).nodes}
    assert {work.id: sorted(line.target for line in work.lines) for work in drawing.works} == wanted


def test_the_same_chart_gives_the_same_drawing() -> None:
    assert draw(chart(1)) == draw(chart(1))


def test_work_begins_at_the_left_and_lanes_that_pass_work_to_each_other_are_neighbours() -> None:
    lanes = tuple(Lane(name, "", name) for name in ("third", "second", "first"))
    nodes = (
        Node("a", 2, "A", "", (Exit("", ("b",)),)),
        Node("b", 1, "B", "", (Exit("", ("c",)),)),
        Node("c", 0, "C", "", (Exit("", (END,)),)),
    )
    assert [band.key for band in draw(Chart(lanes, nodes)).bands] == ["first", "second", "third"]


def test_text_is_broken_between_words_and_within_one_that_has_no_room() -> None:
    assert wrap("Check the change", 80, 14) == ("Check the", "change")
    assert all(width(line, 14) <= 80 for line in wrap("x" * 300, 80, 14))
    assert "".join(wrap("x" * 300, 80, 14)) == "x" * 300


def test_text_without_room_ends_with_a_sign() -> None:
    assert wrap("one two three", 40, 14, most=2) == ("one", "two…")


def test_numbers_of_targets_stay_with_their_arrow() -> None:
    assert wrap("failure →\N{NO-BREAK SPACE}12", 60, 12.5) == ("failure", "→\N{NO-BREAK SPACE}12")
