"""The words that messages of checks have in common."""

import re
from collections.abc import Iterable

from rolebook.model import values as v
from rolebook.model.nouns import NOUNS
from rolebook.source import Span, Text
from rolebook.source.quoting import quoted as quoted  # asked for here with the other words of messages

MOST_NAMED = 6
"""So many of several things are named in a message; the others are counted."""


def title(kind: str) -> str:
    """What authors call a kind of thing."""
    return NOUNS[kind]


def titles(kinds: Iterable[str]) -> str:
    """What authors call several kinds of thing, any of which will do."""
    return any_of([title(kind) for kind in kinds if kind in NOUNS])


def with_article(words: str) -> str:
    """Words with `a` or `an` before them."""
    return f"an {words}" if words[0] in "aeio" else f"a {words}"


def all_of(words: Iterable[str]) -> str:
    """Words joined by commas and `and`."""
    return _joined(list(words), "and")


def any_of(words: Iterable[str]) -> str:
    """Words joined by commas and `or`."""
    return _joined(list(words), "or")


def any_of_few(words: Iterable[str]) -> str:
    """Words joined by commas and `or`, the first few of many."""
    known = list(words)
    more = len(known) - MOST_NAMED
    return any_of((*known[:MOST_NAMED], f"{more} more") if more > 0 else known)


def _joined(words: list[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def circle(members: Iterable[str]) -> str:
    """The members of a loop, from the first back to it."""
    names = list(members)
    return " → ".join(quoted(name) for name in (*names, names[0]))


def beginning(span: Span) -> Span:
    """The first character of a span, so that a finding does not underline several lines."""
    return Span(span.path, span.line, span.column, span.line, span.column + 1)


def place(*texts: Text) -> Span:
    """Where the first of several texts stands that could be read."""
    return next(text for text in texts if text).span


def is_id(text: str) -> bool:
    """Whether a text is written like an id, so that it may become part of a path."""
    return len(text) <= v.MAX_ID and re.fullmatch(v.ID_PATTERN, text, re.ASCII) is not None
