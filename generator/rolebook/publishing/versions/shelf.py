"""What is published at a place already, whatever kind of place it is, and whether a handbook may go on there."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from rolebook.loading.scalars import is_version
from rolebook.model.release import Release, number
from rolebook.publishing.error import SiteError
from rolebook.publishing.versions.record import (
    ALIAS_FILE,
    VERSION_FILE,
    Alias,
    Published,
    read_alias,
    read_published,
)
from rolebook.value import value


class Readable(Protocol):
    """Where versions lie beside each other, to be looked at."""

    def names(self) -> frozenset[str]:
        """What lies at the top."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none, or only a link."""

    def files(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """The files of a folder at the top: their paths in it, and their bytes."""


class Place(Readable, Protocol):
    """The same, held by us alone for as long as we look and write.

    `workshop` is a folder to build in; it goes with its content when we are done.
    """

    workshop: Path

    def put(self, version: str, built: Path | None, aliases: "Folders", files: Mapping[str, bytes]) -> None:
        """Add what was built as a new version, then put aliases and files at the top in place, one after the other.

        Whenever it is interrupted, each of them is what it was or what it is to be.
        """


Folders = Mapping[str, Mapping[str, bytes]]
"""Folders by name: their files by path."""


@value()
class Shelf:
    """The versions that are published, the newest first, the aliases, and all the names that are taken."""

    versions: Mapping[str, Published]
    aliases: Mapping[str, Alias]
    names: frozenset[str]


def look_at(place: Readable) -> Shelf:
    """What lies at `place`; SiteError where a version's folder was not published by us, or its record is damaged."""
    names = place.names()
    versions = {}
    for name in sorted(filter(is_version, names), key=number, reverse=True):
        published = read_published(place.read(f"{name}/{VERSION_FILE}"), name)
        if published is None:
            raise SiteError(f"{name}/ lies there without a readable {VERSION_FILE}: Rolebook did not publish it")
        versions[name] = published
    folders = (name for name in sorted(names) if "." not in name)
    found = (read_alias(place.read(f"{name}/{ALIAS_FILE}"), name) for name in folders)
    return Shelf(versions, {alias.name: alias for alias in found if alias}, names)


def assert_same_handbook(shelf: Shelf, releases: Mapping[str, Release]) -> None:
    """SiteError where a version was published that this handbook has not released, or not with this content."""
    for version, published in shelf.versions.items():
        if version not in releases:
            raise SiteError(
                f"{version} is published there, and this handbook has no release {version}: "
                "get the newest state of its repository, or publish to another place"
            )
        if published.digest != releases[version].digest:
            raise SiteError(
                f"{version} is published there with other content: it was release {published.digest[:12]}… of "
                f"{published.date}, here it is {releases[version].digest[:12]}… of {releases[version].date}; "
                "a published version is never changed, so release what is new under a new version"
            )
