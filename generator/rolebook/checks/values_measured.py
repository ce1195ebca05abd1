"""Values that a KPI cannot have: shares beyond the whole, times and counts below nothing, and halves of a number."""

import re
from collections.abc import Iterable, Iterator

from rolebook.checks.wording import quoted
from rolebook.diagnostic import Finding
from rolebook.model.measurement import Measurement
from rolebook.model.process import Kpi
from rolebook.model.values import Number

PERCENT = frozenset({"percent", "%"})
"""The units of a share of a whole; what may go beyond the whole is called otherwise, as 'percent of the plan'."""
TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})
"""Units of a time that something takes; 'working days' is one, too."""
COUNTS = frozenset(
    {
        *("audit", "call", "case", "change", "complaint", "defect", "error", "failure", "fault", "finding"),
        *("incident", "order", "outage", "problem", "project", "question", "release", "report", "request"),
        *("review", "suggestion", "supplier", "survey", "test", "ticket", "visit", "work order"),
    }
)
"""Units of what is counted one by one."""
_NUMBER_FIRST = re.compile(r"\d+ ?(\D+)")


def value_findings(kpi: Kpi, rows: Iterable[Measurement]) -> Iterator[Finding]:
    """What cannot be about the values of a KPI's measurements, or is lost of them behind a comma."""
    unit = str(kpi.unit).casefold().strip()
    known = _known(kpi)
    has_whole = unit in PERCENT and all(number <= 100 for number in known)
    has_nothing = _is_never_negative(kpi, unit) and all(number >= 0 for number in known)
    for row in rows:
        if has_whole and row.value > 100:
            message = f"{row.value} percent is more than all there is"
            help = "Correct it; where more is possible, give the KPI a unit that says so: 'percent of the plan'."
            yield Finding(row.value.span, message, help)
        elif has_nothing and row.value < 0:
            help = "Correct it; where the KPI can fall below 0, let its unit say so: 'hours more than planned'."
            yield Finding(row.value.span, f"{row.value} {kpi.unit} is less than nothing", help)
        elif row.note and _is_decimals(row, row.note, unit):
            message = f"the note {quoted(row.note)} behind the value {row.value} is only a number with its unit"
            help = "Write one number, with a point, without a comma and without its unit; or put the note in words."
            yield Finding(row.note.span, message, help)


def _known(kpi: Kpi) -> list[Number]:
    """The values that the KPI had before, and that it shall have."""
    target = kpi.target
    numbers = (target.value, target.low, target.high, kpi.baseline.value if kpi.baseline else None)
    return [number for number in numbers if number is not None]


def _is_never_negative(kpi: Kpi, unit: str) -> bool:
    """Whether nothing in this unit can be less than nothing: a time may be what is left of one, or early."""
    one = unit.rpartition(" ")[2].removesuffix("s")
    takes_time = one in TIMES and kpi.better == "lower" and bool(kpi.target.value)
    return unit in PERCENT or one in COUNTS or takes_time


def _is_decimals(row: Measurement, note: str, unit: str) -> bool:
    """Whether a note is perhaps what stood behind the comma of a number, with the unit of the KPI."""
    found = _NUMBER_FIRST.fullmatch(note)
    if found is None or row.value != row.value.to_integral_value():
        return False
    written = found[1].casefold().strip(" .")
    return written in (unit, unit[:1]) or (unit in PERCENT and written in PERCENT)
