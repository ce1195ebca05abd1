"""The wheel, installed in an empty environment, does all that the checkout does, without the checkout."""

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook import __version__

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-22"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment that holds the wheel, which was built by way of the source distribution."""
    built = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--outdir", built, ROOT], check=True, env=_bare_environment())
    environment = tmp_path_factory.mktemp("installed")
    venv.create(environment, with_pip=True)
    (wheel,) = built.glob("*.whl")
    install = [str(environment / "bin/python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, env=_bare_environment())
    return environment


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Run a command of that environment somewhere else than in the checkout."""

    def run(command: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed / "bin" / command, *arguments],
            check=False,
            cwd=tmp_path,
            env=_bare_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    return run


def _bare_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "COV"))}


def test_it_knows_its_version(run: Run) -> None:
    assert __version__ in run("rolebook", "--version").stdout


def test_it_checks_a_handbook(run: Run, reference: Path) -> None:
    checked = run("rolebook", "--directory", reference, "check", "--today", TODAY)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_it_builds_the_handbook_in_the_current_folder(run: Run, reference: Path, tmp_path: Path) -> None:
    reference.rename(tmp_path / "moved")
    built = run("rolebook", "--directory", "moved", "build", "--today", TODAY)
    assert built.returncode == 0, built.stdout + built.stderr
    assert (tmp_path / "moved/site/index.html").is_file()


@pytest.mark.parametrize("folder", ["templates", "theme", "check_pages", "starter"])
def test_its_data_comes_from_the_environment(run: Run, installed: Path, folder: str) -> None:
    found = run("python", "-c", f"from rolebook import resources; print(resources.{folder}())")
    assert Path(found.stdout.strip()).is_relative_to(installed), found.stderr


def test_no_python_file_lies_among_its_data(installed: Path) -> None:
    assert not [*installed.glob("lib/python*/site-packages/rolebook/_data/**/*.py")]
