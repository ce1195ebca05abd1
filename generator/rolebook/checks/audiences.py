"""Whom training is perhaps for, where a plan has a slip in it or leaves something open: nobody is untrained by that."""

from collections.abc import Iterable, Iterator

from rolebook.checks.slips import Slip, among, may_mean, perhaps_covered, slips
from rolebook.model.coverage import Part, audience, jobs_by_role, modules_by_role, parts, teaches
from rolebook.model.handbook import Handbook, derived
from rolebook.model.training import TrainingPlan
from rolebook.source import Text


def perhaps_trained(handbook: Handbook, role: str) -> bool:
    """Whether some training is perhaps for a role: a plan has a slip in whom it trains, or leaves that open (RB501)."""
    if role in _taught_nothing(handbook) or any(_may_train(handbook, found, role) for _, found in _audiences(handbook)):
        return True
    own = parts(handbook).get(role, ())
    return any(teaches(module, part) for plan in _for_nobody(handbook) for module in plan.modules for part in own)


def perhaps_taught(handbook: Handbook, role: str, part: Part) -> bool:
    """Whether a role is perhaps taught its part: a plan has a slip in whom it trains or what, or leaves it open."""
    if role in _taught_nothing(handbook) or any(
        teaches(module, part) for plan in _for_nobody(handbook) for module in plan.modules
    ):
        return True
    for plan, found in _audiences(handbook):
        if any(teaches(module, part) for module in plan.modules) and _may_train(handbook, found, role):
            return True
    own = modules_by_role(handbook).get(role, ()) if slips(handbook) else ()
    return any(perhaps_covered(handbook, module.teaches, part) for _, module in own)


@derived
def _audiences(handbook: Handbook) -> tuple[tuple[TrainingPlan, tuple[Slip, ...]], ...]:
    """The training plans with slips in whom they train, and those slips."""
    named = ((plan, among(handbook, _named(handbook, plan))) for plan in handbook.plans.values())
    return tuple((plan, found) for plan, found in named if found)


@derived
def _for_nobody(handbook: Handbook) -> tuple[TrainingPlan, ...]:
    """The training plans that do not say whom they train."""
    return tuple(plan for plan in handbook.plans.values() if not (plan.who and (plan.who.roles or plan.who.jobs)))


@derived
def _taught_nothing(handbook: Handbook) -> frozenset[str]:
    """The roles that are trained by a plan without modules."""
    return frozenset(role for plan in handbook.plans.values() if not plan.modules for role in audience(handbook, plan))


def _named(handbook: Handbook, plan: TrainingPlan) -> Iterator[Text]:
    """Everybody whom a plan names, with what the jobs among them carry."""
    for module in plan.modules:
        yield from module.for_
    if plan.who:
        yield from plan.who.roles
        for job in plan.who.jobs:
            yield job
            yield from handbook.jobs[job].carries if job in handbook.jobs else ()


def _may_train(handbook: Handbook, found: Iterable[Slip], role: str) -> bool:
    return any(may_mean(handbook, slip, "role", role) or _may_mean_job(handbook, slip, role) for slip in found)


def _may_mean_job(handbook: Handbook, slip: Slip, role: str) -> bool:
    """Whether a slip was perhaps meant for a job that carries a role."""
    return any(may_mean(handbook, slip, "job", job.id) for job in jobs_by_role(handbook).get(role, ()))
