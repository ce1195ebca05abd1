"""References that lead nowhere, and what each was perhaps meant for: what a slip hides is not absent as well."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rolebook.checks.flood import MOST_IN_ALL
from rolebook.checks.suggestion import MOST_SLIPS, probable
from rolebook.model.catalogue import Thing, is_word, may_be_lost, path_of, resolved, written_out
from rolebook.model.coverage import Part
from rolebook.model.handbook import Handbook, Reference, derived
from rolebook.model.improvement import Status
from rolebook.model.measured import in_measurements
from rolebook.model.raci import Involvement
from rolebook.model.values import PAGE_LINK
from rolebook.source import Span, Text
from rolebook.value import value

SLIP = "RB101"
"""The code under which slips are reported."""
UNFINISHED: frozenset[str] = frozenset({Status.PROPOSED, Status.APPROVED, Status.IN_PROGRESS})


@value()
class Slip:
    """A reference that leads nowhere, and the few things that were perhaps meant; none where nothing is near."""

    reference: Reference
    near: tuple[Thing, ...]


@derived
def slips(handbook: Handbook) -> Mapping[Span, Slip]:
    """Every reference that leads nowhere (RB101), by where it stands, in the order of the files."""
    count: Counter[str] = Counter()
    found: dict[Span, Slip] = {}
    for reference, thing in resolved(handbook):
        if thing or is_word(reference) or _reported_elsewhere(handbook, reference) or _excused(handbook, reference):
            continue
        span = reference.text.span
        count[span.path] += 1
        is_slip = count[span.path] <= MOST_SLIPS and len(found) < MOST_IN_ALL
        near = probable(handbook, reference) if is_slip else ()
        found[span] = Slip(reference, near)
    return found


def _reported_elsewhere(handbook: Handbook, reference: Reference) -> bool:
    """Whether another check tells more: rows of a matrix (RB208), and hand-offs of a known process (RB302).

    And measurements in a table of no process (RB717).
    """
    if reference.ref.local and reference.text.span.path == path_of("matrix", reference.home):
        return True
    if reference.ref.local and in_measurements(reference):
        return reference.home not in handbook.processes
    if reference.ref.kinds == ("hand-off",):
        giver, slash, _ = reference.text.partition("/")
        return bool(slash) and giver in handbook.processes
    return False


def _excused(handbook: Handbook, reference: Reference) -> bool:
    """Whether it may be right: what it names could not be read, or an improvement tells of what is not there."""
    kinds, wanted = written_out(reference)
    glued = any(reference.text.span.contains(lost) for lost in handbook.lost_in(reference.text.span.path))
    if glued or any(may_be_lost(handbook, kind, wanted) for kind in kinds):
        return True
    improvement = handbook.improvements.get(reference.home)
    if improvement is None or reference.text.span.path != path_of("improvement", reference.home):
        return False
    if improvement.status == Status.REJECTED.value and kinds:
        return reference.ref.prefixed or any(f"{kind}:{wanted}" in improvement.adds for kind in kinds)
    return any(f"{kind}:{wanted}" in _not_there(handbook) for kind in kinds)


@derived
def _not_there(handbook: Handbook) -> frozenset[str]:
    """What unfinished improvements will add, and what others have taken out or are about to."""
    found: set[str] = set()
    for improvement in handbook.improvements.values():
        if improvement.status in UNFINISHED or not improvement.status:  # RB009 tells of a status that is none
            found.update(improvement.adds)
        if improvement.status not in (Status.PROPOSED.value, Status.REJECTED.value):
            found.update(improvement.removes)
    return frozenset(found)


def among(handbook: Handbook, written: Iterable[Text]) -> tuple[Slip, ...]:
    """Those of some references that lead nowhere."""
    known = slips(handbook)
    return tuple(known[text.span] for text in written if text.span in known) if known else ()


def may_mean(handbook: Handbook, slip: Slip, kind: str, reference: str) -> bool:
    """Whether a slip was perhaps meant for the thing of this kind; where nothing is near it, any may be meant.

    What stands before its slash counts, where that exists.
    """
    kinds, wanted = written_out(slip.reference)
    if kind not in kinds:
        return False
    if slip.near:
        return any(
            thing.kind == kind and reference in (thing.reference, handbook.current(thing.reference))
            for thing in slip.near
        )
    owner = wanted.partition("/")[0]
    return owner not in handbook.processes or owner == reference.partition("/")[0]


def perhaps(handbook: Handbook, kind: str, written: Iterable[Text], reference: str) -> bool:
    """Whether one of some references leads nowhere, and was perhaps meant for the thing of this kind."""
    return any(may_mean(handbook, slip, kind, reference) for slip in among(handbook, written))


def perhaps_named(handbook: Handbook, thing: Thing) -> bool:
    """Whether a slip anywhere in the handbook was perhaps meant for a thing."""
    hints = _hints(handbook)
    return any((thing.kind, hint) in hints for hint in ("", thing.owner + "/", thing.reference))


@derived
def _hints(handbook: Handbook) -> frozenset[tuple[str, str]]:
    """What slips were perhaps meant for, by kind and reference; `process/` for anything of it, "" for anything.

    Links of pages do not count: what only a page speaks of is not in use.
    """
    found: set[tuple[str, str]] = set()
    for slip in slips(handbook).values():
        if slip.reference.ref is PAGE_LINK:
            continue
        kinds, wanted = written_out(slip.reference)
        owner = wanted.partition("/")[0]
        anything = f"{owner}/" if owner in handbook.processes else ""
        found.update((thing.kind, thing.reference) for thing in slip.near)
        found.update((kind, anything) for kind in kinds if not slip.near)
    return frozenset(found)


def perhaps_covered(handbook: Handbook, written: Iterable[Text], part: Part) -> bool:
    """Whether a slip in what a duty or module names was perhaps meant for a role's part in an activity."""
    only_answers = Involvement.RESPONSIBLE not in part.involvements
    return any(
        may_mean(handbook, slip, "activity", part.reference)
        or (only_answers and may_mean(handbook, slip, "process", part.process.id))
        for slip in among(handbook, written)
    )


def perhaps_carried(handbook: Handbook, role: str) -> bool:
    """Whether a slip in what some job carries was perhaps meant for a role."""
    return any(may_mean(handbook, slip, "role", role) for slip in _carried(handbook))


@derived
def _carried(handbook: Handbook) -> tuple[Slip, ...]:
    return among(handbook, (role for job in handbook.jobs.values() for role in job.carries))
