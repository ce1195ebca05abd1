"""Family 4, jobs: every role is carried by a job, and a job description says what its roles bring with them."""

from collections.abc import Iterator
from itertools import combinations

from rolebook.checks.check import check
from rolebook.checks.parts import assignment, only_answered_for, shortened
from rolebook.checks.raci import incompatibilities, merged_through
from rolebook.checks.slips import perhaps_carried, perhaps_covered
from rolebook.checks.wording import circle, place
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import FILES, all_read, path_of
from rolebook.model.consolidation import waived
from rolebook.model.coverage import Part, described, jobs_by_role, must_know, parts
from rolebook.model.handbook import Handbook, derived
from rolebook.model.job import JobDescription
from rolebook.model.loops import loops
from rolebook.model.raci import Incompatible, Involvement
from rolebook.source import Text

_JOBS = FILES["job"].folder


@check("RB401", "role-without-job")
def role_without_job(handbook: Handbook) -> Iterator[Finding]:
    """No job description carries a role."""
    if not all_read(handbook, "job"):
        return
    used = {handbook.current(reference.text) for reference in handbook.references if "role" in reference.ref.kinds}
    for role in handbook.roles.values():
        is_carried = role.id in jobs_by_role(handbook) or perhaps_carried(handbook, role.id)
        if role.active and role.id in used and not is_carried:
            message = f"no job carries the role '{role.id}'"
            help = f"Add '{role.id}' to 'carries' of a job description in {_JOBS}/."
            yield Finding(place(role.name, role.id), message, help)


@check("RB402", "undescribed-activity")
def undescribed_activity(handbook: Handbook) -> Iterator[Finding]:
    """A job description does not mention an activity that one of its roles does or answers for."""
    for job in handbook.jobs.values():
        if not handbook.whole_file(job.id.span.path):
            continue
        told: set[str] = set()
        written = [text for duty in job.duties for text in (*duty.fulfils, *duty.answers_for)]
        named = described(job.duties)
        for role in job.carries:
            holder = handbook.current(role)
            if (job.id, holder) in opposed(handbook):
                continue  # RB405 tells that it should not be there
            open_parts: list[Part] = []
            for part in parts(handbook).get(holder, ()):
                if named.reaches(part) or not must_know(part) or part.reference in told:
                    continue
                if ("duty", holder, part.reference) not in waived(handbook):
                    told.add(part.reference)
                    open_parts.append(part)
            open_parts = [part for part in open_parts if not perhaps_covered(handbook, written, part)]
            if len(open_parts) == 1:
                yield _undescribed(handbook, job, role, open_parts[0])
            elif open_parts:
                yield _several_undescribed(handbook, job, role, open_parts)


def _undescribed(handbook: Handbook, job: JobDescription, role: Text, part: Part) -> Finding:
    involvement = part.involvements[0]
    what = _duty_of(part)
    message = f"no duty covers '{part.reference}', for which '{role}' is {what}"
    path = path_of("job", job.id)
    help = f"Add a duty that fulfils '{part.reference}' to {path}."
    if involvement is Involvement.ACCOUNTABLE:
        help = f"Add a duty to {path} that fulfils '{part.reference}', or that answers for '{part.process.id}'."
    written = assignment(handbook, handbook.current(role), part)
    return Finding(role.span, message, help, (Related(written.span, f"it is {what} here"),))


def _several_undescribed(handbook: Handbook, job: JobDescription, role: Text, open_parts: list[Part]) -> Finding:
    message = f"no duty of this job covers {len(open_parts)} activities of '{role}': {shortened(open_parts)}"
    help = f"Add duties that fulfil them to {path_of('job', job.id)}"
    if processes := only_answered_for(open_parts):
        help += f"; one that answers for {processes} will do where '{role}' is only accountable"
    related = tuple(
        Related(
            assignment(handbook, handbook.current(role), part).span,
            f"it is {_duty_of(part)} for '{part.reference}' here",
        )
        for part in open_parts
    )
    return Finding(role.span, message, f"{help}.", related)


def _duty_of(part: Part) -> str:
    return "responsible" if part.involvements[0] is Involvement.RESPONSIBLE else "accountable"


@check("RB405", "incompatible-roles")
def incompatible_roles(handbook: Handbook) -> Iterator[Finding]:
    """A job carries two roles that must not be held together."""
    for _, earlier, role, rule in _opposites(handbook):
        yield _incompatible(handbook, earlier, role, rule)


@derived
def _opposites(handbook: Handbook) -> tuple[tuple[JobDescription, Text, Text, Incompatible], ...]:
    """The jobs that carry two roles which must not be held together, both as written, with the rule."""
    found: list[tuple[JobDescription, Text, Text, Incompatible]] = []
    for job in handbook.jobs.values():
        carried: dict[str, Text] = {}
        for role in job.carries:
            carried.setdefault(handbook.current(role), role)
        for one, other in combinations(carried, 2):
            if rule := incompatibilities(handbook).get((one, other)):
                found.append((job, carried[one], carried[other], rule))
    return tuple(found)


@derived
def opposed(handbook: Handbook) -> frozenset[tuple[str, str]]:
    """The jobs and the roles of theirs, by what they are called now, that RB405 reports."""
    return frozenset((str(job.id), handbook.current(role)) for job, _, role, _ in _opposites(handbook))


def _incompatible(handbook: Handbook, earlier: Text, role: Text, rule: Incompatible) -> Finding:
    message = f"'{role}' must not be held together with '{earlier}'"
    related = (
        Related(earlier.span, f"this job carries '{earlier}' here"),
        *merged_through(handbook, earlier, role),
        Related(rule.role.span, "the rule and its reason stand here"),
    )
    return Finding(role.span, message, "Give one of them to another job.", related)


@check("RB406", "reporting-loop")
def reporting_loop(handbook: Handbook) -> Iterator[Finding]:
    """A job reports to itself in the end."""
    above = {str(job.id): [job.reports_to] if job.reports_to else [] for job in handbook.jobs.values()}
    for loop in loops(above):
        first = handbook.jobs[loop[0]]
        message = f"'{loop[0]}' reports to itself: {circle(loop)}"
        related = tuple(
            Related(place(job.reports_to or job.id), f"'{job.id}' reports to '{job.reports_to}'")
            for job in (handbook.jobs[id] for id in loop[1:])
        )
        help = "Correct the line that is wrong; the uppermost job reports to nobody."
        yield Finding(place(first.reports_to or first.id), message, help, related)


@check("RB411", "job-without-superior", Severity.WARNING)
def job_without_superior(handbook: Handbook) -> Iterator[Finding]:
    """A job reports to nobody, though it does not carry the role that leads the uppermost function."""
    if not (all_read(handbook, "functions") and all_read(handbook, "job")):
        return
    leading = {handbook.current(f.head) for f in handbook.functions.values() if f.part_of is None}
    if leading.isdisjoint(jobs_by_role(handbook)):
        return  # RB401 tells that nobody carries it
    for job in handbook.jobs.values():
        if job.reports_to is None and leading.isdisjoint(map(handbook.current, job.carries)):
            superior = _superior(handbook, job)
            help = f"Write 'reports_to: {superior}', or the job that it does report to." if superior else _WRITE_IT
            yield Finding(place(job.name, job.id), f"the job '{job.id}' reports to nobody", help)


_WRITE_IT = "Write under 'reports_to' the job that it reports to."


def _superior(handbook: Handbook, job: JobDescription) -> str:
    """The job that leads the function of another one, or the larger unit where it leads that itself; "" for none."""
    function = handbook.functions.get(job.function)
    seen: set[str] = set()
    while function and function.id not in seen:
        seen.add(function.id)
        heads = jobs_by_role(handbook).get(handbook.current(function.head), ())
        if heads and heads[0].id != job.id:
            return heads[0].id
        function = handbook.functions.get(function.part_of) if function.part_of else None
    return ""
