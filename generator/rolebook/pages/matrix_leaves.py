"""The whole matrix of a large handbook, cut into pages: by area, and a large area into parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import processes_by_area
from rolebook.model.handbook import Handbook, derived
from rolebook.model.organisation import Area
from rolebook.model.process import Process
from rolebook.pages.places import MATRIX

ON_ONE_PAGE = 50
"""The most processes whose activities stand on one page of the matrix."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with a part of the matrix: the processes of an area, or some of them."""

    path: str
    title: str
    processes: tuple[Process, ...]


@derived
def leaves(handbook: Handbook) -> tuple[Leaf, ...]:
    """The pages that the matrix is cut into, in the order of reading; none where it stands on one page."""
    if len(handbook.processes) <= ON_ONE_PAGE:
        return ()
    return tuple(leaf for area, processes in processes_by_area(handbook) for leaf in _leaves(area, processes))


def _leaves(area: Area, processes: tuple[Process, ...]) -> Iterator[Leaf]:
    starts = range(0, len(processes), ON_ONE_PAGE)
    for number, start in enumerate(starts, 1):
        own = processes[start : start + ON_ONE_PAGE]
        if len(starts) == 1:
            yield Leaf(f"{MATRIX}/{area.id}", area.name, own)
        else:
            yield Leaf(f"{MATRIX}/{area.id}/{number}", f"{area.name}, {own[0].name} to {own[-1].name}", own)
