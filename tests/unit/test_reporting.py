"""How a diagnostic reads on a terminal and as JSON, whatever an author wrote."""

import json

import pytest

from rolebook.diagnostic import READING, Diagnostic, Edit, Finding, Fix, Related
from rolebook.reporting import Report, plain, text, words
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


@pytest.mark.parametrize(
    ("line", "before", "carets"),
    [
        ("日本\té: ab", 8, 2),
        ("e\u0301e\u0301: ab", 4, 2),  # accents of their own
        ("ที่นี่: ab", 4, 2),  # Thai vowels and tones stand above their letters
        ("\u1112\u116c\u110b\u1174: ab", 6, 2),  # Korean, as some systems write it: letter by letter
        ("a\u200bb: ab", 12, 2),  # shown as <U+200B>
        ("k: 役割", 3, 4),
        ("🙂: ab", 4, 2),
    ],
)
def test_carets_stand_below_the_words_that_are_meant(line: str, before: int, carets: int) -> None:
    span = Span("f.yaml", 1, len(line) - 1, 1, len(line) + 1)
    assert shown(Finding(span, "m"), line)[3] == f"  | {' ' * before}{'^' * carets}"


def test_a_long_line_is_cut_around_the_place_and_says_so() -> None:
    lines = shown(Finding(Span("f.yaml", 1, 5001, 1, 5004), "m"), "x" * 5000 + "abc" + "y" * 5000)
    assert lines[2] == f"1 | …{'x' * 60}abc{'y' * 57}…"
    assert lines[3] == f"  | {' ' * 61}^^^"


def test_a_long_line_that_begins_with_the_place_is_cut_behind_it() -> None:
    lines = shown(Finding(Span("f.yaml", 1, 1, 1, 300), "m"), "x" * 400)
    assert lines[2:4] == [f"1 | {'x' * 120}…", f"  | {'^' * 120}"]


def test_a_long_line_that_ends_with_the_place_is_cut_before_it() -> None:
    lines = shown(Finding(Span("f.yaml", 1, 399, 1, 401), "m"), "x" * 398 + "ab")
    assert lines[2:4] == [f"1 | …{'x' * 60}ab", f"  | {' ' * 61}^^"]


def test_a_line_of_wide_letters_is_cut_by_the_room_that_they_take() -> None:
    lines = shown(Finding(Span("f.yaml", 1, 101, 1, 103), "m"), "役" * 100 + "割割" + "役" * 100)
    assert lines[2] == f"1 | …{'役' * 30}割割{'役' * 28}…"
    assert lines[3] == f"  | {' ' * 61}^^^^"


def test_a_place_behind_the_end_of_its_line_still_has_a_caret() -> None:
    assert shown(Finding(Span("f.yaml", 1, 3, 1, 3), "m"), "ab")[3] == "  |   ^"
    assert shown(Finding(Span("f.yaml", 1, 90, 1, 95), "m"), "ab")[3] == "  |   ^"


def test_what_spans_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert shown(Finding(Span("f.yaml", 1, 4, 3, 2), "m"), "a: [b,", "c,", "d]")[2:4] == ["1 | a: [b,", "  |    ^^^"]


def test_a_place_on_an_empty_line_or_behind_the_last_shows_no_line() -> None:
    assert shown(Finding(Span("f.yaml", 1, 1, 1, 1), "m"), " ") == ["f.yaml:1:1: error[RB005] m", ""]
    assert shown(Finding(Span("f.yaml", 7, 1, 7, 1), "m"), "a") == ["f.yaml:7:1: error[RB005] m", ""]


def test_nothing_an_author_wrote_can_forge_a_line_or_reorder_one() -> None:
    finding = Finding(Span("f.yaml", 1, 1, 1, 4), "'a\nerror: \u202eforged\x1b[31m' is odd")
    lines = shown(finding, "a\u202eb\x1b[0m")
    assert lines[0] == "f.yaml:1:1: error[RB005] 'a<U+000A>error: <U+202E>forged<U+001B>[31m' is odd"
    assert lines[2] == "1 | a<U+202E>b<U+001B>[0m"


def test_the_summary_counts_in_words() -> None:
    error = Diagnostic(READING["unknown-key"], Finding(Span.of_file("f"), "m"))
    warning = Diagnostic(READING["split-sentence"], Finding(Span.of_file("f"), "m"))
    two, three = {"a": (), "b": ()}, {"a": (), "b": (), "c": ()}
    assert text.summary(Report([], three)) == "3 files checked: no findings"
    assert text.summary(Report([error], {"f": ()})) == "1 file checked: 1 error"
    assert text.summary(Report([error, warning, warning], two)) == "2 files checked: 1 error and 2 warnings"
    besides = Report([warning], two, left_out=1, suppressed=2)
    assert text.summary(besides) == "2 files checked: 1 warning (1 finding left out, 2 findings suppressed)"


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


def test_numbers_of_things_and_sizes_are_written_as_people_read_them() -> None:
    numbers = ((0, "0 files"), (1, "1 file"), (2, "2 files"), (12_000, "12,000 files"))
    assert [words.counted(number, "file") for number, _ in numbers] == [told for _, told in numbers]
    sizes = ((40, "0.0 kB"), (9_940, "9.9 kB"), (99_999, "100.0 kB"), (100_000, "0.1 MB"), (64_000_000, "64.0 MB"))
    assert [words.size(count) for count, _ in sizes] == [told for _, told in sizes]


def test_a_place_shows_every_character_of_its_path() -> None:
    assert words.at(Span("a\u202eb.yaml", 3, 4, 3, 5)) == "a<U+202E>b.yaml:3:4"
    assert words.at_line(Span("f.yaml", 3, 4, 3, 5)) == "f.yaml:3"
