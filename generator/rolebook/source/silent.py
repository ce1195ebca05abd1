"""What YAML makes of a text without a word, though its author hardly meant it."""

import re
from collections.abc import Iterator
from typing import Any

from rolebook.source.decode import unseen
from rolebook.source.span import Span, Text
from rolebook.source.tree import Fault

CUT_SHORT = re.compile(r"[ \t]#[^\s#]")
"""What ends a text as a comment, and looks like a part of it."""
_ITEM = re.compile(r"\s*-(?=\s|[^\W\d])")
_NO_SPACE = re.compile(r"-[^\W\d]")
_ESCAPE = re.compile(r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<short>.))")
_SHORT = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "v": "\v", "f": "\f", "N": "\x85", "L": "\u2028", "P": "\u2029"}
"""What nobody sees, by the letter that makes it behind a backslash."""


def glued(text: Text, lines: tuple[str, ...]) -> Iterator[Fault]:
    """The list items that have become part of a text without quotes."""
    help = "Put it below the '-' of the other items, with a space behind its own."
    if _NO_SPACE.match(text):
        span = text.span._replace(end_line=text.span.line, end_column=text.span.column + 1)
        yield Fault("glued-lines", span, "a '-' without a space behind it begins no list item", help)
    for number in range(text.span.line, text.span.end_line):
        if item := _ITEM.match(lines[number]):
            span = Span(text.span.path, number + 1, item.end(), number + 1, item.end() + 1)
            message = "this line is read as part of the text above it, not as a list item"
            yield Fault("glued-lines", span, message, help)


def cut_short(path: str, end: Any, lines: tuple[str, ...]) -> Fault:
    """The comment that begins at the parser's mark `end` of a text, and looks like a part of it."""
    rest = lines[end.line][end.column + 1 :]
    span = Span(path, end.line + 1, end.column + 2, end.line + 1, end.column + 2 + len(rest))
    message = "what follows '#' is a comment and no part of the text"
    help = "Put the text in quotation marks; a true comment has a space behind its '#'."
    return Fault("text-cut-short", span, message, help)


def escaped(text: Text, lines: tuple[str, ...]) -> Fault | None:
    """The character that nobody sees and a backslash brings into a text; None where there is none."""
    if not (found := unseen(text)):
        return None
    message = f"{found.message}: it is written with a backslash"
    help = "Take it out, or write the backslash twice if it belongs to the text."
    return Fault("unreadable-file", _place_of(text[found.at], text.span, lines), message, help)


def _place_of(character: str, span: Span, lines: tuple[str, ...]) -> Span:
    """Where a backslash first makes a character between the quotation marks of a span."""
    for number in range(span.line, span.end_line + 1):
        for escape in _ESCAPE.finditer(lines[number - 1], span.column - 1 if number == span.line else 0):
            code = escape["x"] or escape["u"] or escape["U"]
            if character == (chr(int(code, 16)) if code else _SHORT.get(escape["short"])):
                return Span(span.path, number, escape.start() + 1, number, escape.end() + 1)
    return beginning(span)


def beginning(span: Span) -> Span:
    """The span, or its first character where it has no width or several lines."""
    is_wide = span.line == span.end_line and span.column < span.end_column
    return span if is_wide else Span(span.path, span.line, span.column, span.line, span.column + 1)
