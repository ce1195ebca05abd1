"""The clauses of standards, both ways: which processes satisfy each, and which each process satisfies."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import processes_in_order, processes_satisfying
from rolebook.model.handbook import Handbook
from rolebook.model.organisation import Clause, Standard
from rolebook.model.process import Process
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import CLAUSES, INDEX_HEADINGS, local_anchor
from rolebook.rendering import Links


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause, how others refer to it, its anchor on the page, and the processes that satisfy it."""

    clause: Clause
    reference: str
    anchor: str
    processes: tuple[Process, ...]


@dataclass(frozen=True, slots=True)
class StandardView:
    """A standard with its clauses."""

    standard: Standard
    clauses: tuple[ClauseView, ...]

    @property
    def satisfied(self) -> int:
        """How many of its clauses some process satisfies."""
        return sum(bool(entry.processes) for entry in self.clauses)


@dataclass(frozen=True, slots=True)
class ClausesView:
    """The standards, and for each process the clauses that it satisfies, standard by standard."""

    standards: tuple[StandardView, ...]
    processes: tuple[tuple[Process, tuple[tuple[Standard, tuple[ClauseView, ...]], ...]], ...]
    without: tuple[Process, ...]
    """The processes that satisfy none."""

    @property
    def gaps(self) -> tuple[tuple[Standard, ClauseView], ...]:
        """The clauses that no process satisfies."""
        return tuple((own.standard, entry) for own in self.standards for entry in own.clauses if not entry.processes)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The one page of clauses."""
    view = _view(handbook)
    yield compose(
        handbook,
        links,
        CLAUSES,
        "clauses",
        view,
        _parts(view),
        title=INDEX_HEADINGS[CLAUSES],
        description="Which process satisfies which clause of the standards that we follow, and where there are gaps.",
        source=None,
    )


def _parts(view: ClausesView) -> Iterator[Part]:
    yield Part("section_gaps", "Gaps")
    yield Part("section_standards", "By standard")
    for own in view.standards:
        standard = own.standard
        yield Part("standard", standard.name, standard.span, id=standard.id, level=3, about={"own": own})
    yield Part("section_processes", "By process")
    yield Part("section_without", "Processes that name no clause")


def _view(handbook: Handbook) -> ClausesView:
    standards = tuple(_standard(handbook, standard) for standard in handbook.organisation.standards)
    processes = tuple((process, _satisfied(standards, process)) for process in processes_in_order(handbook))
    return ClausesView(
        standards,
        processes=tuple((process, found) for process, found in processes if found),
        without=tuple(process for process, found in processes if not found),
    )


def _standard(handbook: Handbook, standard: Standard) -> StandardView:
    clauses = []
    for clause in standard.clauses:
        reference = f"{standard.id}/{clause.id}"
        processes = processes_satisfying(handbook).get(reference, ())
        clauses.append(ClauseView(clause, reference, local_anchor("clause", reference), processes))
    return StandardView(standard, tuple(clauses))


def _satisfied(
    standards: tuple[StandardView, ...], process: Process
) -> tuple[tuple[Standard, tuple[ClauseView, ...]], ...]:
    wanted = frozenset(process.satisfies)
    found = ((own.standard, tuple(entry for entry in own.clauses if entry.reference in wanted)) for own in standards)
    return tuple((standard, entries) for standard, entries in found if entries)
