"""What the lines around a place that cannot be read give away of the mistake in them."""

import re
from collections.abc import Sequence

from rolebook.source.complaints import BRACES, COLON, COMPLAINTS, ITEM, KEY, LIST, NEXT, NODE, SIMPLE_KEY, Complaint

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
COMMENTED = Complaint(
    (), "a comment begins here, which hides the closing bracket", "Put the text with the '#' between quotation marks."
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
GLUED_ITEM = Complaint((), "a '-' has no space behind it", "Write '- ', with a space between it and the text.")
OTHER_BULLET = Complaint(
    (), "this sign does not begin an item of a list", "Write '- ' in place of it, as in the items beside it."
)
ODD_QUOTES = Complaint(
    COLON,
    "a text with a colon stands between curved quotation marks, which do not hold it together",
    "Write straight quotation marks, \" or ', at both ends of the text.",
)
SECOND_COLON = Complaint(
    COLON,
    "a second colon in this line splits its text in two",
    "Put the whole text behind the first colon in quotation marks.",
)
BETWEEN = Complaint(
    (),
    "this key stands neither below the keys above it nor below those further out",
    "Give it the same indentation as the key that it belongs beside.",
)
OUT_OF_LINE = Complaint(
    (), "this '-' does not stand below the other ones of its list", "Give it the same indentation as its neighbours."
)

_COMMENTED = re.compile(r"""(?:[^"'#]|"[^"]*"|'[^']*'|(?<!\s)\#)*(?<=\s)(\#).*[\]}]""")
_ODD_SPACE = re.compile("[\u00a0\u2000-\u200b\u202f\u3000]")
_GLUED_KEY = re.compile(r"\s*(?:- +)*[\w-]+(:)[^\s:/]")
_KEY = re.compile(r"(\s*(?:- +)*)[\w-]+:(?: |$)")
_QUOTED = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?([\"'])")
_GLUED_ITEM = re.compile(r"\s*(-)[^\s-]")
_OTHER_BULLET = re.compile(r"\s*([•◦▪‣●○■·–—]) ")
_ODD_QUOTES = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?[“”„‟«‘]")
_SECOND_COLON = re.compile(r"\s*(?:- +)*[\w-]+: +[^\s\"'\[{#|>].*\S")
_KEY_WITH_VALUE = re.compile(r"(\s*(?:- +)*)[\w-]+: +[^\s#|>]")


def look_closer(known: Complaint, lines: Sequence[str], line: int, column: int) -> tuple[Complaint, int, int]:
    """What the lines around a place that cannot be read give away: the complaint, and its true place (from 0)."""
    here = lines[line]
    if "\t" in here[: column + 1] and not here[: column + 1].strip():
        return TAB, line, column
    if odd := _ODD_SPACE.search(here):
        return ODD_SPACE, line, odd.start()
    if (ended := _ended(here, column)) == (BEHIND_QUOTES, column):
        opened = _never_closed(lines, line, here[:column].rstrip()[-1])
        return (COMPLAINTS[0], *opened) if opened else (BEHIND_QUOTES, line, column)
    if closer := ended or _of_its_words(known, here, column):
        return closer[0], line, closer[1]
    if known.words in (NEXT, NODE) and (dots := _dots_before(lines, line)) is not None:
        return ENDED, dots, 0
    if known.words == COLON and line and (above := _by_the_line_above(lines[line - 1], here)):
        return above[0], line - above[1], above[2]
    if known.words == COLON and (split := _split(here, column)):
        return split, line, column
    return known, line, column


def _ended(here: str, column: int) -> tuple[Complaint, int] | None:
    """What goes on behind the end of a text or a list, or begins beside it."""
    before, rest = here[:column].rstrip(), here[column:]
    if not rest.strip() or rest[0] in "#:,":
        return None
    if before.endswith(('"', "'")):
        return BEHIND_QUOTES, column
    if before.endswith(("]", "}")):
        return BEHIND_BRACKET, column
    return (OUT_OF_LINE, column) if rest.startswith("- ") and not before else None


def _of_its_words(known: Complaint, here: str, column: int) -> tuple[Complaint, int] | None:
    """What the line itself gives away, with the place in it, where the parser says this of it."""
    before, rest = here[:column].rstrip(), here[column:]
    if known.words == KEY and rest[:1] == ":" and not before.strip(" -"):
        return NO_KEY, column
    if known.words == ITEM and not before and _KEY.match(rest):
        return BETWEEN, column
    if known.words in (LIST, BRACES) and (hidden := _COMMENTED.match(here, column)):
        return COMMENTED, hidden.start(1)
    if known.words != SIMPLE_KEY:
        return None
    if found := _GLUED_ITEM.match(here):
        return GLUED_ITEM, found.start(1)
    if found := _OTHER_BULLET.match(here):
        return OTHER_BULLET, found.start(1)
    if found := _GLUED_KEY.match(here):
        return NO_SPACE, found.start(1)
    return None


def _by_the_line_above(above: str, here: str) -> tuple[Complaint, int, int] | None:
    """What a colon that cannot stand shows together with the line above: how many lines above it is, and where."""
    if not (key := _KEY.match(here)):
        return None
    if glued := _GLUED_KEY.match(above):
        return NO_SPACE, 1, glued.start(1)
    over = _KEY_WITH_VALUE.match(above)
    return (TOO_DEEP, 0, len(key[1])) if over and len(over[1]) < len(key[1]) else None


def _split(here: str, column: int) -> Complaint | None:
    """What a colon that cannot stand does to the text before it."""
    if here[column : column + 1] != ":":
        return None
    if _ODD_QUOTES.match(here[:column]):
        return ODD_QUOTES
    return SECOND_COLON if _SECOND_COLON.fullmatch(here[:column].rstrip()) else None


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
