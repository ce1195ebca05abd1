"""What is taken out of a file and added to it beside the words that change, and what its tree says afterwards."""

from collections.abc import Iterable
from collections.abc import Mapping as Map

from rolebook.editing.text.refusal import CannotEdit
from rolebook.source import Entry, Mapping, Node, Scalar, Sequence, Span, Text
from rolebook.value import value


@value()
class Addition:
    """Words that the key `key` of the keys at `span` shall have, beside what it has.

    A key that is not there yet comes below the last one there of those that belong `above` it.
    """

    span: Span
    key: str
    words: str
    above: tuple[str, ...] = ()

    def anchor(self, mapping: Mapping) -> int:
        """The number of the entry below which a new key comes: the last one where none of `above` is there."""
        places = {str(entry.key): number for number, entry in enumerate(mapping.entries)}
        return max((places[key] for key in self.above if key in places), default=len(mapping.entries) - 1)


@value()
class Amendments:
    """What is taken out of a file, by the spans of items or values, and what is added to it.

    A list or key that has nothing left goes with its last value.
    """

    removals: frozenset[Span] = frozenset()
    additions: tuple[Addition, ...] = ()

    def vanishes(self, node: Node) -> bool:
        """Whether nothing of a node is left."""
        if node.span in self.removals:
            return True
        match node:
            case Scalar():
                return False
            case Sequence(items=items):
                return bool(items) and all(map(self.vanishes, items))
            case Mapping(entries=entries):
                return bool(entries) and all(self.vanishes(entry.value) for entry in entries)

    def additions_to(self, mapping: Mapping) -> Iterable[Addition]:
        """What is added to the keys of a mapping."""
        return (addition for addition in self.additions if addition.span == mapping.span)


def amended(node: Node, words: Map[Span, str], amendments: Amendments) -> Node:
    """The tree after amendments, with new words in the values (and keys) at some spans; places stay the old ones."""
    match node:
        case Scalar(text=text, plain=plain):
            return _scalar(_reworded(text, words), plain, node.absent)
        case Sequence(items=items, span=span, flow=flow):
            kept = (item for item in items if not amendments.vanishes(item))
            return Sequence(tuple(amended(item, words, amendments) for item in kept), span, flow)
        case Mapping(entries=entries, span=span, refused=refused):
            found = {number: entry for number, entry in enumerate(entries) if not amendments.vanishes(entry.value)}
            new = [
                (number, Entry(_reworded(entry.key, words), amended(entry.value, words, amendments)))
                for number, entry in found.items()
            ]
            for addition in amendments.additions_to(node):
                _add(new, addition, addition.anchor(node))
            return Mapping(tuple(entry for _, entry in new), span, refused)


def _scalar(text: Text, plain: bool, absent: bool) -> Scalar:
    found = Scalar(text, plain)
    if found.absent != absent:
        raise CannotEdit("written there, it would be read as something else")
    return found


def _reworded(text: Text, words: Map[Span, str]) -> Text:
    return Text(words.get(text.span, text), text.span)


def _add(entries: list[tuple[int, Entry]], addition: Addition, anchor: int) -> None:
    """Add to the value of a key, or add the key behind the entry whose number is `anchor`."""
    added = _scalar(Text(addition.words, addition.span), plain=True, absent=False)
    for position, (number, entry) in enumerate(entries):
        if entry.key == addition.key:
            before = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
            entries[position] = (number, Entry(entry.key, Sequence((*before, added), entry.value.span, flow=False)))
            return
    position = sum(number <= anchor for number, _ in entries)
    entries.insert(position, (anchor, Entry(Text(addition.key, addition.span), added)))
