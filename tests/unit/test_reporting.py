"""How a diagnostic reads on a terminal and as JSON, whatever an author wrote."""

import json

from rolebook.diagnostic import READING, Diagnostic, Edit, Finding, Fix, Related
from rolebook.reporting import Report, plain, text
from rolebook.reporting import json as json_report
from rolebook.source import Span


def shown(finding: Finding, *lines: str) -> list[str]:
    return list(text.report([Diagnostic(READING["unknown-key"], finding)], {"f.yaml": lines}))


def test_a_finding_shows_its_place_its_line_with_carets_related_places_and_help() -> None:
    finding = Finding(
        Span("f.yaml", 2, 6, 2, 10),
        "'lead' is not here",
        "Look there.",
        (Related(Span("g.yaml", 7, 1, 7, 2), "it is here"),),
    )
    assert shown(finding, "first", "  a: lead # x") == [
        "f.yaml:2:6: error[RB005] 'lead' is not here",
        "  |",
        "2 |   a: lead # x",
        "  |      ^^^^",
        "  = it is here: g.yaml:7:1",
        "  = help: Look there.",
        "",
    ]


def test_a_file_that_could_not_be_opened_shows_no_line() -> None:
    assert shown(Finding(Span.of_file("x.yaml"), "no file")) == ["x.yaml:1:1: error[RB005] no file", ""]


def test_carets_stand_below_wide_letters_and_tabs() -> None:
    lines = shown(Finding(Span("f.yaml", 1, 7, 1, 9), "m"), "日本\té: ab")
    assert lines[2:4] == ["1 | 日本 é: ab", "  |         ^^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    lines = shown(Finding(Span("f.yaml", 1, 5001, 1, 5004), "m"), "x" * 5000 + "abc" + "y" * 5000)
    assert len(lines[2]) < 200
    assert lines[2][lines[3].index("^") :].startswith("abc")


def test_nothing_an_author_wrote_can_forge_a_line_or_reorder_one() -> None:
    finding = Finding(Span("f.yaml", 1, 1, 1, 4), "'a\nerror: \u202eforged\x1b[31m' is odd")
    lines = shown(finding, "a\u202eb\x1b[0m")
    assert lines[0] == "f.yaml:1:1: error[RB005] 'a<U+000A>error: <U+202E>forged<U+001B>[31m' is odd"
    assert lines[2] == "1 | a<U+202E>b<U+001B>[0m"


def test_the_summary_counts_in_words() -> None:
    error = Diagnostic(READING["unknown-key"], Finding(Span.of_file("f"), "m"))
    warning = Diagnostic(READING["split-sentence"], Finding(Span.of_file("f"), "m"))
    assert text.summary([], 3) == "3 files checked: no findings"
    assert text.summary([error], 1) == "1 file checked: 1 error"
    assert text.summary([error, warning, warning], 2) == "2 files checked: 1 error and 2 warnings"
    assert text.summary([warning], 2, left_out=1) == "2 files checked: 1 warning (1 finding left out)"


def test_json_holds_everything_that_is_known_of_a_finding() -> None:
    edit = Edit(Span("f.yaml", 1, 2, 1, 3), "é")
    finding = Finding(
        Span("f.yaml", 1, 2, 3, 4), "m", "h", (Related(Span("g.yaml", 5, 6, 5, 7), "r"),), Fix("t", False, (edit,))
    )
    report = Report([Diagnostic(READING["unknown-key"], finding)], {})
    assert json.loads("".join(json_report.show(report, plain))) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "RB005",
                "name": "unknown-key",
                "severity": "error",
                "message": "m",
                "path": "f.yaml",
                "line": 1,
                "column": 2,
                "end_line": 3,
                "end_column": 4,
                "help": "h",
                "related": [{"path": "g.yaml", "line": 5, "column": 6, "message": "r"}],
                "fix": {
                    "title": "t",
                    "safe": False,
                    "edits": [{"path": "f.yaml", "line": 1, "column": 2, "end_line": 1, "end_column": 3, "text": "é"}],
                },
            }
        ],
        "summary": {"errors": 1, "warnings": 0},
    }
