"""The business case: its sums agree with a sheet that is filled cell by cell, and with what the guide shows."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given as sampled
from hypothesis import strategies as st

from rolebook.loading import load
from rolebook.model.returns import Reckoned, Sums, reckoning, rounded, together
from rolebook.pages.reckoning import shown
from tests.conftest import ROOT

PENNY = Decimal("0.01")
GUIDE = (ROOT / "docs/guide/business-case.md").read_text(encoding="utf-8")


# A sheet, as somebody would lay it out beside it: a column for each year, running sums below


@dataclass
class Sheet:
    """What stands in the rows of a sheet, a cell for each year from 0 on."""

    paid: list[Decimal]
    saved: list[Decimal]
    net: list[Decimal]
    cumulated: list[Decimal]
    factor: list[Decimal]
    present: list[Decimal]

    @property
    def percent(self) -> Decimal | None:
        costs, benefits = sum(self.paid), sum(self.saved)
        return None if not costs else (benefits - costs) * 100 / costs

    @property
    def value(self) -> Decimal:
        return sum(self.present, Decimal(0))

    @property
    def months(self) -> int | None:
        """Month by month, until the running sum of whole months is no longer below nothing."""
        left, monthly = self.net[0], self.net[1] / 12
        if left > 0 or (left == 0 and monthly >= 0):
            return 0
        if monthly <= 0:
            return None
        passed = 0
        while left < -Decimal("1e-25"):
            left += monthly
            passed += 1
        return passed


def sheet(rows: list[list[Decimal]], years: int, discount: Decimal, part: Decimal = Decimal(100)) -> Sheet:
    """Rows of what is paid once and a year, and saved once and a year, of which only a `part` in percent comes."""
    with localcontext() as context:
        context.prec = 60
        made = Sheet([], [], [], [], [], [])
        for year in range(years + 1):
            paid = saved = Decimal(0)
            for row in rows:
                paid += row[0] if year == 0 else row[1]
                saved += (row[2] if year == 0 else row[3]) * part / 100
            made.paid.append(paid)
            made.saved.append(saved)
            made.net.append(made.saved[year] - made.paid[year])
            made.cumulated.append(made.net[year] + (made.cumulated[year - 1] if year else 0))
            made.factor.append(Decimal(1) if year == 0 else made.factor[year - 1] / (1 + discount / 100))
            made.present.append(made.net[year] * made.factor[year])
        return made


def decimal(number: Fraction | None) -> Decimal | None:
    if number is None:
        return None
    with localcontext() as context:
        context.prec = 60
        return Decimal(number.numerator) / Decimal(number.denominator)


def near(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < PENNY / 2


def agree(reckoned: Reckoned, by_hand: Sheet) -> bool:
    with localcontext() as context:
        context.prec = 60
        columns = zip(reckoned.by_year, by_hand.cumulated, by_hand.present, strict=True)
        months = None if reckoned.payback is None else math.ceil(reckoned.payback)
        return (
            all(near(decimal(y.cumulated), total) and near(decimal(y.present), now) for y, total, now in columns)
            and near(decimal(reckoned.costs), sum(by_hand.paid, Decimal(0)))
            and near(decimal(reckoned.benefits), sum(by_hand.saved, Decimal(0)))
            and near(decimal(reckoned.percent), by_hand.percent)
            and near(decimal(reckoned.present_value), by_hand.value)
            and months == by_hand.months
        )


def of(*amounts: Decimal) -> Sums:
    return Sums(*(Fraction(amount) for amount in amounts))


amounts = st.lists(st.decimals(0, 10_000, places=2), min_size=4, max_size=4)
some = st.lists(amounts, min_size=1, max_size=4)
years = st.integers(1, 10)
rates = st.decimals(0, 50, places=2)
parts = st.decimals(0, 100, places=1)


def payable(rows: list[list[Decimal]], part: Decimal) -> bool:
    """Whether walking month by month to the end of the payback takes no more than a while."""
    by_hand = sheet(rows, 1, Decimal(0), part)
    return by_hand.net[1] <= 0 or -by_hand.net[0] < by_hand.net[1] * 50


@sampled(some, years, rates, parts)
def test_returns_agree_with_a_sheet_to_the_penny(
    rows: list[list[Decimal]], years: int, discount: Decimal, part: Decimal
) -> None:
    reckoned = Reckoned(together(of(*row) for row in rows), years, Fraction(discount))
    if payable(rows, Decimal(100)):
        assert agree(reckoned, sheet(rows, years, discount))
    if payable(rows, part):
        assert agree(reckoned.expecting(Fraction(part)), sheet(rows, years, discount, part))


@sampled(amounts, years, rates)
def test_a_higher_saving_is_never_worse(row: list[Decimal], years: int, discount: Decimal) -> None:
    less = Reckoned(of(*row), years, Fraction(discount))
    more = Reckoned(of(*row[:3], row[3] + 1), years, Fraction(discount))
    assert more.present_value > less.present_value
    assert less.payback is None or (more.payback is not None and more.payback <= less.payback)


@sampled(amounts, years)
def test_without_a_discount_the_present_value_is_what_is_left(row: list[Decimal], years: int) -> None:
    reckoned = Reckoned(of(*row), years, Fraction(0))
    assert reckoned.present_value == reckoned.net == reckoned.by_year[-1].cumulated


@sampled(amounts, years, parts)
def test_caution_takes_from_the_savings_alone(row: list[Decimal], years: int, part: Decimal) -> None:
    whole = Reckoned(of(*row), years, Fraction(4))
    cautious = whole.expecting(Fraction(part))
    assert cautious.costs == whole.costs
    assert cautious.benefits == whole.benefits * Fraction(part) / 100


@pytest.mark.parametrize(
    ("row", "months"),
    [
        ((0, 0, 0, 0), 0),
        ((0, 5, 0, 5), 0),
        ((0, 5, 0, 4), None),
        ((9, 5, 9, 5), 0),
        ((9, 5, 10, 4), 0),
        ((10, 5, 9, 5), None),
        ((12, 1, 0, 2), 144),
        ((1, 0, 0, 5), Fraction(12, 5)),
    ],
)
def test_payback_at_the_borders(row: tuple[int, ...], months: Fraction | None) -> None:
    assert of(*map(Decimal, row)).payback == months


@pytest.mark.parametrize(
    ("number", "whole"), [("0.5", 1), ("-0.5", -1), ("0.49", 0), ("-0.49", 0), ("1.5", 2), ("2.5", 3), ("-2.5", -3)]
)
def test_sums_are_rounded_away_from_nothing(number: str, whole: int) -> None:
    assert rounded(Fraction(number)) == whole


# What the guide shows


def rows_of(heading: str) -> list[list[str]]:
    """The cells of a table of the guide, by how its head begins."""
    lines = GUIDE.partition(heading)[2].splitlines()[2:]
    table = lines[: next(place for place, line in enumerate(lines) if not line.startswith("|"))]
    return [[cell.strip().strip("*") for cell in line.strip("|").split("|")] for line in table]


def figure(cell: str) -> Decimal:
    return Decimal(cell.replace(",", "").replace("\N{MINUS SIGN}", "-"))


EXAMPLES = rows_of("| | paid once | paid a year |")


@pytest.mark.parametrize("cells", EXAMPLES, ids=lambda cells: cells[0])
def test_an_example_of_the_guide_comes_out_as_it_says(cells: list[str]) -> None:
    over = shown(Reckoned(of(*map(figure, cells[1:5])), 5, Fraction(4)))
    payback = {None: "never", 0: "at once"}.get(over.months, f"{over.months} months")
    assert [figure(cell) for cell in cells[5:7]] == [over.costs, over.benefits]
    assert cells[7] == payback
    assert [figure(cell) for cell in cells[8:]] == [over.percent, over.present_value]


def test_the_guide_shows_a_case_its_caution_and_its_years() -> None:
    assert len(EXAMPLES) == 6
    whole, cautious = (of(*map(figure, cells[1:5])) for cells in EXAMPLES[:2])
    assert whole.expecting(Fraction(80)) == cautious
    by_year = Reckoned(whole, 5, Fraction(4)).by_year
    shown_years = [[figure(cell) for cell in row] for row in rows_of("| year | paid | saved |")]
    assert shown_years == [[y.number, *map(rounded, (y.paid, y.saved, y.net, y.cumulated, y.present))] for y in by_year]


# The reference handbook, from what its files say


def improvements(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((folder / "process_defs/improvements").glob("*.yaml")):
        yield path.stem, yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def cells(improvement: dict[str, Any]) -> list[Decimal]:
    return [Decimal(improvement[what].get(when, "0")) for what in ("cost", "saves") for when in ("once", "per_year")]


STATES = {
    "achieved": ("achieved",),
    "decided": ("approved", "in-progress"),
    "proposed": ("proposed",),
    "": ("achieved", "approved", "in-progress", "proposed"),
}


@pytest.mark.parametrize("stage", STATES)
def test_the_totals_of_the_reference_handbook_agree_with_a_sheet_of_its_files(stage: str) -> None:
    case = yaml.load((ROOT / "process_defs/programme/business_case.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    every = dict(improvements(ROOT))
    replaced = {one["replaces"] for one in every.values() if one["status"] == "achieved" and "replaces" in one}
    rows = [cells(one) for id, one in every.items() if one["status"] in STATES[stage] and id not in replaced]
    ended = [cells(every[id]) for id in replaced if every[id]["status"] in STATES[stage]]
    rows += [[once, Decimal(0), saved, Decimal(0)] for once, _, saved, _ in ended]
    known = reckoning(load(ROOT).handbook)
    assert known is not None
    total = next(one for one in (*known.stages, known.total) if one.stage == stage)
    frame = int(case["years"]), Decimal(case["discount"])
    assert len(total.returns) == len(rows)
    assert agree(total.whole, sheet(rows, *frame))
    assert agree(total.cautious, sheet(rows, *frame, Decimal(case["caution"])))
