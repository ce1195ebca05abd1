"""What snapshots cost: their size, writing and reading one, and `rolebook check` with many releases against one.

    python -m benchmarks.releases [--processes 1000] [--releases 50] [--runs 5]

For the reference handbook, and for one of so many processes. Writing and reading are CPU in this process, against
reading the YAML; checks are whole processes, in turn. The figure we mean to hold: many releases cost no more than one.
"""

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

from benchmarks.handbooks import write_handbook
from benchmarks.measuring import cost
from rolebook.editing.releases.note import note
from rolebook.loading import load
from rolebook.loading.snapshots import digest, read_snapshot, written
from rolebook.model.catalogue import path_of
from rolebook.model.handbook import Handbook
from rolebook.model.release import Previous, Release
from rolebook.model.values import Day
from rolebook.source import Span, Text

ROOT = Path(__file__).parent.parent
SPAN = Span.of_file("")
TODAY = "2026-11-22"


def text(words: str) -> Text:
    """Words that stand nowhere."""
    return Text(words, SPAN)


def put_release(folder: Path, handbook: Handbook, before: Release | None, number: int) -> Release:
    """Write the release `1.<number>.0` of a handbook into its folder."""
    unsealed = Release(
        id=text(f"1.{number}.0"),
        date=Day.at(text("2026-11-01")),
        note=text(f"Release {number} says in a sentence what is new in it, for all those who work by it every day."),
        improvements=tuple(text(f"improvement-{n}") for n in range(3)),
        previous=Previous(version=before.id, digest=before.digest, span=SPAN) if before else None,
        digest=text(""),
        span=SPAN,
    )
    data = written(handbook, unsealed)
    release = replace(unsealed, digest=text(digest(data)))
    target = folder / path_of("snapshot", release.id)
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
    (folder / path_of("release", release.id)).write_text(note(release), encoding="utf-8")
    return release


def seconds(job: Callable[[], object], runs: int) -> float:
    """The CPU of a job, the median of several runs."""
    found = []
    for _ in range(runs):
        gc.collect()
        began = time.process_time()
        job()
        found.append(time.process_time() - began)
    return statistics.median(found)


def measure(name: str, folder: Path, releases: int, runs: int) -> None:
    """Measure one handbook, and print its line."""
    handbook = load(folder).handbook
    yaml = sum(path.stat().st_size for part in ("process_defs", "raci") for path in (folder / part).rglob("*.*"))
    first = put_release(folder, handbook, None, 0)
    size = (folder / path_of("snapshot", "1.0.0")).stat().st_size
    gc.disable()
    loading = seconds(lambda: load(folder), runs)
    writing = seconds(lambda: written(handbook, first), runs)
    reading = seconds(lambda: read_snapshot(folder, "1.0.0"), runs)
    gc.enable()
    with tempfile.TemporaryDirectory() as other:
        many = Path(copytree(folder, other, dirs_exist_ok=True))
        last = first
        for number in range(1, releases):
            last = put_release(many, handbook, last, number)
        pairs = [(cost(_check(many)).seconds, cost(_check(folder)).seconds) for _ in range(runs + 1)][1:]
    all_of_them, one = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    print(
        f"| {name} | {size / 1e6:.2f} | {size / yaml:.2f} | {writing:.3f} | {reading:.3f} | {reading / loading:.2f} "
        f"| {one:.3f} | {all_of_them:.3f} | {statistics.median(m / o for m, o in pairs):.3f} |"
    )


def _check(folder: Path) -> list[str]:
    return [sys.executable, "-m", "rolebook", "--directory", str(folder), "check", "--today", TODAY]


def main() -> None:
    """Write, measure, and print a line for each handbook."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=1000)
    parser.add_argument("--releases", type=int, default=50)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    print(f"CPU, median of {arguments.runs} runs; checks with one release and with {arguments.releases}, in turn")
    print(
        "| handbook | snapshot, MB | against its YAML | write, s | read, s | read / load YAML "
        "| check with one, s | with many, s | with many / with one |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as made:
        reference, large = Path(made, "reference"), Path(made, "large")
        for part in ("process_defs", "raci"):
            copytree(ROOT / part, reference / part)
        measure("reference", reference, arguments.releases, arguments.runs)
        write_handbook(large, arguments.processes)
        measure(f"{arguments.processes:,} processes", large, arguments.releases, arguments.runs)


if __name__ == "__main__":
    main()
