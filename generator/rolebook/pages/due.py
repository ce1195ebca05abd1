"""The training that releases ask for, as pages show it: of a role, of a plan, and in all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from rolebook.comparing.change import Subject
from rolebook.comparing.due import Due, asked_for, due_by_version
from rolebook.comparing.effect import Effect
from rolebook.comparing.since import history
from rolebook.model.backlinks import Module, roles_by_function
from rolebook.model.completions import Reached, reached
from rolebook.model.handbook import Handbook, derived
from rolebook.model.organisation import Function
from rolebook.model.raci import Role
from rolebook.model.release import Release
from rolebook.model.released import newest
from rolebook.model.training import TrainingPlan
from rolebook.pages.linking import Linker
from rolebook.pages.moments import Moment
from rolebook.pages.packs import offered
from rolebook.pages.places import changes_of, place

_RELEASES = 3
"""So many releases that asked for something are told of a role or a plan: older ones stand on their own pages."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The training that a release asks a role for, and how many of its holders had it, where there are records."""

    role: Role
    """As it is now; on the page of a version, as it was then."""
    modules: tuple[Module, ...]
    release: Release | None
    """None for what is not released yet."""
    reached: Reached | None
    new: frozenset[str] = frozenset()
    """On the page of a version, those of the modules that are new to the role, by `plan/module`."""

    @property
    def who(self) -> Subject:
        """The role, for telling."""
        return Subject("role", str(self.role.id), str(self.role.name))

    @property
    def things(self) -> tuple[Subject, ...]:
        """The modules, for telling."""
        return tuple(Subject("module", f"{plan.id}/{module.id}", str(module.name)) for plan, module in self.modules)

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(module.minutes for _, module in self.modules)

    @property
    def percent(self) -> int:
        """How many of a hundred had it: a hundred only where nobody is missing."""
        had = self.reached
        return min(had.trained * 100 // had.due, 100) if had and had.due else 0


@dataclass(frozen=True, slots=True)
class AskedOfPlan:
    """What a release asked for of one plan: which modules, and of how many roles."""

    release: Release
    modules: int
    roles: int


@derived
def asking(handbook: Handbook) -> Release | None:
    """The newest release that asks anybody for training; None where there is none. All of `past` is needed."""
    return next((handbook.releases[version] for version, due in _newest_first(handbook) if due), None)


def silent(handbook: Handbook) -> tuple[Release, ...]:
    """The releases after that one, which ask nobody for training, the newest first."""
    later = takewhile(lambda one: not one[1], _newest_first(handbook))
    return tuple(handbook.releases[version] for version, _ in later) if asking(handbook) else ()


@derived
def asked_lately(handbook: Handbook) -> Mapping[str, Asked]:
    """What the newest release that asks for training asks each role for, by the role's id."""
    release = asking(handbook)
    due = due_by_version(handbook)[release.id] if release else {}
    return {role: _asked(handbook, role, due[role], release) for role in due}


def asked_of_role(handbook: Handbook, role: str) -> tuple[Asked, ...]:
    """What the last releases that asked a role for training asked it for, the newest first."""
    asked = (
        _asked(handbook, role, due[role], handbook.releases[version])
        for version, due in _newest_first(handbook)
        if role in due
    )
    return tuple(asked)[:_RELEASES]


def asked_of_plan(handbook: Handbook, plan: TrainingPlan) -> tuple[AskedOfPlan, ...]:
    """What the last releases that asked for modules of a plan asked for, the newest first."""
    found = []
    for version, due in _newest_first(handbook):
        takers = [(role, module.id) for role, modules in due.items() for own, module in modules if own.id == plan.id]
        if takers:
            roles, modules = ({pair[side] for pair in takers} for side in (0, 1))
            found.append(AskedOfPlan(handbook.releases[version], len(modules), len(roles)))
    return tuple(found[:_RELEASES])


def asked_in(moment: Moment) -> tuple[tuple[Function, tuple[Asked, ...]], ...]:
    """What a version asks roles for, by function, all as it was and was called then."""
    comparison, release = moment.step.comparison, moment.step.release
    if comparison is None:
        return ()
    then, handbook = comparison.new, moment.handbook
    asked = asked_for(comparison, moment.concerned)
    new = {
        one.who.reference: {t.thing.reference for t in one.effects if t.thing and t.effect is Effect.NEW_TRAINING}
        for one in moment.concerned.roles
    }

    def told(role: Role) -> Asked:
        now = moment.today("role", role.id)
        had = reached(handbook, now, release.id) if release and now else None
        return Asked(role, asked[role.id], release, had, frozenset(new[role.id]))

    by_function = ((f, tuple(told(r) for r in roles if r.id in asked)) for f, roles in roles_by_function(then))
    return tuple((function, own) for function, own in by_function if own)


def news_of(link: Linker, asked: Asked) -> str:
    """Where a role reads what it is to learn: its pack of what changed, else that section of its page."""
    release = asked.release
    before = next((one.before for one in history(link.handbook) if one.release is release), newest(link.handbook))
    offers = offered(link.handbook, link.links).get(asked.role.id)
    for offer in offers.deltas if offers and before else ():
        if before in (offer.since, *offer.same) and (address := link.pack(f"{offer.name}.html")):
            return address
    return link.to(place("role", asked.role.id).page, changes_of(release.id if release else ""))


def _asked(handbook: Handbook, role: str, modules: tuple[Module, ...], release: Release | None) -> Asked:
    had = reached(handbook, role, release.id) if release else None
    return Asked(handbook.roles[role], modules, release, had)


def _newest_first(handbook: Handbook) -> Iterator[tuple[str, Due]]:
    return reversed(tuple(due_by_version(handbook).items()))
