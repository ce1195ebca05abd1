"""A folder that is replaced as a whole or not at all: built beside its place, then exchanged with it in one step."""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rolebook.loading.files import FOLDERS
from rolebook.publishing.error import SiteError
from rolebook.publishing.lock import locked

MARKER = ".rolebook-site"
MARKER_TEXT = b"Rolebook made this folder and replaces it as a whole: keep nothing of your own in it.\n"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def staged(target: Path, handbook: Path) -> Iterator[Path]:
    """A new folder to build into, which takes the place of `target` when all went well.

    Until then, and for ever when something fails, what stood at `target` stands there untouched. The folder that
    holds the new one is ours too, and free for whatever a build needs; it goes when we are done, and what a killed
    run left of it is cleared by the next.
    """
    try:
        check(target, handbook)
        with _parents(target), locked(target):
            workshop = target.with_name(f".{target.name}.rolebook-stage")
            recover(target, workshop)
            clear(workshop)
            try:
                yield new(new(workshop) / "site")
                settle(workshop / "site")
                check(target, handbook)
                take_place(workshop, target)
            finally:
                clear(workshop)
    except OSError as error:
        raise SiteError(f"{error.filename or target}: {error.strerror or error}") from error


def check(target: Path, handbook: Path) -> None:
    """Refuse a place where a folder of ours would hide or replace something that is not ours."""
    check_place(target, handbook)
    if target.exists() and any(target.iterdir()) and not is_ours(target):
        raise SiteError(f"{target}: is not empty, and Rolebook did not make it (there is no {MARKER} in it)")


def check_place(target: Path, handbook: Path) -> None:
    """Refuse what is no folder, or can be none of ours: the handbook itself, and where its authors write."""
    home, place = handbook.resolve(), target.parent.resolve() / target.name
    if not target.name or target.name == "..":
        raise SiteError(f"{target}: name the folder to write to")
    if target.is_symlink():
        raise SiteError(f"{target}: is a link; name the folder itself")
    if place == home or place in home.parents:
        raise SiteError(f"{target}: holds the handbook itself")
    for folder in FOLDERS:
        if home / folder in (place, *place.parents):
            raise SiteError(f"{target}: lies in {folder}/, which only people write to")
    if target.exists() and not target.is_dir():
        raise SiteError(f"{target}: is a file, not a folder")


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


def new(folder: Path) -> Path:
    """Make a folder that carries our marker."""
    folder.mkdir()
    (folder / MARKER).write_bytes(MARKER_TEXT)
    return folder


def clear(workshop: Path) -> None:
    """Remove what is left of a build, the old site included that lies there after the exchange."""
    if workshop.is_symlink() or (workshop.exists() and any(workshop.iterdir()) and not is_ours(workshop)):
        raise SiteError(f"{workshop}: is in the way; Rolebook did not make it")
    if workshop.exists():
        for entry in sorted(workshop.iterdir(), key=lambda entry: entry.name == MARKER):  # the marker goes last
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        workshop.rmdir()


def recover(target: Path, workshop: Path) -> None:
    """Put an old site back that a run killed at the worst moment left aside."""
    if (workshop / "old").exists() and not target.exists():
        (workshop / "old").rename(target)


def settle(stage: Path) -> None:
    """Give everything the same rights whatever the umask, and see it written to the disk."""
    for folder, _, names in os.walk(stage, topdown=False):
        for name in names:
            path = Path(folder, name)
            path.chmod(0o644)
            flush(path)
        Path(folder).chmod(0o755)
        flush(Path(folder))


def flush(path: Path) -> None:
    """See a file or the names in a folder written to the disk."""
    if os.name == "nt":  # folders cannot be opened there
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_place(workshop: Path, target: Path) -> None:
    """Put the folder `site` of a workshop where `target` is, or is to be; what stood there is left in the workshop."""
    site, old = workshop / "site", workshop / "old"
    if not target.exists():
        site.rename(target)
    elif not _exchange(site, target):
        target.rename(old)
        try:
            site.rename(target)
        except OSError:
            old.rename(target)
            raise
    flush(target.parent)


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
