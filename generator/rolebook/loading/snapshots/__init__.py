"""Snapshots: all that a handbook says in one file of plain JSON, an entity a line, written once and read for ever."""

from rolebook.loading.snapshots.fault import DamagedSnapshot
from rolebook.loading.snapshots.reading import Past, read_snapshot
from rolebook.loading.snapshots.writing import digest, written

__all__ = ["DamagedSnapshot", "Past", "digest", "read_snapshot", "written"]
