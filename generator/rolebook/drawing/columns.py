"""How wide everything is: a column for each lane, with room at both sides of its nodes for the lines along them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rolebook.drawing import measures as m
from rolebook.drawing.routes import FOOT, RIGHT, Leg, Trunk
from rolebook.drawing.rows import Row


@dataclass(frozen=True, slots=True)
class Column:
    """A lane from left to right: where it begins, where its nodes begin, and where it ends."""

    left: int
    node: int
    right: int


@dataclass(frozen=True, slots=True)
class Columns:
    """All lanes, and where each trunk runs, by its target and side."""

    lanes: tuple[Column, ...]
    trunks: Mapping[tuple[int, int], int]
    node: int
    """How wide nodes are."""


def columns(rows: tuple[Row, ...], lines: tuple[Leg, ...], trunks: tuple[Trunk, ...], lanes: int, left: int) -> Columns:
    """The lanes beside each other, the first one beginning at `left`."""
    width = m.box_width(lanes)
    ends = {(rows[leg.source].node.lane, leg.side) for leg in lines if leg.target is None and leg.side != FOOT}
    found: list[Column] = []
    places: dict[tuple[int, int], int] = {}
    for lane in range(lanes):
        tracks, room = {}, {}
        for side in (-1, 1):
            own = [trunk for trunk in trunks if trunk.side == side and rows[trunk.target].node.lane == lane]
            tracks[side] = _tracks(own)
            used = max(tracks[side].values(), default=0)
            reach = m.REACH_OF_END if (lane, side) in ends else m.REACH
            room[side] = (reach, reach + m.TRACK * (used + 1))
        node = left + room[-1][1]
        for side in (-1, 1):
            edge = node + width if side == RIGHT else node
            for trunk, track in tracks[side].items():
                places[trunk.target, side] = edge + side * (room[side][0] + m.TRACK * track)
        right = node + width + room[1][1]
        found.append(Column(left, node, right))
        left = right
    return Columns(tuple(found), places, width)


def _tracks(trunks: Sequence[Trunk]) -> dict[Trunk, int]:
    """A track for each trunk, so that none lies on another; short ones run nearest to the nodes."""
    found: dict[Trunk, int] = {}
    for trunk in sorted(trunks, key=lambda one: (one.bottom - one.top, one)):
        taken = {track for other, track in found.items() if _meet(trunk, other)}
        found[trunk] = next(track for track in range(len(trunks)) if track not in taken)
    return found


def _meet(one: Trunk, other: Trunk) -> bool:
    return one.top <= other.bottom + m.TRACK and other.top <= one.bottom + m.TRACK
