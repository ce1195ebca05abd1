"""The pages of training: the plans, a page for each, and the matrix of who takes which module."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import Module, roles_by_function, roles_by_module
from rolebook.model.coverage import audience, modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.organisation import Function
from rolebook.model.raci import Role
from rolebook.model.release import Release
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.due import Asked, AskedOfPlan, asked_lately, asked_of_plan, asking, news_of, silent
from rolebook.pages.linking import Linker
from rolebook.pages.packs import Offers, offered
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, TRAINING, TRAINING_CALENDAR, TRAINING_MATRIX, place
from rolebook.rendering import Links

MOST_TABLES = 40
"""So many plans stand with their tables on one page; of more, each has its own on its page alone."""


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
    asked: tuple[AskedOfPlan, ...]
    """What the last releases asked for of it, the newest first."""
    asking: Release | None
    """The newest release that asks anybody for training."""
    due: frozenset[tuple[str, str]]
    """What that one asks for of this plan: the ids of a role and of a module."""

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
    """All training plans, and the pages that show who takes which module, and when."""

    plans: tuple[PlanView, ...]
    packs: tuple[tuple[Function, tuple[Offers, ...]], ...]
    """Where the site has packs, those of each role, by function."""
    matrix: str = TRAINING_MATRIX
    calendar: str = TRAINING_CALENDAR


@dataclass(frozen=True, slots=True)
class Taker:
    """A role with the modules that it takes, plan by plan."""

    role: Role
    plans: tuple[tuple[TrainingPlan, tuple[TrainingModule, ...]], ...]
    asked: Asked | None
    """What the newest release that asks anybody for training asks of it."""
    news: str
    """Where it reads what it is to learn for that release; "" where that is nothing."""

    @property
    def modules(self) -> int:
        """In how many modules it takes part."""
        return sum(len(modules) for _, modules in self.plans)

    @property
    def minutes(self) -> int:
        """How long they take together."""
        return sum(module.minutes for _, modules in self.plans for module in modules)


@dataclass(frozen=True, slots=True)
class TrainingMatrixView:
    """Who takes which module: each role, by function, and each plan."""

    takers: tuple[tuple[Function, tuple[Taker, ...]], ...]
    untrained: tuple[Role, ...]
    """The roles in use that no plan trains."""
    plans: tuple[PlanView, ...]
    """Those whose tables stand on the page: all, or none where there are too many."""
    asking: Release | None
    """The newest release that asks anybody for training."""
    silent: tuple[Release, ...]
    """Later ones, which ask nobody for any."""

    @property
    def due(self) -> tuple[Asked, ...]:
        """What is due, of each role that is to take something."""
        return tuple(taker.asked for _, takers in self.takers for taker in takers if taker.asked)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The index of training, and a page for each plan."""
    plans = tuple(_view(handbook, plan) for plan in handbook.plans.values())
    yield compose(
        handbook,
        links,
        TRAINING,
        "training",
        TrainingView(plans, _packs(handbook, links)),
        [Part("section_plans", "Plans"), Part("section_packs", "Training packs")],
        title=INDEX_HEADINGS[TRAINING],
        description="The training plans: who is trained, when, how, and in what.",
        source=None,
    )
    matrix = _matrix(Linker(handbook, links, TRAINING_MATRIX), plans)
    yield compose(
        handbook,
        links,
        TRAINING_MATRIX,
        "training_matrix",
        matrix,
        _tables(matrix.plans),
        title=INDEX_HEADINGS[TRAINING_MATRIX],
        description="Which role takes which training module, and how much training that is.",
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


def _packs(handbook: Handbook, links: Links) -> tuple[tuple[Function, tuple[Offers, ...]], ...]:
    there = offered(handbook, links)
    by_function = ((f, tuple(there[r.id] for r in roles if r.id in there)) for f, roles in roles_by_function(handbook))
    return tuple((function, several) for function, several in by_function if several)


def _tables(plans: tuple[PlanView, ...]) -> Iterator[Part]:
    yield Part("section_takers", "What each role takes")
    yield Part("section_untrained", "Roles that no plan trains")
    yield Part("section_plans", "Plan by plan")
    for view in plans:
        yield Part("plan", view.plan.name, view.plan.span, id=view.plan.id, level=3, about={"entry": view})


def _matrix(link: Linker, plans: tuple[PlanView, ...]) -> TrainingMatrixView:
    handbook = link.handbook
    taken = modules_by_role(handbook)
    asked = asked_lately(handbook)

    def taker(role: Role) -> Taker:
        due = asked.get(role.id)
        return Taker(role, _by_plan(taken[role.id]), due, news_of(link, due) if due else "")

    by_function = (
        (function, tuple(taker(role) for role in roles if role.id in taken))
        for function, roles in roles_by_function(handbook)
    )
    return TrainingMatrixView(
        takers=tuple((function, takers) for function, takers in by_function if takers),
        untrained=tuple(role for _, roles in roles_by_function(handbook) for role in roles if role.id not in taken),
        plans=plans if len(plans) <= MOST_TABLES else (),
        asking=asking(handbook),
        silent=silent(handbook),
    )


def _by_plan(modules: tuple[Module, ...]) -> tuple[tuple[TrainingPlan, tuple[TrainingModule, ...]], ...]:
    found: dict[str, tuple[TrainingPlan, list[TrainingModule]]] = {}
    for plan, module in modules:
        found.setdefault(plan.id, (plan, []))[1].append(module)
    return tuple((plan, tuple(own)) for plan, own in found.values())


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
    asked = ((role, one) for role, due in asked_lately(handbook).items() for one in due.modules)
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
        asked=asked_of_plan(handbook, plan),
        asking=asking(handbook),
        due=frozenset((role, str(module.id)) for role, (own, module) in asked if own.id == plan.id),
    )
