"""The JSON Schema (draft-07) of `handbook.json`, from the declarations of the model."""

import dataclasses
from typing import Any

from rolebook.loading.declaration import AnyOf, FieldDeclaration, Keys, Many, One, Shape, declaration
from rolebook.loading.docstrings import field_docs, summary
from rolebook.loading.schema import DIALECT
from rolebook.model import values as v
from rolebook.model.figures import State, Trend
from rolebook.model.improvement import Improvement, Status
from rolebook.model.organisation import Organisation
from rolebook.model.raci import Matrix, Row
from rolebook.model.standing import STATES
from rolebook.publishing.exports.data import ADDRESSED, FORMAT, PARTS

_URL = {"description": "Its address, relative to this file.", "type": "string"}
_STANDING = {
    "description": "How far it has come: its status, or `institutionalised`.",
    "enum": [*STATES, Status.REJECTED.value],
}
_RELEASED_IN = {
    "description": "The version of the release that consolidated it.",
    "anyOf": [{"type": "string"}, {"type": "null"}],
}

_REACHED = {
    "trained": {"description": "How many of them have been trained.", "type": "integer", "minimum": 0},
    "due": {"description": "How many hold the role.", "type": "integer", "minimum": 0},
    "date": {"description": "The day of which this holds.", "type": "string", "format": "date"},
    "version": {"description": "The version they were trained for: this one or a later one.", "type": "string"},
}
_COMPLETIONS = {
    "description": "By id of the role, and by version: how many are trained in it, where that is recorded.",
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "additionalProperties": {"type": "object", "properties": _REACHED, "required": list(_REACHED)},
    },
}
_FIGURE: dict[str, Any] = {
    "state": {
        "description": "How the KPI stands by its last measurement.",
        "enum": [state.value for state in State if state is not State.UNMEASURED],
    },
    "trend": {
        "description": "Where the last measurement lies, seen from the one before; null where there are not two.",
        "enum": [*(trend.value for trend in Trend), None],
    },
    "progress": {
        "description": "The part of the way from the baseline to the target that lies behind it; null without a way.",
        "type": ["number", "null"],
    },
    "expected": {"description": "The part of the time that had passed by then.", "type": "number"},
    "shared_with": {
        "description": "The roles that answer for it besides its owner.",
        "type": "array",
        "items": {"type": "string"},
    },
    "values": {
        "description": "What was measured, the earliest first.",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "month": {"description": "The month that was counted.", "type": "string"},
                "value": {"description": "The value, in the KPI's unit.", "type": "number"},
                "note": {"description": "What explains it.", "type": ["string", "null"]},
            },
            "required": ["month", "value", "note"],
        },
    },
}
_MEASUREMENTS = {
    "description": "By KPI, written `process/kpi`: how it stands and what was measured, where anything was.",
    "type": "object",
    "additionalProperties": {"type": "object", "properties": _FIGURE, "required": list(_FIGURE)},
}


def schema() -> dict[str, Any]:
    """The schema: every key is always there; where nothing is written it is null, an empty list or false."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {
        "format": {"description": "The version of this format.", "const": FORMAT},
        "organisation": _shape(Keys(Organisation), definitions),
    }
    for name, cls in PARTS.items():
        entity = _matrix(definitions) if cls is Matrix else _shape(Keys(cls), definitions)
        about = f"By id. {summary(cls)}"
        properties[name] = {"description": about, "type": "object", "additionalProperties": entity}
    properties["completions"] = dict(_COMPLETIONS)
    properties["measurements"] = dict(_MEASUREMENTS)
    return {
        "$schema": DIALECT,
        "title": "A process handbook (handbook.json)",
        "description": "Every entity of a handbook by its id. Readers pass over keys that they do not know.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "definitions": {name: definitions[name] for name in sorted(definitions)},
    }


def _matrix(definitions: dict[str, Any]) -> dict[str, Any]:
    """A matrix, whose rows stand under the ids of their activities."""
    row = _keys(Row, definitions)
    del row["properties"]["activity"]
    row["required"].remove("activity")
    rows = {"description": "By the id of the activity.", "type": "object", "additionalProperties": row}
    properties = {"id": {"description": "The id of its process.", "type": "string"}, "rows": rows}
    return {"description": summary(Matrix), "type": "object", "properties": properties, "required": ["id", "rows"]}


def _keys(cls: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    docs = field_docs(cls)
    absent = {field.name for field in dataclasses.fields(cls) if field.default is None}
    properties = {}
    for field in declaration(cls).fields:
        shape = _shape(field.shape, definitions)
        if field.name in absent:
            shape = {"anyOf": [shape, {"type": "null"}]}
        properties[field.key] = {"description": docs.get(field.name, _untold(field)), **_beside(shape)}
    if cls in ADDRESSED:
        properties["url"] = dict(_URL)
    if cls is Improvement:
        properties |= {"standing": dict(_STANDING), "released_in": dict(_RELEASED_IN)}
    return {"description": summary(cls), "type": "object", "properties": properties, "required": list(properties)}


def _untold(field: FieldDeclaration) -> str:
    return "Its id: the name of its file." if field.from_file else ""


def _beside(shape: dict[str, Any]) -> dict[str, Any]:
    """A shape that may have a description beside it: draft-07 passes over what stands beside a reference."""
    return {"allOf": [shape]} if "$ref" in shape else shape


def _shape(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case One(type=scalar):
            return _scalar(scalar)
        case Many(item=item):
            return {"type": "array", "items": _shape(item, definitions)}
        case AnyOf(shapes=shapes):
            return {"anyOf": [_shape(part, definitions) for part in shapes]}
        case Keys(type=cls):
            if cls.__name__ not in definitions:
                definitions[cls.__name__] = {}
                definitions[cls.__name__].update(_keys(cls, definitions))
            return {"$ref": f"#/definitions/{cls.__name__}"}


def _scalar(scalar: object) -> dict[str, Any]:
    match scalar:
        case v.Choice(words=words):
            return {"enum": list(words)}
        case v.Form() if scalar in (v.ID, v.MONTH):
            return {"type": "string", "pattern": f"^{scalar.pattern}$"}
        case v.Form() | v.Ref():
            return {"type": "string"}
        case v.Day:
            return {"type": "string", "format": "date"}
        case v.Number:
            return {"type": "number"}
        case v.Whole:
            return {"type": "integer", "minimum": 0}
        case _:
            return {"type": "boolean"}
