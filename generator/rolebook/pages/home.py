"""The home page: what is my role, which processes are there, how they work together, and what is getting better."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import improvements_by_name, processes_by_area, roles_by_function
from rolebook.model.figures import GOING_WELL, Counted, State, counted, figures_in_order, worst_first
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.organisation import Area, Function, Organisation
from rolebook.model.process import Process
from rolebook.model.raci import Role
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.handover import HandoverView, handover
from rolebook.pages.linking import Linker
from rolebook.pages.measured import FigureView, views_of
from rolebook.pages.page import Page
from rolebook.pages.places import HOME, SCORECARD
from rolebook.pages.versions import Headline, headline
from rolebook.rendering import Links

_UNDER_WAY = (Status.APPROVED, Status.IN_PROGRESS)
_NEWS = 5
"""So many improvements of a kind are news."""
_FIGURES = 3
"""So many KPIs are good news, and so many are told to need help."""
_GUIDES = 6
"""So many guides are named at once."""
_ROLES = 120
"""Up to so many roles are named, function by function; of more, only how many each function has."""
_PROCESSES = 24
"""Up to so many processes of an area are shown; of more, only how many there are."""


@dataclass(frozen=True, slots=True)
class HomeScorecard:
    """How the KPIs stand, in short."""

    counted: Counted
    best: tuple[FigureView, ...]
    """Those that are furthest ahead of where they should be, reached ones before all."""
    help: tuple[FigureView, ...]
    """Those that need help most."""
    page: str = SCORECARD


@dataclass(frozen=True, slots=True)
class HomeView:
    """What a reader looks for first."""

    organisation: Organisation
    guides: tuple[str, ...]
    """The first of the pages that are written by hand, by their titles."""
    further_guides: int
    roles: tuple[tuple[Function, tuple[Role, ...]], ...]
    names_roles: bool
    processes: tuple[tuple[Area, tuple[Process, ...]], ...]
    handover: HandoverView | None
    achieved: tuple[Improvement, ...]
    under_way: tuple[Improvement, ...]
    improvements: int
    scorecard: HomeScorecard | None
    """How the KPIs stand; None where nothing is measured."""
    news: Headline | None


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The one home page."""
    organisation, say = handbook.organisation, links.look.say
    improvements = improvements_by_name(handbook)
    roles = roles_by_function(handbook)
    guides = [page.id for page in sorted(handbook.pages.values(), key=lambda page: page.name.casefold())]
    view = HomeView(
        organisation=organisation,
        guides=tuple(guides[:_GUIDES]),
        further_guides=len(guides[_GUIDES:]),
        roles=roles,
        names_roles=sum(len(own) for _, own in roles) <= _ROLES,
        processes=processes_by_area(handbook),
        handover=handover(handbook),
        achieved=_latest(i for i in improvements if Status(i.status) is Status.ACHIEVED),
        under_way=_next(i for i in improvements if Status(i.status) in _UNDER_WAY),
        improvements=len(improvements),
        scorecard=_scorecard(handbook),
        news=headline(Linker(handbook, links, HOME)),
    )
    yield compose(
        handbook,
        links,
        HOME,
        "home",
        view,
        _parts(view, links),
        title=organisation.handbook,
        description=say("The process handbook of {name}: find your role, and the processes it works in.").format(
            name=organisation.name
        ),
        source=organisation.span,
    )


def _latest(improvements: Iterator[Improvement]) -> tuple[Improvement, ...]:
    """Those that were achieved last."""
    dated = [improvement for improvement in improvements if improvement.achieved]
    return tuple(sorted(dated, key=lambda i: str(i.achieved), reverse=True)[:_NEWS])


def _next(improvements: Iterator[Improvement]) -> tuple[Improvement, ...]:
    """Those that are due first."""
    return tuple(sorted(improvements, key=lambda i: (i.due is None, str(i.due)))[:_NEWS])


def _scorecard(handbook: Handbook) -> HomeScorecard | None:
    every = figures_in_order(handbook)
    if not any(figure.measured for figure in every):
        return None
    well = [figure for figure in every if figure.state in GOING_WELL and figure.trend is not None]
    best = sorted(well, key=lambda figure: (figure.state is not State.REACHED, -figure.lead))
    help = worst_first(every)
    return HomeScorecard(counted(every), views_of(handbook, best[:_FIGURES]), views_of(handbook, help[:_FIGURES]))


def _parts(view: HomeView, links: Links) -> Iterator[Part]:
    yield Part("section_roles", "What is my role?")
    if view.news and view.news.newest.release:
        version = view.news.newest.release.id
        yield Part("section_news", links.look.say("What is new in {version}").format(version=version))
    yield Part("section_processes", "Show me the processes")
    for area, processes in view.processes:
        about = {
            "area": area,
            "count": len(processes),
            "cards": [(p, sentence(p.purpose)) for p in processes] if len(processes) <= _PROCESSES else [],
        }
        yield Part("processes", area.name, id=f"area_{area.id}", level=3, about=about)
    yield Part("section_handover", "How the processes work together")
    yield Part("section_scorecard", "How we measure up")
    yield Part("section_improvements", "What is getting better")
