"""Whatever is edited is told, and nothing else: random edits of known kinds, layouts and orders."""

import dataclasses
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rolebook.comparing import Kind, compare
from rolebook.comparing.effects import effects
from rolebook.comparing.meaning import IN_ORDER
from rolebook.loading import load
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.model import values as v
from rolebook.model.belonging import FIELDS as FIELDS_OF_PARTS
from rolebook.model.catalogue import of_kind, written_out
from rolebook.model.handbook import Handbook, Reference
from rolebook.model.job import Duty
from rolebook.model.kinds import ALL_KINDS
from rolebook.model.organisation import Organisation
from rolebook.model.process import Activity, Process
from rolebook.model.raci import Row
from rolebook.source import Span, Text
from tests.conftest import ROOT
from tests.unit.test_comparing_fields import put
from tests.unit.test_editing_properties import GIVEN
from tests.unit.test_whole_names_properties import WOVEN, layouts

FULL = bool(os.environ.get("ROLEBOOK_FULL"))
EDITED = settings(max_examples=500 if FULL else 40, deadline=None, phases=[Phase.generate])
LAID_OUT = settings(max_examples=300 if FULL else 15, deadline=None, phases=[Phase.generate])
HERE = Span("somewhere.yaml", 3, 1, 3, 9)
FIELDS = {
    "process": "processes",
    "matrix": "matrices",
    "role": "roles",
    "job": "jobs",
    "plan": "plans",
    "improvement": "improvements",
    "page": "pages",
    "organisation": "organisation",
    "glossary": "glossary",
    "functions": "units",
    "checks": "check_settings",
}
"""Where a handbook holds what its kinds of file declare."""
SHOWN_IN_ORDER = {(Process, "activities"), (Organisation, "areas")}

Told = tuple[Kind, str, str]
"""A change by its kind, the reference of its thing, and its role or field."""
Edit = Callable[[Handbook, random.Random, set[str]], tuple[Handbook, Told] | None]
"""Edits a handbook where nothing was edited before, and says what is to be told of it; None for nothing to edit."""


@cache
def reference_handbook() -> Handbook:
    return load(ROOT).handbook


def text(words: str) -> Text:
    return Text(words, HERE)


def an_activity(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Process, int, Activity] | None:
    """An activity in which nothing was edited yet."""
    free = [
        (process, position, activity)
        for process in handbook.processes.values()
        for position, activity in enumerate(process.activities)
        if f"{process.id}/{activity.id}" not in used
    ]
    if not free:
        return None
    process, position, activity = rng.choice(free)
    used.add(f"{process.id}/{activity.id}")
    return process, position, activity


def with_activities(handbook: Handbook, process: Process, activities: tuple[Activity, ...]) -> Handbook:
    changed: Handbook = put(handbook, ("processes", str(process.id), "activities"), activities)
    return changed


def with_row(handbook: Handbook, process: str, activity: str, row: Row | None) -> Handbook:
    rows = tuple(one for one in handbook.matrices[process].rows if one.activity != activity)
    changed: Handbook = put(handbook, ("matrices", process, "rows"), (*rows, *((row,) if row else ())))
    return changed


def with_steps(change: Callable[[tuple[Any, ...]], tuple[Any, ...]], kind: Kind) -> Edit:
    def edit(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Handbook, Told] | None:
        if not (found := an_activity(handbook, rng, used)) or len(found[2].steps) < 2:
            return None
        process, position, activity = found
        place = ("processes", str(process.id), "activities", position, "steps")
        return put(handbook, place, change(activity.steps)), (kind, f"{process.id}/{activity.id}", "steps")

    return edit


def add_activity(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Handbook, Told] | None:
    process = rng.choice([*handbook.processes.values()])
    id = f"brand-new-{len(used)}"
    used.add(f"{process.id}/{id}")
    new = Activity(id=text(id), name=text("Do it"), steps=(text("Do it."),), span=HERE)
    position = rng.randint(0, len(process.activities))
    activities = (*process.activities[:position], new, *process.activities[position:])
    row = Row(activity=text(id), responsible=(process.owner,), accountable=(process.owner,), span=HERE)
    grown = with_row(with_activities(handbook, process, activities), process.id, id, row)
    return grown, (Kind.ADDED, f"{process.id}/{id}", "")


def remove_activity(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Handbook, Told] | None:
    if not (found := an_activity(handbook, rng, used)):
        return None
    process, _, activity = found
    left = tuple(one for one in process.activities if one is not activity)
    shrunk = with_row(with_activities(handbook, process, left), process.id, activity.id, None)
    return shrunk, (Kind.REMOVED, f"{process.id}/{activity.id}", "")


def move_activity(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Handbook, Told] | None:
    """To the end, from far enough that only one order of moves is the shortest."""
    if not (found := an_activity(handbook, rng, used)):
        return None
    process, position, activity = found
    if f"order of {process.id}" in used or position > len(process.activities) - 4:
        return None
    used.add(f"order of {process.id}")
    left = tuple(one for one in process.activities if one is not activity)
    return with_activities(handbook, process, (*left, activity)), (Kind.REORDERED, f"{process.id}/{activity.id}", "")


def give_letter(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Handbook, Told] | None:
    found = an_activity(handbook, rng, used)
    row = handbook.row(found[0].id, found[2].id) if found else None
    if found is None or row is None:
        return None
    free = [r.id for r in handbook.roles.values() if r.active and all(r.id != one for _, one in row.assignments())]
    role = rng.choice(sorted(free))
    name = rng.choice(["responsible", "consulted", "informed"])
    changed = put(row, (name,), (*getattr(row, name), role))
    reference = f"{found[0].id}/{found[2].id}"
    return with_row(handbook, found[0].id, found[2].id, changed), (Kind.LETTERS_GAINED, reference, str(role))


def take_letter(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Handbook, Told] | None:
    found = an_activity(handbook, rng, used)
    row = handbook.row(found[0].id, found[2].id) if found else None
    if found is None or row is None or not row.informed:
        return None
    *left, gone = row.informed
    others = [one for letter, one in row.assignments() if letter.value != "I"]
    kind = Kind.LETTERS_CHANGED if gone in others else Kind.LETTERS_LOST
    changed = dataclasses.replace(row, informed=tuple(left))
    return with_row(handbook, found[0].id, found[2].id, changed), (kind, f"{found[0].id}/{found[2].id}", str(gone))


def shift_target(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Handbook, Told] | None:
    kpis = [
        (process, position, kpi)
        for process in handbook.processes.values()
        for position, kpi in enumerate(process.kpis)
        if kpi.target.value is not None and f"{process.id}/{kpi.id}" not in used
    ]
    if not kpis:
        return None
    process, position, kpi = rng.choice(kpis)
    used.add(f"{process.id}/{kpi.id}")
    assert kpi.target.value is not None
    is_more = rng.random() < 0.5
    value = v.Number.at(text(str(kpi.target.value + (1 if is_more else -1))))
    kind = Kind.TARGET_TIGHTENED if is_more == (kpi.better == "higher") else Kind.TARGET_LOOSENED
    place = ("processes", str(process.id), "kpis", position, "target", "value")
    return put(handbook, place, value), (kind, f"{process.id}/{kpi.id}", "target")


def on_entity(name: str, edit: Callable[[Any], tuple[Any, Kind, str] | None]) -> Edit:
    """An edit of a whole file's entity, of which none was edited before."""

    def edited(handbook: Handbook, rng: random.Random, used: set[str]) -> tuple[Handbook, Told] | None:
        free = [id for id in getattr(handbook, name) if f"{name} {id}" not in used]
        id = rng.choice(sorted(free)) if free else ""
        done = edit(getattr(handbook, name)[id]) if id else None
        if done is None:
            return None
        used.add(f"{name} {id}")
        return put(handbook, (name, id), done[0]), (done[1], str(id), done[2])

    return edited


def _more_duties(job: Any) -> tuple[Any, Kind, str]:
    duty = Duty(duty=text("Waters the plants on Fridays."), span=HERE)
    return dataclasses.replace(job, duties=(duty, *job.duties)), Kind.DUTY_ADDED, "duties"


def _fewer_duties(job: Any) -> tuple[Any, Kind, str]:
    return dataclasses.replace(job, duties=job.duties[:-1]), Kind.DUTY_REMOVED, "duties"


def _another_owner(process: Any) -> tuple[Any, Kind, str]:
    return dataclasses.replace(process, owner=text("nobody-yet")), Kind.OWNER_CHANGED, "owner"


def _fewer_policies(process: Any) -> tuple[Any, Kind, str] | None:
    changed = dataclasses.replace(process, policies=process.policies[1:])
    return (changed, Kind.UNLISTED, "policies") if process.policies else None


def _another_status(improvement: Any) -> tuple[Any, Kind, str]:
    status = text("rejected" if improvement.status != "rejected" else "proposed")
    return dataclasses.replace(improvement, status=status), Kind.STATUS_CHANGED, "status"


def _longer_authority(role: Any) -> tuple[Any, Kind, str]:
    return dataclasses.replace(role, authority=(*role.authority, text("Say no."))), Kind.LISTED, "authority"


def _another_purpose(entity: Any) -> tuple[Any, Kind, str]:
    return dataclasses.replace(entity, purpose=text("Something else altogether.")), Kind.CHANGED, "purpose"


EDITS: tuple[Edit, ...] = (
    with_steps(lambda steps: (text("Wash your hands of it."), *steps), Kind.LISTED),
    with_steps(lambda steps: steps[1:], Kind.UNLISTED),
    with_steps(lambda steps: (*steps[:-1], text(f"{steps[-1]} Really.")), Kind.REWORDED),
    with_steps(lambda steps: steps[::-1], Kind.ORDER_CHANGED),
    *(add_activity, remove_activity, move_activity, give_letter, take_letter, shift_target),
    *(on_entity("jobs", edit) for edit in (_more_duties, _fewer_duties, _another_purpose)),
    *(on_entity("processes", edit) for edit in (_another_owner, _fewer_policies, _another_purpose)),
    *(on_entity("roles", edit) for edit in (_longer_authority, _another_purpose)),
    *(on_entity("improvements", edit) for edit in (_another_status,)),
    *(on_entity("plans", edit) for edit in (_another_purpose,)),
)


def renamed(handbook: Handbook, kind: str, old: str, new: str) -> Handbook:
    """A handbook in which something has another id, kept among its former ones, wherever it is named."""

    def reference(words: Any, ref: v.Ref, home: str) -> Any:
        kinds, complete = written_out(Reference(words, ref, home))
        if kind not in kinds or complete != old:
            return words
        local = new.rpartition("/")[2]
        return text(f"{kind}:{new}" if ref.prefixed else local if ref.local else new)

    made: Handbook = rewritten(handbook, reference)
    owner, _, local = new.rpartition("/")
    if kind in FIELDS_OF_PARTS:
        part, field = "plans" if kind == "module" else "processes", FIELDS_OF_PARTS[kind]
        members = getattr(getattr(made, part)[owner], field)
        position, was = next((n, one) for n, one in enumerate(members) if f"{owner}/{one.id}" == old)
        place: tuple[str | int, ...] = (part, owner, field, position)
        moved: Handbook = put(made, place, dataclasses.replace(was, id=text(local), formerly=(*was.formerly, was.id)))
        return moved
    entities = dict(getattr(made, FIELDS[kind]))
    entity = entities.pop(old)
    entities[new] = dataclasses.replace(entity, id=text(new), formerly=(*entity.formerly, entity.id))
    changed: Handbook = put(made, (FIELDS[kind],), entities)
    return changed


def rewritten(
    handbook: Handbook, reference: Callable[[Any, v.Ref, str], Any], shuffled: random.Random | None = None
) -> Handbook:
    """A handbook with every reference as a function has it, and lists in another order where that has no meaning."""

    def walk(value: Any, shape: Shape, home: str, keep: bool = False) -> Any:
        match shape:
            case _ if value is None:
                return None
            case One(type=v.Ref() as ref):
                return reference(value, ref, home)
            case One():
                return value
            case Many(item=item):
                items = [walk(one, item, home) for one in value]
                if shuffled and not keep:
                    shuffled.shuffle(items)
                return tuple(items)
            case AnyOf(shapes=shapes):
                fits = [part for part in shapes if _fits(value, part)]
                return walk(value, fits[0], home)
            case Keys(type=cls):
                ordered = IN_ORDER | SHOWN_IN_ORDER
                told = {
                    f.name: walk(getattr(value, f.name), f.shape, home, (cls, f.name) in ordered)
                    for f in declaration(cls).fields
                }
                return dataclasses.replace(value, **told)

    changed = handbook
    for kind in ALL_KINDS:
        if kind.past or kind.programme:
            continue
        held = getattr(handbook, FIELDS[kind.name])
        if kind.single:
            walked: Any = walk(held, Keys(kind.type), "")
        else:
            walked = {id: walk(entity, Keys(kind.type), id) for id, entity in held.items()}
        changed = put(changed, (FIELDS[kind.name],), walked)
    return changed


def _fits(value: Any, shape: Shape) -> bool:
    match shape:
        case Keys(type=cls):
            return isinstance(value, cls)
        case Many():
            return isinstance(value, tuple)
        case _:
            return isinstance(value, Text)


def told(old: Handbook, new: Handbook) -> Counter[Told]:
    return Counter(
        (change.kind, change.thing.reference, change.role or change.field) for change in compare(old, new).changes
    )


@EDITED
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_exactly_what_was_edited_is_told(seed: int, count: int) -> None:
    rng, used = random.Random(seed), set[str]()
    handbook = reference_handbook()
    expected: Counter[Told] = Counter()
    for _ in range(count):
        done = rng.choice(EDITS)(handbook, rng, used)
        if done is not None:
            handbook, change = done
            expected[change] += 1
    names: dict[str, str] = {}
    if rng.random() < 0.5:
        kind = rng.choice(["role", "improvement", "plan", "job", *FIELDS_OF_PARTS])
        before = [old for old in of_kind(reference_handbook(), kind) if old in of_kind(handbook, kind)]
        old = rng.choice(sorted(before))
        new = "/".join((*old.split("/")[:-1], "brand-new"))
        names[old] = new
        handbook = renamed(handbook, kind, old, new)
        expected[Kind.ID_CHANGED, new, ""] += 1
    today = Counter(
        {(kind, names.get(thing, thing), names.get(about, about)): n for (kind, thing, about), n in expected.items()}
    )
    assert told(reference_handbook(), handbook) == today
    compared = compare(reference_handbook(), handbook)
    assert effects(compared) == effects(compare(reference_handbook(), handbook))


@EDITED
@given(st.integers(0, 2**32))
def test_what_has_no_order_may_stand_in_any(seed: int) -> None:
    rng = random.Random(seed)
    handbook = reference_handbook()
    shuffled = rewritten(handbook, lambda words, _, __: words, rng)
    assert shuffled != handbook
    assert told(handbook, shuffled) == Counter()


@LAID_OUT
@given(layouts())
def test_the_same_in_any_layout_is_no_change(layout: dict[str, bytes]) -> None:
    plain = {path: (GIVEN / path).read_bytes() if (GIVEN / path).exists() else b"" for path in layout}
    for path, (old, new) in WOVEN.items():
        plain[path] = plain[path].decode().replace(old, new).encode()
    sides = []
    for contents in (plain, layout):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(shutil.copytree(GIVEN, Path(made) / "handbook"))
            for path, data in contents.items():
                (folder / path).write_bytes(data)
            sides.append(load(folder).handbook)
    assert told(*sides) == Counter()
