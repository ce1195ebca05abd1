"""Where the lines of a file's text begin, so that spans become offsets and line ends stay what they are."""

import re
from bisect import bisect_right

from rolebook.editing.text.refusal import CannotEdit
from rolebook.source import Span

_BREAK = re.compile(r"\r\n|\r|\n")


class Places:
    """The offsets of the lines of a text, as `source` counts them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks = [(found.start(), found.end()) for found in _BREAK.finditer(text)]
        self._starts = [0, *(end for _, end in self._breaks)]

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; the line behind the last one begins where the text ends."""
        if line == len(self._starts) + 1 and column == 1:
            return len(self.text)
        if not 1 <= line <= len(self._starts):
            raise CannotEdit("the place lies outside the file")
        offset = self._starts[line - 1] + column - 1
        end = self._breaks[line - 1][0] if line <= len(self._breaks) else len(self.text)
        if not self._starts[line - 1] <= offset <= end:
            raise CannotEdit("the place lies outside its line")
        return offset

    def stretch(self, span: Span) -> tuple[int, int]:
        """The offsets of a span's beginning and end."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def line_end(self, offset: int) -> str:
        """The line end that lines around an offset have: that of the line before, else of the first; else a newline."""
        if not self._breaks:
            return "\n"
        before = bisect_right(self._starts, offset) - 2
        start, end = self._breaks[max(before, 0)]
        return self.text[start:end]

    def insertion(self, offset: int, lines: str) -> str:
        """What to insert for lines at an offset: with the file's line ends, and behind a last line that has none."""
        line_end = self.line_end(offset)
        written = lines.replace("\n", line_end)
        if offset == len(self.text) and self._starts[-1] < offset:
            return line_end + written.removesuffix(line_end)
        return written
