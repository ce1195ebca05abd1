"""The files of a handbook: where they are looked for, and how they are opened without following anything outside."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from rolebook.diagnostic import READING, Diagnostic, Finding
from rolebook.loading.near import nearest
from rolebook.loading.scalars import is_id, wrong_id
from rolebook.model.kinds import KINDS, Kind
from rolebook.source import Span
from rolebook.source.decode import MAX_BYTES
from rolebook.value import value

FOLDERS = ("process_defs", "raci")
"""The folders that hold a handbook's YAML."""
_IGNORED_ENDINGS = (".md", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".ico")
"""Notes, and images for the site."""


class NotAHandbook(Exception):
    """There is no handbook in the directory: the message says what is expected."""


@value()
class File:
    """A file of a handbook: its path relative to the handbook, its kind, and the id that its name gives."""

    path: str
    kind: Kind
    id: str


def find(directory: Path) -> tuple[tuple[File, ...], tuple[Diagnostic, ...]]:
    """The files of the handbook in `directory`, in the order of reading, and what lies where it should not.

    Raises NotAHandbook where the folders of a handbook are missing.
    """
    for folder in FOLDERS:
        if not (directory / folder).is_dir():
            expected = " and ".join(f"'{name}/'" for name in FOLDERS)
            raise NotAHandbook(f"no handbook here: {directory} has no folder '{folder}/' (a handbook has {expected})")
        if (directory / folder).is_symlink():
            raise NotAHandbook(f"{directory / folder} is a link: the folders of a handbook lie in it themselves")
    found: dict[str, list[File]] = {kind.name: [] for kind in KINDS}
    diagnostics: list[Diagnostic] = []
    for path, is_link in _walk(directory):
        if is_link:
            diagnostics.append(_misplaced(path, "this is a link", "Put the file itself in its place."))
        elif file := _file(path):
            found[file.kind.name].append(file)
        elif not path.endswith(_IGNORED_ENDINGS):
            diagnostics.append(_stray(path))
    for kind in KINDS:
        is_missing = kind.single and not kind.optional and not found[kind.name]
        if is_missing and not any(d.span.path == kind.pattern for d in diagnostics):
            finding = Finding(Span.of_file(kind.pattern), f"there is no file '{kind.pattern}'", "Add it.")
            diagnostics.append(Diagnostic(READING["missing-file"], finding))
    return tuple(file for kind in KINDS for file in found[kind.name]), tuple(diagnostics)


def data(directory: Path, file: File) -> bytes:
    """The bytes of a file, at most one more than may be read; OSError where it is no ordinary file."""
    descriptor = os.open(directory / file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not an ordinary file")
        return stream.read(MAX_BYTES + 1)


def _walk(directory: Path) -> Iterator[tuple[str, bool]]:
    waiting = list(reversed(FOLDERS))
    while waiting:
        folder = waiting.pop()
        with os.scandir(directory / folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
        for entry in listed:
            path = f"{folder}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                yield path, True
            elif entry.is_dir():
                waiting.append(path)
            else:
                yield path, False


_SINGLE = {kind.pattern: kind for kind in KINDS if kind.single}
_BY_FOLDER = {kind.folder: kind for kind in KINDS if not kind.single}


def _file(path: str) -> File | None:
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".yaml")
    if kind := _SINGLE.get(path):
        return File(path, kind, stem)
    kind = _BY_FOLDER.get(folder)
    return File(path, kind, stem) if kind and stem != name else None


def name_fault(file: File) -> Diagnostic | None:
    """What is wrong with a file's name as an id; None where it can be one."""
    if file.kind.single or is_id(file.id):
        return None
    wrong = wrong_id(file.id)
    message = f"the file's name is its id, but {wrong.fact}"
    return Diagnostic(READING["not-an-id"], Finding(Span.of_file(file.path), message, wrong.help))


def _stray(path: str) -> Diagnostic:
    folder, _, name = path.rpartition("/")
    if folder in _BY_FOLDER or path.rsplit(".", 1)[0] + ".yaml" in _SINGLE:
        return _misplaced(path, f"'{name}' does not end in '.yaml', so it is not read", "Rename it, or take it away.")
    meant = nearest(path, _SINGLE) if folder in FOLDERS else None
    if meant:
        return _misplaced(path, "no such file belongs to a handbook", f"Did you mean '{meant}'?")
    last = folder.rpartition("/")[2]
    near = next((known for known in _BY_FOLDER if known.endswith(f"/{last}")), None) or nearest(folder, _BY_FOLDER)
    if near and near != folder:
        return _misplaced(path, f"no files of a handbook lie in '{folder}/'", f"Did you mean '{near}/'?")
    places = ", ".join(f"{folder}/" for folder in _BY_FOLDER)
    return _misplaced(path, "a handbook does not look for a file here", f"Put it in one of: {places}")


def _misplaced(path: str, message: str, help: str) -> Diagnostic:
    return Diagnostic(READING["misplaced-file"], Finding(Span.of_file(path), message, help))
