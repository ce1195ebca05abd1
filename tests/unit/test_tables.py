"""Tables (CSV): each cell with its place, read as other programs read it, and rows as values of the model."""

import csv
import io
from dataclasses import field

import pytest
from hypothesis import given as cases
from hypothesis import strategies as st

from rolebook.loading.reading import Reading
from rolebook.loading.tables import MOST_TOLD, read_rows
from rolebook.model import values as v
from rolebook.source import Fault, Span
from rolebook.source.table import MAX_CELLS, MAX_LINES, Table, read_table
from rolebook.value import value

PATH = "raci/table.csv"


@value(kw_only=True)
class Count:
    """A row of the table that is read here."""

    role: v.Role
    job: v.Job | None = None
    number: v.Whole
    span: Span = field(compare=False, repr=False)


def _table(text: str) -> Table:
    return read_table(PATH, text.encode())


def _cells(text: str) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in _table(text).rows]


def _rows(text: str) -> tuple[tuple[Count, ...], Reading]:
    rows, reading, _ = read_rows(PATH, text.encode(), Count, "table of counts")
    return rows, reading


def _told(text: str) -> list[tuple[str, int, int, str]]:
    """What is found in a table: code, line, column and message."""
    found = _rows(text)[1].diagnostics
    return [(d.rule.code, d.span.line, d.span.column, d.finding.message) for d in found]


CELL = st.text(st.sampled_from('ab ,"\n;ü'), max_size=6)
GRID = st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=5)


@cases(GRID)
def test_what_a_program_writes_is_read_as_it_was(grid: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([["first"], *grid])
    assert _cells(text.getvalue()) == [["first"], *(row for row in grid if any(map(str.strip, row)))]


@cases(st.text(st.sampled_from('ab ,"\n'), max_size=30))
def test_any_text_is_read_as_the_standard_library_reads_it_or_not_at_all(text: str) -> None:
    try:
        expected = [
            row for row in csv.reader(io.StringIO("a\n" + text, newline=""), strict=True) if any(map(str.strip, row))
        ]
    except csv.Error:
        assert _table("a\n" + text).faults
    else:
        assert _cells("a\n" + text) == expected


@cases(GRID)
def test_each_cell_stands_where_its_span_says(grid: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([["first"], *grid])
    table = _table(text.getvalue())
    for cell in (cell for row in table.rows for cell in row):
        lines = table.lines[cell.span.line - 1 : cell.span.end_line]
        written = "\n".join((*lines[:-1], lines[-1][: cell.span.end_column - 1]))[cell.span.column - 1 :]
        assert written in (cell, '"{}"'.format(cell.replace('"', '""')))
        if cell.inset is not None and cell:
            start = cell.part(0, 1).column - 1
            assert table.lines[cell.span.line - 1][start] == cell[0]


def test_a_mark_of_byte_order_and_ends_of_lines_of_windows_are_no_part_of_cells() -> None:
    table = read_table(PATH, "\ufeffrole,number\r\nagent,2\r\n".encode())
    assert table.rows == (("role", "number"), ("agent", "2"))
    assert table.rows[0][0].span == Span(PATH, 1, 1, 1, 5)


def test_blank_lines_and_rows_without_words_do_not_count() -> None:
    assert _cells("\nrole,number\n\n,,\n  \nagent,2\n") == [["role", "number"], ["agent", "2"]]


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("role;number\n", 5, "the cells are separated by semicolons, not by commas"),
        ("role\tnumber\n", 5, "the cells are separated by tabs, not by commas"),
        ("sep=;\nrole;number\n", 5, "the cells are separated by semicolons, not by commas"),
        ("sep=,\nrole,number\n", 1, "this line is a note for one spreadsheet program, and no row of the table"),
        ('role,"number\n', 6, "this quotation mark is not closed"),
        ('role,"num"ber\n', 11, "something stands between the end of a cell in quotation marks and the next comma"),
        ("<table>\n", 1, "this is HTML or XML, not CSV"),
        ('{"role": 1}\n', 1, "this is JSON, not CSV"),
    ],
)
def test_what_is_no_table_is_told_at_its_place(text: str, column: int, message: str) -> None:
    (fault,) = _table(text).faults
    assert (fault.name, fault.span.line, fault.span.column, fault.message) == ("malformed-table", 1, column, message)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("role,number\n".encode("utf-16"), "the file is written in UTF-16"),
        ("role,büro\n".encode("latin-1"), "the file is not UTF-8 from here on"),
        (b"PK\x03\x04\x00\xff", "this is an Office document or a ZIP file, not CSV"),
        (b"a" + b"," * MAX_CELLS, f"this line has more than {MAX_CELLS} cells"),
        (b'"",' * MAX_CELLS, f"this line has more than {MAX_CELLS} cells"),
        (b"a\n" * (MAX_LINES + 1), f"the table has more than {MAX_LINES:,} lines"),
    ],
)
def test_what_is_no_text_of_a_sensible_size_is_refused(data: bytes, message: str) -> None:
    (fault,) = read_table(PATH, data).faults
    assert (fault.name, fault.message) == ("unreadable-file", message)


def test_a_table_may_be_as_long_as_that() -> None:
    assert len(read_table(PATH, b"a\n" * MAX_LINES).rows) == MAX_LINES


def test_rows_become_values_in_any_order_of_columns() -> None:
    rows, reading = _rows("number, job ,role\n 3,,agent\n4,desk, lead \n")
    assert not reading.diagnostics
    assert [(row.role, row.job, int(row.number)) for row in rows] == [("agent", None, 3), ("lead", "desk", 4)]
    assert rows[1].role.span == Span(PATH, 3, 9, 3, 13)
    assert rows[1].span == Span(PATH, 3, 1, 3, 14)


def test_a_column_that_need_not_be_filled_may_be_missing() -> None:
    rows, reading = _rows("role,number\nagent,3\n")
    assert not reading.diagnostics
    assert rows[0].job is None


def test_names_in_rows_are_references() -> None:
    assert [str(reference.text) for reference in _rows("role,job,number\nagent,desk,3\n")[1].references] == [
        "agent",
        "desk",
    ]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Role,nummber", ["'Role' is not a column of the table of counts", "'nummber' is not a column of the table"]),
        ("role,number,note", ["'note' is not a column of the table of counts"]),
        ("role,number,role", ["the column 'role' stands twice: it is column 1 already"]),
        ("role,number,", ["column 3 has no name"]),
        ("role,job", ["the column 'number' is missing"]),
        ("agent,12", ["the first line does not name the columns"]),
    ],
)
def test_what_is_wrong_with_the_names_of_columns_is_told_once(header: str, told: list[str]) -> None:
    found = _rows(f"{header}\n")[1].diagnostics
    assert [d.span.line for d in found] == [1] * len(told)
    assert all(d.finding.message.startswith(message) for d, message in zip(found, told, strict=True))


def test_a_misspelt_column_is_read_as_the_one_that_was_meant() -> None:
    assert [code for code, *_ in _told("rol,number\nagent,x\n")] == ["RB005", "RB007"]


@pytest.mark.parametrize(
    ("row", "code", "column", "message"),
    [
        ("agent,3.5", "RB007", 7, "'3.5' is not a whole number"),
        ("agent,-3", "RB007", 7, "'-3' is not a whole number"),
        ('agent,"1,000"', "RB007", 7, "'1,000' is not a whole number"),
        ("agent,", "RB006", 7, "'number' is empty"),
        (",3", "RB006", 1, "'role' is empty"),
        ("agent", "RB020", 1, "this line has 1 cell, and the table 2 columns"),
        ("agent,3,5", "RB020", 7, "this line has 3 cells, and the table 2 columns: '3,5' is read as two of them"),
        ("agent,-3,5", "RB020", 7, "this line has 3 cells, and the table 2 columns: '-3,5' is read as two of them"),
        ("agent,3,5,7", "RB020", 1, "this line has 4 cells, and the table 2 columns"),
        ("agent,lead,5", "RB020", 1, "this line has 3 cells, and the table 2 columns"),
        ("=1+1,3", "RB020", 1, "'=1+1' may be taken for a formula"),
        ("@sum,3", "RB020", 1, "'@sum' may be taken for a formula"),
        ("+cmd|x,3", "RB020", 1, "'+cmd|x' may be taken for a formula"),
        ("\tagent,3", "RB020", 1, "'\tagent' may be taken for a formula"),
    ],
)
def test_what_is_wrong_with_a_cell_is_told_at_it(row: str, code: str, column: int, message: str) -> None:
    assert _told(f"role,number\nlead,1\n{row}\n") == [(code, 3, column, message)]


def test_one_wrong_row_keeps_no_other_from_being_read() -> None:
    rows, reading = _rows("role,number\nagent,x\nlead,2\n,\nagent\nclerk,3\n")
    assert [row.role for row in rows] == ["lead", "clerk"]
    assert [d.span.line for d in reading.diagnostics] == [2, 5]
    assert reading.ids_lost


def test_an_empty_table_says_what_to_begin_it_with() -> None:
    (found,) = _rows("\n")[1].diagnostics
    assert found.finding.help == "Begin it with the line 'role,job,number', or take the file away."


def test_a_file_that_cannot_be_opened_is_told_and_nothing_else() -> None:
    fault = Fault("unreadable-file", Span.of_file(PATH), "the file cannot be opened: it is a link", "Put it there.")
    rows, reading, lines = read_rows(PATH, fault, Count, "table")
    assert (rows, lines, len(reading.diagnostics)) == ((), (), 1)


def test_a_table_of_nothing_but_faults_is_not_read_to_its_end() -> None:
    found = _rows("role,number\n" + "agent,x\n" * (MOST_TOLD + 50))[1].diagnostics
    assert len(found) == MOST_TOLD + 1
    assert found[-1].finding.message == "the table is not read from here on"
