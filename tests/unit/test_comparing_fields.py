"""Nothing can change unseen: any field of the model, changed by itself, is one change of the right thing."""

import dataclasses
import datetime
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rolebook.comparing import Change, Kind, compare
from rolebook.loading import load
from rolebook.loading.declaration import AnyOf, FieldDeclaration, Keys, Many, One, Shape, declaration
from rolebook.loading.pages import read_page
from rolebook.model import values as v
from rolebook.model.check_settings import Setting
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import ALL_KINDS
from rolebook.model.process import Process, TakesHandOff
from rolebook.model.raci import Matrix, Row
from rolebook.model.written import WrittenPage
from rolebook.source import Span, Text
from tests.test_guide import EXAMPLES
from tests.unit.test_editing_properties import GIVEN

HERE = Span("somewhere.yaml", 7, 1, 7, 9)
KNOWN_BY = {(TakesHandOff, "what"), (Setting, "check")}
"""The fields by which an entry is known, besides ids: another one there makes it another entry."""
SEVERAL = {(Process, "activities"), (Matrix, "rows"), (Row, "activity")}
"""Fields in which a change is several, by role: what stands in them is walked through."""
MAPPINGS = ("processes", "matrices", "roles", "jobs", "plans", "improvements", "pages")
SINGLE = ("organisation", "glossary", "units", "check_settings")
Place = tuple[str | int, ...]
"""The way from a handbook to a value in it: names of fields, ids and positions."""


@cache
def handbook() -> Handbook:
    """The handbook of the guide's examples, which write every key there is."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(shutil.copytree(GIVEN, Path(made) / "handbook"))
        for path, text in EXAMPLES.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        (folder / "process_defs/pages").mkdir(exist_ok=True)
        (folder / "process_defs/pages/welcome.md").write_text("# Welcome\n\nHello there.\n", encoding="utf-8")
        return load(folder).handbook


def values(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """Every value of the model below a value, with the way to it."""
    if isinstance(value, tuple):
        for position, part in enumerate(value):
            yield from values(part, (*place, position))
    elif dataclasses.is_dataclass(value):
        yield place, value
        for field in declaration(type(value)).fields:
            yield from values(getattr(value, field.name), (*place, field.name))


def everything() -> Iterator[tuple[Place, Any]]:
    for name in SINGLE:
        yield from values(getattr(handbook(), name), (name,))
    for name in MAPPINGS:
        for id, entity in getattr(handbook(), name).items():
            yield from values(entity, (name, id))


@cache
def where() -> dict[tuple[type[Any], str], Place]:
    """Where a field is tried: the first place in which it says something."""
    found: dict[tuple[type[Any], str], Place] = {}
    for place, value in everything():
        for field in declaration(type(value)).fields:
            key = type(value), field.name
            known = found.get(key)
            if known is None or (at(handbook(), known, field.name) in (None, ()) and getattr(value, field.name)):
                found[key] = place
    return found


def at(value: Any, place: Place, name: str | int) -> Any:
    for step in (*place, name):
        value = getattr(value, step) if isinstance(step, str) and hasattr(value, step) else value[step]
    return value


def put(value: Any, place: Place, new: Any) -> Any:
    """`value` with something else at a place in it."""
    if not place:
        return new
    step, *rest = place
    if isinstance(value, tuple):
        assert isinstance(step, int)
        return (*value[:step], put(value[step], tuple(rest), new), *value[step + 1 :])
    if not dataclasses.is_dataclass(value):
        return {**value, step: put(value[step], tuple(rest), new)}
    assert isinstance(step, str)
    assert not isinstance(value, type)
    return dataclasses.replace(value, **{step: put(getattr(value, step), tuple(rest), new)})


def other(value: Any, shape: Shape) -> Any:
    """Another value of the same shape."""
    match shape:
        case One(type=v.Choice(words=words)):
            return Text(next(word for word in words if word != (value or words[0])), HERE)
        case One(type=v.Ref() as ref):
            return Text(f"{ref.kinds[0]}:zebra" if ref.prefixed else "zebra", HERE)
        case One(type=v.Form()):
            return Text("2031-11" if shape.type == v.MONTH else "zebra", HERE)
        case One(type=scalar) if scalar is bool:
            return not value
        case One(type=scalar) if scalar is v.Day:
            day = (value or datetime.date(2026, 1, 1)) + datetime.timedelta(days=400)
            return v.Day.at(Text(day.isoformat(), HERE))
        case One(type=scalar):
            made: Any = scalar
            return made.at(Text(str((value or 0) + 7), HERE))
        case Many(item=One() as item):
            return (*value, other(None, item))
        case Many():
            return value[:-1]
        case Keys():
            return None
        case AnyOf():
            return Text("end", HERE)


FIELDS = [
    (cls, field)
    for cls in dict.fromkeys(type(value) for _, value in everything())
    for field in declaration(cls).fields
    if field.name != "id"
    and (cls, field.name) not in SEVERAL
    and not (field.required and isinstance(field.shape, Keys))
]


def changes(place: Place, field: FieldDeclaration, new: Any) -> tuple[Change, ...]:
    return compare(handbook(), put(handbook(), (*place, field.name), new)).changes


@pytest.mark.parametrize(("cls", "field"), FIELDS, ids=lambda one: one.__name__ if isinstance(one, type) else one.name)
def test_a_field_that_changes_is_one_change_of_its_thing(cls: type[Any], field: FieldDeclaration) -> None:
    place = where()[cls, field.name]
    old = at(handbook(), place, field.name)
    new = other(old, field.shape)
    assert new != old
    if cls is WrittenPage and field.name == "text":
        page, _, _ = read_page("p.md", b"# Welcome\n\nHello, zebra.\n", "welcome")
        found = compare(handbook(), put(handbook(), place, page)).changes
    else:
        found = changes(place, field, new)
    assert len(found) == 1 + ((cls, field.name) in KNOWN_BY), found
    gone = {str(getattr(old[-1], "id", ""))} if isinstance(field.shape, Many) and old else set()
    for change in found:
        assert change.about.reference in {owner(place)} | gone, change
        assert inner(place) is None or change.thing.reference.rpartition("/")[2] in {inner(place), "zebra"} | gone, (
            change
        )


def owner(place: Place) -> str:
    """The reference of the thing under whose name a change at a place is told."""
    if place[0] == "units" and len(place) > 2:
        return str(at(handbook(), place[:3], "id"))
    if place[:2] == ("organisation", "standards"):
        return str(at(handbook(), place[:3], "id"))
    single = {"check_settings": "checks", "units": "functions"}
    return str(place[1]) if place[0] in MAPPINGS else single.get(str(place[0]), str(place[0]))


def inner(place: Place) -> str | None:
    """The id of the innermost thing with an id that a place lies in."""
    for end in range(len(place), 0, -1):
        value = at(handbook(), place[: end - 1], place[end - 1])
        if isinstance(value, Row):
            return str(value.activity)
        if isinstance(value, TakesHandOff):
            return str(value.what.rpartition("/")[2])
        if id := getattr(value, "id", None):
            return str(id)
    return None


def test_every_field_of_every_kind_of_file_is_tried() -> None:
    def declared(shape: Shape) -> set[type[object]]:
        match shape:
            case Keys(type=cls):
                return {cls}.union(*(declared(field.shape) for field in declaration(cls).fields))
            case Many(item=item):
                return declared(item)
            case AnyOf(shapes=shapes):
                return set().union(*map(declared, shapes))
            case One():
                return set()

    classes = set().union(*(declared(Keys(kind.type)) for kind in ALL_KINDS if not (kind.past or kind.programme)))
    assert {cls for cls, _ in where()} == classes


def test_every_field_of_a_handbook_that_is_compared_is_tried() -> None:
    compared = {field.name for field in dataclasses.fields(Handbook) if field.compare}
    assert compared == {*SINGLE, *MAPPINGS}


@pytest.mark.parametrize(
    ("mapping", "id"), [("roles", "specialist"), ("jobs", "systems-engineer"), ("plans", "changes")]
)
def test_what_has_another_id_without_a_history_is_another_thing(mapping: str, id: str) -> None:
    entities = dict(getattr(handbook(), mapping))
    entities["zebra"] = dataclasses.replace(entities.pop(id), id=Text("zebra", HERE))
    found = compare(handbook(), put(handbook(), (mapping,), entities)).changes
    assert [(change.kind, change.thing.reference) for change in found] == [(Kind.ADDED, "zebra"), (Kind.REMOVED, id)]
