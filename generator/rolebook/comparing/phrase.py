"""Words of ours within a value that changed: English as they are, and sayable in another language."""

from collections.abc import Iterable

from rolebook.model.training import HYPHENATED


class Quoted(str):
    """A piece of a phrase that stands in quotation marks: a name, or the words of an author."""

    __slots__ = ()


class Named(str):
    """A piece of a phrase that names something: the reference to it, which may be to several `kinds` of thing."""

    __slots__ = ("kinds",)
    kinds: tuple[str, ...]

    def __new__(cls, reference: str, kinds: tuple[str, ...]) -> "Named":
        """The reference to something of one of these kinds."""
        named = super().__new__(cls, reference)
        named.kinds = kinds
        return named


class Phrase(str):
    """A value in words of ours: its text is English, `words` has gaps for the `pieces`, which are an author's.

    As a text it may be `written` otherwise, as a word of a choice is in its file.
    """

    __slots__ = ("pieces", "words")
    words: str
    pieces: dict[str, str]

    def __new__(cls, words: str, /, *, written: str = "", **pieces: str) -> "Phrase":
        """The phrase of these words, with something for each gap."""
        dressed = {name: f"'{piece}'" if isinstance(piece, Quoted) else piece for name, piece in pieces.items()}
        phrase = super().__new__(cls, written or words.format(**dressed))
        phrase.words = words
        phrase.pieces = pieces
        return phrase


def choice(word: str) -> Phrase:
    """A word of a choice, as it stands in a sentence: `in progress` for `in-progress`, but `e-learning`."""
    return Phrase(word if word in HYPHENATED else word.replace("-", " "), written=word)


def joined(values: Iterable[str]) -> str:
    """Several values as one, with commas and an “and” between them."""
    *first, last = values
    if not first:
        return last
    several = first[0]
    for value in first[1:]:
        several = Phrase("{several}, {next}", several=several, next=value)
    return Phrase("{several} and {last}", several=several, last=last)
