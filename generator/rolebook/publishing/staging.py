"""A folder that is replaced as a whole or not at all: built beside its place, then exchanged with it in one step."""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rolebook.publishing.error import SiteError
from rolebook.publishing.lock import locked

MARKER = ".rolebook-site"
MARKER_TEXT = b"Rolebook made this folder and replaces it as a whole: keep nothing of your own in it.\n"
SOURCES = ("process_defs", "raci")
"""The folders of a handbook that only people write to."""

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def staged(target: Path, handbook: Path) -> Iterator[Path]:
    """A new folder to build into, which takes the place of `target` when all went well.

    Until then, and for ever when something fails, what stood at `target` stands there untouched. Nothing is
    left beside it; what a killed run left is cleared by the next.
    """
    try:
        check(target, handbook)
        with _parents(target), locked(target):
            stage = target.with_name(f".{target.name}.rolebook-stage")
            _recover(target, _aside(stage))
            _clear(stage)
            try:
                stage.mkdir()
                (stage / MARKER).write_bytes(MARKER_TEXT)
                yield stage
                _settle(stage)
                check(target, handbook)
                _take_place(stage, target)
            finally:
                _clear(stage)
    except OSError as error:
        raise SiteError(f"{error.filename or target}: {error.strerror or error}") from error


def check(target: Path, handbook: Path) -> None:
    """Refuse a place where a folder of ours would hide or replace something that is not ours."""
    home, place = handbook.resolve(), target.parent.resolve() / target.name
    if not target.name or target.name == "..":
        raise SiteError(f"{target}: name the folder to write to")
    if target.is_symlink():
        raise SiteError(f"{target}: is a link; name the folder itself")
    if place == home or place in home.parents:
        raise SiteError(f"{target}: holds the handbook itself")
    for folder in SOURCES:
        if home / folder in (place, *place.parents):
            raise SiteError(f"{target}: lies in {folder}/, which only people write to")
    if not target.exists():
        return
    if not target.is_dir():
        raise SiteError(f"{target}: is a file, not a folder")
    if any(target.iterdir()) and not is_ours(target):
        raise SiteError(f"{target}: is not empty, and Rolebook did not make it (there is no {MARKER} in it)")


def is_ours(folder: Path) -> bool:
    """Whether `folder` carries our marker."""
    marker = folder / MARKER
    return marker.is_file() and not marker.is_symlink()


@contextmanager
def _parents(target: Path) -> Iterator[None]:
    """Make the folders above `target` that are missing; take them away again when nothing comes to lie there."""
    missing = [folder for folder in target.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
    try:
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def _clear(stage: Path) -> None:
    """Remove a stage, or the old site that stands there after the exchange."""
    if stage.is_symlink() or (stage.exists() and any(stage.iterdir()) and not is_ours(stage)):
        raise SiteError(f"{stage}: is in the way; Rolebook did not make it")
    if stage.exists():
        shutil.rmtree(stage)


def _settle(stage: Path) -> None:
    """Give everything the same rights whatever the umask, and see it written to the disk."""
    for folder, _, names in os.walk(stage, topdown=False):
        for name in names:
            path = Path(folder, name)
            path.chmod(0o644)
            _flush(path)
        Path(folder).chmod(0o755)
        _flush(Path(folder))


def _flush(path: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _take_place(stage: Path, target: Path) -> None:
    if not target.exists():
        stage.rename(target)
    elif not _exchange(stage, target):
        aside = _aside(stage)
        target.rename(aside)
        try:
            stage.rename(target)
        except OSError:
            aside.rename(target)
            raise
        aside.rename(stage)
    _flush(target.parent)


def _aside(stage: Path) -> Path:
    """Where the old site waits for a moment when the two cannot be exchanged in one step."""
    return stage.with_name(f"{stage.name}-old")


def _recover(target: Path, aside: Path) -> None:
    """Put an old site back that a run killed in that moment left aside."""
    if aside.exists() and not target.exists():
        aside.rename(target)
    _clear(aside)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    library = None if os.name == "nt" else ctypes.CDLL(None, use_errno=True)
    rename: Callable[..., int] | None = getattr(library, "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))
