"""The pages of improvements: the register by status, and a page each with its consolidation record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rolebook.model.backlinks import improvements_by_name, prepared_by, replaced_by
from rolebook.model.consolidation import Reach, consolidation
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.process import Kpi
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.page import Page
from rolebook.pages.places import IMPROVEMENTS, INDEX_HEADINGS, place
from rolebook.rendering import Links, Writing

_STATES = (Status.PROPOSED, Status.APPROVED, Status.IN_PROGRESS, Status.ACHIEVED)
"""The columns of the board."""
_ORDER = (Status.IN_PROGRESS, Status.APPROVED, Status.PROPOSED, Status.ACHIEVED, Status.REJECTED)


@dataclass(frozen=True, slots=True)
class ImprovementView:
    """An improvement with whom it touches, and how it hangs together with others."""

    improvement: Improvement
    currency: str
    record: tuple[tuple[str, tuple[Reach, ...]], ...]
    """By role, how far it has reached those who do what it brings or answer for it."""
    told: tuple[str, ...]
    """The roles that need no more than to be told."""
    measured: Kpi | None
    """The KPI that shows the benefit."""
    prepared_by: tuple[Improvement, ...]
    replaced_by: tuple[Improvement, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A state on the board, where its improvements are listed on the page, and these improvements."""

    state: str
    anchor: str
    improvements: tuple[Improvement, ...]


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The improvements by how far they have come: on a board, and with what they cost and bring."""

    board: tuple[Column, ...]
    by_status: tuple[tuple[str, tuple[Improvement, ...]], ...]
    currency: str


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The register, and a page for each improvement."""
    yield _register(handbook, links)
    for improvement in handbook.improvements.values():
        yield compose(
            handbook,
            links,
            place("improvement", improvement.id).page,
            "improvement",
            _view(handbook, improvement),
            _parts(improvement),
            title=improvement.name,
            description=sentence(improvement.problem),
            source=improvement.span,
        )


def _register(handbook: Handbook, links: Links) -> Page:
    everything = improvements_by_name(handbook)
    by_status = ((str(status), tuple(i for i in everything if Status(i.status) is status)) for status in _ORDER)
    view = RegisterView(
        tuple(_columns(handbook)), tuple(entry for entry in by_status if entry[1]), handbook.organisation.currency
    )
    return compose(
        handbook,
        links,
        IMPROVEMENTS,
        "register",
        view,
        _lists(view, Writing(links.look.speech)),
        title=INDEX_HEADINGS[IMPROVEMENTS],
        description="The register of improvements, by how far they have come.",
        source=None,
    )


def _columns(handbook: Handbook) -> Iterator[Column]:
    """The states in their order; improvements that were rejected have none."""
    by_state: dict[str, list[Improvement]] = {state: [] for state in _STATES}
    for improvement in improvements_by_name(handbook):
        if not _rejected(improvement):
            by_state[str(improvement.status)].append(improvement)
    for state, own in by_state.items():
        yield Column(state, f"status_{state}", tuple(sorted(own, key=_urgency)))


def _urgency(improvement: Improvement) -> tuple[date, str]:
    """What cards are sorted by: what is due soonest, or was achieved first."""
    return (improvement.achieved or improvement.due or date.max, improvement.name.casefold())


def _lists(view: RegisterView, writing: Writing) -> Iterator[Part]:
    yield Part("section_board", "Board")
    for status, listed in view.by_status:
        about = {"status": status, "improvements": listed}
        yield Part("status", writing.heading(status), id=f"status_{status}", about=about)


def _view(handbook: Handbook, improvement: Improvement) -> ImprovementView:
    by_role: dict[str, list[Reach]] = {}
    for reach in () if _rejected(improvement) else consolidation(handbook, improvement):
        needed = by_role.setdefault(reach.touch.role, [])
        if reach.touch.needs_work:
            needed.append(reach)
    return ImprovementView(
        improvement=improvement,
        currency=handbook.organisation.currency,
        record=tuple((role, tuple(needed)) for role, needed in by_role.items() if needed),
        told=tuple(role for role, needed in by_role.items() if not needed),
        measured=_measured(handbook, improvement),
        prepared_by=prepared_by(handbook).get(improvement.id, ()),
        replaced_by=replaced_by(handbook).get(improvement.id, ()),
    )


def _parts(improvement: Improvement) -> Iterator[Part]:
    yield Part("section_origin", "Where it comes from", improvement.origin.span)
    yield Part("section_problem", "The problem", improvement.problem.span)
    rejected = _rejected(improvement)
    achieved = improvement.status == Status.ACHIEVED.value
    approach = "What was proposed" if rejected else "What was done" if achieved else "What shall be done"
    yield Part("section_approach", approach, improvement.approach[0].span if improvement.approach else None)
    benefit = "Benefit" if achieved else "Benefit expected"
    yield Part("section_benefit", benefit, improvement.benefit.span if improvement.benefit else None)
    elements = (*improvement.adds, *improvement.changes, *improvement.removes)
    changes = "What it would have changed in the handbook" if rejected else "What it changes in the handbook"
    record = "Consolidation record" if achieved else "Consolidation record, as it stands today"
    yield Part("section_changes", changes, elements[0].span if elements else None)
    yield Part("section_record", record)
    yield Part("section_measured", "Measured", improvement.measured.span if improvement.measured else None)
    yield Part("section_lessons", "Lessons", improvement.lessons[0].span if improvement.lessons else None)


def _measured(handbook: Handbook, improvement: Improvement) -> Kpi | None:
    if improvement.measured is None:
        return None
    process, _, id = improvement.measured.kpi.partition("/")
    return (
        next((kpi for kpi in handbook.processes[process].kpis if kpi.id == id), None)
        if process in handbook.processes
        else None
    )


def _rejected(improvement: Improvement) -> bool:
    return improvement.status == Status.REJECTED.value
