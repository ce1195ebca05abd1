"""Every kind of fault that a check promises to find is found where it was planted, and little else is told.

Three of each kind here; `python -m benchmarks.planted` plants fifty.
"""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.faults.catalogue import KINDS
from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import Kind
from benchmarks.faults.released import release
from benchmarks.handbooks import write_handbook
from benchmarks.planted import TODAY, Ground, tally, unchanged_files_read_once
from rolebook.checks import CHECKS, all_findings
from rolebook.diagnostic import READING
from rolebook.loading import load
from tests.conftest import ROOT

TIMES = 3
SEED = 7
NOT_PLANTED: dict[str, str] = {}
"""Checks without a kind of fault here, with the reason."""


@pytest.fixture(scope="module", name="ground")
def _ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    ground = Ground(ROOT, tmp_path_factory.mktemp("ground"))
    with unchanged_files_read_once(ground):
        yield ground


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.code}-{kind.name}".replace(" ", "-"))
def test_it_is_found_where_it_was_planted(kind: Kind, ground: Ground) -> None:
    result = tally(ground, kind, TIMES, SEED)
    assert (result.found, dict(result.other)) == (TIMES, {}), "\n".join(result.stories)


def test_nothing_is_found_where_nothing_was_planted(ground: Ground) -> None:
    assert ground.findings({}) == ()


def test_nothing_is_found_where_it_was_only_released(ground: Ground) -> None:
    draft = Draft(ground.handbook, ground.files)
    release(draft)
    assert ground.findings(draft.changed) == ()


def test_the_ground_has_no_releases(ground: Ground) -> None:
    assert not ground.handbook.releases


def test_a_fault_elsewhere_does_not_count_as_found(ground: Ground) -> None:
    def beside(draft: Draft, chance: random.Random) -> Place:
        place = original.plant(draft, chance)
        return place._replace(line=place.line + 1)

    original = next(kind for kind in KINDS if kind.code == "RB801")
    kind = Kind("RB801", "beside", beside, frozenset())
    result = tally(ground, kind, 1, SEED)
    assert (result.found, result.other) == (0, Counter({"RB801": 1}))


def test_every_check_has_a_kind_of_fault() -> None:
    codes = {rule.code for rule in READING.values()} | {check.rule.code for check in CHECKS}
    assert codes - {kind.code for kind in KINDS} == NOT_PLANTED.keys()
    assert {kind.code for kind in KINDS} <= codes


def test_no_two_kinds_have_the_same_name() -> None:
    assert [name for name, count in Counter(kind.name for kind in KINDS).items() if count > 1] == []


@pytest.mark.parametrize("processes", [1, 4, 10, 23])
def test_a_handbook_of_any_size_is_valid(processes: int, tmp_path: Path) -> None:
    count = write_handbook(tmp_path, processes)
    loaded = load(tmp_path)
    assert all_findings(loaded, TODAY) == ()
    assert len(loaded.handbook.processes) == processes
    assert len(loaded.lines) == count


def test_a_handbook_of_a_size_is_always_the_same(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        write_handbook(tmp_path / folder, 12)
    files = [path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.yaml")]
    assert files
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes() for file in files)
