"""Family 8, control: documents are approved by those who may, and looked at again in time."""

from collections.abc import Iterator
from datetime import date

from rolebook.checks.check import A_DAY_ELSEWHERE, check, dated_check
from rolebook.checks.slips import among, perhaps
from rolebook.checks.wording import all_of, place
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.handbook import Handbook, derived
from rolebook.model.job import JobDescription
from rolebook.model.loops import loops
from rolebook.model.organisation import Function
from rolebook.model.process import Approval, Process
from rolebook.model.raci import OUTSIDE

Document = Process | JobDescription


@dated_check("RB801", "review-overdue", Severity.WARNING)
def review_overdue(handbook: Handbook, today: date) -> Iterator[Finding]:
    """The day by which a document was to be reviewed has passed."""
    for document, approval in _approvals(handbook):
        if approval.approved < approval.next_review < today:  # RB804 tells of one before its approval
            message = f"the review of '{document.id}' was due on {approval.next_review.isoformat()}"
            help = "Review it with those who work by it, and write the new days in 'approved' and 'next_review'."
            yield Finding(approval.next_review.span, message, help)


@check("RB802", "missing-approval", Severity.WARNING)
def missing_approval(handbook: Handbook) -> Iterator[Finding]:
    """Nobody has approved a process or a job description."""
    for document in _documents(handbook):
        if document.approval is None and handbook.whole_file(document.id.span.path):
            message = f"nobody has approved '{document.id}'"
            help = "Add 'approval' with who approved it, when, and when it is reviewed."
            yield Finding(place(document.name, document.id), message, help)


@check("RB803", "unentitled-approval")
def unentitled_approval(handbook: Handbook) -> Iterator[Finding]:
    """A document was approved by a role that may not approve documents of its function."""
    for document, approval in _approvals(handbook):
        functions = _functions(handbook, document)
        if not functions or not handbook.whole_file(functions[0].id.span.path):
            continue
        if approval.approved_by.startswith(OUTSIDE) and not _is_uppermost(handbook, document):
            message = f"'{approval.approved_by}' is outside, and may approve only the uppermost job"
            yield Finding(approval.approved_by.span, message, "Name the role that approved it.")
        if approval.approved_by not in handbook.roles:
            continue
        named = [role for function in functions for role in (function.head, *function.approvers)]
        role = handbook.current(approval.approved_by)
        if role in map(handbook.current, named) or perhaps(handbook, "role", named, role):
            continue
        if among(handbook, (function.part_of for function in functions if function.part_of)):
            continue  # one who may approve perhaps stands in a larger function
        own = functions[0]
        entitled = all_of(f"'{role}'" for role in dict.fromkeys((own.head, *own.approvers)))
        message = f"'{approval.approved_by}' may not approve documents of '{own.id}'"
        related = (Related(own.head.span, f"{entitled} may"),)
        help = "Have it approved by one who may"
        if not _owns(handbook, role, document):
            help += f", or add the role to 'approvers' of '{own.id}' in {own.id.span.path}"
        help += "."
        yield Finding(approval.approved_by.span, message, help, related)


def _owns(handbook: Handbook, role: str, document: Document) -> bool:
    """Whether a role would approve what is its own: the process that it owns."""
    return not isinstance(document, JobDescription) and handbook.current(document.owner) == role


def _is_uppermost(handbook: Handbook, document: Document) -> bool:
    """Whether a document is a job that reports to nobody, as far as that can be told."""
    if not isinstance(document, JobDescription):
        return False
    return document.reports_to is None or str(document.id) in _reporting_to_themselves(handbook)


@derived
def _reporting_to_themselves(handbook: Handbook) -> frozenset[str]:
    """The jobs that report to themselves in the end (RB406), of which none is known to be the uppermost."""
    above = {str(job.id): [job.reports_to] if job.reports_to else [] for job in handbook.jobs.values()}
    return frozenset(id for loop in loops(above) for id in loop)


def _functions(handbook: Handbook, document: Document) -> list[Function]:
    """The function that a document belongs to, and the larger ones that this is part of."""
    if isinstance(document, JobDescription):
        id = str(document.function)
    else:
        owner = handbook.roles.get(handbook.current(document.owner))
        id = str(owner.function) if owner else ""
    found: dict[str, Function] = {}
    while id in handbook.functions and id not in found:
        found[id] = handbook.functions[id]
        id = str(found[id].part_of)
    return list(found.values())


@check("RB804", "review-before-approval")
def review_before_approval(handbook: Handbook) -> Iterator[Finding]:
    """The next review of a document is not after its approval."""
    for document, approval in _approvals(handbook):
        if approval.next_review <= approval.approved:
            message = f"the next review of '{document.id}' is not after its approval"
            related = (Related(approval.approved.span, "it was approved here"),)
            yield Finding(approval.next_review.span, message, "Write a later day.", related)


@dated_check("RB805", "approval-to-come", Severity.WARNING)
def approval_to_come(handbook: Handbook, today: date) -> Iterator[Finding]:
    """The day on which a document was approved has not come yet."""
    for document, approval in _approvals(handbook):
        if approval.approved > today + A_DAY_ELSEWHERE:
            message = f"'{document.id}' is approved on {approval.approved.isoformat()}, which has not come yet"
            yield Finding(approval.approved.span, message, "Write the day on which it was approved.")


def _documents(handbook: Handbook) -> Iterator[Document]:
    yield from handbook.processes.values()
    yield from handbook.jobs.values()


def _approvals(handbook: Handbook) -> Iterator[tuple[Document, Approval]]:
    for document in _documents(handbook):
        if document.approval is not None:
            yield document, document.approval
