"""What is drawn as swim lanes: lanes, the pieces of work in them, and how one leads to others."""

from dataclasses import dataclass

END = ""
"""The target of a way that leads nowhere else."""


@dataclass(frozen=True, slots=True)
class Lane:
    """Who does what stands in it: a name, where it leads, and a key by which others may find it."""

    label: str
    href: str
    key: str


@dataclass(frozen=True, slots=True)
class Exit:
    """Ways on that are taken together: when ("" where nothing has to be said), and to which nodes, or `END`."""

    text: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of work in the lane at a position; `small` is said below its text, `starts` whether work begins there.

    `comes` and `goes` name the partners that give something to it or get something from it; `keys` are those of all
    who do it.
    """

    id: str
    lane: int
    text: str
    href: str
    exits: tuple[Exit, ...]
    small: str = ""
    starts: bool = False
    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Lanes and the nodes in them, in the order in which they are read.

    `comes` and `goes` stand above the partners at the edges, `end` where a way leads nowhere else.
    """

    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    comes: str = ""
    goes: str = ""
    end: str = "end"
