"""How `rolebook check` grows with the handbook, compared with a process that only parses the same files.

    python -m benchmarks.growth [--sizes 300 1000 3000] [--runs 3]

Handbooks of so many processes are written to a temporary folder. Check and parser run in turn, as whole processes,
after a file was edited; nothing is kept from one run to the next, so a first run and a later one do the same work. What
counts is CPU, the ratio of the two, CPU a file against the size before, and the peak of memory. The figures we mean to
hold: at most 1.6 times the parser at 1,000 processes, and at most 1.15 times as much a file from 300 to 3,000.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.handbooks import write_handbook
from benchmarks.measuring import PARSE, cost


def main() -> None:
    """Write, measure, and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[300, 1000, 3000])
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    print(f"CPU of whole processes, median of {arguments.runs} runs in turn")
    print(
        "| processes | files | check / parse | check, s | parse, s | check, ms a file | against the size before | MB |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    before = 0.0
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            files = write_handbook(Path(folder), size)
            written = sorted(Path(folder).rglob("*.yaml"))
            check = [sys.executable, "-m", "rolebook", "--directory", folder, "check", "--strict"]
            parse = [sys.executable, "-c", PARSE, *map(str, written)]
            pairs = []
            for run in range(arguments.runs):
                with written[run].open("a", encoding="utf-8") as edited:
                    edited.write("# edited\n")
                pairs.append((cost(check), cost(parse)))
        checked, parsed = (statistics.median(pair[side].seconds for pair in pairs) for side in (0, 1))
        ratio = statistics.median(c.seconds / p.seconds for c, p in pairs)
        each = 1000 * checked / files
        more = f"{each / before:.2f}" if before else "–"
        peak = max(c.megabytes for c, _ in pairs)
        print(
            f"| {size:,} | {files:,} | {ratio:.2f} | {checked:.2f} | {parsed:.2f} | {each:.2f} | {more} | {peak:.0f} |"
        )
        before = each


if __name__ == "__main__":
    main()
