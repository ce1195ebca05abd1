"""Words that fit on no line, such as addresses of files: where a browser may break them and widen no table."""

import re

from markupsafe import Markup

from rolebook.model.handbook import Handbook, derived

_LETTER = r"(?:&[#\w]+;|[\w!-%'-;=?-~])[^\w\s!-~]*"
"""A letter, digit or mark with what joins it, such as an accent of its own."""
_LETTERS = re.compile(_LETTER)
_LONG = re.compile(r"\S{25}")
_ELEMENT = re.compile(r"[a-z-]+:[a-z0-9/-]+")
"""What an improvement removes, which is shown by its name."""
_PARTS = re.compile(rf"<svg\b.*?</svg>|<[^>]*>|((?:{_LETTER}){{25,}})", re.DOTALL)
_PIECE = 12


@derived
def has_long_words(handbook: Handbook) -> bool:
    """Whether there is a word of more than 24 letters in the handbook: most do without, and cost nothing then."""
    return any(_LONG.search(text) and not _ELEMENT.fullmatch(text) for text in handbook.texts)


def breakable(html: Markup) -> Markup:
    """`html` in which a browser may break the words of more than 24 letters; drawings have lines of their own."""
    return Markup(_PARTS.sub(_broken, html))  # noqa: S704 - what autoescape made, and breaks


def _broken(part: re.Match[str]) -> str:
    if not part[1]:
        return part[0]
    letters = _LETTERS.findall(part[1])
    return "<wbr>".join("".join(letters[at : at + _PIECE]) for at in range(0, len(letters), _PIECE))
