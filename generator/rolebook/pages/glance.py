"""The part of a role at a glance: whom it takes from, in which processes it acts, and whom it hands over to, drawn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rolebook.drawing.bridge import Bridge, bridge
from rolebook.model.backlinks import in_order
from rolebook.model.coverage import Part
from rolebook.model.handbook import Handbook
from rolebook.model.process import ANY_PROCESS, Process
from rolebook.model.raci import OUTSIDE
from rolebook.pages.exchanges import Traffic
from rolebook.pages.linking import Linker

MOST = 10
"""So many partners are drawn at each side; of more, those with whom most passes."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A partner at one side: a role, a process or a party outside, as `kind` says; "" for any process."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The drawing, with what its boxes stand for; how many partners were left out at each side."""

    drawing: Bridge
    left: tuple[Beside, ...]
    middle: tuple[Process, ...]
    right: tuple[Beside, ...]
    further_left: int
    further_right: int


def glance(link: Linker, own: Sequence[Part], taken: Iterable[Traffic], given: Iterable[Traffic]) -> Glance | None:
    """The view of a role with these activities; None where nothing passes to it or from it."""
    handbook, say = link.handbook, link.links.look.say
    arriving, leaving = _passing(taken), _passing(given)
    left, right = _closest(arriving), _closest(leaving)
    if not left and not right:
        return None
    middle = in_order(handbook, {process for _, process in (*arriving, *leaving)})
    place = {str(process.id): position for position, process in enumerate(middle)}
    drawing = bridge(
        (say("I take from"), say("I act in"), say("I hand over to")),
        [link.name(side) for side in left],
        [(process.name, _letters(process, own)) for process in middle],
        [link.name(side) for side in right],
        [(left.index(side), place[process], much) for (side, process), much in arriving.items() if side in left],
        [(right.index(side), place[process], much) for (side, process), much in leaving.items() if side in right],
    )
    return Glance(
        drawing,
        tuple(_beside(handbook, side) for side in left),
        middle,
        tuple(_beside(handbook, side) for side in right),
        len({side for side, _ in arriving}) - len(left),
        len({side for side, _ in leaving}) - len(right),
    )


def _passing(traffic: Iterable[Traffic]) -> Counter[tuple[str, str]]:
    """How much passes between each partner and each process of ours."""
    return Counter(
        (side, one.process.id)
        for one in traffic
        for stop in one.stops
        for exchange in stop.exchanges
        for side in exchange.partners or (exchange.side,)
    )


def _closest(passing: Counter[tuple[str, str]]) -> list[str]:
    """The partners with whom most passes, in the order of the processes in which it does first."""
    much: Counter[str] = Counter()
    for (side, _), count in passing.items():
        much[side] += count
    kept = {side for side, _ in much.most_common(MOST)}
    return [side for side in much if side in kept]


def _letters(process: Process, own: Iterable[Part]) -> str:
    """How often the role has each letter in a process: R 3, A 5."""
    letters = Counter(letter for part in own if part.process is process for letter in part.involvements)
    return " · ".join(f"{letter.value} {letters[letter]}" for letter in sorted(letters, key="RACI".index))


def _beside(handbook: Handbook, side: str) -> Beside:
    if side == ANY_PROCESS:
        return Beside("", side)
    return Beside("outside" if side.startswith(OUTSIDE) else "role" if side in handbook.roles else "process", side)
