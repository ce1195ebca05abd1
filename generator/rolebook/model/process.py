"""A process: its activities and their flow, its hand-offs, KPIs, controls, records and approval."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

END = "end"
ANY_PROCESS = "any-process"


@value(kw_only=True)
class Branch:
    """One way on from an activity, taken when a condition holds."""

    when: v.Line
    """The condition, as it would be said."""
    go_to: tuple[Annotated[v.Text, v.Ref(("activity", "end"), local=True)], ...]
    """The activity that follows then, or `end`; several where all follow at the same time."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Otherwise:
    """The way on from an activity when none of the conditions holds."""

    otherwise: tuple[Annotated[v.Text, v.Ref(("activity", "end"), local=True)], ...]
    """The activity that follows then, or `end`; several where all follow at the same time."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Parallel:
    """Several ways on at the same time; where they meet again, the activity waits for all that were begun."""

    all: tuple[v.LocalActivity, ...]
    """The activities that all follow."""
    span: Span = field(compare=False, repr=False)


Next = Annotated[v.Text, v.Ref(("activity", "end"), local=True)] | Parallel | tuple[Branch | Otherwise, ...]


@value(kw_only=True)
class Activity:
    """One piece of work in a process, done by roles."""

    id: v.Id
    """Its id, unique in the process; referred to as `process/activity`."""
    name: v.Line
    """What is done, beginning with a verb."""
    purpose: v.Prose | None = None
    """Why it is done, where the name does not say it."""
    triggers: tuple[v.Prose, ...] = ()
    """What sets the process going here, where it may begin elsewhere than at its first activity."""
    steps: tuple[v.Prose, ...]
    """The procedure, one instruction a line."""
    next: Next | None = None
    """What follows: nothing means the activity below; else `end`, an activity, branches, or `all` of several."""
    records: tuple[v.LocalRecord, ...] = ()
    """The records that it makes or changes."""
    tools: tuple[v.Line, ...] = ()
    """What it is done with."""
    separate_from: tuple[v.Activity, ...] = ()
    """Activities, written `process/activity`, that nobody may be responsible for together with this one."""
    formerly: tuple[v.Former, ...] = ()
    """Ids that it had before, written `process/activity` where it stood in another process; they stay reserved."""
    split_from: v.Activity | None = None
    """The activity, written `process/activity`, of which it was a part before it became one of its own."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class TakesHandOff:
    """What a process takes over from another one, named by that one's hand-off."""

    what: Annotated[v.Text, v.Ref(("hand-off",))]
    """The hand-off of the other process, written `process/hand-off`."""
    at: tuple[v.LocalActivity, ...]
    """The activity here that begins with it; several where it may arrive at any of them."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class TakesFrom:
    """What a process takes from a party outside, or from any process."""

    id: v.Id
    """Its id, unique in the process; a process that hands it over says `as` this id."""
    from_: Annotated[v.Text, v.Ref(("outside", "any-process"))]
    """`outside/party`, or `any-process`."""
    name: v.Line
    """What it is."""
    at: tuple[v.LocalActivity, ...]
    """The activity here that begins with it; several where it may arrive at any of them."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class HandOff:
    """What a process hands over to another process or to a party outside."""

    id: v.Id
    """Its id, unique in the process; the other process takes it as `process/hand-off`."""
    name: v.Line
    """What it is."""
    to: Annotated[v.Text, v.Ref(("process", "outside", "any-process"))]
    """The process that takes it, `outside/party`, or `any-process`."""
    after: tuple[v.LocalActivity, ...]
    """The activity here that ends with it; several where any of them may."""
    as_: v.Id | None = None
    """Where the other process takes the like from any process: the id it has there."""
    formerly: tuple[v.Former, ...] = ()
    """Ids that it had before, written `process/hand-off` where it stood in another process; they stay reserved."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Baseline:
    """What a KPI was before anything was done about it."""

    value: v.Number
    """The value, in the KPI's unit."""
    date: v.Day
    """The day it was taken."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Target:
    """What a KPI shall be, and by when."""

    value: v.Number | None = None
    """The value to reach, where lower or higher is better."""
    low: v.Number | None = None
    """The lower bound, where the KPI shall stay within bounds."""
    high: v.Number | None = None
    """The upper bound, where the KPI shall stay within bounds."""
    due: v.Day
    """The day by which it shall be reached."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Kpi:
    """A measure that says whether a process reaches an objective."""

    id: v.Id
    """Its id, unique in the process; referred to as `process/kpi`."""
    name: v.Line
    """What people call it."""
    counts: v.Prose
    """What is counted, and of what."""
    counted_from: tuple[v.Record, ...] = ()
    """The records it is counted from, written `process/record` since they may be another process's."""
    unit: v.Line
    """The unit of its values."""
    better: Annotated[v.Text, v.Choice(("lower", "higher", "within"))]
    """Which way is good."""
    measured_every: Annotated[v.Text, v.Choice(("day", "week", "month", "quarter", "half-year", "year"))]
    """How often it is measured."""
    objective: v.Objective
    """The business objective that it serves."""
    owner: v.Role
    """The role that answers for it."""
    lever: v.Prose
    """What the owner can do to move it."""
    baseline: Baseline | None = None
    """What it was before."""
    target: Target
    """What it shall be, and by when."""
    measured_from: v.Month | None = None
    """The month from which it is measured, where that has not begun yet."""
    formerly: tuple[v.Former, ...] = ()
    """Ids that it had before, written `process/kpi` where it stood in another process; they stay reserved."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Control:
    """A check built into the work, which keeps a rule from being broken unnoticed."""

    id: v.Id
    """Its id, unique in the process."""
    name: v.Line
    """What people call it."""
    ensures: v.Prose
    """What it makes sure of, and how."""
    at: tuple[v.LocalActivity, ...]
    """The activities where it works."""
    evidence: tuple[v.LocalRecord, ...] = ()
    """The records that show it was kept."""
    formerly: tuple[v.Former, ...] = ()
    """Ids that it had before, written `process/control` where it stood in another process; they stay reserved."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Record:
    """What a process writes down and keeps."""

    id: v.Id
    """Its id, unique in the process."""
    name: v.Line
    """What people call it."""
    holds: v.Prose
    """What stands in it."""
    kept_for: v.Line
    """How long it is kept."""
    formerly: tuple[v.Former, ...] = ()
    """Ids that it had before, written `process/record` where it stood in another process; they stay reserved."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Scope:
    """What a process covers, and what it leaves to others."""

    includes: tuple[v.Prose, ...]
    """What belongs to it."""
    excludes: tuple[v.Prose, ...] = ()
    """What does not, and who does that."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Approval:
    """Who approved a document, when, and when it is looked at again."""

    approved_by: v.RoleOrOutside
    """The role that approved it; for the uppermost job an outside party may, such as `outside/board`."""
    approved: v.Day
    """The day it was approved."""
    next_review: v.Day
    """The day by which it is reviewed."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Process:
    """A process: work that crosses functions to reach an objective, as it is done here."""

    id: v.Id = field(metadata={"file": True})
    name: v.Line
    """What people call it."""
    area: Annotated[v.Text, v.Ref(("area",))]
    """The group of processes that it belongs to."""
    owner: v.Role
    """The role that answers for the process and its improvement."""
    purpose: v.Prose
    """What it is there for, in a sentence or two."""
    scope: Scope | None = None
    """What it covers, and what it leaves to others."""
    objectives: tuple[v.Objective, ...]
    """The business objectives that it serves."""
    policies: tuple[Annotated[v.Text, v.Ref(("policy",))], ...] = ()
    """The organisation's policies that it keeps."""
    satisfies: tuple[Annotated[v.Text, v.Ref(("clause",))], ...] = ()
    """The clauses of standards that it satisfies, written `standard/clause`."""
    triggers: tuple[v.Prose, ...]
    """What sets it going, at its first activity."""
    takes: tuple[TakesHandOff | TakesFrom, ...] = ()
    """What it takes over from other processes and parties outside."""
    activities: tuple[Activity, ...]
    """What is done, in the usual order."""
    hands_over: tuple[HandOff, ...] = ()
    """What it hands over to other processes and parties outside."""
    kpis: tuple[Kpi, ...] = ()
    """How we see whether it works."""
    controls: tuple[Control, ...] = ()
    """Checks built into the work."""
    records: tuple[Record, ...] = ()
    """What it writes down and keeps."""
    approval: Approval | None = None
    """Who approved it, when, and when it is looked at again."""
    formerly: tuple[v.Id, ...] = ()
    """Ids that it had before; they stay reserved."""
    span: Span = field(compare=False, repr=False)
