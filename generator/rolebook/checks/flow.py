"""Family 3, flow: every way through a process ends, and each activity is reached."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.wording import circle, quoted
from rolebook.diagnostic import Finding, Related
from rolebook.model.flow import Way, leads_to_end, reached, ways_on
from rolebook.model.handbook import Handbook, derived
from rolebook.model.loops import loops
from rolebook.model.process import END, Activity, Branch, Otherwise, Parallel, Process
from rolebook.source import Text


@derived
def _flows(handbook: Handbook) -> tuple[tuple[Process, dict[str, tuple[Way, ...]]], ...]:
    """The processes whose flow could be read completely, and says what follows (RB305), with the ways on."""
    return tuple(_clear_flows(handbook))


def _clear_flows(handbook: Handbook) -> Iterator[tuple[Process, dict[str, tuple[Way, ...]]]]:
    for process in handbook.processes.values():
        ways = dict(ways_on(process))
        known = {*ways, END}
        named = [
            *(way.target for on in ways.values() for way in on),
            *(at for taken in process.takes for at in taken.at),
        ]
        is_open = any(_is_open(activity) for activity in process.activities)
        clear = len(ways) == len(process.activities) and known.issuperset(named) and not is_open
        if ways and clear and handbook.whole_file(process.id.span.path):
            yield process, ways


def _is_open(activity: Activity) -> bool:
    """Whether an activity says what follows on a condition only."""
    return isinstance(activity.next, tuple) and len(activity.next) == 1 and isinstance(activity.next[0], Branch)


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
                help = (
                    "Name it under 'next' of another activity or under 'at' of something taken, "
                    "give it 'triggers', or take it out."
                )
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
