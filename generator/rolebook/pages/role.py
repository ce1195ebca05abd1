"""The page of a role: “my role” — everything that its holder does, with whom, and what it takes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import (
    Module,
    deputising_for,
    in_order,
    merged_into,
    not_together,
    processes_owned,
)
from rolebook.model.consolidation import improvements_by_role, shaped_by
from rolebook.model.coverage import Part as Participation
from rolebook.model.coverage import jobs_by_role, modules_by_role, must_know, parts
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.job import JobDescription
from rolebook.model.organisation import RoleKind
from rolebook.model.partners import NONE, passages_by_role
from rolebook.model.process import Process
from rolebook.model.raci import Involvement, Role
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.due import Asked, asked_of_role
from rolebook.pages.exchanges import Traffic, given, taken
from rolebook.pages.glance import Glance, glance
from rolebook.pages.linking import Linker
from rolebook.pages.measured import FigureView, views_of_role
from rolebook.pages.news import Version, last, of_role
from rolebook.pages.packs import Offers, offered
from rolebook.pages.page import Page
from rolebook.pages.places import place
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

    @property
    def activities(self) -> int:
        """How many activities that are."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role with everything that the handbook says about it."""

    role: Role
    kind: RoleKind | None
    successor: str
    former: tuple[Role, ...]
    tally: tuple[tuple[Involvement, int], ...]
    """In how many activities it has each letter, as far as it has it."""
    involved_in: int
    """In how many processes."""
    work: tuple[Work, ...]
    """What it does or answers for."""
    told: tuple[Work, ...]
    """What it is only asked or told about."""
    taken: tuple[Traffic, ...]
    given: tuple[Traffic, ...]
    glance: Glance | None
    deputises: tuple[Role, ...]
    incompatible: tuple[tuple[str, Text], ...]
    jobs: tuple[JobDescription, ...]
    modules: tuple[Module, ...]
    asked: tuple[Asked, ...]
    """The training that the last releases asked it for, the newest first."""
    packs: Offers | None
    """Where the site has packs, those of this role."""
    processes: tuple[Process, ...]
    kpis: tuple[FigureView, ...]
    """Those that it owns, and then those that it shares."""
    improvements: tuple[Improvement, ...]
    shaped_by: tuple[Improvement, ...]
    news: tuple[Version, ...]
    """What changed for it, the newest version first."""

    @property
    def last_news(self) -> Version | None:
        """The last version that changed something for it."""
        return last(self.news)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """A page for each role, also for those that are no longer in use: links to them live on."""
    for role in handbook.roles.values():
        path = place("role", role.id).page
        yield compose(
            handbook,
            links,
            path,
            "role",
            view := _view(Linker(handbook, links, path), role),
            _parts(view),
            title=role.name,
            description=sentence(role.purpose),
            source=role.span,
            also=role.aliases,
        )


def _parts(view: RoleView) -> Iterator[Part]:
    role = view.role
    yield Part("section_glance", "My part at a glance")
    yield Part("section_work", "What I do and answer for")
    yield Part("section_told", "Where I am asked or told")
    yield Part("section_taken", "Whom I take from")
    yield Part("section_given", "Whom I hand over to")
    yield Part("section_duties", "Duties", role.duties[0].span if role.duties else None)
    yield Part("section_authority", "Authority", role.authority[0].span if role.authority else None)
    yield Part("section_competencies", "Competencies", role.competencies[0].span if role.competencies else None)
    incompatible = role.incompatible_with
    yield Part("section_incompatible", "Not together with", incompatible[0].span if incompatible else None)
    yield Part("section_processes", "Processes I own")
    shared = any(view.figure.shared for view in view.kpis)
    yield Part("section_kpis", "KPIs I answer for") if shared else Part("section_kpis", "KPIs I own")
    yield Part("section_jobs", "Job descriptions")
    yield Part("section_training", "Training I take")
    yield Part("section_packs", "Training packs")
    yield Part("changes", "What changed for me")
    yield Part("section_improvements", "Improvements that concern me")
    yield Part("section_history", "History of this role", role.history[0].span if role.history else None)


def _view(link: Linker, role: Role) -> RoleView:
    handbook = link.handbook
    successor = handbook.current(role.id)
    passages = passages_by_role(handbook).get(role.id, NONE)
    own = parts(handbook).get(role.id, ())
    letters = Counter(involvement for part in own for involvement in part.involvements)
    comes, goes = (side(handbook, passages, link.name, besides=role.id) for side in (taken, given))
    return RoleView(
        role=role,
        kind=handbook.role_kinds.get(role.kind) if role.kind else None,
        successor=successor if successor != role.id else "",
        former=merged_into(handbook).get(role.id, ()),
        tally=tuple((involvement, letters[involvement]) for involvement in Involvement if letters[involvement]),
        involved_in=len({part.process.id for part in own}),
        work=_work(handbook, (part for part in own if must_know(part))),
        told=_work(handbook, (part for part in own if not must_know(part))),
        taken=comes,
        given=goes,
        glance=glance(link, own, comes, goes),
        deputises=deputising_for(handbook).get(role.id, ()),
        incompatible=not_together(handbook).get(role.id, ()),
        jobs=jobs_by_role(handbook).get(role.id, ()),
        modules=modules_by_role(handbook).get(role.id, ()),
        asked=asked_of_role(handbook, role.id),
        packs=offered(handbook, link.links).get(role.id),
        processes=processes_owned(handbook).get(role.id, ()),
        kpis=views_of_role(handbook, role.id),
        improvements=improvements_by_role(handbook).get(role.id, ()),
        shaped_by=shaped_by(handbook).get(f"role:{role.id}", ()),
        news=of_role(link, role.id),
    )


def _work(handbook: Handbook, own: Iterable[Participation]) -> tuple[Work, ...]:
    by_process: dict[str, list[WorkLine]] = {}
    for part in own:
        line = WorkLine(part, shaped_by(handbook).get(f"activity:{part.reference}", ()))
        by_process.setdefault(part.process.id, []).append(line)
    return tuple(Work(process, tuple(by_process[process.id])) for process in in_order(handbook, by_process))
