"""How far it is from where we are to where we want to be, and what comes first.

The foundation comes first: the process below level 3 from which most others take something, where these are more than
half of them. Then come the gaps with the highest value for each missing item, where high counts 3, medium 2 and low 1;
of two alike, the one that is due earlier. The same decides between two that could be the foundation. What was never
assessed has no known gap and comes after these, and what has reached its target last.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from rolebook.model.handbook import Handbook, derived
from rolebook.model.handoffs import transfers
from rolebook.model.improvement import Improvement, Status
from rolebook.model.levels import Answered, LevelFound, Maturity, maturity_of
from rolebook.model.maturity import DEFINED, NOT_APPLICABLE, YES
from rolebook.model.targets import HIGH, LOW, MEDIUM, LevelTarget
from rolebook.value import value

FOUNDATION, WORTH, UNKNOWN, REACHED = "foundation", "worth", "unknown", "reached"
"""Why a gap stands where it does, in the order in which these come."""
POINTS: Mapping[str, int] = MappingProxyType({LOW: 1, MEDIUM: 2, HIGH: 3})
"""What a value counts."""
FEW = 2
"""So many missing items at most make a quick win."""
_OPEN = (Status.PROPOSED.value, Status.APPROVED.value, Status.IN_PROGRESS.value)
_DECIDED = _OPEN[1:]


@value()
class Lacking:
    """What is missing at one level: the questions that apply and are not answered with yes."""

    level: int
    asked: tuple[Answered, ...]


@value()
class Gap:
    """What lies between a process, or an area, and its target."""

    target: LevelTarget
    maturity: Maturity
    lacking: tuple[Lacking, ...]
    """What is missing at each level up to the target; nothing where that is reached or was never assessed."""
    builds_on: tuple[Maturity, ...]
    """The processes that work with it and stand lower than it shall, the lowest first."""
    takers: tuple[str, ...]
    """The other processes that take something from it."""
    others: int
    """How many other processes there are."""
    improvements: tuple[Improvement, ...]
    """Those proposed, approved or in progress that add or change something in it."""
    is_foundation: bool = False
    """Whether it is the one with which to begin, since most others build on it."""

    @property
    def subject(self) -> str:
        """The process's id, or the area."""
        return self.target.subject

    @property
    def level(self) -> int | None:
        """The level found last; None where there was no assessment."""
        return self.maturity.now.level if self.maturity.now else None

    @property
    def size(self) -> int:
        """By how many levels it is short of the target."""
        return max(0, self.target.level - (self.level or 0))

    @property
    def missing(self) -> int:
        """How many items are missing, which stands for the effort."""
        return sum(len(one.asked) for one in self.lacking)

    @property
    def is_open(self) -> bool:
        """Whether it was assessed, and found below the target."""
        return self.level is not None and self.size > 0

    @property
    def is_quick_win(self) -> bool:
        """Whether few items are missing, or a quick win has been agreed that touches it."""
        agreed = any(one.quick_win and one.status in _DECIDED for one in self.improvements)
        return self.is_open and (self.missing <= FEW or agreed)

    @property
    def place(self) -> str:
        """Why it stands where it does: `foundation`, `worth`, `unknown`, or `reached`."""
        if self.level is None:
            return UNKNOWN
        if not self.is_open:
            return REACHED
        return FOUNDATION if self.is_foundation else WORTH

    @property
    def may_be_foundation(self) -> bool:
        """Whether more than half of the other processes take something from it, and it is below level 3."""
        low = self.is_open and self.level is not None and self.level < DEFINED
        return low and 2 * len(self.takers) > self.others

    @property
    def worth(self) -> Fraction:
        """Its value for each missing item."""
        return Fraction(POINTS.get(self.target.value, 0), max(1, self.missing))


@derived
def gaps(handbook: Handbook) -> tuple[Gap, ...]:
    """The gap of every target that is clear, in the order in which they should be closed."""
    first: dict[str, LevelTarget] = {}
    for target in targets(handbook):
        if target.is_clear:
            first.setdefault(target.subject, target)
    return in_order([_gap(handbook, target) for target in first.values()])


def in_order(found: Iterable[Gap]) -> tuple[Gap, ...]:
    """Gaps in the order in which they should be closed, with the foundation marked where there is one."""
    by_worth = sorted(found, key=_order)
    possible = [gap for gap in by_worth if gap.may_be_foundation]
    if not possible:
        return tuple(by_worth)
    foundation = max(possible, key=lambda gap: len(gap.takers))
    return (replace(foundation, is_foundation=True), *(gap for gap in by_worth if gap is not foundation))


def targets(handbook: Handbook) -> tuple[LevelTarget, ...]:
    """The targets as they are written; none where there is no file of them."""
    return handbook.targets.targets if handbook.targets else ()


@derived
def gap_by_subject(handbook: Handbook) -> Mapping[str, Gap]:
    """The gap of each process and area that has a target, by its id."""
    return {gap.subject: gap for gap in gaps(handbook)}


def _order(gap: Gap) -> tuple[int, Fraction, date, str]:
    rank = (FOUNDATION, WORTH, UNKNOWN, REACHED).index(gap.place)
    return rank, -gap.worth, gap.target.due, gap.subject


def _gap(handbook: Handbook, target: LevelTarget) -> Gap:
    subject = target.subject
    maturity = maturity_of(handbook, subject)
    is_short = maturity.now is not None and maturity.now.level < target.level
    partners = (maturity_of(handbook, one) for one in sorted(_partners(handbook).get(subject, ())))
    lower = [one for one in partners if one.now and one.now.level < target.level] if is_short else []
    return Gap(
        target=target,
        maturity=maturity,
        lacking=tuple(_lacking(maturity.now.levels, target.level)) if is_short and maturity.now else (),
        builds_on=tuple(sorted(lower, key=lambda one: one.now.progress if one.now else 0)),
        takers=tuple(sorted(_takers(handbook).get(subject, ()))),
        others=len(handbook.processes.keys() - {subject}),
        improvements=tuple(one for one in handbook.improvements.values() if _touches(one, subject)),
    )


def _lacking(levels: tuple[LevelFound, ...], upto: int) -> Iterator[Lacking]:
    for one in levels[:upto]:
        asked = tuple(each for each in one.asked if each.word not in (YES, NOT_APPLICABLE))
        if asked:
            yield Lacking(one.level, asked)


def _touches(improvement: Improvement, process: str) -> bool:
    """Whether an improvement that is still to come adds or changes something in a process."""
    places = (element.partition(":")[2] for element in (*improvement.adds, *improvement.changes))
    return improvement.status in _OPEN and any(place.startswith(f"{process}/") for place in places)


@derived
def _takers(handbook: Handbook) -> Mapping[str, frozenset[str]]:
    """The processes that take something from each process."""
    found: dict[str, set[str]] = {}
    for giver, taker in _passing(handbook):
        found.setdefault(giver, set()).add(taker)
    return {giver: frozenset(takers) for giver, takers in found.items()}


@derived
def _partners(handbook: Handbook) -> Mapping[str, frozenset[str]]:
    """The processes that take something from each process or hand something over to it."""
    found: dict[str, set[str]] = {}
    for giver, taker in _passing(handbook):
        found.setdefault(giver, set()).add(taker)
        found.setdefault(taker, set()).add(giver)
    return {process: frozenset(others) for process, others in found.items()}


def _passing(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """From which process to which other something passes; what goes to any process, or comes from any, is left out."""
    for transfer in transfers(handbook):
        giver, taker = transfer.giver, transfer.taker
        if giver != taker and giver in handbook.processes and taker in handbook.processes:
            yield giver, taker
