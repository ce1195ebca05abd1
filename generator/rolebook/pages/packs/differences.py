"""What something was before and is now, whole and side by side, as whoever was trained in the old way has to see it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup, escape

from rolebook.comparing.change import Change
from rolebook.comparing.compare import Comparison
from rolebook.comparing.manner import Manner, phrased
from rolebook.comparing.phrase import Named
from rolebook.comparing.wording import Wording
from rolebook.comparing.words import field_words
from rolebook.rendering import Look, Writing

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Difference:
    """What went and what came below the name of a field; of what has no field, a sentence."""

    what: str
    before: tuple[Markup, ...] = ()
    after: tuple[Markup, ...] = ()
    sentence: str = ""


class Differences:
    """Tells the differences of one comparison in the language of a pack."""

    def __init__(self, comparison: Comparison, look: Look) -> None:
        self._manner = _OnPaper(look)
        self._wording = Wording(comparison, self._manner)

    def of(self, change: Change) -> Difference:
        """A change of a field with all that went and came; any other change in a sentence."""
        if not change.field or not (change.old or change.new):
            sentence = escape(self._wording.sentence(change, of_itself=True))
            return Difference("", sentence=sentence[:1].upper() + sentence[1:])
        what = self._manner.say(field_words(change.field))
        before, after = (tuple(self._value(change, value) for value in side) for side in (change.old, change.new))
        return Difference(what[:1].upper() + what[1:], before, after)

    def _value(self, change: Change, value: str) -> Markup:
        one = Named(value, change.refs) if change.refs else value
        return escape(phrased(one, self._manner, self._manner.shown, self._named))

    def _named(self, one: Named) -> str:
        return self._wording.name(one.kinds, one)


class _OnPaper(Manner):
    """The manner of paper: nothing is cut short, and nothing is a link."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._writing = Writing(look.speech)

    def say(self, words: str) -> str:
        return self._look.say(words)

    def fill(self, words: str, **pieces: str) -> str:
        return escape(self.say(words)).format(**pieces)

    def quoted(self, text: str) -> str:
        return self.fill("“{name}”", name=text)

    def shown(self, text: str) -> str:
        if _DAY.fullmatch(text):
            return self._writing.day(date.fromisoformat(text))
        return escape(self._writing.number(Decimal(text)) if _FIGURE.fullmatch(text) else text)
