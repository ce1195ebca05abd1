"""One writer at a time: a lock for each folder that a site is published in."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rolebook.publishing.error import SiteError

if sys.platform != "win32":
    import fcntl


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the lock of `target`; the system lets go of it when we are killed, and no file stays behind."""
    path = target.with_name(f".{target.name}.rolebook-lock")
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            _acquire(descriptor, target)
            if _still_there(descriptor, path):
                try:
                    yield
                finally:
                    path.unlink(missing_ok=True)
                return
        finally:
            os.close(descriptor)


def _acquire(descriptor: int, target: Path) -> None:
    if sys.platform == "win32":  # which has no such locks
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            raise
        raise SiteError(f"{target}: another run of Rolebook is writing there") from error


def _still_there(descriptor: int, path: Path) -> bool:
    """Whether the lock is that of the file at `path`, and not of one that its last holder has just removed."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    mine = os.fstat(descriptor)
    return (mine.st_dev, mine.st_ino) == (there.st_dev, there.st_ino)
