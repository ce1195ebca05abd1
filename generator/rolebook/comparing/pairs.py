"""An old and a new state of the same thing, and changes told of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.matching import Matches
from rolebook.comparing.meaning import Tongue
from rolebook.source import Span
from rolebook.value import value


@value(kw_only=True)
class Pair:
    """Something as it was and as it is, and how each of the two handbooks refers to things there."""

    old: Any
    new: Any
    about: Subject
    thing: Subject
    before: Tongue
    after: Tongue
    matches: Matches

    def part(self, old: Any, new: Any, thing: Subject | None = None) -> "Pair":
        """The pair of what stands within this one; `thing` where it is something of its own."""
        return Pair(
            old=old,
            new=new,
            about=self.about,
            thing=thing or self.thing,
            before=self.before,
            after=self.after,
            matches=self.matches,
        )

    def change(self, kind: Kind, place: Any, *, in_old: bool = False, **told: Any) -> Change:
        """A change of this thing; `place` is what knows its place, this thing itself where that does not."""
        span = place_of(place) or place_of(self.old if in_old else self.new)
        assert span is not None
        told = {"thing": self.thing, **told}
        return Change(kind=kind, about=self.about, span=span, in_old=in_old, **told)


def place_of(value: Any) -> Span | None:
    """Where a value stands, if it knows."""
    span: Span | None = getattr(value, "span", None)
    return span


def written(value: Any) -> str:
    """A value of the model in the letters of its file, its parts one after the other."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(map(written, value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    state = getattr(value, "__dict__", None)
    if state and not isinstance(value, (str, int)) and "span" in state and len(state) > 1:
        return "; ".join(written(part) for name, part in state.items() if name != "span" and part not in (None, ()))
    return str(value)


def longest_run(positions: Sequence[int]) -> frozenset[int]:
    """The places in a sequence of numbers that make up its longest rising run: what kept its order."""
    best: list[tuple[int, list[int]]] = []
    for place, position in enumerate(positions):
        at = next((n for n, (last, _) in enumerate(best) if last > position), len(best))
        best[at : at + 1] = [(position, [*(best[at - 1][1] if at else ()), place])]
    return frozenset(best[-1][1] if best else ())


Told = Callable[[Pair], Iterator[Change]]
"""Tells what changed in a pair."""
TOLD: dict[tuple[type[Any], str], Told] = {}
"""Who tells of a field that is not told as its shape asks for, by the class and the field."""


def tells(cls: type[Any], *fields: str) -> Callable[[Told], Told]:
    """Make a function tell of fields of a class: it is asked once, at the first of them."""

    def register(told: Told) -> Told:
        TOLD[cls, fields[0]] = told
        TOLD.update({(cls, name): _nothing for name in fields[1:]})
        return told

    return register


def _nothing(_: Pair) -> Iterator[Change]:
    return iter(())


def numbered(keys: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each key with how many like it stood before, so that two with the same are told apart."""
    seen: dict[str, int] = {}
    for key in keys:
        seen[key] = seen.get(key, -1) + 1
        yield key, seen[key]
