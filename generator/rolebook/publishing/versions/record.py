"""The small files by which published folders tell what they are: a version with its digests, or an alias of one."""

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from rolebook.value import value

MARKER = ".rolebook-versions"
MARKER_TEXT = b"'rolebook publish' puts versions of a handbook here. Whatever else lies here is left alone.\n"

VERSION_FILE = "published.json"
"""Lies in the folder of each version, and is the last word about what was published there."""
ALIAS_FILE = "alias.json"

_FORMAT = 1


@value()
class Published:
    """A version that is published: the day and the digest of its release, and its files with the SHA-256 of each."""

    version: str
    date: str
    digest: str
    files: Mapping[str, str]

    def pages(self) -> frozenset[str]:
        """The paths of its pages, without the one for errors."""
        return frozenset(path for path in self.files if path.endswith(".html") and path != "404.html")


@value()
class Alias:
    """A folder by another name, such as `latest`: pages that lead to those of a version, or a copy of them."""

    name: str
    version: str
    copy: bool


def write_published(published: Published) -> bytes:
    """The file of a version; the same version gives the same bytes."""
    about = {"format": _FORMAT, "version": published.version, "date": published.date, "digest": published.digest}
    return _dump(about | {"files": dict(sorted(published.files.items()))})


def read_published(data: bytes | None, version: str) -> Published | None:
    """What the file of a version says; None where it is not one of this version, or cannot be read."""
    match _load(data):
        case {"version": said, "date": str(date), "digest": str(digest), "files": dict(files)} if said == version:
            return Published(version, date, digest, files) if all(map(_stays_inside, files)) else None
    return None


def write_alias(alias: Alias) -> bytes:
    """The file of an alias."""
    return _dump({"format": _FORMAT, "alias": alias.name, "version": alias.version, "copy": alias.copy})


def read_alias(data: bytes | None, name: str) -> Alias | None:
    """What the file of an alias says; None where it is not one of this name, or cannot be read."""
    match _load(data):
        case {"alias": said, "version": str(version), "copy": bool(copy)} if said == name:
            return Alias(name, version, copy)
    return None


def _stays_inside(path: str) -> bool:
    """Whether a path leads to a file below the folder that it begins in."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith("/") and "\\" not in path and "\0" not in path


def _dump(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _load(data: bytes | None) -> Any:
    try:
        found = json.loads(data or b"null")
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("format") == _FORMAT else None
