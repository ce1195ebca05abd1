"""What the YAML parser complains of, in plain words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

COLON = ("mapping values are not allowed",)
KEY = ("block mapping",)
NEXT = ("document start",)
NODE = ("node content",)


class Complaint(NamedTuple):
    """The parser's words, what we say instead, what to do, and whether the beginning of the trouble is the place."""

    words: tuple[str, ...]
    message: str
    help: str
    at_beginning: bool = False


COMPLAINTS = (
    Complaint(
        ("quoted scalar", "end of stream"),
        "a quotation mark is opened here and never closed",
        "Close it, or put the whole text between quotation marks of the other kind.",
        at_beginning=True,
    ),
    Complaint(
        ("quoted scalar", "document indicator"),
        "a quotation mark is opened here and never closed",
        "Close it, or put the whole text between quotation marks of the other kind.",
        at_beginning=True,
    ),
    Complaint(
        ("quoted scalar", "escape"),
        "a backslash stands between double quotation marks",
        "Write it twice, or put the text between single quotation marks.",
    ),
    Complaint(
        ("quoted scalar", "hex"),
        "a backslash stands between double quotation marks",
        "Write it twice, or put the text between single quotation marks.",
    ),
    Complaint(
        COLON,
        "a colon stands where none can",
        "Put the text in quotation marks if the colon belongs to it; else check the indentation.",
    ),
    Complaint(
        ("scanning an alias",),
        "a text cannot begin with '*'",
        "Put the text in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("scanning an anchor",),
        "a text cannot begin with '&'",
        "Put the text in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("tag",),
        "a text cannot begin with '!'",
        "Put the text in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("directive",),
        "a line cannot begin with '%'",
        "Put the text in quotation marks, or take the line out.",
        at_beginning=True,
    ),
    Complaint(
        ("block scalar",),
        "a text cannot begin with '>' or '|'",
        "Put the text in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("flow sequence",),
        "a list in brackets is opened here and not closed, or a comma is missing in it",
        "Close it with ']', or put a text that begins with '[' in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("flow mapping",),
        "a brace is opened here and not closed, or a comma is missing behind it",
        "Close it with '}', or put a text that begins with '{' in quotation marks.",
        at_beginning=True,
    ),
    Complaint(
        ("simple key",),
        "this line is neither 'key: value' nor part of the text above",
        "Add the colon and a space behind the key, or indent the line below the text it belongs to.",
        at_beginning=True,
    ),
    Complaint(
        ("block sequence entries are not allowed",),
        "a list item ('- ') stands where none can",
        "Put it on a line of its own below its key.",
    ),
    Complaint(
        ("block collection",),
        "this line does not stand below the other items of its list",
        "Give it the same indentation as the '-' of its neighbours.",
    ),
    Complaint(
        KEY,
        "this line does not stand below the other keys",
        "Give it the same indentation as its neighbours.",
    ),
    Complaint(
        ("cannot start any token",),
        "a text cannot begin with this character",
        "Put the text in quotation marks.",
    ),
    Complaint(
        NEXT,
        "this does not belong to what stands above it",
        "Check the indentation: every key of the file begins in the first column.",
    ),
    Complaint(
        ("mapping keys are not allowed",),
        "a question mark stands where none can",
        "Put the text in quotation marks.",
    ),
    Complaint(
        NODE,
        "a value is missing here, or begins with a character that it cannot begin with",
        "Write the value, in quotation marks if it begins with a special character.",
    ),
)

UNKNOWN = Complaint(
    (), "this cannot be read as YAML", "Check indentation, colons and quotation marks here and in the line above."
)
TAB = Complaint((), "a tab stands where spaces must", "Indent with spaces.")
BEHIND_QUOTES = Complaint(
    (),
    "text goes on behind its closing quotation mark",
    "Put all of the text between quotation marks, and use marks of the other kind within it.",
)
BEHIND_BRACKET = Complaint(
    (),
    "text goes on behind a closing bracket",
    "Put all of the text in quotation marks; a list in brackets ends with its bracket.",
)
NO_SPACE = Complaint((), "a colon has no space behind it", "Write 'key: value', with a space behind the colon.")
TOO_DEEP = Complaint(
    (),
    "this key is indented deeper than the one above it, which has its value already",
    "Give it the same indentation as its neighbours.",
)
ODD_SPACE = Complaint(
    (), "an invisible special space stands here, as word processors make them", "Replace it with an ordinary space."
)
NO_KEY = Complaint((), "no key stands in front of this colon", "Write the key, or take the line out.")
ENDED = Complaint((), "three dots end the file for YAML", "Take them out.")
OUT_OF_LINE = Complaint(
    (), "this '-' does not stand below the other ones of its list", "Give it the same indentation as its neighbours."
)

_ODD_SPACE = re.compile("[\u00a0\u2000-\u200b\u202f\u3000]")
_GLUED_KEY = re.compile(r"\s*(?:- +)*[\w-]+(:)[^\s:/]")
_KEY = re.compile(r"(\s*(?:- +)*)[\w-]+:(?: |$)")
_QUOTED = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?([\"'])")
_KEY_WITH_VALUE = re.compile(r"(\s*(?:- +)*)[\w-]+: +[^\s#|>]")


def look_closer(known: Complaint, lines: Sequence[str], line: int, column: int) -> tuple[Complaint, int, int]:
    """What the lines around a place that cannot be read give away: the complaint, and its true place (from 0)."""
    here = lines[line]
    before, rest = here[:column].rstrip(), here[column:]
    if "\t" in here[: column + 1] and not here[: column + 1].strip():
        return TAB, line, column
    if odd := _ODD_SPACE.search(here):
        return ODD_SPACE, line, odd.start()
    if rest.strip() and rest[0] not in "#:,":
        if before.endswith(('"', "'")):
            opened = _never_closed(lines, line, before[-1])
            return (BEHIND_QUOTES, line, column) if opened is None else (COMPLAINTS[0], *opened)
        if before.endswith(("]", "}")):
            return BEHIND_BRACKET, line, column
        if rest.startswith("- ") and not before:
            return OUT_OF_LINE, line, column
    if known.words == KEY and rest[:1] == ":" and not before.strip(" -"):
        return NO_KEY, line, column
    if known.words in (NEXT, NODE) and (dots := _dots_before(lines, line)) is not None:
        return ENDED, dots, 0
    if known.words == COLON and line and (key := _KEY.match(here)):
        above = lines[line - 1]
        if glued := _GLUED_KEY.match(above):
            return NO_SPACE, line - 1, glued.start(1)
        over = _KEY_WITH_VALUE.match(above)
        if over and len(over[1]) < len(key[1]):
            return TOO_DEEP, line, len(key[1])
    return known, line, column


def _never_closed(lines: Sequence[str], line: int, mark: str) -> tuple[int, int] | None:
    """Where above a line a value begins with a quotation mark that its own line does not close; None for nowhere.

    What the parser took for its end is then the beginning of the next value in quotation marks.
    """
    for number in range(line - 1, -1, -1):
        begun = _QUOTED.match(lines[number])
        if begun and begun[1] == mark and lines[number].count(mark, begun.end()) % 2 == 0:
            return number, begun.start(1)
        if lines[number].count(mark) % 2:
            return None
    return None


def _dots_before(lines: Sequence[str], line: int) -> int | None:
    """The line of `...` at a line or above it, with nothing but comments between; None where there is none."""
    written = (number for number in range(line, -1, -1) if lines[number].strip() and lines[number][0] != "#")
    number = next((number for number in written if number != line or lines[number].startswith("...")), None)
    return number if number is not None and lines[number].rstrip() == "..." else None


def complaint(words: str) -> Complaint:
    """The plain words for what the parser says."""
    return next((known for known in COMPLAINTS if all(part in words for part in known.words)), UNKNOWN)
