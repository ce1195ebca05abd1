"""Family 3, hand-offs: what one process gives another takes, and nothing is given twice."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from rolebook.checks.check import check
from rolebook.checks.insertion import new_take
from rolebook.checks.likeness import say_the_same, telling_words
from rolebook.checks.slips import perhaps
from rolebook.checks.suggestion import meant, replacement
from rolebook.checks.wording import is_id, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import Thing, called_now, files_with_an_id_twice, may_be_lost, of_kind, path_of
from rolebook.model.handbook import Handbook, derived
from rolebook.model.handoffs import one_sided, transfers
from rolebook.model.process import ANY_PROCESS, HandOff, Process, TakesFrom, TakesHandOff
from rolebook.source import Text

Named = TypeVar("Named", HandOff, TakesFrom)


@check("RB301", "hand-off-not-taken")
def hand_off_not_taken(handbook: Handbook) -> Iterator[Finding]:
    """A process hands something over that the other process does not take."""
    misspelt = _misspelt(handbook)
    for transfer in transfers(handbook):
        given, taker = transfer.given, handbook.processes.get(transfer.taker)
        if given is None or not given.id or taker is None or not one_sided(transfer):
            continue
        unclear = (taker.id, transfer.giver) in _taken_by_process(handbook)
        twice = path_of("process", transfer.giver) in files_with_an_id_twice(handbook)
        if unclear or twice or may_be_lost(handbook, "process", taker.id):
            continue
        sides = (taker.id, transfer.giver)
        if given.id in misspelt[sides].values() or given is _left_over(handbook).get(sides):
            continue  # RB302 tells of it
        if (taker.id, f"{transfer.giver}/{given.id}") in _by_former_id(handbook).values():
            continue  # RB302 tells of it, too
        taken = (entry.what for entry in taker.takes if isinstance(entry, TakesHandOff))
        if not perhaps(handbook, "hand-off", taken, f"{transfer.giver}/{given.id}"):
            yield _not_taken(transfer.giver, given, taker, _open_to_all(handbook)[taker.id])


@derived
def _half(handbook: Handbook) -> Mapping[tuple[str, str], tuple[list[str], list[HandOff]]]:
    """What is taken that is not handed over so, and what is handed over and not taken; by taking and giving process."""
    found: dict[tuple[str, str], tuple[list[str], list[HandOff]]] = {}
    former = _by_former_id(handbook)
    for transfer in filter(one_sided, transfers(handbook)):
        taken, given = found.setdefault((transfer.taker, transfer.giver), ([], []))
        if isinstance(transfer.taken, TakesHandOff):
            if (transfer.taker, str(transfer.taken.what)) not in former:
                taken.append(transfer.taken.what.partition("/")[2])
        elif transfer.given and (transfer.taker, f"{transfer.giver}/{transfer.given.id}") not in former.values():
            given.append(transfer.given)
    return found


@derived
def _by_former_id(handbook: Handbook) -> Mapping[tuple[str, str], tuple[str, str]]:
    """What processes take by an id that it had before, with what it is called now; each behind the taking process."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for transfer in filter(one_sided, transfers(handbook)):
        what = transfer.taken.what if isinstance(transfer.taken, TakesHandOff) else ""
        if now := called_now(handbook, "hand-off", what):
            found[transfer.taker, str(what)] = transfer.taker, now.reference
    return found


@derived
def _misspelt(handbook: Handbook) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """What processes take that is not handed over so, with what is probably meant; by the taking and giving process."""
    return {
        sides: meant(taken, [str(hand_off.id) for hand_off in given])
        for sides, (taken, given) in _half(handbook).items()
    }


@derived
def _left_over(handbook: Handbook) -> Mapping[tuple[str, str], HandOff]:
    """The only thing handed over that is not taken, where the only thing taken that is not handed over is not near."""
    found: dict[tuple[str, str], HandOff] = {}
    for sides, (taken, given) in _half(handbook).items():
        known = _misspelt(handbook)[sides]
        without = [hand_off for hand_off in given if hand_off.id not in known.values()]
        if len([local for local in taken if local not in known]) == len(without) == 1 and not without[0].as_:
            found[sides] = without[0]
    return found


@derived
def _taken_by_process(handbook: Handbook) -> frozenset[tuple[str, str]]:
    """The taking and the giving process where something is taken without saying which hand-off (RB101)."""
    return frozenset(
        (id, str(taken.what if isinstance(taken, TakesHandOff) else taken.from_))
        for id, process in handbook.processes.items()
        for taken in process.takes
    )


@derived
def _open_to_all(handbook: Handbook) -> Mapping[str, tuple[TakesFrom, ...]]:
    """What each process takes from any process."""
    return {
        id: tuple(taken for taken in process.takes if isinstance(taken, TakesFrom) and taken.from_ == ANY_PROCESS)
        for id, process in handbook.processes.items()
    }


def _not_taken(giver: str, given: HandOff, taker: Process, open_to_all: tuple[TakesFrom, ...]) -> Finding:
    path = path_of("process", taker.id)
    if given.as_:
        message = f"'{taker.id}' takes nothing as '{given.as_}' from any process"
        known = " or ".join(f"'as: {taken.id}'" for taken in open_to_all[:3])
        entry = f"'- id: {given.as_}' with 'from: any-process', 'name:' and 'at:'"
        help = f"Write {known}." if known else f"Add {entry} to 'takes' of {path}."
        return Finding(given.as_.span, message, help)
    message = f"'{taker.id}' does not take '{given.id}'"
    alike = next((taken for taken in open_to_all if taken.id == given.id or taken.name == given.name), None)
    if alike:
        related = (Related(alike.id.span, f"'{taker.id}' takes '{alike.id}' from any process here"),)
        return Finding(given.id.span, message, f"Add 'as: {alike.id}'.", related)
    first = taker.activities[0].id if taker.activities else "<activity>"
    entry = f"'- what: {giver}/{given.id}' and below it 'at: {first}', or whichever activity begins with it,"
    help = f"Add {entry} to 'takes' of {path}, or take the hand-off out."
    return Finding(given.id.span, message, help, fix=new_take(f"{giver}/{given.id}", taker))


@check("RB302", "take-not-handed-over")
def take_not_handed_over(handbook: Handbook) -> Iterator[Finding]:
    """A process takes something that the other process does not hand over to it."""
    misspelt = _misspelt(handbook)
    for transfer in transfers(handbook):
        giver = handbook.processes.get(transfer.giver)
        taken = transfer.taken
        if giver is None or not isinstance(taken, TakesHandOff) or not one_sided(transfer) or "/" not in taken.what:
            continue
        if now := called_now(handbook, "hand-off", taken.what):
            yield _called_otherwise(now, taken)
        elif not may_be_lost(handbook, "process", giver.id):
            local = taken.what.partition("/")[2]
            meaning = misspelt[transfer.taker, transfer.giver].get(local)
            given = _given(handbook).get(taken.what) or _given(handbook).get(f"{giver.id}/{meaning}")
            if given is not None and not _is_somebody(handbook, given.to):
                continue  # RB101 tells that it goes to nobody
            left = _left_over(handbook).get((transfer.taker, transfer.giver)) if given is None else None
            yield _perhaps_meant(giver, left, taken) if left else _not_handed_over(giver, given, transfer.taker, taken)


def _called_otherwise(now: Thing, taken: TakesHandOff) -> Finding:
    message = f"{quoted(taken.what)} is called '{now.reference}' now"
    related = (Related(now.id.span, f"'{now.reference}' was called so before"),)
    fix = replacement(taken.what, now.reference, safe=True)
    return Finding(taken.what.span, message, f"Write '{now.reference}'.", related, fix)


def _is_somebody(handbook: Handbook, to: str) -> bool:
    return to == ANY_PROCESS or to in handbook.processes or to in of_kind(handbook, "outside")


@derived
def _given(handbook: Handbook) -> Mapping[str, HandOff]:
    """Everything that processes hand over, by `process/hand-off`."""
    return {
        f"{process.id}/{given.id}": given for process in handbook.processes.values() for given in process.hands_over
    }


def _not_handed_over(giver: Process, given: HandOff | None, taker: str, taken: TakesHandOff) -> Finding:
    local = taken.what.partition("/")[2]
    path = path_of("process", giver.id)
    if given is None:
        message = f"'{giver.id}' hands nothing over as {quoted(local)}"
        entry = f"'- id: {local}' with 'name:', 'to: {taker}' and 'after:'" if is_id(local) else "it"
        return Finding(taken.what.span, message, f"Add {entry} to 'hands_over' of {path}, or take this entry out.")
    related = (Related(given.to.span, f"'{giver.id}' hands '{given.id}' over to '{given.to}' here"),)
    if given.id == local:
        message = f"'{giver.id}' hands '{local}' over to '{given.to}', not to '{taker}'"
        return Finding(taken.what.span, message, f"Take it out, or change 'to' in {path}.", related)
    message = f"'{giver.id}' hands nothing over as {quoted(local)}"
    written = f"{giver.id}/{given.id}"
    fix = replacement(taken.what, written, safe=False)
    return Finding(taken.what.span, message, f"Write '{written}'.", related, fix)


def _perhaps_meant(giver: Process, left: HandOff, taken: TakesHandOff) -> Finding:
    message = f"'{giver.id}' hands nothing over as {quoted(taken.what.partition('/')[2])}"
    related = (Related(left.id.span, f"'{giver.id}' hands '{left.id}' over here, and it is not taken"),)
    help = f"Write '{giver.id}/{left.id}' if that is meant, or take this entry out."
    return Finding(taken.what.span, message, help, related)


@check("RB306", "similar-hand-offs", Severity.WARNING)
def similar_hand_offs(handbook: Handbook) -> Iterator[Finding]:
    """A process hands over, or takes, the same thing twice."""
    for process in handbook.processes.values():
        for given, earlier in _alike((str(given.to), given.after, given) for given in process.hands_over):
            message = f"'{given.id}' hands over the same as '{earlier.id}'"
            related = (Related(earlier.id.span, f"'{earlier.id}' is handed over as {quoted(earlier.name)} here"),)
            yield Finding(given.id.span, message, _KEEP_ONE, related)
        arriving = [taken for taken in process.takes if isinstance(taken, TakesFrom)]
        for entry, before in _alike((str(taken.from_), taken.at, taken) for taken in arriving):
            message = f"'{entry.id}' takes the same as '{before.id}'"
            related = (Related(before.id.span, f"'{before.id}' is taken as {quoted(before.name)} here"),)
            yield Finding(entry.id.span, message, _KEEP_ONE, related)
        yield from _taken_twice(process)


_KEEP_ONE = "Keep one of the two, or give them names that say how they differ."


def _alike(entries: Iterable[tuple[str, tuple[Text, ...], Named]]) -> Iterator[tuple[Named, Named]]:
    """Entries with the same side and activities that are called nearly as an earlier one, each with that."""
    by_place: dict[tuple[str, frozenset[str]], list[tuple[list[str], Named]]] = {}
    for side, activities, entry in entries:
        words = telling_words(entry.name)
        earlier = by_place.setdefault((side, frozenset(activities)), [])
        same = next((other for before, other in earlier if say_the_same(before, words)), None)
        if same:
            yield entry, same
        else:
            earlier.append((words, entry))


def _taken_twice(process: Process) -> Iterator[Finding]:
    first: dict[str, TakesHandOff] = {}
    for taken in process.takes:
        if isinstance(taken, TakesHandOff):
            earlier = first.setdefault(taken.what, taken)
            if earlier is not taken:
                activities = ", ".join(dict.fromkeys((*earlier.at, *taken.at)))
                related = (Related(earlier.what.span, "it is taken here"),)
                help = f"Keep one entry, with 'at: [{activities}]'."
                yield Finding(taken.what.span, f"{quoted(taken.what)} is taken already", help, related)
