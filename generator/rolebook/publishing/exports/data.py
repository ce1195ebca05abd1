"""The handbook as JSON: every entity by its id, with all the keys that it may have in YAML and the address of its page.

The order is that of the declarations and of the files, and an entity stands on one line: the same handbook gives the
same bytes, and two editions can be compared line by line.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rolebook.loading.declaration import declaration, remembered
from rolebook.model.catalogue import things
from rolebook.model.completions import by_role, reached
from rolebook.model.figures import Figure, figures
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.job import JobDescription
from rolebook.model.organisation import (
    Area,
    Clause,
    Function,
    Objective,
    OutsideParty,
    Policy,
    RoleKind,
    Term,
)
from rolebook.model.process import Activity, Control, HandOff, Kpi, Process, Record
from rolebook.model.raci import Matrix, Role, Row
from rolebook.model.release import Release
from rolebook.model.standing import standing
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.model.values import Day, Number
from rolebook.model.written import WrittenPage
from rolebook.pages.places import HOME, place
from rolebook.rendering import Links
from rolebook.source import Span

FORMAT = 1
"""The version of the format: it grows when a key goes or changes its meaning, not when one is added."""

ADDRESSED: frozenset[type[Any]] = frozenset(
    {
        *(Area, Clause, Function, Objective, OutsideParty, Policy, RoleKind, Term),
        *(Activity, Control, HandOff, Kpi, Process, Record),
        *(Improvement, JobDescription, Release, Role, TrainingModule, TrainingPlan, WrittenPage),
    }
)
"""What has an address of its own: a page, or a place on one."""

Known = Mapping[Span, Mapping[str, str | None]]
"""What is known of an entity that its own file does not say, by the place of its id in the YAML."""

PARTS: Mapping[str, type[Any]] = {
    "functions": Function,
    "role_kinds": RoleKind,
    "roles": Role,
    "processes": Process,
    "matrices": Matrix,
    "jobs": JobDescription,
    "plans": TrainingPlan,
    "improvements": Improvement,
    "pages": WrittenPage,
    "glossary": Term,
    "releases": Release,
}
"""The parts of the document that hold entities by id, and what each holds; the organisation stands before them."""


def document(handbook: Handbook, links: Links) -> str:
    """The handbook as one JSON object."""
    known: dict[Span, dict[str, str | None]] = {
        t.id.span: {"url": links.href(HOME, *place(t.kind, t.reference))} for t in things(handbook)
    }
    for version in handbook.releases.values():
        known[version.id.span] = {"url": links.href(HOME, *place("release", version.id))}
    for improvement in handbook.improvements.values():
        found = standing(handbook, improvement)
        release = str(found.release.id) if found.release else None
        known[improvement.id.span] |= {"standing": found.state, "released_in": release}
    parts: dict[str, Iterable[Any]] = {
        "functions": handbook.functions.values(),
        "role_kinds": handbook.role_kinds.values(),
        "roles": handbook.roles.values(),
        "processes": handbook.processes.values(),
        "matrices": handbook.matrices.values(),
        "jobs": handbook.jobs.values(),
        "plans": handbook.plans.values(),
        "improvements": handbook.improvements.values(),
        "pages": handbook.pages.values(),
        "glossary": handbook.glossary.terms,
        "releases": handbook.releases.values(),
    }
    lines = [f'"format":{FORMAT}', f'"organisation":{_json(_plain(handbook.organisation, known))}']
    lines += [f'"{name}":{{{_by_id(entities, known)}}}' for name, entities in parts.items()]
    lines.append(f'"completions":{{{_completions(handbook)}}}')
    lines.append(f'"measurements":{{{_measurements(handbook)}}}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _completions(handbook: Handbook) -> str:
    """How far each role has been trained for each version, where that is recorded."""
    lines = []
    for role in by_role(handbook):
        told = ((version, reached(handbook, role, version)) for version in handbook.releases)
        states = {
            version: {"trained": r.trained, "due": r.due, "date": r.date.isoformat(), "version": r.version}
            for version, r in told
            if r
        }
        lines.append(f"{_json(role)}:{_json(states)}")
    return "\n" + ",\n".join(lines) + "\n" if lines else ""


def _measurements(handbook: Handbook) -> str:
    """How each KPI stands, and what was measured of it, where anything was."""
    measured = (figure for figure in figures(handbook).values() if figure.measured)
    lines = [f"{_json(figure.reference)}:{_json(_stands(figure))}" for figure in measured]
    return "\n" + ",\n".join(lines) + "\n" if lines else ""


def _stands(figure: Figure) -> dict[str, Any]:
    return {
        "state": figure.state.value,
        "trend": figure.trend.value if figure.trend else None,
        "progress": None if figure.progress is None else round(float(figure.progress), 4),
        "expected": round(float(figure.expected), 4),
        "shared_with": [str(role) for role in figure.shared.with_] if figure.shared else [],
        "values": [
            {"month": str(one.month), "value": _plain(one.value, {}), "note": one.note and str(one.note)}
            for one in figure.measured
        ],
    }


def _by_id(entities: Iterable[Any], known: Known) -> str:
    lines = [f"{_json(str(entity.id))}:{_json(_plain(entity, known))}" for entity in entities]
    return "\n" + ",\n".join(lines) + "\n" if lines else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, known: Known) -> Any:
    """A value of the model in the types of JSON."""
    match value:
        case None | bool():
            return value
        case str():
            return str(value)
        case int():
            return int(value)
        case tuple():
            return [_plain(item, known) for item in value]
        case Number():
            return int(value) if value == value.to_integral_value() else float(value)
        case Day():
            return value.isoformat()
        case Matrix():
            return {"id": str(value.id), "rows": {str(row.activity): dict(_row(row, known)) for row in value.rows}}
        case _:
            return dict(_entity(value, known))


def _entity(value: Any, known: Known) -> Iterator[tuple[str, Any]]:
    state = value.__dict__
    for name, key in _keys(type(value)):
        yield key, _plain(state[name], known)
    if type(value) in ADDRESSED:
        yield from known[value.id.span].items()


def _row(row: Row, known: Known) -> Iterator[tuple[str, Any]]:
    """A row without its activity, under which it stands."""
    return (pair for pair in _entity(row, known) if pair[0] != "activity")


@remembered
def _keys(cls: type[Any]) -> tuple[tuple[str, str], ...]:
    """The fields of a class with their keys in YAML."""
    return tuple((field.name, field.key) for field in declaration(cls).fields)
