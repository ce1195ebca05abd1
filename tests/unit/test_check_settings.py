"""What `process_defs/checks.yaml` changes, in a handbook whose matrix gives a role two letters (RB206, a warning)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from rolebook.checks import findings
from rolebook.loading import load
from rolebook.loading.schema import schema
from rolebook.model.kinds import KINDS
from tests.conftest import TODAY, Result

SETTINGS = "process_defs/checks.yaml"
MATRIX = "raci/matrices/change.yaml"
Found = list[tuple[str, str]]
"""Code and severity of each finding."""


@pytest.fixture
def faulty(given: Path) -> Path:
    matrix = given / MATRIX
    text = matrix.read_text(encoding="utf-8")
    matrix.write_text(text.replace("C: specialist}", "C: specialist, I: specialist}"), encoding="utf-8")
    return given


def found(handbook: Path, settings: str) -> Found:
    (handbook / SETTINGS).write_text(settings, encoding="utf-8")
    diagnostics = findings(load(handbook), date.fromisoformat(TODAY)).diagnostics
    return [(diagnostic.rule.code, str(diagnostic.rule.severity)) for diagnostic in diagnostics]


def setting(code: str, severity: str) -> str:
    return f"  - check: {code}\n    severity: {severity}\n    reason: It is agreed.\n"


@pytest.mark.parametrize(
    ("severity", "expected"),
    [("error", [("RB206", "error")]), ("warning", [("RB206", "warning")]), ("off", []), ('"off"', [])],
)
def test_a_finding_weighs_what_is_settled(severity: str, expected: Found, faulty: Path) -> None:
    assert found(faulty, "checks:\n" + setting("RB206", severity)) == expected


def test_other_checks_weigh_as_usual(faulty: Path) -> None:
    assert found(faulty, "checks:\n" + setting("RB205", "off")) == [("RB206", "warning")]


@pytest.mark.parametrize("code", ["RB005", "RB015", "RB017"])
@pytest.mark.parametrize("severity", ["warning", "off"])
def test_an_error_of_reading_stays_one(code: str, severity: str, given: Path) -> None:
    bad = "shift: day\n" if code == "RB005" else "# rolebook: ignore RB206\n"
    role = given / "raci/roles/agent.yaml"
    role.write_text(role.read_text(encoding="utf-8") + bad, encoding="utf-8")
    errors = {
        found_code for found_code, weight in found(given, "checks:\n" + setting(code, severity)) if weight == "error"
    }
    assert errors == {code, "RB017"} if code == "RB005" else errors == {"RB015", "RB017"}


def test_a_warning_of_reading_can_be_turned_off(given: Path) -> None:
    role = given / "raci/roles/agent.yaml"
    role.write_text(role.read_text(encoding="utf-8") + "aliases: Agent #old\n", encoding="utf-8")
    assert found(given, "checks: []\n") == [("RB012", "warning")]
    assert found(given, "checks:\n" + setting("RB012", "off")) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("RB206", [("RB007", "error"), ("RB206", "warning")]),
        ("  - check: RB206\n    severity: off\n", [("RB006", "error")]),
        ("  - check: RB206\n    severity: low\n    reason: x\n", [("RB009", "error"), ("RB206", "warning")]),
        ("  - chek: RB206\n    severity: off\n    reason: x\n", [("RB005", "error"), ("RB206", "warning")]),
    ],
)
def test_the_file_is_read_as_strictly_as_every_other(written: str, expected: Found, faulty: Path) -> None:
    assert found(faulty, f"checks:\n{written}" if "\n" in written else f"checks: {written}\n") == expected


@pytest.mark.parametrize(
    ("code", "help"),
    [
        ("rb206", "Did you mean 'RB206' (redundant-letters)?"),
        ("RB2006", "Did you mean 'RB206' (redundant-letters)?"),
        ("206", "Did you mean 'RB206' (redundant-letters)?"),
        ("redundant letters", "Did you mean 'RB206' (redundant-letters)?"),
        ("RB990", "Write the code of a check as the finding shows it, such as 'RB205'."),
    ],
)
def test_a_slip_in_a_code_is_answered_with_the_one_that_was_meant(code: str, help: str, given: Path) -> None:
    (given / SETTINGS).write_text("checks:\n" + setting(code, "off"), encoding="utf-8")
    (unclear,) = findings(load(given), date.fromisoformat(TODAY)).diagnostics
    assert (unclear.rule.code, unclear.finding.help) == ("RB017", help)


@pytest.mark.parametrize(
    ("limit", "code"),
    [("consulted: 0", "RB205"), ("accountable: 3", "RB210"), ("fulfils: 1", "RB404")],
)
def test_a_limit_is_what_is_settled(limit: str, code: str, given: Path) -> None:
    assert found(given, "limits: {}\n") == []
    assert {found_code for found_code, _ in found(given, f"limits:\n  {limit}\n")} == {code}


def test_a_limit_that_is_no_number_leaves_the_usual_one(given: Path) -> None:
    assert found(given, "limits: {consulted: few}\n") == [("RB007", "error")]


def test_an_error_that_was_a_warning_fails_the_check_and_one_that_is_off_does_not(
    faulty: Path, rolebook: Callable[..., Result]
) -> None:
    for severity, code in (("error", 1), ("warning", 0)):
        (faulty / SETTINGS).write_text("checks:\n" + setting("RB206", severity), encoding="utf-8")
        result = rolebook("--directory", faulty, "check", "--today", TODAY)
        assert result.code == code
        assert f"{severity}[RB206]" in result.out
    (faulty / SETTINGS).write_text("checks:\n" + setting("RB206", "off"), encoding="utf-8")
    assert rolebook("--directory", faulty, "check", "--strict", "--today", TODAY).code == 0


def test_the_schema_takes_off_however_an_editor_reads_it() -> None:
    validator = jsonschema.Draft7Validator(schema(next(kind for kind in KINDS if kind.name == "checks")))
    plain = yaml.safe_load("checks:\n" + setting("RB206", "off"))
    quoted = yaml.safe_load("checks:\n" + setting("RB206", '"off"'))
    assert validator.is_valid(plain)
    assert validator.is_valid(quoted)
    assert not validator.is_valid(yaml.safe_load("checks:\n" + setting("RB206", "low")))
