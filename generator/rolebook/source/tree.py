"""The tree that YAML text is read into: three kinds of node, each with its span."""

from collections.abc import Iterator
from typing import NamedTuple

from rolebook.source.span import Span, Text
from rolebook.value import value

ABSENT = frozenset({"", "~", "null"})
"""What stands, without quotes, for no value."""


class Scalar(NamedTuple):
    """A single value, as written: no YAML type is ever guessed."""

    text: Text
    plain: bool
    """Whether it stands without quotes (and is no block text)."""

    @property
    def span(self) -> Span:
        """Where it stands, quotes included."""
        return self.text.span

    @property
    def absent(self) -> bool:
        """Whether nothing is written: no value at all, or YAML's `~` or `null`."""
        return self.plain and self.text in ABSENT


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple["Node", ...]
    span: Span
    flow: bool
    """Whether it stands in brackets."""


class Entry(NamedTuple):
    """A key and its value."""

    key: Text
    value: "Node"


class Mapping(NamedTuple):
    """Keys with values, each key once, in the order written."""

    entries: tuple[Entry, ...]
    span: Span
    refused: tuple[Text, ...] = ()
    """Keys whose value is one that a handbook does without."""


Node = Scalar | Sequence | Mapping


def scalars(node: Node) -> Iterator[Scalar]:
    """The values of a tree in the order written, without the keys."""
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars(item)
        case Mapping():
            for entry in node.entries:
                yield from scalars(entry.value)


@value()
class Fault:
    """What is wrong with a file as YAML, in plain words.

    `name` is that of a rule of family 0; `related` are other places with why they are shown.
    """

    name: str
    span: Span
    message: str
    help: str
    related: tuple[tuple[Span, str], ...] = ()


@value()
class Source:
    """A file as it was read: its tree (None where it could not be read), its faults and its lines."""

    path: str
    root: Node | None
    faults: tuple[Fault, ...]
    lines: tuple[str, ...]
