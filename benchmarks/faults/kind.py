"""A kind of fault: what is planted, the code that must find it, and what follows from it of necessity."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.faults.draft import Draft, Place

T = TypeVar("T")
Planter = Callable[[Draft, random.Random], Place]
"""Plants a fault at a random place, and says where it must be found; raises NoPlace where it cannot be planted."""


class NoPlace(Exception):
    """The handbook, or what chance took from it, offers no place for this fault."""


@dataclass(frozen=True)
class Kind:
    """A kind of fault; `also` are the codes that such a fault brings with it of necessity."""

    code: str
    name: str
    plant: Planter
    also: frozenset[str]


KINDS: list[Kind] = []


def plants(code: str, name: str, *also: str) -> Callable[[Planter], Planter]:
    """Register a function that plants a fault, under the code that must find it."""

    def register(plant: Planter) -> Planter:
        KINDS.append(Kind(code, name, plant, frozenset(also)))
        return plant

    return register


def one(chance: random.Random, choices: Sequence[T]) -> T:
    """One of several, at random."""
    if not choices:
        raise NoPlace
    return chance.choice(choices)
