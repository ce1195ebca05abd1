"""Plants every kind of fault at random places of the reference handbook, and counts how many are found there.

    python -m benchmarks.planted [--times N] [--seed N] [--kind TEXT] [--show]

Found is what its check reports in the right file on the right line. Besides it, only the consequences declared for
the kind may be reported; anything else counts as other. Prints a Markdown table, and fails under 99 % found or where
anything else was reported.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.faults.catalogue import KINDS
from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import Kind, NoPlace
from rolebook.checks import all_findings
from rolebook.diagnostic import Diagnostic
from rolebook.loading import load, loader
from rolebook.loading.loader import read_source
from rolebook.source import Source, read

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 22)
LEAST = 0.99
TRIES = 200
FOLDERS = ("process_defs", "raci")


@dataclass
class Tally:
    """What came of planting a kind of fault several times."""

    planted: int = 0
    found: int = 0
    other: Counter[str] = field(default_factory=Counter)
    followed: Counter[str] = field(default_factory=Counter)
    stories: list[str] = field(default_factory=list)


class Ground:
    """A copy of a handbook on disk, in which faults are planted and taken out again.

    It has no releases, and no records of training in them: nearly every fault would be a change without a reason, too.
    """

    def __init__(self, handbook: Path, folder: Path) -> None:
        self.folder = folder
        for part in FOLDERS:
            shutil.copytree(
                handbook / part, folder / part, ignore=shutil.ignore_patterns("releases", "completions.csv")
            )
        paths = sorted(path for part in FOLDERS for path in (folder / part).rglob("*.*"))
        self.files = {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in paths}
        self.handbook = load(folder).handbook

    def findings(self, changed: dict[str, str | None]) -> tuple[Diagnostic, ...]:
        """What is found with some files changed."""
        for path, text in changed.items():
            if text is None:
                (self.folder / path).unlink()
            else:
                (self.folder / path).parent.mkdir(exist_ok=True)
                (self.folder / path).write_bytes(text.encode("utf-8", "surrogateescape"))
        found = all_findings(load(self.folder), TODAY)
        for path in changed:
            if path in self.files:
                (self.folder / path).write_text(self.files[path], encoding="utf-8")
            else:
                (self.folder / path).unlink()
        return found

    def planted(self, kind: Kind, chance: random.Random) -> tuple[Draft, Place]:
        """A draft with a fault of this kind in it, and where the fault is to be found."""
        for _ in range(TRIES):
            draft = Draft(self.handbook, self.files)
            try:
                return draft, kind.plant(draft, chance)
            except NoPlace:
                continue
        raise NoPlace(kind.name)


@contextmanager
def unchanged_files_read_once(ground: Ground) -> Iterator[None]:
    """Read no file twice that stays as it is: a fault is in one or two of nearly two hundred."""
    original = {path: text.encode() for path, text in ground.files.items()}

    @cache
    def as_it_is(path: str) -> Source:
        return read(path, original[path])

    @cache
    def entity(path: str, cls: Any, id: str, title: str) -> tuple[Any, Any]:
        return read_source(as_it_is(path), cls, id, title)

    def read_file(path: str, data: bytes) -> Source:
        return as_it_is(path) if original.get(path) == data else read(path, data)

    def read_entity(source: Source, cls: Any, id: str, title: str) -> tuple[Any, Any]:
        unchanged = source.path in original and source is as_it_is(source.path)
        return entity(source.path, cls, id, title) if unchanged else read_source(source, cls, id, title)

    with patch.object(loader, "read", read_file), patch.object(loader, "read_source", read_entity):
        yield


def tally(ground: Ground, kind: Kind, times: int, seed: int) -> Tally:
    """Plant one kind of fault several times, and count."""
    chance = random.Random(f"{seed} {kind.code} {kind.name}")
    result = Tally()
    for _ in range(times):
        draft, place = ground.planted(kind, chance)
        found = ground.findings(draft.changed)
        hits = [d for d in found if d.rule.code == kind.code and Place(d.span.path, d.span.line) == place]
        others = [d for d in found if d not in hits and d.rule.code not in kind.also]
        result.planted += 1
        result.found += bool(hits)
        result.other.update(d.rule.code for d in others)
        result.followed.update({d.rule.code for d in found if d not in hits and d not in others})
        if others or not hits:
            result.stories.append(_story(draft, place, bool(hits), found))
    return result


def _story(draft: Draft, place: Place, hit: bool, found: Iterable[Diagnostic]) -> str:
    told = [f"    {d.span.path}:{d.span.line} {d.rule.code} {d.finding.message}" for d in found]
    head = f"  {'found' if hit else 'NOT FOUND'} at {place.path}:{place.line}; edited {', '.join(draft.changed)}"
    return "\n".join((head, *(told[:8] or ["    nothing was reported"])))


def table(tallies: Iterable[tuple[Kind, Tally]]) -> Iterator[str]:
    """The lines of the table."""
    yield "| Check | Fault | Planted | Found | Other | Followed from it |"
    yield "| --- | --- | ---: | ---: | ---: | --- |"
    for kind, result in tallies:
        other, followed = _counts(result.other) or "0", _counts(result.followed)
        yield f"| {kind.code} | {kind.name} | {result.planted} | {result.found} | {other} | {followed} |"


def _counts(codes: Counter[str]) -> str:
    return ", ".join(f"{code} × {count}" for code, count in sorted(codes.items()))


def main() -> int:
    """Plant, count and print; 1 where the figures are not held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=50, help="how often each kind is planted")
    parser.add_argument("--seed", type=int, default=2026, help="what the random places depend on")
    parser.add_argument("--kind", default="", help="only kinds with this in their code or name")
    parser.add_argument("--show", action="store_true", help="tell of each fault that was not found as it should be")
    arguments = parser.parse_args()
    kinds = sorted(
        (k for k in KINDS if arguments.kind in f"{k.code} {k.name}"), key=lambda kind: (kind.code, kind.name)
    )
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(ROOT, Path(folder))
        with unchanged_files_read_once(ground):
            tallies = [(kind, tally(ground, kind, arguments.times, arguments.seed)) for kind in kinds]
    print("\n".join(table(tallies)))
    planted, found = sum(t.planted for _, t in tallies), sum(t.found for _, t in tallies)
    others = sum(t.other.total() for _, t in tallies)
    print(f"\n{planted} planted, {found} found ({found / planted:.2%}), {others} other")
    if arguments.show:
        for kind, result in tallies:
            unseen = kind.also - set(result.followed)
            if result.stories or unseen:
                needless = [f"  declared and never seen: {', '.join(sorted(unseen))}"] if unseen else []
                print("\n".join((f"{kind.code} {kind.name}", *result.stories, *needless)))
    return 1 if found < LEAST * planted or others else 0


if __name__ == "__main__":
    sys.exit(main())
