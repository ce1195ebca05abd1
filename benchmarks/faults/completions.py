"""Families 0 and 5: slips in the records of training, and a release that few are trained in."""

import random
from collections.abc import Iterator

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import one, plants
from benchmarks.faults.released import VERSION, release
from rolebook.model import check_settings
from rolebook.model.completion import PATH
from rolebook.model.handbook import Handbook

_HEADER = "role,job,version,date,trained,due"
_DAY = "2026-11-21"
_CELLS = 6


def _holding(handbook: Handbook) -> Iterator[tuple[str, str]]:
    """Each role with a job that carries it."""
    for job in handbook.jobs.values():
        for role in job.carries:
            if handbook.roles[role].active:
                yield str(role), str(job.id)


class _Records:
    """Records of training after a release, one line of which has a fault."""

    def __init__(self, draft: Draft, chance: random.Random) -> None:
        release(draft)
        self.draft = draft
        holding = sorted(set(_holding(draft.handbook)))
        chance.shuffle(holding)
        self.rows = [[role, job, VERSION, _DAY, "9", "9"] for role, job in holding[:12]]
        self.at = chance.randrange(len(self.rows))

    @property
    def row(self) -> list[str]:
        """The line that gets the fault."""
        return self.rows[self.at]

    def planted(self, header: str = _HEADER, separator: str = ",", line: int | None = None) -> Place:
        """Write them down; the fault is to be found on its line, or on the one that is given."""
        lines = (separator.join(cells) for cells in (header.split(","), *self.rows))
        self.draft.put(PATH, "".join(f"{line}\n" for line in lines))
        return Place(PATH, self.at + 2 if line is None else line)


@plants("RB003", "a table holds letters of another encoding")
def other_encoding(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    records.row[1] = "b\udcfcro"
    return records.planted()


@plants("RB004", "a column stands twice in a table")
def doubled_column(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    for row in records.rows:
        row.append(row[0])
    return records.planted(f"{_HEADER},role", line=1)


@plants("RB005", "a table has a column that belongs to none")
def unknown_column(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    for row in records.rows:
        row.append("")
    return records.planted(f"{_HEADER},{chance.choice(('remark', 'place', 'course'))}", line=1)


@plants("RB006", "a column is missing in a table")
def missing_column(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    gone = chance.choice((0, 2, 3, 4, 5))
    for row in records.rows:
        del row[gone]
    names = _HEADER.split(",")
    del names[gone]
    return records.planted(",".join(names), line=1)


@plants("RB007", "a day or a count of a table is written otherwise")
def other_way_of_writing(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    column, text = chance.choice([(3, "21.11.2026"), (3, "11/21/2026"), (4, "8.5"), (4, "-1"), (5, "a dozen")])
    records.row[column] = text
    return records.planted()


@plants("RB020", "a table is separated by semicolons or tabs")
def other_separator(draft: Draft, chance: random.Random) -> Place:
    return _Records(draft, chance).planted(separator=chance.choice(";\t"), line=1)


@plants("RB020", "a line of a table has too many cells or too few")
def miscounted_cells(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    if chance.random() < 0.5:
        records.row[4:5] = ["1", "000"]
    else:
        del records.row[chance.randrange(_CELLS)]
    return records.planted()


@plants("RB020", "a cell of a table holds a formula")
def formula(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    records.row[chance.randrange(_CELLS)] = chance.choice(("=1+1", "@SUM(A1)", "+A1"))
    return records.planted()


@plants("RB020", "a quotation mark is not closed in a table")
def open_quotation_mark(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    column = chance.randrange(_CELLS)
    records.row[column] = f'"{records.row[column]}'
    return records.planted()


@plants("RB101", "a record of training names a role that there is not")
def unknown_role(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    records.row[0] = f"{records.row[0]}x"
    return records.planted()


@plants("RB101", "a record of training names a job that there is not")
def unknown_job(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    records.row[1] = f"{records.row[1]}x"
    return records.planted()


@plants("RB510", "too few are trained in a release")
def untrained_release(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    role = records.row[0]
    draft.put(check_settings.PATH, "limits:\n  trained_within: 2\n")
    records.rows = [row for row in records.rows if row[0] != role or row is records.row]
    records.at = next(at for at, row in enumerate(records.rows) if row[0] == role)
    records.row[4] = str(chance.randrange(8))
    return records.planted()


@plants("RB512", "a record of training has counts, a day or a version that cannot be")
def doubtful_cell(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    column, text = chance.choice([(2, "1.1.0"), (3, "2026-11-19"), (3, "2027-11-21"), (4, "10"), (5, "0")])
    records.row[column] = text
    return records.planted()


@plants("RB512", "a record of training names a job that does not carry the role")
def job_of_another(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    role, own, *_ = records.row
    others = [job.id for job in draft.handbook.jobs.values() if role not in job.carries]
    records.row[1] = one(chance, sorted(others))
    assert records.row[1] != own
    return records.planted()


@plants("RB512", "a record of training stands there twice")
def doubled_record(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    records.rows.append([*records.row[:4], "7", "9"])
    records.at = len(records.rows) - 1
    return records.planted()


@plants("RB512", "all who hold a role are counted beside those in a job")
def mixed_records(draft: Draft, chance: random.Random) -> Place:
    records = _Records(draft, chance)
    records.rows.append([records.row[0], "", *records.row[2:]])
    records.at = len(records.rows) - 1
    return records.planted()
