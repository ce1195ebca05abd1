"""What releases cost: the size of a snapshot, and reading and checking a handbook with none, one and many of them.

    python -m benchmarks.releases [--processes 1000] [--releases 50] [--runs 5]

For the reference handbook, and for one of so many processes. From one release to the next a process changes, and each
protects what the improvements brought. Reading is CPU in this process, checks are whole processes, both in turn, and
compared with the same handbook without a release. The figure we mean to hold: many releases cost no more than one.
"""

import argparse
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from shutil import copytree, ignore_patterns

from benchmarks.handbooks import write_handbook
from benchmarks.measuring import cost
from rolebook.comparing.since import history
from rolebook.editing.releases.note import note
from rolebook.loading import load
from rolebook.loading.snapshots import digest, read_snapshot, written
from rolebook.model.catalogue import path_of
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Status
from rolebook.model.protected import Protected
from rolebook.model.protection import brought
from rolebook.model.release import Previous, Release
from rolebook.model.released import newest
from rolebook.model.values import Day
from rolebook.source import Span, Text

ROOT = Path(__file__).parent.parent
SPAN = Span.of_file("")
TODAY = "2026-11-22"
_BEGUN = (Status.ACHIEVED.value, Status.IN_PROGRESS.value)
"""Improvements that are protected here: those that have changed something, though they need not be achieved."""
Jobs = Mapping[str, Callable[[], float]]
"""What is measured, by what it is called: the seconds that it took."""


def text(words: str) -> Text:
    """Words that stand nowhere."""
    return Text(words, SPAN)


def put_releases(folder: Path, handbook: Handbook, count: int) -> None:
    """Write so many releases of a handbook into its folder, the newest of which says what the handbook says now."""
    begun = [one for one in handbook.improvements.values() if one.status in _BEGUN]
    protected = tuple(replace(brought(handbook, one, "1.0.0"), things=()) for one in begun)
    states = [handbook]
    for id in islice(cycle(handbook.processes), count - 1):
        process = replace(states[-1].processes[id], purpose=text(f"Was otherwise {len(states)} releases ago."))
        states.append(replace(states[-1], processes={**states[-1].processes, id: process}))
    before = None
    for number, state in enumerate(reversed(states)):
        before = _put_release(folder, state, before, number, protected)


def _put_release(
    folder: Path, handbook: Handbook, before: Release | None, number: int, protected: tuple[Protected, ...]
) -> Release:
    """Write the release `1.<number>.0` of a handbook into a folder."""
    unsealed = Release(
        id=text(f"1.{number}.0"),
        date=Day.at(text("2026-11-01")),
        note=text(f"Release {number} says in a sentence what is new in it, for all those who work by it every day."),
        improvements=() if before else tuple(one.improvement for one in protected),
        previous=Previous(version=before.id, digest=before.digest, span=SPAN) if before else None,
        digest=text(""),
        span=SPAN,
    )
    data = written(handbook, unsealed, protected)
    release = replace(unsealed, digest=text(digest(data)))
    target = folder / path_of("snapshot", release.id)
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(data)
    (folder / path_of("release", release.id)).write_text(note(release), encoding="utf-8")
    return release


def edit(folder: Path) -> None:
    """Put a step into an activity of one process."""
    path = sorted((folder / "process_defs/processes").iterdir())[0]
    steps = path.read_text(encoding="utf-8").replace("    steps:\n", "    steps:\n      - Put the lamp on.\n", 1)
    path.write_text(steps, encoding="utf-8")


def variants(plain: Path, into: Path, count: int) -> Mapping[str, Path]:
    """A handbook with no release, one and many, and the last two once more with an edit, by what they are called."""
    handbook = load(plain).handbook
    found = {"no release": plain}
    for name, releases in (("one release", 1), (f"{count} releases", count)):
        folder = Path(copytree(plain, into / f"{releases}"))
        put_releases(folder, handbook, releases)
        edited = Path(copytree(folder, into / f"{releases}-edited"))
        edit(edited)
        found |= {name: folder, f"{name}, one process changed": edited}
    return found


def in_this_process(job: Callable[[], object]) -> Callable[[], float]:
    """A job that tells what CPU it took."""

    def measured() -> float:
        gc.collect()
        gc.disable()
        began = time.process_time()
        kept = job()
        took = time.process_time() - began
        del kept
        gc.enable()
        return took

    return measured


def reading(folders: Mapping[str, Path], many: str) -> Jobs:
    """Loading each of the handbooks, and what else is done with releases."""
    folder = folders[many]
    handbook = load(folder).handbook
    release = newest(handbook)
    assert release
    jobs: dict[str, Callable[[], object]] = {f"load, {name}": partial(load, at) for name, at in folders.items()}
    jobs[f"load, {many}, all of them read"] = partial(load, folder, all_releases=True)
    jobs[f"load, {many}, all of them read and compared"] = lambda: history(load(folder, all_releases=True).handbook)
    jobs["write a snapshot"] = partial(written, handbook, release)
    jobs["read a snapshot for itself"] = partial(read_snapshot, folder, release.id)
    return {name: in_this_process(job) for name, job in jobs.items()}


def checking(folders: Mapping[str, Path]) -> Jobs:
    """Checking each of the handbooks, as a whole process."""
    return {f"check, {name}": partial(_check, folder) for name, folder in folders.items()}


def _check(folder: Path) -> float:
    return cost([sys.executable, "-m", "rolebook", "--directory", str(folder), "check", "--today", TODAY]).seconds


def in_turn(jobs: Jobs, runs: int) -> Iterator[str]:
    """Run jobs in turn, and tell of each what it took, and how often what the first one did."""
    rounds = [{name: job() for name, job in jobs.items()} for _ in range(runs + 1)][1:]
    first = next(iter(jobs))
    for name in jobs:
        seconds = statistics.median(took[name] for took in rounds)
        ratio = statistics.median(took[name] / took[first] for took in rounds)
        yield f"| {name} | {seconds:.3f} | {ratio:.2f} |"


def measure(name: str, plain: Path, releases: int, runs: int) -> Iterator[str]:
    """Measure one handbook, and give the lines of its table."""
    with tempfile.TemporaryDirectory() as made:
        folders = variants(plain, Path(made), releases)
        files = [path for path in plain.rglob("*.*") if path.is_file()]
        yaml = sum(path.stat().st_size for path in files)
        size = (folders["one release"] / path_of("snapshot", "1.0.0")).stat().st_size
        yield f"\n{name}: {len(files):,} files with {yaml / 1e6:.2f} MB"
        yield f"A snapshot has {size / 1e6:.2f} MB, {size / yaml:.2f} of it.\n"
        yield "| | CPU, s | against no release |\n| --- | ---: | ---: |"
        yield from in_turn(reading(folders, f"{releases} releases"), runs)
        yield from in_turn(checking(folders), runs)


def main() -> None:
    """Write, measure, and print a table for each handbook."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=1000)
    parser.add_argument("--releases", type=int, default=50)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    print(f"CPU, median of {arguments.runs} runs in turn")
    with tempfile.TemporaryDirectory() as made:
        reference, large = Path(made, "reference"), Path(made, "large")
        for part in ("process_defs", "raci"):
            copytree(ROOT / part, reference / part, ignore=ignore_patterns("releases", "completions.csv"))
        write_handbook(large, arguments.processes)
        for name, folder in (("The reference handbook", reference), (f"{arguments.processes:,} processes", large)):
            for line in measure(name, folder, arguments.releases, arguments.runs):
                print(line, flush=True)


if __name__ == "__main__":
    main()
