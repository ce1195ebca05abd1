"""Edits to the bytes of one file: the characters of their spans change, and no others."""

from collections.abc import Iterable

from rolebook.diagnostic import Edit
from rolebook.editing.text.addition import additions
from rolebook.editing.text.amendment import Amendments, amended
from rolebook.editing.text.markdown import rewritten_page
from rolebook.editing.text.places import Places
from rolebook.editing.text.refusal import CannotEdit
from rolebook.editing.text.remarks import Remarks
from rolebook.editing.text.removal import removals
from rolebook.editing.text.sameness import same
from rolebook.editing.text.scalars import values_of, within, written
from rolebook.editing.text.tables import rewritten_table
from rolebook.model.kinds import MEASUREMENTS, PAGE
from rolebook.source import Node, Source, Span, Text, read
from rolebook.source.decode import decode

_MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8, which some editors put in front of a file."""
_NOTHING = Amendments()


def rewritten(path: str, data: bytes, edits: Iterable[Edit], amendments: Amendments = _NOTHING) -> bytes:
    """The bytes of the file at `path` after edits that do not overlap, and after amendments.

    The text of an edit takes the place of words in a value or a comment, and is escaped as that value is quoted; where
    the span is empty it is lines of YAML to insert, of which a newline becomes the file's own line end. CannotEdit
    where the file would say something else than was intended, or lose a comment. Pages and tables are no YAML: see
    `markdown` and `tables`.
    """
    if path.endswith(MEASUREMENTS.ending):
        if amendments != _NOTHING:
            raise CannotEdit("a table has no keys")
        return rewritten_table(path, data, edits)
    if path.endswith(PAGE.ending):
        if amendments != _NOTHING:
            raise CannotEdit("a page has no keys")
        return rewritten_page(path, data, edits)
    source = read(path, data)
    if source.root is None:
        raise CannotEdit("the file cannot be read to its end")
    text, _ = decode(path, data)
    work = _Work(text, source.root, Remarks(source))
    for edit in edits:
        work.add(edit)
    work.amend(amendments, source.lines)
    changed = (_MARK if data.startswith(_MARK) else b"") + work.text().encode()
    expected = amended(source.root, work.words(), amendments)
    _assert_intended(source, read(path, changed), expected, work)
    return changed


def _assert_intended(before: Source, after: Source, expected: Node, work: "_Work") -> None:
    is_same = after.root is not None and same(expected, after.root, additions=work.inserts)
    if not is_same or len(after.faults) > len(before.faults):
        raise CannotEdit("written there, it would be read as something else")
    if Remarks(after).words() != work.remarks.words():
        raise CannotEdit("a comment would be lost")


class _Work:
    """The replacements that edits come to, in the text and in the values that stand in it."""

    def __init__(self, text: str, root: Node, remarks: Remarks) -> None:
        self._text = text
        self._root = root
        self._places = Places(text)
        self._values = tuple(values_of(root))
        self._replacements: list[tuple[int, int, int, str]] = []
        self._changes: dict[Span, list[tuple[int, int, str]]] = {}
        self._before: dict[Span, Text] = {}
        self.remarks = remarks
        self.inserts = False

    def add(self, edit: Edit) -> None:
        start, end = self._places.stretch(edit.span)
        if start == end:
            if edit.span.column != 1 or not edit.text.endswith("\n"):
                raise CannotEdit("only whole lines are inserted")
            self.inserts = True
            words = self._places.insertion(start, edit.text)
        elif self.remarks.change(edit):
            words = edit.text
        else:
            words = self._in_value(edit)
        self._replace(start, end, words)

    def amend(self, amendments: Amendments, lines: tuple[str, ...]) -> None:
        """Take out and add what the amendments say."""
        removed = removals(self._root, amendments, self._places, self.remarks.comments, lines)
        for start, end, words in (*removed, *additions(self._root, amendments.additions, self._places, lines)):
            self._replace(start, end, words)

    def _replace(self, start: int, end: int, words: str) -> None:
        self._replacements.append((start, end, len(self._replacements), words))

    def _in_value(self, edit: Edit) -> str:
        value = next((value for value in self._values if value.span.contains(edit.span)), None)
        if value is None:
            raise CannotEdit("the place is not a single text")
        part = within(value, edit.span)
        start, end = part or (0, len(value))
        self._before[value.span] = value
        self._changes.setdefault(value.span, []).append((start, end, edit.text))
        mark = self._text[self._places.offset(value.span.line, value.span.column)]
        return written(edit.text, mark, whole=part is None)

    def words(self) -> dict[Span, str]:
        """What the changed values say afterwards, by their old places."""
        found: dict[Span, str] = {}
        for span, changes in self._changes.items():
            words = str(self._before[span])
            for start, end, new in sorted(changes, reverse=True):
                words = words[:start] + new + words[end:]
            found[span] = words
        return found

    def text(self) -> str:
        """The text of the file with all replacements."""
        pieces: list[str] = []
        done = 0
        for start, end, _, words in sorted(self._replacements):
            if start < done:
                raise CannotEdit("another repair changes the same place")
            pieces += (self._text[done:start], words)
            done = end
        return "".join((*pieces, self._text[done:]))
