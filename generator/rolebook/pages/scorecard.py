"""The scorecard: how all KPIs stand, how warm each process is, and the KPIs of each area one by one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rolebook.model.backlinks import processes_by_area
from rolebook.model.figures import GOING_WELL, Counted, Figure, State, counted, worst_first
from rolebook.model.handbook import Handbook
from rolebook.model.organisation import Area, Objective
from rolebook.model.process import Process
from rolebook.pages.checked import Checked
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.heatmap import SOON, Row, rows
from rolebook.pages.measured import FigureView, views_of, views_of_process
from rolebook.pages.page import Page
from rolebook.pages.places import CUSTOMERS, INDEX_HEADINGS, SCORECARD, TRACEABILITY, scorecard_of
from rolebook.rendering import Links, Look

MOST = 60
"""Up to so many processes stand in one heat map on the first page; of more, each area has its own on its page."""
_HELP = 12
"""So many KPIs that need help stand on the first page, those that lag most; all of them on the pages of the areas."""
_ONE_BY_ONE = 300
"""Up to so many KPIs of an area are shown one by one; of more, those that need help, the worst first."""


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area of processes with its KPIs."""

    area: Area
    page: str
    processes: tuple[tuple[Process, tuple[FigureView, ...]], ...]
    """Those that have KPIs."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Its KPIs, one process after the other."""
        return tuple(view.figure for _, own in self.processes for view in own)

    @property
    def counted(self) -> Counted:
        """How many of its KPIs stand how."""
        return counted(self.figures)

    @property
    def shown(self) -> tuple[tuple[Process, tuple[FigureView, ...]], ...]:
        """The KPIs that are shown one by one: all, or of very many those that need help most."""
        if len(self.figures) <= _ONE_BY_ONE:
            return self.processes
        kept = {figure.reference for figure in worst_first(self.figures)[:_ONE_BY_ONE]}
        some = ((p, tuple(one for one in own if one.figure.reference in kept)) for p, own in self.processes)
        return tuple((process, own) for process, own in some if own)

    @property
    def left_out(self) -> int:
        """How many are not shown one by one."""
        return len(self.figures) - sum(len(own) for _, own in self.shown)


@dataclass(frozen=True, slots=True)
class ScorecardView:
    """All KPIs: counted, by objective and by area, those that need help, and the heat map."""

    summary: str
    counted: Counted
    objectives: tuple[tuple[Objective, Counted], ...]
    areas: tuple[AreaView, ...]
    help: tuple[FigureView, ...]
    further: int
    """How many more need help."""
    map: tuple[tuple[Area, tuple[Row, ...]], ...]
    others: tuple[str, ...]
    """The pages that tell more, by path."""
    today: date | None
    soon: int = SOON.days


@dataclass(frozen=True, slots=True)
class AreaScorecardView:
    """The KPIs of an area, and its heat map where the first page has none."""

    area: AreaView
    summary: str
    map: tuple[tuple[Area, tuple[Row, ...]], ...]
    today: date | None
    soon: int = SOON.days


def pages(handbook: Handbook, links: Links, checked: Checked | None) -> Iterator[Page]:
    """The scorecard, and a page for each area; none where nothing is measured."""
    if not handbook.measurements:
        return
    today = checked.today if checked else None
    areas = tuple(_areas(handbook))
    view = _overview(handbook, links.look, areas, today)
    yield compose(
        handbook,
        links,
        SCORECARD,
        "scorecard",
        view,
        [
            Part("section_help", "What needs help"),
            Part("section_objectives", "By objective"),
            Part("section_areas", "By area"),
            Part("section_map", "Heat map of the processes"),
        ],
        title=INDEX_HEADINGS[SCORECARD],
        description="How every KPI stands against its target, and how warm each process is.",
        source=None,
    )
    for area in areas:
        yield _area(handbook, links, area, today, mapped=bool(view.map))


def summary(look: Look, figures: Iterable[Figure]) -> str:
    """How many of the KPIs that are measured have reached their targets, or are on the way there."""
    states = [figure.state for figure in figures if figure.state is not State.UNMEASURED]
    told = look.say("{well} of {all} KPIs that are measured have reached their target or are on course.")
    return told.format(well=sum(state in GOING_WELL for state in states), all=len(states))


def areas_with_kpis(handbook: Handbook) -> tuple[Area, ...]:
    """The areas that have a page of the scorecard, in their order; none where nothing is measured."""
    if not handbook.measurements:
        return ()
    return tuple(area for area, own in processes_by_area(handbook) if any(process.kpis for process in own))


def _areas(handbook: Handbook) -> Iterator[AreaView]:
    for area, processes in processes_by_area(handbook):
        own = tuple((process, views) for process in processes if (views := views_of_process(handbook, process)))
        if own:
            yield AreaView(area, scorecard_of(area.id), own)


def _overview(handbook: Handbook, look: Look, areas: Sequence[AreaView], today: date | None) -> ScorecardView:
    every = [figure for area in areas for figure in area.figures]
    help = worst_first(every)
    by_area = processes_by_area(handbook)
    small = sum(len(own) for _, own in by_area) <= MOST
    others = (
        (CUSTOMERS, handbook.scorecard and handbook.scorecard.customers),
        (TRACEABILITY, handbook.measurements),
    )
    return ScorecardView(
        summary=summary(look, every),
        counted=counted(every),
        objectives=tuple(
            (objective, counted(figure for figure in every if figure.kpi.objective == objective.id))
            for objective in handbook.organisation.objectives
        ),
        areas=tuple(areas),
        help=views_of(handbook, help[:_HELP]),
        further=len(help[_HELP:]),
        map=tuple((area, rows(handbook, own, today)) for area, own in by_area if own) if small else (),
        others=tuple(page for page, there in others if there),
        today=today,
    )


def _area(handbook: Handbook, links: Links, area: AreaView, today: date | None, *, mapped: bool) -> Page:
    here = ((one, own) for one, own in processes_by_area(handbook) if one.id == area.area.id)
    own_map = () if mapped else tuple((one, rows(handbook, own, today)) for one, own in here)
    view = AreaScorecardView(area, summary(links.look, area.figures), own_map, today)
    return compose(
        handbook,
        links,
        area.page,
        "scorecard",
        view,
        _parts(view),
        title=links.look.say("Scorecard: {area}").format(area=area.area.name),
        description=sentence(area.area.description),
        source=None,
    )


def _parts(view: AreaScorecardView) -> Iterator[Part]:
    if view.map:
        yield Part("section_map", "Heat map of the processes")
    for process, own in view.area.shown:
        yield Part("process", process.name, id=f"of_{process.id}", about={"process": process, "views": own})
