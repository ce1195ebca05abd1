"""How the processes hand over to each other, as a whole: from which to which, drawn in a ring."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rolebook.drawing.ring import Ring, ring
from rolebook.model.backlinks import processes_by_area, processes_in_order
from rolebook.model.catalogue import of_kind
from rolebook.model.handbook import Handbook
from rolebook.model.handoffs import transfers

MOST = 16
"""So many can be told apart in one drawing."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A process or an area, with those that it takes something from, and those that it hands something over to."""

    id: str
    name: str
    takes_from: tuple[str, ...]
    hands_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandoverView:
    """Who hands over to whom: processes, or the areas where there are too many processes. `kind` says which."""

    kind: str
    partners: tuple[Partner, ...]
    drawing: Ring


def handover(handbook: Handbook) -> HandoverView | None:
    """The view of all processes or of the areas; None where neither would show anything."""
    areas: dict[str, str] = {process.id: process.area for process in processes_in_order(handbook)}
    by_process = _view(handbook, "process", list(areas), {id: id for id in areas})
    return by_process or _view(handbook, "area", [area.id for area, _ in processes_by_area(handbook)], areas)


def _view(handbook: Handbook, kind: str, ids: list[str], stands_for: Mapping[str, str]) -> HandoverView | None:
    """The view of what has these ids, each of which stands for one or more processes."""
    pairs = Counter(
        (stands_for[transfer.giver], stands_for[transfer.taker])
        for transfer in transfers(handbook)
        if {transfer.giver, transfer.taker} <= stands_for.keys()
    )
    for id in ids:
        del pairs[id, id]
    if not pairs or not 2 < len(ids) <= MOST:
        return None
    partners = tuple(
        Partner(
            id,
            of_kind(handbook, kind)[id].name,
            tuple(other for other in ids if (other, id) in pairs),
            tuple(other for other in ids if (id, other) in pairs),
        )
        for id in ids
    )
    given = {(ids.index(giver), ids.index(taker)): count for (giver, taker), count in pairs.items()}
    return HandoverView(kind, partners, ring([partner.name for partner in partners], given))
