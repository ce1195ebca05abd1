"""What is new and what changed in a process since a release, as marks at the very places of its page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from textwrap import shorten

from markupsafe import Markup

from rolebook.comparing.change import WORDING, Change, Kind
from rolebook.comparing.since import Step, in_processes, latest
from rolebook.model.handbook import Handbook, derived
from rolebook.pages.linking import Linker
from rolebook.pages.telling import Telling

_LETTERS = (Kind.LETTERS_GAINED, Kind.LETTERS_LOST, Kind.LETTERS_CHANGED)
_NEW = (Kind.ADDED, Kind.TAKEN)
_GONE = (Kind.REMOVED, Kind.MERGED, Kind.NOT_TAKEN)
_TITLE = 120
"""So many letters of what happened are said beside a mark; all of it stands where the thing itself is described."""
_REWORDED = "reworded"
_MARKED = frozenset({"activity", "hand-off", "input", "kpi", "control", "record"})
"""The kinds of thing that have places of their own on the page of a process."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened to something, in a `word` (new, changed or reworded), in sentences, and in a short `title`.

    There are no links: whatever the sentences name is linked where they stand.
    """

    word: str
    sentences: tuple[Markup, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks in the page of a process; `step` is None where nothing in it changed."""

    step: Step | None = None
    is_new: bool = False
    """Whether the whole process came with the step."""
    own: tuple[Markup, ...] = ()
    """What changed in what has no place of its own: purpose, scope, triggers …"""
    _at: Mapping[tuple[str, str], Mark] = field(default_factory=dict)
    _letters: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _gone: Mapping[str, tuple[Markup, ...]] = field(default_factory=dict)

    def at(self, kind: str, reference: str) -> Mark | None:
        """The mark at something in the process."""
        return self._at.get((kind, reference))

    def letters(self, activity: str, role: str) -> tuple[str, ...] | None:
        """The letters that a role had in an activity, () for none; None where it has the same now."""
        return self._letters.get((activity, role))

    @property
    def in_the_flow(self) -> Iterator[tuple[str, str]]:
        """The activities that are new or done otherwise, with the word that says so."""
        return (
            (ref, mark.word) for (kind, ref), mark in self._at.items() if kind == "activity" and mark.word != _REWORDED
        )

    def gone(self, kind: str) -> tuple[Markup, ...]:
        """What is there no more, of a kind."""
        return self._gone.get(kind, ())


def marks(link: Linker, process: str) -> Marks:
    """The marks in the page of a process: what changed in the last step that changed any process."""
    changes = _by_process(link.handbook).get(process)
    step = latest(link.handbook)
    if not changes or step is None or step.comparison is None:
        return Marks()
    telling, plain = Telling(step.comparison, link), Telling(step.comparison, link, links=False)
    by_thing: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        by_thing.setdefault((change.thing.kind, change.thing.reference), []).append(change)
    own = by_thing.get(("process", process), [])
    gone: dict[str, list[Markup]] = {}
    for change in changes:
        if change.kind in _GONE:
            gone.setdefault(change.thing.kind, []).append(telling.change(change))
    return Marks(
        step,
        any(change.kind is Kind.ADDED for change in own),
        tuple(telling.change(change) for key, told in by_thing.items() if key[0] not in _MARKED for change in told),
        {key: mark for key, told in by_thing.items() if key[0] in _MARKED and (mark := _mark(told, plain))},
        {(change.thing.reference, change.role): change.old for change in changes if change.kind in _LETTERS},
        {kind: tuple(sentences) for kind, sentences in gone.items()},
    )


def _mark(changes: Iterable[Change], telling: Telling) -> Mark | None:
    told = [change for change in changes if change.kind not in _GONE and change.kind is not Kind.ID_CHANGED]
    if not told:
        return None
    is_new = any(change.kind in _NEW for change in told)
    word = "new" if is_new else _REWORDED if all(change.kind in WORDING for change in told) else "changed"
    sentences = tuple(map(telling.change, told))
    title = shorten("; ".join(sentence.striptags() for sentence in sentences), _TITLE, placeholder=" …")
    return Mark(word, () if is_new else sentences, title)


@derived
def _by_process(handbook: Handbook) -> Mapping[str, tuple[Change, ...]]:
    """What changed in each process, approvals aside."""
    step = latest(handbook)
    found: dict[str, list[Change]] = {}
    for change in in_processes(step) if step else ():
        found.setdefault(change.about.reference, []).append(change)
    return {process: tuple(changes) for process, changes in found.items()}
