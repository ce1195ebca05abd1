"""Files are written all or none, whatever goes wrong on the way."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rolebook.editing.files.writing import NotWritten, write

BEFORE = {"raci/a.yaml": b"a: 1\n", "raci/b.yaml": b"b: 1\r\n", "process_defs/c.yaml": b"c: 1"}
AFTER = {path: data.replace(b"1", b"2") for path, data in BEFORE.items()}

OLD: dict[str, bytes | None] = {**BEFORE, "raci/d.yaml": None, "raci/roles/e.yaml": None}
NEW: dict[str, bytes | None] = {
    "raci/a.yaml": b"a: 2\n",
    "raci/b.yaml": None,
    "process_defs/c.yaml": None,
    "raci/d.yaml": b"d: 1\n",
    "raci/roles/e.yaml": b"e: 1\n",
}
"""One file changes, two go, two are made, one of them in a folder that is not there yet."""


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    folder = tmp_path / "handbook"
    for path, data in BEFORE.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, hidden ones included."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def fails_at(function: Callable[..., Any], call: int, error: BaseException) -> Callable[..., Any]:
    """The function, which fails at its n-th call only."""
    calls = iter(range(1, 1000))

    def failing(*arguments: Any, **named: Any) -> Any:
        if next(calls) == call:
            raise error
        return function(*arguments, **named)

    return failing


def test_all_files_are_written_and_nothing_else_is_left(handbook: Path) -> None:
    (handbook / "raci/a.yaml").chmod(0o640)
    write(handbook, BEFORE, AFTER)
    assert content(handbook) == AFTER
    assert (handbook / "raci/a.yaml").stat().st_mode & 0o777 == 0o640


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", range(1, 7))
@pytest.mark.parametrize("function", ["fsync", "fchmod", "fdopen"])
def test_a_file_that_cannot_be_written_leaves_all_as_they_were(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, function: str, call: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, function, fails_at(getattr(os, function), call, FULL))
        with pytest.raises(NotWritten, match=r"no space left on device; nothing was changed$"):
            write(handbook, BEFORE, AFTER)
    assert content(handbook) == BEFORE


@pytest.mark.parametrize("call", range(1, 4))
def test_a_file_that_cannot_be_exchanged_brings_back_those_that_were(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails_at(Path.replace, call, FULL))
        with pytest.raises(NotWritten, match="nothing was changed"):
            write(handbook, BEFORE, AFTER)
    assert content(handbook) == BEFORE


@pytest.mark.parametrize("call", range(1, 4))
def test_being_stopped_while_files_are_exchanged_brings_them_back(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails_at(Path.replace, call, KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            write(handbook, BEFORE, AFTER)
    assert content(handbook) == BEFORE


def test_what_cannot_be_put_back_is_kept_beside_it_and_named(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_replace = Path.replace
    calls: list[Path] = []

    def only_the_first(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) > 1:
            raise FULL
        return true_replace(self, target)

    monkeypatch.setattr(Path, "replace", only_the_first)
    with pytest.raises(NotWritten, match=r"process_defs/c\.yaml \(what it was lies beside it as \.c\.yaml\.\w+\.old\)"):
        write(handbook, BEFORE, AFTER)
    assert [data for path, data in content(handbook).items() if path.endswith(".old")] == [
        BEFORE["process_defs/c.yaml"]
    ]


def test_a_file_that_somebody_else_changed_is_not_overwritten(handbook: Path) -> None:
    (handbook / "raci/b.yaml").write_bytes(b"b: 3\n")
    with pytest.raises(NotWritten, match=r"^raci/b\.yaml was changed by somebody else"):
        write(handbook, BEFORE, AFTER)
    assert content(handbook) == {**BEFORE, "raci/b.yaml": b"b: 3\n"}


def test_a_file_that_has_gone_is_not_made_again(handbook: Path) -> None:
    (handbook / "raci/b.yaml").unlink()
    with pytest.raises(NotWritten, match=r"^raci/b\.yaml cannot be opened any more"):
        write(handbook, BEFORE, AFTER)
    assert content(handbook) == {path: BEFORE[path] for path in ("raci/a.yaml", "process_defs/c.yaml")}


@pytest.mark.parametrize("linked", ["raci", "raci/b.yaml"])
def test_a_link_is_not_followed(handbook: Path, tmp_path: Path, linked: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (handbook / linked).rename(elsewhere)
    (handbook / linked).symlink_to(elsewhere)
    with pytest.raises(NotWritten, match="reached through a link"):
        write(handbook, BEFORE, AFTER)
    assert content(handbook)["process_defs/c.yaml"] == BEFORE["process_defs/c.yaml"]
    outside = content(elsewhere) if elsewhere.is_dir() else {"b.yaml": elsewhere.read_bytes()}
    assert outside.items() <= {Path(path).name: data for path, data in BEFORE.items()}.items()


@pytest.mark.parametrize("path", ["../a.yaml", "raci/../../a.yaml", "/a.yaml", "raci//a.yaml"])
def test_a_path_that_leads_out_of_the_handbook_is_refused(handbook: Path, path: str) -> None:
    with pytest.raises(NotWritten, match="no file of the handbook"):
        write(handbook, {path: b""}, {path: b"a: 2\n"})
    assert content(handbook) == BEFORE


def present(files: dict[str, bytes | None]) -> dict[str, bytes]:
    """The files that are there."""
    return {path: data for path, data in files.items() if data is not None}


def test_files_are_made_and_deleted_beside_those_that_change(handbook: Path) -> None:
    write(handbook, OLD, NEW)
    assert content(handbook) == present(NEW)


@pytest.mark.parametrize("stop", [FULL, KeyboardInterrupt()], ids=["full", "stopped"])
@pytest.mark.parametrize("call", range(1, 4))
@pytest.mark.parametrize(
    "function", [(os, "fsync"), (os, "fdopen"), (os, "link"), (os, "open"), (Path, "replace"), (Path, "mkdir")]
)
def test_wherever_it_fails_no_file_is_made_or_gone(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, function: tuple[Any, str], call: int, stop: BaseException
) -> None:
    owner, name = function
    failed = False
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, fails_at(getattr(owner, name), call, stop))
        try:
            write(handbook, OLD, NEW)
        except NotWritten as error:
            failed = str(error).endswith("no space left on device; nothing was changed")
        except KeyboardInterrupt:
            failed = True
    calls = {"link": 2, "mkdir": 1}
    assert failed == (call <= calls.get(name, 3))
    assert content(handbook) == (BEFORE if failed else present(NEW))
    assert (handbook / "raci/roles").exists() != failed


@pytest.mark.parametrize("call", range(1, 8))
def test_what_cannot_be_tidied_away_changes_nothing_that_is_read(
    handbook: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", fails_at(Path.unlink, call, FULL))
        write(handbook, OLD, NEW)
    assert {path: data for path, data in content(handbook).items() if "/." not in path} == present(NEW)


def test_a_file_is_made_where_the_system_knows_no_second_names(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write(handbook, OLD, NEW)
    assert content(handbook) == present(NEW)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fails_at(Path.replace, 2, FULL))
        with pytest.raises(NotWritten, match="nothing was changed"):
            write(handbook, {"raci/x.yaml": None, "raci/y.yaml": None}, {"raci/x.yaml": b"", "raci/y.yaml": b""})
    assert content(handbook) == present(NEW)


def test_a_file_that_is_there_already_is_not_made(handbook: Path) -> None:
    with pytest.raises(NotWritten, match=r"^raci/b\.yaml exists already; nothing was changed$"):
        write(handbook, {"raci/b.yaml": None, "raci/d.yaml": None}, {"raci/b.yaml": b"b: 2\n", "raci/d.yaml": b""})
    assert content(handbook) == BEFORE


def test_a_file_that_came_at_the_last_moment_is_not_overwritten(
    handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_link = os.link

    def late(source: Path, target: Path, **named: Any) -> None:
        target.write_bytes(b"somebody else's")
        true_link(source, target, **named)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(NotWritten, match=r"^raci/d\.yaml cannot be written: file exists; nothing was changed$"):
        write(handbook, {"raci/d.yaml": None}, {"raci/d.yaml": b"d: 1\n"})
    assert content(handbook) == {**BEFORE, "raci/d.yaml": b"somebody else's"}


def test_a_file_is_made_in_no_folder_but_those_of_a_handbook(handbook: Path) -> None:
    with pytest.raises(NotWritten, match=r"^raci/rolls/d\.yaml lies in no folder of a handbook"):
        write(handbook, {"raci/rolls/d.yaml": None}, {"raci/rolls/d.yaml": b"d: 1\n"})
    assert content(handbook) == BEFORE
    assert not (handbook / "raci/rolls").exists()


@pytest.mark.parametrize("after", [None, b"b: 2\r\n"], ids=["deleted", "changed"])
def test_a_changed_file_is_not_deleted_either(handbook: Path, after: bytes | None) -> None:
    (handbook / "raci/b.yaml").write_bytes(b"b: 3\n")
    with pytest.raises(NotWritten, match=r"^raci/b\.yaml was changed by somebody else"):
        write(handbook, {"raci/b.yaml": BEFORE["raci/b.yaml"]}, {"raci/b.yaml": after})
    assert content(handbook) == {**BEFORE, "raci/b.yaml": b"b: 3\n"}


def test_a_link_is_neither_deleted_nor_written_through(handbook: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (handbook / "raci/roles").symlink_to(outside)
    with pytest.raises(NotWritten, match="reached through a link"):
        write(handbook, {"raci/roles/e.yaml": None}, {"raci/roles/e.yaml": b"e: 1\n"})
    (handbook / "raci/d.yaml").symlink_to(outside / "d.yaml")
    with pytest.raises(NotWritten, match="reached through a link"):
        write(handbook, {"raci/d.yaml": None}, {"raci/d.yaml": b"d: 1\n"})
    assert content(outside) == {}


def test_a_moved_file_keeps_its_permissions_and_a_new_one_gets_the_usual(handbook: Path) -> None:
    (handbook / "raci/b.yaml").chmod(0o640)
    data = BEFORE["raci/b.yaml"]
    write(handbook, {"raci/b.yaml": data, "raci/d.yaml": None}, {"raci/b.yaml": None, "raci/d.yaml": data})
    (handbook / "raci/usual.yaml").write_bytes(b"")
    write(handbook, {"raci/e.yaml": None}, {"raci/e.yaml": b"e: 1\n"})
    modes = {name: (handbook / "raci" / name).stat().st_mode & 0o777 for name in ("d.yaml", "e.yaml", "usual.yaml")}
    assert modes["d.yaml"] == 0o640
    assert modes["e.yaml"] == modes["usual.yaml"]


def test_what_was_made_and_cannot_be_taken_away_is_named(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", fails_at(Path.replace, 1, FULL))
    monkeypatch.setattr(Path, "unlink", fails_at(Path.unlink, 1, FULL))
    with pytest.raises(NotWritten, match=r"could not be put back: raci/d\.yaml \(made, and still there\)$"):
        write(handbook, {**BEFORE, "raci/d.yaml": None}, {**AFTER, "raci/d.yaml": b"d: 1\n"})
