"""Where we want to be: the level of maturity that a process or an area shall reach, by when, and what that is worth."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.model.improvement import Money
from rolebook.model.maturity import HIGHEST, Area
from rolebook.source import Span
from rolebook.value import value

PATH = "process_defs/programme/targets.yaml"
"""Where it is written, relative to the handbook."""
LOW, MEDIUM, HIGH = "low", "medium", "high"


@value(kw_only=True)
class LevelTarget:
    """The level that a process, or one of the six areas, shall reach."""

    process: v.Process | None = None
    """The process; either this or `area` is written."""
    area: Area | None = None
    """The area, in place of a process."""
    level: v.Whole
    """The level, from 1 to 5."""
    due: v.Day
    """The day by which it shall be reached."""
    reason: v.Prose
    """Why this level, and no higher or lower one."""
    cost: Money | None = None
    """What it costs to get there."""
    value: Annotated[v.Text, v.Choice((LOW, MEDIUM, HIGH))]
    """What reaching it is worth to the business."""
    span: Span = field(compare=False, repr=False)

    @property
    def subject(self) -> str:
        """The process's id, or the area; the two kinds share no id."""
        return str(self.process or self.area or "")

    @property
    def is_clear(self) -> bool:
        """Whether it is about one thing, and a level that there is; RB710 tells of others."""
        return (self.process is None) != (self.area is None) and 1 <= self.level <= HIGHEST


@value(kw_only=True)
class Targets:
    """The levels that shall be reached."""

    targets: tuple[LevelTarget, ...]
    """One for each process and area that shall get further."""
    span: Span = field(compare=False, repr=False)
