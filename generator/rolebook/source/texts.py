"""Where the texts of a file stand in which a `#` begins no comment: in quotation marks, and on lines of their own."""

from collections.abc import Iterator
from typing import Any

import yaml

from rolebook.source.events import MAX_DEPTH, MAX_NODES, PARSER_FAILS, Parser

_ENDLESS = 2**31


def texts_on(text: str, wanted: set[int]) -> dict[int, list[tuple[int, int]]] | None:
    """The stretches of the wanted lines that lie within quotation marks or block texts, from left to right.

    None where the file cannot be read to its end, or is too large or too deep to be.
    """
    try:
        return _texts_on(text, wanted)
    except PARSER_FAILS:
        return None


def _texts_on(text: str, wanted: set[int]) -> dict[int, list[tuple[int, int]]] | None:
    stretches: dict[int, list[tuple[int, int]]] = {}
    parser = Parser(text)
    depth = 0
    for _ in range(MAX_NODES):
        event = parser.get_event()
        if event is None or isinstance(event, yaml.StreamEndEvent):
            return stretches
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            return None
        if isinstance(event, yaml.ScalarEvent) and event.style:
            for number, stretch in _stretches(event):
                if number in wanted:
                    stretches.setdefault(number, []).append(stretch)
    return None


def _stretches(event: Any) -> Iterator[tuple[int, tuple[int, int]]]:
    """The lines of a text with the columns that belong to it; behind `>` and `|`, a comment may stand."""
    start, end = event.start_mark, event.end_mark
    first = start.line + 1 if event.style in "|>" else start.line
    for number in range(first, end.line + 1):
        yield number, (start.column if number == start.line else 0, end.column if number == end.line else _ENDLESS)
