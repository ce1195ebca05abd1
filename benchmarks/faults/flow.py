"""Family 3: ways through a process that do not end, and hand-offs with one side."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.catalogue import path_of
from rolebook.model.flow import leads_to_end, reached, ways_on
from rolebook.model.process import Activity, Branch, HandOff, Otherwise, Parallel, Process, TakesHandOff
from rolebook.source import Text


def _process(draft: Draft, chance: random.Random) -> tuple[str, Process]:
    process = draft.handbook.processes[one(chance, sorted(draft.handbook.processes))]
    return path_of("process", process.id), process


def _taking(draft: Draft, chance: random.Random) -> tuple[str, Process, int, TakesHandOff]:
    """Something that a process takes from another one, where other ways lead to the same activities."""
    path, process = _process(draft, chance)
    ways = ways_on(process)
    starts = {process.activities[0].id, *(a.id for a in process.activities if a.triggers)}
    places = []
    for position, taken in enumerate(process.takes):
        others = starts | {at for other in process.takes if other is not taken for at in other.at}
        known = {activity for start in others for activity in reached(ways, start)}
        if isinstance(taken, TakesHandOff) and known.issuperset(taken.at):
            places.append((path, process, position, taken))
    return one(chance, places)


def _given(draft: Draft, taken: TakesHandOff) -> HandOff:
    giver, _, id = taken.what.partition("/")
    return next(given for given in draft.handbook.processes[giver].hands_over if given.id == id)


@plants("RB301", "what another process hands over is not taken")
def not_taken(draft: Draft, chance: random.Random) -> Place:
    path, _, position, taken = _taking(draft, chance)
    draft.remove(path, "takes", position)
    span = _given(draft, taken).id.span
    return Place(span.path, span.line)


@plants("RB301", "something new is handed over that nobody takes")
def new_hand_off(draft: Draft, chance: random.Random) -> Place:
    path, process = _process(draft, chance)
    to = one(chance, [id for id in sorted(draft.handbook.processes) if id != process.id])
    after = one(chance, process.activities).id
    draft.append(path, "hands_over", text=f"{{id: sealed-parcel, name: Sealed parcel, to: {to}, after: {after}}}")
    return draft.at(path, "hands_over", "sealed-parcel", "id")


@plants("RB302", "what is taken is misspelt")
def misspelt_take(draft: Draft, chance: random.Random) -> Place:
    path, _, position, taken = _taking(draft, chance)
    draft.replace(taken.what.span, f"{taken.what}s")
    return draft.at(path, "takes", position, "what")


@plants("RB302", "what is taken has quite another name")
def renamed_take(draft: Draft, chance: random.Random) -> Place:
    path, _, position, taken = _taking(draft, chance)
    draft.replace(taken.what.span, f"{taken.what.partition('/')[0]}/sealed-parcel")
    return draft.at(path, "takes", position, "what")


# An improvement that brought the hand-off about names it, too.
@plants("RB302", "what is taken is no longer handed over", "RB101")
def no_longer_given(draft: Draft, chance: random.Random) -> Place:
    path, _, position, taken = _taking(draft, chance)
    giver, _, id = taken.what.partition("/")
    draft.remove(path_of("process", giver), "hands_over", id)
    return draft.at(path, "takes", position, "what")


@plants("RB302", "something is taken that goes elsewhere")
def taken_by_another(draft: Draft, chance: random.Random) -> Place:
    path, process = _process(draft, chance)
    others = [(p.id, given) for p in draft.handbook.processes.values() for given in p.hands_over]
    giver, given = one(
        chance,
        [
            (giver, given)
            for giver, given in others
            if giver != process.id
            and given.to not in (process.id, "any-process")
            and given.to in draft.handbook.processes
        ],
    )
    at = one(chance, process.activities).id
    draft.append(path, "takes", text=f"{{what: {giver}/{given.id}, at: {at}}}")
    return draft.at(path, "takes", len(process.takes), "what")


@plants("RB303", "the only way to an activity leads elsewhere")
def unreachable(draft: Draft, chance: random.Random) -> Place:
    path, process = _process(draft, chance)
    ways = ways_on(process)
    arriving = {at for taken in process.takes for at in taken.at}
    written = []
    for activity in process.activities[1:]:
        into = [way for on in ways.values() for way in on if way.target == activity.id]
        if activity.triggers or activity.id in arriving or len(into) != 1 or into[0].span is None or into[0].parallel:
            continue
        starts = [process.activities[0].id, *arriving, *(a.id for a in process.activities if a.triggers)]
        still = {id for start in starts for id in reached(ways, start, {str(activity.id)})}
        if {str(a.id) for a in process.activities} - still == {str(activity.id)}:
            written.append((activity, into[0].span))
    activity, span = one(chance, written)
    draft.replace(span, "end")
    return draft.at(path, "activities", str(activity.id), "id")


# What used to follow may be reached by no other way.
@plants("RB304", "an activity leads back to itself only", "RB303")
def dead_end(draft: Draft, chance: random.Random) -> Place:
    path, process = _process(draft, chance)
    plain = [activity for activity in process.activities if isinstance(activity.next, Text)]
    activity = one(chance, plain)
    ways = {**ways_on(process), str(activity.id): ()}
    if len(leads_to_end(ways)) < len(ways) - 1:
        raise NoPlace  # others are trapped with it, and the loop told may be theirs
    draft.write(path, "activities", str(activity.id), "next", text=activity.id)
    return draft.key(path, "activities", str(activity.id), "next")


@plants("RB304", "a loop has lost its way out")
def loop_without_exit(draft: Draft, chance: random.Random) -> Place:
    path, process = _process(draft, chance)
    ways = ways_on(process)
    pairs = [
        (first, second)
        for first in process.activities
        for second in process.activities
        if first is not second and second.next == first.id and second.id in [way.target for way in ways[str(first.id)]]
    ]
    first, second = one(chance, pairs)
    trapped = leads_to_end({**ways, str(first.id): (), str(second.id): ()})
    if len(trapped) < len(ways) - 2:
        raise NoPlace
    draft.set(path, "activities", str(first.id), "next", text=str(second.id))
    order = [activity.id for activity in process.activities]
    last = max(first.id, second.id, key=order.index)
    return draft.key(path, "activities", str(last), "next")


def _choice(draft: Draft, chance: random.Random) -> tuple[str, Activity, tuple[Branch | Otherwise, ...]]:
    path, process = _process(draft, chance)
    found = [(path, activity, activity.next) for activity in process.activities if isinstance(activity.next, tuple)]
    return one(chance, found)


@plants("RB305", "two branches have the same condition")
def same_condition(draft: Draft, chance: random.Random) -> Place:
    _, _, branches = _choice(draft, chance)
    conditions = [branch.when for branch in branches if isinstance(branch, Branch)]
    if len(conditions) < 2:
        raise NoPlace
    first, second = sorted(chance.sample(range(len(conditions)), 2))
    draft.replace(conditions[second].span, conditions[first])
    return Place(conditions[second].span.path, conditions[second].span.line)


@plants("RB305", "it is open what follows otherwise")
def only_one_branch(draft: Draft, chance: random.Random) -> Place:
    path, activity, branches = _choice(draft, chance)
    if len(branches) != 2 or not isinstance(branches[-1], Otherwise):
        raise NoPlace
    draft.remove(path, "activities", str(activity.id), "next", 1)
    return draft.at(path, "activities", str(activity.id), "next", 0, "when")


@plants("RB305", "'otherwise' stands twice")
def otherwise_twice(draft: Draft, chance: random.Random) -> Place:
    path, activity, branches = _choice(draft, chance)
    if not isinstance(branches[-1], Otherwise):
        raise NoPlace
    draft.append(path, "activities", str(activity.id), "next", text="{otherwise: end}")
    return draft.at(path, "activities", str(activity.id), "next", len(branches))


@plants("RB305", "an activity is named twice in 'all'")
def twice_at_once(draft: Draft, chance: random.Random) -> Place:
    path, process = _process(draft, chance)
    activity = one(chance, [a for a in process.activities if isinstance(a.next, Parallel)])
    assert isinstance(activity.next, Parallel)
    target = one(chance, activity.next.all)
    draft.append(path, "activities", str(activity.id), "next", "all", text=target)
    return draft.at(path, "activities", str(activity.id), "next", "all", len(activity.next.all))


@plants("RB306", "the same thing is handed over twice")
def handed_over_twice(draft: Draft, chance: random.Random) -> Place:
    path, process = _process(draft, chance)
    given = one(chance, [given for given in process.hands_over if given.to.startswith("outside/")])
    words = given.name.split(" ")
    chance.shuffle(words)
    after = ", ".join(given.after)
    entry = f'{{id: once-more, name: "{" ".join(words)}", to: {given.to}, after: [{after}]}}'
    draft.append(path, "hands_over", text=entry)
    return draft.at(path, "hands_over", "once-more", "id")


@plants("RB306", "the same thing is taken twice")
def taken_twice(draft: Draft, chance: random.Random) -> Place:
    path, process = _process(draft, chance)
    taken = one(chance, process.takes)
    at = one(chance, process.activities).id if isinstance(taken, TakesHandOff) else f"[{', '.join(taken.at)}]"
    if isinstance(taken, TakesHandOff):
        entry, key = f"{{what: {taken.what}, at: {at}}}", "what"
    else:
        entry, key = f'{{id: once-more, from: {taken.from_}, name: "{taken.name}", at: {at}}}', "id"
    draft.append(path, "takes", text=entry)
    return draft.at(path, "takes", len(process.takes), key)
