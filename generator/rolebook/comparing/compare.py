"""Two handbooks compared: everything that does not mean what it meant, in the order in which a handbook is read."""

from collections.abc import Iterator, Mapping
from typing import Any

from rolebook.comparing import jobs, kpis, processes, roles, settings, written  # each says what it tells of
from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.fields import compared
from rolebook.comparing.matching import Matches, matched
from rolebook.comparing.meaning import Tongue
from rolebook.comparing.pairs import Pair
from rolebook.comparing.raci import letters, of_row
from rolebook.model.handbook import Handbook
from rolebook.model.raci import Matrix
from rolebook.value import value

__all__ = ["Comparison", "compare", "jobs", "kpis", "processes", "roles", "settings", "written"]

_OF_FILES = (
    ("role", "roles"),
    ("job", "jobs"),
    ("plan", "plans"),
    ("improvement", "improvements"),
    ("page", "pages"),
)
"""What is compared behind the processes, by kind and by the field of the handbook that holds it."""
SINGLE = (
    ("functions", "units", "the functions"),
    ("organisation", "organisation", "the organisation"),
    ("glossary", "glossary", "the glossary"),
    ("checks", "check_settings", "the settings of the checks"),
)
"""What there is only one of: kind, field, and what it is called."""


@value()
class Comparison:
    """Two handbooks, how they hang together, and what changed from the one to the other."""

    old: Handbook
    new: Handbook
    matches: Matches
    changes: tuple[Change, ...]


def compare(old: Handbook, new: Handbook) -> Comparison:
    """What changed from one handbook to another, by meaning."""
    matches = matched(old, new)
    return Comparison(old, new, matches, tuple(_Comparing(old, new, matches).changes()))


class _Comparing:
    def __init__(self, old: Handbook, new: Handbook, matches: Matches) -> None:
        self.old = old
        self.new = new
        self.matches = matches
        self.moved = {
            now: f"{home}/{was.id}" for (kind, now), (home, was) in matches.moved.items() if kind == "activity"
        }

    def changes(self) -> Iterator[Change]:
        yield from self._processes()
        for kind, name in _OF_FILES:
            for pair in self._pairs(kind, getattr(self.old, name), getattr(self.new, name)):
                yield from self._entity(pair)
        for kind, name, title in SINGLE:
            was, now = getattr(self.old, name), getattr(self.new, name)
            if was != now:
                yield from compared(self._pair(Subject(kind, kind, title), was, now, "", ""))

    def _processes(self) -> Iterator[Change]:
        matrices = {self._today(id): (id, matrix) for id, matrix in self.old.matrices.items()}
        left = dict(self.new.matrices)
        names = {f"{process.id}/{activity.id}": str(activity.name) for process, activity in self.new.activities()}
        besides = self._came_or_went()
        for pair in self._pairs("process", self.old.processes, self.new.processes):
            yield from self._entity(pair)
            if pair.old is not None and pair.new is not None and pair.old != pair.new:
                yield from processes.activities(pair)
            id = pair.thing.reference
            _, was = matrices.pop(id, ("", None))
            now = left.pop(id, None)
            if was != now:
                yield from letters(pair.part(was, now), names, besides | self.moved.keys())
            yield from self._letters_of_moved(pair)
        for id in sorted(matrices.keys() | left.keys()):
            old_id, was = matrices.get(id, (id, None))
            matrix: Matrix | None = left.get(id)
            if was != matrix:
                thing = Subject("process", id, "")
                yield from letters(self._pair(thing, was, matrix, old_id, id), names, besides | self.moved.keys())

    def _letters_of_moved(self, pair: Pair) -> Iterator[Change]:
        """The letters that changed for activities that came to a process from another one."""
        for activity in pair.new.activities if pair.new else ():
            if origin := self.moved.get(f"{pair.after.home}/{activity.id}"):
                process, _, id = origin.partition("/")
                rows = self.old.row(process, id), self.new.row(pair.after.home, activity.id)
                thing = Subject("activity", f"{pair.after.home}/{activity.id}", str(activity.name))
                yield from of_row(pair.part(*rows, thing))

    def _came_or_went(self) -> frozenset[str]:
        """The references of the activities that are only in one of the handbooks."""
        origin = self.matches.origin
        came = (f"{p.id}/{a.id}" for p, a in self.new.activities() if ("activity", f"{p.id}/{a.id}") not in origin)
        own = {was for (kind, _), was in origin.items() if kind == "activity"}
        references = (f"{p.id}/{a.id}" for p, a in self.old.activities())
        gone = (self._tongue_of(ref).reference(ref, processes.ACTIVITY) for ref in references if ref not in own)
        return frozenset((*came, *gone))

    def _pairs(self, kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Pair]:
        """The things of a kind with what they were, in the order of the newer handbook, then what is gone."""
        seen = set()
        for id, now in new.items():
            was_id = self.matches.origin.get((kind, id))
            seen.add(was_id)
            was = old.get(was_id) if was_id is not None else None
            yield self._pair(Subject(kind, str(id), str(now.name)), was, now, was_id or str(id), str(id))
        for id, was in old.items():
            if id not in seen:
                yield self._pair(Subject(kind, str(id), str(was.name)), was, None, str(id), self._today(id))

    def _pair(self, thing: Subject, old: Any, new: Any, home: str, now: str) -> Pair:
        return Pair(
            old=old,
            new=new,
            about=thing,
            thing=thing,
            before=Tongue(self.matches.before, home, now),
            after=Tongue(self.matches.after, now, now),
            matches=self.matches,
        )

    def _entity(self, pair: Pair) -> Iterator[Change]:
        kind, reference = pair.thing.kind, pair.thing.reference
        if pair.old is None:
            yield pair.change(Kind.ADDED, pair.new)
        elif pair.new is None:
            successor = self.matches.merged.get((kind, reference))
            told: dict[str, Any] = {"new": (successor,), "refs": (kind,)} if successor else {}
            yield pair.change(Kind.MERGED if successor else Kind.REMOVED, pair.old, in_old=True, **told)
        else:
            if pair.old.id != pair.new.id:
                yield pair.change(Kind.ID_CHANGED, pair.new.id, old=(str(pair.old.id),), new=(str(pair.new.id),))
            if pair.old != pair.new:
                yield from compared(pair)

    def _today(self, process: str) -> str:
        return self.matches.before.get(("process", process), str(process))

    def _tongue_of(self, reference: str) -> Tongue:
        home = reference.partition("/")[0]
        return Tongue(self.matches.before, home, self._today(home))
