"""The pages of improvements: the register by status, and a page each with its consolidation record."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from rolebook.model.backlinks import improvements_by_name, prepared_by, replaced_by
from rolebook.model.benefits import Benefit, benefit_of
from rolebook.model.communication import Communication
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.planning import urgency
from rolebook.model.process import Kpi
from rolebook.model.proof import Proof, proof, proofs, proofs_of_kpi
from rolebook.model.returns import reckoning
from rolebook.model.standing import (
    INSTITUTIONALISED,
    STATES,
    Record,
    former_name,
    record,
    standing,
    taken_out,
)
from rolebook.model.telling import communications_by_improvement
from rolebook.model.values import Element
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.page import Page
from rolebook.pages.places import IMPROVEMENTS, INDEX_HEADINGS, place
from rolebook.pages.reckoning import OwnSums, own_sums
from rolebook.rendering import Links, Writing

_ORDER = (
    Status.IN_PROGRESS.value,
    Status.APPROVED.value,
    Status.PROPOSED.value,
    Status.ACHIEVED.value,
    INSTITUTIONALISED,
    Status.REJECTED.value,
)
"""The lists below the board: what is under way comes first."""
_KINDS = frozenset(get_args(Element)[1].kinds)
"""What an improvement brings; what it removes may be anything."""


@dataclass(frozen=True, slots=True)
class ImprovementView:
    """An improvement with whom it touches, and how it hangs together with others."""

    improvement: Improvement
    currency: str
    record: Record | None
    """Nothing for one that was rejected, and for one that does not say yet what it brings."""
    brought: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    """What it `adds`, `changes` and `removes`: how many things of each kind."""
    taken_out: Mapping[str, Improvement]
    """What it brought that has been taken out since, and by which improvement."""
    names: Mapping[str, str]
    """What was called how, of what is no longer there."""
    measured: Kpi | None
    """The KPI that shows the benefit."""
    proof: Proof | None
    """What was measured of it; None where nothing has been measured at all."""
    others: tuple[Proof, ...]
    """What others claim of the same KPI in the same time."""
    sums: OwnSums | None
    """What it comes to; None where its cost or its saving is not known."""
    benefit: Benefit | None
    """What it claims to save and what was counted; None unless it is achieved."""
    prepared_by: tuple[Improvement, ...]
    replaced_by: tuple[Improvement, ...]
    communications: tuple[Communication, ...]
    """What is told about it, the newest first."""


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
    replaced_by: Mapping[str, tuple[Improvement, ...]]
    proofs: Mapping[str, Proof]
    """What was measured of those that are achieved; nothing where there are no measurements."""
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
    by_state: dict[str, list[Improvement]] = {state: [] for state in _ORDER}
    for improvement in improvements_by_name(handbook):
        by_state[standing(handbook, improvement).state].append(improvement)
    view = RegisterView(
        tuple(Column(state, f"status_{state}", tuple(sorted(by_state[state], key=urgency))) for state in STATES),
        tuple((state, tuple(own)) for state, own in by_state.items() if own),
        replaced_by(handbook),
        proofs(handbook) if any(handbook.measurements.values()) else {},
        handbook.organisation.currency,
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


def _lists(view: RegisterView, writing: Writing) -> Iterator[Part]:
    yield Part("section_board", "Board")
    for status, listed in view.by_status:
        about = {"status": status, "improvements": listed}
        yield Part("status", writing.heading(status), id=f"status_{status}", about=about)


def _view(handbook: Handbook, improvement: Improvement) -> ImprovementView:
    elements = (*improvement.adds, *improvement.changes, *improvement.removes)
    shown = proof(handbook, improvement) if any(handbook.measurements.values()) else None
    return ImprovementView(
        improvement=improvement,
        currency=handbook.organisation.currency,
        record=record(handbook, improvement) if elements and not _rejected(improvement) else None,
        brought=tuple(_brought(improvement)),
        taken_out={element: by for element, by in taken_out(handbook).items() if by is not improvement},
        names={element: former_name(handbook, element) for element in elements},
        measured=_measured(handbook, improvement),
        proof=shown,
        others=tuple(_others(handbook, shown)) if shown else (),
        sums=own_sums(handbook, improvement),
        benefit=benefit_of(handbook, improvement) if reckoning(handbook) else None,
        prepared_by=prepared_by(handbook).get(improvement.id, ()),
        replaced_by=replaced_by(handbook).get(improvement.id, ()),
        communications=communications_by_improvement(handbook).get(improvement.id, ()),
    )


def _brought(improvement: Improvement) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
    for how, elements in (
        ("adds", improvement.adds),
        ("changes", improvement.changes),
        ("removes", improvement.removes),
    ):
        if elements:
            kinds = (element.partition(":")[0] for element in elements)
            yield how, tuple(Counter(kind if kind in _KINDS else "" for kind in kinds).items())


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
    yield Part("section_communications", "Communication")
    yield Part("section_lessons", "Lessons", improvement.lessons[0].span if improvement.lessons else None)


def _measured(handbook: Handbook, improvement: Improvement) -> Kpi | None:
    if improvement.measured is None:
        return None
    process, _, id = improvement.measured.kpi.partition("/")
    kpis = handbook.processes[process].kpis if process in handbook.processes else ()
    return next((kpi for kpi in kpis if kpi.id == id), None)


def _others(handbook: Handbook, shown: Proof) -> Iterator[Proof]:
    """What other improvements that were agreed claim of the same KPI, where the months overlap."""
    for other in proofs_of_kpi(handbook, shown.figure.reference):
        agreed = other.improvement.status in (Status.APPROVED.value, Status.IN_PROGRESS.value, Status.ACHIEVED.value)
        if other.improvement.id != shown.improvement.id and agreed and other.overlaps(shown):
            yield other


def _rejected(improvement: Improvement) -> bool:
    return improvement.status == Status.REJECTED.value
