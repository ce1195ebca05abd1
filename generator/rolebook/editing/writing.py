"""Writes the new content of files: all of them, or none."""

import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from rolebook.value import value

_OPEN_OLD = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_OPEN_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class NotWritten(Exception):
    """The files could not be written; the message says why, and what they are like now."""


@value()
class _Planned:
    """A file to be written, with its new content and its old one in files beside it."""

    path: str
    target: Path
    new: Path
    old: Path


def write(directory: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Put `after` in place of `before`: the bytes of files of the handbook in `directory`, by path.

    NotWritten where a file is no longer what it was in `before`, is reached through a link, or cannot be written: then
    all files are what they were.
    """
    planned = [_plan(directory, path) for path in sorted(after)]
    kept: list[Path] = []
    try:
        for plan in planned:
            _prepare(plan, before[plan.path], after[plan.path])
        for plan in planned:
            _assert_unchanged(plan, before[plan.path])
        _exchange(planned, kept)
    finally:
        for file in (file for plan in planned for file in (plan.new, plan.old) if file not in kept):
            with suppress(OSError):
                file.unlink(missing_ok=True)


def _plan(directory: Path, path: str) -> _Planned:
    parts = path.split("/")
    if not all(parts) or {".", ".."} & set(parts):
        raise NotWritten(f"{path} is no file of the handbook; nothing was changed")
    place = directory
    for part in parts:
        place = place / part
        if place.is_symlink():
            raise NotWritten(f"{path} is reached through a link; nothing was changed")
    token = secrets.token_hex(4)
    new, old = (place.with_name(f".{place.name}.{token}.{end}") for end in ("new", "old"))
    return _Planned(path, place, new, old)


def _prepare(plan: _Planned, before: bytes, after: bytes) -> None:
    _assert_unchanged(plan, before)
    if not os.access(plan.target, os.W_OK):
        raise NotWritten(f"{plan.path} is write-protected; nothing was changed")
    try:
        owner = plan.target.stat(follow_symlinks=False)
        for file, data in ((plan.new, after), (plan.old, before)):
            descriptor = os.open(file, _OPEN_NEW, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                with suppress(OSError):
                    os.fchown(descriptor, owner.st_uid, owner.st_gid)
                os.fchmod(descriptor, stat.S_IMODE(owner.st_mode))
                os.fsync(descriptor)
    except OSError as error:
        raise NotWritten(f"{plan.path} cannot be written: {_reason(error)}; nothing was changed") from error


def _assert_unchanged(plan: _Planned, before: bytes) -> None:
    try:
        descriptor = os.open(plan.target, _OPEN_OLD)
        with os.fdopen(descriptor, "rb") as stream:
            same = stat.S_ISREG(os.fstat(descriptor).st_mode) and stream.read(len(before) + 1) == before
    except OSError as error:
        raise NotWritten(f"{plan.path} cannot be opened any more: {_reason(error)}; nothing was changed") from error
    if not same:
        raise NotWritten(f"{plan.path} was changed by somebody else in the meantime; nothing was changed")


def _exchange(planned: Iterable[_Planned], kept: list[Path]) -> None:
    """Put the new files in the place of the old ones; where that fails, put the old ones back and tell the reason.

    What could not even be put back is added to `kept`: the only copies of what was.
    """
    begun: list[_Planned] = []
    try:
        for plan in planned:
            begun.append(plan)
            plan.new.replace(plan.target)
    except BaseException as error:
        lost = [plan for plan in begun if not _put_back(plan)]
        kept += [plan.old for plan in lost]
        if lost:
            copies = ", ".join(f"{plan.path} (what it was lies beside it as {plan.old.name})" for plan in lost)
            raise NotWritten(f"writing failed, and these could not be put back: {copies}") from error
        if isinstance(error, OSError):
            raise NotWritten(f"{begun[-1].path} cannot be written: {_reason(error)}; nothing was changed") from error
        raise
    for folder in {plan.target.parent for plan in begun}:
        _flush(folder)


def _put_back(plan: _Planned) -> bool:
    """Put the old file back if the new one is in its place already; False where that fails."""
    try:
        if not plan.new.exists():
            plan.old.replace(plan.target)
    except OSError:
        return False
    return True


def _flush(folder: Path) -> None:
    """Have the names in a folder survive a power cut, where the system can promise it."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
