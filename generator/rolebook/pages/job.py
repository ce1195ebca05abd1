"""The page of a job description: what the holder of a position does, shall reach and must learn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rolebook.model.backlinks import Module, reporting_to
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.job import JobDescription
from rolebook.model.organisation import RoleKind
from rolebook.model.raci import Role
from rolebook.pages.composing import Part, compose, sentence
from rolebook.pages.linking import Linker
from rolebook.pages.measured import FigureView, views_by_reference, views_of_role
from rolebook.pages.news import Version, last, of_job
from rolebook.pages.packs import Offers, offered
from rolebook.pages.page import Page
from rolebook.pages.places import place
from rolebook.rendering import Links


@dataclass(frozen=True, slots=True)
class JobView:
    """A job description with what its roles bring to it."""

    job: JobDescription
    reports: tuple[JobDescription, ...]
    roles: tuple[Role, ...]
    kinds: tuple[RoleKind, ...]
    modules: tuple[Module, ...]
    named: Mapping[str, FigureView]
    """The KPIs that its objectives name, by their reference."""
    kpis: tuple[tuple[Role, tuple[FigureView, ...]], ...]
    """The KPIs that come with its roles, without those that its objectives name, each once."""
    packs: tuple[Offers, ...]
    """Where the site has packs, those of the roles that it carries."""
    news: tuple[Version, ...]
    """What changed for it and through its roles, the newest version first."""
    handbook: str
    """The title of the handbook, for a printed copy."""

    @property
    def last_news(self) -> Version | None:
        """The last version that changed something for it."""
        return last(self.news)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """A page for each job description."""
    for job in handbook.jobs.values():
        path = place("job", job.id).page
        view = JobView(
            job=job,
            reports=reporting_to(handbook).get(job.id, ()),
            roles=(roles := _roles(handbook, job)),
            kinds=tuple(handbook.role_kinds[kind] for kind in dict.fromkeys(role.kind for role in roles) if kind),
            modules=_modules(handbook, job),
            named=_named(handbook, job),
            kpis=tuple(_kpis(handbook, job, roles)),
            packs=tuple(its for role in roles if (its := offered(handbook, links).get(role.id))),
            news=of_job(Linker(handbook, links, path), job.id),
            handbook=handbook.organisation.handbook,
        )
        yield compose(
            handbook,
            links,
            path,
            "job",
            view,
            _parts(job),
            title=job.name,
            description=sentence(job.purpose),
            source=job.span,
        )


def _parts(job: JobDescription) -> Iterator[Part]:
    yield Part("section_roles", "Roles it carries", job.carries[0].span if job.carries else None)
    yield Part("section_duties", "Duties", job.duties[0].span if job.duties else None)
    yield Part("section_role_duties", "Duties that come with the roles")
    yield Part("section_objectives", "Objectives", job.objectives[0].span if job.objectives else None)
    yield Part("section_requirements", "Requirements", job.requirements[0].span if job.requirements else None)
    yield Part("section_conditions", "Conditions", job.conditions[0].span if job.conditions else None)
    yield Part("section_training", "Training required")
    yield Part("section_packs", "Training packs")
    yield Part("changes", "What changed for me")
    yield Part("section_signatures", "Read and understood")


def _roles(handbook: Handbook, job: JobDescription) -> tuple[Role, ...]:
    """The roles it carries, as they are called now, each once."""
    return tuple(handbook.roles[role] for role in dict.fromkeys(map(handbook.current, job.carries)))


def _named(handbook: Handbook, job: JobDescription) -> Mapping[str, FigureView]:
    views = views_by_reference(handbook)
    named = dict.fromkeys(str(objective.kpi) for objective in job.objectives if objective.kpi)
    return {reference: views[reference] for reference in named if reference in views}


def _kpis(
    handbook: Handbook, job: JobDescription, roles: tuple[Role, ...]
) -> Iterator[tuple[Role, tuple[FigureView, ...]]]:
    told = set(_named(handbook, job))
    for role in roles if handbook.measurements or handbook.scorecard else ():
        own = tuple(view for view in views_of_role(handbook, role.id) if view.figure.reference not in told)
        told |= {view.figure.reference for view in own}
        if own:
            yield role, own


def _modules(handbook: Handbook, job: JobDescription) -> tuple[Module, ...]:
    """The training modules of the roles it carries, each once."""
    own = (m for role in job.carries for m in modules_by_role(handbook).get(handbook.current(role), ()))
    return tuple({(plan.id, module.id): (plan, module) for plan, module in own}.values())
