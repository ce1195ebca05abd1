"""Characters that look like a letter of an id without being it, and characters that nobody sees at all."""

import unicodedata
from typing import NamedTuple

_ALIKE = {
    "a": "\u0251\u03b1\u0430",
    "b": "\u042c\u044c",
    "c": "\u03f2\u0441\u1d04",
    "d": "\u0501",
    "e": "\u0435\u212e",
    "g": "\u0261",
    "h": "\u04bb",
    "i": "\u0131\u0269\u03b9\u0456",
    "j": "\u03f3\u0458",
    "k": "\u03ba\u043a",
    "l": "\u01c0\u04cf",
    "m": "\u043c",
    "n": "\u0578",
    "o": "\u03bf\u043e\u0585",
    "p": "\u03c1\u0440",
    "q": "\u051b\u0566",
    "r": "\u0433",
    "s": "\u0455",
    "t": "\u03c4\u0442",
    "u": "\u03c5\u057d",
    "v": "\u03bd\u0475",
    "w": "\u0461\u051d",
    "x": "\u03c7\u0445",
    "y": "\u03b3\u0443\u04af",
    "z": "\u1d22",
    "A": "\u0391\u0410",
    "B": "\u0392\u0412",
    "C": "\u03f9\u0421",
    "E": "\u0395\u0415",
    "H": "\u0397\u041d",
    "I": "\u0399\u0406\u04c0",
    "J": "\u0408",
    "K": "\u039a\u041a",
    "M": "\u039c\u041c",
    "N": "\u039d",
    "O": "\u039f\u041e",
    "P": "\u03a1\u0420",
    "S": "\u0405",
    "T": "\u03a4\u0422",
    "X": "\u03a7\u0425",
    "Y": "\u03a5\u04ae",
    "Z": "\u0396",
    "-": "\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "/": "\u2044\u2215",
    ":": "\u02d0\ua789",
}
_MEANT = {alike: letter for letter, others in _ALIKE.items() for alike in others}
_SCRIPTS = {
    "CYRILLIC": "a Cyrillic letter",
    "GREEK": "a Greek letter",
    "ARMENIAN": "an Armenian letter",
}
_SEEN_AS_NOTHING = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_VARIATIONS = range(0xFE00, 0xFE10)


class Disguise(NamedTuple):
    """A text that is not what it looks like: at which character, what that one is, and the text that was meant."""

    at: int
    fact: str
    meant: str


def disguise(text: str) -> Disguise | None:
    """What a text only seems to be; None for one that is what it looks like, such as a word in another script."""
    if text.isascii():
        return None
    meant = plain(text)
    if not meant.isascii():
        return None
    at = next(number for number, character in enumerate(text) if not character.isascii())
    return Disguise(at, _fact(text[at]), meant)


def plain(text: str) -> str:
    """A text in the plain characters that it seems to consist of, where there are such and it is in no other script."""
    return text if _is_foreign(text) else "".join(map(_meant, text))


def _meant(character: str) -> str:
    """The plain character that one is seen as, "" where it is not seen; itself where it looks like no other."""
    if character.isascii():
        return character
    if _is_unseen(character):
        return ""
    compatible = unicodedata.normalize("NFKC", character)
    return _MEANT.get(character) or (compatible if compatible.isascii() else character)


def _is_foreign(text: str) -> bool:
    """Whether all letters are of another script, as in a word that only happens to look like one of ours."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and all(letter in _MEANT for letter in letters)


def _fact(character: str) -> str:
    number = f"(U+{ord(character):04X})"
    if _is_unseen(character):
        return f"an invisible character {number} stands in it"
    meant = _meant(character)
    if meant == " ":
        return f"a special space {number} stands in it"
    if meant == "-":
        return f"the '{character}' in it is a dash, not a hyphen"
    script = _SCRIPTS.get(unicodedata.name(character, "").partition(" ")[0])
    is_what = f"is {script} that only looks like '{meant}'" if script else f"is not the plain '{meant}'"
    return f"the '{character}' in it {is_what}"


def _is_unseen(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cf", "Zl", "Zp", "Cc")
        or character in _SEEN_AS_NOTHING
        or ord(character) in _VARIATIONS
    )
