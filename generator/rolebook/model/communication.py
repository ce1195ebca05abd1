"""The communication plan: who is told what, why it matters to them, by whom, through what, and when."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

PATH = "process_defs/programme/communication.yaml"
"""Where it is written, relative to the handbook."""
PLANNED, SENT, CANCELLED = "planned", "sent", "cancelled"
GOOD, BAD, NEUTRAL = "good", "bad", "neutral"

Rhythm = Annotated[v.Text, v.Choice(("day", "week", "month", "quarter", "half-year", "year"))]


@value(kw_only=True)
class Communication:
    """One thing that somebody is told, once or in a rhythm."""

    id: v.Id
    """Its id, unique in the plan."""
    to: tuple[v.Audience, ...]
    """Who is told: roles, functions (which stand for all their roles), and parties outside (`outside/…`)."""
    message: v.Prose
    """What they are told."""
    matters: v.Prose
    """Why it matters to them."""
    channel: v.Line
    """How it reaches them: a meeting, a letter, a notice."""
    sender: v.Role
    """The role that tells them."""
    date: v.Day | None = None
    """The day for which it is planned."""
    every: Rhythm | None = None
    """The rhythm of what is told again and again, in place of a `date`."""
    state: Annotated[v.Text, v.Choice((PLANNED, SENT, CANCELLED))]
    """How far it has come: `planned` (also a rhythm, as long as it runs), `sent`, or `cancelled`."""
    sent: v.Day | None = None
    """The day on which it was sent."""
    about: v.Improvement | None = None
    """The improvement that it is about."""
    release: v.Version | None = None
    """The version of the handbook that it is about."""
    policy: v.Policy | None = None
    """The policy that it is about."""
    news: Annotated[v.Text, v.Choice((GOOD, BAD, NEUTRAL))] | None = None
    """What it is for those who are told: `good` or `bad`; `neutral`, too, where nothing is said."""
    span: Span = field(compare=False, repr=False)

    @property
    def day(self) -> v.Day | None:
        """The day on which it was sent, or for which it is planned; None for a rhythm."""
        return self.sent or self.date


@value(kw_only=True)
class CommunicationPlan:
    """What is told to whom, in the past and from now on."""

    communications: tuple[Communication, ...]
    """What is told, in any order."""
    span: Span = field(compare=False, repr=False)
