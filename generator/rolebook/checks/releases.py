"""Family 8, releases: what was released is still what was released, and one release follows the other."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from rolebook.checks.check import check
from rolebook.diagnostic import Finding, Related
from rolebook.model.catalogue import path_of
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release, Snapshot
from rolebook.source import Span

_BACK = "Get it back as it was from the history of the repository: a release is never changed."
_TOLD = ("date", "note", "improvements", "waivers", "reasons", "previous")
"""What a release tells, and its snapshot as well."""


@check("RB806", "incomplete-release")
def incomplete_release(handbook: Handbook) -> Iterator[Finding]:
    """A release is without its snapshot, or a snapshot without its release."""
    for version, release in handbook.releases.items():
        if version not in handbook.snapshots:
            message = f"the snapshot of release '{version}' is missing"
            path = path_of("snapshot", version)
            yield Finding(release.digest.span, message, f"Get {path} back from the history of the repository.")
    for version, snapshot in handbook.snapshots.items():
        path = path_of("release", version)
        if version not in handbook.releases and handbook.whole_file(path):
            message = f"this snapshot has no release: there is no file '{path}'"
            help = "Get that file back, or take this one away where the release was never finished."
            yield Finding(Span.of_file(snapshot.path), message, help)


@check("RB807", "altered-release")
def altered_release(handbook: Handbook) -> Iterator[Finding]:
    """A release, or its snapshot, is not what was released."""
    for version, snapshot in handbook.snapshots.items():
        if release := handbook.releases.get(version):
            yield from _altered(release, snapshot)
    for before, release in pairwise(handbook.releases.values()):
        told = release.previous
        if told and told.version == before.id and told.digest != before.digest:
            message = f"'{before.id}' is not the release that '{release.id}' was made after"
            related = (Related(told.digest.span, f"it had this digest when '{release.id}' was made"),)
            yield Finding(before.digest.span, message, _BACK, related)


def _altered(release: Release, snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.fault:
        message = f"the snapshot of release '{release.id}' cannot be read: {snapshot.fault}"
        yield Finding(Span.of_file(snapshot.path), message, _BACK)
    elif snapshot.release and snapshot.digest != release.digest:
        message = f"the snapshot of release '{release.id}' has another digest than this"
        related = (Related(Span.of_file(snapshot.path), "it is not what was released"),)
        help = "Get both files back as they were from the history of the repository: a release is never changed."
        yield Finding(release.digest.span, message, help, related)
    elif snapshot.release:
        for key in _TOLD:
            if getattr(release, key) != getattr(snapshot.release, key):
                message = f"'{key}' of release '{release.id}' is not what was released"
                yield Finding(_place(release, getattr(release, key)), message, _BACK)


def _place(release: Release, value: Any) -> Span:
    """Where a value of a release stands, or its first; the file where it stands nowhere."""
    first = next(iter(value), None) if isinstance(value, tuple) else value
    return Span.of_file(release.id.span.path) if first is None else _beginning(first.span)


def _beginning(span: Span) -> Span:
    return span if span.line == span.end_line else span._replace(end_line=span.line, end_column=span.column + 1)


@check("RB808", "release-out-of-order")
def release_out_of_order(handbook: Handbook) -> Iterator[Finding]:
    """A release does not follow the one before it, in its version or its day."""
    before: Release | None = None
    for release in handbook.releases.values():
        yield from _misplaced(handbook, before, release)
        if before and release.date < before.date:
            message = f"'{release.id}' is of an earlier day than '{before.id}', the release before it"
            yield Finding(release.date.span, message, _BACK, (Related(before.date.span, "that one is of this day"),))
        before = release


def _misplaced(handbook: Handbook, before: Release | None, release: Release) -> Iterator[Finding]:
    told = release.previous
    if told is None:
        if before:
            message = f"'{release.id}' says of no release that it came before, and there is '{before.id}'"
            yield Finding(Span.of_file(release.id.span.path), message, _AGAIN, _there(before))
    elif told.version not in handbook.releases:
        path = path_of("release", told.version)
        if handbook.whole_file(path):
            message = f"there is no release '{told.version}', which '{release.id}' was made after"
            yield Finding(told.version.span, message, f"Get {path} back from the history of the repository.")
    elif before is None or told.version != before.id:
        message = f"'{release.id}' was made after '{told.version}'"
        if before:
            message += f", and not after '{before.id}'"
        yield Finding(told.version.span, message, _AGAIN, _there(before))


_AGAIN = "Take the one away that nobody has been told of yet, both files, and release it again with 'rolebook release'."


def _there(before: Release | None) -> tuple[Related, ...]:
    return (Related(before.date.span, "it is here"),) if before else ()


def broken(handbook: Handbook) -> Iterable[Finding]:
    """All that is wrong with the releases of a handbook, whatever it settles about these checks."""
    return (*incomplete_release(handbook), *altered_release(handbook), *release_out_of_order(handbook))
