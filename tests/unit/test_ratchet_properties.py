"""Whatever is undone of what an achieved improvement of the reference handbook brought is refused, at its place."""

import dataclasses
import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from rolebook.checks.ratchet import undone, undone_improvement
from rolebook.diagnostic import Finding
from rolebook.editing.releases.planning import CannotRelease, assert_may_be_undone
from rolebook.editing.releases.protecting import protecting
from rolebook.loading import load
from rolebook.loading.snapshots.protecting import protected
from rolebook.loading.snapshots.writing import protecting as protecting_lines
from rolebook.model import values as v
from rolebook.model.belonging import FIELDS
from rolebook.model.catalogue import path_of
from rolebook.model.consolidation import lacks
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Consent, Improvement, Status
from rolebook.model.job import JobDescription
from rolebook.model.process import Process
from rolebook.model.protected import (
    Kept,
    KeptControl,
    KeptDuty,
    KeptHandOff,
    KeptKpi,
    KeptLetter,
    KeptModule,
    KeptObjective,
    Protected,
)
from rolebook.model.release import Release, Snapshot
from rolebook.model.training import TrainingModule
from rolebook.source import Span, Text
from tests.conftest import ROOT

FULL = bool(os.environ.get("ROLEBOOK_FULL"))
SAMPLE = 40
HERE = Span("somewhere.yaml", 3, 1, 3, 9)
FIRST, SECOND = "7.0.0", "7.1.0"
NOBODY = "nobody-at-all"


def text(words: str) -> Text:
    return Text(words, HERE)


def released(handbook: Handbook, version: str, protected: tuple[Protected, ...], *names: str) -> Handbook:
    """A handbook that was released just now, with what improvements protect from then on."""
    release = Release(
        id=text(version),
        date=v.Day.at(text("2026-11-22")),
        improvements=tuple(map(text, names)),
        digest=text("0" * 64),
        span=HERE,
    )
    return dataclasses.replace(
        handbook,
        releases={**handbook.releases, version: release},
        snapshots={
            version: Snapshot(path="x", protecting=tuple(line.encode() for line in protecting_lines(protected)))
        },
        past={version: dataclasses.replace(handbook, releases={}, snapshots={}, past={})},
    )


@cache
def reference() -> Handbook:
    """The reference handbook, as if it were released for the first time."""
    handbook = dataclasses.replace(load(ROOT).handbook, releases={}, snapshots={}, past={})
    achieved = tuple(
        improvement
        for improvement in handbook.improvements.values()
        if improvement.status == Status.ACHIEVED.value and not lacks(handbook, improvement)
    )
    found = protecting(handbook, FIRST, achieved)
    return released(handbook, FIRST, found, *(str(improvement.id) for improvement in achieved))


class Undoing(NamedTuple):
    """An edit that undoes something, and where that is to be told: within a span."""

    name: str
    edit: Callable[[Handbook], Handbook]
    place: Span
    one: Protected
    kept: Kept


def put(handbook: Handbook, part: str, entity: Any) -> Handbook:
    """The handbook with another entity in one of its parts."""
    more: dict[str, Any] = {part: {**getattr(handbook, part), entity.id: entity}}
    return dataclasses.replace(handbook, **more)


def without(handbook: Handbook, part: str, id: str) -> Handbook:
    more: dict[str, Any] = {part: {name: one for name, one in getattr(handbook, part).items() if name != id}}
    return dataclasses.replace(handbook, **more)


def split(reference: str) -> tuple[str, str]:
    owner, _, id = reference.partition("/")
    return owner, id


def owned(handbook: Handbook, part: str, field: str, reference: str) -> tuple[Any, Any]:
    """A thing that belongs to a process or plan, with that."""
    owner, id = split(reference)
    whole = getattr(handbook, part)[owner]
    return whole, next(one for one in getattr(whole, field) if one.id == id)


def changed(part: str, field: str, reference: str, **values: Any) -> Callable[[Handbook], Handbook]:
    """An edit of a thing that belongs to a process or plan; without values, it is taken out."""

    def edit(handbook: Handbook) -> Handbook:
        whole, found = owned(handbook, part, field, reference)
        members = (dataclasses.replace(one, **values) if one is found else one for one in getattr(whole, field))
        kept = tuple(one for one in members if values or one.id != found.id)
        return put(handbook, part, dataclasses.replace(whole, **{field: kept}))

    return edit


def beside(whole: Any, field: str, reference: str) -> Span:
    """Where something stands that stood before another, or behind it; else the name of what they belong to."""
    members = getattr(whole, field)
    position = next(number for number, one in enumerate(members) if one.id == split(reference)[1])
    near = members[position - 1] if position else members[1] if len(members) > 1 else None
    found: Span = near.id.span if near is not None else whole.name.span
    return found


def of_thing(handbook: Handbook, kept: Text) -> Iterator[tuple[str, Callable[[Handbook], Handbook], Span]]:
    kind, _, reference = kept.partition(":")
    match kind:
        case "improvement":
            improvement = handbook.improvements[reference]
            back = dataclasses.replace(improvement, status=text("in-progress"))
            yield "its status goes back", lambda h: put(h, "improvements", back), HERE
            gone = Span.of_file(path_of("improvement", reference))
            yield "its file is gone", lambda h: without(h, "improvements", reference), gone
        case "activity":
            process = handbook.processes[split(reference)[0]]
            place = beside(process, "activities", reference)
            yield "the activity is gone", changed("processes", "activities", reference), place
        case "role":
            role = dataclasses.replace(handbook.roles[reference], status=text("retired"))
            yield "the role is retired", lambda h: put(h, "roles", role), HERE
            gone = Span.of_file(path_of("role", reference))
            yield "the role is gone", lambda h: without(h, "roles", reference), gone


def of_removed(handbook: Handbook, kept: Text) -> Iterator[tuple[str, Callable[[Handbook], Handbook], Span]]:
    kind, _, reference = kept.partition(":")
    owner, id = split(reference)
    if kind == "role":
        back = dataclasses.replace(handbook.roles[reference], status=None, merged_into=None)
        yield "the role is back", lambda h: put(h, "roles", back), _whole(path_of("role", reference))
        return
    field = {"activity": "activities", "kpi": "kpis", "control": "controls", "hand-off": "hands_over"}[kind]
    process = handbook.processes[owner]
    again = dataclasses.replace(getattr(process, field)[0], id=text(id), name=text("Back again"))
    whole = dataclasses.replace(process, **{field: (*getattr(process, field), again)})  # type: ignore[arg-type]
    yield "it is back", lambda h: put(h, "processes", whole), HERE


def of_letter(handbook: Handbook, kept: KeptLetter) -> Iterator[tuple[str, Callable[[Handbook], Handbook], Span]]:
    process, activity = split(kept.activity)
    field = {"R": "responsible", "A": "accountable"}[kept.letter]
    matrix, row = handbook.matrices[process], handbook.row(process, activity)
    assert row is not None
    left = tuple(role for role in getattr(row, field) if handbook.current(role) != kept.role)
    for name, now in (("another one has the letter", (*left, text(NOBODY))), ("nobody has it instead", left)):
        edited: Any = dataclasses.replace(row, **{field: now})  # type: ignore[arg-type]
        rows = tuple(edited if one is row else one for one in matrix.rows)
        other = dataclasses.replace(matrix, rows=rows)
        yield name, lambda h, other=other: put(h, "matrices", other), row.span if left or not now else HERE  # type: ignore[misc]


def of_process_part(handbook: Handbook, kept: Kept) -> Iterator[tuple[str, Callable[[Handbook], Handbook], Span]]:
    match kept:
        case KeptHandOff():
            whole, found = owned(handbook, "processes", "hands_over", kept.hand_off)
            yield (
                "it is gone",
                changed("processes", "hands_over", kept.hand_off),
                beside(whole, "hands_over", kept.hand_off),
            )
            elsewhere = changed("processes", "hands_over", kept.hand_off, to=text(NOBODY))
            yield "it goes elsewhere", elsewhere, HERE
        case KeptControl():
            whole, found = owned(handbook, "processes", "controls", kept.control)
            yield "it is gone", changed("processes", "controls", kept.control), beside(whole, "controls", kept.control)
            at = tuple(one for one in found.at if one != split(kept.at)[1])
            yield "it works elsewhere", changed("processes", "controls", kept.control, at=at), found.span
        case KeptKpi():
            whole, found = owned(handbook, "processes", "kpis", kept.kpi)
            yield "it is gone", changed("processes", "kpis", kept.kpi), beside(whole, "kpis", kept.kpi)
            better = "higher" if kept.better == "lower" else "lower"
            number = {"lower": "1000000", "higher": "-1000000"}.get(kept.better, "")
            target = dataclasses.replace(found.target, value=v.Number.at(text(number)) if number else None)
            if not number:
                target = dataclasses.replace(found.target, low=v.Number.at(text("-1000000")))
            for name, values in (
                ("another role owns it", {"owner": text(NOBODY)}),
                ("the other way is better", {"better": text(better)}),
                ("it has another unit", {"unit": text("other things")}),
                ("its target is looser", {"target": target}),
            ):
                yield name, changed("processes", "kpis", kept.kpi, **values), HERE


def of_job(
    handbook: Handbook, kept: KeptDuty | KeptObjective
) -> Iterator[tuple[str, Callable[[Handbook], Handbook], Span]]:
    job = handbook.jobs[kept.job]
    named = {str(kept.activity)} if isinstance(kept, KeptDuty) else set()
    process = split(kept.activity if isinstance(kept, KeptDuty) else kept.kpi)[0]
    duties = tuple(
        dataclasses.replace(
            duty,
            fulfils=tuple(one for one in duty.fulfils if one not in named),
            answers_for=tuple(one for one in duty.answers_for if one != process),
        )
        for duty in job.duties
    )
    objectives = job.objectives
    if isinstance(kept, KeptObjective):
        objectives = tuple(one for one in objectives if one.kpi != kept.kpi)
    other: JobDescription = dataclasses.replace(job, duties=duties, objectives=objectives)
    yield "the job does without", lambda h: put(h, "jobs", other), _whole(job.name.span.path)
    if isinstance(kept, KeptDuty):
        emptied = dataclasses.replace(job, duties=())
        yield "the job has no duties", lambda h: put(h, "jobs", emptied), _whole(job.name.span.path)


def of_module(handbook: Handbook, kept: KeptModule) -> Iterator[tuple[str, Callable[[Handbook], Handbook], Span]]:
    plan, module = owned(handbook, "plans", "modules", kept.module)
    yield "it is gone", changed("plans", "modules", kept.module), beside(plan, "modules", kept.module)
    untaught = (str(kept.activity), split(kept.activity)[0])
    left = tuple(one for one in module.teaches if one not in untaught)
    yield "it teaches something else", changed("plans", "modules", kept.module, teaches=left), module.span
    if module.for_:
        others = tuple(one for one in module.for_ if handbook.current(one) != kept.role)
        edit = changed("plans", "modules", kept.module, for_=others or (text(NOBODY),))
        yield "it is for others", edit, others[0].span if others else HERE
    elif plan.who:
        carrying = {job.id for job in handbook.jobs.values() if kept.role in map(handbook.current, job.carries)}
        roles = tuple(one for one in plan.who.roles if handbook.current(one) != kept.role)
        jobs = tuple(one for one in plan.who.jobs if one not in carrying)
        other = dataclasses.replace(plan, who=dataclasses.replace(plan.who, roles=roles or (text(NOBODY),), jobs=jobs))
        yield "the plan is for others", lambda h: put(h, "plans", other), plan.who.span


def _whole(path: str) -> Span:
    return Span(path, 1, 1, 1_000_000, 1)


def ways(handbook: Handbook, part: str, kept: Kept) -> Iterator[tuple[str, Callable[[Handbook], Handbook], Span]]:
    """The ways in which something can be undone, and where that is to be told."""
    match kept:
        case Text():
            yield from (of_removed if part == "removed" else of_thing)(handbook, kept)
        case KeptLetter():
            yield from of_letter(handbook, kept)
        case KeptDuty() | KeptObjective():
            yield from of_job(handbook, kept)
        case KeptModule():
            yield from of_module(handbook, kept)
        case _:
            yield from of_process_part(handbook, kept)


@cache
def undoings() -> tuple[Undoing, ...]:
    """Every way in which something is undone of what the improvements of the reference handbook brought."""
    return tuple(
        Undoing(f"{one.improvement}: {kept}: {name}", edit, place, one, kept)
        for one in protected(reference())
        for part, kept in one.kept()
        for name, edit, place in ways(reference(), part, kept)
    )


def chosen() -> list[Undoing]:
    """All of them, or so many that each part and each way is among them."""
    if FULL:
        return [*undoings()]
    chance = random.Random(7)
    shuffled = chance.sample(undoings(), len(undoings()))
    by_way = {(type(one.kept), one.name.rpartition(": ")[2]): one for one in shuffled}
    return [*by_way.values(), *shuffled[: SAMPLE - len(by_way)]]


def findings(handbook: Handbook) -> list[Finding]:
    return [*undone_improvement(handbook)]


def with_successor(handbook: Handbook, status: str, replaces: set[str]) -> Handbook:
    """The handbook with an improvement that replaces others."""
    some = next(iter(reference().improvements.values()))
    consent = Consent(approved_by=some.owner, approved=v.Day.at(text("2026-11-20")), span=HERE)  # type: ignore[arg-type]
    other: Improvement = dataclasses.replace(
        some,
        id=text("better-still"),
        status=text(status),
        adds=(),
        changes=(),
        removes=(),
        replaces=tuple(map(text, sorted(replaces))),
        approval=None if status == "proposed" else consent,
    )
    return put(handbook, "improvements", other)


def test_much_of_every_kind_is_protected_in_the_reference_handbook() -> None:
    assert len(undoings()) > 400
    parts = {type(one.kept) for one in undoings()}
    assert parts == {Text, KeptLetter, KeptHandOff, KeptControl, KeptKpi, KeptDuty, KeptObjective, KeptModule}


def test_what_was_released_is_not_undone() -> None:
    assert findings(reference()) == []
    assert undone(dataclasses.replace(reference(), processes=dict(reference().processes))) == ()


def test_whatever_is_undone_is_refused_at_its_place() -> None:
    for one in chosen():
        found = [f for f in findings(one.edit(reference())) if one.one.name in f.message]
        assert found, one.name
        assert any(one.place.contains(f.span) for f in found), (one.name, one.place, [f.span for f in found])
        assert all(f"released in {FIRST}" in f.message for f in found)
        assert all(f"'replaces: {one.one.improvement}'" in f.help for f in found)


def test_a_replacing_improvement_may_undo_it_and_must_be_achieved_to_be_released() -> None:
    for one in chosen():
        edited = one.edit(reference())
        replaced = {str(found.protected.improvement) for found in undone(edited)}
        proposed = with_successor(edited, "proposed", replaced)
        assert len(findings(proposed)) == len(findings(edited)), one.name
        approved = with_successor(edited, "approved", replaced)
        assert findings(approved) == [], one.name
        with pytest.raises(CannotRelease, match="'better-still', which replaces it but is not achieved yet"):
            assert_may_be_undone(undone(approved))
        achieved = with_successor(edited, "achieved", replaced)
        assert findings(achieved) == []
        assert_may_be_undone(undone(achieved))
        now = protecting(achieved, SECOND, (achieved.improvements["better-still"],))
        again = released(achieved, SECOND, now, "better-still")
        assert findings(again) == [], one.name
        left = next((after for after in now if after.improvement == one.one.improvement), None)
        assert left is None or one.kept not in [kept for _, kept in left.kept()], one.name
        touched = dataclasses.replace(again, processes=dict(again.processes), past={})
        assert findings(touched) == [], one.name


def test_a_successor_that_was_released_may_undo_nothing_more() -> None:
    first, *others = [one for one in undoings() if isinstance(one.kept, KeptLetter)]
    another = next(one for one in others if one.one is first.one and one.kept != first.kept)
    edited = with_successor(first.edit(reference()), "achieved", {str(first.one.improvement)})
    edited = with_successor(edited, "achieved", {str(found.protected.improvement) for found in undone(edited)})
    now = protecting(edited, SECOND, (edited.improvements["better-still"],))
    again = released(edited, SECOND, now, "better-still")
    found = [f for f in findings(another.edit(again)) if first.one.name in f.message]
    assert found
    assert any(f"released in {SECOND}" in related.message for related in found[0].related)


HISTORIED = {KeptHandOff: "hand-off", KeptControl: "control", KeptModule: "module"}
"""What is protected under an id of its own that improvements need not name."""


def with_history() -> list[tuple[str, str, str, str]]:
    """What is protected and may get another id: its reference, its kind, and the fields that hold it."""
    every = {(kept_reference(kept), HISTORIED[type(kept)]) for kept in all_kept(protected(reference()))}
    return [(r, kind, "plans" if kind == "module" else "processes", FIELDS[kind]) for r, kind in sorted(every)]


def all_kept(every: tuple[Protected, ...]) -> Iterator[Kept]:
    return (kept for one in every for _, kept in one.kept() if type(kept) in HISTORIED)


def kept_reference(kept: Kept) -> str:
    match kept:
        case KeptHandOff():
            return str(kept.hand_off)
        case KeptControl():
            return str(kept.control)
        case _:
            assert isinstance(kept, KeptModule)
            return str(kept.module)


def test_what_got_another_id_and_keeps_the_old_one_is_not_undone() -> None:
    for old, kind, part, field in with_history():
        owner, id = split(old)
        without_history = changed(part, field, old, id=text("brand-new"))(reference())
        assert findings(without_history) or kind == "module", old  # for which the new module may be a successor
        edited = changed(part, field, old, id=text("brand-new"), formerly=(text(id),))(reference())
        assert findings(edited) == [], old
        now = protecting(edited, SECOND, ())
        references = set(map(kept_reference, all_kept(now)))
        assert f"{owner}/brand-new" in references
        assert old not in references


def moved(handbook: Handbook, part: str, field: str, old: str) -> Handbook:
    """The handbook with a thing in another process, or in a plan of its own for the same people."""
    other: Any
    whole, found = owned(handbook, part, field, old)
    there = dataclasses.replace(found, formerly=(text(old),))
    if part == "plans":
        other = dataclasses.replace(whole, id=text("elsewhere"), formerly=(), modules=(there,))
    else:
        other = next(process for id, process in handbook.processes.items() if id != whole.id)
        other = dataclasses.replace(other, **{field: (*getattr(other, field), there)})
    return put(changed(part, field, old)(handbook), part, other)


def test_what_moved_and_keeps_its_old_id_is_not_undone() -> None:
    for old, kind, part, field in with_history():
        found = findings(moved(reference(), part, field, old))
        if kind == "control":
            assert found, old
            assert all("Move the control back to" in one.help for one in found)
        else:
            assert found == [], old


def test_reordered_and_reworded_is_not_undone() -> None:
    handbook = reference()
    chance = random.Random(3)

    def shuffled(process: Process) -> Process:
        activities = [dataclasses.replace(one, name=text("Do it"), steps=(text("Do."),)) for one in process.activities]
        chance.shuffle(activities)
        return dataclasses.replace(process, activities=tuple(activities), kpis=process.kpis[::-1], name=text("Other"))

    def taught(module: TrainingModule) -> TrainingModule:
        return dataclasses.replace(module, teaches=module.teaches[::-1], content=(text("Other."),), name=text("Other"))

    plans = {
        id: dataclasses.replace(plan, modules=tuple(map(taught, plan.modules[::-1])))
        for id, plan in handbook.plans.items()
    }
    jobs = {
        id: dataclasses.replace(job, duties=job.duties[::-1], name=text("Other")) for id, job in handbook.jobs.items()
    }
    processes = {id: shuffled(process) for id, process in handbook.processes.items()}
    other = dataclasses.replace(handbook, processes=processes, jobs=jobs, plans=plans)
    assert findings(other) == []
