"""How far activities have reached the job descriptions and the training of the roles that do them."""

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from rolebook.model.handbook import Handbook, derived
from rolebook.model.job import Duty, JobDescription
from rolebook.model.process import Activity, Process
from rolebook.model.raci import Involvement
from rolebook.model.training import TrainingModule, TrainingPlan


class Part(NamedTuple):
    """What a role does in an activity: its letters, in the order R, A, C, I."""

    process: Process
    activity: Activity
    involvements: tuple[Involvement, ...]
    reference: str
    """The activity, written `process/activity`."""


@derived
def parts(handbook: Handbook) -> Mapping[str, tuple[Part, ...]]:
    """Everything each role takes part in, over all processes, in the order of the flow as written.

    The keys are ids of roles that are in use, and `outside/party`; letters of merged roles count as their successor's.
    """
    found: dict[str, list[Part]] = {}
    for process, activity in handbook.activities():
        reference = f"{process.id}/{activity.id}"
        for holder, involvements in involved(handbook, process.id, activity.id).items():
            found.setdefault(holder, []).append(Part(process, activity, involvements, reference))
    return {role: tuple(own) for role, own in found.items()}


def involved(handbook: Handbook, process: str, activity: str) -> Mapping[str, tuple[Involvement, ...]]:
    """The letters of each role and outside party in an activity, by its id; merged roles count as their successors."""
    row = handbook.row(process, activity)
    letters: dict[str, tuple[Involvement, ...]] = {}
    for involvement, role in row.assignments() if row else ():
        holder = handbook.current(role)
        had = letters.get(holder, ())
        if involvement not in had:
            letters[holder] = (*had, involvement)
    return letters


@derived
def jobs_by_role(handbook: Handbook) -> Mapping[str, tuple[JobDescription, ...]]:
    """The jobs that carry each role, by the role's id."""
    found: dict[str, dict[str, JobDescription]] = {}
    for job in handbook.jobs.values():
        for role in job.carries:
            found.setdefault(handbook.current(role), {})[job.id] = job
    return {role: tuple(jobs.values()) for role, jobs in found.items()}


def audience(handbook: Handbook, plan: TrainingPlan) -> tuple[str, ...]:
    """The ids of the roles that a plan trains, directly or through the jobs that carry them, as the plan lists them."""
    if plan.who is None:
        return ()
    jobs = (handbook.jobs[job] for job in plan.who.jobs if job in handbook.jobs)
    named = [*plan.who.roles, *(role for job in jobs for role in job.carries)]
    return tuple(dict.fromkeys(handbook.current(role) for role in named))


@derived
def modules_by_role(handbook: Handbook) -> Mapping[str, tuple[tuple[TrainingPlan, TrainingModule], ...]]:
    """The training modules that each role takes, with their plans, by the role's id."""
    found: dict[str, list[tuple[TrainingPlan, TrainingModule]]] = {}
    for plan in handbook.plans.values():
        trained = audience(handbook, plan)
        for module in plan.modules:
            wanted = {handbook.current(role) for role in module.for_}
            for role in (role for role in trained if role in wanted or not module.for_):
                found.setdefault(role, []).append((plan, module))
    return {role: tuple(modules) for role, modules in found.items()}


class Named(NamedTuple):
    """The activities and processes that duties or training modules name, as they are written."""

    activities: Container[str]
    processes: Container[str]

    def reaches(self, part: Part) -> bool:
        """Whether a role's part is among them: the very activity, or the process where it is only accountable."""
        if part.reference in self.activities:
            return True
        return part.process.id in self.processes and Involvement.RESPONSIBLE not in part.involvements


def described(duties: Iterable[Duty]) -> Named:
    """What some duties of a job are about."""
    told = tuple(duties)
    activities = frozenset(activity for duty in told for activity in duty.fulfils)
    return Named(activities, frozenset(process for duty in told for process in duty.answers_for))


def covers(duty: Duty, part: Part) -> bool:
    """Whether a duty covers a role's part."""
    return Named(duty.fulfils, duty.answers_for).reaches(part)


def teaches(module: TrainingModule, part: Part) -> bool:
    """Whether a module teaches a role's part."""
    return Named(module.teaches, module.teaches).reaches(part)


def must_know(part: Part) -> bool:
    """Whether a part needs a duty and training: that of the responsible and the accountable does."""
    return Involvement.RESPONSIBLE in part.involvements or Involvement.ACCOUNTABLE in part.involvements


def taught(handbook: Handbook, role: str, part: Part) -> bool:
    """Whether some module teaches a role its part."""
    return role in _taught(handbook) and _taught(handbook)[role].reaches(part)


@derived
def _taught(handbook: Handbook) -> Mapping[str, Named]:
    """What all modules that a role takes teach, by the role's id."""
    found: dict[str, Named] = {}
    for role, modules in modules_by_role(handbook).items():
        names = frozenset(name for _, module in modules for name in module.teaches)
        found[role] = Named(names, names)
    return found
