"""The page of a role: “my role” — everything that its holder does, with whom, and what it takes."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import (
    Module,
    deputising_for,
    in_order,
    kpis_owned,
    merged_into,
    not_together,
    processes_owned,
)
from rolebook.model.consolidation import improvements_by_role, shaped_by
from rolebook.model.coverage import Part as Participation
from rolebook.model.coverage import jobs_by_role, modules_by_role, parts
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.job import JobDescription
from rolebook.model.organisation import RoleKind
from rolebook.model.partners import NONE, Passage, passages_by_role
from rolebook.model.process import Kpi, Process
from rolebook.model.raci import Role
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.page import Page
from rolebook.pages.places import place
from rolebook.pages.ways import conditions
from rolebook.rendering import Links
from rolebook.source import Text


@dataclass(frozen=True, slots=True)
class WorkLine:
    """What a role does in one activity, and the improvements that shaped that."""

    part: Participation
    improvements: tuple[Improvement, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What a role does in one process, in the order of the flow as written."""

    process: Process
    lines: tuple[WorkLine, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What passes between a role and its partners; `side` stands for them where a process names no roles."""

    partners: tuple[str, ...]
    side: str
    passages: tuple[tuple[Passage, tuple[str, ...]], ...]
    """Each with the conditions of which one must hold."""


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role with everything that the handbook says about it."""

    role: Role
    kind: RoleKind | None
    successor: str
    former: tuple[Role, ...]
    work: tuple[Work, ...]
    taken: tuple[Exchange, ...]
    given: tuple[Exchange, ...]
    deputises: tuple[Role, ...]
    incompatible: tuple[tuple[str, Text], ...]
    jobs: tuple[JobDescription, ...]
    modules: tuple[Module, ...]
    processes: tuple[Process, ...]
    kpis: tuple[tuple[Process, Kpi], ...]
    improvements: tuple[Improvement, ...]
    shaped_by: tuple[Improvement, ...]


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """A page for each role, also for those that are no longer in use: links to them live on."""
    for role in handbook.roles.values():
        yield compose(
            handbook,
            links,
            place("role", role.id).page,
            "role",
            view := _view(handbook, role),
            _parts(view),
            title=role.name,
            description=sentence(role.purpose),
            source=role.span,
        )


def _parts(view: RoleView) -> Iterator[Part]:
    role = view.role
    yield Part("section_work", "What I do")
    for work in view.work:
        yield Part("work", work.process.name, id=f"process_{work.process.id}", level=3, about={"work": work})
    yield Part("section_taken", "Whom I take from")
    yield Part("section_given", "Whom I hand over to")
    yield Part("section_duties", "Duties", role.duties[0].span if role.duties else None)
    yield Part("section_authority", "Authority", role.authority[0].span if role.authority else None)
    yield Part("section_competencies", "Competencies", role.competencies[0].span if role.competencies else None)
    incompatible = role.incompatible_with
    yield Part("section_incompatible", "Not together with", incompatible[0].span if incompatible else None)
    yield Part("section_processes", "Processes I own")
    yield Part("section_kpis", "KPIs I own")
    yield Part("section_jobs", "Job descriptions")
    yield Part("section_training", "Training I take")
    yield Part("section_improvements", "Improvements that concern me")
    yield Part("section_history", "History of this role", role.history[0].span if role.history else None)


def _view(handbook: Handbook, role: Role) -> RoleView:
    successor = handbook.current(role.id)
    passages = passages_by_role(handbook).get(role.id, NONE)
    return RoleView(
        role=role,
        kind=handbook.role_kinds.get(role.kind) if role.kind else None,
        successor=successor if successor != role.id else "",
        former=merged_into(handbook).get(role.id, ()),
        work=_work(handbook, role),
        taken=_exchanges(handbook, ((_others(p.givers, role), p.giver, p) for p in passages.taken)),
        given=_exchanges(handbook, ((_others(p.takers, role), p.taker, p) for p in passages.given)),
        deputises=deputising_for(handbook).get(role.id, ()),
        incompatible=not_together(handbook).get(role.id, ()),
        jobs=jobs_by_role(handbook).get(role.id, ()),
        modules=modules_by_role(handbook).get(role.id, ()),
        processes=processes_owned(handbook).get(role.id, ()),
        kpis=kpis_owned(handbook).get(role.id, ()),
        improvements=improvements_by_role(handbook).get(role.id, ()),
        shaped_by=shaped_by(handbook).get(f"role:{role.id}", ()),
    )


def _work(handbook: Handbook, role: Role) -> tuple[Work, ...]:
    by_process: dict[str, list[WorkLine]] = {}
    for part in parts(handbook).get(role.id, ()):
        line = WorkLine(part, shaped_by(handbook).get(f"activity:{part.reference}", ()))
        by_process.setdefault(part.process.id, []).append(line)
    return tuple(Work(process, tuple(by_process[process.id])) for process in in_order(handbook, by_process))


def _others(roles: tuple[str, ...], role: Role) -> tuple[str, ...]:
    return tuple(other for other in roles if other != role.id)


def _exchanges(handbook: Handbook, passages: Iterator[tuple[tuple[str, ...], str, Passage]]) -> tuple[Exchange, ...]:
    """The passages put together by partners, these in the order in which they first come up."""
    found: dict[tuple[tuple[str, ...], str], list[tuple[Passage, tuple[str, ...]]]] = {}
    for partners, side, passage in passages:
        found.setdefault((partners, "" if partners else side), []).append((passage, conditions(handbook, passage)))
    return tuple(Exchange(partners, side, tuple(own)) for (partners, side), own in found.items())
