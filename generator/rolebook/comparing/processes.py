"""What changed in a process beyond its single fields: activities, their flow, what it takes over, its approval."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rolebook.comparing.change import Change, Kind, Subject
from rolebook.comparing.fields import order, paired, part
from rolebook.comparing.meaning import Tongue, folded, meaning
from rolebook.comparing.pairs import Pair, numbered, tells
from rolebook.comparing.phrase import Phrase, Quoted, joined
from rolebook.loading.declaration import declaration
from rolebook.model import values as v
from rolebook.model.flow import Choice, Way, choices, ways_on
from rolebook.model.job import JobDescription
from rolebook.model.process import (
    END,
    Activity,
    Approval,
    Process,
    TakesFrom,
    TakesHandOff,
)

ACTIVITY = v.Ref(("activity",))
_LOCAL = v.Ref(("activity", "end"), local=True)
_AT = v.Ref(("activity",), local=True)
_HAND_OFF = v.Ref(("hand-off",))
_SHAPES = {field.name: field.shape for cls in (Activity, TakesFrom) for field in declaration(cls).fields}
Took = TakesHandOff | TakesFrom


def activities(pair: Pair) -> Iterator[Change]:
    """What came, went and changed among the activities of a process, and what follows them."""
    ways = ways_on(pair.old), ways_on(pair.new)
    for was, now in paired(pair, Activity, pair.old.activities, pair.new.activities):
        yield from part(pair, "activity", was, now)
        if was is not None and now is not None:
            yield from _flow(pair, was, now, ways)
    yield from order(pair, Activity, pair.old.activities, pair.new.activities)


def _flow(
    pair: Pair, was: Activity, now: Activity, ways: tuple[Mapping[str, tuple[Way, ...]], Mapping[str, tuple[Way, ...]]]
) -> Iterator[Change]:
    """Other ways on from an activity: a way that is not written changes only where one was written."""
    if was.next == now.next:
        return
    if meaning(was.next, _SHAPES["next"], pair.before) == meaning(now.next, _SHAPES["next"], pair.after):
        return
    before, after = choices(ways[0].get(was.id, ())), choices(ways[1].get(now.id, ()))
    gone = [choice for choice in before if _sense(choice, pair.before) not in {_sense(c, pair.after) for c in after}]
    came = [choice for choice in after if _sense(choice, pair.after) not in {_sense(c, pair.before) for c in before}]
    if gone or came:
        thing = Subject("activity", f"{pair.after.home}/{now.id}", str(now.name))
        told = (gone, came) if gone and came else (before, after)
        old, new = (_told(ways, side) for ways, side in zip(told, (pair.old, pair.new), strict=True))
        place = next((way for choice in came or after for way in choice.ways if way.span), now)
        yield pair.change(Kind.FLOW_CHANGED, place, thing=thing, field="next", old=old, new=new)


def _sense(choice: Choice, tongue: Tongue) -> tuple[Any, ...]:
    """What a choice means: when it is made, and where all its ways lead."""
    targets = frozenset(tongue.reference(way.target, _LOCAL) for way in choice.ways)
    return choice.when is None, folded(choice.when or ""), targets


def _told(ways: Iterable[Choice], process: Process) -> tuple[str, ...]:
    names = {str(activity.id): str(activity.name) for activity in process.activities}

    def target(way: Way) -> str:
        return Phrase("the end") if way.target == END else Quoted(folded(names.get(way.target, way.target)))

    def told(choice: Choice) -> Phrase:
        where = joined(map(target, choice.ways))
        if choice.when is None:
            return Phrase("{where}", where=where)
        if not choice.when:
            return Phrase("{where} otherwise", where=where)
        return Phrase("{where} when {condition}", where=where, condition=Quoted(folded(choice.when)))

    return tuple(told(choice) for choice in ways)


@tells(Process, "activities")
@tells(Activity, "next")
def _with_the_process(_: Pair) -> Iterator[Change]:
    """Activities and what follows them are told by `activities`, which knows what came from other processes."""
    return iter(())


@tells(Process, "takes")
def takes(pair: Pair) -> Iterator[Change]:
    """What a process takes over, gained, lost, and taken elsewhere."""
    was = dict(zip(numbered(_key(one, pair.before) for one in pair.old.takes), pair.old.takes, strict=True))
    now = dict(zip(numbered(_key(one, pair.after) for one in pair.new.takes), pair.new.takes, strict=True))
    for key in [*now, *(key for key in was if key not in now)]:
        old, new = was.get(key), now.get(key)
        if old is None or new is None:
            yield _taken(pair, old, new)
        elif old != new:
            yield from _taken_otherwise(pair, old, new)


def _key(one: Took, tongue: Tongue) -> str:
    return tongue.reference(one.what, _HAND_OFF) if isinstance(one, TakesHandOff) else f"{tongue.now}:{one.id}"


def _subject(one: Took, tongue: Tongue) -> Subject:
    if isinstance(one, TakesHandOff):
        return Subject("hand-off", tongue.reference(one.what, _HAND_OFF), "")
    return Subject("input", f"{tongue.now}/{one.id}", str(one.name))


def _at(one: Took, tongue: Tongue) -> tuple[str, ...]:
    return tuple(tongue.reference(activity, _AT) for activity in one.at)


def _taken(pair: Pair, old: Took | None, new: Took | None) -> Change:
    there, tongue = (new, pair.after) if new else (old, pair.before)
    assert there is not None
    side = "old" if new is None else "new"
    kind = Kind.NOT_TAKEN if new is None else Kind.TAKEN
    told: dict[str, Any] = {side: _at(there, tongue), "refs": ("activity",)}
    return pair.change(
        kind, there, in_old=new is None, thing=_subject(there, tongue), role=pair.about.reference, field="takes", **told
    )


def _taken_otherwise(pair: Pair, old: Took, new: Took) -> Iterator[Change]:
    inner = pair.part(old, new, _subject(new, pair.after))
    was, now = _at(old, pair.before), _at(new, pair.after)
    told: dict[str, Any]
    if set(was) != set(now):
        told = {"old": was, "new": now, "refs": ("activity",), "role": pair.about.reference}
        yield inner.change(Kind.ENTRY_CHANGED, new, field="at", **told)
    if isinstance(old, TakesFrom) and isinstance(new, TakesFrom):
        if folded(old.name) != folded(new.name):
            yield inner.change(Kind.NAME_CHANGED, new.name, field="name", old=(str(old.name),), new=(str(new.name),))
        if old.from_ != new.from_:
            told = {"old": (str(old.from_),), "new": (str(new.from_),), "refs": ("outside",)}
            yield inner.change(Kind.CHANGED, new.from_, field="from", **told)


@tells(Process, "approval")
@tells(JobDescription, "approval")
def approval(pair: Pair) -> Iterator[Change]:
    """Who approved a document, and when: once more, otherwise, or no longer."""
    old: Approval | None = pair.old.approval
    new: Approval | None = pair.new.approval
    was, now = (meaning(one, _APPROVAL, tongue) for one, tongue in ((old, pair.before), (new, pair.after)))
    if was == now:
        return
    again = new is not None and (old is None or new.approved > old.approved)
    kind = Kind.APPROVAL_WITHDRAWN if new is None else Kind.APPROVED if again else Kind.APPROVAL_CHANGED
    told = {"old": _approved(old), "new": _approved(new)}
    yield pair.change(kind, new or old, in_old=new is None, field="approval", **told)


def _approved(one: Approval | None) -> tuple[str, ...]:
    """Who approved a document, when, and when it is looked at again; nothing where nobody did."""
    return (str(one.approved_by), one.approved.isoformat(), one.next_review.isoformat()) if one else ()


_APPROVAL = next(field.shape for field in declaration(Process).fields if field.name == "approval")
