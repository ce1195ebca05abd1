"""How a role's file says that it is out of use, and what else changes with it."""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map

from rolebook.diagnostic import Edit
from rolebook.editing.names.plan import Former, Plan, Target
from rolebook.editing.text.amendment import Addition, Amendments
from rolebook.loading.declaration import declaration
from rolebook.model.catalogue import Thing
from rolebook.model.handbook import Reference
from rolebook.model.raci import Role
from rolebook.source import Span, Text
from rolebook.value import value


@value()
class Ending:
    """What becomes of the references to a role that ends: some are changed, others go.

    `instead` holds the edits of those that change. `gone` are the places that references leave, `removals` what is
    taken out with them.
    """

    instead: tuple[Edit, ...] = ()
    gone: frozenset[Span] = frozenset()
    removals: frozenset[Span] = frozenset()


def ended(role: Role, says: Map[str, str], ending: Ending, *, successor: str = "") -> Plan:
    """The plan by which a role ends: its file `says` so, by keys, and a `successor` is named in its place, if any."""
    amendments: dict[str, Amendments] = {}
    for path in sorted({span.path for span in ending.removals} | {role.span.path}):
        removals = frozenset(span for span in ending.removals if span.path == path)
        added = tuple(_additions(role, says)) if path == role.span.path else ()
        amendments[path] = Amendments(removals, added)
    replaced = frozenset(edit.span for edit in ending.instead)

    def leads(reference: Reference, thing: Thing) -> Target | None:
        if reference.text.span in ending.gone:
            return None
        return ("role", successor) if reference.text.span in replaced else (thing.kind, thing.reference)

    return Plan(
        edits=(*_changes(role, says), *ending.instead),
        amendments=amendments,
        leads=leads,
        touched=tuple(sorted(replaced | ending.gone)),
        former=Former((str(role.id),), (str(role.name), *map(str, role.aliases)), role.span.path),
        moves={},
        now={str(role.id): successor} if successor else {},
    )


def _written(role: Role) -> Map[str, Text | None]:
    return {"status": role.status, "merged_into": role.merged_into}


def _changes(role: Role, says: Map[str, str]) -> Iterator[Edit]:
    for key, words in says.items():
        if (text := _written(role)[key]) and text != words:
            yield Edit(text.span, words)


def _additions(role: Role, says: Map[str, str]) -> Iterable[Addition]:
    keys = declaration(Role).keys
    for key, words in says.items():
        if not _written(role)[key]:
            yield Addition(role.span, key, words, keys[: keys.index(key)])
