"""How far a value reaches down in a file."""

from collections.abc import Sequence

from rolebook.source import Span


def last_line(span: Span, lines: Sequence[str]) -> int:
    """The last line on which something of a span stands; a text on lines of its own ends before the blank ones."""
    last = span.end_line - (span.end_column == 1 and span.end_line > span.line)
    while last > span.line and not lines[last - 1].strip():
        last -= 1
    return last
