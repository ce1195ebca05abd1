"""What lies around the versions and follows from them: `versions.json`, the aliases, and the page at the top."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rolebook.publishing.error import SiteError
from rolebook.publishing.versions.imprint import LATEST
from rolebook.publishing.versions.record import ALIAS_FILE, VERSION_FILE, Alias, write_alias
from rolebook.publishing.versions.redirect import is_ours, leading
from rolebook.publishing.versions.shelf import Folders, Place, Shelf
from rolebook.rendering import Look
from rolebook.value import value

INDEX = "versions.json"
TOP = "index.html"

_ALIAS = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)
_PARTS = ("assets/", "search/")
"""What pages are made of, which nobody has the address of."""
_OF_ENGINES = ("sitemap.xml", "sitemap.xml.gz")

Content = Callable[[], Iterable[tuple[str, bytes]]]
"""The files of the version that aliases lead to; called where they are needed."""


@value()
class Wanted:
    """The names under which a version is to be found, whether as copies, and how pages that lead there are written."""

    version: str
    aliases: tuple[str, ...]
    copy: bool
    look: Look
    directory_urls: bool


@value()
class Due:
    """What is to be written at the top: folders of aliases, and files."""

    aliases: Folders
    files: dict[str, bytes]


def assert_alias(name: str) -> None:
    """SiteError for what no alias can be called."""
    if len(name) > 60 or not _ALIAS.fullmatch(name):
        raise SiteError(f"'{name}' is no alias: write small letters, digits and single hyphens, as in 'stable'")
    if LATEST in name and name != LATEST:
        raise SiteError(f"'{name}' is no alias: what has '{LATEST}' in its name would pass for the newest version")


def due(place: Place, shelf: Shelf, wanted: Wanted, content: Content) -> Due:
    """What is to be written where all versions of `shelf` lie at `place`; nothing where all is as it should be."""
    aliases = {name: Alias(name, wanted.version, wanted.copy) for name in wanted.aliases}
    for name in aliases.keys() - shelf.aliases.keys():
        if name in shelf.names:
            raise SiteError(f"{name} lies there and is no alias that Rolebook made: take it away, or choose another")
    changed = [alias for name, alias in aliases.items() if shelf.aliases.get(name) != alias]
    folders = {alias.name: dict(_folder(alias, shelf, wanted, content)) for alias in changed}
    files = {}
    there = place.read(INDEX)
    listed = _index(shelf, {**shelf.aliases, **aliases}, there)
    if listed != there:
        files[INDEX] = listed
    words = wanted.look.say("Go to the newest version")
    first = leading(TOP, f"{LATEST}/{TOP}", words, wanted.look, directory_urls=wanted.directory_urls)
    before = place.read(TOP)
    if before != first and (TOP not in shelf.names if before is None else is_ours(before)):
        files[TOP] = first
    return Due(folders, files)


def _folder(alias: Alias, shelf: Shelf, wanted: Wanted, content: Content) -> Iterator[tuple[str, bytes]]:
    """The files of an alias. Whatever page any version ever had is there, so that no link to an alias breaks."""
    present = shelf.versions[alias.version].pages()
    every = frozenset(page for published in shelf.versions.values() for page in published.pages())
    words = wanted.look.say("Version {version}").format(version=alias.version)
    for page in sorted(every - present if alias.copy else every):
        to = f"../{alias.version}/{page if page in present else TOP}"
        yield page, leading(page, to, words, wanted.look, directory_urls=wanted.directory_urls)
    for path, data in content():
        if path != VERSION_FILE and (alias.copy or _has_readers(path)):
            yield path, data
    yield ALIAS_FILE, write_alias(alias)


def _has_readers(path: str) -> bool:
    """Whether a file is neither page nor part of one, such as `handbook.json`, which programs fetch by its name."""
    return not path.endswith(".html") and not path.startswith(_PARTS) and path not in _OF_ENGINES


def _index(shelf: Shelf, aliases: dict[str, Alias], before: bytes | None) -> bytes:
    """The list of versions as the theme reads it, the newest first; what others have listed there is kept."""
    ours = [
        {
            "version": version,
            "title": version,
            "aliases": sorted(a.name for a in aliases.values() if a.version == version),
        }
        for version in shelf.versions
    ]
    others = (entry for entry in _entries(before) if entry["version"] in shelf.names - shelf.versions.keys())
    return (json.dumps([*others, *ours], ensure_ascii=False, indent=2) + "\n").encode()


def _entries(data: bytes | None) -> list[dict[str, Any]]:
    try:
        found = json.loads(data or b"[]")
    except (ValueError, RecursionError):
        return []
    entries = found if isinstance(found, list) else []
    return [e for e in entries if isinstance(e, dict) and isinstance(e.get("version"), str)]
