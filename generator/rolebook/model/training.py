"""A training plan: who is trained, when, how, and in what."""

import hashlib
from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

FORMATS = ("classroom", "e-learning", "on-the-job", "exercise", "self-study")
HYPHENATED = ("e-learning", "self-study")
"""Those of them that keep their hyphen in a sentence."""
Format = Annotated[v.Text, v.Choice(FORMATS)]


@value(kw_only=True)
class Audience:
    """Who is trained: whoever holds one of these roles or jobs."""

    roles: tuple[v.Role, ...] = ()
    """The roles."""
    jobs: tuple[v.Job, ...] = ()
    """The jobs."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Schedule:
    """When training takes place."""

    within_days: v.Whole | None = None
    """For a newcomer: within so many days of taking the role on."""
    every_months: v.Whole | None = None
    """Again, after so many months."""
    on_release: Annotated[v.Text, v.Choice(("changed-modules", "all", "none"))] | None = None
    """After a release: the modules concerned by what changed, all of the plan as soon as one is, or none."""
    dates: tuple[v.Day, ...] = ()
    """Days that are already fixed."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Manner:
    """How training is presented."""

    formats: tuple[Format, ...]
    """The forms it takes."""
    trainer: v.Role
    """The role that gives it."""
    shadowing: v.Prose | None = None
    """How the newcomer works beside somebody experienced, and the reverse."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Question:
    """A question that shows whether something was learnt."""

    question: v.Prose
    """The question."""
    answer: v.Prose
    """The answer expected."""
    wrong: tuple[v.Prose, ...] = ()
    """Answers that are wrong, to choose from beside the right one; without them it is answered in one's own words."""
    span: Span = field(compare=False, repr=False)

    @property
    def choices(self) -> tuple[v.Text, ...]:
        """The right answer among the wrong ones, in an order that tells nothing; none to answer in one's own words."""
        if not self.wrong:
            return ()
        return tuple(sorted(dict.fromkeys((self.answer, *self.wrong)), key=self._mixed))

    def _mixed(self, answer: str) -> bytes:
        return hashlib.sha256(f"{self.question}\n{answer}".encode()).digest()


@value(kw_only=True)
class TrainingModule:
    """A part of a training plan that is taught in one go."""

    id: v.Id
    """Its id, unique in the plan."""
    name: v.Line
    """What people call it."""
    minutes: v.Whole
    """How long it takes."""
    for_: tuple[v.Role, ...] = ()
    """The roles it is for; nothing written means everybody in the plan."""
    teaches: tuple[Annotated[v.Text, v.Ref(("activity", "process"))], ...]
    """The activities it teaches (`process/activity`), or whole processes for those who answer for them."""
    objectives: tuple[v.Prose, ...]
    """What participants can do afterwards."""
    content: tuple[v.Prose, ...]
    """What is covered, in order."""
    materials: tuple[v.Prose, ...] = ()
    """What trainer and participants need."""
    prerequisites: tuple[v.LocalModule, ...] = ()
    """Modules of this plan to be taken before."""
    questions: tuple[Question, ...] = ()
    """Questions with their answers."""
    observed: tuple[v.Prose, ...] = ()
    """What a trainer watches the participant do, as a checklist."""
    reviewed: v.Day | None = None
    """The day its content was last checked against the process."""
    formerly: tuple[v.Former, ...] = ()
    """Ids that it had before, written `plan/module` where it stood in another plan; they stay reserved."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class TrainingPlan:
    """What makes a defined process a practised one: who is trained, when, how, and in what."""

    id: v.Id = field(metadata={"file": True})
    name: v.Line
    """What people call it."""
    owner: v.Role
    """The role that keeps the plan up to date."""
    purpose: v.Prose
    """What it is there for."""
    who: Audience | None = None
    """Who is trained."""
    when: Schedule | None = None
    """When."""
    how: Manner | None = None
    """How it is presented."""
    prerequisites: tuple[v.Plan, ...] = ()
    """Plans to be completed before."""
    modules: tuple[TrainingModule, ...] = ()
    """What it contains."""
    graduation: v.Prose | None = None
    """What shows that somebody may work alone."""
    formerly: tuple[v.Id, ...] = ()
    """Ids that it had before; they stay reserved."""
    span: Span = field(compare=False, repr=False)
