"""Whether an improvement has worked: its KPI before and after, and how much of the difference is due to it.

A KPI that is measured every quarter shows a month by the value of the quarter in which it lies. Before and after must
be two values: one that covers both months shows nothing.
"""

from collections.abc import Mapping
from decimal import Decimal

from rolebook.model.figures import PERIODS, Figure, figures, figures_by_process, month_number
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Measured
from rolebook.model.measurement import Measurement
from rolebook.value import value

WHOLE = 100
"""The share of an improvement that says nothing of others: all that the KPI moved, in percent."""


@value()
class Proof:
    """What was measured of the KPI of an improvement, before and after it."""

    improvement: Improvement
    measured: Measured
    figure: Figure
    before: Measurement | None
    """The value that covers the month before; None where that was not measured."""
    after: Measurement | None
    """The value that covers the month after; None where that was not measured, or not apart from the month before."""
    latest: int | None
    """The last month, as `month_number` counts, of which any KPI of the process was measured; None where none was."""

    @property
    def share(self) -> int:
        """How much of what the KPI moved the improvement claims, in percent."""
        return WHOLE if self.measured.share is None else int(self.measured.share)

    @property
    def is_shown(self) -> bool:
        """Whether both were measured."""
        return self.before is not None and self.after is not None

    @property
    def moved(self) -> Decimal | None:
        """By how much the KPI is better than before, in its unit; less than 0 where it is worse, None if not shown."""
        if self.before is None or self.after is None:
            return None
        return self.figure.gain(self.before.value, self.after.value)

    @property
    def claimed(self) -> Decimal | None:
        """What of this is due to the improvement: `moved` × `share` / 100."""
        return None if self.moved is None else self.moved * self.share / WHOLE

    @property
    def claimed_shown(self) -> Decimal | None:
        """The same as people read it: rounded to one digit more than was measured."""
        if self.claimed is None or self.before is None or self.after is None:
            return None
        digits = max(_digits(self.before.value), _digits(self.after.value)) + 1
        rounded = round(self.claimed, digits)
        return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()

    @property
    def is_better(self) -> bool:
        """Whether the KPI is better than before."""
        return self.moved is not None and self.moved > 0

    @property
    def lacking(self) -> tuple[str, ...]:
        """The months of which no value is there, the one before first."""
        found = ((self.measured.before, self.before), (self.measured.after, self.after))
        return tuple(str(month) for month, measurement in found if measurement is None)

    @property
    def is_overdue(self) -> bool:
        """Whether something is missing although later months of the process have been measured."""
        return self.latest is not None and any(period_end(self.figure, one) < self.latest for one in self.lacking)

    def overlaps(self, other: "Proof") -> bool:
        """Whether both are about one KPI, and some of the time from before to after belongs to both."""
        mine, others = self.measured, other.measured
        begins, ends = max(mine.before, others.before), min(mine.after, others.after)
        return self.figure.reference == other.figure.reference and begins < ends


@derived
def proofs(handbook: Handbook) -> Mapping[str, Proof]:
    """The proof of each improvement that names a KPI which there is, by the improvement's id."""
    found: dict[str, Proof] = {}
    for id, improvement in handbook.improvements.items():
        measured = improvement.measured
        figure = figures(handbook).get(measured.kpi) if measured else None
        if measured and figure and measured.before and measured.after:
            found[id] = _proof(handbook, improvement, measured, figure)
    return found


def proof(handbook: Handbook, improvement: Improvement) -> Proof | None:
    """What shows that an improvement of the handbook has worked; None where it names no KPI, or none that there is."""
    return proofs(handbook).get(improvement.id)


def proofs_of_kpi(handbook: Handbook, reference: str) -> tuple[Proof, ...]:
    """What improvements show by the KPI written `process/kpi`, by the month after which they look."""
    of_kpi = (one for one in proofs(handbook).values() if one.figure.reference == reference)
    return tuple(sorted(of_kpi, key=lambda one: (one.measured.after, one.measured.before, str(one.improvement.id))))


def period_end(figure: Figure, month: str) -> int:
    """The last month, as `month_number` counts, of the period in which a month lies.

    In which months periods end is taken from what was measured, else from the baseline; where there is neither, the
    period may end as late as it can.
    """
    wanted, length = month_number(month), PERIODS.get(figure.kpi.measured_every, 1)
    anchor = month_number(figure.last.month) if figure.last else figure.baseline[0] if figure.baseline else None
    return wanted + length - 1 if anchor is None else wanted + (anchor - wanted) % length


def _proof(handbook: Handbook, improvement: Improvement, measured: Measured, figure: Figure) -> Proof:
    before, after = figure.in_month(measured.before), figure.in_month(measured.after)
    lasts = [one.last.month for one in figures_by_process(handbook).get(str(figure.process.id), ()) if one.last]
    return Proof(
        improvement,
        measured,
        figure,
        before,
        None if after is before else after,
        month_number(max(lasts)) if lasts else None,
    )


def _digits(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
