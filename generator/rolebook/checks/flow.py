"""Family 3, flow and hand-offs: every way through a process ends, and what one process gives another takes."""

from collections.abc import Iterator, Mapping

from rolebook.checks.check import check
from rolebook.checks.insertion import new_take
from rolebook.checks.likeness import say_the_same, telling_words
from rolebook.checks.suggestion import meant, replacement
from rolebook.checks.wording import circle, is_id, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import files_with_an_id_twice, may_be_lost, of_kind, path_of
from rolebook.model.flow import Way, leads_to_end, reached, ways_on
from rolebook.model.handbook import Handbook, derived
from rolebook.model.handoffs import one_sided, transfers
from rolebook.model.loops import loops
from rolebook.model.process import (
    ANY_PROCESS,
    END,
    Branch,
    HandOff,
    Otherwise,
    Parallel,
    Process,
    TakesFrom,
    TakesHandOff,
)
from rolebook.source import Text


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
        if given.id not in misspelt[taker.id, transfer.giver].values():
            yield _not_taken(transfer.giver, given, taker, _open_to_all(handbook)[taker.id])


@derived
def _misspelt(handbook: Handbook) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """What processes take that is not handed over so, with what is probably meant; by the taking and giving process."""
    taken: dict[tuple[str, str], list[str]] = {}
    given: dict[tuple[str, str], list[str]] = {}
    for transfer in transfers(handbook):
        if one_sided(transfer) and isinstance(transfer.taken, TakesHandOff):
            taken.setdefault((transfer.taker, transfer.giver), []).append(transfer.taken.what.partition("/")[2])
        elif one_sided(transfer) and transfer.given is not None:
            given.setdefault((transfer.taker, transfer.giver), []).append(str(transfer.given.id))
    return {sides: meant(taken.get(sides, ()), given.get(sides, ())) for sides in {**taken, **given}}


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
        if not may_be_lost(handbook, "process", giver.id):
            local = taken.what.partition("/")[2]
            meaning = misspelt[transfer.taker, transfer.giver].get(local)
            given = _given(handbook).get(taken.what) or _given(handbook).get(f"{giver.id}/{meaning}")
            if given is not None and not _is_somebody(handbook, given.to):
                continue  # RB101 tells that it goes to nobody
            yield _not_handed_over(giver, given, transfer.taker, taken)


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


def _flows(handbook: Handbook) -> Iterator[tuple[Process, dict[str, tuple[Way, ...]]]]:
    """The processes whose flow could be read completely, with the ways on from each activity."""
    for process in handbook.processes.values():
        ways = dict(ways_on(process))
        known = {*ways, END}
        named = [
            *(way.target for on in ways.values() for way in on),
            *(at for taken in process.takes for at in taken.at),
        ]
        clear = len(ways) == len(process.activities) and known.issuperset(named)
        if ways and clear and handbook.whole_file(process.id.span.path):
            yield process, ways


@check("RB303", "unreachable-activity")
def unreachable_activity(handbook: Handbook) -> Iterator[Finding]:
    """No way through the process leads to an activity."""
    for process, ways in _flows(handbook):
        starts = [process.activities[0].id, *(activity.id for activity in process.activities if activity.triggers)]
        seen: set[str] = set()
        for start in (*starts, *(at for taken in process.takes for at in taken.at)):
            seen |= reached(ways, start, seen)
        for activity in process.activities:
            if activity.id not in seen:
                seen |= reached(ways, activity.id, seen)
                message = f"no way leads to '{activity.id}'"
                help = "Name it in another's 'next' or in 'at' of something taken, give it 'triggers', or take it out."
                yield Finding(activity.id.span, message, help)


@check("RB304", "dead-end")
def dead_end(handbook: Handbook) -> Iterator[Finding]:
    """From an activity no way leads to the end of the process."""
    for process, ways in _flows(handbook):
        ending = leads_to_end(ways)
        trapped = {id: [way.target for way in on] for id, on in ways.items() if id not in ending}
        told: set[str] = set()
        for loop in loops(trapped):
            within = reached(ways, loop[0], told)
            if not any(way.target in told for id in within for way in ways[id]):
                yield _endless(process, ways, loop)
            told |= within


def _endless(process: Process, ways: dict[str, tuple[Way, ...]], loop: tuple[str, ...]) -> Finding:
    """The finding at the way that closes a loop without a way out."""
    span = next(activity.id.span for activity in process.activities if activity.id == loop[-1])
    back = next((way.span for way in ways[loop[-1]] if way.target == loop[0] and way.span), span)
    message = f"no way leads from '{loop[0]}' to the end: {circle(loop)}"
    return Finding(back, message, "Add a branch that leads on, or to 'end'.")


@check("RB305", "unclear-branches")
def unclear_branches(handbook: Handbook) -> Iterator[Finding]:
    """It is not clear which way to take on from an activity."""
    for _, activity in handbook.activities():
        if isinstance(activity.next, Parallel):
            yield from _unclear_parallel(handbook, activity.next)
        elif isinstance(activity.next, tuple) and handbook.whole(activity.span):
            yield from _unclear_choice(activity.id, activity.next)


def _named_twice(targets: tuple[Text, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for target in targets:
        if target in seen:
            yield Finding(target.span, f"'{target}' is named twice", "Name each activity once.")
        seen.add(target)


def _unclear_parallel(handbook: Handbook, together: Parallel) -> Iterator[Finding]:
    yield from _named_twice(together.all)
    if len(together.all) == 1 and handbook.whole(together.span):
        target = together.all[0]
        yield Finding(target.span, f"'all' names one activity only, '{target}'", f"Write 'next: {target}'.")


def _unclear_choice(activity: Text, branches: tuple[Branch | Otherwise, ...]) -> Iterator[Finding]:
    conditions: dict[str, Branch] = {}
    fallback: Otherwise | None = None
    for branch in branches:
        yield from _named_twice(branch.go_to if isinstance(branch, Branch) else branch.otherwise)
        if isinstance(branch, Otherwise):
            if fallback:
                related = (Related(fallback.span, "the first stands here"),)
                yield Finding(branch.span, "'otherwise' stands twice", "Keep one, as the last.", related)
            fallback = fallback or branch
            continue
        condition = " ".join(branch.when.casefold().split())
        if earlier := conditions.get(condition):
            related = (Related(earlier.when.span, "the same condition stands here"),)
            message = f"two branches have the condition {quoted(branch.when)}"
            yield Finding(branch.when.span, message, "Say when each of the two is taken.", related)
        conditions.setdefault(condition, branch)
    if fallback and branches[-1] is not fallback and isinstance(branches[-1], Branch):
        yield Finding(fallback.span, "'otherwise' is not the last branch", "Move it to the end of the list.")
    if len(branches) == 1:
        yield _only_branch(activity, branches[0])


def _only_branch(activity: Text, branch: Branch | Otherwise) -> Finding:
    if isinstance(branch, Otherwise):
        message = f"'{activity}' has no branch besides 'otherwise'"
        return Finding(branch.span, message, "Write what stands there as 'next', without 'otherwise'.")
    message = f"'{activity}' does not say what follows unless {quoted(branch.when)}"
    return Finding(branch.when.span, message, "Add '- otherwise:' with the activity that follows then, or 'end'.")


@check("RB306", "similar-hand-offs", Severity.WARNING)
def similar_hand_offs(handbook: Handbook) -> Iterator[Finding]:
    """A process hands the same thing over to the same side twice."""
    for process in handbook.processes.values():
        alike: dict[tuple[str, frozenset[str]], list[tuple[list[str], HandOff]]] = {}
        for given in process.hands_over:
            words = telling_words(given.name)
            earlier = alike.setdefault((str(given.to), frozenset(given.after)), [])
            same = next((other for before, other in earlier if say_the_same(before, words)), None)
            if same:
                message = f"'{given.id}' hands over the same as '{same.id}'"
                related = (Related(same.id.span, f"'{same.id}' is handed over as {quoted(same.name)} here"),)
                help = "Keep one of the two, or give them names that say how they differ."
                yield Finding(given.id.span, message, help, related)
            else:
                earlier.append((words, given))
