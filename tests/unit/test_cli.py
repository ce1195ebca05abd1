"""The command line: what it prints, and the exit code that goes with it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook.cli import terminal
from rolebook.cli.main import CouldNotRun
from rolebook.cli.terminal import style, telling
from rolebook.reporting import FORMATS, plain
from tests.conftest import ROOT, TODAY, Result

Run = Callable[..., Result]


def broken(handbook: Path) -> Path:
    """The handbook with a role misspelt in a matrix."""
    matrix = handbook / "raci/matrices/incident.yaml"
    matrix.write_text(matrix.read_text(encoding="utf-8").replace("R: agent", "R: agnet", 1), encoding="utf-8")
    return handbook


def test_a_clean_handbook_gives_0_and_one_line(rolebook: Run, given: Path) -> None:
    result = rolebook("--directory", given, "check", "--today", TODAY)
    assert (result.code, result.err) == (0, "")
    assert result.out.endswith("files checked: no findings\n")


def test_an_error_gives_1_with_file_line_column_and_the_name_that_was_meant(rolebook: Run, given: Path) -> None:
    result = rolebook("--directory", broken(given), "check", "--today", TODAY)
    assert result.code == 1
    assert "raci/matrices/incident.yaml:1:10: error[RB101]" in result.out
    assert "'agent'" in result.out


def test_a_warning_gives_0_and_with_strict_1(rolebook: Run, given: Path) -> None:
    arguments = ("--directory", given, "check", "--today", "2027-06-01")
    assert rolebook(*arguments).code == 0
    assert "warning[RB801]" in rolebook(*arguments).out
    assert rolebook(*arguments, "--strict").code == 1


def test_json_is_one_object(rolebook: Run, given: Path) -> None:
    result = rolebook("--directory", broken(given), "check", "--format", "json", "--today", TODAY)
    report = json.loads(result.out)
    assert result.code == 1
    assert report["version"] == 1
    assert report["summary"]["errors"] == len(report["diagnostics"])
    assert report["diagnostics"][0].keys() == {
        *("code", "name", "severity", "message", "path", "line", "column", "end_line", "end_column"),
        *("help", "related", "fix"),
    }


@pytest.mark.parametrize(
    ("format", "shown"),
    [
        ("text", "\n  = help: Write 'agent'.\n"),
        ("concise", "raci/matrices/incident.yaml:1:10: error[RB101] there is no role 'agnet'\n"),
        ("json", '"path": "raci/matrices/incident.yaml"'),
        ("github", "::error file=docs/handbook/raci/matrices/incident.yaml,line=1,col=10,"),
        ("gitlab", '"path": "docs/handbook/raci/matrices/incident.yaml"'),
        ("sarif", '"uri": "docs/handbook/raci/matrices/incident.yaml"'),
    ],
)
def test_each_format_shows_the_finding_and_gives_1(
    rolebook: Run, given: Path, tmp_path: Path, format: str, shown: str
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    handbook = broken(given).rename(tmp_path / "docs/handbook")
    result = rolebook("--directory", handbook, "check", "--format", format, "--today", TODAY)
    assert (result.code, result.err) == (1, "")
    assert shown in result.out


def test_a_repair_in_sarif_mends_the_file(rolebook: Run, given: Path) -> None:
    whole = (given / "raci/matrices/incident.yaml").read_text(encoding="utf-8")
    report = json.loads(rolebook("--directory", broken(given), "check", "--format", "sarif", "--today", TODAY).out)
    (change,) = report["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    file = given / change["artifactLocation"]["uri"]
    lines, region = file.read_text(encoding="utf-8").splitlines(keepends=True), replacement["deletedRegion"]
    line = lines[region["startLine"] - 1]
    new = line[: region["startColumn"] - 1] + replacement["insertedContent"]["text"] + line[region["endColumn"] - 1 :]
    lines[region["startLine"] - 1] = new
    assert "".join(lines) == whole


def test_only_the_module_of_the_format_that_is_asked_for_is_imported(given: Path) -> None:
    run = "import sys; from rolebook.cli.main import main; main(); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", run, "--directory", str(given), "check", "--today", TODAY, "--format", "concise"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    imported = {format for format in FORMATS if f"rolebook.reporting.{format}" in ran.stderr.split()}
    assert imported == {"text", "concise"}


def overdue(rolebook: Run, handbook: Path, *arguments: str) -> Result:
    """`check` of the broken handbook on a day when every review is overdue: 1 error, 5 warnings."""
    return rolebook(
        "--directory", broken(handbook), "check", "--format", "concise", "--today", "2027-06-01", *arguments
    )


@pytest.mark.parametrize(
    ("arguments", "codes", "last", "code"),
    [
        ((), {"RB101", "RB801"}, "1 error and 5 warnings", 1),
        (("--select", "RB8"), {"RB801"}, "5 warnings (1 finding left out)", 0),
        (("--select", "rb8", "--strict"), {"RB801"}, "5 warnings (1 finding left out)", 1),
        (("--select", "RB8, RB101"), {"RB101", "RB801"}, "1 error and 5 warnings", 1),
        (("--select", "RB8", "--select", "RB101"), {"RB101", "RB801"}, "1 error and 5 warnings", 1),
        (("--ignore", "RB801"), {"RB101"}, "1 error (5 findings left out)", 1),
        (("--ignore", "RB1,RB8", "--strict"), set(), "no findings (6 findings left out)", 0),
        (("--select", "RB8", "--ignore", "RB801"), set(), "no findings (6 findings left out)", 0),
    ],
)
def test_only_what_is_chosen_is_shown_and_counted(
    rolebook: Run, given: Path, arguments: tuple[str, ...], codes: set[str], last: str, code: int
) -> None:
    result = overdue(rolebook, given, *arguments)
    *findings, summary = result.out.splitlines()
    assert {line.partition("[")[2].partition("]")[0] for line in findings} == codes
    assert summary.partition(" checked: ")[2] == last
    assert result.code == code


@pytest.mark.parametrize("arguments", [("--select", "RB2"), ("--select", "RB0", "--ignore", "RB011,RB012"), ()])
def test_what_could_not_be_read_is_shown_whatever_is_chosen(
    rolebook: Run, given: Path, arguments: tuple[str, ...]
) -> None:
    (given / "raci/roles/agent.yaml").write_text("name: [\n", encoding="utf-8")
    result = overdue(rolebook, given, *arguments)
    assert "raci/roles/agent.yaml:" in result.out
    assert "error[RB001]" in result.out
    assert result.code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "RB2O3"], "there is no check 'RB2O3': did you mean 'RB203'?"),
        (["--ignore", "unknown-reference"], "no check 'unknown-reference': did you mean 'RB101'?"),
        (["--ignore", "RB99"], "there is no check 'RB99': 'rolebook explain' lists them all"),
        (["--select", "R"], "there is no check 'R'"),
        (["--select", "RB2,,RB3"], "--select has a gap where a code should stand"),
        (["--ignore", "RB005"], "'RB005' cannot be ignored: what cannot be read is not checked"),
        (["--ignore", "RB0"], "'RB0' cannot be ignored: it takes in RB001"),
        (["--ignore", "RB"], "'RB' cannot be ignored: it takes in RB001"),
        (["--select", "\x1b[31m"], "there is no check '<U+001B>[31m'"),
    ],
)
def test_a_code_that_does_not_exist_or_must_not_be_ignored_gives_2_and_one_line(
    rolebook: Run, given: Path, arguments: list[str], said: str
) -> None:
    result = rolebook("--directory", given, "check", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("rolebook: ")
    assert said in result.err
    assert len(result.err.splitlines()) == 1


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert style() is plain
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert style()("x", "error") == "\x1b[31m\x1b[1mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert style() is plain
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert style() is plain


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], patience: float) -> str:
    """What `telling` writes about work that takes a second, where patience ends after so many."""
    monkeypatch.setattr(terminal, "_PATIENCE", patience)
    with telling("Reading the handbook"):
        time.sleep(1 if patience < 1 else 0)
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_long_work_is_told_on_a_terminal_and_wiped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert told(monkeypatch, capsys, 0) == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert told(monkeypatch, capsys, 0) == "Reading the handbook …\r\x1b[K"
    assert told(monkeypatch, capsys, 60) == ""
    monkeypatch.setenv("TERM", "dumb")
    assert told(monkeypatch, capsys, 0) == ""


def test_work_that_fails_wipes_what_was_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        time.sleep(0.2)
        raise CouldNotRun("no")

    monkeypatch.setattr(terminal, "_PATIENCE", 0.01)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with pytest.raises(CouldNotRun), telling("Reading the handbook"):
        fail()
    assert capsys.readouterr().err.endswith("\r\x1b[K")


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_no_handbook_gives_2_and_says_what_is_expected(rolebook: Run, tmp_path: Path, command: str) -> None:
    result = rolebook("--directory", tmp_path, command)
    assert (result.code, result.out) == (2, "")
    assert "process_defs/" in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "Did you mean 'check'?"),
        (["check", "--formt", "json"], "--format"),
        (["check", "--today", "22.11.2026"], "is not a date like 2026-02-28"),
        (["explain", "RB999"], "there is no check 'RB999'"),
        (["schema", "rol"], "rol"),
    ],
)
def test_a_slip_in_the_call_gives_2_and_help(rolebook: Run, arguments: list[str], said: str) -> None:
    result = rolebook(*arguments)
    assert result.code == 2
    assert said in result.err


def test_explain_prints_the_page_by_code_and_by_name(rolebook: Run) -> None:
    page = rolebook("explain", "RB202").out
    assert page.startswith("# RB202 several-accountable")
    assert rolebook("explain", "several-accountable").out == page
    assert rolebook("explain", "rb202").out == page


def test_explain_lists_every_check(rolebook: Run) -> None:
    listed = [line.split()[0] for line in rolebook("explain").out.splitlines()]
    assert listed == sorted(path.stem for path in (ROOT / "docs/checks").glob("RB*.md"))


def test_the_schema_offers_the_ids_of_the_handbook(rolebook: Run, given: Path) -> None:
    schema = json.loads(rolebook("--directory", given, "schema", "job").out)
    offered = schema["properties"]["reports_to"]["anyOf"]
    assert {"const": "head-of-service", "title": "Head of Service"} in offered


def test_today_comes_from_the_environment_where_it_is_not_said(
    rolebook: Run, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1811894400")  # 2027-06-02
    assert "RB801" in rolebook("--directory", given, "check").out
    assert "RB801" not in rolebook("--directory", given, "check", "--today", TODAY).out


def test_today_is_what_the_call_says_then_what_the_settings_say_then_the_environment(
    rolebook: Run, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = "site_name: Given\ntheme: material\nplugins:\n  - search\n  - rolebook:\n      today: 2027-06-02\n"
    (given / "mkdocs.yml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")  # 2026-11-22
    for command in ("check", "build"):
        assert "RB801" in rolebook("--directory", given, command).out
        assert "RB801" not in rolebook("--directory", given, command, "--today", TODAY).out


def test_an_environment_that_names_no_day_gives_2(rolebook: Run, given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = rolebook("--directory", given, "check")
    assert (result.code, result.out) == (2, "")
    assert result.err == "rolebook: today is no day: SOURCE_DATE_EPOCH=yesterday\n"


def test_build_stops_at_errors_and_leaves_the_old_site(rolebook: Run, given: Path, tmp_path: Path) -> None:
    (given / "mkdocs.yml").write_text("site_name: Given\ntheme: material\n", encoding="utf-8")
    site = tmp_path / "site"
    assert rolebook("--directory", given, "build", "--today", TODAY, "--output", site).code == 0
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    result = rolebook("--directory", broken(given), "build", "--today", TODAY, "--output", site)
    assert result.code == 1
    assert "RB101" in result.out
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_build_refuses_settings_that_could_run_something(rolebook: Run, given: Path) -> None:
    (given / "mkdocs.yml").write_text("site_name: Given\ntheme: material\nhooks: [evil.py]\n", encoding="utf-8")
    result = rolebook("--directory", given, "build", "--today", TODAY)
    assert result.code == 1
    assert "mkdocs.yml:3:1: error[RB005] 'hooks'" in result.out
    assert not (given / "site").exists()


def test_a_reader_that_goes_away_is_no_traceback(given: Path) -> None:
    command = [sys.executable, "-m", "rolebook", "--directory", str(broken(given)), "check"]
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(command, check=False, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert "Traceback" not in ran.stderr


def test_a_full_disk_gives_2_and_one_line(given: Path) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "rolebook", "--directory", str(given), "check"]
        ran = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE, text=True)
    assert ran.returncode == 2
    assert len(ran.stderr.splitlines()) == 1
    assert "Traceback" not in ran.stderr


def test_folders_that_lead_elsewhere_are_no_handbook(rolebook: Run, given: Path, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    linked.mkdir()
    (linked / "process_defs").symlink_to(given / "process_defs")
    (linked / "raci").symlink_to(given / "raci")
    result = rolebook("--directory", linked, "check")
    assert (result.code, result.out) == (2, "")
    assert "is a link" in result.err


def test_a_file_that_leads_elsewhere_is_not_opened(rolebook: Run, given: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: Secret\n", encoding="utf-8")
    role = given / "raci/roles/agent.yaml"
    role.unlink()
    role.symlink_to(secret)
    result = rolebook("--directory", given, "check", "--today", TODAY)
    assert result.code == 1
    assert "raci/roles/agent.yaml:1:1: error[RB010] this is a link" in result.out
    assert "Secret" not in result.out


def slipped(given: Path) -> Path:
    """A handbook with a role that was merged and is still named; a safe repair."""
    (given / "raci/roles/first-line.yaml").write_text(
        "name: Call Taker\nstatus: merged\nmerged_into: agent\nfunction: service-desk\npurpose: Answer.\n"
    )
    matrix = given / "raci/matrices/incident.yaml"
    matrix.write_text(matrix.read_text().replace("diagnose: {R: agent,", "diagnose: {R: first-line,  # by day\n ", 1))
    return matrix


def test_fix_shows_a_patch_and_writes_nothing(rolebook: Callable[..., Result], given: Path) -> None:
    matrix = slipped(given)
    before = matrix.read_bytes()
    result = rolebook("--directory", given, "check", "--today", "2026-06-30", "--fix", "--diff")
    assert result.code == 1
    assert "-diagnose: {R: first-line,  # by day" in result.out
    assert "+diagnose: {R: agent,  # by day" in result.out
    assert matrix.read_bytes() == before


def test_fix_repairs_and_tells_what_is_left(rolebook: Callable[..., Result], given: Path) -> None:
    matrix = slipped(given)
    result = rolebook("--directory", given, "check", "--today", "2026-06-30", "--fix")
    assert (result.code, result.err) == (0, "Repaired 1 finding in 1 file.\n")
    assert result.out.endswith("checked: no findings\n")
    assert "diagnose: {R: agent,  # by day" in matrix.read_text()
    again = rolebook("--directory", given, "check", "--today", "2026-06-30", "--fix", "--diff")
    assert (again.code, again.out) == (0, "")


@pytest.mark.parametrize("option", ["--unsafe-fixes", "--diff"])
def test_what_goes_with_fix_does_not_go_alone(option: str, rolebook: Callable[..., Result], given: Path) -> None:
    result = rolebook("--directory", given, "check", option)
    assert result.code == 2
    assert "go with --fix" in result.err


def test_what_is_suppressed_is_counted(rolebook: Callable[..., Result], given: Path) -> None:
    role = given / "raci/roles/archivist.yaml"
    role.write_text("name: Archivist  # rolebook: ignore RB105 - founded next month\nfunction: it\npurpose: Keep.\n")
    result = rolebook("--directory", given, "check", "--today", "2026-06-30")
    assert result.out.endswith("no findings (1 finding suppressed)\n")
    sarif = ("--directory", given, "check", "--today", "2026-06-30", "--format", "sarif")
    assert json.loads(rolebook(*sarif).out)["runs"][0]["results"] == []
    (hidden,) = json.loads(rolebook(*sarif, "--show-suppressed").out)["runs"][0]["results"]
    (suppression,) = hidden["suppressions"]
    assert (hidden["ruleId"], suppression["justification"]) == ("RB105", "founded next month")
    assert json.loads(rolebook(*sarif, "--show-suppressed", "--select", "RB2").out)["runs"][0]["results"] == []


def test_what_is_suppressed_is_shown_in_sarif_alone(rolebook: Callable[..., Result], given: Path) -> None:
    result = rolebook("--directory", given, "check", "--show-suppressed")
    assert result.code == 2
    assert "--show-suppressed goes with --format sarif" in result.err
