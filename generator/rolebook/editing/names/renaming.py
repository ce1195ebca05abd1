"""Gives something another id: in every reference, in the names of its files, and in `formerly` of itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from rolebook.diagnostic import Edit
from rolebook.editing.names.change import Change, changed
from rolebook.editing.names.plan import Files, Former, Plan, Target
from rolebook.editing.names.wanted import NAMED_AFTER, free, wanted
from rolebook.editing.text.amendment import Addition, Amendments
from rolebook.loading.declaration import declaration
from rolebook.model.belonging import FIELDS, belonging
from rolebook.model.catalogue import FILES, Thing, path_of, resolved, written_out
from rolebook.model.handbook import Handbook, Reference
from rolebook.model.measured import cells
from rolebook.source import Text

FORMERLY = "formerly"


def rename(directory: Path, today: date, kind: str, old: str, new: str) -> Change:
    """Give what is called `old` the id `new` in the handbook in `directory`; what belongs to a process or plan is
    `process/id` or `plan/id`.

    CannotChange where that cannot be done without harm, NotAHandbook where there is none.
    """
    return changed(directory, today, partial(_planned, kind, old, new))


def _planned(kind: str, old: str, new: str, handbook: Handbook, files: Files) -> Plan:
    thing = wanted(handbook, kind, old)
    id = free(handbook, files, thing, new)
    change = _Renaming(handbook, thing, id)
    references = [*change.references(), *change.removed_elements()]
    former = change.former()
    names = (thing.name, *thing.also) if kind == "role" else ()
    return Plan(
        edits=(*references, *change.declared()),
        amendments={former.span.path: Amendments(additions=(former,))} if former else {},
        leads=lambda _, target: change.target(target),
        touched=tuple(edit.span for edit in references),
        former=Former(tuple(dict.fromkeys((thing.reference, str(thing.id)))), tuple(map(str, names))),
        moves=change.moves(files),
        now={thing.reference: change.reference, str(thing.id): id},
    )


class _Renaming:
    """What giving a thing the id `id` comes to."""

    def __init__(self, handbook: Handbook, thing: Thing, id: str) -> None:
        self._handbook = handbook
        self._thing = thing
        self._id = id
        self.reference = f"{thing.owner}/{id}" if thing.owner else id
        self.returns = next((f for f, complete in thing.former_references() if complete == self.reference), None)
        """The former id that it gets back."""

    def target(self, thing: Thing) -> Target:
        """What leads to a thing now leads there afterwards."""
        return thing.kind, self._renamed(thing.kind, thing.reference)

    def _renamed(self, kind: str, reference: str) -> str:
        if (kind, reference) == (self._thing.kind, self._thing.reference):
            return self.reference
        if self._holds(kind, reference):
            return self._id + reference.removeprefix(self._thing.reference)
        return reference

    def _holds(self, kind: str, reference: str) -> bool:
        """Whether something, be it there or not, is the process or plan that is renamed, or belongs to it."""
        is_file = self._thing.kind in FILES
        return is_file and path_of(kind, reference) == path_of(self._thing.kind, self._thing.reference)

    def references(self) -> Iterator[Edit]:
        """The edits of all that names it, or names something of it."""
        for reference, target in resolved(self._handbook):
            is_it = target is not None and (target.kind, target.reference) == (self._thing.kind, self._thing.reference)
            if is_it or (not reference.ref.local and self._names_part(reference)):
                start = reference.text.find(":") + 1 if reference.ref.prefixed else 0
                yield from (self._edit(text, start) for text in cells(self._handbook, reference))

    def _names_part(self, reference: Reference) -> bool:
        kinds, written = written_out(reference)
        return any(self._holds(kind, written) for kind in kinds)

    def removed_elements(self) -> Iterator[Edit]:
        """The edits of what improvements take out: that is no reference, since it need not be there."""
        for improvement in self._handbook.improvements.values():
            for element in improvement.removes:
                kind, colon, written = element.partition(":")
                if colon and kind in _REMOVABLE and self._renamed(kind, written) != written:
                    yield self._edit(element, len(kind) + 1)

    def _edit(self, text: Text, start: int) -> Edit:
        """The edit of a text that names it from `start` on, behind the kind."""
        if self._thing.kind in FIELDS:
            start = text.rfind("/") + 1 or start
        return _reworded(text, start, start + len(self._thing.id), self._id)

    def declared(self) -> Iterator[Edit]:
        """The edits where it is declared: of an id that stands in its file, and of a former one that it gets back."""
        if self._thing.kind in FIELDS:
            yield Edit(self._thing.id.span, self._id)
        if self.returns is not None:
            yield _reworded(self.returns, len(self.returns) - len(self._id), len(self.returns), self._thing.id)

    def former(self) -> Addition | None:
        """The old id, to be kept among the former ones; None where it takes the place of one."""
        if self.returns is not None:
            return None
        entity = self._entity()
        keys = declaration(type(entity)).keys
        return Addition(entity.span, FORMERLY, str(self._thing.id), keys[: keys.index(FORMERLY)])

    def _entity(self) -> Any:
        handbook, kind, reference = self._handbook, self._thing.kind, self._thing.reference
        if kind in FIELDS:
            return belonging(handbook, kind, reference)
        entities: Mapping[str, Mapping[str, Any]] = {
            "role": handbook.roles,
            "process": handbook.processes,
            "job": handbook.jobs,
            "plan": handbook.plans,
            "improvement": handbook.improvements,
        }
        return entities[kind][reference]

    def moves(self, files: Files) -> dict[str, str]:
        """The new paths of its files."""
        if self._thing.kind in FIELDS:
            return {}
        kinds = NAMED_AFTER if self._thing.kind == "process" else (self._thing.kind,)
        paths = {path_of(kind, self._thing.reference): path_of(kind, self._id) for kind in kinds}
        return {old: new for old, new in paths.items() if old in files}


_REMOVABLE = ("activity", "kpi", "hand-off", "control", "role")


def _reworded(text: Text, start: int, end: int, words: str) -> Edit:
    """The edit of some characters of a text; of all of it, where they cannot be placed."""
    if text.inset is None:
        return Edit(text.span, text[:start] + words + text[end:])
    return Edit(text.part(start, end), words)
