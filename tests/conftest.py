"""What the tests share: copies of handbooks, the command run in process, the site built once, and the order."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from tests.site.hostile import Hostile

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-22"
"""The day on which the reference handbook is checked and built, here and in the Makefile."""

HANDBOOK = ("process_defs", "raci", "mkdocs.yml")
"""What a handbook consists of."""

SLOW = ("golden", "site", "browser", "test_wheel.py")
"""What runs after everything else in the folder of tests, in this order."""

TOGETHER = ("site", "browser", "test_wheel.py")
"""What is spread over the workers file by file, since tests of a file share what takes long to make."""


class Result(NamedTuple):
    """What a run of the command came to."""

    code: int
    out: str
    err: str


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the fast tests first, and leave the large sweeps to `make test-full`."""
    items.sort(key=lambda item: SLOW.index(_part(item)) + 1 if _part(item) in SLOW else 0)
    for item in items:
        if _part(item) in TOGETHER:
            shares = "hostile" in getattr(item, "fixturenames", ())
            item.add_marker(pytest.mark.xdist_group("hostile" if shares else item.path.name))
        if item.get_closest_marker("full") and not os.environ.get("ROLEBOOK_FULL"):
            item.add_marker(pytest.mark.skip(reason="a large sweep: make test-full"))


def _part(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT / "tests").parts[0]


@pytest.fixture
def rolebook(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Run the command in process: `rolebook("check", "--strict")`."""
    from rolebook.cli.main import main

    def run(*arguments: str | Path) -> Result:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Result(code, *capsys.readouterr())

    return run


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A copy of the small clean handbook that the pages of the checks lie over."""
    return Path(shutil.copytree(ROOT / "docs/checks/given", tmp_path / "given"))


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    """A copy of the reference handbook, and of nothing else in the repository."""
    folder = tmp_path / "reference"
    folder.mkdir()
    for part in HANDBOOK:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part)
        else:
            shutil.copy2(ROOT / part, folder / part)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of the reference handbook, built once for all the workers of a run."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder = shared / "reference-site"
    with (shared / "reference-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            command = [sys.executable, "-m", "rolebook", "--directory", str(ROOT), "build", "--today", TODAY]
            built = subprocess.run([*command, "--output", str(folder)], check=False, capture_output=True, text=True)
            assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="session")
def hostile_texts(tmp_path_factory: pytest.TempPathFactory) -> "Hostile":
    """The handbook of hostile texts."""
    from tests.site.hostile import make

    return make(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def hostile(hostile_texts: "Hostile") -> "Hostile":
    """The same, with its site and its portable files."""
    for wanted in ((), ("--portable",)):
        command = [sys.executable, "-m", "rolebook", "--directory", str(hostile_texts.folder)]
        built = subprocess.run(
            [*command, "build", "--today", TODAY, *wanted], check=False, capture_output=True, text=True
        )
        assert built.returncode == 0, built.stdout + built.stderr
    return hostile_texts
