"""The improvement programme at a glance: five questions, each answered in a few lines, and the pages that say more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rolebook.drawing.radar import Radar
from rolebook.model.backlinks import processes_by_area
from rolebook.model.benefits import Balance, benefits
from rolebook.model.figures import Counted, counted, figures_in_order, worst_first
from rolebook.model.gaps import Gap, gap_by_subject, gaps
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Status
from rolebook.model.levels import Maturity, maturity_of
from rolebook.model.maturity import AREAS, DEFINED, LEVELS, Assessment, Questionnaire
from rolebook.model.momentum import Success
from rolebook.model.organisation import Area
from rolebook.model.planning import (
    OVERDUE,
    TO_COME,
    Answers,
    answers,
    milestones_of,
    milestones_that_are,
    successes,
    suggestions,
)
from rolebook.model.programme import Milestone, Phase, ProgrammePlan
from rolebook.model.returns import reckoning, rounded
from rolebook.model.standing import INSTITUTIONALISED, standing
from rolebook.pages.checked import Checked
from rolebook.pages.composing import Part, compose
from rolebook.pages.maturity import assessments_of, drawn, in_order
from rolebook.pages.measured import FigureView, views_of
from rolebook.pages.page import Page
from rolebook.pages.places import (
    BENEFITS,
    BUSINESS_CASE,
    COMMUNICATION,
    CUSTOMERS,
    GAPS,
    IMPROVEMENTS,
    INDEX_HEADINGS,
    MOMENTUM,
    PROGRAMME,
    ROADMAP,
    SCORECARD,
    STEPS,
    TRACEABILITY,
)
from rolebook.rendering import Links, Writing

_FEW = 5
"""So many gaps, milestones and KPIs are named here; their own pages have all."""


@dataclass(frozen=True, slots=True)
class Money:
    """What the improvements that are achieved or decided cost and bring over the years of the business case."""

    costs: int
    benefits: int
    years: int


@dataclass(frozen=True, slots=True)
class Way:
    """The plan as it stands: its phases with milestones reached and all, what is late, and what comes next."""

    plan: ProgrammePlan
    phases: tuple[tuple[Phase, int, int], ...]
    now: Phase | None
    """The phase of the day, where the day is known."""
    late: tuple[Milestone, ...]
    next: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """What the programme has come to, question by question."""

    vision: str
    currency: str
    areas: tuple[Maturity, ...]
    radar: Radar | None
    shapes: tuple[tuple[str, str], ...]
    """What each shape of the drawing stands for: `now`, `before` or `expected`, and the day where it has one."""
    processes: tuple[tuple[Area, tuple[Maturity, ...]], ...]
    gaps: Mapping[str, Gap]
    """What lies between each process, or area, and its target."""
    first: tuple[Gap, ...]
    """The gaps to be closed first."""
    money: Money | None
    way: Way | None
    measured: Counted
    """How many KPIs stand how; nothing where none is measured."""
    help: tuple[FigureView, ...]
    balance: Balance
    success: Success | None
    """The newest one."""
    answers: Answers
    kept: int
    """How many improvements have become everyday practice."""
    questionnaires: tuple[tuple[Questionnaire, tuple[Assessment, ...]], ...]
    more: Mapping[str, tuple[str, ...]]
    """The pages that say more about each question, by path."""
    levels: tuple[str, ...] = LEVELS
    defined: int = DEFINED

    @property
    def stands(self) -> tuple[Maturity, ...]:
        """What was assessed: areas, then processes."""
        every = (*self.areas, *(one for _, own in self.processes for one in own))
        return tuple(one for one in every if one.now)

    @property
    def open_gaps(self) -> int:
        """How many targets are not reached yet, as far as anybody has looked."""
        return sum(gap.is_open for gap in self.gaps.values())


def pages(handbook: Handbook, links: Links, checked: Checked | None) -> Iterator[Page]:
    """The page of the programme; none where the handbook has nothing of one."""
    if not has_programme(handbook):
        return
    yield compose(
        handbook,
        links,
        PROGRAMME,
        "programme",
        _view(handbook, Writing(links.look.speech), checked.today if checked else None),
        [
            Part("question_now", "Where are we now?"),
            Part("section_areas", "The six areas", level=3),
            Part("section_processes", "The processes", level=3),
            Part("question_aim", "Where do we want to be?"),
            Part("question_way", "How do we get there?"),
            Part("question_check", "How do we see that we have arrived?"),
            Part("question_momentum", "How do we keep the momentum?"),
            Part("section_questionnaires", "Questionnaires and assessments"),
            Part("section_levels", "What the levels mean"),
        ],
        title=INDEX_HEADINGS[PROGRAMME],
        description="The improvement programme: where we are, where we want to be, and how we get there.",
        source=None,
    )


def has_programme(handbook: Handbook) -> bool:
    """Whether the handbook has anything of a programme: an assessment, a target, a plan, a measurement."""
    return bool(handbook.questionnaires or handbook.measurements) or any(_written(handbook).values())


def plans(handbook: Handbook) -> tuple[str, ...]:
    """The pages of the programme besides its first one, by path, in the order of the five questions."""
    return tuple(page for page, is_written in _written(handbook).items() if is_written)


def _written(handbook: Handbook) -> Mapping[str, bool]:
    card = handbook.scorecard
    return {
        GAPS: handbook.targets is not None,
        BUSINESS_CASE: reckoning(handbook) is not None,
        ROADMAP: handbook.programme is not None,
        STEPS: handbook.steps is not None,
        SCORECARD: bool(handbook.measurements),
        CUSTOMERS: bool(handbook.measurements and card and card.customers),
        BENEFITS: handbook.business_case is not None,
        TRACEABILITY: bool(handbook.measurements),
        MOMENTUM: handbook.momentum is not None,
        COMMUNICATION: handbook.communication is not None,
    }


def _view(handbook: Handbook, writing: Writing, today: date | None) -> ProgrammeView:
    areas = tuple(maturity_of(handbook, area) for area in AREAS)
    radar, shapes = drawn(areas, writing)
    known = [figure for figure in figures_in_order(handbook) if figure.measured]
    thanked = successes(handbook)
    return ProgrammeView(
        vision=handbook.organisation.vision,
        currency=handbook.organisation.currency,
        areas=areas,
        radar=radar,
        shapes=shapes,
        processes=tuple(
            (area, tuple(maturity_of(handbook, str(process.id)) for process in own))
            for area, own in processes_by_area(handbook)
        ),
        gaps=gap_by_subject(handbook),
        first=tuple(gap for gap in gaps(handbook) if gap.is_open)[:_FEW],
        money=_money(handbook),
        way=_way(handbook.programme, today) if handbook.programme else None,
        measured=counted(known),
        help=views_of(handbook, worst_first(known)[:_FEW]),
        balance=benefits(handbook),
        success=thanked[0] if thanked else None,
        answers=answers(suggestions(handbook)),
        kept=sum(standing(handbook, one).state == INSTITUTIONALISED for one in handbook.improvements.values()),
        questionnaires=tuple((one, assessments_of(handbook, one)) for one in in_order(handbook)),
        more=_more(plans(handbook)),
    )


def _more(there: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    by_question = {
        "aim": (GAPS, BUSINESS_CASE),
        "way": (ROADMAP, STEPS),
        "check": (SCORECARD, CUSTOMERS, BENEFITS, TRACEABILITY),
        "momentum": (MOMENTUM, COMMUNICATION),
    }
    found = {question: tuple(page for page in own if page in there) for question, own in by_question.items()}
    return {**found, "momentum": (*found["momentum"], IMPROVEMENTS)}


def _money(handbook: Handbook) -> Money | None:
    found = reckoning(handbook)
    decided = [one.whole for one in found.stages if one.stage != Status.PROPOSED.value] if found else []
    if not found or not decided:
        return None
    costs = sum((one.costs for one in decided), Fraction(0))
    brings = sum((one.benefits for one in decided), Fraction(0))
    return Money(rounded(costs), rounded(brings), int(found.business.years))


def _way(plan: ProgrammePlan, today: date | None) -> Way:
    return Way(
        plan=plan,
        phases=tuple(
            (phase, sum(one.done is not None for one in own), len(own))
            for phase in plan.phases
            for own in [milestones_of(plan, phase)]
        ),
        now=next((phase for phase in plan.phases if today is not None and phase.begins <= today <= phase.ends), None),
        late=milestones_that_are(OVERDUE, plan, today),
        next=milestones_that_are(TO_COME, plan, today)[:_FEW],
    )
