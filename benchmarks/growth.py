"""How `rolebook check` grows with the handbook, compared with a process that only parses the same files.

    python -m benchmarks.growth [--sizes 30 300 1000] [--runs 3]

Handbooks of so many processes are written to a temporary folder. Check and parser run in turn, as whole processes;
what counts is CPU, the ratio of the two, and CPU a file against the size before. The figures we mean to hold: at most
1.6 times the parser at 1,000 processes, and at most 1.15 times as much a file from 300 to the largest size.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.check import PARSE, cpu_seconds
from benchmarks.handbooks import write_handbook


def main() -> None:
    """Write, measure, and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[30, 300, 1000])
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    print(f"CPU of whole processes, median of {arguments.runs} runs in turn")
    print("| processes | files | check, s | parse, s | check / parse | check, ms a file | against the size before |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    before = 0.0
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            files = write_handbook(Path(folder), size)
            check = [sys.executable, "-m", "rolebook", "--directory", folder, "check", "--strict"]
            parse = [sys.executable, "-c", PARSE, *map(str, Path(folder).rglob("*.yaml"))]
            pairs = [(cpu_seconds(check), cpu_seconds(parse)) for _ in range(arguments.runs)]
        checked, parsed = statistics.median(c for c, _ in pairs), statistics.median(p for _, p in pairs)
        ratio = statistics.median(c / p for c, p in pairs)
        each = 1000 * checked / files
        growth = f"{each / before:.2f}" if before else "–"
        print(f"| {size:,} | {files:,} | {checked:.2f} | {parsed:.2f} | {ratio:.2f} | {each:.2f} | {growth} |")
        before = each


if __name__ == "__main__":
    main()
