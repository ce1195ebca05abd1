"""What passes between one side and its partners, told process by process and activity by activity of that side."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import in_order
from rolebook.model.handbook import Handbook
from rolebook.model.partners import Passage, Passages
from rolebook.model.process import Process
from rolebook.pages.ways import conditions

Naming = Callable[[str], str]
"""What a role, a party outside or a process is called in a list of partners; "" where it is left out."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Something that passes at an activity of ours; `side` stands for the partners where a process names no roles.

    `what` is "" where one activity simply follows another: then one of the `conditions` must hold, if there are any.
    """

    partners: tuple[str, ...]
    side: str
    what: str
    conditions: tuple[str, ...]
    activities: tuple[str, ...]
    """Those of the partners, which it comes from or goes to."""


@dataclass(frozen=True, slots=True)
class Stop:
    """An activity of ours ("" where the process says none), those responsible for it, and what passes there."""

    activity: str
    own: tuple[str, ...]
    exchanges: tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class Traffic:
    """What passes in or out in one of our processes; `names` are what the partners are called, each once."""

    process: Process
    names: tuple[str, ...]
    stops: tuple[Stop, ...]

    @property
    def exchanges(self) -> int:
        """How much it is."""
        return sum(len(stop.exchanges) for stop in self.stops)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A passage seen from our side."""

    process: str
    activity: str
    own: tuple[str, ...]
    partners: tuple[str, ...]
    side: str
    theirs: str
    passage: Passage


def taken(handbook: Handbook, passages: Passages, named: Naming, besides: str = "") -> tuple[Traffic, ...]:
    """What comes in; `named` says what partners are called, `besides` is a role that is no partner of its own."""
    seen = (_Seen(p.taker, p.at, p.takers, _others(p.givers, besides), p.giver, p.after, p) for p in passages.taken)
    return _traffic(handbook, seen, named)


def given(handbook: Handbook, passages: Passages, named: Naming, besides: str = "") -> tuple[Traffic, ...]:
    """What goes out, with the same choices."""
    seen = (_Seen(p.giver, p.after, p.givers, _others(p.takers, besides), p.taker, p.at, p) for p in passages.given)
    return _traffic(handbook, seen, named)


def _others(roles: tuple[str, ...], besides: str) -> tuple[str, ...]:
    return tuple(role for role in roles if role != besides)


def _traffic(handbook: Handbook, seen: Iterable[_Seen], named: Naming) -> tuple[Traffic, ...]:
    by_process: dict[str, list[_Seen]] = {}
    for one in seen:
        by_process.setdefault(one.process, []).append(one)
    found: list[Traffic] = []
    for process in in_order(handbook, by_process):
        own = by_process[process.id]
        sides = (side for one in own for side in one.partners or (one.side,))
        names = filter(None, (named(side) for side in sides))
        found.append(Traffic(process, tuple(dict.fromkeys(names)), tuple(_stops(handbook, process, own))))
    return tuple(found)


def _stops(handbook: Handbook, process: Process, seen: Iterable[_Seen]) -> Iterator[Stop]:
    """Our activities in the order of the process, where something passes."""
    by_activity: dict[str, list[_Seen]] = {}
    for one in seen:
        by_activity.setdefault(one.activity, []).append(one)
    for activity in (*(f"{process.id}/{activity.id}" for activity in process.activities), ""):
        if own := by_activity.get(activity):
            yield Stop(activity, own[0].own, tuple(_exchanges(handbook, own)))


def _exchanges(handbook: Handbook, seen: Iterable[_Seen]) -> Iterator[Exchange]:
    """What passes at one activity; what differs only in the partner's activity is told once."""
    activities: dict[tuple[tuple[str, ...], str, str, tuple[str, ...]], dict[str, None]] = {}
    for one in seen:
        transfer = one.passage.transfer
        what = str(transfer.name) if transfer else ""
        key = (one.partners, "" if one.partners else one.side, what, conditions(handbook, one.passage))
        activities.setdefault(key, {})[one.theirs] = None
    for (partners, side, what, whens), theirs in activities.items():
        yield Exchange(partners, side, what, whens, tuple(filter(None, theirs)))
