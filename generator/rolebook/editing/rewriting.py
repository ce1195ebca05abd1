"""Edits to the bytes of one file: the characters of their spans change, and no others."""

from collections.abc import Iterable

from rolebook.diagnostic import Edit
from rolebook.editing.places import Places
from rolebook.editing.refusal import CannotEdit
from rolebook.editing.sameness import Intended
from rolebook.editing.scalars import values_of, within, written
from rolebook.source import Source, Span, Text, read
from rolebook.source.decode import decode

_MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8, which some editors put in front of a file."""


def rewritten(path: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of the file at `path` after edits that do not overlap.

    The text of an edit takes the place of words in a value, and is escaped as that value is quoted; where the span is
    empty it is lines of YAML to insert, of which a newline becomes the file's own line end. CannotEdit where the file
    would say something else than was intended.
    """
    source = read(path, data)
    if source.root is None:
        raise CannotEdit("the file cannot be read to its end")
    text, _ = decode(path, data)
    work = _Work(text, tuple(values_of(source.root)))
    for edit in edits:
        work.add(edit)
    changed = (_MARK if data.startswith(_MARK) else b"") + work.text().encode()
    _assert_intended(source, read(path, changed), Intended(work.words(), additions=work.inserts))
    return changed


def _assert_intended(before: Source, after: Source, intended: Intended) -> None:
    assert before.root is not None
    if after.root is None or len(after.faults) > len(before.faults) or not intended.holds(before.root, after.root):
        raise CannotEdit("written there, it would be read as something else")


class _Work:
    """The replacements that edits come to, in the text and in the values that stand in it."""

    def __init__(self, text: str, values: tuple[Text, ...]) -> None:
        self._text = text
        self._places = Places(text)
        self._values = values
        self._replacements: list[tuple[int, int, int, str]] = []
        self._changes: dict[Span, list[tuple[int, int, str]]] = {}
        self._before: dict[Span, Text] = {}
        self.inserts = False

    def add(self, edit: Edit) -> None:
        start, end = self._places.stretch(edit.span)
        if start == end:
            if edit.span.column != 1 or not edit.text.endswith("\n"):
                raise CannotEdit("only whole lines are inserted")
            self.inserts = True
            words = self._places.insertion(start, edit.text)
        else:
            words = self._in_value(edit)
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
