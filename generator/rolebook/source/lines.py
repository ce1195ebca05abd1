"""YAML as handbooks mostly write it, read line by line into the tree that the events of the parser would give.

A fraction of the work, for nearly every file; what is written in any other way is left to the parser (see
`docs/decisions/0011-most-files-are-read-line-by-line.md`).
"""

from typing import Any

from rolebook.source import values
from rolebook.source.span import Span, Text
from rolebook.source.tree import Entry, Mapping, Node, Scalar, Sequence
from rolebook.source.values import BLOCKS, OPENING, Other, placed, plain

_tuple: Any = tuple.__new__

LONGEST = 100_000
"""The characters of a file that is read here; the parser's reader counts what a longer one holds."""
DEEPEST = 20
"""The lists and keys that may lie in each other here."""


def read_lines(path: str, text: str, lines: tuple[str, ...]) -> Node | None:
    """The tree of the file at `path` with this text, which has these lines; None where it takes the parser."""
    if len(text) > LONGEST or "\t" in text:
        return None
    try:
        return _Lines(path, text if "\r" not in text else "\n".join(lines), lines).read()
    except Other:
        return None


class _Open:
    """A list or mapping that is still being read: where it began, and what it holds so far."""

    __slots__ = ("children", "column", "is_mapping", "keys", "line", "waiting")

    def __init__(self, line: int, column: int, is_mapping: bool) -> None:
        self.line = line
        self.column = column
        self.is_mapping = is_mapping
        self.children: list[Any] = []
        self.keys: set[str] = set()
        self.waiting: Text | None = None
        """The key whose value begins on a later line."""

    def closed(self, path: str) -> Node:
        """The node it has become; it ends where the last of its children does."""
        last = self.children[-1]
        end = last.value.span if self.is_mapping else last.span
        span = _tuple(Span, (path, self.line, self.column, end[3], end[4]))
        if self.is_mapping:
            return Mapping(tuple(self.children), span)
        return Sequence(tuple(self.children), span, False)

    def put(self, node: Node) -> None:
        """Add an item, or the value of the key that waits for it."""
        if self.is_mapping:
            self.children.append(_tuple(Entry, (self.waiting, node)))
            self.waiting = None
        else:
            self.children.append(node)


class _Lines:
    """The lines of a file, and the lists and mappings that are open at the one that is read."""

    def __init__(self, path: str, text: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.rows = values.rows(text)
        self.lines = lines
        self.open: list[_Open] = []
        self.next = 0
        """The number, from 0, of the line to read next."""

    def read(self) -> Node:
        """The tree; Other where a line is written in another way."""
        rows = self.rows
        while self.next < len(rows):
            indent, dash, key, rest = rows[self.next]
            self.next += 1
            has_value = rest and rest[0] != "#"
            if key or (dash and has_value):
                self.add(len(indent) + 1, dash, key, rest if has_value else "")
            elif dash:
                raise Other
            elif has_value:
                self.carry_on(len(indent) + 1, rest)
        if not self.open or self.open[-1].waiting:
            raise Other
        while len(self.open) > 1:
            self.close()
        return self.open[0].closed(self.path)

    def add(self, column: int, dash: str, key: str, value: str) -> None:
        """Add a line that begins at `column`, with a `-`, a key and a value, as far as it has them."""
        path, line = self.path, self.next
        top = self.open[-1] if self.open else None
        if top is None or top.column != column or top.waiting or top.is_mapping is (dash != ""):
            top = self.at(column, dash != "")
        if key:
            if dash:
                top = self.begin(column + len(dash), is_mapping=True)
            if key in top.keys:
                raise Other
            top.keys.add(key)
            top.waiting = placed(key, path, line, top.column)
            if not value:
                return
        start = len(self.lines[line - 1]) - len(value) + 1
        if value[0] not in OPENING:
            node = _tuple(Scalar, (placed(plain(value), path, line, start), True))
        elif value in BLOCKS:
            node = self.block(value, start, top.column)
        else:
            node = values.value(value, path, line, start)
        if top.is_mapping:
            top.children.append(_tuple(Entry, (top.waiting, node)))
            top.waiting = None
        else:
            top.children.append(node)

    def carry_on(self, column: int, value: str) -> None:
        """Add a line with nothing but text: the value of the key above it, or more of the value on the line above."""
        if not self.open or column <= self.open[-1].column or value[0] in OPENING:
            raise Other
        top = self.open[-1]
        text = plain(value)
        if top.waiting:
            top.put(Scalar(placed(text, self.path, self.next, column), True))
            return
        last = top.children[-1]
        before = last.value if top.is_mapping else last
        above = self.lines[self.next - 2]
        if not (isinstance(before, Scalar) and before.plain and before.span.end_line == self.next - 1):
            raise Other
        if before.span.end_column != len(above.rstrip(" ")) + 1:
            raise Other
        span = before.span._replace(end_line=self.next, end_column=column + len(text))
        whole = Scalar(Text(f"{before.text} {text}", span), True)
        top.children[-1] = Entry(last.key, whole) if top.is_mapping else whole

    def at(self, column: int, is_item: bool) -> _Open:
        """The open list or mapping that a line belongs to which begins at `column`, with a `-` or without."""
        if not self.open:
            return self.begin(column, not is_item)
        top = self.open[-1]
        if top.waiting:
            if column > top.column or (column == top.column and is_item):
                return self.begin(column, not is_item)
            raise Other
        while column < top.column or (column == top.column and is_item is top.is_mapping):
            top = self.close()
        if column != top.column:
            raise Other
        return top

    def begin(self, column: int, is_mapping: bool) -> _Open:
        """Open a list or mapping at the line that is read."""
        if len(self.open) == DEEPEST:
            raise Other
        top = _Open(self.next, column, is_mapping)
        self.open.append(top)
        return top

    def close(self) -> _Open:
        """Close the innermost list or mapping; what holds it is the innermost then."""
        if len(self.open) < 2:
            raise Other
        node = self.open.pop().closed(self.path)
        top = self.open[-1]
        top.put(node)
        return top

    def block(self, style: str, column: int, holder: int) -> Scalar:
        """The text on the lines below, all of them indented alike; it ends at the next line that is not blank."""
        begun = self.next
        first = self.lines[begun] if begun < len(self.lines) else ""
        indent = first[: len(first) - len(first.lstrip(" "))]
        if len(indent) < holder:
            raise Other
        text: list[str] = []
        while self.next < len(self.lines) and self.lines[self.next].startswith(indent):
            line = self.lines[self.next][len(indent) :]
            if not line or line[0] == " ":
                raise Other
            text.append(line)
            self.next += 1
        while self.next < len(self.lines) - 1 and not self.lines[self.next]:
            self.next += 1
        if not text or self.next == len(self.lines) or self.lines[self.next].startswith(indent):
            raise Other
        joint, end = BLOCKS[style]
        value = Text(joint.join(text) + end, Span(self.path, begun, column, self.next + 1, 1))
        return Scalar(value, False)
