"""What a dataclass of the model declares about its YAML: keys, whether they must be there, and what they take."""

import dataclasses
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, TypeVar, Union, cast

from rolebook.model import values as v
from rolebook.source import Text
from rolebook.value import value

ScalarType = v.Form | v.Ref | v.Choice | type[v.Day] | type[v.Number] | type[v.Whole] | type[bool]


@value()
class One:
    """A single value."""

    type: ScalarType


@value()
class Many:
    """A list of values of one shape."""

    item: "Shape"


@value()
class Keys:
    """Keys with values, as a dataclass declares them."""

    type: type[object]


@value()
class AnyOf:
    """One of several shapes, told apart by what is written: text, a list, or by the keys."""

    shapes: tuple["Shape", ...]


Shape = One | Many | Keys | AnyOf


@value()
class FieldDeclaration:
    """A field of a kind of file: `name` in the model, `key` in YAML, and the shape of its value.

    `entries` is true where the field holds the mapping's entries themselves, and `from_entry` where it is the key of
    such an entry; `from_file` where it is the file's name.
    """

    name: str
    key: str
    shape: Shape
    required: bool
    entries: bool = False
    from_file: bool = False
    from_entry: bool = False

    @property
    def written(self) -> bool:
        """Whether it stands in YAML under its key."""
        return not (self.entries or self.from_file or self.from_entry)


@value()
class Declaration:
    """Everything a dataclass of the model declares about its YAML."""

    type: type[object]
    fields: tuple[FieldDeclaration, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that may be written, in the order of reading."""
        return tuple(f.key for f in self.fields if f.written)

    @property
    def entries(self) -> FieldDeclaration | None:
        """The field that holds the entries themselves, where there is one."""
        return next((f for f in self.fields if f.entries), None)


Argument = TypeVar("Argument")
Result = TypeVar("Result")


def remembered(function: Callable[[Argument], Result]) -> Callable[[Argument], Result]:
    """`functools.cache`, typed so that an argument may be a class."""
    return cast(Callable[[Argument], Result], cache(function))


@remembered
def declaration(cls: type[object]) -> Declaration:
    """What the dataclass `cls` declares; TypeError for an annotation that no reader knows."""
    hints = cls.__annotations__
    fields = []
    for field in dataclasses.fields(cast(Any, cls)):
        if field.name == "span" or field.metadata.get("made"):
            continue
        annotation, marks = _unwrapped(hints[field.name])
        key = next((mark.name for mark in marks if isinstance(mark, v.Key)), field.name.rstrip("_"))
        fields.append(
            FieldDeclaration(
                name=field.name,
                key=key,
                shape=_shape(annotation, marks),
                required=field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
                entries=any(isinstance(mark, v.Entries) for mark in marks),
                from_file=bool(field.metadata.get("file")),
                from_entry=bool(field.metadata.get("entry")),
            )
        )
    return Declaration(cls, tuple(fields))


@remembered
def bears_ids(shape: Shape) -> bool:
    """Whether something with an id of its own may stand in a value of this shape."""
    match shape:
        case One():
            return False
        case Many(item=item):
            return bears_ids(item)
        case AnyOf(shapes=shapes):
            return any(map(bears_ids, shapes))
        case Keys(type=cls):
            return any(f.key == "id" or bears_ids(f.shape) for f in declaration(cls).fields if f.written)


def _unwrapped(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    if typing.get_origin(annotation) is Annotated:
        inner, *marks = typing.get_args(annotation)
        return inner, tuple(marks)
    return annotation, ()


def _shape(annotation: Any, marks: tuple[Any, ...] = ()) -> Shape:
    origin = typing.get_origin(annotation)
    if origin is Annotated:
        return _shape(*_unwrapped(annotation))
    if annotation is Text:
        return One(next(mark for mark in marks if isinstance(mark, (v.Form, v.Ref, v.Choice))))
    if annotation in (v.Day, v.Number, v.Whole, bool):
        return One(annotation)
    if origin is tuple:
        return Many(_shape(typing.get_args(annotation)[0]))
    if origin in (Union, types.UnionType):
        shapes = tuple(_shape(part) for part in typing.get_args(annotation) if part is not type(None))
        return shapes[0] if len(shapes) == 1 else AnyOf(shapes)
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        return Keys(annotation)
    raise TypeError(f"no way to read {annotation!r}")
