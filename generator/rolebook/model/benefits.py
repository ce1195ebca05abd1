"""Benefits realised: what achieved improvements claim to save in a year, and what somebody has counted since.

Of several confirmations of an improvement the latest counts; of two of the same day, the one that is written last. The
saving of an improvement that another achieved one replaced has ended: it counts neither as claimed nor as confirmed
today, but still tells how good our claims are.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from rolebook.model.business import Realised
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Status
from rolebook.model.proof import Proof, proof
from rolebook.model.returns import WHOLE, Reckoned, Sums, Total, ended_by, reckoned, reckoning, together
from rolebook.value import value


@value()
class Benefit:
    """What an achieved improvement saves in a year: as it was claimed, and as it was counted."""

    improvement: Improvement
    claimed: Fraction | None
    """None where it names no yearly saving."""
    confirmations: tuple[Realised, ...]
    """What was counted, the latest first."""
    ended_by: tuple[Improvement, ...]
    """The achieved improvements that replaced it."""
    proof: Proof | None
    """Its KPI before and after; None where it names none that there is."""

    @property
    def confirmed(self) -> Realised | None:
        """The confirmation that counts; None where nobody has counted yet."""
        return self.confirmations[0] if self.confirmations else None

    @property
    def found(self) -> Fraction | None:
        """What was counted last; None where nobody has counted yet."""
        return Fraction(self.confirmed.per_year) if self.confirmed else None

    @property
    def difference(self) -> Fraction | None:
        """By how much more was counted than claimed; None where one of the two is missing."""
        return None if self.found is None or self.claimed is None else self.found - self.claimed

    @property
    def is_open(self) -> bool:
        """Whether its saving goes on, and still has to be counted."""
        return self.claimed is not None and self.confirmed is None and not self.ended_by


@value()
class Balance:
    """Several benefits together."""

    benefits: tuple[Benefit, ...]

    @property
    def running(self) -> tuple[Benefit, ...]:
        """Those whose saving goes on."""
        return tuple(one for one in self.benefits if not one.ended_by)

    @property
    def claimed(self) -> Fraction:
        """What those claim in a year whose saving goes on."""
        return _sum(one.claimed for one in self.running)

    @property
    def confirmed(self) -> Fraction:
        """What was counted of it."""
        return _sum(one.found for one in self.running)

    @property
    def claimed_of_confirmed(self) -> Fraction:
        """What those claim of which something was counted."""
        return _sum(one.claimed for one in self.running if one.confirmed)

    @property
    def still_open(self) -> Fraction:
        """What is claimed, and still has to be counted."""
        return _sum(one.claimed for one in self.running if one.is_open)

    @property
    def difference(self) -> Fraction:
        """By how much more was counted than those claim of which something was counted."""
        return self.confirmed - self.claimed_of_confirmed

    @property
    def waiting(self) -> tuple[Benefit, ...]:
        """Those that still have to be counted."""
        return tuple(one for one in self.benefits if one.is_open)

    @property
    def compared(self) -> tuple[Benefit, ...]:
        """Those of which claim and count are both there, also where the saving has ended."""
        return tuple(one for one in self.benefits if one.difference is not None)

    @property
    def compared_claims(self) -> Fraction:
        """What these claimed."""
        return _sum(one.claimed for one in self.compared)

    @property
    def compared_counts(self) -> Fraction:
        """What was counted of them."""
        return _sum(one.found for one in self.compared)

    @property
    def accuracy(self) -> Fraction | None:
        """How much of what these claimed was found, in percent; None where nothing was claimed."""
        return WHOLE * self.compared_counts / self.compared_claims if self.compared_claims > 0 else None


@derived
def benefits(handbook: Handbook) -> Balance:
    """The benefits of all achieved improvements that claim a yearly saving or had one confirmed, the earliest first."""
    counted = _confirmations(handbook)
    achieved = [one for one in handbook.improvements.values() if one.status == Status.ACHIEVED.value]
    found = (_benefit(handbook, one, counted.get(str(one.id), ())) for one in sorted(achieved, key=_when))
    return Balance(tuple(one for one in found if one.claimed is not None or one.confirmed))


def benefit_of(handbook: Handbook, improvement: Improvement) -> Benefit | None:
    """The benefit of an achieved improvement; None where there is nothing to tell of it."""
    return _by_improvement(handbook).get(str(improvement.id))


@derived
def benefits_by_objective(handbook: Handbook) -> Mapping[str, Balance]:
    """The benefits by the objective that they serve, in the order of the objectives; "" where they name none of it."""
    ids = [str(one.id) for one in handbook.organisation.objectives]
    by_objective: dict[str, list[Benefit]] = {id: [] for id in (*ids, "")}
    for one in benefits(handbook).benefits:
        objective = str(one.improvement.objective or "")
        by_objective[objective if objective in by_objective else ""].append(one)
    return {objective: Balance(tuple(own)) for objective, own in by_objective.items() if own}


def as_counted(handbook: Handbook, total: Total) -> Reckoned | None:
    """A total of the business case with what was counted in place of what was claimed; None without such a case."""
    known = reckoning(handbook)
    return reckoned(known.business, together(_counted(handbook, total))) if known else None


def _counted(handbook: Handbook, total: Total) -> Iterator[Sums]:
    for one in total.returns:
        benefit, sums = benefit_of(handbook, one.improvement), one.whole.sums
        if benefit and benefit.found is not None and not one.ended_by:
            yield Sums(sums.paid_once, sums.paid_yearly, sums.saved_once, benefit.found)
        else:
            yield sums


@derived
def _by_improvement(handbook: Handbook) -> Mapping[str, Benefit]:
    return {str(one.improvement.id): one for one in benefits(handbook).benefits}


@derived
def _confirmations(handbook: Handbook) -> Mapping[str, tuple[Realised, ...]]:
    """What was counted of each improvement, the latest first."""
    found: dict[str, list[Realised]] = {}
    for one in handbook.business_case.realised if handbook.business_case else ():
        found.setdefault(str(one.improvement), []).append(one)
    return {id: _latest_first(own) for id, own in found.items()}


def _latest_first(own: list[Realised]) -> tuple[Realised, ...]:
    places = sorted(range(len(own)), key=lambda place: (own[place].date, place), reverse=True)
    return tuple(own[place] for place in places)


def _benefit(handbook: Handbook, improvement: Improvement, confirmations: tuple[Realised, ...]) -> Benefit:
    saves = improvement.saves
    return Benefit(
        improvement=improvement,
        claimed=Fraction(saves.per_year) if saves and saves.per_year is not None else None,
        confirmations=confirmations,
        ended_by=ended_by(handbook, improvement),
        proof=proof(handbook, improvement),
    )


def _when(improvement: Improvement) -> tuple[str, str]:
    return (improvement.achieved.isoformat() if improvement.achieved else "", improvement.name.casefold())


def _sum(several: Iterator[Fraction | None]) -> Fraction:
    return sum((one for one in several if one is not None), Fraction(0))
