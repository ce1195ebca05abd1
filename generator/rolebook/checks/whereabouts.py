"""Where something of the newest release is now: under its id, under the one that it was given since, or nowhere."""

from collections.abc import Iterator, Mapping

from rolebook.checks.wording import place
from rolebook.loading.snapshots.protecting import protected
from rolebook.model.belonging import OWNERS
from rolebook.model.catalogue import called_now, of_kind, path_of
from rolebook.model.handbook import Handbook, derived
from rolebook.model.released import last_said
from rolebook.source import Span

_LOOKED_AT = ("processes", "matrices", "roles", "jobs", "plans", "improvements")
"""The parts of a handbook in which something may be undone; what did not change there is the very same."""


def today(handbook: Handbook, kind: str, reference: str) -> str | None:
    """What something that the newest release speaks of is called now, a merged role by its successor's id.

    None where it is gone without having left its id to anything.
    """
    there = of_kind(handbook, kind)
    now: str | None = str(reference)
    if reference not in there:
        then = last_said(handbook)
        thing = called_now(handbook, kind, reference) if then is None else None
        now = thing.reference if thing else _moved(handbook).get((kind, reference))
    if now is None or now not in there:
        return None
    return str(handbook.current(now)) if kind == "role" else now


@derived
def kept_by_ratchet(handbook: Handbook) -> frozenset[str]:
    """The ids of the improvements that protect something; nothing where something could not be read."""
    if handbook.lost:
        return frozenset()
    found = (today(handbook, "improvement", one.improvement) for one in protected(handbook))
    return frozenset(id for id in found if id)


def gap(handbook: Handbook, kind: str, reference: str) -> Span:
    """Where something of the newest release that is gone would stand.

    That is at what stood before it there, or behind it; else at the name of what it belonged to, or in its own file.
    """
    owner = today(handbook, OWNERS[kind], reference.partition("/")[0]) if kind in OWNERS else None
    if owner is None:
        return Span.of_file(path_of(kind, reference))
    there = of_kind(handbook, kind)
    for neighbour in _neighbours(handbook, kind, reference):
        now = today(handbook, kind, neighbour)
        if now is not None and now.partition("/")[0] == owner:
            return there[now].id.span
    whole = handbook.plans[owner] if kind == "module" else handbook.processes[owner]
    return place(whole.name, whole.id)


def _neighbours(handbook: Handbook, kind: str, reference: str) -> Iterator[str]:
    """What belonged to the same: from the nearest before it to the first, then from the nearest behind it on."""
    then = last_said(handbook)
    owner = reference.partition("/")[0]
    names = [name for name in (of_kind(then, kind) if then else ()) if name.partition("/")[0] == owner]
    position = names.index(reference) if reference in names else len(names)
    yield from reversed(names[:position])
    yield from names[position + 1 :]


@derived
def is_untouched(handbook: Handbook) -> bool:
    """Whether nothing that the ratchet looks at has changed since the newest release."""
    then = last_said(handbook)
    return then is not None and all(_same(getattr(then, part), getattr(handbook, part)) for part in _LOOKED_AT)


def _same(then: Mapping[str, object], now: Mapping[str, object]) -> bool:
    return then.keys() == now.keys() and all(then[id] is entity for id, entity in now.items())


@derived
def _moved(handbook: Handbook) -> Mapping[tuple[str, str], str]:
    """Where things of the newest release are that are called otherwise now, by kind and by what they were called."""
    from rolebook.comparing.matching import matched  # most handbooks are checked without comparing anything

    then = last_said(handbook)
    return matched(then, handbook).before if then else {}
