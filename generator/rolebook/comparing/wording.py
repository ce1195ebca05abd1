"""Changes and effects in plain sentences, with the names of things in place of their ids."""

from collections.abc import Sequence

from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.compare import Comparison
from rolebook.comparing.effect import Effect, Told
from rolebook.comparing.manner import PLAIN, Manner, joined, phrased
from rolebook.comparing.manner import some as some
from rolebook.comparing.phrase import Named, Phrase, Quoted
from rolebook.comparing.words import LETTERS, field_words
from rolebook.model.catalogue import of_kind
from rolebook.model.nouns import NOUNS

__all__ = ["Wording", "some"]

_BEFORE = 30
"""So many letters are shown before the place where two long texts part."""
_PEOPLE = ("role", "outside")


class Wording:
    """How the changes between two handbooks are told; in the manner of a terminal, unless there is another one."""

    def __init__(self, comparison: Comparison, manner: Manner = PLAIN) -> None:
        self._sides = comparison.new, comparison.old
        self._manner = manner

    def sentence(self, change: Change, *, of_itself: bool = False) -> str:
        """A change in a sentence, without a capital letter and a full stop.

        With `of_itself`, the thing need not be named: it is what the sentence is told to.
        """
        if change.kind in (Kind.LETTERS_GAINED, Kind.LETTERS_LOST, Kind.LETTERS_CHANGED):
            old, new = self._letters(change.old, change.new), self._letters(change.new)
        else:
            sides = around_the_difference(change.old, change.new, self._manner.longest)
            old, new = (self._values(change, side) for side in sides)
        return self._manner.fill(
            of_the_thing_itself(change.kind) if of_itself else change.kind.value,
            thing=self._manner.say("it") if of_itself else self.thing(change.thing, change.about),
            field=self._field(change.field),
            old=old,
            new=new,
            role=self.name(("role", "process", "outside"), change.role) if change.role else "",
        )

    def effect(self, told: Told) -> str:
        """An effect in a sentence, without those whom it concerns."""
        is_own = told.effect in (Effect.OWN, Effect.OWN_REWORDED)
        match told.effect:
            case Effect.GAINED | Effect.LOST | Effect.LETTERS:
                old, new = self._letters(told.old, told.new), self._letters(told.new)
            case Effect.DOES_OTHERWISE:
                old, new = some(told.old, self._field, self._manner), ""
            case Effect.RENAMED:
                old, new = (some(side, self._manner.quoted, self._manner) for side in (told.old, told.new))
            case _:
                old, new = (self.people(side) for side in (told.old, told.new))
        return self._manner.fill(
            told.effect.value,
            thing=self.elsewhere(told.thing) if told.thing else "",
            change=self.sentence(told.change, of_itself=is_own) if told.change else "",
            old=old,
            new=new,
        )

    def thing(self, subject: Subject, about: Subject | None = None) -> str:
        """What something is called: `the activity 'Log'`; within its own section by its noun alone."""
        noun = NOUNS.get(subject.kind)
        if noun is None:
            return self._manner.say(subject.name)
        if subject.kind == "role" and subject == about:
            name = self._manner.person(subject.kind, subject.reference, subject.name)
        else:
            name = self._named(subject)
        return self._manner.fill("the {noun} {name}", noun=self._manner.say(noun), name=name)

    def elsewhere(self, subject: Subject) -> str:
        """What something is called where its process or plan is not known: `'Log' (Incident Management)`."""
        name = self._named(subject)
        if subject.kind in ("process", "kpi", "module"):
            name = self._manner.fill("the {noun} {name}", noun=self._manner.say(NOUNS[subject.kind]), name=name)
        owner, slash, _ = subject.reference.rpartition("/")
        home = self.name(("plan" if subject.kind == "module" else "process",), owner) if slash else ""
        return self._manner.fill("{name} ({home})", name=name, home=home) if home else name

    def name(self, kinds: Sequence[str], reference: str) -> str:
        """What people call what a reference names, without quotation marks; the reference where it names nothing."""
        return self._manner.person(*self._known(kinds, reference))

    def people(self, references: Sequence[str]) -> str:
        """The names of roles and parties outside: the first of them, and how many there are besides."""
        return some(references, lambda one: self.name(_PEOPLE, one), self._manner)

    def _known(self, kinds: Sequence[str], reference: str) -> tuple[str, str, str]:
        """The kind, the reference and the name of what a reference names; no kind where it names nothing."""
        prefix, colon, rest = reference.partition(":")
        wanted, kinds = (rest, (prefix,)) if colon else (reference, kinds)
        for handbook in self._sides:
            for kind in kinds:
                if thing := of_kind(handbook, kind).get(wanted):
                    return kind, wanted, str(thing.name)
        words = {"end": "the end", "any-process": "any process"}
        return "", wanted, self._manner.say(words[wanted]) if wanted in words else wanted

    def _named(self, subject: Subject) -> str:
        name = subject.name or self._known((subject.kind,), subject.reference)[2]
        return self._manner.named(subject.kind, subject.reference, name)

    def _field(self, key: str) -> str:
        if key.startswith("limits."):
            return self._manner.fill("limit for {what}", what=self._manner.quoted(key.rpartition(".")[2]))
        return self._manner.say(field_words(key))

    def _letters(self, values: tuple[str, ...], instead: tuple[str, ...] = ()) -> str:
        """Letters in words that an activity follows; it does not where there are others `instead`."""
        words = [self._manner.say(LETTERS[letter]) for letter in values]
        bare = [word.partition(" ")[0] for word in words]
        is_alike = len({word.partition(" ")[2] for word in words}) == 1
        shown = bare if instead else [*bare[:-1], *words[-1:]] if is_alike else words
        return joined([self._manner.shown(word) for word in shown], self._manner)

    def _values(self, change: Change, values: tuple[str, ...]) -> str:
        manner = self._manner
        if not values:
            return manner.say("nothing")
        if change.kind in (Kind.APPROVED, Kind.APPROVAL_CHANGED):
            by, on, until = values
            words = "by {who} on {day}, to be reviewed by {until}"
            return manner.fill(words, who=self.name(_PEOPLE, by), day=manner.shown(on), until=manner.shown(until))
        if change.refs:
            return some(values, lambda one: self._reference(Named(one, change.refs)), manner)
        is_figure = all(value.replace("-", "").replace(".", "").isdigit() for value in values)
        dress = manner.shown if is_figure else manner.quoted
        return some(values, lambda one: phrased(one, manner, dress, self._reference), manner)

    def _reference(self, one: Named) -> str:
        """What a value that refers to something names."""
        dress = self._manner.person if {*one.kinds} <= {*_PEOPLE} else self._manner.named
        return dress(*self._known(one.kinds, one))


def of_the_thing_itself(kind: Kind) -> str:
    """The sentence of a kind of change, told to the thing that changed."""
    return kind.value.replace(" of {thing}", "")


def around_the_difference(
    old: tuple[str, ...], new: tuple[str, ...], longest: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two values to be shown; of a long text that became another one, from shortly before they part."""
    if len(old) != 1 or len(new) != 1:
        return old, new
    was, now = _around(old[0], new[0], longest)
    return (was,), (now,)


def _around(was: str, now: str, longest: int) -> tuple[str, str]:
    """Two texts from shortly before they part, if one of them is too long; of phrases, the texts in their gaps."""
    if isinstance(was, Phrase) and isinstance(now, Phrase) and was.words == now.words:
        both = {gap: _around(was.pieces[gap], now.pieces[gap], longest) for gap in was.pieces}
        old, new = ({gap: sides[side] for gap, sides in both.items()} for side in (0, 1))
        return Phrase(was.words, written=was, **old), Phrase(now.words, written=now, **new)
    if isinstance(was, Phrase | Named) or isinstance(now, Phrase | Named) or max(len(was), len(now)) <= longest:
        return was, now
    parting = next((at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    start = was.rfind(" ", 0, max(parting - _BEFORE, 0)) + 1
    if start == 0 or was == now:
        return was, now
    dress = Quoted if isinstance(was, Quoted) else str
    return dress(f"…{was[start:]}"), dress(f"…{now[start:]}")
