"""What a table of measurements begins with: a line for each KPI of a process, and each month that is over."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from rolebook.checks.wording import all_of
from rolebook.editing.drafts.content import Draft
from rolebook.editing.drafts.naming import CannotMake, assert_ids, existing
from rolebook.loading.months import wrong_month
from rolebook.model.catalogue import path_of
from rolebook.model.figures import PERIODS, month_number, month_of
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Status
from rolebook.model.process import Kpi
from rolebook.model.values import MONTH

MOST_MONTHS = 120
"""A table goes back at most so far."""


def measurements(handbook: Handbook, *, process: str, today: date, since: str = "") -> Draft:
    """A table with the KPIs of a process, without values: for the last period that is over, or all `since` a month.

    What improvements compare has its lines, too, however long ago that was.
    CannotMake where there is nothing to measure, or nothing is over yet.
    """
    assert_ids([process])
    (id,) = existing(handbook, "process", [process])
    kpis = handbook.processes[id].kpis
    if not kpis:
        raise CannotMake(f"the process '{id}' has no KPI to be measured. Add 'kpis' to it first.")
    last = 12 * today.year + today.month - 2
    first = _first(since, last)
    compared = {str(kpi.id): _compared(handbook, f"{id}/{kpi.id}") for kpi in kpis}
    months = {str(kpi.id): _months(kpi, first, last, compared[kpi.id]) for kpi in kpis}
    lines = [f"{kpi},{month_of(month)},," for kpi, own in months.items() for month in own]
    if not lines:
        over = f"since {since}" if since else "yet"
        raise CannotMake(f"no KPI of '{id}' has a whole period behind it {over}. {_way_out(kpis)}")
    now = [kpi for kpi in kpis if months[str(kpi.id)]]
    text = "".join(f"{line}\n" for line in ["kpi,month,value,note", *lines])
    then = [*_then(now, [kpi for kpi in kpis if kpi not in now])]
    if any(compared[kpi.id] for kpi in now):
        then.insert(1, "Fill in the earlier months, too: improvements compare them, to see whether they helped.")
    return Draft({path_of("measurements", id): text}, tuple(then))


def _first(since: str, last: int) -> int | None:
    """The month from which values are wanted, as `month_number` counts; None where only the last is."""
    if not since:
        return None
    if not re.fullmatch(MONTH.pattern, since, re.ASCII):
        fact, help = wrong_month(since)
        raise CannotMake(f"'{since}' {fact}. {help}")
    first = month_number(since)
    if first > last:
        raise CannotMake(f"{since} is not over yet. Name a month up to {month_of(last)}.")
    if first <= last - MOST_MONTHS:
        raise CannotMake(f"{since} is too long ago. Name a month from {month_of(last - MOST_MONTHS + 1)} on.")
    return first


def _compared(handbook: Handbook, kpi: str) -> Sequence[int]:
    """The months of a KPI that improvements compare, to see whether they helped."""
    own = [one.measured for one in handbook.improvements.values() if one.status != Status.REJECTED.value]
    months = [month for one in own if one is not None and one.kpi == kpi for month in (one.before, one.after)]
    return [month_number(month) for month in months]


def _months(kpi: Kpi, first: int | None, last: int, compared: Iterable[int]) -> Sequence[int]:
    """The months in which periods of a KPI end, from the `first` to the `last`, and those that are compared.

    Without a first one it is the last period that is over. Periods end as the one of the baseline did, else as those of
    the calendar do.
    """
    length = PERIODS.get(kpi.measured_every, 1)
    anchor = 12 * kpi.baseline.date.year + kpi.baseline.date.month - 1 if kpi.baseline else 11
    end = last - (last - anchor) % length
    begun = month_number(kpi.measured_from) if kpi.measured_from else 0
    ends = {*range(end, (end if first is None else first) - 1, -length)}
    ends |= {month + (anchor - month) % length for month in compared}
    return [month for month in sorted(ends) if begun <= month <= last]


def _way_out(kpis: Iterable[Kpi]) -> str:
    begun = [str(kpi.measured_from) for kpi in kpis if kpi.measured_from]
    return f"Measuring begins in {min(begun)}." if begun else "Name an earlier month with '--since'."


def _then(now: Sequence[Kpi], later: Iterable[Kpi]) -> Iterable[str]:
    units = ", ".join(f"{kpi.id} in {kpi.unit}" for kpi in now)
    yield f"Write each value as a number in the unit of its KPI: {units}."
    if without := [f"'{kpi.id}'" for kpi in now if kpi.baseline is None]:
        yield f"Write in the process the 'baseline' of {all_of(without)}: the value and the day from which it sets out."
    yield "Where a KPI is not measured yet, delete its lines, and say in the process when that begins: 'measured_from'."
    for when, own in groupby(sorted(later, key=_when), key=_when):
        named = all_of([f"'{kpi.id}'" for kpi in own])
        yield f"Add lines for {named} once {when}."
    yield "Add a line whenever one is measured again; say under 'note' what was out of the ordinary."


def _when(kpi: Kpi) -> str:
    """When there will be something to write for a KPI that has no line yet."""
    if kpi.measured_from:
        return f"measuring begins in {kpi.measured_from}"
    return f"a whole {kpi.measured_every} is over"
