"""The plan of the programme drawn over its months, and the same as rows of a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rolebook.drawing.gantt import Gantt, Group, Moment, Piece, Stretch, gantt
from rolebook.drawing.timeline import Names
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.planning import lasts_until, milestones_by_area, milestones_of, period, share_of_phase, stand
from rolebook.model.programme import Deliverable, Milestone, Phase, ProgrammePlan
from rolebook.pages.linking import Linker
from rolebook.pages.places import ROADMAP
from rolebook.rendering import Look, Writing

MONTHS = tuple(f"2026-{number:02}" for number in range(1, 13))
_DRAWN = (Status.APPROVED.value, Status.IN_PROGRESS.value, Status.ACHIEVED.value)


class Row(NamedTuple):
    """One line of the table: what it is, from when to when, and how it stands."""

    name: str
    href: str
    begins: date | None
    ends: date
    says: str


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The drawing, and its table: the rows of each group under the group's name."""

    drawing: Gantt
    table: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Drafting:
    """What is needed to put a plan into words and links."""

    handbook: Handbook
    link: Linker
    look: Look
    today: date | None

    def say(self, text: str, **values: object) -> str:
        return self.look.say(text).format(**values)

    def day(self, value: date) -> str:
        return Writing(self.look.speech).plain_day(value)


def roadmap(handbook: Handbook, plan: ProgrammePlan, link: Linker, look: Look, today: date | None) -> Roadmap | None:
    """The plan over its months, with a line for `today` where that is known; None where it names no day."""
    whole = period(plan)
    if whole is None:
        return None
    drafting = _Drafting(handbook, link, look, today)
    groups = [*_groups(drafting, plan, *whole)]
    named = (today, drafting.day(today)) if today else None
    drawn = gantt(groups, *whole, _names(drafting), named)
    return Roadmap(drawn, tuple((one.name, tuple(map(_row, one.pieces))) for one in groups if one.pieces))


def _groups(drafting: _Drafting, plan: ProgrammePlan, begins: date, ends: date) -> Iterator[Group]:
    """The phases, each area of work, and the improvements that fall into the time of the plan."""
    heading = Writing(drafting.look.speech).heading
    phases = sorted(plan.phases, key=lambda one: one.begins)
    yield Group(drafting.look.say("Phases"), [_phase(drafting, plan, phase) for phase in phases], stepped=True)
    by_area = milestones_by_area(plan)
    for area in dict.fromkeys((*by_area, *(str(one.area) for one in plan.deliverables))):
        own = [_deliverable(drafting, one) for one in plan.deliverables if one.area == area]
        yield Group(heading(area), _by_day([*(_milestone(drafting, one) for one in by_area.get(area, ())), *own]))
    bars = [bar for one in drafting.handbook.improvements.values() if (bar := _improvement(drafting, one))]
    within = [bar for bar in bars if bar.begins <= ends and bar.ends >= begins]
    yield Group(drafting.look.say("Improvements"), _by_day(within))


def _by_day(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda one: (one.day if isinstance(one, Moment) else one.begins, one.name))


def _phase(drafting: _Drafting, plan: ProgrammePlan, phase: Phase) -> Stretch:
    own = milestones_of(plan, phase)
    reached = sum(one.done is not None for one in own)
    says = drafting.say("{some} of {all} milestones reached", some=reached, all=len(own)) if own else ""
    href = drafting.link.href("phase", f"plan/{phase.id}")
    return Stretch(phase.name, href, says, phase.begins, phase.ends, float(share_of_phase(plan, phase)), "phase")


def _milestone(drafting: _Drafting, milestone: Milestone) -> Moment:
    state = stand(milestone.due, milestone.done, drafting.today)
    says = {
        "reached": drafting.say("reached"),
        "to-come": drafting.say("to be reached"),
        "overdue": drafting.say("overdue"),
    }[state]
    if milestone.moved_from:
        says += ", " + drafting.say("moved from {day}", day=drafting.day(milestone.moved_from))
    href = drafting.link.href("milestone", f"plan/{milestone.id}")
    return Moment(milestone.name, href, says, milestone.done or milestone.due, milestone.moved_from, state)


def _deliverable(drafting: _Drafting, deliverable: Deliverable) -> Stretch:
    done, every = sum(one.done is not None for one in deliverable.drafts), len(deliverable.drafts)
    says = drafting.say("{some} of {all} drafts done", some=done, all=every)
    href = drafting.link.to(ROADMAP, f"plan_{deliverable.id}")
    ends = lasts_until(deliverable)
    return Stretch(deliverable.name, href, says, deliverable.begins, ends, done / max(1, every), "deliverable")


def _improvement(drafting: _Drafting, improvement: Improvement) -> Stretch | None:
    """The bar of an improvement, from consent to achievement or the day it is due; None where one is not known."""
    ends = improvement.achieved or improvement.due
    if improvement.status not in _DRAWN or not improvement.approval or not ends:
        return None
    state = Writing(drafting.look.speech).words(improvement.status)
    share = 1.0 if improvement.achieved else 0.0
    href = drafting.link.href("improvement", str(improvement.id))
    return Stretch(improvement.name, href, state, improvement.approval.approved, ends, share, str(improvement.status))


def _row(piece: Piece) -> Row:
    if isinstance(piece, Moment):
        return Row(piece.name, piece.href, None, piece.day, piece.says)
    return Row(piece.name, piece.href, piece.begins, piece.ends, piece.says)


def _names(drafting: _Drafting) -> Names:
    """The months, by the first letters of their names, and the quarters."""
    writing = Writing(drafting.look.speech)
    months = (writing.month(month).replace("2026", "").strip()[:3] for month in MONTHS)
    return Names(tuple(months), tuple(drafting.say("Q{number}", number=number) for number in range(1, 5)))
