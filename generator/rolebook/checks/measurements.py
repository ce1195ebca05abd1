"""Family 7, measurements: what tables of measurements say can have been measured."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

from rolebook.checks.check import A_DAY_ELSEWHERE, dated_check
from rolebook.checks.suggestion import meant
from rolebook.checks.values_measured import value_findings
from rolebook.checks.wording import quoted
from rolebook.diagnostic import Finding, Related
from rolebook.model.catalogue import called_now, may_be_lost, path_of
from rolebook.model.figures import PERIODS, month_number, month_of
from rolebook.model.handbook import Handbook
from rolebook.model.measurement import Measurement
from rolebook.model.process import Kpi
from rolebook.source import Span

LONGEST = 50
"""Nothing is taken for measured so many years ago."""
_WITHIN_THE_MONTH = ("day", "week")
"""What is measured so often has a value before its month is over."""
_ENDS = {"quarter": "a quarter", "half-year": "a half-year", "year": "a year"}


@dated_check("RB717", "impossible-measurement")
def impossible_measurement(handbook: Handbook, today: date) -> Iterator[Finding]:
    """A measurement is of a month, or has a value, that cannot be."""
    for id, rows in handbook.measurements.items():
        if process := handbook.processes.get(id):
            kpis = {str(kpi.id): kpi for kpi in reversed(process.kpis) if handbook.whole(kpi.span)}
            for kpi, of_kpi in _by_kpi(rows).items():
                yield from _of_kpi(kpis.get(kpi), of_kpi, today)
        elif not may_be_lost(handbook, "process", id):
            yield _of_no_process(handbook, id)


def _by_kpi(rows: Sequence[Measurement]) -> dict[str, list[Measurement]]:
    found: dict[str, list[Measurement]] = {}
    for row in rows:
        found.setdefault(row.kpi, []).append(row)
    return found


def _of_no_process(handbook: Handbook, id: str) -> Finding:
    path = path_of("measurements", id)
    message = f"there is no process {quoted(id)}, whose KPIs are measured here"
    renamed = called_now(handbook, "process", id)
    known = renamed.reference if renamed else meant([id], list(handbook.processes)).get(id, "")
    if known in handbook.measurements:
        help = f"Put its lines into {path_of('measurements', known)}, and take this file away."
    elif known:
        help = f"Rename it to {path_of('measurements', known)}."
    else:
        help = "Name the file after the process whose KPIs it measures, or take it away."
    return Finding(Span.of_file(path), message, help)


def _of_kpi(kpi: Kpi | None, rows: list[Measurement], today: date) -> Iterator[Finding]:
    """What cannot be among the measurements of a KPI; of one that is not known, only what no KPI can have."""
    first: dict[str, Measurement] = {}
    possible: list[Measurement] = []
    for row in rows:
        if (earlier := first.setdefault(row.month, row)) is not row:
            message = f"{quoted(row.kpi)} has a value for {row.month} already"
            related = (Related(earlier.span, f"it is {earlier.value} here"),)
            yield Finding(row.month.span, message, "Keep the one that is right.", related)
        elif finding := _misdated(kpi, row, today):
            yield finding
        else:
            possible.append(row)
    if kpi is not None:
        yield from value_findings(kpi, rows)
        yield from _between_periods(kpi, possible)


def _misdated(kpi: Kpi | None, row: Measurement, today: date) -> Finding | None:
    """The finding where a month is not over, long past, or before the KPI is measured at all."""
    now = str(today + A_DAY_ELSEWHERE)[: len("2026-11")]
    if row.month > now:
        message = f"the month {row.month} has not come yet"
        return Finding(row.month.span, message, "Correct the month, or write the value once it is measured.")
    if int(row.month[:4]) < today.year - LONGEST:
        message = f"the month {row.month} is more than {LONGEST} years ago"
        return Finding(row.month.span, message, "Correct the year.")
    if kpi is None:
        return None
    if row.month == now and kpi.measured_every and kpi.measured_every not in _WITHIN_THE_MONTH:
        message = f"the month {row.month} is not over, and {quoted(row.kpi)} is measured every {kpi.measured_every}"
        return Finding(row.month.span, message, "Write the value of the whole month once it is over.")
    if kpi.measured_from and row.month < kpi.measured_from:
        message = f"{quoted(row.kpi)} has a value for {row.month}, before it is measured at all"
        related = (Related(kpi.measured_from.span, f"it is measured from {kpi.measured_from} on"),)
        help = "Correct the month; or take 'measured_from' out of the KPI, if it was measured by then."
        return Finding(row.month.span, message, help, related)
    return None


def _is_last(day: date) -> bool:
    """Whether a day is the last of its month."""
    return day.day == monthrange(day.year, day.month)[1]


def _between_periods(kpi: Kpi, rows: list[Measurement]) -> Iterator[Finding]:
    """The findings for months in which no period ends: the baseline tells in which it does, else what was measured."""
    length = PERIODS.get(kpi.measured_every, 1)
    if length == 1:
        return
    if kpi.baseline and _is_last(kpi.baseline.date):
        yield from _off_the_baseline(kpi, rows, length, kpi.baseline.date)
        return
    in_order = sorted(rows, key=lambda row: row.month)
    last: Measurement | None = None
    for row in in_order:
        apart = length if last is None else month_number(row.month) - month_number(last.month)
        if last is None or apart >= length:
            last = row
            continue
        ago = "a month" if apart == 1 else f"{apart} months"
        message = f"{quoted(row.kpi)} is measured every {kpi.measured_every}, and was measured {ago} before {row.month}"
        related = (Related(last.span, "it was measured here"),)
        yield Finding(row.month.span, message, _HELP.format(every=_ENDS[kpi.measured_every]), related)


_HELP = "Write one value for {every}, with its last month; or correct 'measured_every' of the KPI."


def _off_the_baseline(kpi: Kpi, rows: list[Measurement], length: int, baseline: date) -> Iterator[Finding]:
    phase = (baseline.month - 1) % length
    for row in rows:
        if month_number(row.month) % length == phase:
            continue
        ending = month_number(row.month) + (phase - month_number(row.month)) % length
        message = f"no {kpi.measured_every} of {quoted(row.kpi)} ends in {row.month}"
        assert kpi.baseline is not None
        related = (Related(kpi.baseline.date.span, f"one ended on {baseline.isoformat()}, the day of its baseline"),)
        help = f"Write the last month of the {kpi.measured_every} that was counted: {month_of(ending)}."
        yield Finding(row.month.span, message, help, related)
