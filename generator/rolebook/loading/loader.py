"""From a directory to a handbook: every file is read, and what is wrong with one does not keep the others from it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rolebook.diagnostic import Diagnostic
from rolebook.loading import files
from rolebook.loading.declaration import Many, declaration
from rolebook.loading.fields import read_entity
from rolebook.loading.files import File
from rolebook.loading.pages import read_page
from rolebook.loading.reading import NOTHING, Reading, all_of, report_fault
from rolebook.model.check_settings import USUAL
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import MEASUREMENTS, PAGE, SNAPSHOTS
from rolebook.model.organisation import Functions, Glossary, Organisation
from rolebook.model.release import Snapshot, number
from rolebook.source import Fault, Source, Span, read
from rolebook.value import value


@value()
class Loaded:
    """A handbook as it could be read, what was wrong with its files, and their lines to show findings with."""

    handbook: Handbook
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, tuple[str, ...]]


def load(directory: Path, *, all_releases: bool = False) -> Loaded:
    """Read the handbook in `directory`, and what it said in its newest release, or in `all_releases`.

    Never raises for what an author wrote; NotAHandbook where there is none at all.
    """
    found, misplaced = files.find(directory)
    gathered = _Gathered(list(misplaced))
    for file in found:
        gathered.add(file, _data(directory, file))
    wanted = gathered.versions() if all_releases else gathered.versions()[-1:]
    gathered.snapshots = _snapshots(directory, wanted)
    gathered.lost += [d.span for d in misplaced if d.is_error]
    gathered.ids_lost.update(d.span.path for d in misplaced if d.is_error)
    return Loaded(
        handbook=_with_past(directory, gathered.handbook(), wanted),
        diagnostics=tuple(sorted(gathered.diagnostics, key=lambda diagnostic: diagnostic.order)),
        lines=MappingProxyType(gathered.lines),
    )


def _read(file: File, data: bytes | Fault) -> tuple[Any, Reading, tuple[str, ...]]:
    """What a file holds (None for nothing), what was gathered on the way, and its lines."""
    if file.kind is PAGE:
        return read_page(file.path, data, file.id)
    if file.kind.is_table:
        return _read_table(file, data)
    source = read(file.path, data) if isinstance(data, bytes) else Source(file.path, None, (data,), ())
    return *read_source(source, file.kind.type, file.id, file.kind.title), source.lines


def _read_table(file: File, data: bytes | Fault) -> tuple[Any, Reading, tuple[str, ...]]:
    if file.kind is MEASUREMENTS:
        from rolebook.loading.measurements import read_measurements  # most handbooks have no tables

        return read_measurements(file.path, data, file.kind.title, file.id)
    from rolebook.loading.tables import read_rows

    return read_rows(file.path, data, file.kind.type, file.kind.title, home=file.id)


def read_source(source: Source, cls: type[Any], id: str, title: str) -> tuple[Any, Reading]:
    """The entity of type `cls` that a file holds (None where it holds none), and what was gathered on the way."""
    reading = Reading(source.path, id, title)
    for fault in source.faults:
        report_fault(reading, fault)
    entity = read_entity(cls, source.root, reading) if source.root is not None else None
    if entity is None:
        reading.lost.append(all_of(source.path))
        reading.ids_lost = True
    return entity, reading


def _data(directory: Path, file: File) -> bytes | Fault:
    try:
        return files.data(directory, file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Fault(
            "unreadable-file",
            Span.of_file(file.path),
            f"the file cannot be opened: {reason}",
            "Put a readable file in its place.",
        )


def _snapshots(directory: Path, wanted: tuple[str, ...]) -> dict[str, Snapshot]:
    present = files.snapshots(directory)
    if not set(wanted).intersection(present):
        return {version: Snapshot(path=SNAPSHOTS.path(version)) for version in present}
    from rolebook.loading.snapshots.looking import look_into  # a handbook without releases does without it

    return {v: look_into(directory, v) if v in wanted else Snapshot(path=SNAPSHOTS.path(v)) for v in present}


def _with_past(directory: Path, handbook: Handbook, versions: tuple[str, ...]) -> Handbook:
    readable = [v for v in versions if v in handbook.snapshots and not handbook.snapshots[v].fault]
    if not readable or handbook.lost:
        return handbook
    from rolebook.loading.snapshots.past import past

    return replace(handbook, past=past(directory, handbook, readable))


class _Gathered:
    """What was read so far."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        self.diagnostics = diagnostics
        self.lost: list[Span] = []
        self.ids_lost: set[str] = set()
        self.references: list[Any] = []
        self.recorded: list[Any] = []
        self.texts: list[Any] = []
        self.lines: dict[str, tuple[str, ...]] = {}
        self.entities: dict[str, dict[str, Any]] = {}
        self.snapshots: dict[str, Snapshot] = {}

    def add(self, file: File, data: bytes | Fault) -> None:
        entity, reading, self.lines[file.path] = _read(file, data)
        if fault := files.name_fault(file):
            self.diagnostics.append(fault)
            self.lost.append(all_of(file.path))
            self.ids_lost.add(file.path)
            return
        self.diagnostics += reading.diagnostics
        if file.kind.is_table and file.kind.past:
            self.recorded += reading.references
        else:  # what is missing in a record is missing nowhere else
            self.lost += reading.lost
        if reading.ids_lost:
            self.ids_lost.add(file.path)
        if not file.kind.past:
            self.references += reading.references
            self.texts += reading.texts
        if entity is not None:
            self.entities.setdefault(file.kind.name, {})[file.id] = entity

    def versions(self) -> tuple[str, ...]:
        """The versions of the releases, the oldest first."""
        return tuple(sorted(self.entities.get("release", {}), key=number))

    def one(self, cls: type[Any], kind: str, path: str) -> Any:
        """The only entity of a kind; where it could not be read, one that says nothing."""
        entity = self.entities.get(kind, {}).get(kind)
        if entity is None:
            self.lost.append(all_of(path))
            self.ids_lost.add(path)
            empty = {
                f.name: () if not f.required or isinstance(f.shape, Many) else NOTHING for f in declaration(cls).fields
            }
            entity = cls(**empty, span=Span.of_file(path))
        return entity

    def handbook(self) -> Handbook:
        organisation = self.one(Organisation, "organisation", "process_defs/organisation.yaml")
        glossary = self.one(Glossary, "glossary", "process_defs/glossary.yaml")
        functions = self.one(Functions, "functions", "raci/functions.yaml")
        by_kind = {kind: MappingProxyType(entities) for kind, entities in self.entities.items()}
        none: Mapping[str, Any] = MappingProxyType({})
        return Handbook(
            organisation=organisation,
            glossary=glossary,
            units=functions,
            processes=by_kind.get("process", none),
            matrices=by_kind.get("matrix", none),
            roles=by_kind.get("role", none),
            jobs=by_kind.get("job", none),
            plans=by_kind.get("plan", none),
            improvements=by_kind.get("improvement", none),
            pages=by_kind.get("page", none),
            check_settings=by_kind.get("checks", none).get("checks", USUAL),
            questionnaires=by_kind.get("questionnaire", none),
            assessments=by_kind.get("assessment", none),
            targets=by_kind.get("targets", none).get("targets"),
            business_case=by_kind.get("business-case", none).get("business_case"),
            programme=by_kind.get("programme-plan", none).get("plan"),
            steps=by_kind.get("steps", none).get("steps"),
            scorecard=by_kind.get("scorecard", none).get("scorecard"),
            momentum=by_kind.get("momentum", none).get("momentum"),
            measurements=by_kind.get("measurements", none),
            communication=by_kind.get("communication", none).get("communication"),
            releases=MappingProxyType({v: self.entities["release"][v] for v in self.versions()}),
            snapshots=MappingProxyType(self.snapshots),
            next_release=by_kind.get("next-release", none).get("next"),
            completions=by_kind.get("completions", none).get("completions", ()),
            recorded=tuple(self.recorded),
            references=tuple(self.references),
            texts=tuple(self.texts),
            lost=tuple(self.lost),
            ids_lost=frozenset(self.ids_lost),
        )
