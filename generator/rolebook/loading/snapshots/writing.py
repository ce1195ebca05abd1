"""From a handbook to its snapshot: the same handbook gives the same bytes."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from rolebook.loading.declaration import Declaration, FieldDeclaration, declaration, remembered
from rolebook.loading.snapshots.formats import FORMAT, PROTECTED
from rolebook.model.handbook import Handbook
from rolebook.model.protected import Protected
from rolebook.model.release import Release
from rolebook.model.values import Day, Number, Whole
from rolebook.source import Text

_text = json.encoder.encode_basestring
"""A text as JSON, with its letters as they are."""


def written(handbook: Handbook, release: Release, protected: Iterable[Protected] = ()) -> bytes:
    """The snapshot of a handbook as it is released: a line for the release, for each improvement what it protects
    from now on, and a line for each entity.

    Its digest cannot stand in it, so that of `release` is passed over.
    """
    said = (part for part in _parts(release) if not part.startswith('"digest":'))
    head = f'{{"format":{FORMAT},"release":{{{",".join(said)}}}}}'
    return "".join(
        f"{line}\n" for line in (head, *protecting(protected), *(line for line, *_ in body(handbook)))
    ).encode()


def protecting(protected: Iterable[Protected]) -> Iterator[str]:
    """The lines that tell what improvements protect."""
    for one in protected:
        yield f'{{"{PROTECTED}":{_plain(one)}}}'


def body(handbook: Handbook) -> Iterator[tuple[str, str, str, Any]]:
    """The lines of a handbook's entities, by kind and id, each with these and the entity.

    They are equal for handbooks that are equal.
    """
    singles = {"organisation": handbook.organisation, "glossary": handbook.glossary, "functions": handbook.units}
    entities: Mapping[str, Mapping[str, Any]] = {
        **{kind: {kind: entity} for kind, entity in (*singles.items(), ("checks", handbook.check_settings))},
        "process": handbook.processes,
        "improvement": handbook.improvements,
        "role": handbook.roles,
        "matrix": handbook.matrices,
        "job": handbook.jobs,
        "plan": handbook.plans,
        "page": handbook.pages,
    }
    for kind in sorted(entities):
        for id in sorted(entities[kind]):
            entity = entities[kind][id]
            yield f'{{"{kind}":{_plain(entity)}}}', kind, str(id), entity


def digest(data: bytes) -> str:
    """The digest of a snapshot with these bytes, as a release tells it."""
    return hashlib.sha256(data).hexdigest()


def _plain(value: Any) -> str:
    """A value of the model as JSON."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        return f"[{','.join([_plain(one) for one in value])}]"
    if single := _SINGLE.get(type(value)):
        return single(value)
    return f"{{{','.join(_parts(value))}}}"


def _number(value: Number) -> str:
    """A number without the zeros behind its point that mean nothing."""
    whole = value.to_integral_value()
    return str(int(whole)) if value == whole else format(value.normalize(), "f")


_SINGLE: Mapping[type, Callable[[Any], str]] = {
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
    Day: lambda value: f'"{value.isoformat()}"',
    Number: _number,
    Whole: lambda value: str(int(value)),
}


def _parts(entity: Any) -> list[str]:
    """The keys of an entity with their values, without those that say nothing."""
    state = entity.__dict__
    return [
        start + (_text(value) if type(value) is Text else _plain(value))
        for name, start, omitted in _keys(type(entity))
        if ((value := state[name]) is not None and value != ()) or value != omitted
    ]


@remembered
def _keys(cls: type[Any]) -> tuple[tuple[str, str, Any], ...]:
    """The fields of a class in the order of their keys: the name, what its value begins with, and what is left out."""
    declared: Declaration = declaration(cls)
    defaults = cls._defaults

    def key(field: FieldDeclaration) -> str:
        return field.name if field.entries else field.key

    return tuple((f.name, f'"{key(f)}":', defaults.get(f.name, cls)) for f in sorted(declared.fields, key=key))
