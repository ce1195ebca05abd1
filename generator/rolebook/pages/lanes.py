"""The flow of a process as swim lanes: its activities as shapes for drawing, in the lanes of those who do them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from rolebook.drawing.geometry import Drawing
from rolebook.drawing.lanes import draw
from rolebook.drawing.shapes import END as NOWHERE
from rolebook.drawing.shapes import Chart, Exit, Lane, Node
from rolebook.model.catalogue import of_kind
from rolebook.model.flow import Way, choices, ways_on
from rolebook.model.handbook import Handbook
from rolebook.model.partners import NONE, passages_by_process, responsible
from rolebook.model.process import ANY_PROCESS, END, Activity, Process
from rolebook.model.raci import OUTSIDE
from rolebook.pages.linking import Linker

UNMARKED: Mapping[str, str] = MappingProxyType({})
_NOBODY = ""
"""Stands for the role of an activity that nobody is responsible for."""


def drawn(handbook: Handbook, link: Linker, process: Process, marked: Mapping[str, str] = UNMARKED) -> Drawing | None:
    """The flow of a process in its lanes; None where it has no activities.

    Some activities are `marked` with a word, by their references.
    """
    return draw(chart(handbook, link, process, marked)) if process.activities else None


def chart(handbook: Handbook, link: Linker, process: Process, marked: Mapping[str, str] = UNMARKED) -> Chart:
    """The activities of a process, each in the lane of the first role that is responsible for it."""
    doers = {activity.id: responsible(handbook, f"{process.id}/{activity.id}") for activity in process.activities}
    lanes = tuple(dict.fromkeys(_first(roles) for roles in doers.values()))
    ways = ways_on(process)
    passages = passages_by_process(handbook).get(process.id, NONE)
    own = {activity.id: f"{process.id}/{activity.id}" for activity in process.activities}
    nodes = tuple(
        Node(
            id=activity.id,
            lane=lanes.index(_first(doers[activity.id])),
            text=activity.name,
            href=link.href("activity", own[activity.id]),
            exits=tuple(_exits(link, ways[activity.id], doers)),
            small=" · ".join(filter(None, (marked.get(own[activity.id]), _others(handbook, link, doers[activity.id])))),
            starts=_starts(process, activity),
            comes=_names(link, (p.giver for p in passages.taken if p.at == own[activity.id])),
            goes=_names(link, (p.taker for p in passages.given if p.after == own[activity.id])),
            keys=doers[activity.id],
        )
        for activity in process.activities
    )
    say = link.links.look.say
    shown = tuple(_lane(handbook, link, role) for role in lanes)
    return Chart(shown, nodes, comes=say("Comes from"), goes=say("Goes to"), end=say("end"))


def _first(roles: tuple[str, ...]) -> str:
    return roles[0] if roles else _NOBODY


def _lane(handbook: Handbook, link: Linker, role: str) -> Lane:
    if role == _NOBODY:
        return Lane(link.links.look.say("Nobody is responsible yet"), "", role)
    return Lane(_name(handbook, role), link.href(_kind(role), role), role)


def _kind(holder: str) -> str:
    return "outside" if holder.startswith(OUTSIDE) else "role"


def _name(handbook: Handbook, holder: str) -> str:
    return of_kind(handbook, _kind(holder))[holder].name


def _others(handbook: Handbook, link: Linker, roles: tuple[str, ...]) -> str:
    """The roles that do an activity besides the one whose lane it stands in."""
    names = ", ".join(_name(handbook, role) for role in roles[1:])
    return link.links.look.say("with {names}").format(names=names) if names else ""


def _starts(process: Process, activity: Activity) -> bool:
    return bool(activity.triggers or (activity is process.activities[0] and process.triggers))


def _exits(link: Linker, ways: tuple[Way, ...], known: Collection[str]) -> Iterator[Exit]:
    """The ways on from an activity by their conditions; a target that does not exist is left out."""
    options, say = choices(ways), link.links.look.say
    for option in options:
        targets = tuple(dict.fromkeys(way.target for way in option.ways if way.target == END or way.target in known))
        text = option.when or ("" if len(options) == 1 else say("Otherwise"))
        if not text and len(targets) > 1:
            text = say("At the same time")
        if targets:
            yield Exit(text, tuple(NOWHERE if target == END else target for target in targets))


def _names(link: Linker, sides: Iterable[str]) -> tuple[str, ...]:
    """The name of each partner once."""
    everyone = link.links.look.say("Any process")
    return tuple(everyone if side == ANY_PROCESS else link.name(side) for side in dict.fromkeys(sides))
