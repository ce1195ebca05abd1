"""How items of lists and keys with their values are taken out of a text: their commas and lines go, comments stay."""

from collections.abc import Iterator
from collections.abc import Sequence as List
from itertools import groupby

from rolebook.editing.text.amendment import Amendments
from rolebook.editing.text.extent import last_line
from rolebook.editing.text.gaps import Gap, joined
from rolebook.editing.text.places import Places
from rolebook.editing.text.refusal import CannotEdit
from rolebook.source import Entry, Node, Scalar, Sequence, Span, Text

Replacement = tuple[int, int, str]
"""The offsets of a stretch of text, and what comes in its place."""
Child = Node | Entry


def removals(
    root: Node, amendments: Amendments, places: Places, comments: List[Text], lines: List[str]
) -> Iterator[Replacement]:
    """The replacements that take what vanishes out of a file."""
    if amendments.removals:
        if amendments.vanishes(root):
            raise CannotEdit("nothing would be left in the file")
        yield from _Removing(amendments, places, comments, lines).within(root)


class _Removing:
    def __init__(self, amendments: Amendments, places: Places, comments: List[Text], lines: List[str]) -> None:
        self._amendments = amendments
        self._places = places
        self._lines = lines
        self._comments = {comment.span.line: comment for comment in comments}
        self._hashes = frozenset(places.offset(*comment.span[1:3]) for comment in comments)

    def within(self, node: Node) -> Iterator[Replacement]:
        """What is taken out of a node that stays."""
        if isinstance(node, Scalar):
            return
        children: tuple[Child, ...] = node.items if isinstance(node, Sequence) else node.entries
        gone = [self._amendments.vanishes(_value(child)) for child in children]
        if any(gone):
            in_brackets = self._places.text[self._places.stretch(node.span)[0]] in "[{"
            yield from (
                self._from_brackets(node, children, gone) if in_brackets else self._lines_of(node, children, gone)
            )
        for child, is_gone in zip(children, gone, strict=True):
            if not is_gone:
                yield from self.within(_value(child))

    def _from_brackets(self, node: Node, children: tuple[Child, ...], gone: List[bool]) -> Iterator[Replacement]:
        opening, closing = self._places.stretch(node.span)
        stretches = [self._places.stretch(_whole(child)) for child in children]
        for first, last in _runs(gone):
            start = stretches[first - 1][1] if first else opening + 1
            end = stretches[last + 1][0] if last + 1 < len(children) else closing - 1
            inner = [offset for stretch in stretches[first : last + 1] for offset in stretch]
            gaps = [self._gap(*edges) for edges in zip([start, *inner[1::2]], [*inner[::2], end], strict=True)]
            yield start, end, joined(gaps, first > 0, last + 1 < len(children))

    def _gap(self, start: int, end: int) -> Gap:
        hashes = tuple(offset - start for offset in self._hashes if start <= offset < end)
        return Gap(self._places.text[start:end], hashes)

    def _lines_of(self, node: Node, children: tuple[Child, ...], gone: List[bool]) -> Iterator[Replacement]:
        for number, child in enumerate(children):
            if not gone[number]:
                continue
            span = _whole(child)
            first = self._dash(node, number, children) if isinstance(node, Sequence) else span.line
            last = last_line(span, self._lines)
            indent = self._lines[first - 1][: node.span.column - 1]
            if not indent.isspace() and indent:
                if isinstance(node, Sequence) or number:
                    raise CannotEdit("what goes does not begin on a line of its own")
                kept = gone.index(False)
                yield from self._behind_a_dash(span, children[kept])
                if any(gone[kept:]):
                    raise CannotEdit("what goes stands in several places behind a '-'")
                return
            yield self._without(first, last, indent)

    def _dash(self, node: Sequence, number: int, children: tuple[Child, ...]) -> int:
        """The line of the `-` before an item."""
        above = _whole(children[number - 1]).end_line if number else node.span.line - 1
        for line in range(_whole(children[number]).line, above - 1, -1):
            if line and self._lines[line - 1][node.span.column - 1 : node.span.column] == "-":
                return line
        raise CannotEdit("the '-' of the item is not where those of others are")

    def _without(self, first: int, last: int, indent: str) -> Replacement:
        """Lines are taken out; of their comments, each stays on a line of its own."""
        start, end = self._places.offset(first, 1), self._places.offset(last + 1, 1)
        kept = [self._comment_line(line, indent) for line in range(first, last + 1) if line in self._comments]
        if not kept:
            return start, end, ""
        words = "".join(f"{line}\n" for line in kept).replace("\n", self._places.line_end(end))
        ends_open = last == len(self._lines)
        return start, end, words.removesuffix(self._places.line_end(end)) if ends_open else words

    def _comment_line(self, line: int, indent: str) -> str:
        comment = self._comments[line]
        before = self._lines[line - 1][: comment.span.column - 1]
        return f"{before if not before.strip() else indent}{comment}"

    def _behind_a_dash(self, span: Span, kept: Child) -> Iterator[Replacement]:
        """The first key behind a `-` is taken out: the next one that stays takes its place."""
        start, end = self._places.offset(span.line, span.column), self._places.stretch(_whole(kept))[0]
        line = self._places.offset(span.line, 1)
        words = "".join(
            f"{self._lines[span.line - 1].partition('-')[0]}{self._comments[number]}\n"
            for number in range(span.line, _whole(kept).line)
            if number in self._comments
        )
        if words:
            yield line, line, self._places.insertion(line, words)
        yield start, end, ""


def _value(child: Child) -> Node:
    return child.value if isinstance(child, Entry) else child


def _whole(child: Child) -> Span:
    """Where an item stands, or a key with its value."""
    if isinstance(child, Entry):
        return child.key.span._replace(end_line=child.value.span.end_line, end_column=child.value.span.end_column)
    return child.span


def _runs(gone: List[bool]) -> Iterator[tuple[int, int]]:
    """The numbers of the first and the last of neighbours that go."""
    for is_gone, run in groupby(range(len(gone)), key=lambda number: gone[number]):
        if is_gone:
            numbers = list(run)
            yield numbers[0], numbers[-1]
