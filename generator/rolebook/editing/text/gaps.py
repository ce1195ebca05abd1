"""What stands between the items of a list in brackets: commas, line ends and comments, of which only comments count."""

import re
from collections.abc import Sequence

from rolebook.value import value

_LINE_END = re.compile(r"\r\n|\r|\n")


@value()
class Gap:
    """The text between two items, or between an item and a bracket; `hashes` are the places where comments begin."""

    text: str
    hashes: tuple[int, ...] = ()

    def pieces(self) -> list[str]:
        """The text by its true commas: what stands before the first, between the first and the second, and so on."""
        found, start = [], 0
        for place in range(len(self.text)):
            if self.text[place] == "," and not self._in_comment(place):
                found.append(self.text[start:place])
                start = place + 1
        return [*found, self.text[start:]]

    def _in_comment(self, place: int) -> bool:
        begun = max((start for start in self.hashes if start < place), default=None)
        return begun is not None and not _LINE_END.search(self.text, begun, place)


def joined(gaps: Sequence[Gap], follows: bool, goes_on: bool) -> str:
    """What is left of the gaps around items that go: `follows` an item that stays, `goes_on` with one that stays."""
    if not any(gap.hashes for gap in gaps):
        if not goes_on:
            return gaps[-1].text
        broken = (gap.text for gap in (gaps if follows else gaps[:1]) if _LINE_END.search(gap.text))
        return next(broken, gaps[0].text)
    comma = follows and (goes_on or len(gaps[-1].pieces()) > 1)
    text = ""
    for number, gap in enumerate(gaps):
        first, *more = gap.pieces()
        piece = f"{first},{''.join(more)}" if comma and number == 0 else first + "".join(more)
        text = _put_behind(text, piece) if number else piece
    return text


def _put_behind(before: str, piece: str) -> str:
    """A gap behind another one, without the blanks and the empty line that the item between them would leave."""
    rest = piece.lstrip(" \t")
    line_end = _LINE_END.match(rest)
    if rest.startswith("#"):
        return before + rest if before[-1:].isspace() else f"{before} {rest}"
    if not line_end:
        return before + (rest if before[-1:].isspace() else piece)
    bare = before.rstrip(" \t")
    return bare + (rest[line_end.end() :] if bare.endswith(("\n", "\r")) else rest)
