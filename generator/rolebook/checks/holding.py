"""How it stands with all that an improvement protects."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rolebook.checks import kept, kept_by_people
from rolebook.checks.held import Held
from rolebook.model.handbook import Handbook
from rolebook.model.protected import Kept, Protected

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
