"""Whom improvements touch, and how far each has been consolidated into job descriptions and training."""

from collections.abc import Iterator, Mapping

from rolebook.model.coverage import Part, covers, involved, jobs_by_role, modules_by_role, must_know, teaches
from rolebook.model.handbook import Handbook, derived
from rolebook.model.handoffs import transfers
from rolebook.model.improvement import Improvement, Status, Waiver
from rolebook.model.job import JobDescription
from rolebook.model.process import Kpi, Process
from rolebook.model.raci import OUTSIDE
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.source import Text
from rolebook.value import value


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

    @property
    def needs_training(self) -> bool:
        """Whether it takes training: who owns a KPI needs none for it."""
        return self.part is not None and must_know(self.part)


def touched(handbook: Handbook, improvement: Improvement) -> tuple[Touch, ...]:
    """The roles that an improvement touches by what it adds or changes, in the order it is written.

    R and A of an activity need the duty, the module and the message; C and I the message; the owner of a
    KPI the objective (or a duty that answers for its process) and the message. A hand-off touches the roles
    of the activity that it leaves and of the one that it enters; a control those of the activities where it works.
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
                    for after in transfer.after:
                        yield from _touched_at(handbook, element, f"{process.id}/{after}")
                    for at in transfer.at:
                        yield from _touched_at(handbook, element, f"{transfer.taker}/{at}")
        case _:
            return


def _kpi(process: Process, id: str) -> Kpi | None:
    return next((kpi for kpi in process.kpis if kpi.id == id), None)


def _touched_at(handbook: Handbook, element: Text, reference: str) -> Iterator[Touch]:
    if found := handbook.activity(reference):
        process, activity = found
        for role, letters in involved(handbook, process.id, activity.id).items():
            if not role.startswith(OUTSIDE):
                yield Touch(role, element, Part(process, activity, letters, reference))


@value()
class Reach:
    """How far an improvement has reached a role that it touches.

    `having` are the jobs that carry the role and have the duty, `lacking` those that do not; `modules` are those
    of the role's training that teach it.
    """

    touch: Touch
    having: tuple[JobDescription, ...]
    lacking: tuple[JobDescription, ...]
    modules: tuple[tuple[TrainingPlan, TrainingModule], ...]
    duty_waiver: Waiver | None
    training_waiver: Waiver | None

    @property
    def is_excused_from_duty(self) -> bool:
        """Whether a reason stands in for a duty that is not there."""
        return self.duty_waiver is not None and (bool(self.lacking) or not self.having)

    @property
    def is_excused_from_training(self) -> bool:
        """Whether a reason stands in for training that is not there."""
        return self.training_waiver is not None and self.touch.needs_training and not self.modules


def consolidation(handbook: Handbook, improvement: Improvement) -> tuple[Reach, ...]:
    """The consolidation record: for each role and part that an improvement touches, how far it got."""
    waivers: dict[tuple[str, str], Waiver] = {(w.of, handbook.current(w.for_)): w for w in improvement.waivers}
    record: list[Reach] = []
    for touch in touched(handbook, improvement):
        jobs = jobs_by_role(handbook).get(touch.role, ()) if touch.needs_work else ()
        part = touch.part if touch.needs_work else None
        modules = modules_by_role(handbook).get(touch.role, ()) if part else ()
        having = tuple(job for job in jobs if has_duty(job, touch))
        record.append(
            Reach(
                touch,
                having=having,
                lacking=tuple(job for job in jobs if job not in having),
                modules=tuple((plan, module) for plan, module in modules if part and teaches(module, part)),
                duty_waiver=waivers.get(("duty", touch.role)),
                training_waiver=waivers.get(("training", touch.role)),
            )
        )
    return tuple(record)


def has_duty(job: JobDescription, touch: Touch) -> bool:
    """Whether a job has what a touch needs: a duty; for a KPI its objective, or a duty that answers for its process."""
    if touch.part:
        return any(covers(duty, touch.part) for duty in job.duties)
    process = touch.kpi.partition("/")[0]
    return any(objective.kpi == touch.kpi for objective in job.objectives) or any(
        process in duty.answers_for for duty in job.duties
    )


@value()
class Lack:
    """What an improvement has not reached yet: a `duty` (in `job`; None where none carries the role) or `training`."""

    touch: Touch
    of: str
    job: JobDescription | None = None


def lacks(handbook: Handbook, improvement: Improvement) -> tuple[Lack, ...]:
    """What keeps an improvement from being consolidated: missing duties and missing training, without those waived."""
    return tuple(lack for reach in consolidation(handbook, improvement) for lack in missing(reach))


def missing(reach: Reach) -> Iterator[Lack]:
    """What a role still lacks of what an improvement needs it to have, without what was waived."""
    if not reach.touch.needs_work:
        return
    if reach.duty_waiver is None:
        jobs = reach.lacking if reach.having or reach.lacking else (None,)
        yield from (Lack(reach.touch, "duty", job) for job in jobs)
    if reach.touch.needs_training and reach.training_waiver is None and not reach.modules:
        yield Lack(reach.touch, "training")


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


@derived
def shaped_by(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The improvements that add or change an element, by the element as they write it (`activity:process/id`)."""
    found: dict[str, list[Improvement]] = {}
    for improvement in _not_rejected(handbook):
        for element in dict.fromkeys((*improvement.adds, *improvement.changes)):
            found.setdefault(element, []).append(improvement)
    return {element: tuple(improvements) for element, improvements in found.items()}


@derived
def improvements_by_process(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The improvements that add, change or remove something in a process, by its id."""
    found: dict[str, list[Improvement]] = {}
    for improvement in _not_rejected(handbook):
        elements = (*improvement.adds, *improvement.changes, *improvement.removes)
        owners = (element.partition(":")[2].partition("/") for element in elements)
        for process in dict.fromkeys(process for process, slash, _ in owners if slash):
            found.setdefault(process, []).append(improvement)
    return {process: tuple(improvements) for process, improvements in found.items()}


@derived
def improvements_by_role(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The improvements that touch a role, by its id."""
    found: dict[str, list[Improvement]] = {}
    for improvement in _not_rejected(handbook):
        for role in dict.fromkeys(touch.role for touch in touched(handbook, improvement)):
            found.setdefault(role, []).append(improvement)
    return {role: tuple(improvements) for role, improvements in found.items()}


def _not_rejected(handbook: Handbook) -> Iterator[Improvement]:
    return (i for i in handbook.improvements.values() if i.status != Status.REJECTED.value)
