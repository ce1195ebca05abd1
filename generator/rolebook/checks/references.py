"""Family 1, references: what is named exists, is still in use, and has one id for ever."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from rolebook.checks.check import check
from rolebook.checks.records import slips_in_records
from rolebook.checks.slips import SLIP, perhaps_named, slips
from rolebook.checks.suggestion import replacement, unknown
from rolebook.checks.way_out import OFTEN, missing
from rolebook.checks.wording import quoted, title
from rolebook.diagnostic import Edit, Finding, Related, Severity
from rolebook.model.catalogue import (
    Thing,
    files_with_an_id_twice,
    ids_by_file,
    of_kind,
    path_of,
    resolved,
    things,
)
from rolebook.model.communication import PLANNED
from rolebook.model.handbook import Handbook, Reference
from rolebook.model.improvement import Improvement, Status
from rolebook.model.measured import cells
from rolebook.model.programme import CLOSED
from rolebook.model.raci import Role
from rolebook.model.telling import communications
from rolebook.model.values import PAGE_LINK
from rolebook.source import Span, Text

ENDED: frozenset[str] = frozenset({Status.ACHIEVED, Status.REJECTED})
_BELONGS = {
    "area": "under 'area' of a process",
    "objective": "under 'objectives' of a process",
    "policy": "under 'policies' of the processes that keep it",
    "outside": "in a matrix, or where a process takes something from it or hands something over to it",
    "clause": "under 'satisfies' of the processes that meet it",
    "record": "under 'records' of the activity that writes it",
    "function": "under 'function' of a role or a job description",
    "role-kind": "under 'kind' of a role",
    "role": "in a matrix and in a job description",
}
"""Where it is to be named that something is in use."""
_TOLD_APART = ("process", "activity", "job", "plan")


@check(SLIP, "unknown-reference")
def unknown_reference(handbook: Handbook) -> Iterator[Finding]:
    """Something is referred to that does not exist."""
    written = slips(handbook).values()
    found = (*written, *slips_in_records(handbook))
    count = Counter(missing(handbook, slip.reference) for slip in found)
    for position, slip in enumerate(found):
        often = count[missing(handbook, slip.reference)] >= OFTEN
        finding = unknown(handbook, slip.reference, slip.near, often=often)
        if position >= len(written):
            yield replace(finding, fix=None)  # records are never rewritten
        elif finding.fix and len(same := cells(handbook, slip.reference)) > 1:
            (edit,) = finding.fix.edits
            edits = tuple(Edit(text.span, edit.text) for text in same)
            yield replace(finding, fix=replace(finding.fix, edits=edits))
        else:
            yield finding


@check("RB102", "retired-reference")
def retired_reference(handbook: Handbook) -> Iterator[Finding]:
    """A role is referred to that is retired or was merged into another."""
    history = frozenset(_history(handbook))
    for reference, thing in resolved(handbook):
        role = handbook.roles.get(thing.reference) if thing and thing.kind == "role" else None
        if role is None or role.active or reference.text.span in history or _in_history(handbook, reference):
            continue
        yield _retired(handbook, reference.text, role)


def _retired(handbook: Handbook, text: Text, role: Role) -> Finding:
    related = (Related(role.status.span, f"'{role.id}' says so here"),) if role.status else ()
    successor = handbook.roles.get(handbook.current(role.id))
    if successor is None or not successor.active:
        message = f"the role '{role.id}' is retired"
        return Finding(text.span, message, "Name the role that does this now.", related)
    written = f"role:{successor.id}" if ":" in text else str(successor.id)
    message = f"the role '{role.id}' was merged into '{successor.id}'"
    return Finding(text.span, message, f"Write '{written}'.", related, replacement(text, written, safe=True))


def _history(handbook: Handbook) -> Iterator[Span]:
    """Where a role is named for what it once did: it approved, suggested, said or was told something."""
    approvals = [
        *(process.approval for process in handbook.processes.values()),
        *(job.approval for job in handbook.jobs.values()),
    ]
    for approval in approvals:
        if approval:
            yield approval.approved_by.span
    for improvement in handbook.improvements.values():
        if improvement.approval:
            yield improvement.approval.approved_by.span
        if improvement.suggested_by:
            yield improvement.suggested_by.span
    for communication in communications(handbook):
        if communication.state != PLANNED:
            yield from (text.span for text in (*communication.to, communication.sender))
    yield from (text.span for text in _of_the_programme(handbook))


def _of_the_programme(handbook: Handbook) -> Iterator[Text]:
    """The roles that reached, signed, thanked or suggested something in the course of the programme."""
    if plan := handbook.programme:
        yield from (milestone.owner for milestone in plan.milestones if milestone.done)
        yield from (risk.owner for risk in plan.risks if risk.state == CLOSED)
        reviews = (review for deliverable in plan.deliverables for review in deliverable.reviews)
        yield from (review.by for review in reviews if review.signed or review.sent_back)
    if momentum := handbook.momentum:
        yield from (suggestion.suggested_by for suggestion in momentum.suggestions)
        for success in momentum.successes:
            for recognition in (success.celebrated, success.rewarded):
                yield from (recognition.by, *recognition.who) if recognition else ()


def _in_history(handbook: Handbook, reference: Reference) -> bool:
    """Whether a reference stands in the file of a role that is out of use, or of an improvement that has ended."""
    path = reference.text.span.path
    role: Role | None = handbook.roles.get(reference.home)
    if role and path == path_of("role", reference.home):
        return not role.active
    improvement: Improvement | None = handbook.improvements.get(reference.home)
    if improvement and path == path_of("improvement", reference.home):
        return improvement.status in ENDED
    return False


@check("RB105", "unused-entity", Severity.WARNING)
def unused_entity(handbook: Handbook) -> Iterator[Finding]:
    """Something is declared that nothing refers to."""
    used = _used(handbook)
    for thing in things(handbook):
        if thing.kind not in _BELONGS or (thing.kind, thing.reference) in used:
            continue
        if thing.kind == "role" and not handbook.roles[thing.reference].active:
            continue
        path = thing.id.span.path
        whole = handbook.whole_file(path) if thing.kind == "record" else not handbook.lost
        if whole and path not in files_with_an_id_twice(handbook) and not perhaps_named(handbook, thing):
            message = f"nothing refers to the {title(thing.kind)} {quoted(thing.reference)}"
            yield Finding(thing.id.span, message, f"Name it {_BELONGS[thing.kind]}, or take it out.")


def _used(handbook: Handbook) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for reference, thing in resolved(handbook):
        if thing is None or thing.kind not in _BELONGS or reference.ref is PAGE_LINK:
            continue
        is_its_own = thing.kind == "role" and reference.home == thing.reference
        if not (is_its_own and reference.text.span.path == path_of("role", thing.reference)):
            found.add((thing.kind, thing.reference))
    return frozenset(found)


@check("RB106", "duplicate-id")
def duplicate_id(handbook: Handbook) -> Iterator[Finding]:
    """Two things in one file have the same id."""
    for ids in ids_by_file(handbook):
        first: dict[str, Text] = {}
        for id in ids:
            if id and id in first:
                related = (Related(first[id].span, f"'{id}' stands here already"),)
                yield Finding(id.span, f"the id '{id}' is taken in this file", "Choose another id.", related)
            first.setdefault(id, id)


@check("RB109", "same-name", Severity.WARNING)
def same_name(handbook: Handbook) -> Iterator[Finding]:
    """Two processes, jobs or training plans, or two activities of a process, have the same name."""
    first: dict[tuple[str, str, str], Thing] = {}
    for thing in things(handbook):
        if thing.kind not in _TOLD_APART or not thing.name:
            continue
        key = (thing.kind, thing.owner, " ".join(thing.name.casefold().split()))
        earlier = first.setdefault(key, thing)
        if earlier.id != thing.id:
            message = f"{quoted(thing.name)} is also the name of the {title(thing.kind)} '{earlier.id}'"
            related = (Related(_name_span(earlier), f"'{earlier.id}' is called so here"),)
            yield Finding(_name_span(thing), message, "Give each a name of its own.", related)


def _name_span(thing: Thing) -> Span:
    return thing.name.span if isinstance(thing.name, Text) else thing.id.span


@check("RB107", "reserved-id")
def reserved_id(handbook: Handbook) -> Iterator[Finding]:
    """An id is used again that something else had before."""
    owners: dict[tuple[str, str], Thing] = {}
    for thing in things(handbook):
        for former, reference in thing.former_references():
            now = of_kind(handbook, thing.kind).get(reference)
            if now is not None:
                related = Related(former.span, f"'{thing.reference}' was called so before")
                message = f"the id '{reference}' stays reserved for what had it before"
                yield Finding(now.id.span, message, "Choose an id that was never used.", (related,))
            elif earlier := owners.get((thing.kind, reference)):
                message = f"'{reference}' is a former id of '{earlier.reference}' already"
                yield Finding(former.span, message, "Take it out where it is wrong.")
            owners.setdefault((thing.kind, reference), thing)


@check("RB108", "unclear-successor")
def unclear_successor(handbook: Handbook) -> Iterator[Finding]:
    """It is not clear which role took over from one that was merged."""
    for role in handbook.roles.values():
        if not handbook.whole_file(role.id.span.path):
            continue
        if role.merged_into and role.status != "merged":
            message = f"'{role.id}' names a successor, but its status is not 'merged'"
            yield Finding(role.merged_into.span, message, "Write 'status: merged', or take 'merged_into' out.")
        elif role.status == "merged" and not role.merged_into:
            message = f"'{role.id}' was merged, but 'merged_into' does not say into which role"
            yield Finding(role.status.span, message, "Add 'merged_into' with the role that took over.")
        elif role.merged_into and _comes_back(handbook, role):
            message = f"'{role.id}' was merged into roles that were merged into it"
            yield Finding(role.merged_into.span, message, "Name a role that is in use.")


def _comes_back(handbook: Handbook, role: Role) -> bool:
    last = handbook.roles.get(handbook.current(role.id))
    return last is not None and last.merged_into is not None and last.merged_into in handbook.roles
