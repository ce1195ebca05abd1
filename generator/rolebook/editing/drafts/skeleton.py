"""A new file as its author finds it: the keys that must be there, still empty, and the others behind a number sign."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rolebook.loading.declaration import AnyOf, FieldDeclaration, Keys, Many, One, Shape, declaration
from rolebook.loading.docstrings import field_docs
from rolebook.model import values as v
from rolebook.source import Mapping as Node
from rolebook.source import Scalar, read
from rolebook.value import value

LEFT_OUT = frozenset({"formerly", "history", "status", "merged_into", "achieved", "lessons", "waivers"})
"""Keys that tell what became of something, unless they must be there: what is new has not got so far."""
COMMENTS_AT = 31
"""The column of the comments, where what they are about is not too long."""
LONGEST = 120
"""No line with a comment is longer, and no list in brackets."""
_FIRST = "first"
"""What the first of entries is called that nobody has named yet."""
LEAST_ROOM = 30
"""Where a value leaves less than that, it goes without a comment."""


@value()
class Blank:
    """A value that the author is to write; `words` say what belongs there, if more is known than the declaration."""

    words: str = ""


Content = Mapping[str, "Given"]
"""What is known already of the keys of a file, or of an entry in it."""
Given = str | Blank | Sequence[str] | Content | Sequence[Content]
Candidates = Mapping[str, Sequence[str]]
"""What there is to choose from, by kind: ids."""


class Line(NamedTuple):
    """A line of a skeleton, with what is said about it."""

    indent: int
    text: str
    comment: str = ""


def skeleton(cls: type[object], content: Content, candidates: Candidates, head: Sequence[str]) -> str:
    """The text of a new file that holds a `cls`: what `content` says, and a place for everything else.

    It begins with the comments of the `head`. Each required key stands there, empty where `content` has nothing;
    `Blank` makes an empty place for one that need not be there. `candidates` are offered in comments.
    """
    body = _keys(cls, content, candidates, indent=0, tells=True)
    lines = (*(f"# {line}" for line in head), *(part for line in body for part in _set(line)))
    return "".join(f"{line}\n" for line in lines)


def _rows(shape: Shape, content: Content, candidates: Candidates, indent: int, *, tells: bool) -> Iterator[Line]:
    rows = content or {_FIRST: {}}
    for position, (key, row) in enumerate(rows.items()):
        assert isinstance(row, Mapping)
        yield Line(indent, f"{key}:")
        yield from _keys(_class(shape), row, candidates, indent=indent + 2, tells=tells and position == 0)


def _keys(cls: type[object], content: Content, candidates: Candidates, *, indent: int, tells: bool) -> Iterator[Line]:
    """The keys of a `cls`; where it `tells`, with what they are for and with those that need not be there.

    Where it has entries in their place, each of those of the `content`, or one to begin with.
    """
    if entries := declaration(cls).entries:
        yield from _rows(entries.shape, content, candidates, indent, tells=tells)
        return
    docs = field_docs(cls)
    for field in declaration(cls).fields:
        given = content.get(field.key, Blank() if field.required else None)
        if not field.written or (given is None and field.key in LEFT_OUT):
            continue
        offered = {} if given and not isinstance(given, Blank) else candidates
        comment = _said(field, docs.get(field.name, ""), offered) if tells else ""
        if given is not None:
            yield from _field(field, given, comment, candidates, indent, tells)
        elif tells:
            yield from _behind_signs([*_field(field, Blank(), comment, {}, 0, tells)], indent)


def _behind_signs(lines: Sequence[Line], indent: int) -> Iterator[Line]:
    for line in lines:
        text = " " * line.indent + line.text.removeprefix("# ")
        yield Line(indent, f"# {text}", line.comment)


def _field(
    field: FieldDeclaration, given: Given, comment: str, candidates: Candidates, indent: int, tells: bool
) -> Iterator[Line]:
    """A key with its value, or with the places where its value is to be written."""
    key = f"{field.key}:"
    match given:
        case Blank(words=words):
            yield Line(indent, key, words or comment)
            yield from _places(field.shape, candidates, indent + 2, tells)
        case str():
            yield Line(indent, f"{key} {written(given)}", comment)
        case Mapping():
            yield Line(indent, key, comment)
            yield from _keys(_class(field.shape), given, candidates, indent=indent + 2, tells=tells)
        case _:
            yield from _list(field, given, comment, candidates, indent, tells)


def _list(
    field: FieldDeclaration,
    given: Sequence[str] | Sequence[Content],
    comment: str,
    candidates: Candidates,
    indent: int,
    tells: bool,
) -> Iterator[Line]:
    ids = [item for item in given if isinstance(item, str)]
    in_brackets = f"{field.key}: [{', '.join(ids)}]" if len(given) > 1 else f"{field.key}: {''.join(ids)}"
    if ids and indent + len(in_brackets) <= LONGEST:
        yield Line(indent, in_brackets, comment)
        return
    yield Line(indent, f"{field.key}:", comment)
    for position, item in enumerate(given):
        if isinstance(item, Mapping):
            first = tells and position == 0
            yield from _item(_class(field.shape), item, candidates, indent + 2, tells=first)
        else:
            yield Line(indent + 2, f"- {item}")


def _places(shape: Shape, candidates: Candidates, indent: int, tells: bool) -> Iterator[Line]:
    """What stands below a key whose value is to be written."""
    match shape:
        case Many(item=One(type=v.PROSE)):
            yield Line(indent, "-")
        case Many(item=Keys(type=cls)):
            yield from _item(cls, {}, candidates, indent, tells=tells)
        case Many(item=AnyOf(shapes=shapes)):
            for part in shapes:
                yield from _item(_class(part), {}, candidates, indent, tells=tells)
        case Keys(type=cls):
            yield from _keys(cls, {}, candidates, indent=indent, tells=tells)
        case _:
            pass


def _item(cls: type[object], content: Content, candidates: Candidates, indent: int, *, tells: bool) -> Iterator[Line]:
    first, *others = _keys(cls, content, candidates, indent=indent + 2, tells=tells)
    yield Line(indent, f"- {first.text}", first.comment)
    yield from others


def _class(shape: Shape) -> type[object]:
    match shape:
        case Keys(type=cls):
            return cls
        case Many(item=item):
            return _class(item)
        case _:
            raise TypeError(f"{shape!r} has no keys of its own")


def _said(field: FieldDeclaration, doc: str, candidates: Candidates) -> str:
    """What a comment says of a key: its declaration in short, and what there is to choose from."""
    said = doc.removesuffix(".").replace("`", "")
    if not said[1:2].isupper():
        said = said[:1].lower() + said[1:]
    if said == field.key.replace("_", " "):
        return ""
    match field.shape:
        case One(type=v.Choice(words=words)) if not all(word in said for word in words):
            said += f": {_any_of(words)}"
        case One(type=v.Ref(kinds=(kind,))) | Many(item=One(type=v.Ref(kinds=(kind,)))) if candidates.get(kind):
            said += f": {_any_of(candidates[kind])}"
        case One(type=v.Day):
            said += ", as 2026-02-28"
        case _:
            pass
    return said


def _any_of(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _set(line: Line) -> Iterator[str]:
    """A line with its comment behind it, and below that what has no room."""
    text = " " * line.indent + line.text
    column = max(len(text) + 3, COMMENTS_AT)
    if not line.comment or LONGEST - column < LEAST_ROOM:
        yield text
        return
    sign = "#" if line.text.startswith("# ") else ""
    below = f"{' ' * line.indent}{sign}".ljust(column)
    width = LONGEST - column - 2
    parts = textwrap.wrap(line.comment, width, break_on_hyphens=False, break_long_words=False)
    for position, words in enumerate(parts):
        yield f"{below if position else text.ljust(column)}# {words}"


def written(text: str) -> str:
    """A text as the value of a key: plain where that reads as it is, else in quotation marks."""
    source = read("", f"key: {text}\n".encode())
    match source.root:
        case Node(entries=(entry,)) if not source.faults and isinstance(entry.value, Scalar) and entry.value.plain:
            if entry.value.text == text and not entry.value.absent:
                return text
        case _:
            pass
    quoted = text.replace("'", "''")
    return f"'{quoted}'"
