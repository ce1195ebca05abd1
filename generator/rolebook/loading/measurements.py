"""Tables of measurements: plain ones, of which there are very many lines, fast; any other as all tables are read."""

import re
from collections.abc import Sequence

from rolebook.loading.reading import Reading
from rolebook.loading.tables import read_rows
from rolebook.model import values as v
from rolebook.model.handbook import Reference
from rolebook.model.measurement import Measurement, PlainTable, plain_note
from rolebook.source import Fault, Span, Text
from rolebook.source.decode import CSV, decode, lines_of
from rolebook.source.quoting import quoted
from rolebook.source.table import MAX_LINES

_KPI = v.Ref(("kpi",), local=True)
_HEADERS = ("kpi,month,value,note", "kpi,month,value")
_VALUE = r"(?![1-9]\d{0,2}\.\d{3}(?:,|$))-?\d{1,15}(?:\.\d{1,9})?"
_WORDS = r"(?=[\d\W_]*[^\W\d_])[^\W_]"
_NOTE = rf'(?:|{_WORDS}(?:[^",]*[^\s",])?|"{_WORDS}(?:[^"]*[^\s"])?")'
_CELLS = f"{v.ID_PATTERN},{v.MONTH.pattern},{_VALUE}"
_PLAIN = {
    _HEADERS[0]: re.compile(f"{_CELLS},{_NOTE}"),
    _HEADERS[1]: re.compile(_CELLS),
}
"""What a line is like of which nothing has to be told, by the first line of its table."""
_DIGITS = re.compile(r"(?=\d)[\d\W_]+")
"""A note without any word: the other half, perhaps, of a number with a comma."""
_DECIMALS = re.compile(r"\d{1,9}", re.ASCII)


def read_measurements(
    path: str, data: bytes | Fault, title: str, home: str
) -> tuple[Sequence[Measurement], Reading, tuple[str, ...]]:
    """The measurements of a table, what was gathered on the way, and the lines of the file; as `read_rows`.

    One reference stands for all lines that name the same KPI: that of the first of them.
    """
    if isinstance(data, bytes) and (plain := _plain(path, data, title, home)):
        return plain
    rows, reading, lines = read_rows(path, data, Measurement, title, home=home)
    first: dict[str, Reference] = {}
    for reference in reading.references:
        first.setdefault(str(reference.text), reference)
    reading.references = list(first.values())
    return tuple(row for row in rows if not _is_cut_in_two(row, reading)), reading, lines


def _plain(
    path: str, data: bytes, title: str, home: str
) -> tuple[Sequence[Measurement], Reading, tuple[str, ...]] | None:
    """The table, where nothing has to be told about any line of it; else None."""
    text, fault = decode(path, data, CSV)
    if fault is not None:
        return None
    lines = lines_of(text)
    pattern = _PLAIN.get(lines[0])
    rows = lines[1:] if lines[-1] else lines[1:-1]
    if pattern is None or len(rows) >= MAX_LINES or not all(map(pattern.fullmatch, rows)):
        return None
    reading = Reading(path, home, title)
    named: set[str] = set()
    for number, row in enumerate(rows, 2):
        kpi = row[: row.index(",")]
        if kpi not in named:
            named.add(kpi)
            cell = Text(kpi, Span(path, number, 1, number, len(kpi) + 1), inset=0)
            reading.references.append(Reference(cell, _KPI, home))
    if lines[0] == _HEADERS[0]:
        reading.texts += [plain_note(path, number, row) for number, row in enumerate(rows, 2) if row[-1] != ","]
    return PlainTable(path, rows), reading, lines


def _is_cut_in_two(row: Measurement, reading: Reading) -> bool:
    """Whether the note of a row is a number (reported): then the comma before it was perhaps no end of a cell."""
    note = row.note
    if note is None or not _DIGITS.fullmatch(note):
        return False
    message = f"the note {quoted(note)} behind the value {row.value} is only a number"
    help = "Say it in words, or take it out."
    if _DECIMALS.fullmatch(note) and row.value == row.value.to_integral_value():
        help = f"Write {row.value}.{note} if that is one number, with a point and no comma; else put the note in words."
    reading.report("malformed-table", note.span, message, help)
    reading.ids_lost = True
    return True
