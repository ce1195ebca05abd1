"""How `rolebook build` compares with `mkdocs build` over the portable files of the same handbook.

    python -m benchmarks.site [--processes 1000] [--runs 1]

Handbooks of 100 and of so many processes are written to a temporary folder, and built by both in turn, as whole
processes, with the same theme, `navigation.prune` and search. What counts is CPU above start-up: less what the same
command takes for a handbook of one process. The figure we mean to hold: at 1,000 processes at most a third.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.handbooks import write_handbook
from benchmarks.measuring import Cost, cost

SETTINGS = "site_name: Large Works\ntheme: material\nplugins: [search, rolebook]\n"
SMALLER = 100


@dataclass(frozen=True)
class Builders:
    """A handbook, and the commands that make a site of it."""

    rolebook: list[str]
    mkdocs: list[str]
    site: Path

    def costs(self, runs: int) -> list[tuple[Cost, Cost]]:
        """What both take, in turn."""
        return [(cost(self.rolebook), cost(self.mkdocs)) for _ in range(runs)]

    @property
    def pages(self) -> int:
        """How many pages the site has, the one for broken links and training packs apart."""
        return sum(1 for path in self.site.rglob("*.html") if path.name != "404.html" and path.parent.name != "packs")


@contextmanager
def builders(processes: int) -> Iterator[Builders]:
    """A handbook of so many processes, its portable files, and how to build either."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        handbook, portable, site = folder / "handbook", folder / "portable", folder / "site"
        write_handbook(handbook, processes)
        (handbook / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
        build = [sys.executable, "-m", "rolebook", "--directory", str(handbook), "build"]
        cost([*build, "--portable", "--output", str(portable)])
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(portable / "mkdocs.yml")]
        yield Builders([*build, "--output", str(site)], mkdocs, site)


def main() -> None:
    """Write, build, and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=1)
    arguments = parser.parse_args()
    with builders(1) as tiny:
        least = tiny.costs(3)
    start = [statistics.median(pair[side].seconds for pair in least) for side in (0, 1)]
    print(f"CPU above start-up ({start[0]:.2f} s and {start[1]:.2f} s); median of {arguments.runs} runs in turn")
    print("| processes | pages | rolebook / mkdocs | rolebook, s | ms a page | MB | mkdocs, s | ms a page | MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for processes in sorted({min(SMALLER, arguments.processes), arguments.processes}):
        with builders(processes) as both:
            costs = both.costs(arguments.runs)
            pages = both.pages
        above = [statistics.median(pair[side].seconds - start[side] for pair in costs) for side in (0, 1)]
        peaks = [max(pair[side].megabytes for pair in costs) for side in (0, 1)]
        each = (f"{s:.1f} | {1000 * s / pages:.1f} | {mb:.0f}" for s, mb in zip(above, peaks, strict=True))
        print(f"| {processes:,} | {pages:,} | {above[0] / above[1]:.2f} | {' | '.join(each)} |")


if __name__ == "__main__":
    main()
