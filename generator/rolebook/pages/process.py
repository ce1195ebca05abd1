"""The page of a process: what it is for, how its work flows, who takes part, and what it is measured and kept by."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.drawing.geometry import Drawing
from rolebook.drawing.trend import Trend
from rolebook.model.backlinks import Module, modules_teaching
from rolebook.model.consolidation import improvements_by_process, shaped_by
from rolebook.model.coverage import jobs_by_role
from rolebook.model.gaps import Gap, gap_by_subject
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.job import JobDescription
from rolebook.model.levels import Maturity, maturity_of
from rolebook.model.organisation import Clause, Policy, Standard
from rolebook.model.process import Control, Kpi, Process, Record
from rolebook.model.raci import OUTSIDE
from rolebook.pages.activities import ActivityView, activities_by_process
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.lanes import drawn as lanes_drawn
from rolebook.pages.linking import Linker
from rolebook.pages.marks import Marks, marks
from rolebook.pages.measured import FigureView, MonthView, drawn, months, views_of_process
from rolebook.pages.page import Page
from rolebook.pages.places import place
from rolebook.rendering import Links, Writing


@dataclass(frozen=True, slots=True)
class KpiView:
    """A KPI, the improvements that shaped it, and how it stands."""

    kpi: Kpi
    improvements: tuple[Improvement, ...]
    view: FigureView
    drawing: Trend | None
    """Its values as a line; None where nothing was measured."""

    @property
    def months(self) -> tuple[MonthView, ...]:
        """What was measured, the newest first."""
        return months(self.view.figure, self.view.movers)


@dataclass(frozen=True, slots=True)
class ControlView:
    """A control, where it works and what shows it, and the improvements that shaped it."""

    control: Control
    at: tuple[str, ...]
    evidence: tuple[str, ...]
    improvements: tuple[Improvement, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record, and the activities that make or change it."""

    record: Record
    made_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcessView:
    """A process with what the rest of the handbook says about it."""

    process: Process
    activities: tuple[ActivityView, ...]
    columns: tuple[str, ...]
    kpis: tuple[KpiView, ...]
    controls: tuple[ControlView, ...]
    records: tuple[RecordView, ...]
    policies: tuple[Policy, ...]
    clauses: tuple[tuple[Standard, Clause], ...]
    improvements: tuple[Improvement, ...]
    modules: tuple[Module, ...]
    jobs: tuple[JobDescription, ...]
    drawing: Drawing | None
    maturity: Maturity
    gap: Gap | None
    marks: Marks
    """What is new in it, and what changed."""


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """A page for each process."""
    for process in handbook.processes.values():
        path = place("process", process.id).page
        yield compose(
            handbook,
            links,
            path,
            "process",
            view := _view(handbook, process, Linker(handbook, links, path)),
            _parts(handbook, view),
            title=process.name,
            description=sentence(process.purpose),
            source=process.span,
        )


def _parts(handbook: Handbook, view: ProcessView) -> Iterator[Part]:
    process, matrix = view.process, handbook.matrices.get(view.process.id)
    yield Part("section_scope", "Scope", process.scope.span if process.scope else None)
    yield Part("section_triggers", "What sets it going", process.triggers[0].span if process.triggers else None)
    yield Part("section_flow", "Flow", process.activities[0].span if process.activities else None)
    yield Part("section_matrix", "RACI matrix", matrix.span if matrix else None)
    yield Part("section_kpis", "KPIs")
    for measure in view.kpis:
        kpi = measure.kpi
        yield Part("kpi", kpi.name, kpi.span, id=kpi.id, level=3, about={"measure": measure, "kpi": kpi})
    yield Part("section_controls", "Controls", process.controls[0].span if process.controls else None)
    yield Part("section_records", "Records", process.records[0].span if process.records else None)
    yield Part("section_policies", "Policies", process.policies[0].span if process.policies else None)
    yield Part("section_clauses", "Clauses satisfied", process.satisfies[0].span if process.satisfies else None)
    yield Part("section_improvements", "Improvements")
    yield Part("section_jobs", "Job descriptions")
    yield Part("section_training", "Training")


def _view(handbook: Handbook, process: Process, link: Linker) -> ProcessView:
    own = marks(link, process.id)
    activities = activities_by_process(handbook)[process.id]
    doers = {holder for one in activities for holder in one.doers}
    columns = dict.fromkeys(holder for one in activities for holder in one.letters)
    return ProcessView(
        process=process,
        activities=activities,
        columns=tuple(sorted(columns, key=lambda holder: (holder.startswith(OUTSIDE), holder not in doers))),
        kpis=_kpis(handbook, process, Writing(link.links.look.speech)),
        controls=tuple(_control(handbook, process, control) for control in process.controls),
        records=tuple(
            RecordView(r, tuple(a.reference for a in activities if r.id in a.activity.records)) for r in process.records
        ),
        policies=tuple(p for p in handbook.organisation.policies if p.id in process.policies),
        clauses=tuple(
            (standard, clause)
            for standard in handbook.organisation.standards
            for clause in standard.clauses
            if f"{standard.id}/{clause.id}" in process.satisfies
        ),
        improvements=improvements_by_process(handbook).get(process.id, ()),
        modules=_modules(handbook, process),
        jobs=_jobs(handbook, activities),
        drawing=lanes_drawn(handbook, link, process, {ref: link.links.look.say(word) for ref, word in own.in_the_flow}),
        maturity=maturity_of(handbook, process.id),
        gap=gap_by_subject(handbook).get(process.id),
        marks=own,
    )


def _kpis(handbook: Handbook, process: Process, writing: Writing) -> tuple[KpiView, ...]:
    return tuple(
        KpiView(
            view.figure.kpi,
            shaped_by(handbook).get(f"kpi:{view.figure.reference}", ()),
            view,
            drawn(view.figure, view.movers, writing),
        )
        for view in views_of_process(handbook, process)
    )


def _control(handbook: Handbook, process: Process, control: Control) -> ControlView:
    return ControlView(
        control,
        at=tuple(f"{process.id}/{activity}" for activity in control.at),
        evidence=tuple(f"{process.id}/{record}" for record in control.evidence),
        improvements=shaped_by(handbook).get(f"control:{process.id}/{control.id}", ()),
    )


def _modules(handbook: Handbook, process: Process) -> tuple[Module, ...]:
    """The modules that teach the process or an activity of it, each once."""
    taught = modules_teaching(handbook)
    references = (process.id, *(f"{process.id}/{activity.id}" for activity in process.activities))
    found = {(p.id, m.id): (p, m) for reference in references for p, m in taught.get(reference, ())}
    return tuple(found.values())


def _jobs(handbook: Handbook, activities: tuple[ActivityView, ...]) -> tuple[JobDescription, ...]:
    """The jobs that carry a responsible or accountable role, each once."""
    roles = dict.fromkeys(role for one in activities for role in one.doers)
    return tuple({job.id: job for role in roles for job in jobs_by_role(handbook).get(role, ())}.values())
