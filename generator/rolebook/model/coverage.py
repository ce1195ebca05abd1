"""How far activities have reached the job descriptions and the training of the roles that do them."""

from collections.abc import Iterator, Mapping

from rolebook.model.handbook import Handbook, derived
from rolebook.model.handoffs import transfers
from rolebook.model.improvement import Improvement
from rolebook.model.job import Duty, JobDescription
from rolebook.model.process import Activity, Kpi, Process
from rolebook.model.raci import OUTSIDE, Involvement
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.source import Text
from rolebook.value import value


@value()
class Part:
    """What a role does in an activity: its letters, in the order R, A, C, I."""

    process: Process
    activity: Activity
    involvements: tuple[Involvement, ...]

    @property
    def reference(self) -> str:
        """The activity, written `process/activity`."""
        return f"{self.process.id}/{self.activity.id}"


@derived
def parts(handbook: Handbook) -> Mapping[str, tuple[Part, ...]]:
    """Everything each role takes part in, over all processes, in the order of the flow as written.

    The keys are ids of roles that are in use, and `outside/party`; letters of merged roles count as their successor's.
    """
    found: dict[str, list[Part]] = {}
    for process, activity in handbook.activities():
        for holder, involvements in involved(handbook, process.id, activity.id).items():
            found.setdefault(holder, []).append(Part(process, activity, involvements))
    return {role: tuple(own) for role, own in found.items()}


def involved(handbook: Handbook, process: str, activity: str) -> Mapping[str, tuple[Involvement, ...]]:
    """The letters of each role and outside party in an activity, by its id; merged roles count as their successors."""
    row = handbook.row(process, activity)
    letters: dict[str, dict[Involvement, None]] = {}
    for involvement, role in row.assignments() if row else ():
        letters.setdefault(handbook.current(role), {})[involvement] = None
    return {holder: tuple(involvements) for holder, involvements in letters.items()}


@derived
def jobs_by_role(handbook: Handbook) -> Mapping[str, tuple[JobDescription, ...]]:
    """The jobs that carry each role, by the role's id."""
    found: dict[str, dict[str, JobDescription]] = {}
    for job in handbook.jobs.values():
        for role in job.carries:
            found.setdefault(handbook.current(role), {})[job.id] = job
    return {role: tuple(jobs.values()) for role, jobs in found.items()}


def audience(handbook: Handbook, plan: TrainingPlan) -> frozenset[str]:
    """The ids of the roles that a plan trains, directly or through the jobs that carry them."""
    if plan.who is None:
        return frozenset()
    jobs = (handbook.jobs[job] for job in plan.who.jobs if job in handbook.jobs)
    named = [*plan.who.roles, *(role for job in jobs for role in job.carries)]
    return frozenset(handbook.current(role) for role in named)


@derived
def modules_by_role(handbook: Handbook) -> Mapping[str, tuple[tuple[TrainingPlan, TrainingModule], ...]]:
    """The training modules that each role takes, with their plans, by the role's id."""
    found: dict[str, list[tuple[TrainingPlan, TrainingModule]]] = {}
    for plan in handbook.plans.values():
        trained = audience(handbook, plan)
        for module in plan.modules:
            wanted = {handbook.current(role) for role in module.for_} & trained if module.for_ else trained
            for role in sorted(wanted):
                found.setdefault(role, []).append((plan, module))
    return {role: tuple(modules) for role, modules in found.items()}


def covers(duty: Duty, part: Part) -> bool:
    """Whether a duty covers a role's part: by the very activity, or by the process where it is only accountable."""
    if part.reference in duty.fulfils:
        return True
    return Involvement.RESPONSIBLE not in part.involvements and part.process.id in duty.answers_for


def teaches(module: TrainingModule, part: Part) -> bool:
    """Whether a module teaches a role's part: the very activity, or the process where it is only accountable."""
    if part.reference in module.teaches:
        return True
    return Involvement.RESPONSIBLE not in part.involvements and part.process.id in module.teaches


def must_know(part: Part) -> bool:
    """Whether a part needs a duty and training: that of the responsible and the accountable does."""
    return Involvement.RESPONSIBLE in part.involvements or Involvement.ACCOUNTABLE in part.involvements


def taught(handbook: Handbook, role: str, part: Part) -> bool:
    """Whether some module teaches a role its part."""
    return any(teaches(module, part) for _, module in modules_by_role(handbook).get(role, ()))


@value()
class Touch:
    """A role that an improvement touches, and by what.

    `element` is as the improvement writes it. `part` is the role's part in an activity, None where it owns
    the KPI `kpi` (written `process/kpi`).
    """

    role: str
    element: Text
    part: Part | None = None
    kpi: str = ""

    @property
    def needs_work(self) -> bool:
        """Whether it takes more than being told: a duty, and for a part also training."""
        return self.part is None or must_know(self.part)


def touched(handbook: Handbook, improvement: Improvement) -> tuple[Touch, ...]:
    """The roles that an improvement touches by what it adds or changes, in the order it is written.

    R and A of an activity need the duty, the module and the message; C and I the message; the owner of a
    KPI the duty and the message. A hand-off touches the roles of the activity that it leaves and of the one
    that it enters; a control those of the activities where it works.
    """
    found: dict[tuple[str, str, str], Touch] = {}
    for element in (*improvement.adds, *improvement.changes):
        for touch in _touches(handbook, element):
            key = (touch.role, touch.part.reference if touch.part else "", touch.kpi)
            found.setdefault(key, touch)
    return tuple(found.values())


def _touches(handbook: Handbook, element: Text) -> Iterator[Touch]:
    kind, _, reference = element.partition(":")
    process = handbook.processes.get(reference.partition("/")[0])
    local = reference.partition("/")[2]
    match kind:
        case "activity":
            yield from _touched_at(handbook, element, reference)
        case "kpi" if process:
            if kpi := _kpi(process, local):
                yield Touch(handbook.current(kpi.owner), element, kpi=reference)
        case "control" if process:
            for control in process.controls:
                for at in control.at if control.id == local else ():
                    yield from _touched_at(handbook, element, f"{process.id}/{at}")
        case "hand-off" if process:
            for transfer in transfers(handbook):
                if transfer.given is not None and (transfer.giver, transfer.given.id) == (process.id, local):
                    yield from _touched_at(handbook, element, f"{process.id}/{transfer.after}")
                    yield from _touched_at(handbook, element, f"{transfer.taker}/{transfer.at}")
        case _:
            return


def _kpi(process: Process, id: str) -> Kpi | None:
    return next((kpi for kpi in process.kpis if kpi.id == id), None)


def _touched_at(handbook: Handbook, element: Text, reference: str) -> Iterator[Touch]:
    found = handbook.activity(reference)
    row = handbook.row(found[0].id, found[1].id) if found else None
    if found is None or row is None:
        return
    for role in dict.fromkeys(handbook.current(role) for _, role in row.assignments()):
        if not role.startswith(OUTSIDE):
            letters = tuple(i for i in Involvement if role in map(handbook.current, row.by(i)))
            yield Touch(role, element, Part(*found, letters))


@value()
class Lack:
    """What an improvement has not reached yet: a `duty` (in `job`; None where none carries the role) or `training`."""

    touch: Touch
    of: str
    job: JobDescription | None = None


@derived
def waived(handbook: Handbook) -> frozenset[tuple[str, str, str]]:
    """What improvements excuse from: (`duty` or `training`, the role, the activity written `process/activity`)."""
    return frozenset(
        (str(waiver.of), touch.role, touch.part.reference)
        for improvement in handbook.improvements.values()
        for waiver in improvement.waivers
        for touch in touched(handbook, improvement)
        if touch.part and touch.role == handbook.current(waiver.for_)
    )


def lacks(handbook: Handbook, improvement: Improvement) -> tuple[Lack, ...]:
    """What keeps an improvement from being consolidated: missing duties and missing training, without those waived."""
    waived = {(waiver.of, handbook.current(waiver.for_)) for waiver in improvement.waivers}
    found: list[Lack] = []
    for touch in touched(handbook, improvement):
        if not touch.needs_work:
            continue
        if ("duty", touch.role) not in waived:
            jobs: tuple[JobDescription | None, ...] = jobs_by_role(handbook).get(touch.role, ()) or (None,)
            found += [Lack(touch, "duty", job) for job in jobs if job is None or not has_duty(job, touch)]
        if touch.part and ("training", touch.role) not in waived and not taught(handbook, touch.role, touch.part):
            found.append(Lack(touch, "training"))
    return tuple(found)


def has_duty(job: JobDescription, touch: Touch) -> bool:
    """Whether a job has what a touch needs: a duty; for a KPI its objective, or a duty that answers for its process."""
    if touch.part:
        return any(covers(duty, touch.part) for duty in job.duties)
    process = touch.kpi.partition("/")[0]
    return any(objective.kpi == touch.kpi for objective in job.objectives) or any(
        process in duty.answers_for for duty in job.duties
    )
