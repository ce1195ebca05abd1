"""The comments of a file that hold a certain word: only those that are comments to YAML, too."""

from collections.abc import Sequence

from rolebook.source.lines import read_lines
from rolebook.source.span import Span, Text
from rolebook.source.tree import scalars

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
    texts = _texts_on(path, text, lines, wanted)
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


def _texts_on(path: str, text: str, lines: Sequence[str], wanted: set[int]) -> dict[int, list[tuple[int, int]]] | None:
    """As `texts_on`, without the parser where the lines alone say how the file is read."""
    root = read_lines(path, text, tuple(lines))
    if root is None:
        from rolebook.source.texts import texts_on  # most files do without it, and without what it imports

        return texts_on(text, wanted)
    texts: dict[int, list[tuple[int, int]]] = {}
    for scalar in scalars(root):
        _, line, column, end_line, end_column = scalar.span
        if scalar.plain:
            continue
        if line == end_line:
            texts.setdefault(line - 1, []).append((column - 1, end_column - 1))
        else:  # behind `>` and `|`, a comment may stand
            texts |= {number: [(0, _ENDLESS)] for number in range(line, end_line - 1)}
    return texts


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
