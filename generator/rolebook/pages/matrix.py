"""The whole matrix: every activity with its roles, process by process, and how much each role carries."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import processes_in_order, roles_by_function
from rolebook.model.coverage import involved, parts
from rolebook.model.handbook import Handbook
from rolebook.model.process import Activity, Process
from rolebook.model.raci import Involvement, Role
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, MATRIX
from rolebook.rendering import Links

Counts = tuple[tuple[Involvement, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An activity, and for each letter in turn those who have it."""

    activity: Activity
    holders: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How often a role has each letter: in each process of the table, and in all."""

    role: Role
    cells: tuple[Counts, ...]
    total: Counts


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The lines of each process, and the load of each role."""

    processes: tuple[Process, ...]
    lines: tuple[tuple[Process, tuple[Line, ...]], ...]
    loads: tuple[Load, ...]
    involvements: tuple[Involvement, ...] = tuple(Involvement)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The one page of the whole matrix."""
    processes = processes_in_order(handbook)
    view = MatrixView(
        processes=processes,
        lines=tuple((process, _lines(handbook, process)) for process in processes),
        loads=tuple(_loads(handbook, processes)),
    )
    yield compose(
        handbook,
        links,
        MATRIX,
        "matrix",
        view,
        _parts(view),
        title=INDEX_HEADINGS[MATRIX],
        description="Who is responsible, accountable, consulted and informed, for every activity of every process.",
        source=None,
    )


def _parts(view: MatrixView) -> Iterator[Part]:
    yield Part("section_load", "Load of each role")
    for process, lines in view.lines:
        yield Part("process", process.name, process.span, id=process.id, about={"process": process, "lines": lines})


def _lines(handbook: Handbook, process: Process) -> tuple[Line, ...]:
    lines: list[Line] = []
    for activity in process.activities:
        letters = involved(handbook, process.id, activity.id)
        holders = tuple(tuple(who for who, own in letters.items() if i in own) for i in Involvement)
        lines.append(Line(activity, holders))
    return tuple(lines)


def _loads(handbook: Handbook, processes: tuple[Process, ...]) -> Iterator[Load]:
    """The load of each role that takes part in anything, roles in the order of their functions."""
    for _, roles in roles_by_function(handbook):
        for role in roles:
            counted: dict[str, Counter[Involvement]] = {}
            for part in parts(handbook).get(role.id, ()):
                counted.setdefault(part.process.id, Counter()).update(part.involvements)
            if counted:
                cells = {process: _counts(counter) for process, counter in counted.items()}
                total = _counts(sum(counted.values(), Counter()))
                yield Load(role, tuple(cells.get(process.id, ()) for process in processes), total)


def _counts(counter: Counter[Involvement]) -> Counts:
    return tuple((involvement, counter[involvement]) for involvement in Involvement if counter[involvement])
