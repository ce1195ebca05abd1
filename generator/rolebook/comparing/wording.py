"""Changes and effects in plain English, with the names of things in place of their ids."""

from collections.abc import Callable

from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.compare import Comparison
from rolebook.comparing.effect import Effect, Told
from rolebook.model.catalogue import of_kind
from rolebook.source.quoting import LONGEST_SHOWN, quoted, shown

NOUNS = {
    "area": "area",
    "activity": "activity",
    "check": "check",
    "clause": "clause",
    "control": "control",
    "function": "function",
    "hand-off": "hand-off",
    "improvement": "improvement",
    "input": "input",
    "job": "job description",
    "kpi": "KPI",
    "module": "training module",
    "objective": "objective",
    "outside": "party outside",
    "page": "page",
    "plan": "training plan",
    "policy": "policy",
    "process": "process",
    "record": "record",
    "role": "role",
    "role-kind": "kind of role",
    "standard": "standard",
    "term": "term",
}
"""What people call the kinds of thing."""
_LETTERS = {"R": "responsible for", "A": "accountable for", "C": "consulted on", "I": "informed of"}
_FIELDS = {
    "adds": "what it adds",
    "also": "other words",
    "answers_for": "processes answered for",
    "carries": "roles",
    "changes": "what it changes",
    "contact": "ways to reach it",
    "counted_from": "records it is counted from",
    "counts": "way of counting",
    "dates": "fixed days",
    "every_months": "months until it is repeated",
    "excludes": "limits of the scope",
    "for": "audience",
    "formerly": "former ids",
    "holds": "content",
    "includes": "scope",
    "incompatible_with": "incompatible roles",
    "jobs": "jobs in the audience",
    "kept_for": "time of keeping",
    "leads_to": "improvement it leads to",
    "least": "fewest holders",
    "measured_every": "rhythm of measuring",
    "minutes": "length in minutes",
    "most": "most holders",
    "next": "flow",
    "observed": "things observed",
    "on_release": "training after a release",
    "part_of": "larger unit",
    "per_year": "amount a year",
    "removes": "what it removes",
    "replaces": "what it replaces",
    "reports_to": "line of reporting",
    "reviewed": "day of review",
    "satisfies": "clauses",
    "says": "rule",
    "separate_from": "separation of duties",
    "teaches": "what it teaches",
    "within_days": "days until it is due",
}
"""What keys are called in a sentence, where they do not say it themselves."""
_BEFORE = 30
"""So many letters are shown before the place where two long texts part."""
_MOST = 3
"""So many of several values are shown; the others are counted."""
_UNQUOTED = frozenset({Kind.REORDERED, Kind.FLOW_CHANGED, Kind.STATUS_CHANGED, Kind.CHECK_SETTLED})
_UNQUOTED |= {kind for kind in Kind if kind.name.startswith(("TARGET", "BASELINE"))}
"""The kinds whose values are in words of ours."""


class Wording:
    """How the changes between two handbooks are told."""

    def __init__(self, comparison: Comparison) -> None:
        self._sides = comparison.new, comparison.old

    def sentence(self, change: Change, *, of_itself: bool = False) -> str:
        """A change in a sentence, without a capital letter and a full stop.

        With `of_itself`, the thing need not be named: it is what the sentence is told to.
        """
        field = self.field(change)
        if change.kind in (Kind.LETTERS_GAINED, Kind.LETTERS_LOST, Kind.LETTERS_CHANGED):
            old, new = letters(change.old, change.new), letters(change.new)
        else:
            old, new = (self._values(change, side) for side in around_the_difference(change.old, change.new))
        role = self.name(("role", "process", "outside"), change.role) if change.role else ""
        sentence = change.kind.value.replace(" of {thing}", "") if of_itself else change.kind.value
        thing = "it" if of_itself else self.thing(change.thing, change.about)
        return sentence.format(thing=thing, field=field, old=old, new=new, role=role)

    def effect(self, told: Told) -> str:
        """An effect in a sentence, without those whom it concerns."""
        kinds = ("role", "outside")
        is_own = told.effect in (Effect.OWN, Effect.OWN_REWORDED)
        change = self.sentence(told.change, of_itself=is_own) if told.change else ""
        thing = self.elsewhere(told.thing) if told.thing else ""
        match told.effect:
            case Effect.GAINED | Effect.LOST | Effect.LETTERS:
                old, new = letters(told.old, told.new), letters(told.new)
            case Effect.DOES_OTHERWISE:
                old, new = some([field_words(key) for key in told.old], str), ""
            case Effect.RENAMED:
                old, new = (some(side, quoted) for side in (told.old, told.new))
            case _:
                old, new = (some([self.name(kinds, one) for one in side], str) for side in (told.old, told.new))
        return told.effect.value.format(thing=thing, old=old, new=new, change=change)

    def thing(self, subject: Subject, about: Subject | None = None) -> str:
        """What something is called: `the activity 'Log'`; within its own section by its noun alone."""
        noun = NOUNS.get(subject.kind)
        if noun is None:
            return subject.name
        if subject.kind == "role" and subject == about:
            return f"the role {shown(subject.name)}"
        return f"the {noun} {quoted(self._name_of(subject))}"

    def elsewhere(self, subject: Subject) -> str:
        """What something is called where its process or plan is not known: `'Log' (Incident Management)`."""
        name = quoted(self._name_of(subject))
        owner, slash, _ = subject.reference.rpartition("/")
        if subject.kind == "process":
            return f"the process {name}"
        noun = f"the {NOUNS[subject.kind]} " if subject.kind in ("kpi", "module") else ""
        home = self.name(("plan" if subject.kind == "module" else "process",), owner) if slash else ""
        return f"{noun}{name} ({home})" if home else f"{noun}{name}"

    def name(self, kinds: tuple[str, ...], reference: str) -> str:
        """What people call what a reference names; the reference itself where it names nothing."""
        prefix, colon, rest = reference.partition(":")
        wanted, kinds = (rest, (prefix,)) if colon else (reference, kinds)
        for handbook in self._sides:
            for kind in kinds:
                if thing := of_kind(handbook, kind).get(wanted):
                    return shown(str(thing.name))
        return "the end" if wanted == "end" else "any process" if wanted == "any-process" else shown(wanted)

    def _name_of(self, subject: Subject) -> str:
        return subject.name or self.name((subject.kind,), subject.reference)

    def field(self, change: Change) -> str:
        """What the key of a change is called."""
        return field_words(change.field)

    def _values(self, change: Change, values: tuple[str, ...]) -> str:
        if not values:
            return "nothing"
        if change.kind in (Kind.APPROVED, Kind.APPROVAL_CHANGED):
            by, on, until = values
            return f"by {self.name(('role', 'outside'), by)} on {on}, to be reviewed by {until}"
        if change.refs:
            is_person = set(change.refs) <= {"role", "outside"}
            names = [self.name(change.refs, value) for value in values]
            return some(names, str if is_person else quoted)
        is_figure = all(value.replace("-", "").replace(".", "").isdigit() for value in values)
        return some(values, shown if change.kind in _UNQUOTED or is_figure else quoted)


def around_the_difference(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two values to be shown; of a long text that became another one, from shortly before they part."""
    if len(old) != 1 or len(new) != 1 or max(len(old[0]), len(new[0])) <= LONGEST_SHOWN:
        return old, new
    pairs = enumerate(zip(old[0], new[0], strict=False))
    parting = next((at for at, (was, now) in pairs if was != now), min(len(old[0]), len(new[0])))
    start = old[0].rfind(" ", 0, max(parting - _BEFORE, 0)) + 1
    if start == 0:
        return old, new
    return (f"…{old[0][start:]}",), (f"…{new[0][start:]}",)


def field_words(key: str) -> str:
    """What the last part of a key is called."""
    own = key.rpartition(".")[2]
    if key.startswith("limits."):
        return f"limit for '{own}'"
    return _FIELDS.get(own, own.replace("_", " "))


def letters(values: tuple[str, ...], instead: tuple[str, ...] = ()) -> str:
    """Letters of a matrix in words that an activity follows; it does not where there are others `instead`."""
    words = [_LETTERS[letter] for letter in values]
    bare = [word.partition(" ")[0] for word in words]
    if instead:
        return _joined(bare)
    is_alike = len({word.partition(" ")[2] for word in words}) == 1
    return _joined([*bare[:-1], *words[-1:]] if is_alike else words)


def _joined(words: list[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def some(values: tuple[str, ...] | list[str], dress: Callable[[str], str]) -> str:
    """The first of several values, and how many there are besides."""
    more = len(values) - _MOST
    return _joined([*map(dress, values[:_MOST]), *([f"{more} more"] if more > 0 else [])])
