"""How it stands with all that an improvement protects."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rolebook.checks import kept, kept_by_people
from rolebook.checks.held import Held
from rolebook.checks.whereabouts import today
from rolebook.model.handbook import Handbook
from rolebook.model.protected import (
    Kept,
    KeptControl,
    KeptDuty,
    KeptHandOff,
    KeptKpi,
    KeptLetter,
    KeptModule,
    KeptObjective,
    Protected,
)

_HELD: Mapping[str, Callable[[Handbook, Any], Held]] = {
    "things": kept.thing,
    "removed": kept.removed,
    "letters": kept.letter,
    "hand_offs": kept.hand_off,
    "controls": kept.control,
    "kpis": kept.kpi,
    "duties": kept_by_people.duty,
    "objectives": kept_by_people.objective,
    "modules": kept_by_people.module,
}
"""What looks at the things in each field of `Protected`."""


def held(handbook: Handbook, one: Protected) -> Iterator[tuple[str, Kept, Held]]:
    """How it stands with everything that an improvement protects, each with the field of `Protected` that holds it.

    Everything in the handbook must have been read.
    """
    for part, thing in one.kept():
        yield part, thing, _HELD[part](handbook, thing)


def stands_in(handbook: Handbook, kept: Kept) -> str:
    """The thing that has what is protected, with its kind before it: of a letter the activity, of a duty the job."""
    reference: str
    match kept:
        case KeptLetter(activity=reference):
            kind = "activity"
        case KeptHandOff(hand_off=reference):
            kind = "hand-off"
        case KeptControl(control=reference):
            kind = "control"
        case KeptKpi(kpi=reference):
            kind = "kpi"
        case KeptDuty(job=reference) | KeptObjective(job=reference):
            kind = "job"
        case KeptModule(module=reference):
            kind = "module"
        case _:
            kind, _, reference = kept.partition(":")
    return f"{kind}:{today(handbook, kind, reference) or reference}"
