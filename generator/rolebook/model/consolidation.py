"""What improvements shaped, whom they touch, and how far each has been consolidated into jobs and training."""

from collections.abc import Mapping

from rolebook.model.coverage import Touch, has_duty, jobs_by_role, modules_by_role, teaches, touched
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Waiver
from rolebook.model.job import JobDescription
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.value import value


@derived
def shaped_by(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The improvements that add or change an element, by the element as they write it (`activity:process/id`)."""
    found: dict[str, list[Improvement]] = {}
    for improvement in handbook.improvements.values():
        for element in dict.fromkeys((*improvement.adds, *improvement.changes)):
            found.setdefault(element, []).append(improvement)
    return {element: tuple(improvements) for element, improvements in found.items()}


@derived
def improvements_by_process(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The improvements that add, change or remove something in a process, by its id."""
    found: dict[str, list[Improvement]] = {}
    for improvement in handbook.improvements.values():
        elements = (*improvement.adds, *improvement.changes, *improvement.removes)
        owners = (element.partition(":")[2].partition("/") for element in elements)
        for process in dict.fromkeys(process for process, slash, _ in owners if slash):
            found.setdefault(process, []).append(improvement)
    return {process: tuple(improvements) for process, improvements in found.items()}


@derived
def improvements_by_role(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The improvements that touch a role, by its id."""
    found: dict[str, list[Improvement]] = {}
    for improvement in handbook.improvements.values():
        for role in dict.fromkeys(touch.role for touch in touched(handbook, improvement)):
            found.setdefault(role, []).append(improvement)
    return {role: tuple(improvements) for role, improvements in found.items()}


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


def consolidation(handbook: Handbook, improvement: Improvement) -> tuple[Reach, ...]:
    """The consolidation record: for each role and part that an improvement touches, how far it got."""
    waivers: dict[tuple[str, str], Waiver] = {(w.of, handbook.current(w.for_)): w for w in improvement.waivers}
    record: list[Reach] = []
    for touch in touched(handbook, improvement):
        jobs = jobs_by_role(handbook).get(touch.role, ()) if touch.needs_work else ()
        part = touch.part if touch.needs_work else None
        modules = modules_by_role(handbook).get(touch.role, ()) if part else ()
        record.append(
            Reach(
                touch,
                having=tuple(job for job in jobs if has_duty(job, touch)),
                lacking=tuple(job for job in jobs if not has_duty(job, touch)),
                modules=tuple((plan, module) for plan, module in modules if part and teaches(module, part)),
                duty_waiver=waivers.get(("duty", touch.role)),
                training_waiver=waivers.get(("training", touch.role)),
            )
        )
    return tuple(record)
