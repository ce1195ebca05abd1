"""The page of a function: who works in it, in which processes, and what crosses its border."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rolebook.model.backlinks import in_order, jobs_by_function, processes_owned, roles_by_function, units_of
from rolebook.model.coverage import jobs_by_role, parts
from rolebook.model.handbook import Handbook
from rolebook.model.job import JobDescription
from rolebook.model.organisation import Function
from rolebook.model.partners import NONE, passages_by_function
from rolebook.model.process import Process
from rolebook.model.raci import Involvement, Role
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.exchanges import Naming, Traffic, given, taken
from rolebook.pages.linking import Linker
from rolebook.pages.page import Page
from rolebook.pages.places import place
from rolebook.rendering import Links


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a function in a process: which of its roles own it, do something in it, or answer for that."""

    process: Process
    owning: tuple[str, ...]
    responsible: tuple[str, ...]
    accountable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A function with its people and its place among the processes."""

    function: Function
    units: tuple[Function, ...]
    roles: tuple[Role, ...]
    carriers: Mapping[str, tuple[JobDescription, ...]]
    """The jobs that carry each role."""
    jobs: tuple[JobDescription, ...]
    processes: tuple[Share, ...]
    taken: tuple[Traffic, ...]
    given: tuple[Traffic, ...]


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """A page for each function."""
    roles = {function.id: own for function, own in roles_by_function(handbook)}
    jobs = {function.id: own for function, own in jobs_by_function(handbook)}
    for function in handbook.functions.values():
        path = place("function", function.id).page
        passages = passages_by_function(handbook).get(function.id, NONE)
        named = _other_than(function, Linker(handbook, links, path))
        view = FunctionView(
            function=function,
            units=units_of(handbook).get(function.id, ()),
            roles=roles.get(function.id, ()),
            carriers=jobs_by_role(handbook),
            jobs=jobs.get(function.id, ()),
            processes=tuple(_shares(handbook, roles.get(function.id, ()))),
            taken=taken(handbook, passages, named),
            given=given(handbook, passages, named),
        )
        yield compose(
            handbook,
            links,
            path,
            "function",
            view,
            _parts(function),
            title=function.name,
            description=sentence(function.purpose),
            source=function.span,
        )


def _parts(function: Function) -> Iterator[Part]:
    yield Part("section_duties", "What it does", function.duties[0].span if function.duties else None)
    yield Part("section_roles", "Roles")
    yield Part("section_jobs", "Job descriptions")
    yield Part("section_processes", "Processes it works in")
    yield Part("section_taken", "What comes in from other functions")
    yield Part("section_given", "What goes out to other functions")


def _other_than(function: Function, link: Linker) -> Naming:
    """Partners by the function that holds them, where that is not `function` itself."""
    roles, functions = link.handbook.roles, link.handbook.functions

    def named(side: str) -> str:
        if side not in roles:
            return link.name(side)
        other = roles[side].function
        return "" if other == function.id else functions[other].name

    return named


def _shares(handbook: Handbook, roles: tuple[Role, ...]) -> Iterator[Share]:
    """The processes that some of these roles own, work in or answer in, in the order of reading."""
    owning = _by_process((process, role) for role in roles for process in processes_owned(handbook).get(role.id, ()))
    doing, answering = (
        _by_process(
            (part.process, role)
            for role in roles
            for part in parts(handbook).get(role.id, ())
            if letter in part.involvements
        )
        for letter in (Involvement.RESPONSIBLE, Involvement.ACCOUNTABLE)
    )
    for process in in_order(handbook, {*owning, *doing, *answering}):
        yield Share(process, *(tuple(found.get(process.id, ())) for found in (owning, doing, answering)))


def _by_process(pairs: Iterable[tuple[Process, Role]]) -> Mapping[str, Iterable[str]]:
    """The ids of the roles that come with each process, each once, by the process's id."""
    found: dict[str, dict[str, None]] = {}
    for process, role in pairs:
        found.setdefault(process.id, {})[role.id] = None
    return found
