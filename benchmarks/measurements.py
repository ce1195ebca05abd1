"""How long a handbook with many measurements takes to load, compared with the same one without them.

    python -m benchmarks.measurements [--processes N] [--months N] [--runs N]

A handbook of so many processes is written to a temporary folder twice, once with a table for each process that holds a
line for each month of each of its KPIs. Both are loaded in turn, each in a process of its own and as the commands load
them (without looking for garbage), so that a machine whose speed drifts treats them alike; CPU seconds, and their ratio
pair by pair. Then `rolebook check`, as whole processes, in the same way. The figure we hold: with 1,000 processes and
36 months, the median ratio of loading is at most 1.3.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.handbooks import write_handbook
from benchmarks.measuring import cost
from rolebook.model.figures import month_of
from rolebook.model.kinds import MEASUREMENTS

LAST = 12 * 2025 + 11
AS_OF = "2026-01-31"
"""The day on which nothing is missing in the tables."""
KPIS = (("lead-time", 4), ("share-in-time", 70))
"""The KPIs of each process, and about what they are."""
_LOAD = """
import gc, sys, time
from pathlib import Path
from rolebook.loading import load
gc.disable()
begun = time.process_time()
loaded = load(Path(sys.argv[1]))
spent = time.process_time() - begun
assert not loaded.diagnostics, loaded.diagnostics[0]
print(spent)
"""


def tables(processes: int, months: int) -> Iterator[tuple[str, str]]:
    """The tables of so many processes: path and text; one line in 24 has a note."""
    written = [month_of(LAST - ago) for ago in reversed(range(months))]
    for number in range(processes):
        lines = ["kpi,month,value,note"]
        for position, month in enumerate(written):
            for kpi, usual in KPIS:
                note = f"Stores of book {number} moved" if (position + number) % 24 == 0 else ""
                lines.append(f"{kpi},{month},{usual + (7 * number + 3 * position) % 9}.{position % 10},{note}")
        yield MEASUREMENTS.path(f"process-{number}"), "".join(f"{line}\n" for line in lines)


def write_tables(folder: Path, processes: int, months: int) -> int:
    """Write the tables into the handbook in `folder`, and say how many lines of measurements they have."""
    (folder / MEASUREMENTS.folder).mkdir()
    count = 0
    for path, text in tables(processes, months):
        (folder / path).write_text(text, encoding="utf-8")
        count += text.count("\n") - 1
    return count


def main() -> None:
    """Write, measure, and print minimum, median and maximum of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=1000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        without, with_them = Path(made, "without"), Path(made, "with")
        for folder in (without, with_them):
            write_handbook(folder, arguments.processes)
        count = write_tables(with_them, arguments.processes, arguments.months)
        print(f"{arguments.processes:,} processes, {count:,} measurements; {arguments.runs} runs each, in turn")
        for name, spent in (("load", _load), ("rolebook check", _check)):
            pairs = [(spent(with_them), spent(without)) for _ in range(arguments.runs + 1)][1:]
            _show(f"{name}, with them, ms", [1000 * one for one, _ in pairs])
            _show(f"{name}, without, ms", [1000 * other for _, other in pairs])
            _show("ratio", [one / other for one, other in pairs])


def _load(folder: Path) -> float:
    loaded = subprocess.run([sys.executable, "-c", _LOAD, str(folder)], check=True, capture_output=True, text=True)
    return float(loaded.stdout)


def _check(folder: Path) -> float:
    check = [sys.executable, "-m", "rolebook", "--directory", str(folder), "check", "--today", AS_OF]
    return cost(check, 1).seconds


def _show(name: str, values: list[float]) -> None:
    shown = f"min {min(values):8.2f}   median {statistics.median(values):8.2f}   max {max(values):8.2f}"
    print(f"{name:30} {shown}")


if __name__ == "__main__":
    main()
