"""Text that goes on over several lines of a file, of which each character still knows its place."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple, Self

from rolebook.source.span import Span, Text


class Place(NamedTuple):
    """A text, and where its lines stand: from which offset on each, as (offset, line, column).

    There are no `pieces` where it does not stand in the file letter for letter; it is somewhere in `around` then.
    """

    text: str
    pieces: Sequence[tuple[int, int, int]]
    around: Span

    @property
    def whole(self) -> Span:
        """The span of all of it."""
        return self.span(0, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """The span of the characters from `start` to `end`."""
        if not self.pieces:
            return self.around
        line, column = self._at(start)
        end_line, end_column = self._at(end - 1) if end > start else (line, column - 1)
        return Span(self.around.path, line, column, end_line, end_column + 1)

    def _at(self, offset: int) -> tuple[int, int]:
        number = bisect_right(self.pieces, offset, key=itemgetter(0))
        start, line, column = self.pieces[max(number - 1, 0)]
        return line, column + max(offset - start, 0)

    def words(self, start: int, end: int) -> Text:
        """The characters from `start` to `end`, as written."""
        return Text(self.text[start:end], self.span(start, end), inset=0 if self.pieces else None)

    def passage(self, start: int, end: int) -> "Passage":
        """As `words`, of characters that may stand on several lines."""
        return Passage.of(self, start, end)


class Passage(Text):
    """A piece of running text; its parts may begin on one line and end on another."""

    __slots__ = ("place", "start")

    place: Place
    start: int

    @classmethod
    def of(cls, place: Place, start: int, end: int) -> Self:
        """The characters of `place` from `start` to `end`."""
        self = cls(place.text[start:end], place.span(start, end), 0 if place.pieces else None)
        self.place = place
        self.start = start
        return self

    def part(self, start: int, end: int) -> Span:
        """The span of the characters from `start` to `end`."""
        return self.place.span(self.start + start, self.start + end)
