"""Whether an improvement has worked: its KPI before and after, its share of it, and the mark in its record."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.proof import Proof, proof, proofs, proofs_of_kpi
from rolebook.model.standing import Mark, record
from rolebook.pages import Links, handbook_pages
from tests.conftest import ROOT

TABLE = "process_defs/measurements/incident.csv"
PROCESS = "process_defs/processes/incident.yaml"
SWARMING = "process_defs/improvements/swarming.yaml"
MEASURED = "{kpi: incident/time-to-restore, before: 2025-11, after: 2026-05}"
MONTHS = ("2025-11,9.5", "2026-05,7.1")


def measured(handbook: Path, *rows: str) -> Path:
    """The small handbook with these measurements of its only KPI, each written `month,value`."""
    (handbook / TABLE).parent.mkdir(exist_ok=True)
    lines = ["kpi,month,value,note", *(f"time-to-restore,{row}," for row in rows), ""]
    (handbook / TABLE).write_text("\n".join(lines), encoding="utf-8")
    return handbook


def rewritten(handbook: Path, path: str, *pairs: tuple[str, str]) -> Path:
    text = (handbook / path).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    (handbook / path).write_text(text, encoding="utf-8")
    return handbook


def read(handbook: Path) -> Handbook:
    return load(handbook).handbook


def swarm(handbook: Path) -> Proof:
    found = read(handbook)
    shown = proof(found, found.improvements["swarming"])
    assert shown is not None
    return shown


def mark(handbook: Path) -> Mark:
    found = read(handbook)
    return record(found, found.improvements["swarming"]).measured


def test_where_lower_is_better_less_is_a_gain(given: Path) -> None:
    shown = swarm(measured(given, *MONTHS))
    assert (shown.moved, shown.claimed, shown.is_shown, shown.is_better) == (Decimal("2.4"), Decimal("2.4"), True, True)


def test_where_higher_is_better_less_is_a_loss(given: Path) -> None:
    rewritten(given, PROCESS, ("better: lower", "better: higher"))
    shown = swarm(measured(given, *MONTHS))
    assert (shown.moved, shown.is_shown, shown.is_better) == (Decimal("-2.4"), True, False)


def test_within_bounds_the_gain_is_what_it_came_nearer(given: Path) -> None:
    rewritten(given, PROCESS, ("better: lower", "better: within"), ("{value: 4,", "{low: 2, high: 4,"))
    assert swarm(measured(given, *MONTHS)).moved == Decimal("2.4")
    assert swarm(measured(given, "2025-11,9.5", "2026-05,1")).moved == Decimal("4.5")


def test_it_claims_only_its_share(given: Path) -> None:
    rewritten(given, SWARMING, (MEASURED, MEASURED.replace("}", ", share: 25}")))
    shown = swarm(measured(given, *MONTHS))
    assert (shown.share, shown.moved, shown.claimed) == (25, Decimal("2.4"), Decimal("0.6"))


def test_nothing_is_claimed_before_both_are_measured(given: Path) -> None:
    shown = swarm(measured(given, "2025-11,9.5"))
    assert (shown.moved, shown.claimed, shown.is_shown, shown.is_better) == (None, None, False, False)
    assert shown.lacking == ("2026-05",)
    assert swarm(measured(given)).lacking == ("2025-11", "2026-05")


def test_a_month_of_a_quarter_is_shown_by_the_value_of_the_quarter(given: Path) -> None:
    rewritten(given, PROCESS, ("measured_every: month", "measured_every: quarter"))
    shown = swarm(measured(given, "2025-12,9.5", "2026-03,9.1", "2026-06,7.1"))
    assert shown.before
    assert shown.after
    assert (shown.before.month, shown.after.month) == ("2025-12", "2026-06")


def test_one_value_does_not_show_both(given: Path) -> None:
    rewritten(given, PROCESS, ("measured_every: month", "measured_every: year"))
    shown = swarm(measured(given, "2026-09,7.1"))
    assert (shown.is_shown, shown.lacking) == (False, ("2026-05",))


def test_without_a_kpi_that_there_is_there_is_no_proof(given: Path) -> None:
    rewritten(given, SWARMING, ("kpi: incident/time-to-restore, before", "kpi: incident/time-to-answer, before"))
    assert proofs(read(measured(given, *MONTHS))) == {}


@pytest.mark.parametrize("month", ["before", "after"])
def test_a_month_that_cannot_be_read_is_no_proof(given: Path, month: str) -> None:
    rewritten(given, SWARMING, (f"{month}: 202", f"{month}: x202"))
    assert proofs(read(measured(given, *MONTHS))) == {}


def test_what_a_kpi_shows_comes_in_the_order_of_its_months(given: Path) -> None:
    earlier = (given / SWARMING).read_text(encoding="utf-8").replace("after: 2026-05", "after: 2026-02")
    (given / "process_defs/improvements/zeal.yaml").write_text(earlier, encoding="utf-8")
    found = read(measured(given, *MONTHS))
    shown = [str(one.improvement.id) for one in proofs_of_kpi(found, "incident/time-to-restore")]
    assert shown == ["zeal", "swarming"]
    assert proofs_of_kpi(found, "incident/elsewhere") == ()


GUIDE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/guide/measured.md").read_text(encoding="utf-8").splitlines()
    if line.startswith(("| lower |", "| higher |", "| within "))
]


def signed(words: str) -> Decimal:
    number, _, way = words.partition(" ")
    return -Decimal(number) if way == "worse" else Decimal(number)


@pytest.mark.parametrize("row", GUIDE, ids=lambda row: "-".join(row[:4]).replace(" ", "-"))
def test_the_examples_of_the_guide_come_out(given: Path, row: list[str]) -> None:
    better, before, after, share, moved, claimed = row
    if better.startswith("within"):
        rewritten(given, PROCESS, ("better: lower", "better: within"), ("{value: 4,", "{low: 2, high: 4,"))
    elif better == "higher":
        rewritten(given, PROCESS, ("better: lower", "better: higher"))
    rewritten(given, SWARMING, (MEASURED, MEASURED.replace("}", f", share: {share}}}")))
    shown = swarm(measured(given, f"2025-11,{before}", f"2026-05,{after}"))
    assert (shown.moved, shown.claimed_shown) == (signed(moved), signed(claimed))


def test_the_guide_has_examples() -> None:
    assert len(GUIDE) == 5


@pytest.mark.parametrize(
    ("share", "shown"), [(33, Decimal("0.79")), (50, Decimal("1.2")), (100, Decimal("2.4")), (1, Decimal("0.02"))]
)
def test_a_claim_has_one_digit_more_than_was_measured(given: Path, share: int, shown: Decimal) -> None:
    rewritten(given, SWARMING, (MEASURED, MEASURED.replace("}", f", share: {share}}}")))
    assert swarm(measured(given, *MONTHS)).claimed_shown == shown


# The mark in the consolidation record


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (MONTHS, Mark.DONE),
        (("2025-11,9.5", "2026-05,11"), Mark.DONE),
        (("2025-11,9.5", "2026-04,7.7"), Mark.OPEN),
        (("2025-11,9.5", "2026-06,7.7"), Mark.MISSING),
        (("2026-05,7.1",), Mark.MISSING),
        ((), Mark.OPEN),
    ],
)
def test_it_is_measured_once_both_months_are(given: Path, rows: tuple[str, ...], expected: Mark) -> None:
    assert mark(measured(given, *rows)) is expected


def test_without_tables_of_measurements_it_is_open(given: Path) -> None:
    assert mark(given) is Mark.OPEN


def test_before_it_is_achieved_nothing_is_missing(given: Path) -> None:
    rewritten(given, SWARMING, ("status: achieved", "status: in-progress"))
    assert mark(measured(given, "2025-11,9.5", "2026-06,7.7")) is Mark.OPEN


def test_another_kpi_of_the_process_tells_that_the_month_is_over(given: Path) -> None:
    text = (given / PROCESS).read_text(encoding="utf-8")
    start, end = text.index("  - id: time-to-restore"), text.index("controls:")
    other = text[start:end].replace("time-to-restore", "time-to-answer")
    (given / PROCESS).write_text(text[:end] + other + text[end:], encoding="utf-8")
    measured(given, "2025-11,9.5")
    assert mark(given) is Mark.OPEN
    with (given / TABLE).open("a", encoding="utf-8") as table:
        table.write("time-to-answer,2026-06,3,\n")
    assert mark(given) is Mark.MISSING


def test_a_quarter_is_not_missed_before_it_is_over(given: Path) -> None:
    rewritten(given, PROCESS, ("measured_every: month", "measured_every: quarter"))
    rewritten(given, SWARMING, ("after: 2026-05", "after: 2026-04"))
    text = (given / PROCESS).read_text(encoding="utf-8")
    start, end = text.index("  - id: time-to-restore"), text.index("controls:")
    other = text[start:end].replace("time-to-restore", "time-to-answer").replace("every: quarter", "every: month")
    (given / PROCESS).write_text(text[:end] + other + text[end:], encoding="utf-8")
    measured(given, "2025-12,9.5", "2026-03,9.5")
    for month, expected in (("2026-06", Mark.OPEN), ("2026-07", Mark.MISSING)):
        with (given / TABLE).open("a", encoding="utf-8") as table:
            table.write(f"time-to-answer,{month},3,\n")
        assert mark(given) is expected


def test_without_a_kpi_nothing_shows_that_it_was_achieved(given: Path) -> None:
    rewritten(given, SWARMING, (f"measured: {MEASURED}\n", ""))
    assert mark(given) is Mark.OPEN
    assert mark(measured(given, *MONTHS)) is Mark.MISSING


# On the pages


def body(handbook: Path, path: str, section: str) -> str:
    found = read(handbook)
    page = next(page for page in handbook_pages(found, Links()) if page.path == path)
    html = next(str(one.body) for one in page.sections if one.id == section)
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_the_page_tells_by_how_much_it_became_better(given: Path) -> None:
    rewritten(given, SWARMING, (MEASURED, MEASURED.replace("}", ", share: 25}")))
    shown = body(measured(given, *MONTHS), "improvements/swarming", "section_measured")
    assert "Before 9.5 hours in November 2025 Afterwards 7.1 hours in May 2026" in shown
    assert "2.4 hours better Due to this improvement 25 percent of it: 0.6 hours better" in shown
    told = body(given, "improvements/swarming", "section_record")
    assert "Measured ✓ done Time to restore : 2.4 hours better (25 percent of it claimed)" in told
    assert "2.4 hours better" in body(given, "improvements/index", "section_board")


def test_the_page_tells_as_plainly_that_it_became_worse(given: Path) -> None:
    rewritten(given, PROCESS, ("unit: hours", "unit: percent"))
    shown = body(measured(given, "2025-11,9", "2026-05,10"), "improvements/swarming", "section_measured")
    assert "↘ 1 percentage point worse Due to this improvement all of it" in shown


def test_the_page_tells_what_is_not_measured(given: Path) -> None:
    shown = body(measured(given, "2025-11,9", "2026-06,8"), "improvements/swarming", "section_record")
    assert "Measured ✗ missing Time to restore : not yet: May 2026" in shown
    assert "not measured: May 2026" in body(given, "improvements/swarming", "section_measured")


def test_the_page_names_who_else_moved_it(given: Path) -> None:
    earlier = (given / SWARMING).read_text(encoding="utf-8").replace("after: 2026-05", "after: 2026-02, share: 30")
    (given / "process_defs/improvements/zeal.yaml").write_text(earlier, encoding="utf-8")
    shown = body(measured(given, *MONTHS), "improvements/swarming", "section_measured")
    assert "30 percent of the difference from November 2025 to February 2026" in shown


def test_without_measurements_the_page_is_as_before(given: Path) -> None:
    assert "Before" not in body(given, "improvements/swarming", "section_measured")
    assert "as soon as there are measurements" in body(given, "improvements/swarming", "section_record")
    assert "Measured" not in body(given, "improvements/index", "section_board")
