"""Families 0, 1 and 7: slips in a table of measurements."""

import csv
import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.kinds import MEASUREMENTS
from rolebook.model.process import Kpi, Process


def _monthly(process: Process) -> list[Kpi]:
    return [kpi for kpi in process.kpis if kpi.measured_every == "month" and not kpi.measured_from]


class _Table:
    """A table of a process of which one line has a fault: its KPI is measured each month."""

    def __init__(self, draft: Draft, chance: random.Random, unit: str = "") -> None:
        found = [
            (process, kpi)
            for process in draft.handbook.processes.values()
            for kpi in _monthly(process)
            if unit in ("", kpi.unit)
        ]
        process, self.kpi = one(chance, found)
        self.draft = draft
        self.path = MEASUREMENTS.path(process.id)
        self.rows = [[*row[:3], ""] for row in csv.reader(draft.text(self.path).splitlines()[1:])]
        self.at = chance.choice([at for at, row in enumerate(self.rows) if row[0] == self.kpi.id])

    @property
    def row(self) -> list[str]:
        """The line that gets the fault."""
        return self.rows[self.at]

    def planted(self, header: str = "kpi,month,value,note") -> Place:
        """Write the table; the fault is to be found on its line."""
        self.draft.put(self.path, "".join(f"{line}\n" for line in (header, *map(",".join, self.rows))))
        return Place(self.path, self.at + 2)


@plants("RB007", "a measurement is of a month, or has a value, that is none")
def no_month_or_number(draft: Draft, chance: random.Random) -> Place:
    table = _Table(draft, chance)
    wrong = [(1, "2026-13"), (1, "2026-01-31"), (1, "Jan-26"), (2, '"9,5"'), (2, "12.500"), (2, "9 h"), (2, "1e400")]
    column, text = chance.choice(wrong)
    table.row[column] = text
    return table.planted()


@plants("RB020", "a decimal comma cuts a measurement in two")
def cut_in_two(draft: Draft, chance: random.Random) -> Place:
    table = _Table(draft, chance)
    table.row[2:] = chance.choice((["9", "5"], ["9", "5", ""], ["12", "500", ""]))
    return table.planted()


@plants("RB101", "a measurement is of a KPI that there is not")
def unknown_kpi(draft: Draft, chance: random.Random) -> Place:
    table = _Table(draft, chance)
    table.row[0] = f"{table.row[0]}x"
    return table.planted()


@plants("RB717", "a month is measured twice")
def month_twice(draft: Draft, chance: random.Random) -> Place:
    table = _Table(draft, chance)
    table.rows.append([*table.row[:2], "8", ""])
    table.at = len(table.rows) - 1
    return table.planted()


@plants("RB717", "a measurement is of a month that is not over, or long past")
def other_month(draft: Draft, chance: random.Random) -> Place:
    table = _Table(draft, chance)
    table.row[1] = chance.choice(("2026-11", "2026-12", "2062-01", "1026-01"))
    return table.planted()


@plants("RB717", "a share is more than all, or less than none")
def impossible_share(draft: Draft, chance: random.Random) -> Place:
    table = _Table(draft, chance, "percent")
    table.row[2] = chance.choice(("101", "955", "-4"))
    return table.planted()


@plants("RB717", "a time is less than nothing")
def impossible_time(draft: Draft, chance: random.Random) -> Place:
    table = _Table(draft, chance, chance.choice(("hours", "working days")))
    if table.kpi.better != "lower":
        raise NoPlace
    table.row[2] = "-2.5"
    return table.planted()


@plants("RB717", "a table is named after no process")
def of_no_process(draft: Draft, chance: random.Random) -> Place:
    path = MEASUREMENTS.path(f"{one(chance, sorted(draft.handbook.processes))}-x")
    draft.put(path, "kpi,month,value\nshare,2026-01,7.5\n")
    return Place(path, 1)
