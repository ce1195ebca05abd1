"""What holds for every drawing of a plan over months, whatever is drawn: seen in its geometry."""

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from benchmarks.charts import WORDS
from rolebook.drawing.gantt import BAR, TEXT, Gantt, Group, Moment, Piece, Plotted, Stretch, gantt
from rolebook.drawing.geometry import Box, Label
from rolebook.drawing.metrics import width
from rolebook.drawing.timeline import TEXT as SMALL
from rolebook.drawing.timeline import Names, timeline

NAMES = Names(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), ("Q1", "Q2", "Q3", "Q4")
)
BEGINS, ENDS = date(2025, 11, 3), date(2027, 4, 30)
DAYS = (ENDS - BEGINS).days
SPANS = [(BEGINS, ENDS), (BEGINS, BEGINS), (date(2000, 1, 1), date(2026, 1, 1)), (date.min, date.max)]


def made(seed: int) -> Gantt:
    """A plan of up to 120 things in up to 6 groups, some of them outside its time, with names that are hard to set."""
    chance = random.Random(seed)
    begins, ends = SPANS[seed % len(SPANS)]

    def day() -> date:
        low, high = max(1, begins.toordinal() - 60), min(date.max.toordinal(), ends.toordinal() + 60)
        return date.fromordinal(chance.randint(low, high))

    def piece(number: int) -> Piece:
        name = f"{chance.choice(WORDS)} {number}"
        if chance.random() < 0.5:
            return Moment(name, "#", "", day(), chance.choice([None, day()]))
        one, other = sorted((day(), day()))
        return Stretch(name, "#", "", one, other, chance.choice([0, 0.3, 1]))

    groups = [
        Group(chance.choice(WORDS), [piece(n) for n in range(chance.choice([0, 1, 5, 20]))], chance.random() < 0.2)
        for _ in range(chance.randint(1, 6))
    ]
    return gantt(groups, begins, ends, NAMES, (day(), chance.choice(WORDS)))


DRAWINGS = {seed: made(seed) for seed in range(40)}
every_drawing = pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=[str(seed) for seed in DRAWINGS])


def area(label: Label, size: float, top: float = 0, *, bold: bool = False) -> Box:
    (line,) = label.lines
    return Box(label.x, label.y + top - 0.8 * size, width(line, size, bold=bold), size)


def shape(one: Plotted) -> Box:
    return one.box._replace(y=one.box.y + one.top)


def overlap(one: Box, other: Box) -> bool:
    apart = 0.2
    across = one.x + apart < other.right and other.x + apart < one.right
    return across and one.y < other.bottom and other.y < one.bottom


def in_head(drawing: Gantt) -> Iterator[Box]:
    yield from (area(label, SMALL) for label in drawing.labels)
    if drawing.day:
        yield area(drawing.day.label, TEXT, bold=True)


def texts(drawing: Gantt) -> list[Box]:
    """Every text below the head."""
    names = [area(strip.label, TEXT, bold=True) for strip in drawing.strips]
    return [*names, *(area(one.label, TEXT, one.top) for one in drawing.plotted)]


@every_drawing
def test_no_text_lies_on_another(drawing: Gantt) -> None:
    for group in (texts(drawing), [*in_head(drawing)]):
        for one, other in itertools.combinations(group, 2):
            assert not overlap(one, other), (one, other)


@every_drawing
def test_no_shape_lies_on_another_or_on_the_name_of_another(drawing: Gantt) -> None:
    for one, other in itertools.permutations(drawing.plotted, 2):
        assert not overlap(shape(one), shape(other)), (one, other)
        assert not overlap(shape(one), area(other.label, TEXT, other.top)), (one, other)


@every_drawing
def test_everything_lies_within_the_drawing(drawing: Gantt) -> None:
    for box in (*texts(drawing), *map(shape, drawing.plotted)):
        assert box.x >= 0
        assert box.right <= drawing.width
        assert box.y >= 0
        assert box.bottom <= drawing.height
    for box in in_head(drawing):
        assert box.x >= 0
        assert box.right <= drawing.width
        assert box.bottom <= drawing.head
    assert all(0 < rule.x < drawing.width for rule in drawing.rules)
    assert drawing.day is None or 0 <= drawing.day.x <= drawing.width


@every_drawing
def test_a_name_stands_on_its_bar_or_beside_its_shape(drawing: Gantt) -> None:
    for one in drawing.plotted:
        name = area(one.label, TEXT)
        within = one.box.x <= name.x and name.right <= one.box.right and isinstance(one.piece, Stretch)
        assert within == one.inside, one
        assert one.inside or name.x >= one.box.right or name.right <= one.box.x, one


@every_drawing
def test_sheets_hold_the_whole_drawing_and_cut_no_shape(drawing: Gantt) -> None:
    assert sum(sheet.height for sheet in drawing.sheets) == drawing.height
    for sheet, one in itertools.product(drawing.sheets, drawing.plotted):
        box = shape(one)
        assert box.bottom <= sheet.top or box.y >= sheet.top


@every_drawing
def test_no_group_is_parted_from_its_first_row(drawing: Gantt) -> None:
    for sheet, strip in itertools.product(drawing.sheets, drawing.strips):
        assert sheet.top not in (strip.y + 1, strip.y + strip.height)


def test_the_same_plan_gives_the_same_drawing() -> None:
    assert made(3) == made(3)


def drawn(*pieces: Piece, begins: date = BEGINS, ends: date = ENDS) -> tuple[Plotted, ...]:
    return gantt([Group("All", pieces)], begins, ends, NAMES).plotted


def test_a_bar_is_as_long_as_its_days() -> None:
    line = timeline(BEGINS, ENDS, NAMES)
    (one,) = drawn(Stretch("x", "", "", date(2026, 1, 1), date(2026, 12, 31)))
    assert one.box.x == line.at(date(2026, 1, 1).toordinal())
    assert one.box.right == pytest.approx(line.at(date(2027, 1, 1).toordinal()), abs=0.2)


def test_half_of_a_bar_is_done() -> None:
    none, half, whole = drawn(*(Stretch("x", "", "", BEGINS, ENDS, share) for share in (0, 0.5, 1)))
    assert none.done == ""
    ends = float(half.done.partition("H")[2].partition("V")[0])
    assert ends == pytest.approx((half.box.x + half.box.right) / 2, abs=2)
    assert whole.done == whole.outline


def test_a_bar_that_goes_on_outside_is_pointed_there() -> None:
    before, after = BEGINS - timedelta(days=90), ENDS + timedelta(days=90)
    left, right, both, none = drawn(
        Stretch("x", "", "", before, ENDS),
        Stretch("x", "", "", BEGINS, after),
        Stretch("x", "", "", before, after),
        Stretch("x", "", "", BEGINS, ENDS),
    )
    assert [one.outline.count("L") for one in (left, right, both, none)] == [1, 1, 2, 0]


def test_what_was_moved_shows_the_way() -> None:
    moved, kept, too_far = drawn(*(Moment("x", "", "", ENDS, day) for day in (date(2027, 1, 4), ENDS, BEGINS)))
    assert moved.way
    assert not kept.way
    assert not too_far.way, "its name would have no room"


def test_a_name_without_room_is_cut() -> None:
    (one,) = drawn(Moment("word " * 200, "", "", date(2026, 7, 1)))
    assert one.label.lines[0].endswith("…")


def test_what_has_room_shares_a_row() -> None:
    first, second, third = drawn(
        Moment("One", "", "", date(2026, 1, 1)),
        Moment("Two", "", "", date(2026, 6, 1)),
        Moment("Three", "", "", date(2026, 6, 8)),
    )
    assert first.top == second.top
    assert third.top >= second.top + BAR


def test_the_line_of_a_day_is_drawn_where_it_lies_within() -> None:
    def day(today: date) -> bool:
        return gantt([], BEGINS, ENDS, NAMES, (today, "Today")).day is not None

    assert day(BEGINS)
    assert not day(date(2025, 10, 31))
    assert not day(date(2027, 5, 1))


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (date(2025, 11, 3), date(2026, 2, 1), ["Q4 2025", "Q1 2026", "Nov", "Dec", "Jan", "Feb"]),
        (date(2020, 1, 1), date(2025, 12, 31), ["2020", "2021", "2022", "2023", "2024", "2025", *["Q1"]]),
        (date(1990, 1, 1), date(2009, 12, 31), ["1990", "2000", "1990", "1991"]),
    ],
)
def test_the_grid_is_as_fine_as_there_is_room(begins: date, ends: date, words: list[str]) -> None:
    labels = [label.lines[0] for label in timeline(begins, ends, NAMES).labels]
    assert labels[: len(words)] == words


def test_eighteen_months_have_a_column_each() -> None:
    assert [rule.strong for rule in timeline(BEGINS, ENDS, NAMES).rules].count(True) == 6
    assert len(timeline(BEGINS, ENDS, NAMES).rules) == 17
