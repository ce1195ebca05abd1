"""The whole matrix: every activity with its roles, process by process, and how much each role carries."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rolebook.model.backlinks import processes_in_order, roles_by_function
from rolebook.model.catalogue import of_kind
from rolebook.model.coverage import involved, parts
from rolebook.model.handbook import Handbook, derived
from rolebook.model.organisation import Function
from rolebook.model.process import Activity, Process
from rolebook.model.raci import Involvement, Role
from rolebook.pages.composing import Part, compose
from rolebook.pages.matrix_leaves import Leaf, leaves
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, MATRIX
from rolebook.rendering import Links

Counts = tuple[tuple[Involvement, int], ...]

MOST_COLUMNS = 20
"""The most processes that have a column each in the table of loads."""


@dataclass(frozen=True, slots=True)
class Line:
    """An activity, and for each letter in turn those who have it."""

    activity: Activity
    holders: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Load:
    """In how many activities a role has each letter in turn, and how often in each process that has a column."""

    role: Role
    letters: tuple[int, ...]
    cells: tuple[Counts, ...]
    overloaded: bool
    """Whether the whole handbook makes it accountable for more than the limit."""


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The lines of some processes, and the load of each role there; where they are too many, the pages of their parts.

    `columns` are the processes that the loads are told for one by one.
    """

    columns: tuple[Process, ...]
    lines: tuple[tuple[Process, tuple[Line, ...]], ...]
    loads: tuple[tuple[Function, tuple[Load, ...]], ...]
    outside: tuple[tuple[str, str], ...]
    leaves: tuple[tuple[str, Leaf], ...]
    """The pages of the parts, with their titles."""
    whole: bool
    limit: int
    involvements: tuple[Involvement, ...] = tuple(Involvement)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The page of the whole matrix, and in a large handbook one for each part of it."""
    say = links.look.say
    split = tuple((leaf.title(links.look), leaf) for leaf in leaves(handbook))
    yield _page(
        handbook,
        links,
        MATRIX,
        INDEX_HEADINGS[MATRIX],
        say("Who is responsible, accountable, consulted and informed, for every activity of every process."),
        _view(handbook, processes_in_order(handbook), split),
    )
    for title, leaf in split:
        about = say("Who is responsible, accountable, consulted and informed: {part}.").format(part=title)
        heading = say("Matrix: {part}").format(part=title)
        yield _page(handbook, links, leaf.path, heading, about, _view(handbook, leaf.processes))


def _page(handbook: Handbook, links: Links, path: str, title: str, about: str, view: MatrixView) -> Page:
    parts_ = tuple(_parts(view))
    return compose(handbook, links, path, "matrix", view, parts_, title=title, description=about, source=None)


def _parts(view: MatrixView) -> Iterator[Part]:
    yield Part("section_leaves", "Activities by process")
    yield Part("section_load", "Load of each role")
    for process, lines in view.lines:
        yield Part("process", process.name, process.span, id=process.id, about={"process": process, "lines": lines})


def _view(handbook: Handbook, processes: tuple[Process, ...], split: tuple[tuple[str, Leaf], ...] = ()) -> MatrixView:
    columns = processes if len(processes) <= MOST_COLUMNS else ()
    lines = () if split else tuple((process, _lines(handbook, process)) for process in processes)
    names = of_kind(handbook, "outside")
    holders = (who for _, own in lines for line in own for having in line.holders for who in having)
    return MatrixView(
        columns=columns,
        lines=lines,
        loads=tuple(_loads(handbook, processes, columns)),
        outside=tuple((who, names[who].name) for who in dict.fromkeys(holders) if who in names),
        leaves=split,
        whole=len(processes) == len(handbook.processes),
        limit=handbook.check_settings.limits.accountable,
    )


def _lines(handbook: Handbook, process: Process) -> tuple[Line, ...]:
    lines: list[Line] = []
    for activity in process.activities:
        letters = involved(handbook, process.id, activity.id)
        holders = tuple(tuple(who for who, own in letters.items() if i in own) for i in Involvement)
        lines.append(Line(activity, holders))
    return tuple(lines)


def _loads(
    handbook: Handbook, processes: tuple[Process, ...], columns: tuple[Process, ...]
) -> Iterator[tuple[Function, tuple[Load, ...]]]:
    """The loads of the roles that take part in these processes, by function."""
    here = frozenset(process.id for process in processes)
    for function, roles in roles_by_function(handbook):
        if loads := tuple(_each(handbook, roles, here, columns)):
            yield function, loads


def _each(
    handbook: Handbook, roles: Iterable[Role], here: frozenset[str], columns: tuple[Process, ...]
) -> Iterator[Load]:
    limit = handbook.check_settings.limits.accountable
    for role in roles:
        counted = _counted(handbook).get(role.id, {})
        own: Counter[Involvement] = sum((counted[process] for process in counted if process in here), Counter())
        if own:
            yield Load(
                role,
                tuple(own[involvement] for involvement in Involvement),
                tuple(_counts(counted.get(process.id, Counter())) for process in columns),
                sum(counter[Involvement.ACCOUNTABLE] for counter in counted.values()) > limit,
            )


@derived
def _counted(handbook: Handbook) -> Mapping[str, Mapping[str, Counter[Involvement]]]:
    """How often a role or a party outside has each letter, by its id and by process."""
    found: dict[str, dict[str, Counter[Involvement]]] = {}
    for holder, own in parts(handbook).items():
        for part in own:
            found.setdefault(holder, {}).setdefault(part.process.id, Counter()).update(part.involvements)
    return found


def _counts(counter: Counter[Involvement]) -> Counts:
    return tuple((involvement, counter[involvement]) for involvement in Involvement if counter[involvement])
