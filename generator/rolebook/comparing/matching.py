"""Which thing of an older handbook is which of a newer one: by its id, and by the ids that it had."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from rolebook.model import belonging
from rolebook.model.catalogue import Thing, things
from rolebook.model.handbook import Handbook
from rolebook.value import value

Key = tuple[str, str]
"""A kind of thing, and a reference to one."""

OWNERS: Mapping[str, str] = MappingProxyType({**belonging.OWNERS, "clause": "standard"})
"""What things belong to that are referred to as `owner/id`, by kind."""


@value()
class Matches:
    """How two handbooks hang together.

    `origin` leads from what is new to what it was. `before` leads from what was to where it is now, where that is
    called otherwise: renamed, moved, or part of something else; `after` does so for roles of the newer handbook that
    are merged. `merged` holds what is part of something else now without being there itself. `moved` leads from what
    belongs to another process or training plan now to what it belonged to, and to what it was.
    """

    origin: Mapping[Key, str]
    before: Mapping[Key, str]
    after: Mapping[Key, str]
    merged: Mapping[Key, str]
    moved: Mapping[Key, tuple[str, Any]]


def matched(old: Handbook, new: Handbook) -> Matches:
    """Match the things of two handbooks."""
    olds, news = _by_kind(old), _by_kind(new)
    pairs: dict[Key, str] = {}
    merged: dict[Key, str] = {}
    for kind in sorted(olds.keys() | news.keys(), key=lambda kind: (kind in OWNERS, kind)):
        found = _Matching(kind, olds.get(kind, {}), news.get(kind, {}), pairs)
        found.pair()
        pairs |= {(kind, was): now for was, now in found.pairs.items()}
        merged |= {(kind, was): now for was, now in found.merged().items()}
    after = {("role", id): new.current(id) for id in new.roles if new.current(id) != id}
    before = {(kind, was): after.get((kind, now), now) for (kind, was), now in (*pairs.items(), *merged.items())}
    return Matches(
        origin={(kind, now): was for (kind, was), now in pairs.items()},
        before={(kind, was): now for (kind, was), now in before.items() if was != now},
        after=after,
        merged=merged,
        moved=dict(_moved(old, pairs)),
    )


def _moved(old: Handbook, pairs: Mapping[Key, str]) -> Iterator[tuple[Key, tuple[str, Any]]]:
    for (kind, was), now in pairs.items():
        owner = was.partition("/")[0]
        if kind in belonging.OWNERS and pairs.get((OWNERS[kind], owner), owner) != now.partition("/")[0]:
            yield (kind, now), (owner, belonging.belonging(old, kind, was))


def _by_kind(handbook: Handbook) -> dict[str, dict[str, Thing]]:
    found: dict[str, dict[str, Thing]] = {}
    for thing in things(handbook):
        found.setdefault(thing.kind, {}).setdefault(thing.reference, thing)
    return found


class _Matching:
    """The things of one kind in two handbooks, matched by the surest sign first."""

    def __init__(
        self, kind: str, old: Mapping[str, Thing], new: Mapping[str, Thing], owners: Mapping[Key, str]
    ) -> None:
        self.old = old
        self.new = new
        self.pairs: dict[str, str] = {}
        self.taken: set[str] = set()
        self._owner = OWNERS.get(kind, "")
        self._owners = owners

    def pair(self) -> None:
        """Pair by the id; then by an id that the new one had; by one that the old one had; by one that both had."""
        for was in self.old:
            self._join(was, self._today(was))
        if len(self.pairs) == len(self.old):
            return
        self._pair_by(lambda now: self._formers(self.new[now]), lambda was: [was, self._today(was)])
        self._pair_by(lambda now: [now], lambda was: self._formers(self.old[was]))
        self._pair_by(lambda now: self._formers(self.new[now]), lambda was: self._formers(self.old[was]))

    def merged(self) -> dict[str, str]:
        """What is gone though a thing that is there says it had its id."""
        claims = {former: now for now, thing in self.new.items() for former in self._formers(thing)}
        gone = (was for was in self.old if was not in self.pairs)
        return {
            was: claims.get(was) or claims[self._today(was)] for was in gone if {was, self._today(was)} & claims.keys()
        }

    def _pair_by(self, of_new: Callable[[str], Iterable[str]], of_old: Callable[[str], Iterable[str]]) -> None:
        claims: dict[str, str] = {}
        for now in self.new:
            if now not in self.taken:
                for name in of_new(now):
                    claims.setdefault(name, now)
        for was in self.old:
            if was not in self.pairs:
                for name in of_old(was):
                    if name in claims:
                        self._join(was, claims[name])

    def _join(self, was: str, now: str) -> None:
        if now in self.new and now not in self.taken and was not in self.pairs:
            self.pairs[was] = now
            self.taken.add(now)

    def _formers(self, thing: Thing) -> list[str]:
        """The references that a thing had, as they are written and as they would be today."""
        formers = [reference for _, reference in thing.former_references()]
        return [*formers, *map(self._today, formers)]

    def _today(self, reference: str) -> str:
        """A reference to something that belongs to what may be called otherwise now."""
        owner, slash, local = reference.partition("/")
        if not slash or not self._owner:
            return reference
        return f"{self._owners.get((self._owner, owner), owner)}/{local}"
