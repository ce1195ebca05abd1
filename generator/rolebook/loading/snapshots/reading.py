"""From a snapshot to the handbook that it was taken of, whoever may have changed it since."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rolebook.loading.declaration import declaration
from rolebook.loading.fields import read_entity
from rolebook.loading.reading import Reading
from rolebook.loading.scalars import is_id
from rolebook.loading.snapshots import formats
from rolebook.loading.snapshots.fault import DamagedSnapshot
from rolebook.loading.snapshots.looking import lines, read_head, snapshot, tells_protected
from rolebook.loading.snapshots.tree import Lines, parts, words
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import ALL_KINDS, SNAPSHOTS, Kind
from rolebook.model.release import Release
from rolebook.model.written import WrittenPage
from rolebook.source import Entry, Node, Sequence, Span, Text
from rolebook.source import Mapping as Tree
from rolebook.source.quoting import quoted
from rolebook.value import value

_KINDS = {kind.name: kind for kind in ALL_KINDS}

Told = tuple[str, str, Any]
"""The kind, the id and the entity that a line tells of."""
Known = dict[bytes, Told]
"""Lines that need not be read again: what they tell of."""


@value()
class Past:
    """A handbook as it was when it was released, and what its snapshot says about that release.

    The places of its texts are lines of the snapshot. `kinds` are the kinds of file that its format knows: of others it
    says nothing, which does not mean that there were none. Of a page there is only the text: no sections, no links.
    `protecting` are the lines that tell what improvements protect from then on, unread.
    """

    handbook: Handbook
    release: Release
    kinds: frozenset[str]
    protecting: tuple[bytes, ...] = ()


def read_snapshot(directory: Path, version: str, known: Known | None = None) -> Past:
    """What the handbook in `directory` said in a version.

    DamagedSnapshot where its snapshot is not there, or cannot be read. Whether it is still what was released is not
    looked at: its digest is that of `release`, to be compared with the one that the release tells. Of lines that are
    `known`, the entity is taken as it is, with its places; those of the others are added.
    """
    path = SNAPSHOTS.path(version)
    try:
        with snapshot(directory, version) as stream:
            return read(path, version, lines(path, stream), known)
    except FileNotFoundError:
        raise DamagedSnapshot(Span.of_file(path), "there is no such file") from None
    except OSError as error:
        raise DamagedSnapshot(Span.of_file(path), (error.strerror or str(error)).lower()) from None


def read(path: str, version: str, found: Iterator[bytes], known: Known | None = None) -> Past:
    """As `read_snapshot`, of these lines of the file at `path`."""
    reader, seen = Lines(path), hashlib.sha256()
    head = next(found, b"")
    seen.update(head + b"\n")
    read_head(reader, head, version, seen.hexdigest())  # before all else: it may be of a newer format
    gathered = _Gathered(reader, known if known is not None else {})
    protecting: list[bytes] = []
    for number, line in enumerate(found, 2):
        seen.update(line + b"\n")
        if number == len(protecting) + 2 and tells_protected(line):
            protecting.append(line)
        else:
            gathered.add(number, line)
    release = read_head(reader, head, version, seen.hexdigest())
    return Past(gathered.handbook(), release, formats.KINDS[formats.FORMAT], tuple(protecting))


class _Gathered:
    """What was read so far."""

    def __init__(self, reader: Lines, known: Known) -> None:
        self._reader = reader
        self._known = known
        self._entities: dict[str, dict[str, Any]] = {}
        self._references: list[Any] = []
        self._texts: list[Any] = []

    def add(self, number: int, line: bytes) -> None:
        """Add the entity of a line."""
        if line not in self._known:
            self._known[line] = self._read(self._reader.read(number, line))
        kind, id, entity = self._known[line]
        of_kind = self._entities.setdefault(kind, {})
        if id in of_kind:
            self._reader.read(number, line)
            raise self._reader.damaged(f"the {_KINDS[kind].title} {quoted(id)} stands here for the second time")
        of_kind[id] = entity

    def _read(self, node: Tree) -> Told:
        (name, told), *more = parts(node).items() or [("", None)]
        kind = _KINDS.get(name) if name in formats.KINDS[formats.FORMAT] else None
        if more or kind is None or not isinstance(told, Tree):
            raise self._reader.damaged("this line holds no entity that there is a kind for")
        id = kind.name if kind.single else words(parts(told).get("id"))
        if not is_id(id):
            raise self._reader.damaged(f"{quoted(id)} is not an id")
        return kind.name, id, self._entity(kind, id, told)

    def _entity(self, kind: Kind, id: str, told: Tree) -> Any:
        reading = Reading(told.span.path, id, kind.title)
        entity = read_entity(kind.type, _as_written(kind, told), reading)
        if reading.diagnostics or entity is None:
            raise self._reader.damaged(next((d.finding.message for d in reading.diagnostics), "nothing stands here"))
        self._references += reading.references
        self._texts += reading.texts
        if kind.type is WrittenPage:
            return WrittenPage(id=entity.id, name=entity.name, text=entity.text, lead=(), sections=(), span=entity.span)
        return entity

    def handbook(self) -> Handbook:
        """The handbook that all lines make."""
        for kind in ALL_KINDS:
            if kind.single and kind.name not in self._entities and kind.name in formats.KINDS[formats.FORMAT]:
                raise self._reader.damaged(f"the file ends without the {kind.title}")
        none: Mapping[str, Any] = MappingProxyType({})
        by_kind = {kind: MappingProxyType(entities) for kind, entities in self._entities.items()}
        single = {kind: entities[kind] for kind, entities in by_kind.items() if _KINDS[kind].single}
        return Handbook(
            organisation=single["organisation"],
            glossary=single["glossary"],
            units=single["functions"],
            check_settings=single["checks"],
            processes=by_kind.get("process", none),
            matrices=by_kind.get("matrix", none),
            roles=by_kind.get("role", none),
            jobs=by_kind.get("job", none),
            plans=by_kind.get("plan", none),
            improvements=by_kind.get("improvement", none),
            pages=by_kind.get("page", none),
            references=tuple(self._references),
            texts=tuple(self._texts),
        )


def _as_written(kind: Kind, told: Tree) -> Tree:
    """An entity as it stands in YAML: its id is the file's name, and entries stand under what they are about."""
    entries = told.entries if kind.single else tuple(entry for entry in told.entries if entry.key != "id")
    field = declaration(kind.type).entries
    if field is not None:
        listed = parts(told).get(field.name)
        entries = tuple(map(_row, listed.items)) if isinstance(listed, Sequence) else ()
    return told._replace(entries=entries)


def _row(node: Node) -> Entry:
    """A row of a matrix under the activity that it is about."""
    entries = node.entries if isinstance(node, Tree) else ()
    about = next((e.value for e in entries if e.key == "activity"), None)
    rest = Tree(tuple(e for e in entries if e.key != "activity"), node.span)
    return Entry(Text(words(about), node.span), rest)
