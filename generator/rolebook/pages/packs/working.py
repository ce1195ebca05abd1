"""What a role does in one process, as its pack tells it: the drawing, its activities, partners, KPIs and controls."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rolebook.drawing.geometry import Drawing
from rolebook.model.backlinks import in_order
from rolebook.model.coverage import Part, involved, must_know, parts
from rolebook.model.handbook import Handbook, derived
from rolebook.model.partners import NONE, passages_by_role
from rolebook.model.process import Activity, Control, Kpi, Process
from rolebook.model.raci import Involvement
from rolebook.pages.exchanges import Traffic, given, taken
from rolebook.pages.lanes import drawn
from rolebook.pages.linking import Linker
from rolebook.pages.packs.edition import Paper
from rolebook.pages.packs.linking import InPack
from rolebook.pages.packs.sheets import LaneSheet, sheets
from rolebook.rendering import Links, Look

_DRAWN = 100
"""So many drawings are kept."""


@dataclass(frozen=True, slots=True)
class MyActivity:
    """An activity that a role does or answers for, with its number in the drawing."""

    number: int
    activity: Activity
    reference: str
    involvements: tuple[Involvement, ...]
    records: tuple[str, ...]
    controls: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Where the pack tells of it."""
        return f"activity_{self.reference.replace('/', '_')}"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A line of the matrix in which the role has a letter, and who has the others."""

    number: int
    reference: str
    involvements: tuple[Involvement, ...]
    others: Mapping[Involvement, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class MyKpi:
    """A KPI that a role influences: it owns it, or its activities make the records that are counted."""

    kpi: Kpi
    reference: str
    owned: bool
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyControl:
    """A control that works at activities of a role, and the records that show it was kept."""

    control: Control
    at: tuple[str, ...]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyProcess:
    """A process in which a role does something or answers for it."""

    process: Process
    sheets: tuple[LaneSheet, ...]
    activities: tuple[MyActivity, ...]
    taken: tuple[Traffic, ...]
    given: tuple[Traffic, ...]
    rows: tuple[MatrixRow, ...]
    kpis: tuple[MyKpi, ...]
    controls: tuple[MyControl, ...]

    @property
    def anchor(self) -> str:
        """Where the pack tells of it."""
        return f"process_{self.process.id}"

    @property
    def ids(self) -> frozenset[str]:
        """The activities of the role's own."""
        return frozenset(str(one.activity.id) for one in self.activities)

    @property
    def is_cut(self) -> bool:
        """Whether parts of the drawing are left out, since the role does nothing there."""
        return sum(len(sheet.works) for sheet in self.sheets) < len(self.process.activities)


def processes(link: Linker, role: str, paper: Paper | None) -> tuple[MyProcess, ...]:
    """The processes in which a role is responsible or accountable for something, in the order of reading.

    They are drawn for `paper`; without it, not at all.
    """
    handbook = link.handbook
    by_process: dict[str, list[Part]] = {}
    for part in parts(handbook).get(role, ()):
        by_process.setdefault(part.process.id, []).append(part)
    own = [process for process, its in by_process.items() if any(map(must_know, its))]
    passages = passages_by_role(handbook).get(role, NONE)
    comes, goes = (side(handbook, passages, link.name, besides=role) for side in (taken, given))
    return tuple(
        MyProcess(
            process=process,
            sheets=_sheets(link, process, by_process[process.id], paper) if paper else (),
            activities=(activities := tuple(_activities(process, by_process[process.id]))),
            taken=tuple(one for one in comes if one.process is process),
            given=tuple(one for one in goes if one.process is process),
            rows=tuple(_rows(handbook, role, process, by_process[process.id])),
            kpis=tuple(_kpis(handbook, role, process, activities)),
            controls=tuple(_controls(process, activities)),
        )
        for process in in_order(handbook, own)
    )


def told(handbook: Handbook, role: str) -> tuple[tuple[Process, tuple[MatrixRow, ...]], ...]:
    """The processes in which a role is only asked or told, with the lines in which it is."""
    by_process: dict[str, list[Part]] = {}
    for part in parts(handbook).get(role, ()):
        by_process.setdefault(part.process.id, []).append(part)
    only = [process for process, its in by_process.items() if not any(map(must_know, its))]
    return tuple((p, tuple(_rows(handbook, role, p, by_process[p.id]))) for p in in_order(handbook, only))


def _sheets(link: Linker, process: Process, own: list[Part], paper: Paper) -> tuple[LaneSheet, ...]:
    drawing = _drawings(link.handbook)(str(process.id), link.links.look)
    letters = {str(part.activity.id): " ".join(part.involvements) for part in own if must_know(part)}
    return sheets(drawing, letters, paper) if drawing else ()


@derived
def _drawings(handbook: Handbook) -> Callable[[str, Look], Drawing | None]:
    """Draws a process as packs have it, without links; what was drawn last is kept: several roles work in it."""

    @lru_cache(maxsize=_DRAWN)
    def draw(process: str, look: Look) -> Drawing | None:
        return drawn(handbook, InPack(handbook, Links(look=look), ""), handbook.processes[process])

    return draw


def _number(process: Process, activity: Activity) -> int:
    return process.activities.index(activity) + 1


def _activities(process: Process, own: list[Part]) -> Iterator[MyActivity]:
    for part in filter(must_know, own):
        yield MyActivity(
            number=_number(process, part.activity),
            activity=part.activity,
            reference=part.reference,
            involvements=part.involvements,
            records=tuple(f"{process.id}/{record}" for record in part.activity.records),
            controls=tuple(f"{process.id}/{c.id}" for c in process.controls if part.activity.id in c.at),
        )


def _rows(handbook: Handbook, role: str, process: Process, own: list[Part]) -> Iterator[MatrixRow]:
    for part in own:
        letters = involved(handbook, process.id, part.activity.id)
        others = {
            letter: tuple(holder for holder, has in letters.items() if letter in has and holder != role)
            for letter in Involvement
        }
        yield MatrixRow(_number(process, part.activity), part.reference, part.involvements, others)


def _kpis(handbook: Handbook, role: str, process: Process, own: tuple[MyActivity, ...]) -> Iterator[MyKpi]:
    made = {record for one in own for record in one.records}
    for kpi in process.kpis:
        owned = handbook.current(kpi.owner) == role
        records = tuple(record for record in kpi.counted_from if record in made)
        if owned or records:
            yield MyKpi(kpi, f"{process.id}/{kpi.id}", owned, records)


def _controls(process: Process, own: tuple[MyActivity, ...]) -> Iterator[MyControl]:
    mine = {str(one.activity.id): one.reference for one in own}
    for control in process.controls:
        at = tuple(mine[activity] for activity in control.at if activity in mine)
        if at:
            yield MyControl(control, at, tuple(f"{process.id}/{record}" for record in control.evidence))
