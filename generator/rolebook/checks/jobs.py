"""Family 4, jobs: every role is carried by a job, and a job description says what its roles bring with them."""

from collections.abc import Iterable, Iterator

from rolebook.checks.check import check
from rolebook.checks.parts import assignment, only_answered_for, shortened, without_slips
from rolebook.checks.raci import incompatibilities, merged_through
from rolebook.checks.wording import any_of, circle, place
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.backlinks import kpis_owned, processes_owned
from rolebook.model.catalogue import FILES, all_read, path_of
from rolebook.model.consolidation import waived
from rolebook.model.coverage import Part, covers, jobs_by_role, must_know, parts
from rolebook.model.handbook import Handbook
from rolebook.model.job import Duty, JobDescription
from rolebook.model.loops import loops
from rolebook.model.raci import OUTSIDE, Incompatible, Involvement
from rolebook.source import Text

_JOBS = FILES["job"].folder


@check("RB401", "role-without-job")
def role_without_job(handbook: Handbook) -> Iterator[Finding]:
    """No job description carries a role."""
    if not all_read(handbook, "job"):
        return
    used = {handbook.current(reference.text) for reference in handbook.references if "role" in reference.ref.kinds}
    for role in handbook.roles.values():
        if role.active and role.id in used and role.id not in jobs_by_role(handbook):
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
        for role in job.carries:
            open_parts: list[Part] = []
            for part in parts(handbook).get(handbook.current(role), ()):
                excused = ("duty", handbook.current(role), part.reference) in waived(handbook)
                described = excused or any(covers(duty, part) for duty in job.duties)
                if must_know(part) and not described and part.reference not in told:
                    told.add(part.reference)
                    open_parts.append(part)
            written = [activity for duty in job.duties for activity in duty.fulfils]
            open_parts = without_slips(handbook, open_parts, written)
            if len(open_parts) == 1:
                yield _undescribed(handbook, role, open_parts[0])
            elif open_parts:
                yield _several_undescribed(handbook, role, open_parts)


def _undescribed(handbook: Handbook, role: Text, part: Part) -> Finding:
    involvement = part.involvements[0]
    what = _duty_of(part)
    message = f"no duty covers '{part.reference}', for which '{role}' is {what}"
    help = f"Add a duty that fulfils '{part.reference}'."
    if involvement is Involvement.ACCOUNTABLE:
        help = f"Add a duty that fulfils '{part.reference}', or one that answers for '{part.process.id}'."
    written = assignment(handbook, handbook.current(role), part)
    return Finding(role.span, message, help, (Related(written.span, f"it is {what} here"),))


def _several_undescribed(handbook: Handbook, role: Text, open_parts: list[Part]) -> Finding:
    message = f"no duty of this job covers {len(open_parts)} activities of '{role}': {shortened(open_parts)}"
    help = "Add duties that fulfil them"
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


@check("RB403", "duty-without-activity")
def duty_without_activity(handbook: Handbook) -> Iterator[Finding]:
    """A duty of a job belongs to no activity or process."""
    for _, duty in _duties(handbook):
        if not (duty.fulfils or duty.answers_for) and handbook.whole(duty.span):
            message = "this duty fulfils no activity and answers for no process"
            help = "Add 'fulfils' with its activities, or move it to 'duties' of the role."
            yield Finding(duty.duty.span, message, help)


@check("RB404", "overloaded-duty", Severity.WARNING)
def overloaded_duty(handbook: Handbook) -> Iterator[Finding]:
    """A duty names so many activities that it describes none of them."""
    most = handbook.check_settings.limits.fulfils
    for _, duty in _duties(handbook):
        if len(duty.fulfils) > most:
            message = f"this duty fulfils {len(duty.fulfils)} activities"
            help = f"Split it into duties of {most} activities at most."
            yield Finding(duty.fulfils[most].span, message, help)


@check("RB405", "incompatible-roles")
def incompatible_roles(handbook: Handbook) -> Iterator[Finding]:
    """A job carries two roles that must not be held together."""
    for job in handbook.jobs.values():
        carried: dict[str, Text] = {}
        for role in job.carries:
            carried.setdefault(handbook.current(role), role)
        for (one, other), rule in incompatibilities(handbook).items():
            if one in carried and other in carried and carried[one].span < carried[other].span:
                yield _incompatible(handbook, carried[one], carried[other], rule)


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


@check("RB407", "foreign-duty")
def foreign_duty(handbook: Handbook) -> Iterator[Finding]:
    """A duty is about work in which none of the job's roles takes part."""
    for job in handbook.jobs.values():
        if not handbook.whole_file(job.id.span.path) or any(role not in handbook.roles for role in job.carries):
            continue
        own = [part for role in job.carries for part in parts(handbook).get(handbook.current(role), ())]
        mine = {part.reference for part in own}
        answered = _answered_for(handbook, job, own)
        for duty in job.duties:
            for activity in duty.fulfils:
                if activity not in mine and _row_is_whole(handbook, activity):
                    message = f"no role of this job takes part in '{activity}'"
                    does = any_of(f"'{role}'" for role in _doing(handbook, activity))
                    help = (
                        f"Take it out, change {_matrix(activity)}, or let the job carry the role that does it: {does}."
                    )
                    yield Finding(activity.span, message, help)
            for process in duty.answers_for:
                if process not in answered and _is_whole(handbook, process):
                    message = f"no role of this job answers for anything in '{process}'"
                    owner = handbook.processes[process].owner
                    help = f"Take it out, change {_matrix(process)}, or let the job carry '{owner}', which owns it."
                    yield Finding(process.span, message, help)


def _answered_for(handbook: Handbook, job: JobDescription, own: list[Part]) -> set[str]:
    """The processes that a job's roles own, or in which they are accountable for an activity or own a KPI."""
    found = {str(part.process.id) for part in own if Involvement.ACCOUNTABLE in part.involvements}
    for role in map(handbook.current, job.carries):
        found |= {str(process.id) for process in processes_owned(handbook).get(role, ())}
        found |= {str(process.id) for process, _ in kpis_owned(handbook).get(role, ())}
    return found


def _matrix(reference: Text) -> str:
    return path_of("matrix", reference.partition("/")[0])


def _is_whole(handbook: Handbook, process: str) -> bool:
    """Whether there is such a process with its matrix, of which nothing is lost, and a job for all who answer in it."""
    if process not in handbook.processes or process not in handbook.matrices:
        return False
    paths = (path_of("process", process), path_of("matrix", process))
    accountable = (role for row in handbook.matrices[process].rows for role in row.accountable)
    carried = _all_carried(handbook, (handbook.processes[process].owner, *accountable))
    return carried and all(handbook.whole_file(path) for path in paths)


def _all_carried(handbook: Handbook, roles: Iterable[str]) -> bool:
    """Whether some job carries each of these roles; RB401 reports those that none does."""
    return all(handbook.current(role) in jobs_by_role(handbook) for role in roles)


def _doing(handbook: Handbook, reference: str) -> tuple[str, ...]:
    """The roles responsible for an activity."""
    process, _, activity = reference.partition("/")
    responsible = handbook.assigned(process, activity, Involvement.RESPONSIBLE)
    return tuple(dict.fromkeys(handbook.current(role) for role in responsible))


def _row_is_whole(handbook: Handbook, reference: str) -> bool:
    """Whether an activity has a line in its matrix, of which nothing is lost or still to be mended."""
    process, _, activity = reference.partition("/")
    row = handbook.row(process, activity)
    if row is None or handbook.activity(reference) is None or not handbook.whole(row.span):
        return False
    known = all(role in handbook.roles or role.startswith(OUTSIDE) for _, role in row.assignments())
    if not (known and row.accountable and row.responsible):
        return False
    return _all_carried(handbook, (*row.responsible, *row.accountable))


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


def _duties(handbook: Handbook) -> Iterator[tuple[JobDescription, Duty]]:
    for job in handbook.jobs.values():
        for duty in job.duties:
            yield job, duty
