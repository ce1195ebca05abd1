"""The releases of the reference handbook are what its states give, and each of them was a sound handbook."""

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result
from tests.history import replay
from tests.history.replay import HISTORY, LAST, RELEASES

LATER = ("RB716",)
"""Checks that are younger than these releases, and find something in them."""

pytestmark = pytest.mark.xdist_group("history")


@pytest.fixture(scope="module", name="states")
def _states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The states of the handbook, each with the releases that were made up to it."""
    folder = tmp_path_factory.mktemp("states")
    try:
        replay.lay_out(ROOT, folder)
    except replay.OutOfReach as error:
        pytest.skip(str(error))
    replay.release(folder)
    return folder


def test_the_releases_are_those_that_the_states_give(states: Path) -> None:
    assert replay.differing(replay.released(states / LAST / RELEASES), ROOT / RELEASES) == []


def unreleased(states: Path, made: replay.Made, folder: Path) -> Path:
    """A copy of a state as it was just before its release."""
    shutil.copytree(states / made.version, folder, dirs_exist_ok=True)
    for path in (folder / RELEASES).glob(f"{made.version}.*"):
        path.unlink()
    replay.announce(folder, made)
    return folder


@pytest.mark.parametrize("made", HISTORY, ids=lambda made: made.version)
def test_each_state_was_without_findings_before_and_after_its_release(
    rolebook: Callable[..., Result], states: Path, tmp_path: Path, made: replay.Made
) -> None:
    for state in (unreleased(states, made, tmp_path), states / made.version):
        options = ("--all-releases", "--strict", "--ignore", ",".join(LATER), "--today", made.date)
        done = rolebook("--directory", state, "check", *options)
        assert done.code == 0, done.out


@pytest.mark.parametrize(("before", "made"), [*pairwise(HISTORY)], ids=lambda made: made.version)
def test_the_version_that_is_proposed_is_the_one_that_was_made(
    rolebook: Callable[..., Result], states: Path, tmp_path: Path, before: replay.Made, made: replay.Made
) -> None:
    done = rolebook("--directory", unreleased(states, made, tmp_path), "release", "--bump")
    assert done.out.split(":")[0] == f"{made.version} is the next version after {before.version}"
