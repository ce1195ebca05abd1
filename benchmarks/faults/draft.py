"""A copy of a handbook that is edited in memory, where an author would edit it: comments and layout stay."""

from collections.abc import Mapping as MappingOf
from typing import NamedTuple

from rolebook.model.handbook import Handbook
from rolebook.source import Entry, Mapping, Node, Scalar, Sequence, Span, read

Step = str | int
"""One step into a file: a key, the id of something in a list, or its position there."""


class Place(NamedTuple):
    """Where a fault is to be found."""

    path: str
    line: int


class Draft:
    """The files of a handbook with the edits made so far; `handbook` is what they said before."""

    def __init__(self, handbook: Handbook, files: MappingOf[str, str]) -> None:
        self.handbook = handbook
        self.files = files
        self.changed: dict[str, str | None] = {}
        self._trees: dict[str, Node] = {}

    def text(self, path: str) -> str:
        """The text of a file as it is now."""
        return self.changed.get(path) or self.files[path]

    def put(self, path: str, text: str | None) -> None:
        """Write a file, or take it away."""
        self.changed[path] = text
        self._trees.pop(path, None)

    def tree(self, path: str) -> Node:
        """The source tree of a file as it is now."""
        if path not in self._trees:
            root = read(path, self.text(path).encode()).root
            assert root is not None, path
            self._trees[path] = root
        return self._trees[path]

    def node(self, path: str, *steps: Step) -> Node:
        """What stands at the end of `steps`."""
        node = self.tree(path)
        for step in steps:
            node = _step(node, step)
        return node

    def entry(self, path: str, *steps: Step) -> Entry:
        """The key at the end of `steps`, with its value."""
        mapping = self.node(path, *steps[:-1])
        assert isinstance(mapping, Mapping), (path, steps)
        return next(entry for entry in mapping.entries if entry.key == steps[-1])

    def has(self, path: str, *steps: Step) -> bool:
        """Whether there is such a key."""
        mapping = self.node(path, *steps[:-1])
        return isinstance(mapping, Mapping) and any(entry.key == steps[-1] for entry in mapping.entries)

    def at(self, path: str, *steps: Step) -> Place:
        """The line on which a value stands."""
        return Place(path, self.node(path, *steps).span.line)

    def key(self, path: str, *steps: Step) -> Place:
        """The line on which a key stands."""
        return Place(path, self.entry(path, *steps).key.span.line)

    def replace(self, span: Span, text: str) -> None:
        """Put `text` in place of what stands at `span`."""
        lines = self.text(span.path).split("\n")
        before = [*lines[: span.line - 1], lines[span.line - 1][: span.column - 1]]
        behind = [lines[span.end_line - 1][span.end_column - 1 :], *lines[span.end_line :]]
        self.put(span.path, "\n".join(before) + text + "\n".join(behind))

    def write(self, path: str, *steps: Step, text: str) -> None:
        """Write another value, on the line of its key where that has one."""
        if isinstance(steps[-1], str) and self.has(path, *steps):
            entry = self.entry(path, *steps)
            if entry.value.span.line > entry.key.span.line or _is_block(entry.value, self.text(path)):
                self._cut(entry.key.span, f"{entry.key}: {text}")
                return
        self.replace(self.node(path, *steps).span, text)

    def add(self, path: str, *steps: Step, text: str) -> None:
        """Add a key with a value to a mapping, below its first key."""
        *into, key = steps
        mapping = self.node(path, *into)
        assert isinstance(mapping, Mapping), (path, steps)
        first = mapping.entries[0]
        if self._in_braces(mapping):
            end = first.value.span
            self.replace(Span(path, end.end_line, end.end_column, end.end_line, end.end_column), f", {key}: {text}")
        else:
            self._insert(path, self._last_line(first.key.span), f"{' ' * (first.key.span.column - 1)}{key}: {text}")

    def set(self, path: str, *steps: Step, text: str) -> None:
        """Write a value, adding its key where it is not there."""
        if self.has(path, *steps):
            self.write(path, *steps, text=text)
        else:
            self.add(path, *steps, text=text)

    def append(self, path: str, *steps: Step, text: str) -> None:
        """Add an item to a list, which may still be a single value or not be there at all."""
        if not self.has(path, *steps):
            self.add(path, *steps, text=f"[{text}]")
            return
        value = self.node(path, *steps)
        match value:
            case Scalar():
                self.replace(value.span, f"[{value.text}, {text}]")
            case Sequence(flow=True):
                end = value.items[-1].span
                self.replace(Span(path, end.end_line, end.end_column, end.end_line, end.end_column), f", {text}")
            case Sequence():
                dash = value.span.column
                last = self._last_line(Span(path, value.items[-1].span.line, dash, 0, 0))
                self._insert(path, last, f"{' ' * (dash - 1)}- {text}")
            case Mapping():
                raise AssertionError((path, steps))

    def remove(self, path: str, *steps: Step) -> None:
        """Take a key, or an item of a list, out with all it holds; a list loses its key with its last item."""
        holder, last = self.node(path, *steps[:-1]), steps[-1]
        match holder:
            case Mapping() if self._in_braces(holder):
                entries = [entry for entry in holder.entries if entry.key != last]
                lines = self.text(path).split("\n")
                kept = (f"{entry.key}: {_written(lines, entry.value.span)}" for entry in entries)
                self.replace(holder.span, f"{{{', '.join(kept)}}}")
            case Mapping():
                self._cut(self.entry(path, *steps).key.span, None)
            case Scalar():
                self.remove(path, *steps[:-1])
            case Sequence():
                self._remove_item(path, holder, steps)

    def _remove_item(self, path: str, holder: Sequence, steps: tuple[Step, ...]) -> None:
        item = _step(holder, steps[-1])
        if len(holder.items) == 1:
            self.remove(path, *steps[:-1])
        elif holder.flow:
            lines = self.text(path).split("\n")
            kept = [_written(lines, other.span) for other in holder.items if other is not item]
            self.replace(holder.span, f"[{', '.join(kept)}]")
        else:
            self._cut(Span(path, item.span.line, holder.span.column, 0, 0), None)

    def _in_braces(self, mapping: Mapping) -> bool:
        line = self.text(mapping.span.path).split("\n")[mapping.span.line - 1]
        return line[mapping.span.column - 1] == "{"

    def _last_line(self, start: Span) -> int:
        """The last line of what begins at `start`: those below that stand deeper belong to it."""
        lines = self.text(start.path).split("\n")
        last = start.line
        for number in range(start.line + 1, len(lines) + 1):
            line = lines[number - 1]
            if line.strip() and len(line) - len(line.lstrip()) < start.column:
                break
            if line.strip():
                last = number
        return last

    def _insert(self, path: str, below: int, line: str) -> None:
        lines = self.text(path).split("\n")
        self.put(path, "\n".join([*lines[:below], line, *lines[below:]]))

    def _cut(self, start: Span, instead: str | None) -> None:
        """Take out all that begins at `start`; `instead` stands there then, behind what stood before it."""
        lines = self.text(start.path).split("\n")
        last = self._last_line(start)
        before = lines[start.line - 1][: start.column - 1]
        put = [] if instead is None and not before.strip() else [before + (instead or "")]
        if put and not instead:  # the first key behind a dash: the next one moves up to it
            put = [before + lines[last].lstrip()]
            last += 1
        self.put(start.path, "\n".join([*lines[: start.line - 1], *put, *lines[last:]]))


def _step(node: Node, step: Step) -> Node:
    match node:
        case Mapping():
            return next(entry.value for entry in node.entries if entry.key == step)
        case Sequence() if isinstance(step, int):
            return node.items[step]
        case Sequence():
            return next(item for item in node.items if _called(item, step))
        case Scalar():
            return node


def _called(item: Node, name: str | int) -> bool:
    if isinstance(item, Scalar):
        return item.text == name
    return isinstance(item, Mapping) and any(
        entry.key == "id" and isinstance(entry.value, Scalar) and entry.value.text == name for entry in item.entries
    )


def _is_block(node: Node, text: str) -> bool:
    """Whether a text begins with `>` or `|`, so that it goes on below its key."""
    first = text.split("\n")[node.span.line - 1][node.span.column - 1 :][:1]
    return isinstance(node, Scalar) and first in (">", "|")


def _written(lines: list[str], span: Span) -> str:
    """What stands at a span, on one line."""
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    middle = [lines[span.line - 1][span.column - 1 :], *lines[span.line : span.end_line - 1]]
    return " ".join(part.strip() for part in (*middle, lines[span.end_line - 1][: span.end_column - 1]))
