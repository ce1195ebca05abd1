"""The pages of training: a page for each plan, and the index with who takes which module."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import roles_by_module
from rolebook.model.coverage import audience
from rolebook.model.handbook import Handbook
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, TRAINING, place
from rolebook.rendering import Links


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module, the roles that take it, and the modules to be taken before."""

    module: TrainingModule
    roles: tuple[str, ...]
    prerequisites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """A training plan with its modules, and the roles that it trains."""

    plan: TrainingPlan
    roles: tuple[str, ...]
    modules: tuple[ModuleView, ...]

    @property
    def minutes(self) -> int:
        """How long all modules take together."""
        return sum(entry.module.minutes for entry in self.modules)

    @property
    def loads(self) -> tuple[tuple[str, int, int], ...]:
        """For each role, in how many modules it takes part, and the minutes they take."""
        own = {role: [entry.module.minutes for entry in self.modules if role in entry.roles] for role in self.roles}
        return tuple((role, len(minutes), sum(minutes)) for role, minutes in own.items())


@dataclass(frozen=True, slots=True)
class TrainingView:
    """All training plans."""

    plans: tuple[PlanView, ...]


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The index of training, and a page for each plan."""
    plans = tuple(_view(handbook, plan) for plan in handbook.plans.values())
    yield compose(
        handbook,
        links,
        TRAINING,
        "training",
        TrainingView(plans),
        [Part("section_plans", "Plans"), Part("section_modules", "Who takes which module"), *_tables(plans)],
        title=INDEX_HEADINGS[TRAINING],
        description="The training plans, and which role takes which module.",
        source=None,
    )
    for view in plans:
        yield compose(
            handbook,
            links,
            place("plan", view.plan.id).page,
            "plan",
            view,
            _parts(view),
            title=view.plan.name,
            description=sentence(view.plan.purpose),
            source=view.plan.span,
        )


def _tables(plans: tuple[PlanView, ...]) -> Iterator[Part]:
    for view in plans:
        plan = view.plan
        yield Part("modules", plan.name, plan.span, id=f"plan_{plan.id}", level=3, about={"entry": view})


def _parts(view: PlanView) -> Iterator[Part]:
    plan = view.plan
    yield Part("section_who", "Who", plan.who.span if plan.who else None)
    yield Part("section_when", "When", plan.when.span if plan.when else None)
    yield Part("section_how", "How", plan.how.span if plan.how else None)
    yield Part("section_modules", "What", plan.modules[0].span if plan.modules else None)
    for entry in view.modules:
        module = entry.module
        yield Part("module", module.name, module.span, id=module.id, level=3, about={"entry": entry, "module": module})
    yield Part("section_graduation", "Graduation", plan.graduation.span if plan.graduation else None)


def _view(handbook: Handbook, plan: TrainingPlan) -> PlanView:
    trained = audience(handbook, plan)
    taken = roles_by_module(handbook)
    return PlanView(
        plan=plan,
        roles=tuple(role for role in trained if role in handbook.roles),
        modules=tuple(
            ModuleView(
                module,
                roles=tuple(sorted(taken.get(f"{plan.id}/{module.id}", ()), key=trained.index)),
                prerequisites=tuple(f"{plan.id}/{before}" for before in module.prerequisites),
            )
            for module in plan.modules
        ),
    )
