"""What editors, GitHub and GitLab are told, letter for letter, whatever an author wrote."""

import json
from pathlib import Path
from typing import Any

import pytest

from rolebook.diagnostic import READING, Diagnostic, Finding, Related
from rolebook.reporting import FORMATS, Part, Report, plain, show
from rolebook.reporting.repository import from_root
from rolebook.source import Span

PLACE = Span("raci/f.yaml", 2, 6, 2, 10)


def error(message: str, span: Span = PLACE, help: str = "", *related: Related) -> Diagnostic:
    return Diagnostic(READING["unknown-key"], Finding(span, message, help, related))


def warning(message: str) -> Diagnostic:
    return Diagnostic(READING["split-sentence"], Finding(PLACE, message))


def shown(format: str, *diagnostics: Diagnostic, from_root: str = "") -> list[str]:
    return list(show(format, Report(diagnostics, {"raci/f.yaml": ()}, from_root), plain))


def quality(*diagnostics: Diagnostic, from_root: str = "") -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads("".join(shown("gitlab", *diagnostics, from_root=from_root)))
    return entries


def moved(diagnostic: Diagnostic) -> Diagnostic:
    """The same finding, ten lines further down."""
    span, finding = diagnostic.span, diagnostic.finding
    lower = Span(span.path, span.line + 10, span.column, span.end_line + 10, span.end_column)
    return Diagnostic(diagnostic.rule, Finding(lower, finding.message, finding.help))


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_needs_a_finding(format: str) -> None:
    assert shown(format)


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_lets_an_author_bring_in_controls_or_lone_surrogates(format: str) -> None:
    hostile = "a\n::error::forged\r\x1b[31m\u202e\u2028\udcff"
    report = "\n".join(shown(format, error(hostile, Span(hostile, 1, 1, 1, 2), hostile, Related(PLACE, hostile))))
    assert not {"\r", "\x1b", "\u202e", "\u2028", "\udcff"} & set(report)
    assert "\n::error::forged" not in report
    report.encode()


@pytest.mark.parametrize("format", ["json", "gitlab", "sarif"])
def test_a_file_name_that_is_no_utf_8_gives_json_that_strict_readers_take(format: str) -> None:
    report = "\n".join(shown(format, error("m", Span("raci/r\udcf4le 🙂.yaml", 1, 1, 1, 2))))
    json.dumps(json.loads(report), ensure_ascii=False).encode()
    assert report.isascii()


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_is_missing_has_a_place_in_every_format(format: str) -> None:
    missing = Diagnostic(READING["missing-file"], Finding(Span.of_file("raci/functions.yaml"), "there is no file"))
    assert "raci/functions.yaml" in "\n".join(shown(format, missing))


def test_concise_is_a_line_for_each_finding_and_one_that_counts() -> None:
    assert shown("concise", error("'x' is odd", PLACE, "Mend it."), warning("w")) == [
        "raci/f.yaml:2:6: error[RB005] 'x' is odd",
        "raci/f.yaml:2:6: warning[RB011] w",
        "1 file checked: 1 error and 1 warning",
    ]


def test_github_gets_a_command_with_the_place_from_the_root_of_the_repository() -> None:
    assert shown("github", error("'x' is odd"), warning("w"), from_root="docs/handbook/") == [
        (
            "::error file=docs/handbook/raci/f.yaml,line=2,col=6,endLine=2,endColumn=10,title=RB005 unknown-key::"
            "docs/handbook/raci/f.yaml:2:6: 'x' is odd"
        ),
        (
            "::warning file=docs/handbook/raci/f.yaml,line=2,col=6,endLine=2,endColumn=10,title=RB011 split-sentence::"
            "docs/handbook/raci/f.yaml:2:6: w"
        ),
        "1 file checked: 1 error and 1 warning",
    ]


def test_github_gets_related_places_and_help_in_lines_of_their_own() -> None:
    related = Related(Span("g.yaml", 7, 1, 7, 2), "it is here")
    command = shown("github", error("m", PLACE, "Look there.", related), from_root="h/")[0]
    assert command.partition("::h/")[2] == "raci/f.yaml:2:6: m%0Ait is here: h/g.yaml:7:1%0Ahelp: Look there."


def test_github_gets_no_columns_for_what_spans_several_lines() -> None:
    command = shown("github", error("m", Span("f.yaml", 2, 6, 4, 1)))[0]
    assert command.startswith("::error file=f.yaml,line=2,endLine=4,title=")


def test_github_gets_its_own_signs_escaped() -> None:
    command = shown("github", error("100%, a:b", Span("a,b:c%.yaml", 1, 1, 1, 2)))[0]
    assert command.startswith("::error file=a%2Cb%3Ac%25.yaml,line=1,")
    assert command.endswith("::a,b:c%25.yaml:1:1: 100%25, a:b")


def test_github_gets_the_parts_under_headings() -> None:
    parts = [(Part.CHANGED, [error("a")]), (Part.NEW, [error("b")]), (Part.BEFORE, [warning("c")])]
    report = Report([error("a"), error("b"), warning("c")], {"raci/f.yaml": ()}, parts=parts)
    lines = list(show("github", report, plain))
    assert [line for line in lines if not line.startswith("::")] == [
        "In files you changed:",
        "New elsewhere in the handbook:",
        "Elsewhere in the handbook, and there before:",
        "1 file checked: 2 errors and 1 warning (1 in files you changed, 1 new elsewhere)",
    ]
    assert lines[1].endswith("2:6: a")


def test_gitlab_gets_a_path_as_it_is() -> None:
    path = "raci/job descriptions/100%, a:b.yaml"
    assert quality(error("m", Span(path, 1, 1, 1, 1)))[0]["location"] == {"path": path, "lines": {"begin": 1}}


def test_gitlab_gets_the_documented_keys_and_no_others() -> None:
    entry = quality(error("'x' is odd", PLACE, "Mend it."), from_root="docs/handbook/")[0]
    fingerprint = entry.pop("fingerprint")
    assert entry == {
        "description": "'x' is odd. Mend it.",
        "check_name": "RB005 unknown-key",
        "severity": "major",
        "location": {"path": "docs/handbook/raci/f.yaml", "lines": {"begin": 2}},
    }
    assert len(fingerprint) == 64


def test_gitlab_takes_a_warning_for_minor() -> None:
    assert quality(warning("w"))[0]["severity"] == "minor"


def test_a_fingerprint_stays_when_lines_move_or_the_help_is_reworded() -> None:
    before = quality(error("m", PLACE, "Do this."))
    after = quality(error("before it", Span("raci/a.yaml", 1, 1, 1, 2)), moved(error("m", PLACE, "Do that.")))
    assert after[1]["fingerprint"] == before[0]["fingerprint"]


def test_each_finding_has_a_fingerprint_of_its_own() -> None:
    other_file = error("m", Span("raci/g.yaml", 2, 6, 2, 10))
    entries = quality(error("m"), moved(error("m")), error("n"), warning("m"), other_file)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_the_root_is_the_nearest_folder_above_with_a_repository(tmp_path: Path) -> None:
    handbook = tmp_path / "outer/inner/docs/handbook"
    handbook.mkdir(parents=True)
    (tmp_path / "outer/.git").mkdir()
    assert from_root(handbook) == "inner/docs/handbook/"
    (tmp_path / "outer/inner/.git").write_text("gitdir: ../.git/worktrees/inner\n", encoding="utf-8")
    assert from_root(handbook) == "docs/handbook/"
    assert from_root(tmp_path / "outer/inner") == ""


def test_the_handbook_is_its_own_root_where_there_is_no_repository(tmp_path: Path) -> None:
    assert from_root(tmp_path) == ""
