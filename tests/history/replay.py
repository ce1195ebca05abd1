"""The history of the reference handbook: its states as they were, and the releases that were made of them.

`python -m tests.history.replay` makes the releases, and `--check` tells whether they are what it would make. A state
is the one after it with a patch applied, so 1.3.0.patch turns 2.0.0 into 1.3.0; the last is the handbook as it was
released. What was released is never rewritten: the next release tells what was wrong.
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import click
import yaml

from rolebook.comparing.since import since_release
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.release import NEXT
from rolebook.model.released import newest
from rolebook.value import value

ROOT = Path(__file__).parents[2]
PATCHES = Path(__file__).parent
RELEASES = "process_defs/releases"
_TABLE = PATCHES / "releases.yaml"
YAML = ("process_defs", "raci", "mkdocs.yml")


@value()
class Made:
    """A release of the reference handbook: its version, its day, and what its `next.yaml` said."""

    version: str
    date: str
    said: Mapping[str, object]


def _made(row: Mapping[str, object]) -> Made:
    said = {key: text for key, text in row.items() if key not in ("version", "date")}
    return Made(str(row["version"]), str(row["date"]), MappingProxyType(said))


HISTORY = tuple(map(_made, yaml.safe_load(_TABLE.read_text(encoding="utf-8"))))
"""The releases, the oldest first."""
LAST = HISTORY[-1].version


class OutOfReach(Exception):
    """The handbook as it was released last cannot be had."""


def lay_out(root: Path, folder: Path) -> None:
    """Lay the states of the handbook in `root` out below `folder`, each in a folder that is called by its version."""
    _newest_state(root, folder / LAST)
    for newer, older in pairwise(made.version for made in reversed(HISTORY)):
        shutil.copytree(folder / newer, folder / older)
        _run(folder / older, "git", "apply", str(PATCHES / f"{older}.patch"))


def release(folder: Path) -> dict[str, bytes]:
    """Release the states below `folder`, the oldest first, and give the files that were made by their names."""
    files: dict[str, bytes] = {}
    for made in HISTORY:
        state = folder / made.version
        _write(state / RELEASES, files)
        announce(state, made)
        rolebook = (sys.executable, "-m", "rolebook", "--directory", str(state))
        _run(state, *rolebook, "release", made.version, "--date", made.date)
        files = released(state / RELEASES)
    return files


def announce(state: Path, made: Made) -> None:
    """Write into a state what its release is to say."""
    said = yaml.safe_dump(dict(made.said), allow_unicode=True, sort_keys=False)
    (state / NEXT).write_text(said, encoding="utf-8")


def differing(files: dict[str, bytes], folder: Path) -> list[str]:
    """The names of the files that are otherwise in `folder`, or not there."""
    there = released(folder)
    return sorted(name for name, data in files.items() if there.get(name) != data)


def _newest_state(root: Path, folder: Path) -> None:
    """Lay out the handbook as it was, or will be, released last: the files as they are, or as git has them."""
    there = root / RELEASES / f"{LAST}.json"
    if not there.exists() or _is_asreleased(load(root).handbook):
        _copy(root, folder)
    else:
        commit = _output(root, "git", "log", "--diff-filter=A", "--format=%H", "-1", "--", f"{RELEASES}/{LAST}.json")
        if not commit:
            raise OutOfReach(f"no commit added {LAST} to the releases")
        archive = subprocess.run(["git", "archive", commit, *YAML], cwd=root, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(folder, filter="data")
        if not _is_asreleased(load(folder).handbook):
            raise OutOfReach(
                f"git has no commit of {LAST} as it was released; in a shallow clone, 'git fetch --unshallow'"
            )
    shutil.rmtree(folder / RELEASES, ignore_errors=True)


def _is_asreleased(handbook: Handbook) -> bool:
    """Whether the newest release is the last one of this history, and nothing has changed since."""
    found = since_release(handbook)
    last = newest(handbook)
    return last is not None and last.id == LAST and found is not None and not found.changes


def _copy(root: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    for part in YAML:
        if (root / part).is_dir():
            shutil.copytree(root / part, folder / part)
        else:
            shutil.copy2(root / part, folder / part)


def released(folder: Path) -> dict[str, bytes]:
    """The files of this history that lie in a folder, by their names."""
    names = (f"{made.version}.{ending}" for made in HISTORY for ending in ("yaml", "json"))
    return {name: (folder / name).read_bytes() for name in names if (folder / name).exists()}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _run(folder: Path, *command: str) -> None:
    """Run a command in a folder, which is no part of any repository; what went wrong becomes the message."""
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.resolve().parent)}
    done = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(f"{folder.name}: {done.stdout}{done.stderr}")


def _output(folder: Path, *command: str) -> str:
    try:
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        raise OutOfReach("this is no clone of the repository, or git is not installed") from None


@click.command()
@click.option("--check", is_flag=True, help="Compare with what is there, and write nothing.")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=ROOT / RELEASES, help="Where they lie.")
def main(*, check: bool, to: Path) -> None:
    """Make the releases of the reference handbook from its states; those that are there are never made again."""
    if not check and any(to.glob("*.*.*.*")):
        raise click.ClickException(f"there are releases in {to} already, and they are never rewritten")
    with tempfile.TemporaryDirectory() as folder:
        try:
            lay_out(ROOT, Path(folder))
        except OutOfReach as error:
            raise click.ClickException(str(error)) from None
        files = release(Path(folder))
    if not check:
        _write(to, files)
    for line in _told(differing(files, to), to):
        click.echo(line)
    sys.exit(1 if differing(files, to) else 0)


def _told(differing: list[str], folder: Path) -> Iterator[str]:
    if differing:
        yield f"{folder} is not what the states give: {', '.join(differing)}"
    else:
        yield f"{len(HISTORY)} releases in {folder}, {LAST} the newest"


if __name__ == "__main__":
    main()
