"""`rolebook new programme` and `rolebook new measurements`: what a programme begins with fits in."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.cli.beginning_programme import programme
from rolebook.diagnostic import Diagnostic
from rolebook.editing.drafts.skeleton import LONGEST
from rolebook.loading import load
from rolebook.model.planning import NOT_BEGUN, progress
from rolebook.model.steps import STEPS
from tests.conftest import ROOT, TODAY, Result

Rolebook = Callable[..., Result]
PROGRAMME = "process_defs/programme"
FILES = [*programme.commands]
TABLE = "process_defs/measurements/incident.csv"
MONTHLY = "    measured_every: month\n"
VALUES = {
    "area": "processes",
    "begins": "2026-11-01",
    "by": "change-manager",
    "caution": "80",
    "coalition": "agent",
    "date": "2026-11-20",
    "discount": "4.5",
    "due": "2027-03-31",
    "ends": "2027-06-30",
    "kpi": "incident/time-to-restore",
    "id": "a-first-one",
    "lead": "incident-manager",
    "level": "3",
    "owner": "incident-manager",
    "sender": "change-manager",
    "sponsor": "change-manager",
    "suggested_by": "agent",
    "to": "agent",
    "value": "medium",
    "who": "specialist",
    "with": "specialist",
    "years": "5",
}
"""What the author of a test writes for a key; a sentence for the others."""
STATES = {"momentum": "waiting", "communication": "planned"}
DATED = "  - id: a-first-one\n    date: 2026-12-01\n"
"""What `communication` is asked for besides: a message has a date, or a rhythm."""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 22 November 2026, as TODAY


def path_of(file: str) -> str:
    return f"{PROGRAMME}/{file.replace('-', '_')}.yaml"


def found(folder: Path) -> tuple[Diagnostic, ...]:
    return all_findings(load(folder), date.fromisoformat(TODAY))


def fill_in(folder: Path, file: str) -> None:
    """Write something at each place of a file that `check` points at as empty."""
    for diagnostic in reversed(found(folder)):
        if diagnostic.rule.name != "missing-key" or diagnostic.span.path != path_of(file):
            continue
        lines = (folder / path_of(file)).read_text(encoding="utf-8").split("\n")
        at, column = diagnostic.span.line - 1, diagnostic.span.column - 1
        key = lines[at].partition(":")[0].strip(" -")
        value = STATES[file] if key == "state" else VALUES.get(key, f"A sentence for line {at}, and what it is about.")
        lines[at] = f"{lines[at][:column]} {value} {lines[at][column:]}".rstrip()
        (folder / path_of(file)).write_text("\n".join(lines), encoding="utf-8")


def compare(folder: Path, *lines: str) -> None:
    """Let the one improvement end with these lines in place of the months that it compares."""
    improvement = folder / "process_defs/improvements/swarming.yaml"
    kept = [line for line in improvement.read_text(encoding="utf-8").splitlines() if not line.startswith("measured:")]
    improvement.write_text("".join(f"{line}\n" for line in (*kept, *lines)), encoding="utf-8")


def kpi_says(folder: Path, line: str) -> None:
    """Let the one KPI of the process have another line in place of how often it is measured."""
    process = folder / "process_defs/processes/incident.yaml"
    text = process.read_text(encoding="utf-8")
    assert text.count(MONTHLY) == 1
    process.write_text(text.replace(MONTHLY, line), encoding="utf-8")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("handbook", ["given", "reference"])
def test_a_file_has_nothing_wrong_but_its_empty_places(
    request: pytest.FixtureRequest, rolebook: Rolebook, handbook: str, file: str
) -> None:
    folder: Path = request.getfixturevalue(handbook)
    (folder / path_of(file)).unlink(missing_ok=True)
    result = rolebook("-C", folder, "new", "programme", file)
    assert (result.code, result.err) == (0, "")
    told = [diagnostic for diagnostic in found(folder) if diagnostic.span.path == path_of(file)]
    assert {diagnostic.rule.name for diagnostic in told} == {"missing-key"}
    assert result.out.startswith(f"Made {path_of(file)}\n")
    assert f"Fill in the {len(told)} empty places" in result.out
    assert max(map(len, (folder / path_of(file)).read_text(encoding="utf-8").splitlines())) <= LONGEST


@pytest.mark.parametrize("file", FILES)
def test_once_filled_in_there_is_nothing_left_to_say(given: Path, rolebook: Rolebook, file: str) -> None:
    rolebook("-C", given, "new", "programme", file)
    fill_in(given, file)
    if file == "communication":
        text = (given / path_of(file)).read_text(encoding="utf-8")
        (given / path_of(file)).write_text(re.sub(r"  - id: .*\n", DATED, text), encoding="utf-8")
    assert [(one.rule.code, one.finding.message) for one in found(given) if one.span.path == path_of(file)] == []
    assert load(given).handbook.lost == ()


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_there_stays_as_it_is(given: Path, rolebook: Rolebook, file: str) -> None:
    rolebook("-C", given, "new", "programme", file)
    before = (given / path_of(file)).read_bytes()
    again = rolebook("-C", given, "new", "programme", file)
    assert again == (2, "", f"rolebook: there is a file {path_of(file)} already\n")
    assert (given / path_of(file)).read_bytes() == before


def test_what_has_only_been_begun_is_no_reason_for_a_note(given: Path, rolebook: Rolebook) -> None:
    """Nothing that something new takes into account stands in the files of the programme."""
    for file in FILES:
        assert rolebook("-C", given, "new", "programme", file).err == ""
    assert rolebook("-C", given, "new", "role", "fresh").err == ""


def test_files_stand_in_the_order_in_which_they_are_begun(rolebook: Rolebook) -> None:
    shown = re.findall(r"^  ([a-z-]+)  +[A-Z]", rolebook("new", "programme", "--help").out, flags=re.MULTILINE)
    assert shown == ["targets", "plan", "steps", "business-case", "scorecard", "momentum", "communication"]


def test_targets_and_steps_begin_with_all_that_there_are(given: Path, rolebook: Rolebook) -> None:
    rolebook("-C", given, "new", "programme", "targets")
    rolebook("-C", given, "new", "programme", "steps", "--owner", "incident-manager")
    targets = (given / path_of("targets")).read_text(encoding="utf-8")
    assert re.findall(r"^  - process: (\S+)", targets, flags=re.MULTILINE) == list(load(given).handbook.processes)
    fill_in(given, "steps")
    steps = load(given).handbook.steps
    assert steps is not None
    assert tuple(step.step for step in steps.steps) == STEPS
    assert all(step.left and step.owner == "incident-manager" and progress(step) == NOT_BEGUN for step in steps.steps)


def test_a_plan_knows_who_wants_it_who_runs_it_and_its_phases(given: Path, rolebook: Rolebook) -> None:
    people = ("--sponsor", "change-manager", "--lead", "incident-manager")
    phases = ("--phase", "look", "--phase", "change")
    rolebook("-C", given, "new", "programme", "plan", "--name", "Branches: open on time", *people, *phases)
    fill_in(given, "plan")
    plan = load(given).handbook.programme
    assert plan is not None
    assert (plan.name, plan.terms.sponsor, plan.terms.lead) == (
        "Branches: open on time",
        "change-manager",
        "incident-manager",
    )
    assert [phase.id for phase in plan.phases] == ["look", "change"]
    assert [milestone.phase for milestone in plan.milestones] == ["look"]


def test_a_business_case_names_the_improvements_that_it_cannot_reckon(given: Path, rolebook: Rolebook) -> None:
    told = rolebook("-C", given, "new", "programme", "business-case", "--years", "5", "--discount", "4.5")
    assert "'cost' and 'saves' to the improvements that do not say both: 1 of 1 (swarming).\n" in told.out
    assert "Fill in the 2 empty places" in told.out
    improvement = given / "process_defs/improvements/swarming.yaml"
    with improvement.open("a", encoding="utf-8") as file:
        file.write("cost: {once: 100}\nsaves: {per_year: 100}\n")
    (given / path_of("business-case")).unlink()
    assert "say both" not in rolebook("-C", given, "new", "programme", "business-case").out
    improvement.unlink()
    (given / path_of("business-case")).unlink()
    assert "Write in each improvement what it costs" in rolebook("-C", given, "new", "programme", "business-case").out


def test_a_scorecard_has_a_place_for_each_kpi_that_is_named(given: Path, rolebook: Rolebook) -> None:
    named = ("--kpi", "incident/time-to-restore", "--shared", "incident/time-to-restore")
    assert "Fill in the 4 empty places" in rolebook("-C", given, "new", "programme", "scorecard", *named).out
    fill_in(given, "scorecard")
    scorecard = load(given).handbook.scorecard
    assert scorecard is not None
    assert [figure.kpi for figure in scorecard.customers] == ["incident/time-to-restore"]
    assert [shared.kpi for shared in scorecard.shared] == ["incident/time-to-restore"]


def test_a_scorecard_of_shared_kpis_alone_says_nothing_of_customers(given: Path, rolebook: Rolebook) -> None:
    told = rolebook("-C", given, "new", "programme", "scorecard", "--shared", "incident/time-to-restore")
    assert "Fill in the 2 empty places" in told.out
    assert "customers" not in told.out


def test_a_success_is_an_improvement_that_is_thanked_for(given: Path, rolebook: Rolebook) -> None:
    told = rolebook("-C", given, "new", "programme", "momentum", "--success", "swarming")
    assert "once it is achieved" not in told.out
    fill_in(given, "momentum")
    momentum = load(given).handbook.momentum
    assert momentum is not None
    (success,) = momentum.successes
    assert success.improvement == "swarming"
    assert success.celebrated is not None
    assert momentum.suggestions == ()


def test_a_success_that_is_none_yet_is_told(given: Path, rolebook: Rolebook) -> None:
    improvement = given / "process_defs/improvements/swarming.yaml"
    text = improvement.read_text(encoding="utf-8")
    improvement.write_text(text.replace("status: achieved", "status: in-progress"), encoding="utf-8")
    told = rolebook("-C", given, "new", "programme", "momentum", "--success", "swarming")
    assert "- 'swarming' is in progress: celebrate it once it is achieved.\n" in told.out


REFUSED = {
    "programme plan --sponsor change-manger": "there is no role 'change-manger'. Did you mean 'change-manager'?",
    "programme plan --phase Look": "'Look' is not an id",
    "programme steps --owner nobody": "there is no role 'nobody'. Make it first: rolebook new role nobody",
    "programme scorecard --kpi time-to-restore": (
        "there is no KPI 'time-to-restore'. Did you mean 'incident/time-to-restore'?"
    ),
    "programme scorecard --shared sums": "there is no KPI 'sums'. There are: incident/time-to-restore",
    "programme momentum --success swarmin": "there is no improvement 'swarmin'. Did you mean 'swarming'?",
    "programme business-case --years 99": "'99' cannot be 'years' of a business case: that is a whole number from 1 to",
    "programme business-case --years 2.5": "'2.5' cannot be 'years'",
    "programme business-case --discount 4,5": "'4,5' cannot be 'discount' of a business case: that is a number, with",
    "programme business-case --caution 101": "'101' cannot be 'caution'",
    "measurements incidents": "there is no process 'incidents'. Did you mean 'incident'?",
    "measurements ../incident": "'../incident' is not an id",
    "measurements change": "the process 'change' has no KPI to be measured. Add 'kpis' to it first.",
    "measurements incident --since 2026-11": "2026-11 is not over yet. Name a month up to 2026-10.",
    "measurements incident --since 1926-11": "1926-11 is too long ago. Name a month from 2016-11 on.",
    "measurements incident --since 2026-13": "'2026-13' is a month that there is not.",
    "measurements incident --since 10/2026": "'10/2026' is not a month, written YYYY-MM. Write 2026-10.",
}


@pytest.mark.parametrize("asked", REFUSED)
def test_what_does_not_fit_in_is_refused_with_the_way_out(given: Path, rolebook: Rolebook, asked: str) -> None:
    result = rolebook("-C", given, "new", *asked.split())
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"rolebook: {REFUSED[asked]}")
    assert not (given / PROGRAMME).exists()
    assert not (given / TABLE).exists()


def test_a_name_near_that_of_a_file_is_offered(given: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", given, "new", "programme", "business_case")
    assert result.code == 2
    assert "there is no file 'business_case'. Did you mean 'business-case'?" in result.err


def test_of_many_that_could_be_meant_the_first_are_named(reference: Path, rolebook: Rolebook) -> None:
    (reference / path_of("scorecard")).unlink()
    result = rolebook("-C", reference, "new", "programme", "scorecard", "--kpi", "nothing/of-this-kind")
    assert result.err.count("/") == 1 + 10
    assert result.err.endswith(" …\n")


def table(folder: Path) -> list[str]:
    """The lines of the table below its first one."""
    first, *lines = (folder / TABLE).read_text(encoding="utf-8").splitlines()
    assert first == "kpi,month,value,note"
    return lines


def test_a_table_has_a_line_for_each_kpi_and_the_last_month_that_is_over(given: Path, rolebook: Rolebook) -> None:
    compare(given)
    result = rolebook("-C", given, "new", "measurements", "incident", "--today", "2026-01-05")
    assert (result.code, result.err) == (0, "")
    assert table(given) == ["time-to-restore,2025-12,,"]
    assert {one.rule.name for one in found(given) if one.span.path == TABLE} == {"missing-key"}
    assert "- Fill in the empty place: 'rolebook check' points at it.\n" in result.out
    assert "in the unit of its KPI: time-to-restore in hours.\n" in result.out
    assert "improvements compare" not in result.out
    again = rolebook("-C", given, "new", "measurements", "incident")
    assert again == (2, "", f"rolebook: there is a file {TABLE} already\n")


def test_what_improvements_compare_has_its_lines(given: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", given, "new", "measurements", "incident")
    assert table(given) == [f"time-to-restore,{month},," for month in ("2025-11", "2026-05", "2026-10")]
    assert "- Fill in the earlier months, too: improvements compare them" in result.out


@pytest.mark.parametrize(
    "end", ["before: 2025-11, after: 2026-11}", "before: 2025-11, after: 2026-05}\nstatus: rejected"]
)
def test_what_is_still_to_come_or_was_rejected_has_none(given: Path, rolebook: Rolebook, end: str) -> None:
    compare(given, f"measured: {{kpi: incident/time-to-restore, {end}")
    improvement = given / "process_defs/improvements/swarming.yaml"
    if "rejected" in end:
        text = improvement.read_text(encoding="utf-8")
        improvement.write_text(text.replace("status: achieved\n", ""), encoding="utf-8")
    rolebook("-C", given, "new", "measurements", "incident")
    begun = [] if "rejected" in end else ["time-to-restore,2025-11,,"]
    assert table(given) == [*begun, "time-to-restore,2026-10,,"]


def test_a_table_can_begin_earlier_and_once_filled_in_asks_for_a_baseline_as_was_said(
    given: Path, rolebook: Rolebook
) -> None:
    result = rolebook("-C", given, "new", "measurements", "incident", "--since", "2026-04")
    months = ["2025-11", *(f"2026-{month:02}" for month in range(4, 11))]
    assert table(given) == [f"time-to-restore,{month},," for month in months]
    text = (given / TABLE).read_text(encoding="utf-8")
    (given / TABLE).write_text(text.replace(",,\n", ",4.5,\n"), encoding="utf-8")
    assert {one.rule.code for one in found(given)} == {"RB715", "RB718"}  # no baseline, and a gap after 2025-11
    kpi_says(given, f"{MONTHLY}    baseline: {{value: 9, date: 2025-11-30}}\n")
    assert "- Write in the process the 'baseline' of 'time-to-restore': the value" in result.out
    assert {one.rule.code for one in found(given)} == {"RB718"}
    (given / TABLE).unlink()
    assert "baseline" not in rolebook("-C", given, "new", "measurements", "incident").out


@pytest.mark.parametrize(
    ("every", "months"),
    [
        ("week", ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"]),
        ("quarter", ["2026-07", "2026-10"]),
        ("half-year", ["2026-07"]),
    ],
)
def test_periods_end_as_that_of_the_baseline_did(
    given: Path, rolebook: Rolebook, every: str, months: list[str]
) -> None:
    compare(given)
    kpi_says(given, f"    measured_every: {every}\n    baseline: {{value: 9, date: 2026-01-31}}\n")
    rolebook("-C", given, "new", "measurements", "incident", "--since", "2026-05")
    assert table(given) == [f"time-to-restore,{month},," for month in months]


@pytest.mark.parametrize(
    ("every", "months"),
    [
        ("quarter", ["2025-12", "2026-06", "2026-09"]),
        ("half-year", ["2025-12", "2026-06"]),
        ("year", ["2025-12"]),
    ],
)
def test_without_a_baseline_they_end_as_those_of_the_calendar(
    given: Path, rolebook: Rolebook, every: str, months: list[str]
) -> None:
    """The months that the improvement compares, 2025-11 and 2026-05, stand for the periods in which they lie."""
    kpi_says(given, f"    measured_every: {every}\n")
    rolebook("-C", given, "new", "measurements", "incident")
    assert table(given) == [f"time-to-restore,{month},," for month in months]


def test_what_is_not_measured_yet_has_no_line(given: Path, rolebook: Rolebook) -> None:
    kpi_says(given, f"{MONTHLY}    measured_from: 2026-10\n")
    rolebook("-C", given, "new", "measurements", "incident", "--since", "2026-08")
    assert table(given) == ["time-to-restore,2026-10,,"]
    (given / TABLE).unlink()
    result = rolebook("-C", given, "new", "measurements", "incident", "--today", "2026-10-31")
    message = "no KPI of 'incident' has a whole period behind it yet. Measuring begins in 2026-10."
    assert result == (2, "", f"rolebook: {message}\n")


def test_what_has_no_line_yet_is_named_with_its_time(reference: Path, rolebook: Rolebook) -> None:
    (reference / "process_defs/measurements/availability-management.csv").unlink()
    result = rolebook("-C", reference, "new", "measurements", "availability-management", "--since", "2026-10")
    (told,) = re.findall(r"^- Add lines for (.*) once a whole quarter is over\.$", result.out, flags=re.MULTILINE)
    named = set(re.findall(r"'([a-z-]+)'", told))
    kpis = load(ROOT).handbook.processes["availability-management"].kpis
    lines = (reference / "process_defs/measurements/availability-management.csv").read_text(encoding="utf-8")
    assert named == {str(kpi.id) for kpi in kpis if f"\n{kpi.id}," not in lines}
    assert named


def test_a_process_that_cannot_be_read_is_to_be_mended_first(given: Path, rolebook: Rolebook) -> None:
    process = given / "process_defs/processes/incident.yaml"
    process.write_text("name: [", encoding="utf-8")
    mend = "Mend process_defs/processes/incident.yaml first: it cannot be read.\n"
    told = rolebook("-C", given, "new", "measurements", "incident")
    assert told.err == f"rolebook: there is no process 'incident'. {mend}"
    told = rolebook("-C", given, "new", "programme", "scorecard", "--kpi", "incident/time-to-restore")
    assert told.err == f"rolebook: there is no KPI 'incident/time-to-restore'. {mend}"
