"""A copy of a handbook to try changes on: what stands in its folders, and no way out of them."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from rolebook.loading.files import FOLDERS, find, is_snapshot, opened
from rolebook.model.kinds import SNAPSHOTS
from rolebook.model.release import number

MAX_BYTES = 10_000_000
"""More of a file is never looked at."""
_UNREADABLE = b"\xff\xfe"
"""Stands for what is no file that can be opened; a reader cannot make anything of it either."""


class Trial:
    """A handbook as it was read once, in a copy that changes can be tried on."""

    def __init__(self, folder: Path, contents: Mapping[str, bytes]) -> None:
        self.folder = folder
        self._tried: dict[str, bytes | None] = dict(contents)

    def show(self, contents: Mapping[str, bytes | None]) -> None:
        """Make the copy say what `contents` says, without the files that are None; others stay as they are."""
        for path, data in contents.items():
            if self._tried.get(path) == data:
                continue
            if data is None:
                (self.folder / path).unlink()
            else:
                (self.folder / path).write_bytes(data)
            self._tried[path] = data


@contextmanager
def trial(directory: Path) -> Iterator[tuple[Trial, dict[str, bytes]]]:
    """A copy of the handbook in `directory` with the bytes of its files by path; it is gone afterwards.

    NotAHandbook where there is none.
    """
    find(directory)
    with tempfile.TemporaryDirectory(prefix="rolebook-") as made:
        folder = Path(made)
        contents = _copy(directory, folder)
        yield Trial(folder, contents), contents


def _copy(directory: Path, folder: Path) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    snapshots: list[str] = []
    waiting = [name for name in FOLDERS if _is_folder(directory / name)]
    while waiting:
        within = waiting.pop()
        (folder / within).mkdir()
        for entry in os.scandir(directory / within):
            path = f"{within}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                (folder / path).symlink_to("nowhere")
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif is_snapshot(path):
                snapshots.append(path)
            else:
                contents[path] = _bytes(directory / path)
                (folder / path).write_bytes(contents[path])
    _copy_snapshots(directory, folder, snapshots)
    return contents


def _copy_snapshots(directory: Path, folder: Path, snapshots: list[str]) -> None:
    """Copy the newest snapshot; of the others, which may be many and large, only the names are looked at."""
    for path in snapshots:
        (folder / path).touch()
    if snapshots:
        newest = max(snapshots, key=lambda path: number(path.rpartition("/")[2].removesuffix(SNAPSHOTS.ending)))
        with suppress(OSError), opened(directory / newest) as old, (folder / newest).open("wb") as new:
            shutil.copyfileobj(old, new)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _bytes(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return _UNREADABLE
            return stream.read(MAX_BYTES + 1)
    except OSError:
        return _UNREADABLE
