"""What a pack tells of a role, whether it is whole or tells of changes alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rolebook.model.backlinks import kpis_owned, not_together, processes_owned
from rolebook.model.coverage import jobs_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.job import JobDescription
from rolebook.model.organisation import RoleKind
from rolebook.model.process import Kpi, Process
from rolebook.model.raci import Role
from rolebook.pages.packs.edition import Edition
from rolebook.pages.packs.linking import InPack
from rolebook.pages.packs.teaching import Course, courses
from rolebook.pages.packs.version import Version, version
from rolebook.pages.packs.working import MyProcess, processes
from rolebook.rendering import Links, Look
from rolebook.source import Text

_ROWS = 14
"""So many people sign on the sheet."""


@dataclass(frozen=True, slots=True)
class PackView:
    """A role with what its pack says on the cover, and below."""

    handbook: str
    organisation: str
    role: Role
    kind: RoleKind | None
    edition: Edition
    version: Version
    jobs: tuple[JobDescription, ...]
    incompatible: tuple[tuple[str, Text], ...]
    owns: tuple[Process, ...]
    kpis: tuple[tuple[Process, Kpi], ...]
    processes: tuple[MyProcess, ...]
    courses: tuple[Course, ...]
    rows: tuple[int, ...] = field(default=tuple(range(_ROWS)))

    @property
    def minutes(self) -> int:
        """How long all its modules take."""
        return sum(course.minutes for course in self.courses)

    @property
    def anchors(self) -> Mapping[tuple[str, str], str]:
        """The anchors of a whole pack, by kind and reference of what they tell of."""
        found = {("process", str(one.process.id)): one.anchor for one in self.processes}
        found |= {("activity", mine.reference): mine.anchor for one in self.processes for mine in one.activities}
        found |= {("plan", str(course.plan.id)): course.anchor for course in self.courses}
        return found | {("module", one.reference): one.anchor for course in self.courses for one in course.lessons}


def view(handbook: Handbook, id: str, edition: Edition, look: Look) -> PackView:
    """What there is to tell of a role; its processes are drawn where the pack shows them, which is the whole one."""
    role = handbook.roles[id]
    return PackView(
        handbook=handbook.organisation.handbook,
        organisation=handbook.organisation.name,
        role=role,
        kind=handbook.role_kinds.get(role.kind) if role.kind else None,
        edition=edition,
        version=version(handbook),
        jobs=jobs_by_role(handbook).get(id, ()),
        incompatible=not_together(handbook).get(id, ()),
        owns=processes_owned(handbook).get(id, ()),
        kpis=kpis_owned(handbook).get(id, ()),
        processes=processes(InPack(handbook, Links(look=look), ""), id, None if edition.since else edition.paper),
        courses=courses(handbook, id),
    )
