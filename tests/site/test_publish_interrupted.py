"""Publishing is all or nothing: whatever step fails, and whenever it is killed, what was published is whole."""

import errno
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest

from rolebook.publishing import staging
from tests.site import publishing
from tests.site.publishing import (
    Rolebook,
    below,
    contents,
    git,
    on_branch,
    release,
    repository,
    visible,
    with_releases,
)

Files = dict[str, bytes]
TO = "public"


class Publication:
    """The first release, published in a folder and on a branch, and what it is to become with the second."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.handbook = with_releases(folder / "handbook", "1.0.0")
        repository(self.handbook)
        for place in (("--to", str(self.handbook / TO)), ()):
            publishing.run(self.handbook, "publish", *place, *options)
        release(self.handbook, "1.1.0")
        self.options = options
        self.before = visible(contents(self.handbook / TO))
        other = Path(shutil.copytree(self.handbook, folder / "done"))
        began = time.monotonic()
        publishing.run(other, "publish", "--to", other / TO, *options)
        self.takes = time.monotonic() - began
        publishing.run(other, "publish", *options)
        self.after = visible(contents(other / TO))
        assert visible(on_branch(other)) == self.after

    def copy(self, folder: Path) -> Path:
        """The handbook with what was published, to be published from."""
        return Path(shutil.copytree(self.handbook, folder))

    def place(self, handbook: Path, kind: str) -> tuple[str, ...]:
        """The options that name the place."""
        return (("--to", str(handbook / TO)) if kind == "folder" else ()) + self.options

    def found(self, handbook: Path, kind: str) -> Files:
        """What readers come upon."""
        return visible(contents(handbook / TO) if kind == "folder" else on_branch(handbook))

    def assert_whole(self, found: Files, kind: str) -> None:
        """What was there is there, and each part is as it was or as it is to be."""
        assert below(found, "1.0.0") == below(self.before, "1.0.0")
        assert below(found, "1.1.0") in ({}, below(self.after, "1.1.0"))
        assert below(found, "latest") in (below(self.before, "latest"), below(self.after, "latest"))
        for file in ("versions.json", "index.html"):
            assert found[file] in (self.before[file], self.after[file])
        there = {path.partition("/")[0] for path in found}
        for entry in json.loads(found["versions.json"]):
            assert {entry["version"], *entry["aliases"]} <= there
        assert json.loads(found["latest/alias.json"])["version"] in there
        assert kind == "folder" or found in (self.before, self.after)


@pytest.fixture(scope="module")
def _quick(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    with pytest.MonkeyPatch.context() as patched:
        _shorten(patched)
        patched.setattr(publishing, "run", _in_this_process)
        return Publication(tmp_path_factory.mktemp("quick"), "--copy")


@pytest.fixture
def quick(_quick: Publication, monkeypatch: pytest.MonkeyPatch) -> Publication:
    """A site of two pages, so that every single step can fail; aliases are copies, which makes more of them."""
    _shorten(monkeypatch)
    return _quick


def _shorten(patched: pytest.MonkeyPatch) -> None:
    patched.setattr("rolebook.publishing.site.build_edition", publishing.a_few_pages)
    patched.setattr("rolebook.publishing.edition.edition", publishing.no_pages)


def _in_this_process(folder: Path, *arguments: str | Path) -> str:
    from rolebook.cli.main import main

    assert main(["-C", str(folder), *map(str, arguments)]) == 0
    return ""


class Failing:
    """A function of the system that works, but for one call."""

    def __init__(self, function: Callable[..., Any], failing: int, refuse: Callable[..., bool]) -> None:
        self.function = function
        self.left = failing
        self.refuse = refuse

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        if self.refuse(*arguments, **options):
            self.left -= 1
            if self.left == 0:
                raise OSError(errno.ENOSPC, "No space left on device")
        return self.function(*arguments, **options)


def any_call(*_: Any, **__: Any) -> bool:
    return True


def for_writing(_: Any, mode: str = "r", *__: Any, **___: Any) -> bool:
    return "r" not in mode


def with_more_to_come(_: Any, data: bytes | str) -> bool:
    return data != "done\n"


STEPS: dict[str, tuple[Any, str, Callable[..., bool]]] = {
    "open": (os, "open", any_call),
    "write": (io, "open", for_writing),
    "mkdir": (os, "mkdir", any_call),
    "chmod": (os, "chmod", any_call),
    "fsync": (os, "fsync", any_call),
    "rename": (os, "rename", any_call),
    "replace": (os, "replace", any_call),
    "exchange": (staging, "_exchange", any_call),
    "unlink": (os, "unlink", any_call),
    "rmdir": (os, "rmdir", any_call),
    "git": (subprocess, "Popen", any_call),
}


def _assert_that_each_may_fail(
    step: str, kind: str, publication: Publication, rolebook: Rolebook, tmp_path: Path
) -> None:
    owner, name, refuse = STEPS[step]
    for attempt in range(1, 1000):
        handbook = publication.copy(tmp_path / f"{attempt}")
        with pytest.MonkeyPatch.context() as patched:
            failing = Failing(getattr(owner, name), attempt, refuse)
            patched.setattr(owner, name, failing)
            result = rolebook("-C", handbook, "publish", *publication.place(handbook, kind))
        found = publication.found(handbook, kind)
        publication.assert_whole(found, kind)
        assert result.code == 0 or (result.code in (1, 2) and result.err.count("\n") == 1), (attempt, result)
        assert "unexpected" not in result.err
        if failing.left > 0:
            assert attempt > 1
            assert found == publication.after
            return
        repeated = rolebook("-C", handbook, "publish", *publication.place(handbook, kind))
        assert repeated.code == 0, (attempt, result, repeated)
        assert publication.found(handbook, kind) == publication.after
        assert not [*handbook.rglob("*rolebook-stage*")]
        assert not [*handbook.glob(".git/rolebook-publish*")]
        shutil.rmtree(handbook)


@pytest.mark.parametrize("step", [step for step in STEPS if step != "git"])
def test_whatever_step_fails_in_a_folder_all_is_whole_and_a_repeat_finishes(
    step: str, quick: Publication, rolebook: Rolebook, tmp_path: Path
) -> None:
    _assert_that_each_may_fail(step, "folder", quick, rolebook, tmp_path)


@pytest.mark.parametrize("step", ["open", "write", "mkdir", "unlink", "rmdir", "git"])
def test_whatever_step_fails_on_a_branch_all_is_whole_and_a_repeat_finishes(
    step: str, quick: Publication, rolebook: Rolebook, tmp_path: Path
) -> None:
    _assert_that_each_may_fail(step, "branch", quick, rolebook, tmp_path)


def test_whatever_word_git_does_not_take_all_is_whole_and_a_repeat_finishes(
    quick: Publication, rolebook: Rolebook, tmp_path: Path
) -> None:
    from mike import git_utils

    original = git_utils.Commit._write
    for attempt in range(1, 1000, 5):
        handbook = quick.copy(tmp_path / f"{attempt}")
        failing = Failing(original, attempt, with_more_to_come)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(git_utils.Commit, "_write", partialmethod(failing))
            result = rolebook("-C", handbook, "publish", *quick.place(handbook, "branch"))
        found = quick.found(handbook, "branch")
        quick.assert_whole(found, "branch")
        if failing.left > 0:
            assert (result.code, attempt > 1, found) == (0, True, quick.after)
            return
        assert (result.code, found) == (2, quick.before)
        assert rolebook("-C", handbook, "publish", *quick.place(handbook, "branch")).code == 0
        assert quick.found(handbook, "branch") == quick.after


def test_where_folders_cannot_be_exchanged_a_repeat_puts_back_what_was_left_aside(
    quick: Publication, rolebook: Rolebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rolebook.publishing.staging._exchange", lambda one, other: False)
    handbook = quick.copy(tmp_path / "handbook")
    latest, stage = handbook / TO / "latest", handbook / TO / ".rolebook-stage"
    (stage / "alias-latest").mkdir(parents=True)
    (stage / ".rolebook-site").touch()
    latest.rename(stage / "alias-latest/old")
    assert rolebook("-C", handbook, "publish", *quick.place(handbook, "folder")).code == 0
    assert quick.found(handbook, "folder") == quick.after
    assert not stage.exists()


def test_a_first_publication_that_fails_leaves_nothing(
    quick: Publication, rolebook: Rolebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("rolebook.publishing.site.build_edition", fail)
    result = rolebook("-C", quick.handbook, "publish", "--to", tmp_path / "a/b/public")
    assert result.code == 2
    assert "no space left on device" in result.err
    assert [*tmp_path.iterdir()] == []


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The whole site of the small handbook."""
    return Publication(tmp_path_factory.mktemp("real"))


WRITING = {"folder": f"{TO}/.rolebook-stage/files", "branch": ".git/objects/pack/tmp_pack_*"}
"""What lies there when the site is built, and is about to be published."""


def wait(process: "subprocess.Popen[bytes]", handbook: Path, kind: str, seconds: float, *, built: bool) -> None:
    """Let a run go on for these seconds, from its start or from when the site is built."""
    while built and process.poll() is None and not [*handbook.glob(WRITING[kind])]:
        time.sleep(0.001)
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.001)


@pytest.mark.parametrize("kind", ["folder", "branch"])
def test_whenever_it_is_killed_all_is_whole_and_a_repeat_finishes(
    kind: str, real: Publication, rolebook: Rolebook, tmp_path: Path
) -> None:
    moments = random.Random(6)
    killed = 0
    for attempt in range(40):
        if killed == 10:
            break
        handbook = real.copy(tmp_path / f"{kind}-{attempt}")
        command = [sys.executable, "-m", "rolebook", "-C", str(handbook), "publish", *real.place(handbook, kind)]
        built = attempt % 2 == 0
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            wait(process, handbook, kind, moments.uniform(0, 0.05 if built else real.takes), built=built)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        killed += process.returncode == -signal.SIGKILL
        real.assert_whole(real.found(handbook, kind), kind)
        result = rolebook("-C", handbook, "publish", *real.place(handbook, kind))
        assert result.code == 0, result
        assert real.found(handbook, kind) == real.after
        assert kind == "folder" or git(handbook, "fsck", "--no-dangling") == ""
    assert killed == 10
