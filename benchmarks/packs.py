"""The training packs of the reference handbook: what Rolebook does for them, against what WeasyPrint makes of the same.

All of them are made in one process, as `rolebook pack --all` makes them. The CPU of Rolebook is what it takes from the
handbook to the HTML of a pack, that of WeasyPrint from there to the PDF. Loading the handbook stands by itself. Of
changes, the packs are those since the oldest release. The peak of memory is the whole process's, over all packs.

    python -m benchmarks.packs [--roles 6]
"""

import argparse
import io
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages.packs import Edition, Pack, delta, everybody, pack, since, untrained
from rolebook.publishing.packs.page import page
from rolebook.publishing.printing import Printer
from rolebook.rendering import Look

ROOT = Path(__file__).parent.parent
_DAY = date(2026, 11, 22)
_LOOK = Look()
_MOST_SHARE, _MOST_MEMORY = 10, 500
"""Percent of WeasyPrint's CPU, and megabytes."""


@dataclass
class Took:
    """What packs took: CPU seconds of ours and of WeasyPrint's, and how many they are."""

    ours: float = 0
    theirs: float = 0
    packs: int = 0
    pages: int = 0
    bytes: int = 0

    def row(self, name: str) -> str:
        """A line of the table."""
        share = 100 * self.ours / self.theirs if self.theirs else 0
        size = self.bytes / self.packs / 1024 if self.packs else 0
        return (
            f"| {name} | {self.packs} | {self.pages:,} | {self.ours:.2f} | {self.theirs:.1f} | "
            f"{share:.1f} % | {size:.0f} |"
        )


def sample(handbook: Handbook, count: int | None) -> Sequence[str]:
    """The ids of all roles that are trained, or of so many, evenly from the first to the last."""
    every = [role for role in everybody(handbook) if untrained(handbook, role) is None]
    if count is None or count >= len(every):
        return every
    return [every[number * len(every) // count] for number in range(count)]


def measure(packs: Iterator[Pack | None], printer: Printer) -> Took:
    """Make and print packs; None is a role for which there is none."""
    took = Took()
    while True:
        began = time.process_time()
        try:
            made = next(packs)
        except StopIteration:
            return took
        html = page(made, _LOOK) if made else ""
        took.ours += time.process_time() - began
        if made is None:
            continue
        began = time.process_time()
        data = printer.pdf(html, made.digest)
        took.theirs += time.process_time() - began
        took.packs += 1
        took.pages += len(PdfReader(io.BytesIO(data)).pages)
        took.bytes += len(html)


def whole(handbook: Handbook, roles: Sequence[str]) -> Iterator[Pack]:
    """The whole pack of each role."""
    for role in roles:
        yield pack(handbook, role, Edition(), _LOOK, _DAY)


def changes(handbook: Handbook, roles: Sequence[str]) -> Iterator[Pack | None]:
    """The pack of each role that tells what changed since the oldest release."""
    version = next(iter(handbook.releases))
    past = since(handbook, version)
    for role in roles:
        yield delta(handbook, role, past, Edition(since=version), _LOOK, _DAY)


def main() -> None:
    """Make and print the packs, and say what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roles", type=int, help="only so many roles")
    arguments = parser.parse_args()
    began = time.process_time()
    handbook = load(ROOT, all_releases=True).handbook
    print(f"Loading the handbook with its releases: {time.process_time() - began:.2f} s\n")
    roles, printer = sample(handbook, arguments.roles), Printer()
    print("| | packs | pages | Rolebook, CPU s | WeasyPrint, CPU s | share | HTML, kB each |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, packs in (("whole", whole(handbook, roles)), ("since the oldest release", changes(handbook, roles))):
        took = measure(packs, printer)
        print(took.row(name), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nAt its peak {peak:.0f} MB. At most: {_MOST_SHARE} % and {_MOST_MEMORY} MB.")


if __name__ == "__main__":
    main()
