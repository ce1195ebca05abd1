"""The comments of a file that hold a certain word: only those that are comments to YAML, too."""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from rolebook.source.read import MAX_DEPTH, MAX_NODES
from rolebook.source.span import Span, Text

_Parser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_ENDLESS = 2**31


def comments(path: str, lines: Sequence[str], word: str) -> tuple[Text, ...]:
    """The comments of a file that hold `word`, each from its `#` to the end of its line, in the order of the lines.

    A file that cannot be read to its end has none. Where `word` stands nowhere, this costs one search.
    """
    text = "\n".join(lines)
    if word not in text:
        return ()
    wanted = {number for number, line in enumerate(lines) if word in line and "#" in line}
    if not wanted:
        return ()
    try:
        texts = _texts(text, wanted)
    except (yaml.YAMLError, ValueError):
        return ()
    if texts is None:
        return ()
    found = []
    for number in sorted(wanted):
        line = lines[number]
        start = _beginning(line, texts.get(number, []))
        if start is not None and word in line[start:]:
            span = Span(path, number + 1, start + 1, number + 1, len(line) + 1)
            found.append(Text(line[start:], span, inset=0))
    return tuple(found)


def _texts(text: str, wanted: set[int]) -> dict[int, list[tuple[int, int]]] | None:
    """The stretches of the wanted lines that lie within quotation marks or block texts, from left to right.

    None where the file is too large or too deep to be read.
    """
    stretches: dict[int, list[tuple[int, int]]] = {}
    parser = _Parser(text)
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


def _beginning(line: str, texts: list[tuple[int, int]]) -> int | None:
    """Where the comment of a line begins: at the first `#` at its beginning or behind a space, outside of texts."""
    waiting = iter(texts)
    start, end = next(waiting, (_ENDLESS, _ENDLESS))
    at = line.find("#")
    while at >= 0:
        while end <= at:
            start, end = next(waiting, (_ENDLESS, _ENDLESS))
        if at < start and (at == 0 or line[at - 1] in " \t"):
            return at
        at = line.find("#", at + 1)
    return None
