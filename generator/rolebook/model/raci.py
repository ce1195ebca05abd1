"""Roles, and who is responsible, accountable, consulted and informed for which activity."""

from collections.abc import Iterator
from dataclasses import field
from enum import StrEnum
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span, Text
from rolebook.value import value

OUTSIDE = "outside/"


class Involvement(StrEnum):
    """How a role takes part in an activity; its value is the letter in the matrix."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


_RESPONSIBLE, _ACCOUNTABLE, _CONSULTED, _INFORMED = Involvement


@value(kw_only=True)
class Row:
    """Who takes part in one activity, and how."""

    activity: v.LocalActivity = field(metadata={"entry": True})
    """The activity's id in the process of this matrix."""
    responsible: Annotated[tuple[v.Role, ...], v.Key("R")] = ()
    """Responsible: the roles that do the work."""
    accountable: Annotated[tuple[v.Role, ...], v.Key("A")] = ()
    """Accountable: the one role that answers for the result."""
    consulted: Annotated[tuple[v.RoleOrOutside, ...], v.Key("C")] = ()
    """Consulted: asked before it is done or decided."""
    informed: Annotated[tuple[v.RoleOrOutside, ...], v.Key("I")] = ()
    """Informed: told afterwards."""
    span: Span = field(compare=False, repr=False)

    def by(self, involvement: Involvement) -> tuple[Text, ...]:
        """The roles and outside parties with that letter, as written."""
        return next(roles for letter, roles in self._letters() if letter is involvement)

    def assignments(self) -> Iterator[tuple[Involvement, Text]]:
        """Every letter with the role or outside party that has it."""
        for involvement, roles in self._letters():
            for role in roles:
                yield involvement, role

    def _letters(self) -> tuple[tuple[Involvement, tuple[Text, ...]], ...]:
        return (
            (_RESPONSIBLE, self.responsible),
            (_ACCOUNTABLE, self.accountable),
            (_CONSULTED, self.consulted),
            (_INFORMED, self.informed),
        )


@value(kw_only=True)
class Matrix:
    """The RACI matrix of one process: a line for each activity."""

    id: v.Id = field(metadata={"file": True})
    rows: Annotated[tuple[Row, ...], v.Entries()]
    """One line for each activity: its id, and the roles by letter."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Incompatible:
    """A role that must not be held together with this one."""

    role: v.Role
    """The other role."""
    reason: v.Prose
    """What would go wrong."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Holders:
    """How many people hold a role at a time."""

    least: v.Whole
    """The fewest."""
    most: v.Whole | None = None
    """The most; nothing means no limit."""
    note: v.Prose | None = None
    """How they share it: a rota, a site each."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Event:
    """Something that happened to a role: founded, split, renamed, merged, retired."""

    date: v.Day
    """The day it happened."""
    event: v.Prose
    """What happened and why, in a sentence."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Role:
    """A set of responsibilities in processes, held by one or more people."""

    id: v.Id = field(metadata={"file": True})
    name: v.Line
    """What people call it."""
    status: Annotated[v.Text, v.Choice(("active", "retired", "merged"))] | None = None
    """`active` (nothing written means that), `retired`, or `merged` into another role."""
    merged_into: v.Role | None = None
    """The role that took its responsibilities over."""
    kind: Annotated[v.Text, v.Ref(("role-kind",))] | None = None
    """The kind of role whose common duties it has."""
    function: v.Function
    """The unit that holds it."""
    purpose: v.Prose
    """What it is there for, in a sentence or two."""
    duties: tuple[v.Prose, ...] = ()
    """What it does besides the activities of processes and the duties of its kind."""
    authority: tuple[v.Prose, ...] = ()
    """What it may decide without asking."""
    competencies: tuple[v.Prose, ...] = ()
    """What its holders must know and be able to do."""
    holders: Holders | None = None
    """How many people hold it."""
    deputies: tuple[v.Role, ...] = ()
    """The roles that stand in for it."""
    incompatible_with: tuple[Incompatible, ...] = ()
    """Roles that nobody may hold together with it."""
    aliases: tuple[v.Line, ...] = ()
    """Other names that people use for it."""
    formerly: tuple[v.Id, ...] = ()
    """Ids that it had before; they stay reserved."""
    history: tuple[Event, ...] = ()
    """How it came about, changed and ended, the oldest first."""
    span: Span = field(compare=False, repr=False)

    @property
    def active(self) -> bool:
        """Whether it is still to be used."""
        return self.status in (None, "active")
