"""The organisation, its objectives and policies, its units, and the words it uses."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value


@value(kw_only=True)
class Objective:
    """What the business wants to reach; processes, KPIs and improvements serve it."""

    id: v.Id
    """Its id, unique in the organisation."""
    name: v.Line
    """The objective in a few words."""
    description: v.Prose
    """What it means, and how we shall know that it is reached."""
    horizon: Annotated[v.Text, v.Choice(("long-term", "this-year"))]
    """`long-term`, or `this-year` for a step on the way."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Policy:
    """A rule that several processes keep."""

    id: v.Id
    """Its id, unique in the organisation."""
    name: v.Line
    """What people call it."""
    says: tuple[v.Prose, ...]
    """The rule, one sentence a line."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class OutsideParty:
    """Somebody outside who gives to our processes or takes from them: users, customers, suppliers."""

    id: v.Id
    """Its id; referred to as `outside/id`."""
    name: v.Line
    """What people call it."""
    description: v.Prose
    """Who that is."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Clause:
    """A requirement of a standard, in our own words."""

    id: v.Id
    """Its id, unique in the standard; referred to as `standard/clause`."""
    number: v.Line
    """Its number in the standard."""
    requires: v.Prose
    """What it asks for, in our own words."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Standard:
    """A published standard that the organisation follows."""

    id: v.Id
    """Its id, unique in the organisation."""
    name: v.Line
    """Its name and edition."""
    clauses: tuple[Clause, ...]
    """The requirements that our processes satisfy."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Area:
    """A group of processes that are read together."""

    id: v.Id
    """Its id, unique in the organisation."""
    name: v.Line
    """What people call it."""
    description: v.Prose
    """What its processes have in common."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Organisation:
    """The organisation whose handbook this is: what it aims at, and whom it works with."""

    name: v.Line
    """The organisation's name."""
    handbook: v.Line
    """The title of the handbook."""
    vision: v.Prose
    """What the organisation wants its services to be, agreed between business and IT."""
    currency: v.Line
    """The currency of all amounts, as it is shown before them."""
    areas: tuple[Area, ...]
    """The groups that processes belong to, in the order of reading."""
    objectives: tuple[Objective, ...]
    """What the business wants to reach."""
    policies: tuple[Policy, ...] = ()
    """Rules that several processes keep."""
    outside: tuple[OutsideParty, ...] = ()
    """The parties outside who give to our processes or take from them."""
    standards: tuple[Standard, ...] = ()
    """Published standards whose clauses our processes satisfy."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Term:
    """A word with a fixed meaning in this handbook."""

    id: v.Id
    """Its id, unique in the glossary."""
    name: v.Line
    """The term as it is written in a sentence."""
    means: v.Prose
    """What it means here."""
    also: tuple[v.Line, ...] = ()
    """Other words for the same, and abbreviations."""
    see: tuple[Annotated[v.Text, v.Ref(("term",))], ...] = ()
    """Terms to read beside it."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Glossary:
    """The words that have a fixed meaning in this handbook."""

    terms: tuple[Term, ...]
    """The terms, in any order: pages sort them by name."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Function:
    """A unit of the organisation: a department or a team."""

    id: v.Id
    """Its id, unique among functions."""
    name: v.Line
    """What people call it."""
    purpose: v.Prose
    """What it is there for."""
    duties: tuple[v.Prose, ...] = ()
    """What it does besides the activities of processes."""
    hours: v.Prose | None = None
    """When it is staffed."""
    contact: tuple[v.Line, ...] = ()
    """How it is reached."""
    head: v.Role
    """The role that leads it."""
    part_of: Annotated[v.Text, v.Ref(("function",))] | None = None
    """The larger unit that it belongs to."""
    approvers: tuple[v.Role, ...] = ()
    """The roles that may approve its documents, besides its head."""
    formerly: tuple[v.Id, ...] = ()
    """Ids that it had before; they stay reserved."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class RoleKind:
    """A kind of role, whose duties are stated once for all roles of that kind."""

    id: v.Id
    """Its id, unique among kinds of role."""
    name: v.Line
    """What people call it."""
    purpose: v.Prose
    """What all roles of this kind are there for."""
    duties: tuple[v.Prose, ...]
    """What every role of this kind does, one sentence a line."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Functions:
    """The units of the organisation, and the kinds of role they hold."""

    functions: tuple[Function, ...]
    """The units of the organisation."""
    role_kinds: tuple[RoleKind, ...] = ()
    """Kinds of role with their common duties."""
    span: Span = field(compare=False, repr=False)
