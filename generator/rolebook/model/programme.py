"""The plan of the programme: its terms of reference, phases, milestones, deliverables, risks and success factors."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.model.improvement import Money
from rolebook.source import Span
from rolebook.value import value

PATH = "process_defs/programme/plan.yaml"
"""Where it is written, relative to the handbook."""
WORK_AREAS = ("processes", "tools", "training", "management")
"""The four areas in which a programme works, in the order in which the roadmap shows them."""
RISK, RESISTANCE = "risk", "resistance"
OPEN, CLOSED = "open", "closed"
SECURED, FRAGILE, MISSING = "secured", "fragile", "missing"
"""How a critical success factor stands: it is there, it may be lost, it is not there."""

WorkArea = Annotated[v.Text, v.Choice(WORK_AREAS)]
Grade = Annotated[v.Text, v.Choice(("low", "medium", "high"))]


@value(kw_only=True)
class TermsOfReference:
    """What the programme is there for, who leads it, and how far its power reaches."""

    purpose: v.Prose
    """What it is to bring about."""
    includes: tuple[v.Prose, ...]
    """What belongs to it."""
    excludes: tuple[v.Prose, ...] = ()
    """What does not."""
    sponsor: v.Role
    """The role that wants it, pays for it, and clears what stands in its way."""
    lead: v.Role
    """The role that runs it."""
    coalition: tuple[v.RoleOrOutside, ...]
    """The roles that guide it together."""
    decides: tuple[v.Prose, ...]
    """What it may decide, and what it has to ask for."""
    reports: v.Prose
    """To whom it reports, how often, and what."""
    budget: Money | None = None
    """What it may spend."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Phase:
    """A part of the programme: once around plan, do, check, act."""

    id: v.Id
    """Its id, unique in the plan."""
    name: v.Line
    """What people call it."""
    aim: v.Prose
    """What is different when it is over."""
    begins: v.Day
    """Its first day."""
    ends: v.Day
    """Its last day."""
    plan: tuple[v.Prose, ...]
    """What is decided in it beforehand, one sentence a line."""
    do: tuple[v.Prose, ...]
    """What is then done."""
    check: tuple[v.Prose, ...]
    """How it is seen whether that helped."""
    act: tuple[v.Prose, ...]
    """What is made of it: kept, changed, or given up."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Milestone:
    """Something that is to be reached by a day, and can be seen to be reached."""

    id: v.Id
    """Its id, unique in the plan."""
    name: v.Line
    """What has been reached, as a fact."""
    phase: v.LocalPhase
    """The phase that it belongs to."""
    area: WorkArea
    """The area of work that it belongs to."""
    due: v.Day
    """The day by which it is to be reached."""
    moved_from: v.Day | None = None
    """The day by which it was to be reached at first, where it has been moved."""
    done: v.Day | None = None
    """The day on which it was reached."""
    owner: v.Role
    """The role that answers for it."""
    shows: v.Prose
    """What shows that it has been reached."""
    after: tuple[v.LocalMilestone, ...] = ()
    """The milestones that have to be reached before."""
    improvements: tuple[v.Improvement, ...] = ()
    """The improvements that it takes."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Draft:
    """One state of a deliverable on the way to the last."""

    name: v.Line
    """What it is: a first draft, a trial, the final version."""
    due: v.Day
    """The day by which it is to be there."""
    done: v.Day | None = None
    """The day on which it was there."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Review:
    """A point at which somebody looks at a deliverable, and signs it off or sends it back."""

    by: v.RoleOrOutside
    """The role that signs."""
    of: v.Line
    """The draft that is looked at, by its name."""
    due: v.Day
    """The day by which it is to be signed."""
    signed: v.Day | None = None
    """The day on which it was signed."""
    sent_back: v.Day | None = None
    """The day on which it was sent back instead, to be looked at again in a later draft."""
    result: v.Prose | None = None
    """What came of it: what was asked for, or why it was sent back."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Deliverable:
    """Something that the programme makes, in several drafts that are reviewed."""

    id: v.Id
    """Its id, unique in the plan."""
    name: v.Line
    """What it is."""
    area: WorkArea
    """The area of work that it belongs to."""
    owner: v.Role
    """The role that answers for it."""
    begins: v.Day
    """The day on which work on it begins."""
    milestone: v.LocalMilestone
    """The milestone that it is needed for."""
    drafts: tuple[Draft, ...]
    """Its drafts, the first one first."""
    reviews: tuple[Review, ...]
    """When it is looked at, and by whom."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Risk:
    """What may keep the programme from its aim, or who may, and the answer to that."""

    id: v.Id
    """Its id, unique in the plan."""
    kind: Annotated[v.Text, v.Choice((RISK, RESISTANCE))]
    """`risk`, or `resistance` of people who lose something by the change."""
    what: v.Prose
    """What may happen; of resistance, who has what to lose."""
    likelihood: Grade
    """How likely it is."""
    effect: Grade
    """How much it would hurt."""
    answer: v.Prose
    """What is done about it."""
    owner: v.Role
    """The role that watches it."""
    state: Annotated[v.Text, v.Choice((OPEN, CLOSED))]
    """Whether it still has to be watched."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class SuccessFactor:
    """Something without which the programme would fail, whatever else is done."""

    id: v.Id
    """Its id, unique in the plan."""
    name: v.Line
    """What has to be there."""
    state: Annotated[v.Text, v.Choice((SECURED, FRAGILE, MISSING))]
    """How it stands: `secured`, `fragile`, or `missing`."""
    looked_at: v.Day
    """The day on which that was judged."""
    shows: v.Prose
    """What the judgement rests on."""
    next: v.Prose | None = None
    """What is done to secure it, where it is not."""
    owner: v.Role
    """The role that answers for it."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class ProgrammePlan:
    """How we get there: the plan over the four areas of work, with what may go wrong and what must not be missing."""

    name: v.Line
    """What the programme is called."""
    terms: TermsOfReference
    """What it is there for, who leads it, and how far its power reaches."""
    phases: tuple[Phase, ...]
    """Its phases, in their order."""
    milestones: tuple[Milestone, ...]
    """What is to be reached by when."""
    deliverables: tuple[Deliverable, ...] = ()
    """What it makes."""
    risks: tuple[Risk, ...] = ()
    """What may go wrong, and who may be against it."""
    success_factors: tuple[SuccessFactor, ...] = ()
    """What must not be missing."""
    span: Span = field(compare=False, repr=False)
