"""Where a piece of text stands, and text that knows it."""

from typing import NamedTuple, Self


class Span(NamedTuple):
    """A stretch of a file: lines and columns from 1, in code points, the end exclusive.

    `path` is relative to the handbook, with forward slashes.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def of_file(cls, path: str) -> Self:
        """The very beginning of a file, for what concerns all of it."""
        return cls(path, 1, 1, 1, 1)

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies within this span (in the same file)."""
        return (
            self.path == other.path
            and (self.line, self.column) <= (other.line, other.column)
            and (other.end_line, other.end_column) <= (self.end_line, self.end_column)
        )


class Text(str):
    """Text from a file: a `str` that knows its span, which takes no part in equality.

    `inset` is the number of columns between the start of the span and the first character (1 behind a
    quote), or None where the text does not stand in the file letter for letter (escapes, several lines).
    """

    __slots__ = ("inset", "span")

    span: Span
    inset: int | None

    def __new__(cls, value: str, span: Span, inset: int | None = None) -> Self:
        """The text `value`, standing at `span`."""
        self = super().__new__(cls, value)
        self.span = span
        self.inset = inset
        return self

    def part(self, start: int, end: int) -> Span:
        """The span of the characters from `start` to `end`; the whole span where they cannot be placed."""
        if self.inset is None:
            return self.span
        column = self.span.column + self.inset
        return Span(self.span.path, self.span.line, column + start, self.span.line, column + end)
