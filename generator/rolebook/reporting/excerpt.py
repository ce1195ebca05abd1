"""The line that a finding is about, as much of it as fits, and the carets that stand below the words that are meant."""

import unicodedata

from rolebook.reporting import visible
from rolebook.source import Span

WIDTH = 120
"""How much of a long line is shown, in columns of a terminal."""


def excerpt(line: str, span: Span) -> tuple[str, str]:
    """The line, cut around the beginning of the span where it is long, and what stands below it."""
    line = line.replace("\t", " ")
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    first, last = _cut(line, start)
    end = max(start, min(end, last))
    before, marked, behind = line[first:start], line[start:end], line[end:last]
    opening = "…" if first else ""
    shown = opening + before + marked + behind + ("…" if last < len(line) else "")
    carets = " " * _columns(visible(opening + before)) + "^" * max(1, _columns(visible(marked)))
    return visible(shown), carets


def _cut(line: str, start: int) -> tuple[int, int]:
    """From where to where a line is shown, so that `start` is in it."""
    if len(line) <= WIDTH and _columns(visible(line)) <= WIDTH:
        return 0, len(line)
    first, room = start, WIDTH // 2
    while first and (room := room - _columns(visible(line[first - 1]))) >= 0:
        first -= 1
    last, room = start, WIDTH - _columns(visible(line[first:start]))
    while last < len(line) and (room := room - _columns(visible(line[last]))) >= 0:
        last += 1
    return first, last


def _columns(text: str) -> int:
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0  # it stands on the character before it, as the later parts of a Korean syllable do
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
