"""Which version should come next, by what changed for those who work by the handbook."""

from collections.abc import Iterator

from rolebook.cli.differences import Difference
from rolebook.comparing.effect import Affected, Effect, Told, Weight
from rolebook.model.release import number

_INDIRECT = (Effect.NEW_PARTNER, Effect.PARTNER_GONE)
_MOST = 5
"""So many roles and jobs are named as the reason."""
_WHY = {
    Weight.ACCOUNTABILITY: "somebody answers for something else",
    Weight.LEARNING: "somebody has something to know or to learn",
    Weight.WORDING: "nobody has to do anything otherwise",
}


def proposed(before: str, found: Difference) -> str:
    """The version after `before`: major where accountability moved, minor where there is something to learn."""
    major, minor, patch = number(before)
    return {
        Weight.ACCOUNTABILITY: f"{major + 1}.0.0",
        Weight.LEARNING: f"{major}.{minor + 1}.0",
        Weight.WORDING: f"{major}.{minor}.{patch + 1}",
    }[_weight(found)]


def reasons(before: str, found: Difference) -> Iterator[str]:
    """The proposal in words, a line each: what it is, and whom it concerns most."""
    weight = _weight(found)
    yield f"{proposed(before, found)} is the next version after {before}: {_WHY[weight]}."
    concerned = [_reason(affected, weight) for affected in _affected(found) if affected.weight == weight]
    concerned.sort(key=lambda reason: reason[1].effect in _INDIRECT)
    for affected, told in concerned[:_MOST] if weight else ():
        yield f"  {affected.who.name} {found.wording.effect(told)}"
    if weight and (further := len(concerned) - _MOST) > 0:
        yield f"  and so on, for {further} more; 'rolebook diff {before}' shows all"


def _reason(affected: Affected, weight: Weight) -> tuple[Affected, Told]:
    """What weighs so much for a role or a job, rather by itself than through others."""
    weighing = [told for told in affected.effects if told.weight == weight]
    return affected, min(weighing, key=lambda told: told.effect in _INDIRECT)


def _weight(found: Difference) -> Weight:
    return max((affected.weight for affected in _affected(found)), default=Weight.WORDING)


def _affected(found: Difference) -> tuple[Affected, ...]:
    return (*found.effects.roles, *found.effects.jobs)
