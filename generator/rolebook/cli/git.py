"""Git, asked what it knows: never to write, to fetch, or to run what a repository or its settings name."""

import os
import subprocess
from pathlib import Path
from typing import IO

from rolebook.cli.main import CouldNotRun
from rolebook.reporting import visible
from rolebook.value import value

_SETTINGS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "safe.bareRepository=explicit")
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",  # of a partial clone, nothing that is missing is fetched
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_PREFIX")
"""What a hook is told about its own repository; ours is the one that the handbook lies in."""
_SECONDS = 60
_NO_REPOSITORY = "not a git repository"
_FOREIGN = "dubious ownership"


class NoGit(CouldNotRun):
    """There is no git to ask, or no repository that it could be asked about; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"--changed-since asks git, {reason}")
        self.reason = reason


@value()
class Answer:
    """Whether git did what it was asked, what it printed, and the reason that it gave for not doing it, if any."""

    done: bool
    text: bytes
    complaint: str


def ask(directory: Path, *arguments: str, given: bytes = b"", into: IO[bytes] | None = None) -> Answer:
    """Run git in `directory` with `given` as its input; what it prints goes `into` a file, if there is one.

    CouldNotRun where there is no git, no repository, or one that git does not trust.
    """
    settings = (part for setting in _SETTINGS for part in ("-c", setting))
    environment = {name: said for name, said in os.environ.items() if name not in _ELSEWHERE} | _ENVIRONMENT
    try:
        ran = subprocess.run(
            ["git", "--no-pager", *settings, *arguments],
            check=False,
            cwd=directory,
            env=environment,
            input=given,
            stdout=into or subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=_SECONDS,
        )
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        if directory.is_dir():
            raise NoGit("which is not installed here") from None
        raise CouldNotRun(f"there is no folder {_named(directory)}") from None
    except subprocess.TimeoutExpired:
        raise CouldNotRun(f"git has not answered for {_SECONDS} seconds") from None
    complaint = ran.stderr.decode(errors="replace")
    if ran.returncode and _NO_REPOSITORY in complaint:
        raise NoGit(f"but no git repository holds the folder {_named(directory)}")
    if ran.returncode and _FOREIGN in complaint:
        trusting = "git config --global --add safe.directory PATH"
        raise CouldNotRun(f"git does not trust a repository of somebody else: '{trusting}' lets it")
    return Answer(ran.returncode == 0, ran.stdout or b"", _fact(complaint))


def _named(directory: Path) -> str:
    return visible(str(directory.absolute()))


def _fact(complaint: str) -> str:
    """What git gives as the reason, in one line; "" where it gives none."""
    lines = (line.removeprefix("fatal: ") for line in complaint.splitlines() if line.startswith("fatal: "))
    return visible(next(lines, ""))
