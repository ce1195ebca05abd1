"""Family 4, duties: each belongs to work in which one of the job's roles takes part."""

from collections.abc import Iterable, Iterator

from rolebook.checks.check import check
from rolebook.checks.parts import is_in_use
from rolebook.checks.wording import any_of
from rolebook.diagnostic import Finding, Severity
from rolebook.model.backlinks import kpis_owned, processes_owned
from rolebook.model.catalogue import path_of
from rolebook.model.coverage import Part, jobs_by_role, parts
from rolebook.model.handbook import Handbook
from rolebook.model.job import Duty, JobDescription
from rolebook.model.raci import OUTSIDE, Involvement
from rolebook.source import Text


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
    measured = (kpi.owner for kpi in handbook.processes[process].kpis)
    carried = _all_carried(handbook, (handbook.processes[process].owner, *accountable, *measured))
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
    named = [role for _, role in row.assignments() if not role.startswith(OUTSIDE)]
    if not (row.accountable and row.responsible and all(is_in_use(handbook, role) for role in named)):
        return False
    return _all_carried(handbook, named)


def _duties(handbook: Handbook) -> Iterator[tuple[JobDescription, Duty]]:
    for job in handbook.jobs.values():
        for duty in job.duties:
            yield job, duty
