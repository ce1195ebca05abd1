"""Writes valid handbooks of any size, always the same for a size, for benchmarks and tests of growth.

Processes belong to teams of ten. Each process has its matrix; each team has a function, five managers and two
specialists, three jobs, one training plan and one improvement: about three files a process. `rolebook check` finds
nothing in them.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.parts_of_handbooks import (
    functions,
    glossary,
    improvement,
    jobs,
    matrix,
    organisation,
    plan,
    process,
    roles,
)

TEAM = 10


def write_handbook(folder: Path, processes: int) -> int:
    """Write a handbook of so many processes into `folder`, and say how many files it has."""
    count = 0
    for path, text in files(processes):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        count += 1
    return count


def files(processes: int) -> Iterator[tuple[str, str]]:
    """The files of a handbook of so many processes: path and text."""
    teams = [range(first, min(first + TEAM, processes)) for first in range(0, processes, TEAM)]
    yield "process_defs/organisation.yaml", organisation()
    yield "process_defs/glossary.yaml", glossary(min(processes, 200))
    yield "raci/functions.yaml", functions(len(teams))
    yield from roles("director", None)
    yield from jobs("director", None)
    for team, members in enumerate(teams):
        for number in members:
            yield f"process_defs/processes/process-{number}.yaml", process(number, team, processes)
            yield f"raci/matrices/process-{number}.yaml", matrix(number, team)
        yield from roles(f"t{team}", members)
        yield from jobs(f"t{team}", members)
        yield f"raci/training_plans/plan-t{team}.yaml", plan(team, members)
        yield f"process_defs/improvements/improvement-t{team}.yaml", improvement(team, members)
