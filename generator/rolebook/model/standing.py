"""How far an improvement has come, and the record that proves it: from what it brought to the release that holds it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from rolebook.model.catalogue import of_kind
from rolebook.model.consolidation import Lack, Reach, consolidation, lacks, missing
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Status
from rolebook.model.job import JobDescription
from rolebook.model.proof import Proof, proof
from rolebook.model.release import Release
from rolebook.model.released import released_in
from rolebook.model.telling import Told, told_of
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.source import Text
from rolebook.value import value

INSTITUTIONALISED = "institutionalised"
"""The state after `achieved`. Nobody writes it: it follows from the job descriptions, the training and the releases."""

STATES: tuple[str, ...] = (*(str(s) for s in Status if s is not Status.REJECTED), INSTITUTIONALISED)
"""The states that an improvement passes through, in their order."""


@value()
class Standing:
    """How far an improvement has come.

    `state` is the status that its file says, or `institutionalised`. `release` is the release that consolidated it.
    `lacks` is what keeps one that is achieved from being consolidated.
    """

    state: str
    release: Release | None = None
    lacks: tuple[Lack, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether it only waits for the next release."""
        return self.state == Status.ACHIEVED.value and self.release is None and not self.lacks


def standing(handbook: Handbook, improvement: Improvement) -> Standing:
    """How far an improvement of the handbook has come.

    It is institutionalised when it is achieved, everybody whom it touches has it in the job description and in the
    training (or an excuse), and a release has consolidated it. Whether it was measured and told are other questions.
    """
    return _standings(handbook)[improvement.id]


@derived
def _standings(handbook: Handbook) -> Mapping[str, Standing]:
    return {id: _standing(handbook, improvement) for id, improvement in handbook.improvements.items()}


def _standing(handbook: Handbook, improvement: Improvement) -> Standing:
    release = released_in(handbook).get(improvement.id)
    if improvement.status != Status.ACHIEVED.value:
        return Standing(str(improvement.status), release)
    lacking = lacks(handbook, improvement)
    return Standing(INSTITUTIONALISED if release and not lacking else str(improvement.status), release, lacking)


class Mark(StrEnum):
    """How far an improvement has come in one respect."""

    DONE = "done"
    MISSING = "missing"
    """It calls itself achieved, and this is not so."""
    OPEN = "open"
    """Not yet, and nobody says otherwise."""
    NOT_NEEDED = "not-needed"


@value()
class Record:
    """The consolidation record of an improvement.

    `to_come` are the elements that it adds or changes and that are not there, or that it removes and that still are.
    `roles` are those that do what it brings or answer for it, each with how far it has got there; `informed` those
    that need no more than to be told. `telling` is who of them was told by what; None without a communication plan.
    """

    improvement: Improvement
    standing: Standing
    to_come: tuple[Text, ...]
    roles: tuple[tuple[str, tuple[Reach, ...]], ...]
    informed: tuple[str, ...]
    telling: Told | None = None
    proof: Proof | None = None
    is_measured: bool = False

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """What those need who do what it brings or answer for it, one role after the other."""
        return tuple(reach for _, own in self.roles for reach in own)

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What is missing in job descriptions and in the training, achieved or not."""
        return tuple(lack for reach in self.reaches for lack in missing(reach))

    @property
    def jobs(self) -> tuple[JobDescription, ...]:
        """The jobs that have it among their duties or objectives."""
        found = (job for reach in self.reaches for job in reach.having)
        return tuple({job.id: job for job in found}.values())

    @property
    def modules(self) -> tuple[tuple[TrainingPlan, TrainingModule], ...]:
        """The training modules that teach it, with their plans."""
        found = (taught for reach in self.reaches for taught in reach.modules)
        return tuple({(plan.id, module.id): (plan, module) for plan, module in found}.values())

    @property
    def excused_from_duty(self) -> tuple[str, ...]:
        """The roles for which a reason stands in for a duty."""
        return tuple(role for role, own in self.roles if any(reach.is_excused_from_duty for reach in own))

    @property
    def excused_from_training(self) -> tuple[str, ...]:
        """The roles for which a reason stands in for training."""
        return tuple(role for role, own in self.roles if any(reach.is_excused_from_training for reach in own))

    @property
    def brought(self) -> Mark:
        """Whether it has been achieved, and all of it is there."""
        achieved = self.improvement.status == Status.ACHIEVED.value
        return Mark.DONE if achieved and not self.to_come else self._short

    @property
    def in_jobs(self) -> Mark:
        """Whether everybody who needs it has it in the job description."""
        return self._mark("duty", needed=bool(self.reaches))

    @property
    def in_training(self) -> Mark:
        """Whether everybody who needs it is taught."""
        return self._mark("training", needed=any(reach.touch.needs_training for reach in self.reaches))

    @property
    def measured(self) -> Mark:
        """Whether its KPI was measured before and after it, whichever way that moved.

        Something is missing where it is achieved and later months have been measured; no day has to be known for that.
        """
        if not self.is_measured:
            return Mark.OPEN
        if self.proof and self.proof.is_shown:
            return Mark.DONE
        return self._short if self.proof is None or self.proof.is_overdue else Mark.OPEN

    @property
    def told(self) -> Mark:
        """Whether everybody whom it touches has been told: open where the handbook has no communication plan."""
        if self.telling is None:
            return Mark.OPEN
        if self.telling.untold:
            return self._short
        return Mark.DONE if self.telling.roles else Mark.NOT_NEEDED

    @property
    def released(self) -> Mark:
        """Whether a release has consolidated it."""
        return Mark.DONE if self.standing.release else Mark.OPEN

    def _mark(self, of: str, *, needed: bool) -> Mark:
        if any(lack.of == of for lack in self.lacks):
            return self._short
        if self.to_come:
            return Mark.OPEN
        return Mark.DONE if needed else Mark.NOT_NEEDED

    @property
    def _short(self) -> Mark:
        return Mark.MISSING if self.improvement.status == Status.ACHIEVED.value else Mark.OPEN


def record(handbook: Handbook, improvement: Improvement) -> Record:
    """The consolidation record of an improvement of the handbook, as things stand."""
    by_role: dict[str, list[Reach]] = {}
    for reach in consolidation(handbook, improvement):
        needed = by_role.setdefault(reach.touch.role, [])
        if reach.touch.needs_work:
            needed.append(reach)
    return Record(
        improvement,
        standing(handbook, improvement),
        to_come=tuple(_to_come(handbook, improvement)),
        roles=tuple((role, tuple(own)) for role, own in by_role.items() if own),
        informed=tuple(role for role, own in by_role.items() if not own),
        telling=told_of(handbook, improvement) if handbook.communication else None,
        proof=proof(handbook, improvement),
        is_measured=any(handbook.measurements.values()),
    )


def records(handbook: Handbook, release: Release) -> tuple[Record, ...]:
    """The records of the improvements that a release consolidated, but for those that the handbook no longer has."""
    return tuple(
        record(handbook, improvement)
        for id, improvement in handbook.improvements.items()
        if released_in(handbook).get(id) == release
    )


def _to_come(handbook: Handbook, improvement: Improvement) -> Iterator[Text]:
    out = taken_out(handbook) if improvement.status == Status.ACHIEVED.value else {}
    for element in (*improvement.adds, *improvement.changes):
        if not _is_there(handbook, element) and element not in out:
            yield element
    for element in improvement.removes:
        if _is_there(handbook, element) and element not in _added(handbook):
            yield element


def _is_there(handbook: Handbook, element: str) -> bool:
    kind, _, reference = element.partition(":")
    if kind == "role" and reference in handbook.roles:
        return handbook.roles[reference].active
    return reference in of_kind(handbook, kind)


@derived
def taken_out(handbook: Handbook) -> Mapping[str, Improvement]:
    """Which improvement, now achieved, took out what is named so (`activity:process/id`); of several the last."""
    return {element: improvement for improvement in _achieved(handbook) for element in improvement.removes}


def former_name(handbook: Handbook, element: str) -> str:
    """What was called so (`activity:process/id`) in the last release that had it; "" where none is known to have."""
    kind, _, reference = element.partition(":")
    for past in reversed(tuple(handbook.past.values())):
        if thing := of_kind(past, kind).get(reference):
            return thing.name
    return ""


@derived
def _added(handbook: Handbook) -> frozenset[str]:
    """What improvements add: it may have been taken out by an earlier one."""
    return frozenset(element for i in handbook.improvements.values() for element in i.adds)


def _achieved(handbook: Handbook) -> Iterator[Improvement]:
    return (i for i in handbook.improvements.values() if i.status == Status.ACHIEVED.value)
