"""How the whole process of `rolebook check` compares with one that only parses the same files with PyYAML.

    python -m benchmarks.check [HANDBOOK] [--runs N]

Both run in turn, so that a machine whose speed drifts treats them alike; CPU seconds of whole processes, and
their ratio pair by pair. The figure we hold: the median ratio is at most 3 for the reference handbook.
"""

import argparse
import statistics
import sys
from pathlib import Path

from benchmarks.measuring import PARSE, cost


def main() -> None:
    """Measure, and print minimum, median and maximum of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("handbook", nargs="?", type=Path, default=Path(__file__).parent.parent)
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    files = [str(path) for folder in ("process_defs", "raci") for path in (arguments.handbook / folder).rglob("*.yaml")]
    check = [sys.executable, "-m", "rolebook", "--directory", str(arguments.handbook), "check"]
    parse = [sys.executable, "-c", PARSE, *files]
    pairs = [(cost(check, 1).seconds, cost(parse).seconds) for _ in range(arguments.runs + 1)][1:]
    ratios = [checked / parsed for checked, parsed in pairs]
    print(f"{len(files)} files, {arguments.runs} runs each, in turn; CPU of whole processes")
    rows = {"rolebook check, ms": [1000 * c for c, _ in pairs], "parse only, ms": [1000 * p for _, p in pairs]}
    for name, values in {**rows, "ratio": ratios}.items():
        print(f"{name:20} min {min(values):7.2f}   median {statistics.median(values):7.2f}   max {max(values):7.2f}")


if __name__ == "__main__":
    main()
