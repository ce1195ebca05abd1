"""The pages that list the processes, the roles, the functions and the job descriptions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rolebook.model.backlinks import jobs_by_function, processes_by_area, roles_by_function
from rolebook.model.handbook import Handbook
from rolebook.model.job import JobDescription
from rolebook.model.organisation import Function
from rolebook.model.process import Process
from rolebook.model.raci import Role
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import FUNCTIONS, INDEX_HEADINGS, JOBS, PROCESSES, ROLES, local_anchor
from rolebook.pages.units import chart
from rolebook.rendering import Links
from rolebook.source import Span

Listed = Process | Role | Function | JobDescription


@dataclass(frozen=True, slots=True)
class IndexView:
    """The kind of what a page lists, and a sentence on what can be found there."""

    kind: str
    lead: str


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The index of each kind."""
    say = links.look.say
    lead = say("How work is done here, from end to end.")
    yield _index(handbook, links, PROCESSES, IndexView("process", lead), _processes(handbook))
    lead = say("Find your role to see everything that you do, and with whom.")
    yield _index(handbook, links, ROLES, IndexView("role", lead), _roles(handbook))
    lead = say("The units of the organisation, and the part that each has in the processes.")
    yield _index(handbook, links, FUNCTIONS, IndexView("function", lead), _functions(handbook))
    lead = say("The positions in each function, the roles they carry and what belongs to them.")
    yield _index(handbook, links, JOBS, IndexView("job", lead), _jobs(handbook))


def _index(handbook: Handbook, links: Links, path: str, view: IndexView, parts: Iterable[Part]) -> Page:
    title = INDEX_HEADINGS[path]
    return compose(handbook, links, path, "index", view, parts, title=title, description=view.lead, source=None)


def _group(id: str, name: str, entities: Sequence[Listed], intro: str = "", source: Span | None = None) -> Part:
    return Part("group", name, source, id=id, about={"entities": entities, "intro": intro})


def _processes(handbook: Handbook) -> Iterator[Part]:
    for area, processes in processes_by_area(handbook):
        yield _group(local_anchor("area", area.id), area.name, processes, area.description, area.span)


def _roles(handbook: Handbook) -> Iterator[Part]:
    for function, roles in roles_by_function(handbook):
        yield _group(f"function_{function.id}", function.name, roles)
    former = tuple(role for role in handbook.roles.values() if not role.active)
    yield Part("section_former", "Former roles", about={"roles": former})
    yield Part("section_kinds", "Kinds of role")
    for kind in handbook.role_kinds.values():
        anchor = local_anchor("role-kind", kind.id)
        yield Part("kind", kind.name, kind.span, id=anchor, level=3, about={"kind": kind})


def _functions(handbook: Handbook) -> Iterator[Part]:
    yield Part("section_chart", "How we are organised", about={"units": chart(handbook)})
    yield _group("section_functions", "All functions", tuple(handbook.functions.values()))


def _jobs(handbook: Handbook) -> Iterator[Part]:
    for function, jobs in jobs_by_function(handbook):
        yield _group(f"function_{function.id}", function.name, jobs)
