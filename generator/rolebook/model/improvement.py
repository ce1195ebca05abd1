"""An improvement: what shall be better, what it changes in the handbook, and how far it has come."""

from dataclasses import field
from enum import StrEnum
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value


class Status(StrEnum):
    """How far an improvement has come; whether it is institutionalised is derived."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    IN_PROGRESS = "in-progress"
    ACHIEVED = "achieved"
    REJECTED = "rejected"


@value(kw_only=True)
class Money:
    """An amount, in the organisation's currency."""

    once: v.Number | None = None
    """Once."""
    per_year: v.Number | None = None
    """Every year."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Measured:
    """The KPI that shows the benefit, and the months that are compared."""

    kpi: v.Kpi
    """The KPI, written `process/kpi`."""
    before: v.Month
    """A month before the improvement."""
    after: v.Month
    """A month after it."""
    share: v.Whole | None = None
    """How much of what the KPI moved is due to it, in percent; all of it where nothing is said."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Waiver:
    """Why a role that an improvement touches does not need a duty or a training module for it."""

    of: Annotated[v.Text, v.Choice(("duty", "training"))]
    """What is waived: the `duty` in the job description, or the `training`."""
    for_: v.Role
    """The role."""
    reason: v.Prose
    """Why it does not need it."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Consent:
    """Who agreed to an improvement, and when."""

    approved_by: v.Role
    """The role that agreed."""
    approved: v.Day
    """The day it agreed."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Improvement:
    """A change for the better, from the first suggestion until it is everybody's everyday practice."""

    id: v.Id = field(metadata={"file": True})
    name: v.Line
    """What people call it."""
    status: Annotated[v.Text, v.Choice(tuple(Status))]
    """How far it has come."""
    owner: v.Role | None = None
    """The role that sees it through."""
    origin: v.Prose
    """What gave rise to it: a review, a complaint, a figure, a suggestion."""
    suggested_by: v.Role | None = None
    """The role that suggested it."""
    problem: v.Prose
    """What is not good enough today."""
    approach: tuple[v.Prose, ...]
    """What is done about it, one sentence a line."""
    benefit: v.Prose | None = None
    """What the business gains."""
    objective: v.Objective | None = None
    """The business objective that it serves."""
    quick_win: bool = False
    """`true` where it shows within weeks."""
    leads_to: v.Improvement | None = None
    """The larger improvement that a quick win prepares."""
    adds: tuple[v.Element, ...] = ()
    """What it brings into the handbook: `activity:process/id`, `kpi:…`, `hand-off:…`, `control:…`, `role:id`."""
    changes: tuple[v.Element, ...] = ()
    """What it changes there."""
    removes: tuple[v.Line, ...] = ()
    """What it takes out: written as in `adds`, though no longer there."""
    replaces: tuple[v.Improvement, ...] = ()
    """Earlier improvements whose protected elements this one may undo."""
    retrain: bool = True
    """`false` where nobody has to learn anything; each role then needs a waiver with its reason."""
    cost: Money | None = None
    """What it costs."""
    saves: Money | None = None
    """What it saves."""
    measured: Measured | None = None
    """The KPI that shows the benefit, before and after."""
    due: v.Day | None = None
    """The day by which it shall be achieved."""
    achieved: v.Day | None = None
    """The day it was achieved."""
    approval: Consent | None = None
    """Who agreed to it, and when."""
    waivers: tuple[Waiver, ...] = ()
    """Roles that need no duty or no training for it, with the reason."""
    lessons: tuple[v.Prose, ...] = ()
    """What was learnt on the way."""
    formerly: tuple[v.Id, ...] = ()
    """Ids that it had before; they stay reserved."""
    span: Span = field(compare=False, repr=False)
