"""Who works with whom: the work that passes from the roles of one activity to those of another."""

from collections.abc import Iterator, Mapping

from rolebook.model.flow import ways_on
from rolebook.model.handbook import Handbook, derived
from rolebook.model.handoffs import Transfer, transfers
from rolebook.model.process import END, Process
from rolebook.model.raci import OUTSIDE, Involvement
from rolebook.value import value


@value()
class Passage:
    """Work that passes from one activity to another, within a process or between two sides.

    `giver` and `taker` are ids of processes, `outside/party` or `any-process`; `after` and `at` are activities
    written `process/activity`, "" where that side has none. `givers` and `takers` are the roles responsible there, or
    the party outside. `transfer` is what is handed over, None where one activity of a process simply follows another.
    """

    giver: str
    after: str
    givers: tuple[str, ...]
    taker: str
    at: str
    takers: tuple[str, ...]
    transfer: Transfer | None = None


@value()
class Passages:
    """The work that comes in and goes out on one side, which may be a role, a process or a function."""

    taken: tuple[Passage, ...] = ()
    given: tuple[Passage, ...] = ()


NONE = Passages()


@derived
def passages(handbook: Handbook) -> tuple[Passage, ...]:
    """All work that passes on: within each process where other roles take over, then between the processes."""
    within = (p for process in handbook.processes.values() for p in _within(handbook, process))
    between = (p for transfer in transfers(handbook) for p in _between(handbook, transfer))
    return (*within, *between)


def responsible(handbook: Handbook, activity: str) -> tuple[str, ...]:
    """The roles responsible for an activity, written `process/activity`; merged roles count as their successors."""
    process, _, local = activity.partition("/")
    roles = handbook.assigned(process, local, Involvement.RESPONSIBLE)
    return tuple(dict.fromkeys(handbook.current(role) for role in roles))


def _within(handbook: Handbook, process: Process) -> Iterator[Passage]:
    for source, ways in ways_on(process).items():
        for target in dict.fromkeys(way.target for way in ways if way.target != END):
            after, at = f"{process.id}/{source}", f"{process.id}/{target}"
            givers, takers = responsible(handbook, after), responsible(handbook, at)
            if set(givers) != set(takers):
                yield Passage(process.id, after, givers, process.id, at, takers)


def _between(handbook: Handbook, transfer: Transfer) -> Iterator[Passage]:
    for left in transfer.after or (None,):
        for entered in transfer.at or (None,):
            after, givers = _side(handbook, transfer.giver, left)
            at, takers = _side(handbook, transfer.taker, entered)
            yield Passage(transfer.giver, after, givers, transfer.taker, at, takers, transfer)


def _side(handbook: Handbook, side: str, activity: str | None) -> tuple[str, tuple[str, ...]]:
    if side.startswith(OUTSIDE):
        return "", (side,)
    if activity is None or side not in handbook.processes:
        return "", ()
    reference = f"{side}/{activity}"
    return reference, responsible(handbook, reference)


@derived
def passages_by_role(handbook: Handbook) -> Mapping[str, Passages]:
    """What each role takes from others and hands over to others where it is responsible, by the role's id."""
    taken: dict[str, list[Passage]] = {}
    given: dict[str, list[Passage]] = {}
    for passage in passages(handbook):
        for role in passage.takers:
            if set(passage.givers) != {role}:
                taken.setdefault(role, []).append(passage)
        for role in passage.givers:
            if set(passage.takers) != {role}:
                given.setdefault(role, []).append(passage)
    return _paired(taken, given)


@derived
def passages_by_process(handbook: Handbook) -> Mapping[str, Passages]:
    """What each process takes over and hands over, by the process's id."""
    taken: dict[str, list[Passage]] = {}
    given: dict[str, list[Passage]] = {}
    for passage in passages(handbook):
        if passage.transfer:
            taken.setdefault(passage.taker, []).append(passage)
            given.setdefault(passage.giver, []).append(passage)
    return _paired(taken, given)


@derived
def passages_by_function(handbook: Handbook) -> Mapping[str, Passages]:
    """What crosses the border of each function, into it and out of it, by the function's id."""
    taken: dict[str, list[Passage]] = {}
    given: dict[str, list[Passage]] = {}
    for passage in passages(handbook):
        givers, takers = _functions(handbook, passage.givers), _functions(handbook, passage.takers)
        for function in filter(None, takers):
            if givers != {function}:
                taken.setdefault(function, []).append(passage)
        for function in filter(None, givers):
            if takers != {function}:
                given.setdefault(function, []).append(passage)
    return _paired(taken, given)


def _functions(handbook: Handbook, roles: tuple[str, ...]) -> set[str]:
    """The functions that hold these roles; "" stands for those outside."""
    return {handbook.roles[role].function if role in handbook.roles else "" for role in roles}


def _paired(taken: Mapping[str, list[Passage]], given: Mapping[str, list[Passage]]) -> Mapping[str, Passages]:
    return {
        key: Passages(tuple(taken.get(key, ())), tuple(given.get(key, ()))) for key in dict.fromkeys((*taken, *given))
    }
