"""Where we are now: what is asked about a process or an area, and what was answered on a day."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

LEVELS = ("absent", "initial", "repeatable", "defined", "managed", "optimising")
"""The levels of the Process Maturity Framework, from 0 to 5."""
HIGHEST = len(LEVELS) - 1
DEFINED = 3
"""The level from which on a process is described, owned, measured and taught."""
AREAS = ("vision-and-strategy", "steering", "processes", "people", "technology", "culture")
"""The six areas in which an organisation matures."""
YES, PARTLY, NO, NOT_APPLICABLE = "yes", "partly", "no", "not-applicable"
METHODS = ("self", "peer", "benchmark", "standard")
"""How an assessment was made: by those who do the work, by colleagues, against others, against a standard."""

Area = Annotated[v.Text, v.Choice(AREAS)]


@value(kw_only=True)
class MaturityQuestion:
    """A question whose answer shows whether a level of maturity has been reached."""

    id: v.Id
    """Its id, unique in the questionnaire."""
    level: v.Whole
    """The level that it belongs to, from 1 (initial) to 5 (optimising)."""
    area: Area | None = None
    """The area that it is about, in the questionnaire of the six areas."""
    asks: v.Prose
    """The question, to be answered with yes, partly or no."""
    shows: v.Prose
    """What a yes is evidence for, and what an assessor wants to see."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Questionnaire:
    """What is asked to find out how mature a process, or each of the six areas, is."""

    id: v.Id = field(metadata={"file": True})
    name: v.Line
    """What people call it."""
    process: v.Process | None = None
    """The process that it is about; nothing written means the six areas."""
    introduction: v.Prose | None = None
    """What to know before answering."""
    questions: tuple[MaturityQuestion, ...]
    """The questions, by level."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Answer:
    """The answer to a question, and what it rests on."""

    question: v.Id = field(metadata={"entry": True})
    """The question's id in the questionnaire."""
    answer: Annotated[v.Text, v.Choice((YES, PARTLY, NO, NOT_APPLICABLE))]
    """`yes`, `partly`, `no`, or `not-applicable`."""
    evidence: v.Prose | None = None
    """What the assessor saw; for `no`, what is missing."""
    reason: v.Prose | None = None
    """Why a question does not apply."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Answers:
    """The answers, question by question."""

    given: Annotated[tuple[Answer, ...], v.Entries()]
    """One for each question: its id, and the answer."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class ExpectedLevel:
    """The level at which an area was expected."""

    area: Area
    """The area."""
    level: v.Whole
    """The level, from 0 to 5."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Assessment:
    """What was found on a day about the maturity of a process, or of the six areas."""

    id: v.Id = field(metadata={"file": True})
    questionnaire: v.Questionnaire
    """What was asked."""
    date: v.Day
    """The day it was completed."""
    method: Annotated[v.Text, v.Choice(METHODS)]
    """Who looked, or at what: `self`, `peer`, `benchmark`, or `standard`."""
    assessor: v.RoleOrOutside
    """Who led it."""
    expected: v.Whole | None = None
    """The level, from 0 to 5, that those who do the work expected before they were asked."""
    expected_areas: tuple[ExpectedLevel, ...] = ()
    """The same for each of the six areas."""
    note: v.Prose | None = None
    """What a reader must know about the circumstances."""
    answers: Answers
    """The answers, by the id of the question."""
    span: Span = field(compare=False, repr=False)
