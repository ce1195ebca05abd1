"""The page of a function: who works in it, in which processes, and what crosses its border."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import jobs_by_function, processes_in_order, roles_by_function, units_of
from rolebook.model.coverage import parts
from rolebook.model.handbook import Handbook
from rolebook.model.job import JobDescription
from rolebook.model.organisation import Function
from rolebook.model.partners import NONE, Passages, passages_by_function
from rolebook.model.process import Process
from rolebook.model.raci import Involvement, Role
from rolebook.pages.composing import Part, compose, sentence
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
    jobs: tuple[JobDescription, ...]
    processes: tuple[Share, ...]
    passages: Passages


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """A page for each function."""
    roles = {function.id: own for function, own in roles_by_function(handbook)}
    jobs = {function.id: own for function, own in jobs_by_function(handbook)}
    for function in handbook.functions.values():
        view = FunctionView(
            function=function,
            units=units_of(handbook).get(function.id, ()),
            roles=roles.get(function.id, ()),
            jobs=jobs.get(function.id, ()),
            processes=tuple(_shares(handbook, roles.get(function.id, ()))),
            passages=passages_by_function(handbook).get(function.id, NONE),
        )
        yield compose(
            handbook,
            links,
            place("function", function.id).page,
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


def _shares(handbook: Handbook, roles: tuple[Role, ...]) -> Iterator[Share]:
    """The processes that some of these roles own, work in or answer in, in the order of reading."""
    for process in processes_in_order(handbook):
        owning = tuple(role.id for role in roles if role.id == handbook.current(process.owner))
        doing, answering = (
            tuple(role.id for role in roles if _has(handbook, role, process, letter))
            for letter in (Involvement.RESPONSIBLE, Involvement.ACCOUNTABLE)
        )
        if owning or doing or answering:
            yield Share(process, owning, doing, answering)


def _has(handbook: Handbook, role: Role, process: Process, letter: Involvement) -> bool:
    own = parts(handbook).get(role.id, ())
    return any(part.process.id == process.id and letter in part.involvements for part in own)
