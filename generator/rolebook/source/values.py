"""Values that stand on one line, in the ways that handbooks mostly write them."""

import re
from typing import Any

from rolebook.source.span import Span, Text
from rolebook.source.tree import Entry, Mapping, Node, Scalar, Sequence

_tuple: Any = tuple.__new__
_text: Any = str.__new__
"""As in `read`: what makes a span and a text without a call of Python in between."""


class Other(Exception):
    """Something is written in a way that only the parser of YAML reads."""


BLOCKS = {">-": (" ", ""), ">": (" ", "\n"), "|-": ("\n", ""), "|": ("\n", "\n")}
"""How texts on lines of their own are announced, and what joins and what ends their lines."""

_KEY = r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}"
_WORD = r"[A-Za-z0-9][A-Za-z0-9/_.-]*(?::[A-Za-z0-9][A-Za-z0-9/_.-]*)?(?: +[A-Za-z0-9][A-Za-z0-9/_.-]*)*"
_LIST = rf"\[(?: *{_WORD} *(?:,(?= *[A-Za-z0-9])|(?=\])))*\]"
_PAIR = rf"{_KEY}: +(?:{_WORD}|{_LIST})"
_END = r" *(?: #(?![^\s#]).*)?$"
"""The end of a line, with a comment or without."""

rows: Any = re.compile(rf"^( *)(- +)?(?:({_KEY}):(?: +|$))?(.*)", re.MULTILINE).findall
"""The indentation, `-`, key and what follows ("" where there is none) of each line of a text whose lines end in \\n."""
_words = re.compile(_WORD).finditer
_pairs = re.compile(rf"({_KEY}): +(?:({_WORD})|({_LIST}))").finditer
_flow_list = re.compile(rf"({_LIST}){_END}").match
_flow_mapping = re.compile(rf"(\{{(?: *{_PAIR} *(?:,(?= *[A-Za-z0-9_])|(?=\}})))+\}}){_END}").match
_quoted = re.compile(rf"(\"[^\"\\]*\"|'[^']*'){_END}").match
_comment = re.compile(r" +#(?![^\s#])").search
OPENING = frozenset("-?:,[]{}#&*!|>'\"%@` ")
"""What a value without quotation marks does not begin with."""


def placed(words: str, path: str, line: int, column: int) -> Any:
    """Words that stand letter for letter on a line."""
    text = _text(Text, words)
    text.span = _tuple(Span, (path, line, column, line, column + len(words)))
    text.inset = 0
    return text


def value(written: str, path: str, line: int, column: int) -> Node:
    """The value that a line ends with from `column` on, comment included; Other where it takes the parser."""
    first = written[0]
    if first == "[" and (match := _flow_list(written)):
        return _listed(match[1], path, line, column)
    if first == "{" and (match := _flow_mapping(written)):
        return _mapped(match[1], path, line, column)
    if match := _quoted(written):
        words = match[1]
        return Scalar(Text(words[1:-1], Span(path, line, column, line, column + len(words)), inset=1), False)
    raise Other


def plain(written: str) -> str:
    """A value without quotation marks, without the comment behind it."""
    if " #" in written:
        comment = _comment(written)
        if comment is None or written.index(" #") < comment.start():
            raise Other
        written = written[: comment.start()]
    if written[-1] == " ":
        written = written.rstrip(" ")
    if ": " in written or written[-1] == ":":
        raise Other
    return written


def _listed(written: str, path: str, line: int, column: int) -> Sequence:
    items = tuple(
        _tuple(Scalar, (placed(word[0], path, line, column + word.start()), True)) for word in _words(written)
    )
    return Sequence(items, Span(path, line, column, line, column + len(written)), True)


def _mapped(written: str, path: str, line: int, column: int) -> Mapping:
    entries: dict[str, Entry] = {}
    for pair in _pairs(written):
        key, word, listed = pair.groups()
        if key in entries:
            raise Other
        start = column + pair.start(2 if word else 3)
        node = Scalar(placed(word, path, line, start), True) if word else _listed(listed, path, line, start)
        entries[key] = Entry(placed(key, path, line, column + pair.start()), node)
    return Mapping(tuple(entries.values()), Span(path, line, column, line, column + len(written)))
