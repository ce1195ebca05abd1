"""What each role is due to be trained in because of changes: by what its training plans say, and what is new to it."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from rolebook.comparing.compare import Comparison
from rolebook.comparing.effect import Effect, Effects, Told, Weight
from rolebook.comparing.effects import effects, effects_by_release
from rolebook.comparing.since import history
from rolebook.model.backlinks import Module
from rolebook.model.completions import called
from rolebook.model.coverage import modules_by_role, parts, teaches
from rolebook.model.handbook import Handbook, derived
from rolebook.model.training import TrainingModule

Due = Mapping[str, tuple[Module, ...]]
"""Training modules with their plans by the id of the role that is due to take them; other roles are not in it."""

_OF_WORK = frozenset({Effect.GAINED, Effect.LETTERS})
_TAKEN_AWAY = frozenset({Effect.LOST, Effect.OWNS_NO_LONGER, Effect.TRAINING_GONE})
"""The effects after which a role has less to know."""


def asked_for(comparison: Comparison, found: Effects) -> Due:
    """The modules that changes ask roles to take, as they were and were called in the newer handbook.

    `found` is what the changes mean for roles. The plan says what follows: the modules concerned (`changed-modules`),
    all of it as soon as one is concerned (`all`), or nothing. A module that is new to a role is due whatever it says.
    """
    asked = {}
    for affected in found.roles:
        role = affected.who.reference
        if due := tuple(_of_role(comparison.new, role, affected.effects)):
            asked[role] = due
    return MappingProxyType(asked)


def due_since(handbook: Handbook, comparison: Comparison) -> Due:
    """The modules that roles of the handbook are due to take because of changes, by the ids that both have now.

    Where the changes are those of an earlier release, what nobody takes any more is left out, and what was asked of a
    role that is merged by now is due for its successor as far as that one takes it.
    """
    return _today(handbook, comparison, effects(comparison))


@derived
def due_by_version(handbook: Handbook) -> Mapping[str, Due]:
    """What roles are due to take because of each release, the oldest first; `past` must hold all of them.

    The first release is not in it, nor one that cannot be compared with the one before it.
    """
    found = effects_by_release(handbook)
    steps = ((step.release, step.comparison) for step in history(handbook))
    return MappingProxyType(
        {
            release.id: _today(handbook, comparison, found[release.id])
            for release, comparison in steps
            if release and comparison
        }
    )


def concerned(handbook: Handbook, role: str, told: Iterable[Told]) -> tuple[Module, ...]:
    """The modules of a role that it has reason to take after what changed for it, whatever the plans say of releases.

    They are new to it or teach something else than before, or they teach what it is to do or answer for otherwise.
    """
    things = {(one.thing.kind, one.thing.reference) for one in told if one.thing and _is_to_learn(one)}
    named = {reference for kind, reference in things if kind in ("activity", "process")}
    own = [part for part in parts(handbook).get(role, ()) if ("activity", part.reference) in things]

    def teaches_it(module: TrainingModule) -> bool:
        return not named.isdisjoint(module.teaches) or any(teaches(module, part) for part in own)

    return tuple(
        (plan, module)
        for plan, module in modules_by_role(handbook).get(role, ())
        if ("module", f"{plan.id}/{module.id}") in things or teaches_it(module)
    )


def _today(handbook: Handbook, comparison: Comparison, found: Effects) -> Due:
    asked = asked_for(comparison, found)
    if comparison.new is handbook:
        return asked
    wanted: dict[str, set[str]] = {}
    for role, modules in asked.items():
        now = handbook.current(called(handbook, "role", role))
        references = (f"{plan.id}/{module.id}" for plan, module in modules)
        wanted.setdefault(now, set()).update(called(handbook, "module", reference) for reference in references)
    taken = modules_by_role(handbook)
    due = {
        role: tuple(one for one in taken.get(role, ()) if f"{one[0].id}/{one[1].id}" in references)
        for role, references in wanted.items()
    }
    return MappingProxyType({role: modules for role, modules in due.items() if modules and role in handbook.roles})


def _of_role(handbook: Handbook, role: str, told: tuple[Told, ...]) -> Iterator[Module]:
    reasons = concerned(handbook, role, told)
    plans = {plan.id for plan, _ in reasons}
    new = {one.thing.reference for one in told if one.thing and one.effect is Effect.NEW_TRAINING}
    for plan, module in modules_by_role(handbook).get(role, ()):
        rule = plan.when.on_release if plan.when else None
        by_plan = {"changed-modules": (plan, module) in reasons, "all": plan.id in plans}
        if by_plan.get(rule or "", False) or f"{plan.id}/{module.id}" in new:
            yield plan, module


def _is_to_learn(told: Told) -> bool:
    """Whether an effect is something to learn; to be asked or told about an activity is not."""
    if told.effect in _OF_WORK:
        return bool({"R", "A"} & set(told.new) - set(told.old))
    return told.weight > Weight.WORDING and told.effect not in _TAKEN_AWAY
