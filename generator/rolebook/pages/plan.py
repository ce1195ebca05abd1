"""How we get there: what the programme is for, its roadmap, phases, milestones, deliverables, and what may fail."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.planning import (
    OVERDUE,
    REACHED,
    TO_COME,
    grade,
    gravest_first,
    milestones_by_area,
    milestones_of,
    milestones_that_are,
    period,
    quick_wins,
    reviews_of,
    signing,
    stand,
)
from rolebook.model.programme import (
    RESISTANCE,
    RISK,
    Deliverable,
    Draft,
    Milestone,
    Phase,
    ProgrammePlan,
    Review,
    Risk,
)
from rolebook.pages.checked import Checked
from rolebook.pages.composing import Part, compose
from rolebook.pages.linking import Linker
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, ROADMAP, local_anchor
from rolebook.pages.roadmap import Roadmap, roadmap
from rolebook.rendering import Links, Writing


class Graded(NamedTuple):
    """A risk with its grade."""

    risk: Risk
    grade: int


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan, as of a day where that is known."""

    plan: ProgrammePlan
    today: date | None
    currency: str
    period: tuple[date, date] | None
    roadmap: Roadmap | None
    areas: Mapping[str, tuple[Milestone, ...]]
    next: Milestone | None
    risks: tuple[Graded, ...]
    resistance: tuple[Graded, ...]
    quick_wins: tuple[Improvement, ...]
    improvements: Mapping[str, Improvement]

    def stand(self, one: Milestone | Draft) -> str:
        """How a milestone or a draft stands: `reached`, `to-come`, or `overdue`."""
        return stand(one.due, one.done, self.today)

    def signing(self, review: Review) -> str:
        """How a review stands, in the same words; or `sent-back`."""
        return signing(review, self.today)

    def reviews(self, deliverable: Deliverable, draft: Draft) -> tuple[Review, ...]:
        """The reviews of a draft."""
        return reviews_of(deliverable, draft)

    def milestones(self, phase: Phase) -> tuple[Milestone, ...]:
        """The milestones of a phase."""
        return milestones_of(self.plan, phase)

    @property
    def reached(self) -> int:
        """How many milestones are reached."""
        return sum(self.stand(one) == REACHED for one in self.plan.milestones)

    @property
    def overdue(self) -> int:
        """How many milestones are overdue."""
        return sum(self.stand(one) == OVERDUE for one in self.plan.milestones)


def pages(handbook: Handbook, links: Links, checked: Checked | None) -> Iterator[Page]:
    """The page of the plan; none without one. What is overdue is so as of the day of the check."""
    plan = handbook.programme
    if plan is None:
        return
    view = _view(handbook, plan, links, checked.today if checked else None)
    yield compose(
        handbook,
        links,
        ROADMAP,
        "roadmap",
        view,
        _parts(view, Writing(links.look.speech)),
        title=INDEX_HEADINGS[ROADMAP],
        description="What the programme is there for, what it will reach by when, and what may keep it from that.",
        source=plan.span,
        also=(plan.name,),
    )


def _view(handbook: Handbook, plan: ProgrammePlan, links: Links, today: date | None) -> PlanView:
    return PlanView(
        plan=plan,
        today=today,
        currency=handbook.organisation.currency,
        period=period(plan),
        roadmap=roadmap(handbook, plan, Linker(handbook, links, ROADMAP), links.look, today),
        areas=milestones_by_area(plan),
        next=next(iter(milestones_that_are(TO_COME, plan, today)), None),
        risks=tuple(Graded(one, grade(one)) for one in gravest_first(plan, RISK)),
        resistance=tuple(Graded(one, grade(one)) for one in gravest_first(plan, RESISTANCE)),
        quick_wins=quick_wins(handbook),
        improvements=handbook.improvements,
    )


def _parts(view: PlanView, writing: Writing) -> Iterator[Part]:
    yield Part("section_roadmap", "Roadmap")
    yield Part("section_terms", "Terms of reference", view.plan.terms.span)
    yield Part("section_phases", "Phases")
    for phase in view.plan.phases:
        anchor = local_anchor("phase", f"plan/{phase.id}")
        yield Part("phase", phase.name, phase.span, id=anchor, level=3, about={"phase": phase})
    yield Part("section_milestones", "Milestones")
    for area, own in view.areas.items():
        about = {"area": area, "milestones": own}
        yield Part("milestones", writing.heading(area), id=f"milestones_{area}", level=3, about=about)
    yield Part("section_deliverables", "Deliverables")
    yield Part("section_risks", "Risks")
    yield Part("section_resistance", "Resistance")
    yield Part("section_quick_wins", "Quick wins")
    yield Part("section_factors", "What must not be missing")
