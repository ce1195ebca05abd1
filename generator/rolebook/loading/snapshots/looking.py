"""What can be said of a snapshot without reading all that it says: its digest, and what it says about its release."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rolebook.loading.fields import read_entity
from rolebook.loading.files import opened
from rolebook.loading.reading import Reading
from rolebook.loading.scalars import is_version
from rolebook.loading.snapshots import formats
from rolebook.loading.snapshots.fault import DamagedSnapshot
from rolebook.loading.snapshots.tree import Lines, parts, words
from rolebook.model.kinds import SNAPSHOTS
from rolebook.model.release import Release, Snapshot
from rolebook.source import Entry, Mapping, Scalar, Span
from rolebook.source.quoting import quoted

MAX_BYTES = 64_000_000
"""More is never read."""
MAX_LINE = 4_000_000
"""More is never read of a line: the file in which the entity is written has at most a quarter of that."""
_PROTECTED = f'{{"{formats.PROTECTED}":'.encode()


def look_into(directory: Path, version: str) -> Snapshot:
    """The digest of the snapshot of a version, and what it says about its release, as far as it can be read.

    With that come the lines that tell what improvements protect, unread.
    """
    path = SNAPSHOTS.path(version)
    seen = hashlib.sha256()
    try:
        with snapshot(directory, version) as stream:
            told: list[bytes] = []
            for number, line in enumerate(lines(path, stream)):
                if number == len(told) and (not number or tells_protected(line)):
                    told.append(line)
                seen.update(line + b"\n")
        release = read_head(Lines(path), told[0] if told else b"", version, seen.hexdigest())
    except OSError as error:
        return Snapshot(path=path, fault=(error.strerror or str(error)).lower())
    except DamagedSnapshot as error:
        return Snapshot(path=path, fault=str(error))
    return Snapshot(path=path, digest=seen.hexdigest(), release=release, protecting=tuple(told[1:]))


@contextmanager
def snapshot(directory: Path, version: str) -> Iterator[BinaryIO]:
    """The snapshot of a version to read from; OSError where it is no ordinary file of the handbook in `directory`."""
    if not is_version(version):
        raise OSError(f"{quoted(version)} is not a version")
    target = directory / SNAPSHOTS.path(version)
    if target.parent.is_symlink() or target.parent.parent.is_symlink():
        raise OSError("it is reached through a link, and links are not followed")
    with opened(target) as stream:
        yield stream


def lines(path: str, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a snapshot without their ends, which git may have changed; DamagedSnapshot where there is too much.

    The digest is that of the lines, each with a single newline at its end.
    """
    size = number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        size += len(line)
        if size > MAX_BYTES:
            raise DamagedSnapshot(Span.of_file(path), f"the file is larger than {MAX_BYTES // 1_000_000} MB")
        if len(line) > MAX_LINE:
            raise DamagedSnapshot(_at(path, number), f"line {number} is longer than {MAX_LINE // 1_000_000} MB")
        if not line.endswith(b"\n"):
            raise DamagedSnapshot(_at(path, number), f"the file ends in the middle of line {number}")
        yield line.removesuffix(b"\n").removesuffix(b"\r")


def read_head(reader: Lines, line: bytes, version: str, digest: str) -> Release:
    """The release that the first line of a snapshot with this digest tells of; DamagedSnapshot where it does not."""
    head = parts(reader.read(1, line))
    said = head.get("format")
    written_in = int(said.text) if isinstance(said, Scalar) and said.plain and _is_short(said.text) else None
    if fault := formats.fault(written_in):
        raise reader.damaged(fault)
    told = head.get("release")
    if not isinstance(told, Mapping) or words(parts(told).get("id")) != version:
        raise reader.damaged(f"it is not the snapshot of release {version}")
    entries = (*(e for e in told.entries if e.key not in ("id", "digest")), _digest(reader, digest))
    reading = Reading(SNAPSHOTS.path(version), version, "release")
    release = read_entity(Release, told._replace(entries=entries), reading)
    if reading.diagnostics or not isinstance(release, Release):
        raise reader.damaged(next((d.finding.message for d in reading.diagnostics), "it tells of no release"))
    return release


def tells_protected(line: bytes) -> bool:
    """Whether a line tells what an improvement protects, as it begins."""
    return line.startswith(_PROTECTED)


def _is_short(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _digest(reader: Lines, digest: str) -> Entry:
    return Entry(reader.text("digest"), Scalar(reader.text(digest), False))


def _at(path: str, line: int) -> Span:
    return Span(path, line, 1, line, 2)
