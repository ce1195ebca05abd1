"""Writes the new content of files, makes files and deletes them: all of it, or nothing."""

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from rolebook.editing.files.moves import moves
from rolebook.model.kinds import ALL_KINDS
from rolebook.value import value

_OPEN_OLD = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_OPEN_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
_FOLDERS = {kind.folder for kind in ALL_KINDS}


class NotWritten(Exception):
    """The files could not be written; the message says why, and what they are like now."""


@value()
class _Planned:
    """A file that is changed, made (`before` is None) or deleted (`after` is None).

    `new` and `old` lie beside it while that is done. `like` is the file whose permissions and owner it gets.
    """

    path: str
    before: bytes | None
    after: bytes | None
    target: Path
    new: Path
    old: Path
    like: Path | None


def write(directory: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> None:
    """Put `after` in place of `before`: the bytes of files of the handbook in `directory`, by path.

    None in `before` is a file that does not exist yet, and never overwrites one; its folder is made if it is one that
    handbooks have. None in `after` deletes the file. NotWritten where a file is no longer what it was in `before`, is
    reached through a link, or cannot be written: then all files are what they were.
    """
    moved = moves(before, after)
    planned = [_plan(directory, path, before[path], after[path], moved.get(path)) for path in sorted(after)]
    planned.sort(key=lambda plan: (plan.after is None, plan.before is not None))
    made: list[Path] = []
    kept: list[Path] = []
    done = False
    try:
        for plan in planned:
            _prepare(plan, made)
        for plan in planned:
            _assert_unchanged(plan)
        _exchange(planned, kept)
        done = True
    finally:
        for file in (file for plan in planned for file in (plan.new, plan.old) if file not in kept):
            with suppress(OSError):
                file.unlink(missing_ok=True)
        for folder in () if done else made:
            with suppress(OSError):
                folder.rmdir()


def _plan(directory: Path, path: str, before: bytes | None, after: bytes | None, like: str | None) -> _Planned:
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
    model = place if before is not None else directory / like if like else None
    return _Planned(path, before, after, place, new, old, model)


def _prepare(plan: _Planned, made: list[Path]) -> None:
    """Write down beside the file what is needed to change it and to change it back; a new folder is added to `made`."""
    _assert_unchanged(plan)
    if plan.before is not None and not os.access(plan.target, os.W_OK):
        raise NotWritten(f"{plan.path} is write-protected; nothing was changed")
    try:
        if plan.before is None:
            _make_folder(plan, made)
        if plan.after is not None:
            _put(plan.new, plan.after, plan.like)
            if plan.before is not None:
                _put(plan.old, plan.before, plan.like)
    except OSError as error:
        raise NotWritten(f"{plan.path} cannot be written: {_reason(error)}; nothing was changed") from error


def _make_folder(plan: _Planned, made: list[Path]) -> None:
    folder = plan.target.parent
    if folder.is_dir():
        return
    if plan.path.rpartition("/")[0] not in _FOLDERS:
        raise NotWritten(f"{plan.path} lies in no folder of a handbook; nothing was changed")
    made.append(folder)
    folder.mkdir()


def _put(file: Path, data: bytes, like: Path | None) -> None:
    """Make a file beside another one, with the permissions and the owner of `like` if there is one."""
    owner = like.stat(follow_symlinks=False) if like else None
    descriptor = os.open(file, _OPEN_NEW, 0o600 if owner else 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        if owner:
            with suppress(OSError):
                os.fchown(descriptor, owner.st_uid, owner.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(owner.st_mode))
        os.fsync(descriptor)


def _assert_unchanged(plan: _Planned) -> None:
    if plan.before is None:
        if os.path.lexists(plan.target):
            raise NotWritten(f"{plan.path} exists already; nothing was changed")
        return
    try:
        descriptor = os.open(plan.target, _OPEN_OLD)
        with os.fdopen(descriptor, "rb") as stream:
            same = stat.S_ISREG(os.fstat(descriptor).st_mode) and stream.read(len(plan.before) + 1) == plan.before
    except OSError as error:
        raise NotWritten(f"{plan.path} cannot be opened any more: {_reason(error)}; nothing was changed") from error
    if not same:
        raise NotWritten(f"{plan.path} was changed by somebody else in the meantime; nothing was changed")


def _exchange(planned: Iterable[_Planned], kept: list[Path]) -> None:
    """Do what is planned; where a step fails, undo those before it and tell the reason.

    What could not even be put back is added to `kept`: the only copies of what was.
    """
    begun: list[_Planned] = []
    try:
        for plan in planned:
            begun.append(plan)
            _do(plan)
    except BaseException as error:
        lost = [plan for plan in begun if not _undone(plan)]
        kept += [plan.old for plan in lost]
        if lost:
            raise NotWritten(f"writing failed, and these could not be put back: {_told(lost)}") from error
        if isinstance(error, OSError):
            raise NotWritten(f"{begun[-1].path} cannot be written: {_reason(error)}; nothing was changed") from error
        raise
    for folder in {plan.target.parent for plan in begun}:
        _flush(folder)


def _do(plan: _Planned) -> None:
    if plan.after is None:
        plan.target.replace(plan.old)
    elif plan.before is None:
        _make(plan)
    else:
        plan.new.replace(plan.target)


def _make(plan: _Planned) -> None:
    """Give the new file its name, unless another one has taken it."""
    try:
        os.link(plan.new, plan.target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS or os.path.lexists(plan.target):
            raise
        plan.new.replace(plan.target)


def _undone(plan: _Planned) -> bool:
    """Undo a step as far as it was done; False where that fails."""
    try:
        if plan.before is None:
            if _is_made(plan):
                plan.target.unlink()
        elif plan.old.exists() if plan.after is None else not plan.new.exists():
            plan.old.replace(plan.target)
    except OSError:
        return False
    return True


def _is_made(plan: _Planned) -> bool:
    """Whether the new file has its name already: under both names, or under that one alone."""
    if not plan.new.exists():
        return os.path.lexists(plan.target)
    return plan.target.exists() and plan.target.samefile(plan.new)


def _told(lost: Iterable[_Planned]) -> str:
    return ", ".join(
        f"{plan.path} (made, and still there)"
        if plan.before is None
        else f"{plan.path} (what it was lies beside it as {plan.old.name})"
        for plan in lost
    )


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
