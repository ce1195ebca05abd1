"""What was published is compared with its record, byte for byte."""

import hashlib
from collections.abc import Iterator

from rolebook.publishing.versions.record import VERSION_FILE
from rolebook.publishing.versions.shelf import Readable, Shelf


def altered(place: Readable, shelf: Shelf) -> Iterator[str]:
    """What is not as it was published, a line each, the newest version first."""
    for version, published in shelf.versions.items():
        there = {path: hashlib.sha256(data).hexdigest() for path, data in place.files(version)}
        there.pop(VERSION_FILE, None)
        for path in sorted(published.files.keys() | there.keys()):
            if path not in there:
                yield f"{version}/{path}: is missing"
            elif path not in published.files:
                yield f"{version}/{path}: was put there later"
            elif there[path] != published.files[path]:
                yield f"{version}/{path}: is not what was published"
