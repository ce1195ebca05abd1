"""How wide text is, and how it is broken into lines that fit."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from rolebook.drawing import advances

MARGIN = 1.06
"""What other fonts of the same kind may need more than the one that was measured."""
MORE = "…"
"""Ends a text that has no room."""

_UNKNOWN = 1100
_PICTURE = 1450
_WORDS = re.compile(r"[^ \t\r\n]+")
_JOINED = re.compile(r"(?<=[-/])(?=\w)")  # where a word may be broken without a sign


class _Widths(dict[str, int]):
    """The width of each character in 1/1000 of its size; for what other fonts have to set, a generous guess."""

    def __missing__(self, char: str) -> int:
        match unicodedata.category(char):
            case "Mn" | "Me" | "Cf" | "Cc":
                guess = 0
            case "So" | "Sk" | "Cn" | "Co":
                guess = _PICTURE
            case _:
                guess = _UNKNOWN
        self[char] = guess
        return guess


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is on one line, at the most."""
    return _sum(text, _widths(bold)) * size * MARGIN / 1000


@lru_cache(maxsize=10_000)
def wrap(text: str, room: float, size: float, *, bold: bool = False, most: int = 99) -> tuple[str, ...]:
    """`text` in lines that are no wider than `room`: broken between words, and within one that is wider by itself.

    After `most` lines it ends with `…`.
    """
    widths, limit = _widths(bold), room * 1000 / (size * MARGIN)
    space = widths[" "]
    lines: list[str] = []
    line, used = "", 0
    for gap, piece, wide in _pieces(text, limit, widths):
        wider = used + wide + (space if gap else 0)
        if line and wider > limit:
            lines.append(line)
            if len(lines) > most:
                break
            line, used = piece, wide
        else:
            line, used = (line + gap + piece, wider) if line else (piece, wide)
    else:
        lines.append(line)
    if len(lines) > most:
        lines[most - 1 :] = [_cut(lines[most - 1], limit, widths)]
    return tuple(lines)


@cache
def _widths(bold: bool) -> _Widths:
    found = _Widths()
    for line in (advances.BOLD if bold else advances.REGULAR).split("\n"):
        if line:
            first, *widths = line.split()
            found.update({chr(int(first, 16) + place): int(each) for place, each in enumerate(widths)})
    return found


def _sum(text: str, widths: _Widths) -> int:
    return sum(map(widths.__getitem__, text))


def _pieces(text: str, limit: float, widths: _Widths) -> Iterator[tuple[str, str, int]]:
    """The parts of `text` that stay together, with what stands before each on the same line, and how wide they are."""
    for word in _WORDS.findall(text):
        wide = _sum(word, widths)
        if wide <= limit and "-" not in word and "/" not in word:
            yield " ", word, wide
            continue
        gap = " "
        for part in _JOINED.split(word):
            wide = _sum(part, widths)
            for piece in (part,) if wide <= limit else _broken(part, limit, widths):
                yield gap, piece, wide if piece is part else _sum(piece, widths)
                gap = ""


def _broken(part: str, limit: float, widths: _Widths) -> Iterator[str]:
    begin, used = 0, 0
    for place, char in enumerate(part):
        used += widths[char]
        if used > limit and place > begin:
            yield part[begin:place]
            begin, used = place, widths[char]
    yield part[begin:]


def _cut(line: str, limit: float, widths: _Widths) -> str:
    """As much of a line as leaves room for the sign that there is more."""
    while line and _sum(line + MORE, widths) > limit:
        line = line[:-1]
    return line.rstrip() + MORE
