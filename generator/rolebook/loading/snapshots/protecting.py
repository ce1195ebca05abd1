"""What improvements protect, as the newest snapshot tells it: read only where somebody has to know."""

from collections.abc import Iterable

from rolebook.loading.fields import read_entity
from rolebook.loading.reading import Reading
from rolebook.loading.snapshots.fault import DamagedSnapshot
from rolebook.loading.snapshots.tree import Lines, parts
from rolebook.model.handbook import Handbook, derived
from rolebook.model.protected import Protected
from rolebook.model.released import newest
from rolebook.source import Mapping


def protected(handbook: Handbook) -> tuple[Protected, ...]:
    """What released improvements protect; nothing where no release tells it, or where that cannot be read."""
    return _told(handbook)[0]


def damage(handbook: Handbook) -> DamagedSnapshot | None:
    """Why it cannot be read what released improvements protect; None where it can."""
    return _told(handbook)[1]


@derived
def _told(handbook: Handbook) -> tuple[tuple[Protected, ...], DamagedSnapshot | None]:
    release = newest(handbook)
    snapshot = handbook.snapshots.get(release.id) if release else None
    try:
        return (read_protected(snapshot.path, snapshot.protecting) if snapshot else ()), None
    except DamagedSnapshot as error:
        return (), error


def read_protected(path: str, lines: Iterable[bytes]) -> tuple[Protected, ...]:
    """What the lines behind the first one of the snapshot at `path` tell; DamagedSnapshot where they do not."""
    reader = Lines(path)
    return tuple(_read(reader, number, line) for number, line in enumerate(lines, 2))


def _read(reader: Lines, number: int, line: bytes) -> Protected:
    (_, told), *more = parts(reader.read(number, line)).items()
    if more or not isinstance(told, Mapping):
        raise reader.damaged("this line does not tell what an improvement protects")
    reading = Reading(told.span.path, "", "improvement")
    found = read_entity(Protected, told, reading)
    if reading.diagnostics or not isinstance(found, Protected):
        raise reader.damaged(next((d.finding.message for d in reading.diagnostics), "nothing stands here"))
    return found
