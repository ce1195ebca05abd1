"""What changes mean for those who work by the handbook: for each role and each job, what is theirs now."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rolebook.comparing.change import RECORDING, WORDING, Change, Kind, Subject
from rolebook.comparing.compare import Comparison
from rolebook.comparing.effect import Affected, Effect, Effects, Told, Weight
from rolebook.comparing.meaning import folded
from rolebook.comparing.shares import Shares
from rolebook.comparing.since import history
from rolebook.model.belonging import belonging
from rolebook.model.handbook import Handbook, derived
from rolebook.model.raci import Role

_LEARNT = frozenset({"teaches", "content", "objectives", "observed", "questions"})
"""The fields of a module in which a change is something to learn."""
_BOOKS = frozenset({"formerly", "history", "aliases", "status", "merged_into", "carries"})
"""The fields of a role or job that say nothing of its own about the work, or are told otherwise."""


def effects(comparison: Comparison) -> Effects:
    """What the changes between two handbooks mean for each role and each job."""
    if not comparison.changes:
        return Effects((), ())
    working = _Working(comparison)
    roles = tuple(found for pair in _both(comparison, "role") if (found := working.role(*pair)).effects)
    concerned = {found.who.reference: found.weight for found in roles}
    jobs = (working.job(was, now, concerned) for was, now in _both(comparison, "job"))
    return Effects(roles, tuple(job for job in jobs if job.effects or job.through))


@derived
def effects_by_release(handbook: Handbook) -> Mapping[str, Effects]:
    """What each release meant, by version, the oldest first; those that cannot be compared are not in it."""
    steps = ((step.release, step.comparison) for step in history(handbook))
    return {release.id: effects(comparison) for release, comparison in steps if release and comparison}


def _both(comparison: Comparison, kind: str) -> Iterator[tuple[Any, Any]]:
    """The roles or jobs with what they were, in the order of the newer handbook; None for what is not there."""
    old: Mapping[str, Any] = comparison.old.roles if kind == "role" else comparison.old.jobs
    new: Mapping[str, Any] = comparison.new.roles if kind == "role" else comparison.new.jobs
    origins = {id: comparison.matches.origin.get((kind, id), "") for id in new}
    for id, now in new.items():
        yield old.get(origins[id]), now
    for id, was in old.items():
        if id not in origins.values():
            yield was, None


class _Working:
    """What is looked up for every role."""

    def __init__(self, comparison: Comparison) -> None:
        self.matches = comparison.matches
        self.was = Shares(comparison.old, comparison.matches.before)
        self.now = Shares(comparison.new, comparison.matches.after)
        self.by_subject: dict[tuple[str, str], list[Change]] = {}
        self.by_thing: dict[tuple[str, str], list[Change]] = {}
        for change in comparison.changes:
            if change.kind not in RECORDING:
                self.by_subject.setdefault((change.about.kind, change.about.reference), []).append(change)
                self.by_thing.setdefault((change.thing.kind, change.thing.reference), []).append(change)
        self.former: dict[str, list[str]] = {}
        for (kind, id), now in self.matches.before.items():
            if kind == "role" and self.was.is_active(id):
                self.former.setdefault(now, []).append(id)
        self.new = comparison.new
        self.old = comparison.old

    def role(self, was: Role | None, now: Role | None) -> Affected:
        role = now or was
        assert role is not None
        who = Subject("role", str(role.id), str(role.name))
        return Affected(who=who, effects=tuple(self._of_role(was, now)))

    def _of_role(self, was: Role | None, now: Role | None) -> Iterator[Told]:
        if now is None:
            assert was is not None
            successor = self.matches.merged.get(("role", str(was.id)))
            yield Told(effect=Effect.MERGED, new=(successor,)) if successor else Told(effect=Effect.GONE)
            return
        own = self.by_subject.get(("role", str(now.id)), [])
        ended = next((_ENDS[change.kind] for change in own if change.kind in _ENDS), None)
        if ended:
            yield Told(effect=ended, new=(self.new.current(now.id),) if ended is Effect.MERGED else ())
        if not now.active:
            return
        if was is None:
            yield Told(effect=Effect.NEW)
        else:
            yield from _names(own)
        id = str(was.id) if was else ""
        taken = (former for former in self.former.get(str(now.id), ()) if former != id)
        yield from (Told(effect=Effect.TAKES_OVER, old=(former,)) for former in taken)
        yield from self._parts(id, str(now.id))
        yield from self._owned(id, str(now.id))
        yield from self._partners(id, str(now.id))
        yield from self._training(id, str(now.id))
        yield from _own([*own, *self._of_kind(now)])

    def _of_kind(self, role: Role) -> list[Change]:
        """What changed in the duties that a role shares with others of its kind."""
        of_kind = self.by_subject.get(("role-kind", str(role.kind)), []) if role.kind else []
        return [change for change in of_kind if change.kind is not Kind.ADDED]

    def _parts(self, was: str, now: str) -> Iterator[Told]:
        old, new = self.was.parts(was), self.now.parts(now)
        words: list[Told] = []
        for activity, part in new.items():
            before = old.get(activity)
            if before is None:
                yield self._letters(Effect.GAINED, part.thing, (), part.letters)
            elif set(before.letters) != set(part.letters):
                yield self._letters(Effect.LETTERS, part.thing, before.letters, part.letters)
            if before and {"R", "A"} & set(part.letters):
                changed = self._changed(activity)
                substance = [change for change in changed if change.kind not in WORDING]
                if substance:
                    what = tuple(dict.fromkeys(change.field or "place" for change in substance))
                    yield Told(effect=Effect.DOES_OTHERWISE, thing=part.thing, old=what)
                elif changed:
                    words.append(Told(effect=Effect.REWORDED, thing=part.thing))
        for activity, part in old.items():
            if activity not in new:
                yield self._letters(Effect.LOST, part.thing, part.letters, ())
        yield from words

    def _letters(self, effect: Effect, thing: Subject, old: tuple[str, ...], new: tuple[str, ...]) -> Told:
        return Told(effect=effect, thing=thing, lasts=self._lasts(thing), old=old, new=new)

    def _lasts(self, thing: Subject) -> bool:
        """Whether a thing is in both handbooks."""
        return (thing.kind, thing.reference) in self.matches.origin

    def _changed(self, activity: str) -> list[Change]:
        """What changed in how an activity is done."""
        own = self.by_thing.get(("activity", activity), [])
        return [change for change in own if not change.role and change.kind is not Kind.ADDED]

    def _owned(self, was: str, now: str) -> Iterator[Told]:
        old, new = self.was.owned(was), self.now.owned(now)
        taken = ((Effect.OWNS, thing) for key, thing in new.items() if key not in old)
        given = ((Effect.OWNS_NO_LONGER, thing) for key, thing in old.items() if key not in new)
        for effect, thing in (*taken, *given):
            yield Told(effect=effect, thing=thing, lasts=self._lasts(thing))
        for key, thing in new.items():
            if thing.kind == "kpi" and key in old:
                changes = (c for c in self.by_thing.get(key, ()) if c.kind not in (*WORDING, Kind.OWNER_CHANGED))
                yield from (Told(effect=Effect.MEASURED_OTHERWISE, thing=thing, change=change) for change in changes)

    def _partners(self, was: str, now: str) -> Iterator[Told]:
        old, new = ([one for one in side if one != now] for side in (self.was.partners(was), self.now.partners(now)))
        yield from (Told(effect=Effect.NEW_PARTNER, new=(one,)) for one in new if one not in old)
        yield from (Told(effect=Effect.PARTNER_GONE, old=(one,)) for one in old if one not in new)

    def _training(self, was: str, now: str) -> Iterator[Told]:
        old, new = self.was.training(was), self.now.training(now)
        for module, thing in new.items():
            changes = self.by_thing.get(("module", module), ())
            if module not in old:
                yield Told(effect=Effect.NEW_TRAINING, thing=thing)
            elif any(map(self._is_to_learn, changes)):
                yield Told(effect=Effect.OTHER_TRAINING, thing=thing)
        gone = (thing for module, thing in old.items() if module not in new)
        yield from (Told(effect=Effect.TRAINING_GONE, thing=thing) for thing in gone)

    def _is_to_learn(self, change: Change) -> bool:
        """Whether a change in a module is something to learn: answers that are wrong are only there to choose from."""
        if change.field not in _LEARNT or change.kind in WORDING:
            return False
        now = change.thing.reference
        was = self.matches.origin.get(("module", now), now)
        return change.field != "questions" or _asked(self.old, was) != _asked(self.new, now)

    def job(self, was: Any, now: Any, concerned: Mapping[str, Weight]) -> Affected:
        """A job: what is its own, and which of its roles are concerned by more than words."""
        job = now or was
        who = Subject("job", str(job.id), str(job.name))
        if was is None or now is None:
            return Affected(who=who, effects=(Told(effect=Effect.GONE if now is None else Effect.NEW),))
        own = self.by_subject.get(("job", str(now.id)), [])
        carried = dict.fromkeys(map(self.new.current, now.carries))
        had = dict.fromkeys(
            self.matches.before.get(("role", role), role) for role in map(self.old.current, was.carries)
        )
        told = [
            *_names(own),
            *(Told(effect=Effect.CARRIES, new=(str(role),)) for role in carried if role not in had),
            *(Told(effect=Effect.CARRIES_NO_LONGER, old=(str(role),)) for role in had if role not in carried),
            *_own(own),
        ]
        through = (str(role) for role in carried if concerned.get(role, Weight.WORDING) > Weight.WORDING)
        return Affected(who=who, effects=tuple(told), through=tuple(through))


_ENDS = {Kind.ROLE_RETIRED: Effect.RETIRED, Kind.ROLE_MERGED: Effect.MERGED, Kind.ROLE_REVIVED: Effect.REVIVED}


def _names(changes: Iterable[Change]) -> Iterator[Told]:
    for change in changes:
        if change.kind is Kind.NAME_CHANGED:
            yield Told(effect=Effect.RENAMED, old=change.old, new=change.new)


def _own(changes: Iterable[Change]) -> Iterator[Told]:
    """What changed in the description of a role or a job itself."""
    for change in changes:
        if change.field.partition(".")[0] in _BOOKS or change.kind in (Kind.NAME_CHANGED, Kind.ID_CHANGED, Kind.ADDED):
            continue
        yield Told(effect=Effect.OWN_REWORDED if change.kind in WORDING else Effect.OWN, change=change)


def _asked(handbook: Handbook, module: str) -> list[tuple[str, str]]:
    """The questions of a module, with what is right to answer."""
    found = belonging(handbook, "module", module)
    return [(folded(one.question), folded(one.answer)) for one in found.questions] if found else []
