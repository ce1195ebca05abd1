"""What a change may be due to: the things whose own change, or whose improvement, would explain it."""

from collections.abc import Iterator

from rolebook.comparing.around import Side, key
from rolebook.comparing.change import Change, Kind
from rolebook.comparing.compare import Comparison
from rolebook.model.catalogue import called_now, of_kind
from rolebook.model.job import JobDescription
from rolebook.model.process import Process
from rolebook.model.training import TrainingPlan

COMES_OR_GOES = frozenset(
    {Kind.ADDED, Kind.SPLIT_OFF, Kind.REMOVED, Kind.MERGED, Kind.ROLE_RETIRED, Kind.ROLE_MERGED, Kind.ROLE_REVIVED}
)
"""The kinds of change by which a thing is there, or no longer."""
LETTERS = frozenset({Kind.LETTERS_GAINED, Kind.LETTERS_LOST, Kind.LETTERS_CHANGED})
"""The kinds of change in a matrix."""


class Grounds:
    """What the changes of a comparison may be due to, by the names that things have in the newer handbook."""

    def __init__(self, comparison: Comparison) -> None:
        matches = comparison.matches
        self._new = comparison.new
        self._before = Side(comparison.old, matches.before)
        self._after = Side(comparison.new, matches.after)
        self._beside: dict[str, set[str]] = {}
        for change in comparison.changes:
            if change.kind in LETTERS:  # what one role gives up, another one takes
                self._beside.setdefault(key(change.thing), set()).add(f"role:{change.role}")
            elif change.kind is Kind.SPLIT_OFF:  # what one activity lost, the other has now
                self._beside.setdefault(f"{change.thing.kind}:{change.old[0]}", set()).add(key(change.thing))

    def today(self, element: str) -> str:
        """What somebody wrote with its kind before it, whenever that was, as the newer handbook names it."""
        kind, colon, reference = element.partition(":")
        if not colon or reference in of_kind(self._new, kind):
            return str(element)
        if thing := called_now(self._new, kind, reference):
            return f"{kind}:{thing.reference}"
        return self._before.named(kind, reference)

    def of(self, change: Change) -> frozenset[str]:
        """What a change is about or may follow from, each as `activity:process/id`; the thing itself is among it."""
        found = {key(change.thing), key(change.about), *self._beside.get(key(change.thing), ())}
        for value in (*change.old, *change.new) if change.refs else ():
            found.update((value,) if ":" in value else (f"{kind}:{value}" for kind in change.refs))
        if change.kind is Kind.FLOW_CHANGED:
            found |= self._parted(change)
        for side in (self._before, self._after):
            found.update(_around(side, change))
        return frozenset(found)

    def _parted(self, change: Change) -> set[str]:
        """The activities to which the ways on from another one led, or lead now, and not both."""
        ways = (
            side.ways(process, key(change.thing)) if process else frozenset()
            for side in (self._before, self._after)
            for process in (side.entity(change.about),)
        )
        return {target for _, target in frozenset.symmetric_difference(*ways)}


def _around(side: Side, change: Change) -> Iterator[str]:
    """What a change hangs together with in one of the two handbooks."""
    is_whole = change.kind in COMES_OR_GOES
    match change.thing.kind, side.entity(change.about):
        case "control" | "hand-off" | "record", Process() as process:
            yield from side.of_process(process, key(change.thing))
        case "process", Process() as process if is_whole:
            yield from side.inside(process)
        case "role", _ if is_whole:
            yield from side.of_role(key(change.thing))
        case "job", JobDescription() as job:
            yield from side.of_job(job, change, whole=is_whole)
        case "module", TrainingPlan() as plan:
            yield from side.of_plan(plan, key(change.thing))
        case "plan", TrainingPlan() as plan if is_whole or change.field.startswith("who"):
            yield from side.of_plan(plan)
        case _:
            return
