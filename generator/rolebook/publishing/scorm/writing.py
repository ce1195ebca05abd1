"""Packages written into a folder, all of them or none, or one of them as a file of its own."""

from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from rolebook.loading.files import FOLDERS
from rolebook.publishing import folder
from rolebook.publishing.error import SiteError
from rolebook.publishing.scorm.manifest import MANIFEST
from rolebook.publishing.staging import flush

ENDING = ".zip"


def write(packages: Iterable[tuple[str, bytes]], target: Path, handbook: Path) -> tuple[Path, ...]:
    """Write packages by their names, without an ending; SiteError where that cannot be, and nothing has changed then.

    `target` is a folder in which packages of other runs stay, or the file of the only one, if it ends as one does.
    """
    if target.suffix.lower() != ENDING or target.is_dir():
        return folder.write(((f"{name}{ENDING}", data) for name, data in packages), target, handbook)
    _check(target, handbook)
    [(_, data)] = packages
    draft = target.with_name(f".{target.name}.rolebook-draft")
    try:
        draft.unlink(missing_ok=True)
        with draft.open("xb") as file:
            file.write(data)
        draft.chmod(0o644)
        flush(draft)
        draft.replace(target)
        flush(target.parent)
    except OSError as error:
        raise SiteError(f"{error.filename or target}: {error.strerror or error}") from error
    finally:
        if target.parent.is_dir():
            draft.unlink(missing_ok=True)
    return (target,)


def _check(target: Path, handbook: Path) -> None:
    """Refuse to write where people write, and over what is no package."""
    home, place = handbook.resolve(), target.parent.resolve() / target.name
    for theirs in FOLDERS:
        if home / theirs in place.parents:
            raise SiteError(f"{target}: lies in {theirs}/, which only people write to")
    if target.is_symlink():
        raise SiteError(f"{target}: is a link; name the file itself")
    if target.exists() and not _is_package(target):
        raise SiteError(f"{target}: is there, and is no package of SCORM")


def _is_package(file: Path) -> bool:
    try:
        with ZipFile(file) as archive:
            return MANIFEST in archive.namelist()
    except (BadZipFile, OSError):
        return False
