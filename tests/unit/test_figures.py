"""How KPIs stand: the examples of the guide, and what holds for any series of measurements."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolebook.loading import load
from rolebook.model import values as v
from rolebook.model.figures import (
    Figure,
    State,
    Trend,
    counted,
    figures,
    figures_by_role,
    figures_in_order,
    month_number,
    month_of,
    worst_first,
)
from rolebook.model.measurement import Measurement
from rolebook.model.process import Baseline, Kpi, Process, Target
from tests.conftest import ROOT
from tests.unit.test_levels import HERE, text

_GUIDE = (ROOT / "docs/guide/scorecard.md").read_text(encoding="utf-8")
EXAMPLE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in _GUIDE.splitlines()
    if re.match(r"\| (lower|higher|within) \|", line)
]
PROCESS: Process = next(iter(load(ROOT).handbook.processes.values()))
DUE = "2026-12"
MEASURES = st.decimals(min_value=0, max_value=1000, places=1)


def number(written: str) -> v.Number:
    return v.Number.at(text(written))


def figure(
    better: str,
    baseline: tuple[str, str] | None,
    aim: tuple[str, ...],
    series: list[tuple[str, str]],
    due: str = DUE,
    every: str = "month",
) -> Figure:
    """A KPI with these measurements, each its month and value; `aim` is a value, or two bounds."""
    low, high = (number(one) for one in aim) if len(aim) == 2 else (None, None)
    target = Target(
        value=None if low else number(aim[0]), low=low, high=high, due=v.Day.at(text(f"{due}-28")), span=HERE
    )
    first = baseline and Baseline(value=number(baseline[0]), date=v.Day.at(text(f"{baseline[1]}-28")), span=HERE)
    kpi = Kpi(
        id=text("id"),
        name=text("Name"),
        counts=text("What is counted, and of what."),
        unit=text("hours"),
        objective=text("objective"),
        owner=text("owner"),
        lever=text("What moves it."),
        better=text(better),
        measured_every=text(every),
        baseline=first,
        target=target,
        span=HERE,
    )
    measured = (
        Measurement(kpi=text("id"), month=text(month), value=number(value), span=HERE) for month, value in series
    )
    return Figure(PROCESS, kpi, tuple(measured))


def of_example(cells: list[str]) -> Figure:
    better, start, aim, last = cells[:4]
    began, in_month = start.split(" in ")
    wanted, due = aim.split(" by ")
    value, month = last.split(" in ")
    return figure(better, (began, in_month), tuple(wanted.split(" to ")), [(month, value)], due)


@pytest.mark.parametrize("cells", EXAMPLE, ids=[" ".join(cells[:4]) for cells in EXAMPLE])
def test_the_examples_of_the_guide_stand_as_it_says(cells: list[str]) -> None:
    shown = of_example(cells)
    gone, passed, state = cells[4:7]
    percent = shown.percent_gone
    assert gone == ("none" if percent is None else f"{percent}%".replace("-", "\N{MINUS SIGN}"))
    assert passed == f"{int(100 * shown.expected)}%"
    assert state.partition("**:")[0].strip("*") == shown.state.value.replace("-", " ")


def test_the_guide_has_an_example_of_each_state_that_is_measured() -> None:
    assert {of_example(cells).state for cells in EXAMPLE} == set(State) - {State.UNMEASURED}


def test_nothing_is_said_of_what_was_not_measured() -> None:
    shown = figure("lower", ("9", "2026-01"), ("4",), [])
    assert (shown.state, shown.progress, shown.trend, shown.last) == (State.UNMEASURED, None, None, None)


def test_without_a_baseline_it_sets_out_from_the_first_measurement() -> None:
    shown = figure("lower", None, ("4",), [("2025-12", "10"), ("2026-06", "7")])
    assert (shown.progress, shown.expected, shown.state) == (Fraction(1, 2), Fraction(1, 2), State.ON_COURSE)


@pytest.mark.parametrize(
    ("better", "before", "after", "trend"),
    [
        ("lower", "5", "4", Trend.BETTER),
        ("lower", "4", "5", Trend.WORSE),
        ("higher", "4", "5", Trend.BETTER),
        ("higher", "5", "5", Trend.STEADY),
    ],
)
def test_the_trend_compares_the_last_two(better: str, before: str, after: str, trend: Trend) -> None:
    assert figure(better, None, ("9",), [("2026-01", before), ("2026-02", after)]).trend is trend


@pytest.mark.parametrize(("month", "value"), [("2026-01", "7"), ("2026-03", "7"), ("2026-04", None), ("2025-12", None)])
def test_a_month_of_a_quarter_is_that_of_its_measurement(month: str, value: str | None) -> None:
    found = figure("lower", None, ("4",), [("2026-03", "7")], every="quarter").in_month(month)
    assert (found and str(found.value)) == value


@settings(max_examples=200)
@given(st.sampled_from(["lower", "higher"]), MEASURES, MEASURES, MEASURES, MEASURES)
def test_a_better_value_is_never_a_worse_state(
    better: str, start: Decimal, aim: Decimal, one: Decimal, other: Decimal
) -> None:
    order = [State.REACHED, State.ON_COURSE, State.BEHIND, State.WORSE]
    begin, wanted = (f"{start:f}", "2025-12"), (f"{aim:f}",)
    worse, good = sorted((one, other), reverse=better == "lower")
    states = [figure(better, begin, wanted, [("2026-06", f"{value:f}")]).state for value in (good, worse)]
    assert order.index(states[0]) <= order.index(states[1])


@settings(max_examples=100)
@given(MEASURES, MEASURES, st.integers(1, 12))
def test_standing_still_is_never_better_later(start: Decimal, aim: Decimal, month: int) -> None:
    order = [State.REACHED, State.ON_COURSE, State.BEHIND, State.WORSE, State.MISSED]
    states = [
        figure("lower", (f"{start:f}", "2025-12"), (f"{aim:f}",), [(f"2026-{m:02}", f"{start:f}")]).state
        for m in range(1, month + 1)
    ]
    assert states == sorted(states, key=order.index)


def test_what_was_missed_comes_first_then_what_is_worse_then_what_lags_most() -> None:
    begin, aim = ("10", "2025-12"), ("4",)
    missed = figure("lower", begin, aim, [("2026-12", "5")])
    worse = figure("lower", begin, aim, [("2026-06", "11")])
    lagging, behind = (figure("lower", begin, aim, [("2026-06", value)]) for value in ("10", "9"))
    reached = figure("lower", begin, aim, [("2026-06", "4")])
    unmeasured = figure("lower", begin, aim, [])
    every = [reached, behind, unmeasured, worse, lagging, missed]
    assert worst_first(every) == [missed, worse, lagging, behind]
    assert counted(every) == (
        (State.REACHED, 1),
        (State.BEHIND, 2),
        (State.WORSE, 1),
        (State.MISSED, 1),
        (State.UNMEASURED, 1),
    )


def test_of_those_that_lag_alike_the_first_in_the_order_of_reading_comes_first() -> None:
    one, other = (figure("lower", ("10", "2025-12"), ("4",), [(month, "10")]) for month in ("2026-05", "2026-05"))
    assert [id(shown) for shown in worst_first([one, other])] == [id(one), id(other)]


def test_the_figures_in_order_are_all_that_there_are_by_area() -> None:
    handbook = load(ROOT).handbook
    shown = figures_in_order(handbook)
    assert sorted(one.reference for one in shown) == sorted(figures(handbook))
    areas = [str(area.id) for area in handbook.organisation.areas]
    positions = [areas.index(str(one.process.area)) for one in shown]
    assert positions == sorted(positions)


@given(st.integers(12, 119_999))
def test_a_month_has_one_number(number: int) -> None:
    assert month_number(month_of(number)) == number


def test_every_kpi_of_the_reference_handbook_is_measured_or_says_from_when() -> None:
    for shown in figures(load(ROOT).handbook).values():
        assert shown.measured or shown.kpi.measured_from, shown.reference


def test_a_shared_kpi_stands_with_each_of_its_roles() -> None:
    handbook = load(ROOT).handbook
    shared = [shown for shown in figures(handbook).values() if shown.shared]
    assert shared
    for shown in shared:
        assert shown.shared
        for role in (shown.kpi.owner, *shown.shared.with_):
            assert shown in figures_by_role(handbook)[handbook.current(role)]
