"""What a comment hides, in a handbook with one fault: its matrix gives a role two letters (RB206)."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import Findings, findings
from rolebook.checks.flood import MOST_IN_A_FILE
from rolebook.diagnostic import Diagnostic
from rolebook.loading import load
from tests.conftest import TODAY

MATRIX = "raci/matrices/change.yaml"
FAULTY = "assess: {R: change-manager, A: change-manager, C: specialist, I: specialist}"
REST = "carry-out: {R: specialist, A: change-manager, I: agent}"


def check(handbook: Path) -> Findings:
    return findings(load(handbook), date.fromisoformat(TODAY))


def suppressed_by(given: Path, comment: str) -> Findings:
    """What is found where the comment stands on the line of the fault."""
    (given / MATRIX).write_text(f"{FAULTY} {comment}\n{REST}\n", encoding="utf-8")
    return check(given)


def codes(diagnostics: Sequence[Diagnostic]) -> list[str]:
    return [diagnostic.rule.code for diagnostic in diagnostics]


def mended(line: str, diagnostic: Diagnostic) -> str:
    assert diagnostic.finding.fix
    (edit,) = diagnostic.finding.fix.edits
    return line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]


@pytest.mark.parametrize(
    "comment",
    [
        "# rolebook: ignore RB206 - asked, then told",
        "#rolebook:ignore RB206 – asked, then told",
        "# see the minutes # rolebook: ignore RB206 - asked, then told",
        "# yamllint disable-line # rolebook:  ignore  RB206  --  asked",
    ],
)
def test_a_clear_comment_hides_the_finding(comment: str, given: Path) -> None:
    found = suppressed_by(given, comment)
    assert (codes(found.diagnostics), codes(found.suppressed)) == ([], ["RB206"])


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# rolebook: ignore RB206", "there is no reason for ignoring 'RB206'"),
        ("# rolebook: ignore RB206 -", "there is no reason for ignoring 'RB206'"),
        ("# rolebook: ignore RB206 asked, then told", "there is no reason for ignoring 'RB206'"),
        ("# rolebook: ignore - asked, then told", "this comment names no check to ignore"),
        ("# rolebook: ignore", "this comment names no check to ignore"),
        ("# rolebook: RB206 - asked, then told", "this comment does not say what to ignore"),
        ("# rolebook: ignore rb206 - asked", "there is no check 'rb206'"),
        ("# rolebook: ignore RB002 - asked", "'RB002' cannot be ignored"),
    ],
)
def test_an_unclear_comment_hides_nothing_and_is_reported(comment: str, message: str, given: Path) -> None:
    found = suppressed_by(given, comment)
    assert (sorted(codes(found.diagnostics)), found.suppressed) == (["RB015", "RB206"], ())
    assert message in [diagnostic.finding.message for diagnostic in found.diagnostics]


def test_a_word_about_rolebook_is_an_ordinary_comment(given: Path) -> None:
    assert codes(suppressed_by(given, "# rolebook finds this").diagnostics) == ["RB206"]


def test_an_unknown_code_does_not_spoil_the_others(given: Path) -> None:
    found = suppressed_by(given, "# rolebook: ignore RB206, redundant-leters - asked")
    assert (codes(found.diagnostics), codes(found.suppressed)) == (["RB015"], ["RB206"])
    (unclear,) = found.diagnostics
    assert unclear.finding.help == "Did you mean 'RB206' (redundant-letters)?"
    line = (given / MATRIX).read_text(encoding="utf-8").splitlines()[0]
    assert mended(line, unclear) == f"{FAULTY} # rolebook: ignore RB206, RB206 - asked"


def test_only_the_line_and_the_codes_that_are_named_are_hidden(given: Path) -> None:
    comment = "# rolebook: ignore RB205 - asked"
    (given / MATRIX).write_text(f"{FAULTY} {comment}\n{REST} {comment.replace('5', '6')}\n", encoding="utf-8")
    found = check(given)
    assert (sorted(codes(found.diagnostics)), found.suppressed) == (["RB016", "RB016", "RB206"], ())


def test_what_concerns_a_whole_file_is_hidden_on_its_first_line(given: Path) -> None:
    (given / MATRIX).unlink()
    process = given / "process_defs/processes/change.yaml"
    process.write_text("# rolebook: ignore RB204 - the board decides in May\n" + process.read_text(encoding="utf-8"))
    found = check(given)
    assert "RB204" not in codes(found.diagnostics)
    assert codes(found.suppressed) == ["RB204"]


def test_a_warning_of_reading_can_be_hidden(given: Path) -> None:
    role = given / "raci/roles/agent.yaml"
    line = "aliases: Agent #old # rolebook: ignore RB012 - it is a comment"
    role.write_text(f"{role.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    assert codes(check(given).suppressed) == ["RB012"]


def test_an_unused_comment_is_taken_out_by_its_fix(given: Path) -> None:
    line = f"{REST}  # rolebook: ignore RB206 - asked"
    (given / MATRIX).write_text(f"assess: {{R: specialist, A: change-manager}}\n{line}\n", encoding="utf-8")
    (unused,) = [d for d in check(given).diagnostics if d.rule.code == "RB016"]
    assert mended(line, unused) == REST


def test_an_unused_code_is_taken_out_by_its_fix_and_the_others_stay(given: Path) -> None:
    comment = "# rolebook: ignore RB205, RB206 - asked"
    found = suppressed_by(given, comment)
    (unused,) = found.diagnostics
    assert unused.finding.message == "nothing of 'RB205' is found on this line"
    assert mended(f"{FAULTY} {comment}", unused) == f"{FAULTY} # rolebook: ignore RB206 - asked"


def test_nothing_counts_as_unused_while_a_file_cannot_be_read(given: Path) -> None:
    (given / MATRIX).write_text(
        f"assess: {{R: specialist}} # rolebook: ignore RB206 - asked\n{REST}\n", encoding="utf-8"
    )
    assert "RB016" in codes(check(given).diagnostics)
    (given / "raci/roles/agent.yaml").write_text("name: [", encoding="utf-8")
    assert "RB016" not in codes(check(given).diagnostics)


def test_ten_thousand_unclear_comments_take_no_longer_than_reading_them(given: Path) -> None:
    comments = "".join(f"# rolebook: ignore RB{number} - why\n" for number in range(1000, 11_000))
    (given / MATRIX).write_text(f"{comments}{FAULTY}\n{REST}\n", encoding="utf-8")
    found = codes(check(given).diagnostics)
    assert found.count("RB015") == MOST_IN_A_FILE + 1
