"""What holds for every drawing of a trend, whatever is measured: seen in its geometry."""

import itertools
import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from rolebook.drawing.geometry import Box
from rolebook.drawing.metrics import width
from rolebook.drawing.trend import TEXT, Series, Trend, round_values, spark, trend

FIRST = 12 * 2025
NUMBERS = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=2)
AIMS = st.one_of(st.tuples(NUMBERS), st.tuples(NUMBERS, NUMBERS))


@st.composite
def series(draw: st.DrawFn) -> Series:
    months = sorted(draw(st.sets(st.integers(FIRST, FIRST + 60), min_size=1, max_size=20)))
    start = draw(st.one_of(st.none(), st.tuples(st.integers(FIRST - 30, FIRST + 60), NUMBERS)))
    return Series(
        [(month, draw(NUMBERS)) for month in months],
        draw(st.sampled_from([1, 3, 6, 12])),
        start,
        draw(AIMS),
        draw(st.integers(FIRST - 24, FIRST + 120)),
        draw(st.lists(st.integers(FIRST - 12, FIRST + 90), max_size=4)),
    )


def write(value: Decimal) -> str:
    return f"{value:,f}"


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.e+]+) (-?[\d.e+]+)", path)]


def texts(drawing: Trend) -> list[Box]:
    """The room that each label takes, as the macro prints it."""
    found = []
    for scale in drawing.scales:
        wide = width(write(scale.value), TEXT)
        found.append(Box(drawing.field.x - 6 - wide, scale.y + 4 - 0.75 * TEXT, wide, TEXT))
    for year in drawing.years:
        if year.name is not None:
            wide = width(str(year.year), TEXT)
            found.append(Box(year.name - wide / 2, drawing.height - 6 - 0.75 * TEXT, wide, TEXT))
    return found


@settings(max_examples=80)
@given(series())
def test_everything_lies_within_the_field(given: Series) -> None:
    drawing = trend(given, write)
    field = drawing.field
    marks = [(x, field.y) for x in drawing.marks]
    ways = places(drawing.way) + ([drawing.start] if drawing.start else [])
    for x, y in [*places(drawing.line), *places(drawing.dots), *marks, *ways, (drawing.due, drawing.aim.y)]:
        assert field.x - 0.1 <= x <= field.right + 0.1
        assert field.y - 0.1 <= y <= field.bottom + 0.1
    assert field.y - 0.1 <= drawing.aim.y <= drawing.aim.bottom <= field.bottom + 0.2


@settings(max_examples=80)
@given(series())
def test_no_label_lies_on_another_or_outside(given: Series) -> None:
    drawing = trend(given, write)
    labels = texts(drawing)
    assert labels
    for label in labels:
        assert label.x >= 0
        assert label.right <= drawing.width + 0.1
        assert label.y >= 0
        assert label.bottom <= drawing.height
    for one, other in itertools.combinations(labels, 2):
        assert one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y, labels


@settings(max_examples=80)
@given(series())
def test_a_higher_value_never_lies_lower_and_a_later_one_lies_further_right(given: Series) -> None:
    found = places(trend(given, write).dots)
    for (one, other), ((x1, y1), (x2, y2)) in zip(
        itertools.pairwise(given.points), itertools.pairwise(found), strict=True
    ):
        assert x1 < x2
        assert y1 == y2 or (one[1] < other[1]) == (y1 > y2)


@settings(max_examples=80)
@given(series())
def test_the_line_breaks_off_where_months_are_missing(given: Series) -> None:
    gaps = sum(later[0] - one[0] > given.step for one, later in itertools.pairwise(given.points))
    for line in (trend(given, write).line, spark(given).line):
        assert line.count("M") == 1 + gaps
        assert len(places(line)) == len(given.points)


@given(NUMBERS, NUMBERS)
def test_the_scale_is_round_and_reaches_around_all_values(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    rounds = round_values(low, high)
    steps = {later - before for before, later in itertools.pairwise(rounds)}
    assert rounds[0] <= low
    assert high <= rounds[-1]
    assert 2 <= len(rounds) <= 6
    assert len(steps) == 1
    assert steps.pop().normalize().as_tuple().digits in {(1,), (2,), (5,)}


def test_percent_never_passes_a_hundred_or_falls_below_nothing() -> None:
    assert round_values(Decimal("99.72"), Decimal(100))[-1] == 100
    assert round_values(Decimal("0.4"), Decimal(7))[0] == 0


def test_a_target_in_a_far_year_makes_no_line_for_each_year_until_then() -> None:
    drawing = trend(Series([(FIRST, Decimal(1))], 1, None, (Decimal(2),), 12 * 9999), write)
    assert len(drawing.years) < 15


def test_a_month_in_which_something_happened_is_marked_once_and_others_outside_are_not() -> None:
    points = [(FIRST + month, Decimal(month)) for month in range(6)]
    drawing = trend(Series(points, 1, None, (Decimal(9),), FIRST + 10, (FIRST + 2, FIRST + 2, FIRST - 5)), write)
    assert drawing.marks == (places(drawing.dots)[2][0],)


def test_a_target_within_bounds_is_a_band() -> None:
    points = [(FIRST, Decimal(1)), (FIRST + 1, Decimal(2))]
    assert trend(Series(points, 1, None, (Decimal(3), Decimal(8)), FIRST + 9), write).aim.height > 0
    assert trend(Series(points, 1, None, (Decimal(3),), FIRST + 9), write).aim.height == 0
