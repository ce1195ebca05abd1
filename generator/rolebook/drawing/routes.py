"""Which way each line goes, before anything has a place sideways.

A row holds one node, so that a line may cross all lanes there. A line leaves at the side of its case, runs across to
the lane of its target, along that lane's border up or down, and arrives at the target's side. All lines to one side of
a node share that last part, its trunk. Where nothing stands between, a line leaves at the foot instead, straight down.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rolebook.drawing import measures as m
from rolebook.drawing.rows import Row
from rolebook.drawing.shapes import END, Exit, Node

LEFT, FOOT, RIGHT = -1, 0, 1


class Leg(NamedTuple):
    """A line from the row at `source` to the one at `target` (None where the work ends).

    It leaves at a `side`: there at the height `at`, or at the foot, where `at` is counted from the middle.
    """

    source: int
    target: int | None
    side: int
    at: int


class Trunk(NamedTuple):
    """What the lines to one side of a node share, from the highest to the lowest place."""

    target: int
    side: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The nodes by their position, and whether something stands in the way."""

    nodes: tuple[Node, ...]
    places: Mapping[str, int]

    @classmethod
    def of(cls, nodes: tuple[Node, ...]) -> "Ground":
        return cls(nodes, {node.id: place for place, node in enumerate(nodes)})

    def free_below(self, source: int, target: str) -> bool:
        """Whether a line can go straight down from a node, as far as the target's row."""
        if target == END:
            return True
        to = self.places[target]
        lane = self.nodes[source].lane
        return to > source and all(node.lane != lane for node in self.nodes[source + 1 : to])

    def side(self, source: int, target: str) -> int:
        """The side at which a line leaves: a loop within a lane to the right, a way onwards in it to the left."""
        to = self.places[target]
        here, there = self.nodes[source].lane, self.nodes[to].lane
        if here == there:
            return RIGHT if to <= source else LEFT
        return RIGHT if here < there else LEFT


def arrival(here: int, there: int, side: int) -> int:
    """The side at which a line arrives in the lane `there`, which left the lane `here` by `side`; FOOT: from above."""
    if here == there:
        return side
    return LEFT if here < there else RIGHT


def plain(nodes: tuple[Node, ...]) -> frozenset[str]:
    """The nodes with nothing to say about what follows: one way on, straight from the foot."""
    ground = Ground.of(nodes)
    return frozenset(
        node.id
        for place, node in enumerate(nodes)
        if len(node.exits) == 1
        and not node.exits[0].text
        and len(node.exits[0].targets) == 1
        and ground.free_below(place, node.exits[0].targets[0])
    )


def legs(rows: tuple[Row, ...]) -> tuple[Leg, ...]:
    """All lines."""
    ground = Ground.of(tuple(row.node for row in rows))
    return tuple(leg for place, row in enumerate(rows) for leg in _legs(ground, place, row))


def _legs(ground: Ground, source: int, row: Row) -> Iterator[Leg]:
    if not row.node.exits:
        return
    for case in row.cases[:-1]:
        yield from _sideways(ground, source, case.exit.targets, row.top + case.top, case.height)
    last: Exit = row.node.exits[-1]
    foot = [target for target in last.targets if ground.free_below(source, target)]
    if row.cases:
        case = row.cases[-1]
        others = [target for target in last.targets if target not in foot]
        yield from _sideways(ground, source, others, row.top + case.top, case.height)
    yield from _down(ground, source, foot)


def _sideways(ground: Ground, source: int, targets: Iterable[str], top: int, height: int) -> Iterator[Leg]:
    """Lines from one case, those on the same side above each other."""
    by_side: dict[int, list[str]] = {}
    for target in targets:
        by_side.setdefault(RIGHT if target == END else ground.side(source, target), []).append(target)
    for side, own in by_side.items():
        for number, target in enumerate(own):
            at = top + height // 2 + m.TRACK * (2 * number - len(own) + 1) // 2
            yield Leg(source, None if target == END else ground.places[target], side, at)


def _down(ground: Ground, source: int, targets: list[str]) -> Iterator[Leg]:
    """Lines from the foot, in an order in which those that turn aside do not cross each other."""
    lane = ground.nodes[source].lane

    def aside(target: str) -> tuple[int, int]:
        if target == END:
            return (0, 0)
        to = ground.places[target]
        there = ground.nodes[to].lane
        return (-1, to) if there < lane else (1, -to) if there > lane else (0, 0)

    ranked = sorted(targets, key=aside)
    middle = next((place for place, target in enumerate(ranked) if aside(target) == (0, 0)), len(ranked) // 2)
    for number, target in enumerate(ranked):
        to = None if target == END else ground.places[target]
        yield Leg(source, to, FOOT, m.PORT * (number - middle))


def trunks(rows: tuple[Row, ...], lines: tuple[Leg, ...]) -> tuple[Trunk, ...]:
    """The trunks of all lines that leave sideways."""
    reaches: dict[tuple[int, int], list[int]] = {}
    for leg in lines:
        if leg.side != FOOT and leg.target is not None:
            target = rows[leg.target]
            side = arrival(rows[leg.source].node.lane, target.node.lane, leg.side)
            reaches.setdefault((leg.target, side), [target.entry]).append(leg.at)
    return tuple(Trunk(target, side, min(at), max(at)) for (target, side), at in reaches.items())
