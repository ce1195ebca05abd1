"""Files are written all or none, whatever goes wrong on the way."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rolebook.editing import NotWritten, write

BEFORE = {"raci/a.yaml": b"a: 1\n", "raci/b.yaml": b"b: 1\r\n", "process_defs/c.yaml": b"c: 1"}
AFTER = {path: data.replace(b"1", b"2") for path, data in BEFORE.items()}


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
