"""Whether a tree still says what it said, apart from what was meant to change."""

from collections.abc import Mapping as Map

from rolebook.source import Mapping, Node, Scalar, Sequence, Span, Text


class Intended:
    """What is meant to change: the new words of values by their old places, and whether entries are added."""

    def __init__(self, words: Map[Span, str], *, additions: bool) -> None:
        self._words = words
        self._additions = additions

    def holds(self, old: Node, new: Node) -> bool:
        """Whether `new` is `old` with what was intended, and nothing else."""
        match old, new:
            case Scalar(), Scalar():
                return old.plain == new.plain and old.absent == new.absent and self._after(old.text) == new.text
            case Sequence(), Sequence():
                return self._sequences(old, new)
            case Mapping(), Mapping():
                return old.refused == new.refused and self._mappings(old, new)
            case _:
                return False

    def _after(self, text: Text) -> str:
        return self._words.get(text.span, text)

    def _sequences(self, old: Sequence, new: Sequence) -> bool:
        found = 0
        for item in new.items:
            if found < len(old.items) and self.holds(old.items[found], item):
                found += 1
            elif not self._additions:
                return False
        return found == len(old.items)

    def _mappings(self, old: Mapping, new: Mapping) -> bool:
        found = 0
        for entry in new.entries:
            before = old.entries[found] if found < len(old.entries) else None
            if before and self._after(before.key) == entry.key and self.holds(before.value, entry.value):
                found += 1
            elif not self._additions:
                return False
        return found == len(old.entries)
