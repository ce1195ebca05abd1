"""The two sides of a comparison: handbooks from folders, and from revisions of git."""

import re
import tempfile
from pathlib import Path

from rolebook.cli.earlier import earlier, in_revision
from rolebook.cli.git import NoGit
from rolebook.cli.main import CouldNotRun
from rolebook.cli.terminal import telling
from rolebook.loading import NotAHandbook, load
from rolebook.loading.files import FOLDERS
from rolebook.loading.loader import Loaded
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import SNAPSHOTS
from rolebook.model.values import VERSION_PATTERN
from rolebook.reporting import visible
from rolebook.reporting.words import at, at_line, counted
from rolebook.source.decode import MAX_BYTES
from rolebook.value import value

LATEST = "HEAD"
"""The revision that a handbook is compared with where none is named: what was committed last."""
_LEFT = "..."
"""What is written behind a revision for where the present branch left it."""
_READ = (".yaml", ".md")
_INSTEAD = "name two folders instead"


@value()
class Side:
    """A handbook that is compared, and what it is called."""

    title: str
    handbook: Handbook


def side(directory: Path, named: str | None) -> Side:
    """A handbook by a folder, a version that was released or a revision; that in `directory` where nothing is named.

    CouldNotRun where there is none, or where not all of it can be read: what is missing would look as if it were gone.
    """
    with telling("Reading the handbooks"):
        if named is None:
            return _in_folder(directory, "the files as they are", "rolebook check")
        folder = Path(named)
        if named and all((folder / part).is_dir() for part in FOLDERS):
            return _in_folder(folder, named, f"rolebook -C {named} check")
        if re.fullmatch(VERSION_PATTERN, named, re.ASCII) and (directory / SNAPSHOTS.path(named)).is_file():
            return _released(directory, named)
        return _in_revision(directory, named)


def _released(directory: Path, version: str) -> Side:
    from rolebook.loading.snapshots.fault import DamagedSnapshot
    from rolebook.loading.snapshots.reading import read_snapshot

    try:
        return Side(version, read_snapshot(directory, version).handbook)
    except DamagedSnapshot as error:
        fault = f"{visible(str(error))} ({at_line(error.span)})"
        raise CouldNotRun(f"the version {version} cannot be compared: {fault}") from None


def _in_folder(folder: Path, title: str, see: str) -> Side:
    try:
        return _whole(load(folder), title, f"'{visible(see)}' shows them")
    except NotAHandbook as error:
        raise CouldNotRun(str(error)) from None


def _in_revision(directory: Path, revision: str) -> Side:
    shown = visible(revision)
    try:
        left = revision.removesuffix(_LEFT)
        then = in_revision(directory, revision) if left == revision else earlier(directory, left)
    except NoGit as error:
        raise CouldNotRun(
            f"'{shown}' is no folder with a handbook, and a revision is read with git, {error.reason}: {_INSTEAD}"
        ) from None
    except CouldNotRun as error:
        if revision and Path(revision).is_dir():
            raise CouldNotRun(f"there is no handbook in the folder '{shown}', and {error}") from None
        if re.fullmatch(VERSION_PATTERN, revision, re.ASCII):
            raise CouldNotRun(f"no version {shown} was released, and {error}") from None
        raise
    present = {path.partition("/")[0] for path in then.blobs}
    if not present.issuperset(FOLDERS):
        raise CouldNotRun(f"there is no handbook in '{shown}', at the place where it lies now")
    large = [path for path, blob in then.blobs.items() if blob.size > MAX_BYTES and path.endswith(_READ)]
    if large:
        raise CouldNotRun(f"'{shown}' cannot be compared: {visible(large[0])} is too large to be read")
    with tempfile.TemporaryDirectory(prefix="rolebook-") as folder:
        then.write(Path(folder))
        see = f"'git worktree add FOLDER {visible(left)}' puts it into a folder, where 'rolebook check' shows them"
        return _whole(load(Path(folder)), revision, see)


def _whole(loaded: Loaded, title: str, see: str) -> Side:
    """A side of which nothing could not be read."""
    errors = [diagnostic for diagnostic in loaded.diagnostics if diagnostic.is_error]
    if errors:
        first = errors[0]
        where = f"{counted(len(errors), 'finding')} of reading, the first at {at(first.span)}"
        fact = f"{where}: {visible(first.finding.message)}"
        raise CouldNotRun(f"'{visible(title)}' cannot be compared, since not all of it can be read ({fact}); {see}")
    return Side(title, loaded.handbook)
