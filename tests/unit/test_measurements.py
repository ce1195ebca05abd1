"""Tables of measurements: plain ones are read fast, as the general reader would; others are told what is wrong."""

import shutil
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as cases
from hypothesis import strategies as st

from benchmarks.handbooks import write_handbook
from benchmarks.measurements import AS_OF, tables, write_tables
from rolebook.checks import CHECKS, all_findings, every_finding
from rolebook.diagnostic import Diagnostic, Edit
from rolebook.editing.text.refusal import CannotEdit
from rolebook.editing.text.rewriting import rewritten
from rolebook.loading import load
from rolebook.loading.measurements import read_measurements
from rolebook.loading.reading import Reading
from rolebook.loading.tables import read_rows
from rolebook.model.figures import figures
from rolebook.model.kinds import MEASUREMENTS
from rolebook.model.measurement import Measurement, PlainTable
from rolebook.source import Span
from rolebook.source.table import MAX_LINES
from tests.conftest import ROOT, Result

PATH = MEASUREMENTS.path("incident")
TITLE = MEASUREMENTS.title
HEADER = "kpi,month,value,note"
TODAY = date(2026, 6, 30)
OWN = [check for check in CHECKS if check.rule.code in ("RB101", "RB717")]
Run = Callable[..., Result]


def read(data: bytes) -> tuple[Sequence[Measurement], Reading, tuple[str, ...]]:
    return read_measurements(PATH, data, TITLE, "incident")


def told(*lines: str, header: str = HEADER) -> list[tuple[str, int, int, str]]:
    """What is found in a table while it is read: code, line, column and message."""
    _, reading, _ = read("".join(f"{line}\n" for line in (header, *lines)).encode())
    return [(d.rule.code, d.span.line, d.span.column, d.finding.message) for d in reading.diagnostics]


def helped(line: str) -> str:
    """What is said to do about the only thing that is wrong with a line."""
    _, reading, _ = read(f"{HEADER}\n{line}\n".encode())
    (diagnostic,) = reading.diagnostics
    return diagnostic.finding.help


def everything(row: Measurement) -> tuple[object, ...]:
    """A measurement with the places of all that it says."""
    said = (row.kpi, row.month, row.value, row.note)
    texts = tuple((str(text), text.span, text.inset) for text in (row.kpi, row.month, row.note) if text is not None)
    return row.span, said, texts, row.value.span, str(row.value)


# Plain tables, and what they have in common with others

KPI = st.sampled_from(["restore-time", "time-9", "a", "null", "Restore", "", "x--y", " a"])
MONTH = st.sampled_from(["2026-01", "2026-12", "0001-02", "2026-13", "2026-1", "2026-01-31", ""])
VALUE = st.sampled_from(
    ["9", "-9", "0", "-0.50", "007", "9.5", "12.500", "0.125", "-1.250", "1234.500", "9,5", "+3", "1e3", "9" * 16, ""]
)
NOTE = st.sampled_from(
    [
        "",
        "storm",
        "A wet week",
        "3 depots",
        "2.",
        "100 %",
        "ä",
        "=a",
        "-",
        '"a, b"',
        '"a ""b"""',
        '" a"',
        '"3"',
        "a ",
        "?",
    ]
)
PLAIN = st.tuples(
    st.sampled_from(["restore-time", "time-9", "a"]),
    st.sampled_from(["2026-01", "2026-12", "1999-10"]),
    st.sampled_from(["9", "-9", "0.50", "-1.5", "99.72"]),
    st.sampled_from(["", "storm", "3 of 5 depots", '"a, b"', "größer"]),
)
END = st.sampled_from(["\n", "\r\n", "\n\n"])


@cases(
    st.lists(PLAIN | st.tuples(KPI, MONTH, VALUE, NOTE), max_size=6), st.sampled_from([4, 4, 4, 3]), END, st.booleans()
)
def test_what_is_read_fast_is_what_the_general_reader_reads(
    rows: list[tuple[str, ...]], columns: int, end: str, has_mark: bool
) -> None:
    lines = (",".join(HEADER.split(",")[:columns]), *(",".join(row[:columns]) for row in rows))
    data = ("\ufeff" * has_mark + "".join(f"{line}{end}" for line in lines)).encode()
    found, reading, written = read(data)
    expected, general, general_lines = read_rows(PATH, data, Measurement, TITLE, home="incident")
    if isinstance(found, PlainTable):
        assert not general.diagnostics
        assert [*map(everything, found)] == [*map(everything, expected)]
        assert [(text, text.span, text.inset) for text in reading.texts] == [
            (text, text.span, text.inset) for text in general.texts
        ]
    assert written == general_lines
    first = {str(reference.text): reference for reference in reversed(general.references)}
    assert sorted(reading.references) == sorted(first.values())
    assert [one.text.span for one in sorted(reading.references)] == [one.text.span for one in sorted(first.values())]


@cases(st.lists(PLAIN, max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_a_plain_table_is_read_fast(rows: list[tuple[str, ...]], end: str, has_mark: bool, is_ended: bool) -> None:
    text = end.join((HEADER, *map(",".join, rows))) + end * is_ended
    found, reading, _ = read(("\ufeff" * has_mark + text).encode())
    assert isinstance(found, PlainTable)
    assert not reading.diagnostics
    assert [(row.kpi, row.month, str(row.value), row.note or "") for row in found] == [
        (*row[:3], row[3].strip('"')) for row in rows
    ]


def test_the_tables_of_the_reference_handbook_are_plain() -> None:
    handbook = load(ROOT).handbook
    assert handbook.measurements
    assert [process for process, rows in handbook.measurements.items() if not isinstance(rows, PlainTable)] == []


def test_a_plain_table_is_a_sequence() -> None:
    found, _, _ = read(f"{HEADER}\na,2026-01,1,\nb,2026-02,2,\n".encode())
    assert len(found) == 2
    assert found[1] == found[-1] == [*found][1]
    assert found[:1] == (found[0],)
    assert found[0].span == Span(PATH, 2, 1, 2, 13)


def test_a_table_without_lines_is_no_fault() -> None:
    found, reading, _ = read(f"{HEADER}\n".encode())
    assert (len(found), reading.diagnostics) == (0, [])


def test_a_kpi_is_one_reference_however_often_it_is_measured() -> None:
    for tail in ("", " "):  # read fast, and as any table
        _, reading, _ = read(f"{HEADER}\na,2026-01,1,{tail}\nb,2026-01,1,\na,2026-02,2,\n".encode())
        assert [(str(one.text), one.text.span.line, one.home) for one in reading.references] == [
            ("a", 2, "incident"),
            ("b", 3, "incident"),
        ]


# What is wrong with a line

FIVE = "this line has 5 cells, and the table 4 columns"


@pytest.mark.parametrize(
    ("line", "code", "column", "message"),
    [
        ("a,2026-01,9,5", "RB020", 13, "the note '5' behind the value 9 is only a number"),
        ('a,2026-01,9,"5 %"', "RB020", 13, "the note '5 %' behind the value 9 is only a number"),
        ("a,2026-01,9,5,", "RB020", 11, "this line has 5 cells, and the table 4 columns: '9,5' is read as two of them"),
        (
            "a,2026-01,12,500,x",
            "RB020",
            11,
            "this line has 5 cells, and the table 4 columns: '12,500' is read as two of them",
        ),
        ('a,2026-01,"9,5",', "RB007", 11, "'9,5' is not a number"),
        ('a,2026-01,"12,500",', "RB007", 11, "'12,500' is not a number"),
        ('a,2026-01,"12.500,00",', "RB007", 11, "'12.500,00' is not a number"),
        ("a,2026-01,12.500,", "RB007", 11, "'12.500' may mean 12500 or 12.5000"),
        ("a,2026-01,12 500,", "RB007", 11, "'12 500' is not a number"),
        ("a,2026-01,12'500,", "RB007", 11, "'12'500' is not a number"),
        ("a,2026-01,12 %,", "RB007", 11, "'12 %' is not a number"),
        ("a,2026-01,9.5 h,", "RB007", 11, "'9.5 h' is not a number"),
        ("a,2026-01,1e400,", "RB007", 11, "'1e400' is written with a power of ten, as spreadsheets shorten numbers"),
        (f"a,2026-01,{'9' * 16},", "RB007", 11, f"'{'9' * 16}' has too many digits"),
        ("a,2026-01,NaN,", "RB007", 11, "'NaN' is not a number"),
        ("a,2026-01,Infinity,", "RB007", 11, "'Infinity' is not a number"),
        ("a,2026-01,=A1,", "RB020", 11, "'=A1' may be taken for a formula"),
        ("a,2026-01,1,@now", "RB020", 13, "'@now' may be taken for a formula"),
        ("a,2026-01,,", "RB006", 11, "'value' is empty"),
        (",2026-01,1,", "RB006", 1, "'kpi' is empty"),
        ("a,2026-13,1,", "RB007", 3, "'2026-13' is a month that there is not"),
        ("a,2026-01-31,1,", "RB007", 3, "'2026-01-31' is not a month, written YYYY-MM"),
        ("a,Jan-26,1,", "RB007", 3, "'Jan-26' is not a month, written YYYY-MM"),
        ("a;2026-01;1;", "RB020", 1, "this line has 1 cell, and the table 4 columns"),
    ],
)
def test_what_is_wrong_with_a_measurement_is_told_at_its_cell(line: str, code: str, column: int, message: str) -> None:
    assert told("a,2025-01,1,", line) == [(code, 3, column, message)]


@pytest.mark.parametrize("value", ["9", "-9", "-5.5", "0.125", "99.72", "123456789012345"])
def test_a_number_is_a_number(value: str) -> None:
    assert told(f"a,2026-01,{value},", 'b,2026-01,1,"a ""quoted"" note"') == []


@pytest.mark.parametrize(
    ("value", "help"),
    [
        ('"9,5"', "Write 9.5."),
        ('"12,500"', "Write 12500 or 12.5000."),
        ('"12.500,00"', "Write 12500.00."),
        ('"1,234.5"', "Write 1234.5."),
        ("1.234.567", "Write 1234567."),
        ("12 500", "Write 12500."),
        ("12\u00a0500", "Write 12500."),
        ("12'500", "Write 12500."),
        ("12 %", "Write 12."),
        ("9.5 hours", "Write 9.5."),
        ('"-5,5"', "Write -5.5."),
        ("\u22125", "Write -5."),
        ("+5", "Write 5."),
        (".5", "Write 0.5."),
        ("€ 12", "Write 12."),
        ("two", "Write digits with a decimal point, no unit: 12000 or 9.5"),
        ("3/4", "Write digits with a decimal point, no unit: 12000 or 9.5"),
    ],
)
def test_the_number_that_was_meant_is_offered(value: str, help: str) -> None:
    assert helped(f"a,2026-01,{value},") == help


@pytest.mark.parametrize(
    ("month", "help"),
    [
        ("2026-01-31", "Write 2026-01."),
        ("31.01.2026", "Write 2026-01."),
        ("01/02/2026", "Write 2026-02 or 2026-01."),
        ("2026-1", "Write 2026-01."),
        ("2026/01", "Write 2026-01."),
        ("202601", "Write 2026-01."),
        ("01.2026", "Write 2026-01."),
        ("Jan-26", "Write 2026-01."),
        ("Mrz 26", "Write 2026-03."),
        ("26-Okt", "Write 2026-10."),
        ("September 2026", "Write 2026-09."),
        ("Q3 2026", "Write 2026-09."),
        ("2026-Q1", "Write 2026-03."),
        ("2026-13", "Check it: the year, a hyphen, and 01 to 12."),
        ("Ju 26", "Write it like 2026-04"),
        ("soon", "Write it like 2026-04"),
    ],
)
def test_the_month_that_was_meant_is_offered(month: str, help: str) -> None:
    assert helped(f"a,{month},1,") == help


def test_a_note_of_digits_is_offered_as_decimals_where_it_may_be_some() -> None:
    assert helped("a,2026-01,9,5").startswith("Write 9.5 if that is one number")
    assert helped("a,2026-01,9.1,5") == "Say it in words, or take it out."


def test_a_value_with_a_note_of_digits_is_not_taken() -> None:
    found, reading, _ = read(f"{HEADER}\na,2026-01,9,5\na,2026-02,8,\n".encode())
    assert [str(row.value) for row in found] == ["8"]
    assert reading.lost


@pytest.mark.parametrize(
    ("header", "code", "column", "message"),
    [
        ("kpi,month", "RB006", 1, "the column 'value' is missing"),
        ("kpi,month,value,remarks", "RB005", 17, "'remarks' is not a column of the table of measurements"),
        ("kpi,monht,value", "RB005", 5, "'monht' is not a column of the table of measurements"),
        ("kpi;month;value;note", "RB020", 4, "the cells are separated by semicolons, not by commas"),
        ("restore-time,2026-01,9,", "RB020", 1, "the first line does not name the columns"),
        ("", "RB020", 1, "the table is empty"),
    ],
)
def test_what_is_wrong_with_the_columns_is_told(header: str, code: str, column: int, message: str) -> None:
    assert told(header=header) == [(code, 1, column, message)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (f"{HEADER}\n".encode("utf-16"), "the file is written in UTF-16"),
        (f"{HEADER}\na,2026-01,1,grün\n".encode("cp1252"), "the file is not UTF-8 from here on"),
        (f"{HEADER}\n{f'a,2026-01,1,{chr(10)}' * MAX_LINES}".encode(), f"the table has more than {MAX_LINES:,} lines"),
        (b"a" * 1_000_001, "the file is larger than 1.0 MB"),
        (
            f"{HEADER}\na,2026-01,1,\u202eabc\n".encode(),
            "an invisible sign (U+202E) shows what follows in another order than it has",
        ),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, message: str) -> None:
    found, reading, _ = read(data)
    assert len(found) == 0
    assert [d.finding.message for d in reading.diagnostics] == [message]


def test_order_of_columns_blanks_and_blank_lines_do_not_count() -> None:
    found, reading, _ = read(b"value , kpi,month\n\n 9.5,a , 2026-01\n,,\n")
    assert not reading.diagnostics
    assert [(row.kpi, row.month, str(row.value)) for row in found] == [("a", "2026-01", "9.5")]


# What cannot be


def in_tables(handbook: Path, today: date = TODAY) -> list[Diagnostic]:
    """What is found in tables of measurements while they are read, and by the checks of what is possible."""
    found = every_finding(load(handbook), today, OWN).diagnostics
    return [diagnostic for diagnostic in found if diagnostic.span.path.startswith(MEASUREMENTS.folder)]


@pytest.fixture(name="measured")
def _measured(given: Path) -> Callable[..., list[tuple[str, int, str]]]:
    """Give the small handbook a table, and say what is found in it: code, line and message."""

    def found(*lines: str, process: str = "incident", today: date = TODAY) -> list[tuple[str, int, str]]:
        file = given / MEASUREMENTS.path(process)
        file.parent.mkdir(exist_ok=True)
        file.write_text("".join(f"{line}\n" for line in ("kpi,month,value,note", *lines)))
        return [(d.rule.code, d.span.line, d.finding.message) for d in in_tables(given, today)]

    return found


Measured = Callable[..., list[tuple[str, int, str]]]


def test_the_two_lines_of_a_month_are_named(measured: Measured, given: Path) -> None:
    assert measured("time-to-restore,2026-01,9,", "time-to-restore,2026-01,8,") == [
        ("RB717", 3, "'time-to-restore' has a value for 2026-01 already")
    ]
    (finding,) = [d.finding for d in in_tables(given) if d.rule.code == "RB717"]
    assert [(one.span.line, one.message) for one in finding.related] == [(2, "it is 9 here")]


@pytest.mark.parametrize(
    ("today", "is_told"), [("2026-04-15", True), ("2026-04-29", True), ("2026-04-30", False), ("2026-05-01", False)]
)
def test_a_month_counts_once_it_is_over_somewhere(measured: Measured, today: str, is_told: bool) -> None:
    assert bool(measured("time-to-restore,2026-04,9,", today=date.fromisoformat(today))) is is_told


def test_what_is_measured_each_week_has_a_value_before_the_month_is_over(measured: Measured, given: Path) -> None:
    _measured_every(given, "week")
    assert measured("time-to-restore,2026-04,9,", today=date(2026, 4, 10)) == []
    assert measured("time-to-restore,2026-05,9,", today=date(2026, 4, 10)) == [
        ("RB717", 2, "the month 2026-05 has not come yet")
    ]


def _measured_every(handbook: Path, rhythm: str, more: str = "") -> None:
    file = handbook / "process_defs/processes/incident.yaml"
    text = file.read_text().replace("measured_every: month", f"measured_every: {rhythm}{more}")
    file.write_text(text)


@pytest.mark.parametrize(
    ("rhythm", "baseline", "months", "told"),
    [
        ("quarter", "2025-12-31", "2025-03 2025-06 2025-12", ""),
        ("quarter", "2025-12-31", "2025-03 2025-05 2025-06", "2025-05"),
        ("quarter", "2025-11-30", "2025-02 2025-03", "2025-03"),
        ("quarter", "2025-12-10", "2025-02 2025-05 2025-08", ""),
        ("quarter", "", "2025-02 2025-05 2025-07 2025-08", "2025-07"),
        ("half-year", "2026-03-31", "2025-03 2025-09 2025-12", "2025-12"),
        ("year", "", "2024-06 2025-06 2026-05", "2026-05"),
        ("month", "2026-03-31", "2025-03 2025-04", ""),
    ],
)
def test_a_value_of_a_longer_time_is_that_of_its_last_month(
    measured: Measured, given: Path, rhythm: str, baseline: str, months: str, told: str
) -> None:
    more = f"\n    baseline: {{value: 9, date: {baseline}}}" if baseline else ""
    _measured_every(given, rhythm, more)
    lines = [f"time-to-restore,{month},9," for month in months.split()]
    found = measured(*lines)
    assert [(code, lines[line - 2].split(",")[1]) for code, line, _ in found] == ([("RB717", told)] if told else [])


def test_a_baseline_of_the_last_day_that_there_is_keeps_nobody_from_checking(measured: Measured, given: Path) -> None:
    _measured_every(given, "quarter", "\n    baseline: {value: 9, date: 9999-12-31}")
    assert measured("time-to-restore,2025-12,9,") == []


@pytest.mark.parametrize(
    ("unit", "better", "target", "value", "is_told"),
    [
        ("percent", "higher", "90", "101", True),
        ("percent", "higher", "90", "100", False),
        ("percent", "lower", "5", "-1", True),
        ("percent", "higher", "120", "130", False),
        ("percent", "higher", "-3", "-5", False),
        ("percent of the plan", "higher", "90", "104", False),
        ("%", "higher", "90", "955", True),
        ("hours", "lower", "4", "-1", True),
        ("working days", "lower", "4", "-1", True),
        ("hours", "higher", "4", "-1", False),
        ("hours", "lower", "0", "-1", False),
        ("incidents", "higher", "4", "-1", True),
        ("EUR", "higher", "4", "-1", False),
        ("degrees", "lower", "4", "-1", False),
    ],
)
def test_a_value_is_told_only_where_the_unit_forbids_it(
    measured: Measured, given: Path, unit: str, better: str, target: str, value: str, is_told: bool
) -> None:
    file = given / "process_defs/processes/incident.yaml"
    text = file.read_text().replace("unit: hours", f"unit: '{unit}'").replace("better: lower", f"better: {better}")
    file.write_text(text.replace("value: 4,", f"value: {target},"))
    assert [code for code, *_ in measured(f"time-to-restore,2026-01,{value},")] == ["RB717"] * is_told


@pytest.mark.parametrize(
    ("note", "is_told"), [("5 hours", True), ("5h", True), ("5 h.", True), ("5 branches", False), ("In 5 hours", False)]
)
def test_decimals_with_their_unit_are_no_note(measured: Measured, note: str, is_told: bool) -> None:
    assert [code for code, *_ in measured(f"time-to-restore,2026-01,9,{note}")] == ["RB717"] * is_told


def test_nothing_is_told_twice_about_a_kpi_that_there_is_not(measured: Measured) -> None:
    lines = [f"time-to-restor,2026-{month:02},-1," for month in range(1, 6)]
    assert measured(*lines) == [("RB101", 2, "this process has no KPI 'time-to-restor'")]


def test_a_table_of_no_process_says_where_it_belongs(measured: Measured, given: Path) -> None:
    assert measured("time-to-restore,2026-01,1,", process="incidnet") == [
        ("RB717", 1, "there is no process 'incidnet', whose KPIs are measured here")
    ]
    (finding,) = [d.finding for d in in_tables(given) if d.rule.code == "RB717"]
    assert finding.help == f"Rename it to {PATH}."
    measured("time-to-restore,2026-01,1,")
    (finding,) = [d.finding for d in in_tables(given) if d.rule.code == "RB717"]
    assert finding.help == f"Put its lines into {PATH}, and take this file away."


def test_nothing_is_concluded_of_a_process_that_cannot_be_read(measured: Measured, given: Path) -> None:
    (given / "process_defs/processes/incident.yaml").write_text("name: [\n")
    assert measured("time-to-restore,2026-01,1,") == []


def test_comments_hide_nothing_in_a_table_of_measurements(measured: Measured) -> None:
    assert [code for code, *_ in measured("nothing,2026-01,1,So # rolebook: ignore RB101 - a comment")] == ["RB101"]


def test_a_table_in_another_place_is_told(given: Path) -> None:
    (given / "process_defs/incident.csv").write_text(f"{HEADER}\n")
    assert [d.rule.code for d in load(given).diagnostics] == ["RB010"]


# Names that change


def table(handbook: Path, process: str = "incident") -> str:
    return (handbook / MEASUREMENTS.path(process)).read_text()


LINES = ("time-to-restore,2026-01,9,Wet", "time-to-restore,2026-02,8,", '"time-to-restore",2026-03,7,"a, b"')


@pytest.mark.parametrize("lines", [LINES[:2], LINES], ids=["plain", "quoted"])
def test_every_line_follows_a_kpi_that_is_renamed(
    measured: Measured, given: Path, rolebook: Run, lines: tuple[str, ...]
) -> None:
    assert measured(*lines) == []
    assert rolebook("-C", given, "rename", "kpi", "incident/time-to-restore", "back-again").code == 0
    assert table(given) == "".join(f"{one}\n" for one in (HEADER, *lines)).replace("time-to-restore", "back-again")
    assert not [d for d in all_findings(load(given), TODAY) if d.is_error]


def test_a_table_follows_its_process(measured: Measured, given: Path, rolebook: Run) -> None:
    measured(*LINES)
    before = table(given)
    assert rolebook("-C", given, "rename", "process", "incident", "faults").code == 0
    assert not (given / PATH).exists()
    assert table(given, "faults") == before
    assert not [d for d in all_findings(load(given), TODAY) if d.is_error]


def test_no_table_is_written_over(measured: Measured, given: Path, rolebook: Run) -> None:
    measured(*LINES)
    other = given / MEASUREMENTS.path("faults")
    other.write_text(f"{HEADER}\n")
    done = rolebook("-C", given, "rename", "process", "incident", "faults")
    assert (done.code, other.read_text()) == (2, f"{HEADER}\n")
    assert "the id 'faults' is taken" in done.err


@pytest.mark.parametrize("lines", [LINES[:2], LINES], ids=["plain", "quoted"])
def test_a_fix_changes_every_line_of_a_former_name(
    measured: Measured, given: Path, rolebook: Run, lines: tuple[str, ...]
) -> None:
    measured(*(line.replace("time-to-restore", "time-needed") for line in lines))
    _measured_every(given, "month", "\n    formerly: time-needed")
    assert rolebook("-C", given, "check", "--fix").code == 0
    assert table(given) == "".join(f"{one}\n" for one in (HEADER, *lines))


def test_what_moved_to_another_process_says_where_its_lines_go(measured: Measured, given: Path) -> None:
    _measured_every(given, "month", "\n    formerly: change/time-needed")
    assert measured("time-needed,2026-01,9,", process="change") == [
        ("RB101", 2, "'time-needed' is called 'incident/time-to-restore' now")
    ]
    (finding,) = [d.finding for d in in_tables(given)]
    assert finding.help == f"Move its lines to {PATH}, under the name 'time-to-restore'."
    assert finding.fix is None


def test_renaming_tells_of_notes_that_say_the_old_name(measured: Measured, given: Path, rolebook: Run) -> None:
    measured("time-to-restore,2026-01,9,Since May time-to-restore counts nights")
    told = rolebook("-C", given, "rename", "kpi", "incident/time-to-restore", "back-again").out
    assert f"{PATH}:2:32: " in told


def test_the_measurements_of_a_renamed_process_are_those_of_before(reference: Path, rolebook: Run) -> None:
    def said() -> dict[str, list[tuple[str, str]]]:
        return {
            key.partition("/")[2]: [(str(one.month), str(one.value)) for one in figure.measured]
            for key, figure in figures(load(reference).handbook).items()
        }

    before = said()
    assert any(before.values())
    assert rolebook("-C", reference, "rename", "process", "incident-management", "incidents").code == 0
    assert said() == before


# Edits


def test_an_edit_changes_a_cell_and_nothing_else() -> None:
    data = b'\xef\xbb\xbfkpi,month,value\r\n a ,2026-01,1\r\n"b",2026-01,1\r\n'
    edits = [
        Edit(Span(PATH, 2, 2, 2, 3), "new"),
        Edit(Span(PATH, 3, 1, 3, 4), "x,y"),
        Edit(Span(PATH, 3, 5, 3, 9), "1"),
    ]
    expected = b'\xef\xbb\xbfkpi,month,value\r\n new ,2026-01,1\r\n"x,y",1-01,1\r\n'
    assert rewritten(PATH, data, edits) == expected


@pytest.mark.parametrize(
    ("data", "span"),
    [
        (b"kpi,month,value\na,2026-01,1\n", Span(PATH, 2, 1, 2, 9)),
        (b"kpi,month,value\na,2026-01,1\n", Span(PATH, 9, 1, 9, 2)),
        (b'kpi,month,value\n"a""b",2026-01,1\n', Span(PATH, 2, 2, 2, 3)),
        (b'kpi,month,value\n"a,2026-01,1\n', Span(PATH, 1, 1, 1, 4)),
        (b'kpi,month,value\n"a",2026-01,1\n', Span(PATH, 2, 1, 2, 2)),
    ],
)
def test_an_edit_that_is_not_within_a_cell_is_refused(data: bytes, span: Span) -> None:
    with pytest.raises(CannotEdit):
        rewritten(PATH, data, [Edit(span, "x")])


# Many of them


def test_the_tables_of_the_benchmark_are_read_fast_and_are_right(tmp_path: Path) -> None:
    write_handbook(tmp_path, 3)
    assert write_tables(tmp_path, 3, 12) == 3 * 2 * 12
    loaded = load(tmp_path)
    assert all(isinstance(rows, PlainTable) for rows in loaded.handbook.measurements.values())
    found = all_findings(loaded, date.fromisoformat(AS_OF))
    assert [diagnostic for diagnostic in found if diagnostic.span.path.startswith(MEASUREMENTS.folder)] == []
    assert len([*tables(3, 12)]) == 3


def test_loading_makes_no_measurement_that_nobody_asks_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_handbook(tmp_path, 2)
    write_tables(tmp_path, 2, 12)
    made: list[int] = []
    monkeypatch.setattr("rolebook.model.measurement.made", lambda *_: made.append(1))
    loaded = load(tmp_path)
    assert (made, len(loaded.handbook.measurements["process-0"])) == ([], 24)


def test_a_handbook_without_tables_does_without_them(given: Path) -> None:
    shutil.rmtree(given / MEASUREMENTS.folder, ignore_errors=True)
    assert not load(given).handbook.measurements
