"""Values as they stand in a file: how new words are written in the style of the old ones."""

from collections.abc import Iterator

from rolebook.editing.text.refusal import CannotEdit
from rolebook.source import Mapping, Node, Scalar, Sequence, Span, Text


def values_of(node: Node) -> Iterator[Text]:
    """Every key and every single value in a tree."""
    match node:
        case Scalar(text=text):
            yield text
        case Sequence(items=items):
            for item in items:
                yield from values_of(item)
        case Mapping(entries=entries):
            for entry in entries:
                yield entry.key
                yield from values_of(entry.value)


def within(value: Text, span: Span) -> tuple[int, int] | None:
    """Which characters of a value a span covers; None where it covers all of it, quotes included."""
    if span == value.span:
        return None
    if value.inset is None:
        raise CannotEdit("the text is not written on one line as it reads")
    first = value.span.column + value.inset
    start, end = span.column - first, span.end_column - first
    if not 0 <= start <= end <= len(value):
        raise CannotEdit("the place lies on a quotation mark")
    return start, end


def written(words: str, mark: str, *, whole: bool) -> str:
    """Words as they are written in a value that begins with `mark`: all of it, or a part between its quotes."""
    if "\n" in words or "\r" in words:
        raise CannotEdit("the new words do not fit on one line")
    if mark in ("|", ">"):
        raise CannotEdit("the text stands on lines of its own below its key")
    if mark == "'":
        words = words.replace("'", "''")
    elif mark == '"':
        words = words.replace("\\", "\\\\").replace('"', '\\"')
    else:
        return words
    return f"{mark}{words}{mark}" if whole else words
