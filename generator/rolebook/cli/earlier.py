"""A handbook as it was in a revision or where a branch left one, and which of its files were changed since."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from rolebook.cli.git import ask
from rolebook.cli.main import CouldNotRun
from rolebook.loading import NotAHandbook, files
from rolebook.model.kinds import KINDS
from rolebook.publishing.settings import FILE
from rolebook.reporting import visible
from rolebook.source.decode import MAX_BYTES
from rolebook.value import value

_ORDINARY = (b"100644", b"100755")
_PARTS = (*files.FOLDERS, FILE)


@value()
class Blob:
    """What git keeps of a file: the hash of its content, and its size in bytes."""

    id: str
    size: int


@value()
class Earlier:
    """A handbook as it was: the folder it lies in now, and what each of its files held."""

    directory: Path
    blobs: Mapping[str, Blob]

    def changed(self) -> frozenset[str]:
        """The files, by their paths in the handbook, that are new, gone, or not what they were.

        Content is compared, not what git makes of it: that could run programs that the repository names.
        """
        try:
            found, misplaced = files.find(self.directory)
        except NotAHandbook as error:
            raise CouldNotRun(str(error)) from None
        settings = files.File(FILE, KINDS[0], FILE)
        there = [*found, *[settings] * os.path.lexists(self.directory / FILE)]
        altered = {file.path for file in there if not self._is_the_same(file)}
        new = {diagnostic.span.path for diagnostic in misplaced} - self.blobs.keys()
        gone = {path for path in self.blobs if not os.path.lexists(self.directory / path)}
        return frozenset(altered | new | gone)

    def _is_the_same(self, file: files.File) -> bool:
        blob = self.blobs.get(file.path)
        if blob is None:
            return False
        try:
            data = files.data(self.directory, file)
        except OSError:
            return False
        return blob.id in (_hash(data, blob.id), _hash(data.replace(b"\r\n", b"\n"), blob.id))

    def write(self, folder: Path) -> None:
        """Write the handbook as it was into an empty folder, without what is too large to be read."""
        kept = {path: blob for path, blob in self.blobs.items() if blob.size <= MAX_BYTES and _stays_inside(path)}
        wanted = "".join(f"{blob.id}\n" for blob in kept.values())
        with tempfile.TemporaryFile() as contents:
            answer = ask(self.directory, "cat-file", "--batch", given=wanted.encode(), into=contents)
            contents.seek(0)
            for path, blob in kept.items():
                heading = contents.readline().split()
                if not answer.done or heading[1:] != [b"blob", str(blob.size).encode()]:
                    raise CouldNotRun(f"git cannot tell how {visible(path)} was: {_PARTIAL}")
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(contents.read(blob.size))
                contents.read(1)


def earlier(directory: Path, revision: str) -> Earlier:
    """The handbook as it was where the present branch left `revision`; CouldNotRun where git does not tell."""
    return _in_commit(directory, revision, _parting(directory, revision))


def in_revision(directory: Path, revision: str) -> Earlier:
    """The handbook as it is in `revision` itself; CouldNotRun where git does not tell."""
    return _in_commit(directory, revision, _known(directory, revision))


def _in_commit(directory: Path, revision: str, commit: str) -> Earlier:
    listed = ask(directory, "ls-tree", "-r", "-l", "-z", commit, "--", *_PARTS)
    if not listed.done:
        reason = _PARTIAL if "promisor" in listed.complaint else listed.complaint
        raise CouldNotRun(f"git cannot tell how the files of '{visible(revision)}' were: {reason}")
    entries = (entry.partition(b"\t") for entry in listed.text.split(b"\0") if entry)
    blobs = {os.fsdecode(path): _blob(about) for about, _, path in entries if about.startswith(_ORDINARY)}
    return Earlier(directory, blobs)


def _blob(about: bytes) -> Blob:
    _, _, id, size = about.split()
    return Blob(id.decode(), int(size))


def _parting(directory: Path, revision: str) -> str:
    """The commit that the present branch and `revision` have in common: where the one left the other."""
    commit = _known(directory, revision)
    answer = ask(directory, "merge-base", commit, "HEAD")
    if not answer.done:
        reason = _SHALLOW if _is_shallow(directory) else "the two branches have no commit in common"
        raise CouldNotRun(f"git cannot tell where this branch left '{visible(revision)}': {answer.complaint or reason}")
    return answer.text.decode().strip()


def _known(directory: Path, revision: str) -> str:
    """The commit that a revision names; CouldNotRun, with what may be meant, where there is none."""
    commit = None if revision.startswith("-") or "\0" in revision else _commit(directory, revision)
    if commit is None:
        raise CouldNotRun(f"there is no revision '{visible(revision)}'{_offer(directory, revision)}")
    return commit


_PARTIAL = "this clone is partial; 'git fetch --refetch --no-filter' gets the rest"
_SHALLOW = "this clone is shallow; 'git fetch --unshallow' gets the rest (in a GitHub workflow, 'fetch-depth: 0')"


def _commit(directory: Path, revision: str) -> str | None:
    answer = ask(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not answer.done and answer.complaint:
        raise CouldNotRun(f"git cannot look for '{visible(revision)}': {answer.complaint}")
    return answer.text.decode().strip() if answer.done else None


def _offer(directory: Path, revision: str) -> str:
    """What may be meant by a revision that there is not, or why it may be missing."""
    if revision.startswith("-") or "\0" in revision:
        return ": it takes a branch, a tag or a commit"
    if _commit(directory, f"origin/{revision}"):
        return f": did you mean 'origin/{visible(revision)}'?"
    return f": {_SHALLOW}" if _is_shallow(directory) else ": 'git branch --all' and 'git log' list what there is"


def _is_shallow(directory: Path) -> bool:
    return ask(directory, "rev-parse", "--is-shallow-repository").text.strip() == b"true"


def _hash(data: bytes, like: str) -> str:
    """What git calls a file with this content, in a repository that has hashes like this one."""
    algorithm = "sha1" if len(like) == 40 else "sha256"
    whole = b"blob %d\0%b" % (len(data), data)
    return hashlib.new(algorithm, whole, usedforsecurity=False).hexdigest()


def _stays_inside(path: str) -> bool:
    return ".." not in PurePosixPath(path).parts
