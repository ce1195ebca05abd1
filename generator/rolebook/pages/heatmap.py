"""The heat map: how each process stands in maturity, in its KPIs, in training, and with its review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rolebook.comparing.due import due_by_version
from rolebook.model.completions import Reached, reached
from rolebook.model.figures import GOING_WELL, Figure, State, figures_by_process
from rolebook.model.gaps import Gap, gap_by_subject
from rolebook.model.handbook import Handbook, derived
from rolebook.model.levels import Maturity, maturity_of
from rolebook.model.process import Process

SOON = timedelta(days=60)
"""A review is due soon within so many days."""
GOOD, FAIR, POOR, QUIET = "good", "fair", "poor", "quiet"
"""How warm a place of the map is; nothing can be said of a quiet one."""


@dataclass(frozen=True, slots=True)
class Trained:
    """How many have learnt what a release asked them to learn of a process: the newest one that asked anybody."""

    version: str
    trained: int
    due: int

    @property
    def percent(self) -> int:
        """How many of a hundred: a hundred only where nobody is missing."""
        return min(self.trained * 100 // self.due, 100) if self.due else 100


@dataclass(frozen=True, slots=True)
class Row:
    """A process in the map."""

    process: Process
    maturity: Maturity
    gap: Gap | None
    figures: tuple[Figure, ...]
    training: Trained | None
    """None where nobody is asked to learn anything, or where nothing is recorded."""
    today: date | None
    """The day of the check; None where it is not known, and reviews are neither overdue nor due soon."""

    @property
    def measured(self) -> int:
        """How many of its KPIs are measured."""
        return sum(figure.state is not State.UNMEASURED for figure in self.figures)

    @property
    def well(self) -> int:
        """How many of them have reached their target or are on course."""
        return sum(figure.state in GOING_WELL for figure in self.figures)

    @property
    def overdue(self) -> bool:
        """Whether the day of its review has passed."""
        approval = self.process.approval
        return bool(self.today and approval and approval.next_review < self.today)

    @property
    def due_soon(self) -> bool:
        """Whether its review comes within the next weeks."""
        approval = self.process.approval
        return bool(self.today and approval and self.today <= approval.next_review <= self.today + SOON)

    @property
    def of_maturity(self) -> str:
        """Good where the target is reached, fair one level below it; without a target, nothing is said."""
        if self.maturity.now is None or self.gap is None:
            return QUIET
        return GOOD if not self.gap.size else FAIR if self.gap.size == 1 else POOR

    @property
    def of_kpis(self) -> str:
        """Good where four fifths of what is measured go well, fair where half do."""
        if not self.measured:
            return QUIET
        return GOOD if 5 * self.well >= 4 * self.measured else FAIR if 2 * self.well >= self.measured else POOR

    @property
    def of_training(self) -> str:
        """Good from nine tenths on, fair from six tenths on."""
        if self.training is None:
            return QUIET
        return GOOD if self.training.percent >= 90 else FAIR if self.training.percent >= 60 else POOR

    @property
    def of_review(self) -> str:
        """Good where there is time, fair where it is due soon, poor where it is overdue or nobody has approved it."""
        if self.today is None:
            return QUIET
        if self.process.approval is None or self.overdue:
            return POOR
        return FAIR if self.due_soon else GOOD


def rows(handbook: Handbook, processes: Iterable[Process], today: date | None) -> tuple[Row, ...]:
    """The processes as lines of the map, in their order."""
    training = _trained(handbook)
    return tuple(
        Row(
            process,
            maturity_of(handbook, str(process.id)),
            gap_by_subject(handbook).get(str(process.id)),
            figures_by_process(handbook).get(str(process.id), ()),
            training.get(str(process.id)),
            today,
        )
        for process in processes
    )


@derived
def _trained(handbook: Handbook) -> Mapping[str, Trained]:
    """By process: how many have learnt what the newest release that changed something to learn of it asked for.

    All of `past` is needed. Roles of which nothing is recorded are left out.
    """
    found: dict[str, Trained] = {}
    for version, due in reversed(tuple(due_by_version(handbook).items())):
        asked: dict[str, list[Reached]] = {}
        for role, modules in due.items():
            for process in {str(one).partition("/")[0] for _, module in modules for one in module.teaches}:
                asked.setdefault(process, []).extend(filter(None, [reached(handbook, role, version)]))
        for process, own in asked.items():
            if own and process not in found:
                found[process] = Trained(version, sum(one.trained for one in own), sum(one.due for one in own))
    return found
