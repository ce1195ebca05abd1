"""The whole matrix of a large handbook, cut into pages: by area, and a large area into parts."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.backlinks import processes_by_area
from rolebook.model.handbook import Handbook, derived
from rolebook.model.organisation import Area
from rolebook.model.process import Process
from rolebook.pages.places import MATRIX
from rolebook.rendering import Look

ON_ONE_PAGE = 50
"""The most processes whose activities stand on one page of the matrix."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with a part of the matrix: the processes of an area, or some of them."""

    path: str
    area: Area
    processes: tuple[Process, ...]
    whole: bool
    """Whether these are all processes of the area."""

    def title(self, look: Look) -> str:
        """The name of the area; of a part with the processes that it begins and ends with."""
        if self.whole:
            return self.area.name
        first, last = self.processes[0].name, self.processes[-1].name
        return look.say("{area}, {first} to {last}").format(area=self.area.name, first=first, last=last)


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
            yield Leaf(f"{MATRIX}/{area.id}", area, own, whole=True)
        else:
            yield Leaf(f"{MATRIX}/{area.id}/{number}", area, own, whole=False)
