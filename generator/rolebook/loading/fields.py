"""From a source tree to values of the model, as their dataclasses declare; what does not fit becomes findings."""

from collections.abc import Callable
from typing import Any

from rolebook.loading.declaration import (
    AnyOf,
    FieldDeclaration,
    Keys,
    Many,
    One,
    Shape,
    bears_ids,
    declaration,
    remembered,
)
from rolebook.loading.near import nearest
from rolebook.loading.reading import NOTHING, UNREADABLE, Reading, beginning, wants
from rolebook.loading.scalars import Wrong, converter
from rolebook.loading.slips import listed_ids, misfit, missing_key, one_item, unknown_key
from rolebook.model import values as v
from rolebook.model.handbook import Reference
from rolebook.source import ABSENT, Mapping, Node, Scalar, Sequence, Span, Text
from rolebook.source.quoting import quoted
from rolebook.value import made

_tuple: Any = tuple.__new__

Read = Callable[[Node, Reading, str], Any]
"""Reads a node as the value of a key ("" for a whole file): (node, reading, key) → value, or UNREADABLE (reported)."""


def read_entity(cls: type[object], node: Node, reading: Reading) -> Any:
    """The value of the dataclass `cls` that `node` holds; None where it holds none at all (reported)."""
    entity = _keys(cls)(node, reading, "")
    return None if entity is UNREADABLE else entity


@remembered
def reader(shape: Shape) -> Read:
    """How a value of this shape is read."""
    match shape:
        case One():
            return _one(shape)
        case Many():
            return _many(shape)
        case Keys():
            return _keys(shape.type)
        case AnyOf():
            return _any_of(shape)


def _one(shape: One) -> Read:
    convert = converter(shape.type)
    ref = shape.type if isinstance(shape.type, v.Ref) else None
    prose = shape.type in (v.LINE, v.PROSE)

    def converted(node: Node, reading: Reading, key: str) -> Any:
        if not isinstance(node, Scalar) or node.absent:
            return misfit(shape, node, reading, key)
        if not node.text or node.text.isspace():
            reading.report("missing-key", node.span, f"{quoted(key)} is empty", f"It takes {wants(shape)}.")
            return UNREADABLE
        value = convert(node)
        if isinstance(value, Wrong):
            span = node.span if value.at is None else node.text.part(value.at, value.at + 1)
            reading.report(value.rule, beginning(span), value.fact, value.help, node.span)
            return UNREADABLE
        return value

    def read(node: Node, reading: Reading, key: str) -> Any:
        if (ref or prose) and type(node) is Scalar and node.text.inset == 0 and node.text not in ABSENT:
            value = node.text  # most of all values: a text without quotes, on one line, is what it is to be
        else:
            value = converted(node, reading, key)
            if value is UNREADABLE:
                return value
        if ref:
            reading.references.append(_tuple(Reference, (value, ref, reading.home)))
        elif prose:
            reading.texts.append(value)
        return value

    return read


def _many(shape: Many) -> Read:
    read_item = reader(shape.item)
    is_prose = shape.item in (One(v.PROSE), One(v.LINE))
    may_split = shape.item == One(v.PROSE)
    takes_keys = isinstance(shape.item, (Keys, AnyOf))
    bearing = bears_ids(shape)

    def read(node: Node, reading: Reading, key: str) -> Any:
        if isinstance(node, Mapping) and not takes_keys:
            return misfit(shape, node, reading, key)
        if isinstance(node, Scalar):
            if node.absent or isinstance(shape.item, Keys):
                return misfit(shape, node, reading, key)
            if is_prose and node.plain and node.span.line != node.span.end_line:
                one_item(node, reading, key)
            items: tuple[Node, ...] = (node,)
        else:
            items = (node,) if isinstance(node, Mapping) else node.items
        if may_split and isinstance(node, Sequence) and node.flow and len(items) > 1:
            _split_sentence(node, reading, key)
        values = [value for item in items if (value := read_item(item, reading, key)) is not UNREADABLE]
        reading.ids_lost |= bearing and len(values) < len(items)
        return tuple(values)

    return read


def _split_sentence(node: Sequence, reading: Reading, key: str) -> None:
    for item in node.items:
        if isinstance(item, Scalar) and item.plain and " " in item.text:
            message = f"a comma in brackets ends a sentence of {quoted(key)}"
            reading.report("split-sentence", item.span, message, "Write one sentence a line, each behind '- '.")
            return


def _any_of(shape: AnyOf) -> Read:
    scalar = next((reader(part) for part in shape.shapes if isinstance(part, One)), None)
    many = next((reader(part) for part in shape.shapes if isinstance(part, Many)), None)
    mappings = [part.type for part in shape.shapes if isinstance(part, Keys)]
    in_list = [cls for part in shape.shapes if isinstance(part, Many) for cls in _classes(part)]

    def read(node: Node, reading: Reading, key: str) -> Any:
        if isinstance(node, Scalar) and scalar and not node.absent:
            return scalar(node, reading, key)
        if isinstance(node, Sequence) and many:
            return many(node, reading, key) if not listed_ids(node, mappings, reading, key) else UNREADABLE
        if isinstance(node, Mapping) and (mappings or in_list):
            best = _best(node, [*mappings, *in_list])
            return (_keys(best) if best in mappings or not many else many)(node, reading, key)
        return misfit(shape, node, reading, key)

    return read


def _classes(shape: Shape) -> list[type[object]]:
    match shape:
        case Many(item=item):
            return _classes(item)
        case AnyOf(shapes=shapes):
            return [cls for part in shapes for cls in _classes(part)]
        case Keys(type=cls):
            return [cls]
        case One():
            return []


def _best(node: Mapping, classes: list[type[object]]) -> type[object]:
    """The class whose keys are most like those written: as they stand, else with a slip in them."""
    written = {str(entry.key) for entry in node.entries} | set(node.refused)
    if not any(written.intersection(declaration(cls).keys) for cls in classes):
        written = {nearest(key, (name for cls in classes for name in declaration(cls).keys)) or key for key in written}

    def score(cls: type[object]) -> tuple[int, int]:
        declared = declaration(cls)
        missing = sum(f.required and f.key not in written for f in declared.fields)
        return len(written & set(declared.keys)), -missing

    return max(classes, key=score)


@remembered
def _keys(cls: type[object]) -> Read:
    declared = declaration(cls)
    by_key = {f.key: (f, reader(f.shape)) for f in declared.fields if f.written}
    required = tuple(f for f, _ in by_key.values() if f.required)
    from_file = next((f.name for f in declared.fields if f.from_file), None)
    from_entry = next((f for f in declared.fields if f.from_entry), None)
    entries = declared.entries
    bearing = {f.key for f, _ in by_key.values() if f.key == "id" or bears_ids(f.shape)}

    def read(node: Node, reading: Reading, key: str) -> Any:
        if not isinstance(node, Mapping):
            return misfit(Keys(cls), node, reading, key)
        values: dict[str, Any] = {"span": node.span}
        if from_file:
            values[from_file] = Text(reading.home, Span.of_file(reading.path))
        if from_entry:
            assert isinstance(key, Text)
            values[from_entry.name] = reader(from_entry.shape)(Scalar(key, True), reading, key)
            values["span"] = Span(*key.span[:3], *node.span[3:])
        if entries:
            values[entries.name] = _entries(entries, node, reading)
            return made(cls, values)
        unread = _read_fields(by_key, node, reading, key, values)
        for field in required:
            if field.name not in values and field.key not in unread:
                unread.add(field.key)
                missing_key(field, node, reading, key)
        if not unread:
            return made(cls, values)
        found = values.keys()
        strange = unread - by_key.keys()
        reading.ids_lost |= bool(unread & bearing) or bool(strange and bearing - found)
        whole = all(field.name in found or _neutral(field, values) for field in required)
        return made(cls, values) if whole else UNREADABLE

    return read


def _read_fields(
    by_key: dict[str, tuple[FieldDeclaration, Read]],
    node: Mapping,
    reading: Reading,
    key: str,
    values: dict[str, Any],
) -> set[str]:
    """Read a mapping's entries into `values`, by the names of fields; the keys that were written, but in vain."""
    in_vain: set[str] = set(node.refused)
    for name, content in node.entries:
        if name not in by_key:
            in_vain.add(unknown_key(name, content, tuple(by_key), node, reading, key))
            continue
        field, read = by_key[name]
        value = read(content, reading, name)
        if value is UNREADABLE:
            in_vain.add(field.key)
        elif field.required and type(content) is Sequence and not content.items:
            span = beginning(content.span)
            reading.report("missing-key", span, f"'{field.key}' is empty", f"It takes {wants(field.shape)}.")
            in_vain.add(field.key)
        else:
            values[field.name] = value
    return in_vain


def _entries(field: FieldDeclaration, node: Mapping, reading: Reading) -> tuple[Any, ...]:
    assert isinstance(field.shape, Many)
    read_item = reader(field.shape.item)
    found = tuple(value for e in node.entries if (value := read_item(e.value, reading, e.key)) is not UNREADABLE)
    reading.ids_lost |= len(found) < len(node.entries)
    return found


def _neutral(field: FieldDeclaration, values: dict[str, Any]) -> bool:
    match field.shape:
        case One(type=v.Form() | v.Ref() | v.Choice()):
            values[field.name] = NOTHING
        case Many():
            values[field.name] = ()
        case _:
            return False
    return True
