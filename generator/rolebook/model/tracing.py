"""From objectives to their KPIs, to the improvements that move them, to the releases that brought these; and back."""

from collections.abc import Iterator, Mapping

from rolebook.model.backlinks import improvements_by_name, processes_in_order
from rolebook.model.figures import Figure, figures, figures_by_process
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Status
from rolebook.model.organisation import Objective
from rolebook.model.release import Release
from rolebook.model.standing import standing
from rolebook.value import value

_KPI = "kpi:"


@value()
class Traced:
    """An objective, its KPIs with the improvements that move each, and the improvements that serve it without a KPI."""

    objective: Objective
    kpis: tuple[tuple[Figure, tuple[Improvement, ...]], ...]
    improvements: tuple[Improvement, ...]

    @property
    def unmoved(self) -> tuple[Figure, ...]:
        """The KPIs that no improvement moves."""
        return tuple(figure for figure, movers in self.kpis if not movers)


@value()
class Origin:
    """An improvement, the KPIs that it moves, and the objectives that it and these serve, each once."""

    improvement: Improvement
    kpis: tuple[Figure, ...]
    objectives: tuple[str, ...]
    release: Release | None


@derived
def movers(handbook: Handbook) -> Mapping[str, tuple[Improvement, ...]]:
    """The improvements that add or change a KPI, or are measured by it, by its reference; without rejected ones."""
    found: dict[str, list[Improvement]] = {}
    for improvement in improvements_by_name(handbook):
        if improvement.status != Status.REJECTED.value:
            for reference in _moved(improvement):
                found.setdefault(reference, []).append(improvement)
    return {reference: tuple(own) for reference, own in found.items()}


@derived
def traced(handbook: Handbook) -> tuple[Traced, ...]:
    """Every objective of the organisation, in its order, with what leads on from it."""
    by_objective: dict[str, list[Figure]] = {}
    for process in processes_in_order(handbook):
        for figure in figures_by_process(handbook).get(str(process.id), ()):
            by_objective.setdefault(str(figure.kpi.objective), []).append(figure)
    return tuple(
        _traced(handbook, objective, by_objective.get(str(objective.id), ()))
        for objective in handbook.organisation.objectives
    )


@derived
def origins(handbook: Handbook) -> tuple[Origin, ...]:
    """Every improvement that was not rejected, with what it is for: those of the newest release first."""
    known = figures(handbook)
    found = [
        _origin(handbook, improvement, tuple(known[one] for one in _moved(improvement) if one in known))
        for improvement in improvements_by_name(handbook)
        if improvement.status != Status.REJECTED.value
    ]
    order = {str(id): place for place, id in enumerate(handbook.releases, 1)}
    return tuple(sorted(found, key=lambda one: -order[str(one.release.id)] if one.release else 0))


def _traced(handbook: Handbook, objective: Objective, own: "tuple[Figure, ...] | list[Figure]") -> Traced:
    kpis = tuple((figure, movers(handbook).get(figure.reference, ())) for figure in own)
    by_kpi = {improvement.id for _, moving in kpis for improvement in moving}
    others = (
        one
        for one in improvements_by_name(handbook)
        if one.objective == objective.id and one.id not in by_kpi and one.status != Status.REJECTED.value
    )
    return Traced(objective, kpis, tuple(others))


def _origin(handbook: Handbook, improvement: Improvement, kpis: tuple[Figure, ...]) -> Origin:
    said = [str(improvement.objective)] if improvement.objective else []
    objectives = dict.fromkeys([*said, *(str(figure.kpi.objective) for figure in kpis)])
    return Origin(improvement, kpis, tuple(objectives), standing(handbook, improvement).release)


def _moved(improvement: Improvement) -> Iterator[str]:
    """The references of the KPIs that an improvement says it moves, each once."""
    named = [str(one).removeprefix(_KPI) for one in (*improvement.adds, *improvement.changes) if one.startswith(_KPI)]
    shown = [str(improvement.measured.kpi)] if improvement.measured else []
    return iter(dict.fromkeys([*shown, *named]))
