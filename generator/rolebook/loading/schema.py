"""The JSON Schema (draft-07) of each kind of file, for editors that complete and explain keys."""

from collections.abc import Mapping
from typing import Any

from rolebook.loading.declaration import AnyOf, FieldDeclaration, Keys, Many, One, Shape, declaration
from rolebook.loading.docstrings import field_docs, summary
from rolebook.model import values as v
from rolebook.model.kinds import KINDS, Kind

DIALECT = "http://json-schema.org/draft-07/schema#"

Names = Mapping[str, Mapping[str, str]]
"""What a handbook holds, to be offered by editors: by kind, each reference with what people call it."""

_TRUTHS = {False: frozenset({"off", "no"}), True: frozenset({"on", "yes"})}
"""What some read for words that stand without quotation marks."""


def schema(kind: Kind, names: Names | None = None) -> dict[str, Any]:
    """The JSON Schema of a kind of file; references offer those `names` that there are, and take others."""
    definitions: dict[str, Any] = {}
    body = _keys(kind.type, definitions, names or {})
    return {
        "$schema": DIALECT,
        "title": f"{kind.title} ({kind.pattern})",
        **body,
        **({"definitions": definitions} if definitions else {}),
    }


def schemas(names: Names | None = None) -> dict[str, Any]:
    """One JSON Schema that holds those of all kinds, each under its name in `definitions`."""
    definitions: dict[str, Any] = {}
    for kind in KINDS:
        body = _keys(kind.type, definitions, names or {})
        definitions[kind.name] = {"title": f"{kind.title} ({kind.pattern})", **body}
    any_of = [{"$ref": f"#/definitions/{kind.name}"} for kind in KINDS]
    return {"$schema": DIALECT, "title": "Any file of a handbook", "anyOf": any_of, "definitions": definitions}


def _keys(cls: type[object], definitions: dict[str, Any], names: Names) -> dict[str, Any]:
    declared = declaration(cls)
    docs = field_docs(cls)
    if entries := declared.entries:
        assert isinstance(entries.shape, Many)
        item = _shape(entries.shape.item, definitions, names)
        return {"description": docs[entries.name], "type": "object", "additionalProperties": item}
    written = [f for f in declared.fields if f.written]
    properties = {f.key: _property(f, docs.get(f.name, ""), definitions, names) for f in written}
    required = [f.key for f in written if f.required]
    return {
        "description": summary(cls),
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _property(field: FieldDeclaration, doc: str, definitions: dict[str, Any], names: Names) -> dict[str, Any]:
    shape = _shape(field.shape, definitions, names)
    if "$ref" in shape:
        return {"description": doc, "allOf": [shape]}
    return {"description": doc, **shape}


def _shape(shape: Shape, definitions: dict[str, Any], names: Names) -> dict[str, Any]:
    match shape:
        case One(type=scalar):
            return _scalar(scalar, names)
        case Many(item=item):
            inner = _shape(item, definitions, names)
            many = {"type": "array", "items": inner}
            return many if isinstance(item, (Keys, AnyOf)) else {"anyOf": [many, inner]}
        case Keys(type=cls):
            name = cls.__name__
            if name not in definitions:
                definitions[name] = {}
                definitions[name].update(_keys(cls, definitions, names))
            return {"$ref": f"#/definitions/{name}"}
        case AnyOf(shapes=shapes):
            return {"anyOf": [_shape(part, definitions, names) for part in shapes]}


def _scalar(scalar: object, names: Names) -> dict[str, Any]:
    match scalar:
        case v.Form():
            # YAML tools of editors take 3.10 for a number and 2026 for another: text fields allow what they see.
            return (
                {"type": "string", "pattern": f"^{scalar.pattern}$"}
                if scalar is v.ID
                else {"type": ["string", "number"]}
            )
        case v.Choice(words=words):
            # YAML tools of some editors take `off`, `no` and `yes` for truth values, and see `false` and `true`.
            seen = [truth for truth, said in _TRUTHS.items() if not said.isdisjoint(words)]
            return {"enum": [*words, *seen]}
        case v.Ref():
            return _reference(scalar, names)
        case v.Day:
            return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
        case v.Number:
            return {"type": "number"}
        case v.Whole:
            return {"type": "integer", "minimum": 0}
        case _:
            return {"type": "boolean"}


def _reference(ref: v.Ref, names: Names) -> dict[str, Any]:
    offered = []
    if not ref.local:
        for kind in ref.kinds:
            prefix = f"{kind}:" if ref.prefixed else ""
            offered += [{"const": prefix + id, "title": name} for id, name in names.get(kind, {}).items()]
    fixed = [{"const": word} for word in ("end", "any-process") if word in ref.kinds]
    text = {"type": "string"}
    return {"anyOf": [*fixed, *offered, text]} if fixed or offered else text
