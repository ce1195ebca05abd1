"""Versions on a branch of git, as mike keeps them: a commit for each publication, and the work tree is left alone."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from typing import Any

from rolebook.publishing import staging
from rolebook.publishing.error import SiteError
from rolebook.publishing.lock import locked
from rolebook.publishing.versions.record import MARKER, MARKER_TEXT
from rolebook.publishing.versions.shelf import Folders

_STAGE = "rolebook-publish"
_NO_JEKYLL = ".nojekyll"
"""Keeps GitHub from leaving out what begins with a dot or an underscore."""


class Branch:
    """A branch with versions; `head` is its newest commit, "" where it is yet to be made.

    `open_branch` gives one to write to.
    """

    def __init__(self, name: str, handbook: Path, workshop: Path, head: str) -> None:
        self.name = name
        self.workshop = workshop
        self.head = head
        self._git = _git_utils()
        self._handbook = handbook

    def names(self) -> frozenset[str]:
        """What lies at the top."""
        listed = _ask(self._handbook, "ls-tree", "--full-tree", "--name-only", "-z", self.head) if self.head else ""
        return frozenset(filter(None, listed.split("\0")))

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the branch."""
        if not self.head:
            return None
        with chdir(self._handbook), suppress(self._git.GitError):
            data: bytes = self._git.read_file(self.head, path, follow_symlinks=False)
            return data
        return None

    def files(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """The files of a folder of the branch."""
        with chdir(self._handbook):
            for file in self._git.walk_files(self.head, folder):
                yield file.path.removeprefix(f"{folder}/"), file.data

    def put(self, version: str, built: Path | None, aliases: Folders, files: Mapping[str, bytes]) -> None:
        """All in one commit, which the branch moves to when it is complete."""
        message = f"Publish version {version}\n" if built else f"Let {', '.join(aliases) or 'the list'} follow\n"
        with chdir(self._handbook), self._git.Commit(self.name, message) as commit:
            if _head_of(self._git, self.name) != self.head:
                raise SiteError(f"branch {self.name} has moved on in the meantime; publish again")
            if built:
                for file in self._git.walk_real_files(str(built)):
                    commit.add_file(file.copy(version, str(built)))
            commit.delete_files(aliases)
            for name, content in aliases.items():
                for path, data in content.items():
                    commit.add_file(self._git.FileInfo(f"{name}/{path}", data))
            for path, data in {MARKER: MARKER_TEXT, _NO_JEKYLL: b"", **files}.items():
                commit.add_file(self._git.FileInfo(path, data))


def read_branch(name: str, handbook: Path) -> Branch:
    """The branch `name` as it is here, to be looked at."""
    with chdir(handbook):
        head = _head_of(_git_utils(), name)
    return Branch(name, handbook, handbook, head)


@contextmanager
def open_branch(name: str, handbook: Path) -> Iterator[Branch]:
    """The branch `name` of the repository that the handbook lies in; where it follows one elsewhere, that one's state.

    SiteError where there is no git, repository or mike, and where the branch is not one to publish on.
    """
    git = _git_utils()
    handbook = handbook.resolve()
    try:
        common = Path(_ask(handbook, "rev-parse", "--path-format=absolute", "--git-common-dir").rstrip("\n"))
        _assert_name(handbook, name)
        with locked(common / _STAGE):
            workshop = common / _STAGE
            staging.clear(workshop)
            head = _head(git, handbook, name)
            branch = Branch(name, handbook, staging.new(workshop), head)
            try:
                _assert_ours(branch)
                yield branch
            finally:
                staging.clear(workshop)
    except git.GitError as error:
        raise SiteError(f"git could not do it: {_reason(error)}") from error


def _head(git: Any, handbook: Path, name: str) -> str:
    """The newest commit of the branch, after it has caught up with those of its name that were fetched."""
    with chdir(handbook):
        for remote in _ask(handbook, "remote").split():
            git.update_from_upstream(remote, name)
        return _head_of(git, name)


def _head_of(git: Any, name: str) -> str:
    reference = f"refs/heads/{name}"
    return str(git.get_latest_commit(reference)) if git.has_branch(reference) else ""


def _assert_name(handbook: Path, name: str) -> None:
    if name.startswith("-") or _run(handbook, "check-ref-format", "--branch", name).returncode:
        raise SiteError(f"'{name}' is no name for a branch")
    if not _run(handbook, "rev-parse", "--verify", "--quiet", f"refs/tags/{name}").returncode:
        raise SiteError(f"there is a tag '{name}'; name a branch that is not called like a tag")
    if f"branch refs/heads/{name}\n" in _ask(handbook, "worktree", "list", "--porcelain"):
        raise SiteError(f"branch '{name}' is checked out: publish on a branch that nobody works on, such as gh-pages")


def _assert_ours(branch: Branch) -> None:
    names = branch.names()
    if names and MARKER not in names:
        raise SiteError(f"branch '{branch.name}' holds files, and nothing was published there by Rolebook")


def _git_utils() -> Any:
    try:
        from mike import git_utils
    except ImportError:
        raise SiteError(
            "publishing on a branch needs mike: pip install 'rolebook[mike]'; '--to DIR' publishes to a folder without"
        ) from None
    return git_utils


def _ask(handbook: Path, *arguments: str) -> str:
    """What git prints; SiteError where it fails."""
    ran = _run(handbook, *arguments)
    if ran.returncode:
        raise SiteError(f"git could not do it: {_told(ran.stderr)}; '--to DIR' publishes to a folder without git")
    return ran.stdout


def _run(handbook: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(["git", *arguments], check=False, cwd=handbook, capture_output=True, text=True)
    except FileNotFoundError:
        raise SiteError("git is not installed here; '--to DIR' publishes to a folder without it") from None


def _reason(error: Exception) -> str:
    words = str(error)
    if "user.name" in words or "user.email" in words:
        return "it does not know who you are; tell it with 'git config user.name' and 'git config user.email'"
    return _told(words)


def _told(words: str) -> str:
    return " ".join(words.removeprefix("fatal: ").split()) or "it gives no reason"
