"""From each objective to its KPIs, to the improvements that move them and to the releases; and back from these."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolebook.model.figures import Figure
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.tracing import Origin, Traced, origins, traced
from rolebook.pages.composing import Part, compose
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, TRACEABILITY
from rolebook.rendering import Links

_MOST = 100
"""Up to so many KPIs of an objective are named that no improvement moves; of more, only how many there are."""


@dataclass(frozen=True, slots=True)
class TraceabilityView:
    """Every objective with what leads on from it, and every improvement with what it is for."""

    objectives: tuple[Traced, ...]
    releases: tuple[tuple[Release | None, tuple[Origin, ...]], ...]
    """The improvements by the release that brought them, the newest first; those of none last."""
    most: int = _MOST

    @property
    def kpis(self) -> int:
        """How many KPIs there are."""
        return sum(len(one.kpis) for one in self.objectives)

    @property
    def unmoved(self) -> tuple[Figure, ...]:
        """The KPIs that no improvement moves."""
        return tuple(figure for one in self.objectives for figure in one.unmoved)

    @property
    def without_kpi(self) -> tuple[Traced, ...]:
        """The objectives that no KPI serves."""
        return tuple(one for one in self.objectives if not one.kpis)

    @property
    def aimless(self) -> tuple[Origin, ...]:
        """The improvements that serve no objective, by themselves or by a KPI."""
        return tuple(one for _, own in self.releases for one in own if not one.objectives)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The one page; none where nothing is measured."""
    if not handbook.measurements:
        return
    view = TraceabilityView(traced(handbook), tuple(_by_release(origins(handbook))))
    yield compose(
        handbook,
        links,
        TRACEABILITY,
        "traceability",
        view,
        _parts(view),
        title=INDEX_HEADINGS[TRACEABILITY],
        description="Which KPIs show an objective, which improvements move them, and which release brought these.",
        source=None,
    )


def _parts(view: TraceabilityView) -> Iterator[Part]:
    yield Part("section_gaps", "Where the chain is broken")
    yield Part("section_objectives", "From the objectives on")
    for one in view.objectives:
        yield Part("objective", one.objective.name, id=f"of_{one.objective.id}", level=3, about={"one": one})
    yield Part("section_releases", "Back from the releases")


def _by_release(found: tuple[Origin, ...]) -> Iterator[tuple[Release | None, tuple[Origin, ...]]]:
    releases = {str(one.release.id) if one.release else "": one.release for one in found}
    for id, release in releases.items():
        yield release, tuple(one for one in found if (str(one.release.id) if one.release else "") == id)
