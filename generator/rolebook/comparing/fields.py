"""Everything that the declarations of the model know, compared field by field: nothing can change unseen."""

import dataclasses
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.lists import listed, records, references, texts
from rolebook.comparing.matching import OWNERS
from rolebook.comparing.meaning import ELEMENTS, IN_ORDER, Tongue, folded, meaning, reworded
from rolebook.comparing.pairs import TOLD, Pair, longest_run, numbered, tells, written
from rolebook.comparing.phrase import Phrase, Quoted, choice
from rolebook.loading.declaration import FieldDeclaration, Keys, Many, One, Shape, declaration
from rolebook.model import values as v
from rolebook.model.improvement import Improvement
from rolebook.model.organisation import (
    Area,
    Clause,
    Function,
    Objective,
    OutsideParty,
    Policy,
    RoleKind,
    Standard,
    Term,
)
from rolebook.model.process import Activity, Control, HandOff, Kpi, Process, Record
from rolebook.model.raci import OUTSIDE
from rolebook.model.training import TrainingModule, TrainingPlan

KIND_OF: Mapping[type[Any], str] = MappingProxyType(
    {
        Activity: "activity",
        Area: "area",
        Clause: "clause",
        Control: "control",
        Function: "function",
        HandOff: "hand-off",
        Kpi: "kpi",
        Objective: "objective",
        OutsideParty: "outside",
        Policy: "policy",
        Record: "record",
        RoleKind: "role-kind",
        Standard: "standard",
        Term: "term",
        TrainingModule: "module",
    }
)
"""The kinds of thing that stand in the file of another one, by their class."""

BY_THEMSELVES = frozenset({"function", "role-kind", "standard"})
"""Those of them under whose own name their changes are told."""

_IN_ORDER = frozenset({Activity, Area})
"""Those of them whose order has a meaning."""

_KINDS: Mapping[tuple[type[Any], str], Kind] = MappingProxyType(
    {
        (Process, "owner"): Kind.OWNER_CHANGED,
        (Kpi, "owner"): Kind.OWNER_CHANGED,
        (TrainingPlan, "owner"): Kind.OWNER_CHANGED,
        (Improvement, "owner"): Kind.OWNER_CHANGED,
        (Improvement, "status"): Kind.STATUS_CHANGED,
        (HandOff, "to"): Kind.RECEIVER_CHANGED,
        (HandOff, "after"): Kind.EXIT_CHANGED,
        **{(Kpi, name): Kind.DEFINITION_CHANGED for name in ("counts", "counted_from", "unit", "better")},
        (Kpi, "measured_every"): Kind.DEFINITION_CHANGED,
    }
)
"""The kinds of change that some fields have to themselves."""


def compared(pair: Pair, path: str = "") -> Iterator[Change]:
    """What changed in a pair of the same class; `path` leads from the thing told of to it, as in YAML."""
    cls = type(pair.new)
    for field in declaration(cls).fields:
        if field.from_file or field.name == "id":
            continue
        if told := TOLD.get((cls, field.name)):
            yield from told(pair)
        elif field.name == "formerly":
            yield from _formerly(pair)
        else:
            yield from _field(pair, cls, field, path)


def _field(pair: Pair, cls: type[Any], field: FieldDeclaration, path: str) -> Iterator[Change]:
    old, new = getattr(pair.old, field.name), getattr(pair.new, field.name)
    if old == new and pair.before.now == pair.after.now:  # local ids of another file mean something else
        return
    key = f"{path}.{field.key}" if path else field.key
    match field.shape:
        case Many(item=Keys(type=part)) if part in KIND_OF:
            yield from parts(pair, part, old, new)
        case Many(item=One(type=v.Ref() as ref)):
            yield from references(pair, _KINDS.get((cls, field.name)), key, old, new, ref)
        case Many(item=One()):
            dress = choice if _is_choice(field.shape.item) else str
            yield from texts(pair, key, old, new, in_order=(cls, field.name) in IN_ORDER, dress=dress)
        case Many():
            yield from records(pair, key, old, new, field.shape)
        case Keys() if old is not None and new is not None:
            yield from compared(pair.part(old, new), key)
        case shape:
            if meaning(old, shape, pair.before) != meaning(new, shape, pair.after):
                yield _single(pair, cls, field, key, old, new)


def _single(pair: Pair, cls: type[Any], field: FieldDeclaration, key: str, old: Any, new: Any) -> Change:
    """The change of a field with one value, which may be nothing."""
    ref = field.shape.type if isinstance(field.shape, One) and isinstance(field.shape.type, v.Ref) else None
    kind = _KINDS.get((cls, field.name))
    is_prose = isinstance(field.shape, One) and field.shape.type == v.PROSE
    if old is None or new is None:
        kind = Kind.GIVEN if old is None else Kind.WITHDRAWN
    elif key == "name":
        kind = Kind.NAME_CHANGED
    elif is_prose and reworded(old, new):
        kind = Kind.REWORDED
    return pair.change(
        kind or Kind.CHANGED,
        old if new is None else new,
        in_old=new is None,
        field=key,
        old=() if old is None else (pair.before.reference(old, ref) if ref else _value(field.shape, old),),
        new=() if new is None else (pair.after.reference(new, ref) if ref else _value(field.shape, new),),
        refs=ref.kinds if ref else (),
    )


def _value(shape: Shape, value: Any) -> str:
    if isinstance(value, bool):
        return Phrase("yes" if value else "no", written=written(value))
    return choice(value) if _is_choice(shape) else folded(written(value))


def _is_choice(shape: Shape) -> bool:
    return isinstance(shape, One) and isinstance(shape.type, v.Choice)


def parts(pair: Pair, cls: type[Any], old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Change]:
    """What came, went and changed among the parts of something that have ids."""
    for was, now in paired(pair, cls, old, new):
        yield from part(pair, KIND_OF[cls], was, now)
    if cls in _IN_ORDER:
        yield from order(pair, cls, old, new)


def paired(pair: Pair, cls: type[Any], old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    """Each part with what it was; None for what was not there, or is no longer."""
    kind = KIND_OF[cls]
    left = dict(zip(numbered(reference_of(kind, pair.before.home, one) for one in old), old, strict=True))
    origins = (
        pair.matches.origin.get((kind, own), own) for own in (reference_of(kind, pair.after.home, n) for n in new)
    )
    for now, key in zip(new, numbered(origins), strict=True):
        yield left.pop(key, None), now
    for was in left.values():
        yield was, None


def reference_of(kind: str, home: str, part: Any) -> str:
    """How any file would refer to a part of what has the id `home`."""
    if kind in OWNERS:
        return f"{home}/{part.id}"
    return f"{OUTSIDE}{part.id}" if kind == "outside" else str(part.id)


def part(pair: Pair, kind: str, was: Any, now: Any) -> Iterator[Change]:
    """What changed in one part, which may be new, or gone."""
    tongue = pair.before if now is None else pair.after
    there = was if now is None else now
    thing = Subject(kind, reference_of(kind, tongue.home, there), str(getattr(there, "name", there.id)))
    about = thing if kind in BY_THEMSELVES else pair.about
    inner = Pair(old=was, new=now, about=about, thing=thing, before=pair.before, after=pair.after, matches=pair.matches)
    if was is None and (kind, thing.reference) in pair.matches.moved:
        yield from _from_elsewhere(inner)
    elif was is None:
        yield from _came(inner)
    elif now is None and _is_elsewhere(inner):
        return
    elif now is None:
        successor = pair.matches.merged.get((kind, thing.reference))
        told: dict[str, Any] = {"new": (successor,), "refs": (kind,)} if successor else {}
        yield inner.change(Kind.MERGED if successor else Kind.REMOVED, was, in_old=True, **told)
    elif was != now or pair.before.home != pair.after.home:
        if was.id != now.id:
            yield inner.change(Kind.ID_CHANGED, now.id, old=(str(was.id),), new=(str(now.id),))
        yield from compared(inner)


def _from_elsewhere(pair: Pair) -> Iterator[Change]:
    """A part that stood in another file: the move, and what else became of it."""
    kind = pair.thing.kind
    home, was = pair.matches.moved[kind, pair.thing.reference]
    today = pair.matches.before.get((OWNERS[kind], home), home)
    yield pair.change(Kind.MOVED, pair.new, old=(today,), new=(pair.after.home,), refs=(OWNERS[kind],))
    if was.id != pair.new.id:
        yield pair.change(Kind.ID_CHANGED, pair.new.id, old=(str(was.id),), new=(str(pair.new.id),))
    yield from compared(dataclasses.replace(pair, old=was, before=Tongue(pair.before.names, home, today)))


def _is_elsewhere(pair: Pair) -> bool:
    """Whether a part that is gone stands in another file now."""
    kind, matches = pair.thing.kind, pair.matches
    now = kind, matches.before.get((kind, pair.thing.reference), "")
    return now in matches.moved and matches.origin[now] == pair.thing.reference


def _came(pair: Pair) -> Iterator[Change]:
    """A part that was not there; an activity may have been a part of another one that was."""
    whole = getattr(pair.new, "split_from", None)
    if whole and ("activity", whole) in pair.matches.origin:
        yield pair.change(Kind.SPLIT_OFF, pair.new, old=(str(whole),), refs=("activity",))
    else:
        yield pair.change(Kind.ADDED, pair.new)


def order(pair: Pair, cls: type[Any], old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[Change]:
    """What stands elsewhere in the order, among what stood in it before: as few as explain it."""
    places = {id(was): place for place, was in enumerate(old)}
    known = [(was, now) for was, now in paired(pair, cls, old, new) if was is not None and now is not None]
    kept = longest_run([places[id(was)] for was, _ in known])
    for place, (was, now) in enumerate(known):
        if place not in kept:
            kind = KIND_OF[cls]
            thing = Subject(kind, reference_of(kind, pair.after.home, now), str(now.name))
            told: dict[str, Any] = {"old": (_behind(old, was),), "new": (_behind(new, now),)}
            yield pair.change(Kind.REORDERED, now, thing=thing, **told)


def _behind(order: tuple[Any, ...], one: Any) -> str:
    """Where something stands in an order: its neighbour above, or that it is the first."""
    place = next(number for number, other in enumerate(order) if other is one)
    return Phrase("behind {name}", name=Quoted(order[place - 1].name)) if place else Phrase("first")


def _formerly(pair: Pair) -> Iterator[Change]:
    """Former ids that came or went, beyond that of a renaming itself."""
    has_owner = pair.thing.kind in OWNERS

    def complete(id: str, home: str) -> str:
        return f"{home}/{id}" if has_owner and "/" not in id else str(id)

    homes = (pair.before.home, pair.before.now, pair.after.now)
    renamed = {complete(one.id, home) for home in homes for one in (pair.old, pair.new)}
    own = pair.thing.kind, pair.thing.reference
    renamed.update(former for (kind, former), now in pair.matches.merged.items() if (kind, now) == own)
    was = {complete(former, pair.before.now) for former in pair.old.formerly} - renamed
    now = {complete(former, pair.after.now) for former in pair.new.formerly} - renamed
    if was != now:
        gone, came = tuple(sorted(was - now)), tuple(sorted(now - was))
        yield pair.change(listed(gone, came), pair.new, field="formerly", old=gone, new=came)


@tells(Improvement, "removes")
def _removed(pair: Pair) -> Iterator[Change]:
    """What an improvement takes out: references to what is no longer there."""
    yield from references(pair, None, "removes", pair.old.removes, pair.new.removes, ELEMENTS)
