"""The eight steps of a change, after Kotter's "Leading Change" (1996): what was done for each, and what shows it."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

PATH = "process_defs/programme/steps.yaml"
"""Where they are written, relative to the handbook."""
STEPS = (
    "create-urgency",
    "form-coalition",
    "create-vision",
    "communicate-vision",
    "empower-people",
    "create-quick-wins",
    "consolidate",
    "institutionalise",
)
"""The steps, in their order."""


@value(kw_only=True)
class Deed:
    """Something that was done for a step."""

    what: v.Prose
    """What was done."""
    date: v.Day
    """The day on which it was done, or was finished."""
    evidence: v.Prose
    """What shows it."""
    improvement: v.Improvement | None = None
    """The improvement that it was part of."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Step:
    """One of the eight steps."""

    step: Annotated[v.Text, v.Choice(STEPS)]
    """Which one it is."""
    done: tuple[Deed, ...] = ()
    """What was done for it."""
    left: v.Prose | None = None
    """What is still to be done for it; nothing, where it has been taken."""
    owner: v.Role
    """The role that sees to it."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Steps:
    """How far the change has come in its eight steps."""

    steps: tuple[Step, ...]
    """The eight steps, in any order."""
    span: Span = field(compare=False, repr=False)
