"""A release is put beside those that were published before: all of it or nothing, and never a second time."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.released import is_as_released, newest
from rolebook.publishing.error import SiteError
from rolebook.publishing.versions.arranging import Due, Wanted, assert_alias, due
from rolebook.publishing.versions.record import VERSION_FILE, Published, write_published
from rolebook.publishing.versions.shelf import Place, assert_same_handbook, look_at
from rolebook.source import Text
from rolebook.value import value

Builder = Callable[[Path], None]
"""Builds the site of a version into a folder that is empty; beside that folder it may work."""


@value()
class Told:
    """What was written, in files and bytes by the name of what lies at the top; nothing where all was there already.

    `is_new` says whether the version itself is among it.
    """

    is_new: bool
    sizes: Mapping[str, tuple[int, int]]


def to_publish(handbook: Handbook) -> Release:
    """The newest release, which `handbook` must still be; SiteError, with what is to be done, where it is not."""
    release = newest(handbook)
    if release is None:
        raise SiteError("there is no release yet: what is published is a release, so make one with 'rolebook release'")
    if not is_as_released(handbook):
        raise SiteError(
            f"the handbook says something else than {release.id}, its newest release ('rolebook diff {release.id}' "
            f"shows what): release that first with 'rolebook release', or publish from the state that was released"
        )
    return release


def publish(place: Place, releases: Mapping[str, Release], wanted: Wanted, build: Builder) -> Told:
    """Put the version that is wanted, one of `releases`, in its place, and have all that leads to it follow.

    What was published already is left as it is; what an interrupted run has left undone is done. SiteError where
    another version, or this one with other content, was published there.
    """
    for alias in wanted.aliases:
        assert_alias(alias)
    shelf = look_at(place)
    assert_same_handbook(shelf, releases)
    release, built = releases[wanted.version], None
    if wanted.version not in shelf.versions:
        built = place.workshop / "version" / "site"
        built.mkdir(parents=True)
        build(built)
        published = _record(release, built)
        (built / VERSION_FILE).write_bytes(write_published(published))
        shelf = replace(shelf, versions={wanted.version: published, **shelf.versions})
    there = due(place, shelf, wanted, lambda: _files(built) if built else place.files(wanted.version))
    sizes = dict(_sizes(wanted.version, built, there))
    if sizes:
        place.put(wanted.version, built, there.aliases, there.files)
    return Told(built is not None, sizes)


def address(site_url: Text | None, version: str) -> Text | None:
    """The address of a version's site, where that of the whole is known."""
    return Text(f"{site_url.rstrip('/')}/{version}/", site_url.span) if site_url else None


def _record(release: Release, built: Path) -> Published:
    sums = {path: hashlib.sha256(data).hexdigest() for path, data in _files(built)}
    return Published(str(release.id), release.date.isoformat(), str(release.digest), sums)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()


def _sizes(version: str, built: Path | None, there: Due) -> Iterator[tuple[str, tuple[int, int]]]:
    if built:
        yield f"{version}/", _size(len(data) for _, data in _files(built))
    for name, content in there.aliases.items():
        yield f"{name}/", _size(map(len, content.values()))
    for name, data in there.files.items():
        yield name, (1, len(data))


def _size(lengths: Iterable[int]) -> tuple[int, int]:
    every = [*lengths]
    return len(every), sum(every)
