"""What a released improvement brought and nobody may undo unnoticed, in the words and ids of the newest release."""

from collections.abc import Iterator
from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span, Text
from rolebook.value import value

_ID = v.ID_PATTERN
Letter = Annotated[v.Text, v.Choice(("R", "A"))]
Part = Annotated[v.Text, v.Form("an id of a part", f"{_ID}/{_ID}", "incident-management/log")]
Staying = Annotated[
    v.Text, v.Form("what stays", f"(?:improvement|role):{_ID}|activity:{_ID}/{_ID}", "activity:incident-management/log")
]
GONE = v.Form("what is gone", f"role:{_ID}|(?:activity|kpi|hand-off|control):{_ID}/{_ID}", "role:night-operator")
Gone = Annotated[v.Text, GONE]


@value(kw_only=True)
class KeptLetter:
    """A role stays responsible or accountable for an activity."""

    activity: Part
    letter: Letter
    role: v.Id
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class KeptHandOff:
    """A hand-off, written `process/id`, stays and goes to the same side."""

    hand_off: Part
    to: v.Line
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class KeptControl:
    """A control, written `process/id`, goes on working at an activity."""

    control: Part
    at: Part
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class KeptKpi:
    """A KPI, written `process/id`, keeps its owner, the way in which it is good, and a target that is no looser."""

    kpi: Part
    owner: v.Id
    unit: v.Line
    better: Annotated[v.Text, v.Choice(("lower", "higher", "within"))]
    value: v.Number | None = None
    low: v.Number | None = None
    high: v.Number | None = None
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class KeptDuty:
    """A job that carries a role has a duty for what the role does in an activity."""

    activity: Part
    role: v.Id
    letters: tuple[Letter, ...]
    """What the role did there: who is only accountable may be covered by the process."""
    job: v.Id
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class KeptObjective:
    """The job of a KPI's owner has it as an objective, or answers for its process."""

    kpi: Part
    role: v.Id
    job: v.Id
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class KeptModule:
    """A training module, written `plan/id`, teaches a role what it does in an activity."""

    activity: Part
    role: v.Id
    letters: tuple[Letter, ...]
    """What the role did there: who is only accountable may be taught the process."""
    module: Part
    span: Span = field(compare=False, repr=False)


Kept = Text | KeptLetter | KeptHandOff | KeptControl | KeptKpi | KeptDuty | KeptObjective | KeptModule


@value(kw_only=True)
class Protected:
    """All that one released improvement brought, and that is still there."""

    improvement: v.Id
    """The improvement, by the id that it had in the newest release."""
    name: v.Line
    """What people call it, who may no longer find its file."""
    since: v.Version
    """The release that consolidated it."""
    things: tuple[Staying, ...] = ()
    """What stays: the improvement as an achieved one, activities and roles, written as in `adds`."""
    removed: tuple[Gone, ...] = ()
    """What stays away, written as in `removes`."""
    letters: tuple[KeptLetter, ...] = ()
    hand_offs: tuple[KeptHandOff, ...] = ()
    controls: tuple[KeptControl, ...] = ()
    kpis: tuple[KeptKpi, ...] = ()
    duties: tuple[KeptDuty, ...] = ()
    objectives: tuple[KeptObjective, ...] = ()
    modules: tuple[KeptModule, ...] = ()
    span: Span = field(compare=False, repr=False)

    def kept(self) -> Iterator[tuple[str, Kept]]:
        """Everything that it protects, each with the field that holds it."""
        for name in PARTS:
            for one in getattr(self, name):
                yield name, one


PARTS = ("things", "removed", "letters", "hand_offs", "controls", "kpis", "duties", "objectives", "modules")
"""The fields that hold what is protected, in the order in which it is told."""
