"""The files of a handbook: where they are looked for, and how they are opened without following anything outside."""

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rolebook.diagnostic import READING, Diagnostic, Finding, Related
from rolebook.loading.near import nearest
from rolebook.loading.scalars import is_id, is_version, wrong_id, wrong_version
from rolebook.model.kinds import ALL_KINDS, PAGE, SNAPSHOTS, Kind
from rolebook.model.values import VERSION
from rolebook.source import Span
from rolebook.source.decode import MAX_BYTES
from rolebook.value import value

FOLDERS = ("process_defs", "raci")
"""The folders that hold a handbook's YAML, and its pages."""
MAX_DEPTH = 10
"""How deep folders may lie in each other; those of a handbook lie two deep."""
MOST_STRAY = 20
"""So many files of one folder are told one by one that lie where they should not."""
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
    _expect_folders(directory)
    found: dict[str, list[File]] = {kind.name: [] for kind in ALL_KINDS}
    diagnostics = [_only_capitals(name, name.lower(), folder=True) for name in _folders_in_capitals(directory)]
    stray: Counter[str] = Counter()
    for met in _walk(directory):
        if isinstance(met, Diagnostic):
            diagnostics.append(met)
        elif file := _file(met):
            found[file.kind.name].append(file)
        elif not _is_beside(met):
            folder = met.rpartition("/")[0]
            stray[folder] += 1
            if stray[folder] <= MOST_STRAY:
                diagnostics.append(_stray(met))
    diagnostics += [_more_stray(folder, count) for folder, count in stray.items() if count > MOST_STRAY]
    for kind in ALL_KINDS:
        is_missing = kind.single and not kind.optional and not found[kind.name]
        if is_missing and not any(d.span.path == kind.pattern for d in diagnostics):
            finding = Finding(Span.of_file(kind.pattern), f"there is no file '{kind.pattern}'", "Add it.")
            diagnostics.append(Diagnostic(READING["missing-file"], finding))
    return tuple(file for kind in ALL_KINDS for file in found[kind.name]), tuple(diagnostics)


def data(directory: Path, file: File) -> bytes:
    """The bytes of a file, at most one more than may be read; OSError where it is no ordinary file."""
    with opened(directory / file.path) as stream:
        size = os.fstat(stream.fileno()).st_size
        found = stream.read(min(size, MAX_BYTES) + 1)  # to make room for all that may be read takes longer than reading
        return found if len(found) <= size else found + stream.read(MAX_BYTES + 1 - len(found))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read from; OSError where it is no ordinary file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _refused(error) from None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("it is no ordinary file")
        yield stream


def snapshots(directory: Path) -> tuple[str, ...]:
    """The versions of which there is a snapshot; what is no file is called so when it is opened."""
    folder = directory / SNAPSHOTS.folder
    if folder.is_symlink():
        return ()
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return ()  # no releases yet, or RB003 tells that the folder cannot be opened
    stems = (name.removesuffix(SNAPSHOTS.ending) for name in names if name.endswith(SNAPSHOTS.ending))
    return tuple(sorted(stem for stem in stems if is_version(stem)))


def _refused(error: OSError) -> OSError:
    """The error of opening a file, in plain words where the system's are not."""
    match error.errno:
        case errno.ELOOP:
            return OSError("it is a link, and links are not followed")
        case errno.ENXIO:
            return OSError("it is no ordinary file")
        case _:
            return error


def _expect_folders(directory: Path) -> None:
    for folder in FOLDERS:
        if not (directory / folder).is_dir():
            expected = " and ".join(f"'{name}/'" for name in FOLDERS)
            raise NotAHandbook(f"no handbook here: {directory} has no folder '{folder}/' (a handbook has {expected})")
        if (directory / folder).is_symlink():
            raise NotAHandbook(f"{directory / folder} is a link: the folders of a handbook lie in it themselves")


def _folders_in_capitals(directory: Path) -> list[str]:
    """What lies beside the folders of a handbook under the same names, but for capital letters."""
    names = {entry.name for entry in directory.iterdir()}
    return sorted(name for name in names if name.lower() in names.intersection(FOLDERS) and name not in FOLDERS)


def _walk(directory: Path) -> Iterator[str | Diagnostic]:
    """Every file below the folders of a handbook, and what is wrong with what else lies there."""
    waiting = list(reversed(FOLDERS))
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(directory / folder) as entries:
                listed = {entry.name: entry for entry in entries if not entry.name.startswith(".")}
        except OSError as error:
            yield _closed(folder, (error.strerror or str(error)).lower())
            continue
        has_twins = len(set(map(str.lower, listed))) < len(listed)
        for name in sorted(listed):
            entry, path = listed[name], f"{folder}/{name}"
            if entry.is_symlink():
                yield _misplaced(
                    path, "this is a link, and links are not followed", "Put the file itself in its place."
                )
            elif entry.is_dir():
                if problem := _problem_of_folder(path):
                    yield problem
                else:
                    waiting.append(path)
            elif has_twins and name != name.lower() and name.lower() in listed:
                yield _only_capitals(path, name.lower())
            else:
                yield path


def _problem_of_folder(path: str) -> Diagnostic | None:
    if _file(path):
        return _misplaced(path, "this is a folder with the name of a file", "Put the file itself in its place.")
    if path.count("/") >= MAX_DEPTH:
        message = f"folders lie more than {MAX_DEPTH} deep in each other here"
        return _misplaced(path, message, "Take this folder away; what lies in it is not read.")
    return None


def _closed(folder: str, reason: str) -> Diagnostic:
    message = f"the folder cannot be opened: {reason}"
    finding = Finding(Span.of_file(folder), message, "Put a readable folder in its place.")
    return Diagnostic(READING["unreadable-file"], finding)


def _only_capitals(path: str, other: str, *, folder: bool = False) -> Diagnostic:
    name = path.rpartition("/")[2]
    message = f"'{name}' and '{other}' differ in capital letters only, and are one on Windows and macOS"
    help = f"Put what it holds into '{other}', and take it away."
    twin = () if folder else (Related(Span.of_file(f"{path.removesuffix(name)}{other}"), "the other one is here"),)
    return Diagnostic(READING["misplaced-file"], Finding(Span.of_file(path), message, help, twin))


_SINGLE = {kind.pattern: kind for kind in ALL_KINDS if kind.single}
_BY_FOLDER = {kind.folder: kind for kind in ALL_KINDS if not kind.single}


def _file(path: str) -> File | None:
    folder, _, name = path.rpartition("/")
    kind = _SINGLE.get(path) or _BY_FOLDER.get(folder)
    return File(path, kind, name.removesuffix(kind.ending)) if kind and name.endswith(kind.ending) else None


def _is_beside(path: str) -> bool:
    """Whether a file is a note or an image, which may lie beside those of a handbook, or the snapshot of a release."""
    return is_snapshot(path) or (path.endswith(_IGNORED_ENDINGS) and not _is_to_be_page(path))


def is_snapshot(path: str) -> bool:
    """Whether a file is the snapshot of a release, by its path in the handbook."""
    folder, _, name = path.rpartition("/")
    is_there = folder == SNAPSHOTS.folder and name.endswith(SNAPSHOTS.ending)
    return is_there and is_version(name.removesuffix(SNAPSHOTS.ending))


def _is_to_be_page(path: str) -> bool:
    """Whether a file in Markdown lies where somebody takes it for a page."""
    folder = path.rpartition("/")[0]
    is_near = folder.startswith(f"{PAGE.folder}/") or folder.rpartition("/")[2].lower() in ("page", "pages")
    return path.endswith(PAGE.ending) and is_near


def name_fault(file: File) -> Diagnostic | None:
    """What is wrong with a file's name as an id; None where it can be one."""
    is_release = file.kind.form is VERSION
    if file.kind.single or (is_version if is_release else is_id)(file.id):
        return None
    wrong = wrong_version(file.id) if is_release else wrong_id(file.id)
    message = f"the file's name is its {'version' if is_release else 'id'}, but {wrong.fact}"
    return Diagnostic(READING["not-an-id"], Finding(Span.of_file(file.path), message, wrong.help))


def _stray(path: str) -> Diagnostic:
    folder, _, name = path.rpartition("/")
    if _is_to_be_page(path):
        help = f"Put it into '{PAGE.folder}/' itself: its name is its id."
        return _misplaced(path, f"no pages lie in '{folder}/', so it is not read", help)
    single = next((kind for kind in _SINGLE.values() if _stem(kind.pattern) == _stem(path)), None)
    if expected := _BY_FOLDER.get(folder) or single:
        ending = expected.ending
        message = f"'{name}' does not end in '{ending}', so it is not read"
        return _misplaced(path, message, "Rename it, or take it away.")
    meant = nearest(path, _SINGLE) if folder in FOLDERS else None
    if meant:
        return _misplaced(path, "no such file belongs to a handbook", f"Did you mean '{meant}'?")
    last = folder.rpartition("/")[2]
    near = next((known for known in _BY_FOLDER if known.endswith(f"/{last}")), None) or nearest(folder, _BY_FOLDER)
    if near and near != folder:
        return _misplaced(path, f"no files of a handbook lie in '{folder}/'", f"Did you mean '{near}/'?")
    places = ", ".join(f"{folder}/" for folder in _BY_FOLDER)
    return _misplaced(path, "a handbook does not look for a file here", f"Put it in one of: {places}")


def _stem(path: str) -> str:
    return path.rsplit(".", 1)[0]


def _more_stray(folder: str, count: int) -> Diagnostic:
    message = f"{count - MOST_STRAY:,} more files lie in this folder that a handbook does not look for"
    return _misplaced(folder, message, "Take them away, or put them where the handbook looks for them.")


def _misplaced(path: str, message: str, help: str) -> Diagnostic:
    return Diagnostic(READING["misplaced-file"], Finding(Span.of_file(path), message, help))
