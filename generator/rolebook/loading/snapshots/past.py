"""What a handbook said in its releases, read at the price of what has changed since."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from rolebook.loading.snapshots.fault import DamagedSnapshot
from rolebook.loading.snapshots.reading import Known, read_snapshot
from rolebook.loading.snapshots.writing import body
from rolebook.model.handbook import Handbook


def past(directory: Path, handbook: Handbook, versions: Iterable[str]) -> Mapping[str, Handbook]:
    """What the handbook in `directory`, of which everything could be read, said in these versions.

    An entity that says what it says now is the very same one, with its present places; so the same entity of two
    versions is compared at once. A version whose snapshot cannot be read is left out: a check tells why.
    """
    known: Known = {line.encode(): (kind, id, entity) for line, kind, id, entity in body(handbook)}
    found: dict[str, Handbook] = {}
    for version in versions:
        try:
            found[version] = read_snapshot(directory, version, known).handbook
        except DamagedSnapshot:
            continue
    return MappingProxyType(found)
