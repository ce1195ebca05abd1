"""A table as a spreadsheet saves it (CSV, RFC 4180): its cells with their places."""

from typing import Any, NamedTuple

from rolebook.source.decode import CSV, decode, lines_of
from rolebook.source.span import Span, Text
from rolebook.source.tree import Fault

_tuple: Any = tuple.__new__
_text: Any = str.__new__

MAX_LINES = 10_000
"""The lines that a table may have."""
MAX_CELLS = 50
"""The cells that are read of a line."""
_BY_COMMAS = "Save it as CSV with commas: programs call it 'CSV UTF-8 (comma delimited)', or ask for the separator."
_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs"}

Row = tuple[Text, ...]


class Table(NamedTuple):
    """A table as it was read: its rows, without blank ones, what is wrong with it, and the lines of the file.

    A cell is the text in it; its span takes in the quotes around it.
    """

    path: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    lines: tuple[str, ...]


def read_table(path: str, data: bytes) -> Table:
    """Read the bytes of the table at `path`; never raises for what an author wrote.

    What stands before the first fault is read. A row in which nothing is written counts as blank.
    """
    text, fault = decode(path, data, CSV)
    lines = lines_of(text)
    if fault is None:
        fault = _too_long(path, lines) or _other_separator(path, lines)
    if fault is not None:
        return Table(path, (), (fault,), lines)
    rows: list[Row] = []
    try:
        _read(path, lines, rows)
    except _Broken as broken:
        return Table(path, tuple(rows), (broken.fault,), lines)
    return Table(path, tuple(rows), (), lines)


class _Broken(Exception):
    """The table cannot be read any further."""

    def __init__(self, span: Span, message: str, help: str, rule: str = "malformed-table") -> None:
        self.fault = Fault(rule, span, message, help)


def _read(path: str, lines: tuple[str, ...], rows: list[Row]) -> None:
    at = 0
    while at < len(lines):
        line = lines[at]
        if '"' in line:
            row, at = _with_quotes(path, lines, at)
        else:
            at += 1
            row = _plain(path, line, at) if line.strip(" \t,") else ()
        if any(map(str.strip, row)):
            rows.append(row)


def _plain(path: str, line: str, number: int) -> Row:
    """The cells of a line without quotation marks."""
    if line.count(",") >= MAX_CELLS:
        raise _too_many(path, number)
    column = 1
    cells = []
    for part in line.split(","):
        end = column + len(part)
        text = _text(Text, part)
        text.span = _tuple(Span, (path, number, column, number, end))
        text.inset = 0
        cells.append(text)
        column = end + 1
    return tuple(cells)


def _with_quotes(path: str, lines: tuple[str, ...], at: int) -> tuple[Row, int]:
    """The cells of the row that begins on a line (counted from 0), and the line behind it."""
    cells: list[Text] = []
    column = 0
    while True:
        if len(cells) == MAX_CELLS:
            raise _too_many(path, at + 1)
        if lines[at].startswith('"', column):
            cell, at, column = _quoted(path, lines, at, column)
        else:
            end = lines[at].find(",", column)
            end = len(lines[at]) if end < 0 else end
            cell = Text(lines[at][column:end], Span(path, at + 1, column + 1, at + 1, end + 1), inset=0)
            column = end
        cells.append(cell)
        if column == len(lines[at]):
            return tuple(cells), at + 1
        column += 1


def _quoted(path: str, lines: tuple[str, ...], at: int, column: int) -> tuple[Text, int, int]:
    """The cell that begins with the quotation mark at a column (from 0), and the line and column of its end."""
    first, begun = at, column
    parts: list[str] = []
    column += 1
    while True:
        end = lines[at].find('"', column)
        if end < 0:
            parts += (lines[at][column:], "\n")
            at, column = at + 1, 0
            if at == len(lines):
                span = Span(path, first + 1, begun + 1, first + 1, begun + 2)
                help = "Put one at the end of the cell, or take this one out."
                raise _Broken(span, "this quotation mark is not closed", help)
            continue
        parts.append(lines[at][column:end])
        column = end + 1
        if not lines[at].startswith('"', column):
            break
        parts.append('"')
        column += 1
    if column < len(lines[at]) and lines[at][column] != ",":
        span = Span(path, at + 1, column + 1, at + 1, column + 2)
        help = "Put a comma there; write a quotation mark within a cell twice."
        raise _Broken(span, "something stands between the end of a cell in quotation marks and the next comma", help)
    span = Span(path, first + 1, begun + 1, at + 1, column + 1)
    return Text("".join(parts), span, inset=1 if len(parts) == 1 else None), at, column


def _too_many(path: str, number: int) -> _Broken:
    message = f"this line has more than {MAX_CELLS} cells"
    return _Broken(Span(path, number, 1, number, 2), message, "Write one record on a line.", "unreadable-file")


def _too_long(path: str, lines: tuple[str, ...]) -> Fault | None:
    if len(lines) <= MAX_LINES or (len(lines) == MAX_LINES + 1 and not lines[-1]):
        return None
    span = Span(path, MAX_LINES + 1, 1, MAX_LINES + 1, 2)
    message = f"the table has more than {MAX_LINES:,} lines"
    return Fault("unreadable-file", span, message, "Take out those that no longer count.")


def _other_separator(path: str, lines: tuple[str, ...]) -> Fault | None:
    """What is wrong with a table whose first line has something else than commas between its cells."""
    number, first = next(((n, line) for n, line in enumerate(lines, 1) if line.strip()), (1, ""))
    is_told = first.lower().startswith("sep=")
    for separator, name in _OTHER_SEPARATORS.items():
        if separator in first and (is_told or "," not in first):
            column = first.index(separator) + 1
            span = Span(path, number, column, number, column + 1)
            return Fault("malformed-table", span, f"the cells are separated by {name}, not by commas", _BY_COMMAS)
    if is_told:
        span = Span(path, number, 1, number, len(first) + 1)
        message = "this line is a note for one spreadsheet program, and no row of the table"
        return Fault("malformed-table", span, message, "Take it out.")
    return None
