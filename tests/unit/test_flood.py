"""What is left of very many findings: the first of them, and how many there are more."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings, findings
from rolebook.checks.flood import MOST_IN_A_FILE, MOST_IN_ALL, cut_short
from rolebook.diagnostic import Diagnostic, Finding, Rule
from rolebook.loading import load
from rolebook.source import Span
from tests.conftest import TODAY

ROLE = "raci/roles/agent.yaml"


def found(code: str, path: str, lines: Iterable[int]) -> list[Diagnostic]:
    """A finding of a code on each of some lines."""
    rule = Rule(code, "name", "Summary.")
    return [Diagnostic(rule, Finding(Span(path, line, 1, line, 2), f"fact {line}")) for line in lines]


def told(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str, int, str]]:
    return [(d.rule.code, d.span.path, d.span.line, d.finding.message) for d in diagnostics]


def test_what_people_can_read_stays_as_it_is() -> None:
    few = [*found("RB101", "a.yaml", range(100)), *found("RB102", "a.yaml", range(100))]
    assert cut_short(few) == tuple(few)


def test_of_a_code_in_a_file_the_rest_is_counted_where_it_begins() -> None:
    many = found("RB101", "a.yaml", range(1, 151))
    others = found("RB102", "a.yaml", range(151, 161))
    kept = told(cut_short([*many, *others]))
    assert kept[:100] == told(many[:100])
    assert kept[100] == ("RB101", "a.yaml", 101, "50 more of this kind are found from here on, in this file")
    assert kept[101:] == told(others)


def test_a_single_one_is_told_rather_than_counted() -> None:
    many = found("RB101", "a.yaml", range(MOST_IN_A_FILE + 1))
    assert cut_short(many) == tuple(many)


def test_of_a_code_in_many_files_the_rest_is_counted_once() -> None:
    many = [one for number in range(1_500) for one in found("RB101", f"{number:04}.yaml", [1, 2])]
    kept = told(cut_short(many))
    assert kept[:-1] == told(many[:MOST_IN_ALL])
    message = "2,000 more of this kind are found from here on, in this file and 999 after it"
    assert kept[-1] == ("RB101", "0500.yaml", 1, message)


def test_what_is_left_out_of_a_file_does_not_count_for_all() -> None:
    many = [*found("RB101", "a.yaml", range(5_000)), *found("RB101", "b.yaml", range(10))]
    assert told(cut_short(many))[-10:] == told(many[-10:])


def test_the_rest_of_all_begins_within_a_file() -> None:
    many = [one for number in range(11) for one in found("RB101", f"{number:02}.yaml", range(1, 96))]
    kept = told(cut_short(many))
    assert len(kept) == MOST_IN_ALL + 1
    assert kept[-1] == ("RB101", "10.yaml", 51, "45 more of this kind are found from here on, in this file")


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_the_rest_weighs_as_much_as_the_findings_that_it_counts(severity: str, given: Path) -> None:
    settings = f"checks:\n  - check: RB101\n    severity: {severity}\n    reason: It is agreed.\n"
    (given / "process_defs/checks.yaml").write_text(settings)
    loaded = load(overrun(given))
    shown = findings(loaded, date.fromisoformat(TODAY)).diagnostics
    assert [diagnostic.rule.severity for diagnostic in shown] == [severity] * (MOST_IN_A_FILE + 1)


def test_to_compare_handbooks_each_finding_is_there(given: Path) -> None:
    loaded = load(overrun(given))
    assert len(all_findings(loaded, date.fromisoformat(TODAY))) == 300


def test_what_a_comment_hides_is_not_counted(given: Path) -> None:
    role = overrun(given) / ROLE
    lines = role.read_text().splitlines()
    hidden = [f"{line} # rolebook: ignore RB101 - to come" if "role-" in line else line for line in lines[:-60]]
    role.write_text("\n".join([*hidden, *lines[-60:], ""]))
    result = findings(load(given), date.fromisoformat(TODAY))
    assert (len(result.diagnostics), len(result.suppressed)) == (60, 240)


def overrun(handbook: Path) -> Path:
    """A handbook with a role that 300 others stand in for, none of which exists."""
    file = handbook / ROLE
    kept = file.read_text().replace("deputies: specialist\n", "")
    file.write_text(f"{kept}deputies:\n  - specialist\n" + "".join(f"  - role-{number}\n" for number in range(300)))
    return handbook
