"""What a release of a handbook would be: the two files that make it, or the reason why there can be none."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from rolebook.checks.check import A_DAY_ELSEWHERE
from rolebook.checks.ratchet import Undone, undone
from rolebook.checks.releases import broken
from rolebook.diagnostic import Finding, Related
from rolebook.editing.releases.note import note
from rolebook.editing.releases.protecting import protecting
from rolebook.editing.releases.taking import CannotRelease as CannotRelease
from rolebook.editing.releases.taking import taken_in
from rolebook.loading import read_source
from rolebook.loading.scalars import is_version, wrong_version
from rolebook.loading.snapshots import DamagedSnapshot, digest, read_snapshot, written
from rolebook.loading.snapshots.looking import lines, look_into
from rolebook.loading.snapshots.protecting import damage, read_protected
from rolebook.loading.snapshots.reading import read
from rolebook.model.catalogue import path_of
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.kinds import SNAPSHOTS
from rolebook.model.protected import Protected
from rolebook.model.release import NEXT, NextRelease, Previous, Release, number
from rolebook.model.released import excuses, newest, taken_already, to_release
from rolebook.model.values import Day
from rolebook.source import Span, Text
from rolebook.source import read as read_yaml
from rolebook.source.decode import unseen
from rolebook.value import value


@value()
class Wanted:
    """The release that is asked for: its version, the day from which it holds, the present day, and its note or ""."""

    version: str
    day: date
    today: date
    note: str


@value()
class Planned:
    """A release that is not written yet: the `text` of its file, and the bytes by path of what is to be written.

    `before` is the release before it; the snapshot may lie there already. `undone` is what improvements that it
    consolidates undo of earlier ones. `taken` are the bytes by path of what it takes in, and takes away.
    """

    release: Release
    before: Release | None
    improvements: tuple[Improvement, ...]
    undone: tuple[Undone, ...]
    text: str
    after: Mapping[str, bytes]
    taken: Mapping[str, bytes]


def left_behind(finding: Finding, version: str) -> bool:
    """Whether a finding is about the snapshot of a version whose release was interrupted: it is to be finished now."""
    return finding.span == Span.of_file(SNAPSHOTS.path(version))


def plan(directory: Path, handbook: Handbook, wanted: Wanted) -> Planned:
    """The release of a handbook without errors, which lies in `directory`.

    All its snapshots must have been looked at. CannotRelease where there can be no such release.
    """
    before, version = newest(handbook), wanted.version
    _assert_not_taken(handbook)
    _assert_version(before, version)
    _assert_whole(handbook, version)
    _assert_day(before, wanted)
    if before and _past(directory, before) == handbook:
        raise CannotRelease(f"nothing that the handbook says has changed since {before.id}")
    if fault := damage(handbook):
        raise CannotRelease("what was released before cannot be read", Related(fault.span, str(fault)))
    gone = undone(handbook)
    assert_may_be_undone(gone)
    improvements = to_release(handbook)
    protected = protecting(handbook, version, improvements)
    taken = taken_in(directory, handbook.next_release)
    unsealed = _release(wanted, before, improvements, handbook.next_release)
    snapshot = written(handbook, unsealed, protected)
    release = replace(unsealed, digest=Text(digest(snapshot), unsealed.span))
    text = note(release)
    _assert_snapshot_reads_back(handbook, release, protected, snapshot)
    _assert_note_reads_back(release, text)
    after = {path_of("release", version): text.encode()}
    if version not in handbook.snapshots:
        after = {SNAPSHOTS.path(version): snapshot, **after}
    elif _digest_there(directory, version) != release.digest:
        path = SNAPSHOTS.path(version)
        raise CannotRelease(f"{path} lies there already and says something else: take it away if nobody was told of it")
    return Planned(release, before, improvements, gone, text, after, taken)


def _digest_there(directory: Path, version: str) -> str:
    """The digest of a snapshot that has no release."""
    return look_into(directory, version).digest


def _release(
    wanted: Wanted, before: Release | None, improvements: tuple[Improvement, ...], said: NextRelease | None
) -> Release:
    """The release, still without its digest; `said` is what was written of it beforehand."""
    span = Span.of_file(path_of("release", wanted.version))
    return Release(
        id=Text(wanted.version, span),
        date=Day.at(Text(wanted.day.isoformat(), span)),
        note=Text(wanted.note, span) if wanted.note else said.note if said else None,
        improvements=tuple(improvement.id for improvement in improvements),
        waivers=excuses(improvements),
        reasons=said.reasons if said else (),
        previous=Previous(version=before.id, digest=before.digest, span=span) if before else None,
        digest=Text("", span),
        span=span,
    )


def _assert_not_taken(handbook: Handbook) -> None:
    """What was said of the last release is not said of the next one, too."""
    if taken := taken_already(handbook):
        raise CannotRelease(
            f"all that {NEXT} says was taken into release {taken.id} already, "
            "which was interrupted at its very end: delete that file"
        )


def _assert_version(before: Release | None, version: str) -> None:
    if not is_version(version):
        wrong = wrong_version(version)
        raise CannotRelease(f"{wrong.fact}: {wrong.help[0].lower()}{wrong.help[1:-1]}")
    if before and number(version) <= number(before.id):
        major, minor, patch = number(before.id)
        nexts = f"{major}.{minor}.{patch + 1}, {major}.{minor + 1}.0 and {major + 1}.0.0"
        raise CannotRelease(f"{version} is not above {before.id}, the newest release: the next ones are {nexts}")


def _assert_whole(handbook: Handbook, version: str) -> None:
    found = [finding for finding in broken(handbook) if not left_behind(finding, version)]
    if found:
        places = (Related(finding.span, finding.message) for finding in found)
        raise CannotRelease("what was released before is not what it was", *places)


def _assert_day(before: Release | None, wanted: Wanted) -> None:
    if before and wanted.day < before.date:
        raise CannotRelease(f"{wanted.day} is before {before.date}, the day of {before.id}")
    if wanted.day > wanted.today + A_DAY_ELSEWHERE:
        raise CannotRelease(f"{wanted.day} has not come yet")


def assert_may_be_undone(gone: tuple[Undone, ...]) -> None:
    """Nothing that was released is undone but by an improvement that is achieved, whatever comments hide."""
    waiting = [one for one in gone if one.by is None or one.by.status != Status.ACHIEVED.value]
    if not waiting:
        return
    first = waiting[0]
    old = f"'{first.protected.improvement}', released in {first.protected.since}, is undone"
    message = f"{old}, and no approved improvement replaces it"
    if first.by:
        message = f"{old} by '{first.by.id}', which replaces it but is not achieved yet: it is {first.by.status}"
    raise CannotRelease(message, *(Related(one.loss.span, one.loss.message) for one in waiting))


def assert_note(words: str) -> str:
    """The words of a note with single spaces between them; CannotRelease where something invisible stands there."""
    if found := unseen(words):
        raise CannotRelease(f"the note cannot be taken: {found.message}")
    return " ".join(words.split())


def _past(directory: Path, release: Release) -> Handbook:
    try:
        return read_snapshot(directory, release.id).handbook
    except DamagedSnapshot as error:
        raise CannotRelease("what was released before cannot be read", Related(error.span, str(error))) from None


def _assert_snapshot_reads_back(
    handbook: Handbook, release: Release, protected: tuple[Protected, ...], snapshot: bytes
) -> None:
    """Nothing is released that cannot be read again: neither too much, nor by a fault of ours."""
    path = SNAPSHOTS.path(release.id)
    try:
        past = read(path, release.id, lines(path, io.BytesIO(snapshot)))
        again = read_protected(path, past.protecting)
    except DamagedSnapshot as error:
        raise CannotRelease("its snapshot could not be read again", Related(error.span, str(error))) from None
    if (past.handbook, past.release, again) != (handbook, release, protected):
        raise ValueError("a snapshot says something else than the handbook")


def _assert_note_reads_back(release: Release, text: str) -> None:
    source = read_yaml(release.span.path, text.encode())
    again, reading = read_source(source, Release, release.id, "release")
    if again != release or reading.diagnostics:
        raise ValueError("a release says something else than was to be written")
