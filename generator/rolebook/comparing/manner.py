"""How the words of a sentence are dressed: in which language, with which quotation marks, and with links or without."""

from collections.abc import Callable, Iterable, Sequence

from rolebook.comparing.phrase import Named, Phrase, Quoted
from rolebook.source.quoting import LONGEST_SHOWN, quoted, shown

_MOST = 3
"""So many of several values are shown; the others are counted."""


class Manner:
    """The manner of a terminal: English, single quotes, and nothing but text. Pages have one of their own."""

    longest = LONGEST_SHOWN
    """So many letters of a text are shown."""

    def say(self, words: str) -> str:
        """Words of ours, which may have gaps."""
        return words

    def fill(self, words: str, **pieces: str) -> str:
        """Words of ours, with something in each gap that is dressed already."""
        return self.say(words).format(**pieces)

    def quoted(self, text: str) -> str:
        """A name, or words of an author, in quotation marks."""
        return quoted(text)

    def shown(self, text: str) -> str:
        """What an author wrote, without any."""
        return shown(text)

    def named(self, kind: str, reference: str, name: str) -> str:
        """The name of something, set apart from the words around it."""
        return self.quoted(name)

    def person(self, kind: str, reference: str, name: str) -> str:
        """The name of a role or a party outside, or what stands in the place of one."""
        return self.shown(name)


PLAIN = Manner()


def phrased(text: str, manner: Manner, dress: Callable[[str], str], name: Callable[[Named], str]) -> str:
    """A value: words of ours as they are said, references as what they `name` is called, all else in its dress."""
    if isinstance(text, Named):
        return name(text)
    if isinstance(text, Phrase):
        pieces = {gap: phrased(piece, manner, manner.shown, name) for gap, piece in text.pieces.items()}
        return manner.fill(text.words, **pieces)
    return manner.quoted(text) if isinstance(text, Quoted) else dress(text)


def joined(parts: Sequence[str], manner: Manner = PLAIN) -> str:
    """Several pieces of a sentence, dressed already, with commas and an “and” between them."""
    if not parts:
        return ""
    several, *more = parts
    for part in more[:-1]:
        several = manner.fill("{several}, {next}", several=several, next=part)
    return manner.fill("{several} and {last}", several=several, last=more[-1]) if more else several


def some(values: Iterable[str], dress: Callable[[str], str], manner: Manner = PLAIN) -> str:
    """The first of several values, and how many there are besides."""
    every = list(values)
    more = len(every) - _MOST
    rest = [manner.fill("{n} more", n=str(more))] if more > 0 else []
    return joined([*map(dress, every[:_MOST]), *rest], manner)
