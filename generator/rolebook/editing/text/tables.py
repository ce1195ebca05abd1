"""Edits to the bytes of a table (CSV): the cells that they are about change, and no others."""

from collections.abc import Iterable

from rolebook.diagnostic import Edit
from rolebook.editing.text.places import Places
from rolebook.editing.text.refusal import CannotEdit
from rolebook.source import Span, Text
from rolebook.source.decode import CSV, decode
from rolebook.source.table import Table, read_table

_MARK = b"\xef\xbb\xbf"
_KEPT_IN_QUOTES = frozenset(',"\n')


def rewritten_table(path: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of the table at `path` after edits, each of words within a cell; a cell keeps its quotation marks.

    CannotEdit where the table would say something else than was intended.
    """
    before = read_table(path, data)
    if before.faults:
        raise CannotEdit("the file cannot be read to its end")
    text, _ = decode(path, data, CSV)
    places = Places(text)
    said = _said(before, edits)
    pieces: list[str] = []
    done = 0
    for span in sorted(said):
        start, end = places.stretch(span)
        pieces += (text[done:start], _written(said[span], text[start:end]))
        done = end
    changed = (_MARK if data.startswith(_MARK) else b"") + "".join((*pieces, text[done:])).encode()
    wanted = [[said.get(cell.span, str(cell)) for cell in row] for row in before.rows]
    after = read_table(path, changed)
    if after.faults or [[*map(str, row)] for row in after.rows] != wanted:
        raise CannotEdit("written there, it would be read as something else")
    return changed


def _said(table: Table, edits: Iterable[Edit]) -> dict[Span, str]:
    """What the cells that change say afterwards, by where they stand."""
    cells: dict[int, list[Text]] = {}
    for row in table.rows:
        for one in row:
            cells.setdefault(one.span.line, []).append(one)
    said: dict[Span, str] = {}
    for edit in edits:
        cell = next((cell for cell in cells.get(edit.span.line, ()) if cell.span.contains(edit.span)), None)
        if cell is None:
            raise CannotEdit("the place is not a single cell")
        if cell.span in said:
            raise CannotEdit("another repair changes the same place")
        said[cell.span] = _reworded(cell, edit)
    return said


def _reworded(cell: Text, edit: Edit) -> str:
    if edit.span == cell.span:
        return edit.text
    if cell.inset is None:
        raise CannotEdit("the place cannot be found within its cell")
    start = edit.span.column - cell.span.column - cell.inset
    end = start + edit.span.end_column - edit.span.column
    if not 0 <= start <= end <= len(cell):
        raise CannotEdit("the place is not within the words of its cell")
    return cell[:start] + edit.text + cell[end:]


def _written(words: str, before: str) -> str:
    """How a cell is written that says these words now, in place of what stood there."""
    if before.startswith('"') or _KEPT_IN_QUOTES.intersection(words):
        return '"{}"'.format(words.replace('"', '""'))
    return words
