"""The days that training plans have fixed: of what, and for whom."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rolebook.model.coverage import audience, modules_by_role
from rolebook.model.handbook import Handbook, derived
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.model.values import Day
from rolebook.value import value


@value(kw_only=True)
class CourseDay:
    """A day on which a plan is taught: what there is to take, and the ids of the roles that take part."""

    day: Day
    plan: TrainingPlan
    modules: tuple[TrainingModule, ...]
    roles: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How long the modules take together."""
        return sum(module.minutes for module in self.modules)


@derived
def course_days(handbook: Handbook) -> tuple[CourseDay, ...]:
    """All days that plans have fixed, the earliest first, each once."""
    found = (
        CourseDay(day=day, plan=plan, modules=plan.modules, roles=_takers(handbook, plan))
        for plan in handbook.plans.values()
        for day in dict.fromkeys(plan.when.dates if plan.when else ())
    )
    return tuple(sorted(found, key=lambda one: (one.day, one.plan.name.casefold(), one.plan.id)))


@derived
def days_by_plan(handbook: Handbook) -> Mapping[str, tuple[CourseDay, ...]]:
    """The days of each plan by its id; plans without any are left out."""
    found: dict[str, list[CourseDay]] = {}
    for one in course_days(handbook):
        found.setdefault(one.plan.id, []).append(one)
    return {plan: tuple(days) for plan, days in found.items()}


@derived
def days_by_role(handbook: Handbook) -> Mapping[str, tuple[CourseDay, ...]]:
    """The days of all plans that train a role, with the modules that it takes, by its id; others are left out."""
    found: dict[str, list[CourseDay]] = {}
    for one in course_days(handbook):
        for role in one.roles:
            own = tuple(_taken(handbook, role, one.plan))
            found.setdefault(role, []).append(replace(one, modules=own, roles=(role,)))
    return {role: tuple(days) for role, days in found.items()}


def _takers(handbook: Handbook, plan: TrainingPlan) -> tuple[str, ...]:
    """Whom a plan trains; of a plan with modules, those who take at least one."""
    named = (role for role in audience(handbook, plan) if role in handbook.roles)
    return tuple(role for role in named if not plan.modules or any(_taken(handbook, role, plan)))


def _taken(handbook: Handbook, role: str, plan: TrainingPlan) -> Iterator[TrainingModule]:
    return (module for own, module in modules_by_role(handbook).get(role, ()) if own.id == plan.id)
