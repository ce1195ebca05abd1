"""From a table (CSV) to values of the model: a column for each field of a dataclass, a row for each value."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from rolebook.loading.declaration import FieldDeclaration, declaration
from rolebook.loading.fields import Read, reader
from rolebook.loading.lookalikes import disguise
from rolebook.loading.near import nearest
from rolebook.loading.reading import UNREADABLE, Reading, beginning, report_fault, visible, wants
from rolebook.source import Fault, Scalar, Span, Text
from rolebook.source.quoting import quoted
from rolebook.source.table import Row, Table, read_table
from rolebook.value import made

_tuple: Any = tuple.__new__

MOST_TOLD = 1_000
"""Behind so many findings in a table, no more of it is read."""
_FORMULA = frozenset("=+-@\t")
"""What a cell begins with that a spreadsheet may take for a formula, and run."""
_SIGNED = re.compile(r"[-+]\d[\d.,]*", re.ASCII)
_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_BLANK = frozenset(" \t\n\u00a0")
_ODD = _FORMULA | _BLANK


class _Column(NamedTuple):
    """A column that is read: its field, how a cell of it is read, and its position in the rows."""

    field: FieldDeclaration
    read: Read
    position: int


class _Columns(NamedTuple):
    """The columns of a table, as its first row names them."""

    read: tuple[_Column, ...]
    width: int
    """How many cells a row has."""
    complete: bool
    """Whether all columns are there that must be."""


def read_rows(
    path: str, data: bytes | Fault, cls: type[Any], title: str, *, home: str = ""
) -> tuple[tuple[Any, ...], Reading, tuple[str, ...]]:
    """The rows of a table as values of `cls`, what was gathered on the way, and the lines of the file.

    `data` are the bytes of the file, or the reason why they are not known; `title` is what such a file is called, and
    `home` the id that its name gives, in which local ids are looked up. A row
    that does not say what it must is left out, and reported.
    """
    table = Table(path, (), (data,), ()) if isinstance(data, Fault) else read_table(path, data)
    reading = Reading(path, home, title)
    for fault in table.faults:
        report_fault(reading, fault)
    columns = _columns(table.rows[0], cls, reading) if table.rows else None
    if not table.rows and not table.faults:
        help = f"Begin it with the line '{_header(cls)}', or take the file away."
        reading.report("malformed-table", Span.of_file(path), "the table is empty", help)
    rows = tuple(_rows(table.rows[1:], columns, cls, reading)) if columns else ()
    reading.ids_lost = bool(reading.lost)
    return rows, reading, table.lines


def _header(cls: type[Any]) -> str:
    return ",".join(declaration(cls).keys)


def _columns(header: Row, cls: type[Any], reading: Reading) -> _Columns | None:
    """The columns that the first row names; None where it names none at all."""
    known = declaration(cls).keys
    names = [_stripped(cell) for cell in header]
    written = {str(name) for name in names}
    meant = {name: name for name in known if name in written}
    meant |= {name: key for name in written if name not in known and (key := _meant(name, known, written))}
    if not meant:
        help = f"Put the line '{_header(cls)}' above all others."
        reading.report("malformed-table", _whole(header), "the first line does not name the columns", help)
        return None
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        key = meant.get(name, "")
        if not name:
            span, help = visible(name.span), "Name it, or take it out with all its cells."
            reading.report("malformed-table", span, f"column {position + 1} has no name", help)
        elif key in positions:
            message = f"the column {quoted(key)} stands twice: it is column {positions[key] + 1} already"
            reading.report("duplicate-key", name.span, message, "Take one of the two out.")
        elif name not in known:
            _report_unknown(name, key, known, reading)
        if key:
            positions.setdefault(key, position)
    fields = [field for field in declaration(cls).fields if field.written]
    missing = [field for field in fields if field.required and field.key not in positions]
    for field in missing:
        help = f"Add it to this line, and to each row {wants(field.shape)}."
        reading.report("missing-key", _whole(header), f"the column '{field.key}' is missing", help)
    read = tuple(_Column(f, reader(f.shape), positions[f.key]) for f in fields if f.key in positions)
    return _Columns(read, len(header), not missing)


def _meant(name: str, known: Sequence[str], written: set[str]) -> str | None:
    """The column that was meant by a name that none has; none that stands there already."""
    disguised = disguise(name)
    return nearest(disguised.meant if disguised else name, [key for key in known if key not in written])


def _report_unknown(name: Text, meant: str, known: Sequence[str], reading: Reading) -> None:
    disguised = disguise(name)
    span = name.part(disguised.at, disguised.at + 1) if disguised else name.span
    message = f"{quoted(name)} is not a column of the {reading.title}{f': {disguised.fact}' if disguised else ''}"
    help = f"Did you mean '{meant}'?" if meant else f"Take it out. The columns that belong there: {', '.join(known)}"
    reading.report("unknown-key", span, message, help)


def _rows(rows: Sequence[Row], columns: _Columns, cls: type[Any], reading: Reading) -> list[Any]:
    found = []
    for row in rows:
        if len(reading.diagnostics) >= MOST_TOLD:
            help = "Mend those above first, and check again."
            reading.report("malformed-table", _whole(row), "the table is not read from here on", help)
            break
        if len(row) != columns.width:
            reading.report("malformed-table", *_miscounted(row, columns.width))
        elif (values := _values(row, columns, reading)) is not None and columns.complete:
            found.append(made(cls, values))
    return found


def _miscounted(row: Row, columns: int) -> tuple[Span, str, str]:
    counted = "1 cell" if len(row) == 1 else f"{len(row)} cells"
    message = f"this line has {counted}, and the table {columns} columns"
    if len(row) < columns:
        return _whole(row), message, "Write a comma also in front of a cell that stays empty."
    cut = [pair for pair in pairwise(row) if _WHOLE.fullmatch(pair[0].lstrip("-")) and _WHOLE.fullmatch(pair[1])]
    if len(row) == columns + 1 and len(cut) == 1:
        message = f"{message}: '{cut[0][0]},{cut[0][1]}' is read as two of them"
        return _whole(cut[0]), message, "Write a number with a point, and without commas: 9.5, 12500"
    help = "Put a cell with a comma in it in quotation marks; write numbers without any, decimals behind a point."
    return _whole(row), message, help


def _values(row: Row, columns: _Columns, reading: Reading) -> dict[str, Any] | None:
    """The values of a row by the names of fields; None where one could not be read (reported)."""
    values: dict[str, Any] = {"span": _whole(row)}
    readable = True
    for field, read, position in columns.read:
        cell = row[position]
        if not cell or cell[0] in _ODD or cell[-1] in _BLANK:
            if _is_formula(cell, reading):
                readable = False
                continue
            cell = _stripped(cell)
            if not cell:
                if not field.required:
                    continue
                cell = Text("", visible(cell.span))
        value = read(_tuple(Scalar, (cell, False)), reading, field.key)
        if value is UNREADABLE:
            readable = False
        else:
            values[field.name] = value
    return values if readable else None


def _is_formula(cell: Text, reading: Reading) -> bool:
    """Whether a cell may be taken for a formula (reported); a number with a sign is none."""
    if cell[:1] not in _FORMULA or _SIGNED.fullmatch(cell):
        return False
    help = "Write the value itself: spreadsheets run what begins with =, +, -, @ or a tab."
    reading.report("malformed-table", cell.span, f"{quoted(cell)} may be taken for a formula", help)
    return True


def _stripped(cell: Text) -> Text:
    """A cell without the blanks around what is written in it."""
    text = cell.strip()
    if len(text) == len(cell):
        return cell
    start = len(cell) - len(cell.lstrip())
    return Text(text, cell.part(start, start + len(text)), None if cell.inset is None else 0)


def _whole(row: Row) -> Span:
    """Where a row stands, as far as carets can point at it."""
    first, last = row[0].span, row[-1].span
    if first.line == last.end_line and last.end_column > first.column:
        whole: Span = _tuple(Span, (first.path, first.line, first.column, first.line, last.end_column))
        return whole
    return visible(beginning(Span(first.path, first.line, first.column, last.end_line, last.end_column)))
