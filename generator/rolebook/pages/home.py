"""The home page: what is my role, which processes are there, and what is getting better."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import improvements_by_name, processes_by_area, roles_by_function
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.organisation import Area, Function, Organisation
from rolebook.model.process import Process
from rolebook.model.raci import Role
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import HOME
from rolebook.rendering import Links

_UNDER_WAY = (Status.APPROVED, Status.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class HomeView:
    """What a reader looks for first."""

    organisation: Organisation
    roles: tuple[tuple[Function, tuple[Role, ...]], ...]
    processes: tuple[tuple[Area, tuple[Process, ...]], ...]
    under_way: tuple[Improvement, ...]
    achieved: tuple[Improvement, ...]


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The one home page."""
    organisation = handbook.organisation
    improvements = improvements_by_name(handbook)
    view = HomeView(
        organisation=organisation,
        roles=roles_by_function(handbook),
        processes=processes_by_area(handbook),
        under_way=tuple(i for i in improvements if Status(i.status) in _UNDER_WAY),
        achieved=tuple(i for i in improvements if Status(i.status) is Status.ACHIEVED),
    )
    yield compose(
        handbook,
        links,
        HOME,
        "home",
        view,
        _parts(view),
        title=organisation.handbook,
        description=f"The process handbook of {organisation.name}: find your role, and the processes it works in.",
        source=organisation.span,
    )


def _parts(view: HomeView) -> Iterator[Part]:
    yield Part("section_roles", "What is my role?")
    for function, roles in view.roles:
        about = {"kind": "role", "entities": roles}
        yield Part("cards", function.name, id=f"function_{function.id}", level=3, about=about)
    yield Part("section_processes", "Show me the processes")
    for area, processes in view.processes:
        yield Part("cards", area.name, id=f"area_{area.id}", level=3, about={"kind": "process", "entities": processes})
    yield Part("section_vision", "What we aim at", view.organisation.vision.span)
    yield Part("section_under_way", "Improvements under way")
    yield Part("section_achieved", "Improvements achieved")
