"""What a role learns, as its pack tells it: the plans that train it, and its modules of each, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import Module
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.training import TrainingModule, TrainingPlan


@dataclass(frozen=True, slots=True)
class Lesson:
    """A module, and after how many minutes of the plan it begins."""

    plan: TrainingPlan
    module: TrainingModule
    begins: int

    @property
    def reference(self) -> str:
        """The module, written `plan/module`."""
        return f"{self.plan.id}/{self.module.id}"

    @property
    def anchor(self) -> str:
        """Where the pack tells of it."""
        return f"module_{self.plan.id}_{self.module.id}"

    @property
    def prerequisites(self) -> tuple[str, ...]:
        """The modules to be taken before, written `plan/module`."""
        return tuple(f"{self.plan.id}/{before}" for before in self.module.prerequisites)

    @property
    def from_to(self) -> str:
        """When it begins and ends, counted from the beginning of the plan: 1:30–2:15."""
        return "–".join(f"{at // 60}:{at % 60:02}" for at in (self.begins, self.begins + self.module.minutes))


@dataclass(frozen=True, slots=True)
class Course:
    """A plan with those of its modules that a role takes."""

    plan: TrainingPlan
    lessons: tuple[Lesson, ...]

    @property
    def minutes(self) -> int:
        """How long they take together."""
        return sum(lesson.module.minutes for lesson in self.lessons)

    @property
    def anchor(self) -> str:
        """Where the pack tells of it."""
        return f"plan_{self.plan.id}"


def courses(handbook: Handbook, role: str) -> tuple[Course, ...]:
    """The plans that train a role, with the modules that it takes."""
    return _courses(modules_by_role(handbook).get(role, ()))


def _courses(modules: tuple[Module, ...]) -> tuple[Course, ...]:
    by_plan: dict[str, tuple[TrainingPlan, list[TrainingModule]]] = {}
    for plan, module in modules:
        by_plan.setdefault(plan.id, (plan, []))[1].append(module)
    return tuple(Course(plan, tuple(_lessons(plan, its))) for plan, its in by_plan.values())


def _lessons(plan: TrainingPlan, modules: list[TrainingModule]) -> Iterator[Lesson]:
    begins = 0
    for module in modules:
        yield Lesson(plan, module, begins)
        begins += module.minutes
