"""Versions in a folder, as any web server shows it, and as it can be opened without one."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from rolebook.publishing import staging
from rolebook.publishing.error import SiteError
from rolebook.publishing.lock import locked
from rolebook.publishing.versions.record import MARKER, MARKER_TEXT
from rolebook.publishing.versions.shelf import Folders

_STAGE = ".rolebook-stage"
_ALIAS = "alias-"


class Folder:
    """A folder with versions; `open_folder` gives one to write to."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.workshop = target / _STAGE

    def names(self) -> frozenset[str]:
        """What lies at the top, links included."""
        return frozenset(entry.name for entry in (self.target.iterdir() if self.target.is_dir() else ()))

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None for one that is reached through a link, as if there were none."""
        file = self.target
        for part in path.split("/"):
            file = file / part
            if file.is_symlink():
                return None
        return file.read_bytes() if file.is_file() else None

    def files(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """The ordinary files of a folder."""
        top = self.target / folder
        for file in sorted(top.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield file.relative_to(top).as_posix(), file.read_bytes()

    def put(self, version: str, built: Path | None, aliases: Folders, files: Mapping[str, bytes]) -> None:
        """First the new version, so that whatever names it can be followed; all is on the disk before that."""
        for name, content in aliases.items():
            stage = staging.new(self.workshop / f"{_ALIAS}{name}") / "site"
            for path, data in content.items():
                _write(stage / path, data)
            staging.settle(stage)
        ready = self.workshop / "files"
        ready.mkdir()
        for name, data in files.items():
            _write(ready / name, data)
        staging.settle(ready)
        if built:
            staging.settle(built)
            built.rename(self.target / version)
            staging.flush(self.target)
        for name in aliases:
            staging.take_place(self.workshop / f"{_ALIAS}{name}", self.target / name)
        for name in files:
            (ready / name).replace(self.target / name)
        staging.flush(self.target)


@contextmanager
def open_folder(target: Path, handbook: Path) -> Iterator[Folder]:
    """The folder `target`, made where there is none; where nothing comes to lie in it, it goes again."""
    _check(target, handbook)
    missing = [folder for folder in (target, *target.parents) if not folder.exists()]
    target.mkdir(parents=True, exist_ok=True)
    try:
        with locked(target / "versions.json"):
            _check(target, handbook)
            yield from _held(Folder(target))
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def _held(folder: Folder) -> Iterator[Folder]:
    marker, is_new = folder.target / MARKER, not (folder.target / MARKER).exists()
    try:
        if is_new:
            marker.write_bytes(MARKER_TEXT)
        for left in sorted(folder.workshop.glob(f"{_ALIAS}*")):
            staging.recover(folder.target / left.name.removeprefix(_ALIAS), left)
        staging.clear(folder.workshop)
        staging.new(folder.workshop)
        yield folder
    finally:
        staging.clear(folder.workshop)
        if is_new and not _is_used(folder):
            marker.unlink(missing_ok=True)


def _is_used(folder: Folder) -> bool:
    """Whether more than the lock and the marker has come to lie in a folder."""
    return any(not name.startswith(".") for name in folder.names())


def _check(target: Path, handbook: Path) -> None:
    staging.check_place(target, handbook)
    for above in target.resolve().parents:
        if staging.is_ours(above):
            raise SiteError(
                f"{target}: lies in {above}, which 'rolebook build' replaces as a whole; name another folder"
            )
    if not target.exists() or (target / MARKER).is_file():
        return
    if any(_foreign(entry.name) for entry in target.iterdir()):
        raise SiteError(
            f"{target}: is not empty, and nothing was published there by Rolebook (there is no {MARKER} in it)"
        )


def _foreign(name: str) -> bool:
    return not name.startswith(".versions.json.rolebook-")


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
