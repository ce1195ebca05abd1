"""What a value of the model means, so that two that are written otherwise can be told to say the same."""

import re
from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from rolebook.comparing.matching import OWNERS, Key
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.model import values as v
from rolebook.model.catalogue import is_word, written_out
from rolebook.model.handbook import Reference
from rolebook.model.improvement import Improvement
from rolebook.model.organisation import Policy
from rolebook.model.process import Activity
from rolebook.model.training import TrainingModule
from rolebook.source import Span, Text
from rolebook.value import value

IN_ORDER = frozenset({(Activity, "steps"), (TrainingModule, "content"), (Improvement, "approach"), (Policy, "says")})
"""The lists of sentences whose order has a meaning: procedures, and what is read as one text."""

ELEMENTS = v.Ref(("activity", "kpi", "hand-off", "control", "role"), prefixed=True)
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_WEIGHTY = frozenset(
    (
        *("no", "not", "never", "nobody", "none", "nothing", "without", "only"),
        *("all", "any", "each", "every", "both", "either", "neither", "and", "or"),
        *("must", "may", "can", "shall", "should", "need", "needs"),
        *("before", "after", "until", "unless", "except", "if", "when", "within"),
        *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("half", "third", "quarter", "once", "twice", "first", "second"),
        *("minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"),
    )
)
"""Words that change what a sentence asks for, however alike the sentences are."""
_ALIKE = 0.6
NOWHERE = Span("", 1, 1, 1, 1)


@value()
class Tongue:
    """How one of the two handbooks refers to things: `names` leads to what they are called in the newer one.

    `home` is the id of the file's entity, in which local ids are looked up, and `now` the id that this has today.
    """

    names: Mapping[Key, str]
    home: str
    now: str

    def reference(self, text: str, ref: v.Ref) -> str:
        """A reference as the newer handbook would write it in any file, its kind before it where kinds mix."""
        written = Reference(Text(text, NOWHERE), ref, self.home)
        if is_word(written):
            return str(text)
        kinds, complete = written_out(written)
        now = self._today(kinds, complete)
        return f"{kinds[0] if kinds else text.partition(':')[0]}:{now}" if ref.prefixed else now

    def _today(self, kinds: tuple[str, ...], complete: str) -> str:
        for kind in kinds:
            if now := self.names.get((kind, complete)):
                return now
        owner, slash, local = complete.partition("/")
        if slash:
            for kind in kinds:
                if now := self.names.get((OWNERS.get(kind, ""), owner)):
                    return f"{now}/{local}"
        if slash and self.home != self.now and owner == self.home:
            return f"{self.now}/{local}"
        return complete


def folded(text: str) -> str:
    """A text with its line breaks and blanks as they would be on one line."""
    return " ".join(text.split())


def meaning(value: Any, shape: Shape, tongue: Tongue, *, in_order: bool = False) -> Any:
    """What a value of this shape means: equal for values that say the same."""
    match shape:
        case _ if value is None:
            return None
        case One(type=v.Ref() as ref):
            return tongue.reference(value, ref)
        case One(type=v.Form()):
            return folded(value)
        case One():
            return value
        case Many(item=item):
            items = [meaning(entry, item, tongue) for entry in value]
            if in_order:
                return tuple(items)
            return frozenset(
                items if isinstance(item, One) and isinstance(item.type, v.Ref) else Counter(items).items()
            )
        case Keys(type=cls):
            return cls.__name__, *(
                meaning(getattr(value, f.name), f.shape, tongue, in_order=(cls, f.name) in IN_ORDER)
                for f in declaration(cls).fields
            )
        case AnyOf(shapes=shapes):
            return meaning(value, next(part for part in shapes if _fits(value, part)), tongue)


def _fits(value: Any, shape: Shape) -> bool:
    match shape:
        case Keys(type=cls):
            return isinstance(value, cls)
        case Many():
            return isinstance(value, tuple)
        case _:
            return isinstance(value, Text)


def reworded(old: str, new: str) -> bool:
    """Whether two texts seem to say the same in other words: much alike, and the same in every word that weighs.

    A comparison cannot know; where it doubts, it says no.
    """
    was, now = (_WORDS.findall(text.casefold()) for text in (old, new))
    if sorted(filter(_weighs, was)) != sorted(filter(_weighs, now)):
        return False
    return SequenceMatcher(None, was, now, autojunk=False).ratio() >= _ALIKE


def _weighs(word: str) -> bool:
    return word in _WEIGHTY or any(map(str.isdigit, word))


def all_reworded(old: list[str], new: list[str]) -> bool:
    """Whether each of some texts only got other words, whichever it became."""
    left = list(new)
    for text in old:
        became = next((other for other in left if reworded(text, other)), None)
        if became is None:
            return False
        left.remove(became)
    return not left
