"""What comparing two versions of a handbook costs, compared with loading one of them.

    python -m benchmarks.comparing [--sizes 300 1000] [--runs 5]

Handbooks of so many processes are written to a temporary folder, and once more with an edit in every tenth process,
matrix, job description and training plan, with a role renamed in all files. Both are loaded and compared in one
process, with what the changes mean for each role and job; CPU seconds, the median of the runs. The figure that we mean
to hold: comparing costs less than twice what loading one of the two does, at 1,000 processes.
"""

import argparse
import gc
import re
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.handbooks import write_handbook
from rolebook.comparing import compare
from rolebook.comparing.approvals import consents
from rolebook.comparing.effects import effects
from rolebook.loading import load

_EDITED = {
    "process_defs/processes": ("    steps:\n", "    steps:\n      - Read this first.\n"),
    "raci/matrices": ("I: outside/customer", "I: [outside/customer, director]"),
    "raci/job_descriptions": ("duties:\n", "duties:\n  - duty: Waters the plants.\n"),
    "raci/training_plans": ("minutes: ", "minutes: 1"),
}
"""What is edited in every tenth file of a folder."""
_RENAMED = re.compile(r"\bt0-manager-0\b")
"""The role that gets another id in all files."""


def main() -> None:
    """Write, measure, and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[300, 1000])
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    print(f"CPU, median of {arguments.runs} runs")
    print("| processes | files | changes | roles | load one, s | compare, s | compare / load |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder, "old"), Path(folder, "new")
            files = write_handbook(old, size)
            write_handbook(new, size)
            edit(new)
            changes, roles, loading, comparing = measured(old, new, arguments.runs)
        print(
            f"| {size:,} | {files:,} | {changes:,} | {roles:,} | {loading:.2f} | {comparing:.2f} "
            f"| {comparing / loading:.2f} |"
        )


def edit(folder: Path) -> None:
    """Edit every tenth file of some folders, and rename a role wherever it is named."""
    for part, (old, new) in _EDITED.items():
        for path in sorted((folder / part).iterdir())[::10]:
            path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if _RENAMED.search(text):
            path.write_text(_RENAMED.sub("t0-head", text), encoding="utf-8")
    role = folder / "raci/roles/t0-manager-0.yaml"
    role.write_text(f"{role.read_text(encoding='utf-8')}formerly: t0-manager-0\n", encoding="utf-8")
    role.rename(role.with_name("t0-head.yaml"))


def measured(old: Path, new: Path, runs: int) -> tuple[int, int, float, float]:
    """How many changes there are, how many roles they concern, and what loading and comparing took."""
    loading, comparing = [], []
    changes = roles = 0
    gc.disable()
    for _ in range(runs):
        start = time.process_time()
        before = load(old).handbook
        loading.append(time.process_time() - start)
        after = load(new).handbook
        start = time.process_time()
        comparison = compare(before, after)
        roles = len(effects(comparison).roles)
        consents(comparison)
        comparing.append(time.process_time() - start)
        changes = len(comparison.changes)
        del before, after, comparison
        gc.collect()
    return changes, roles, statistics.median(loading), statistics.median(comparing)


if __name__ == "__main__":
    main()
