"""Retires a role: it goes from where nobody misses it, and whatever somebody must decide is told instead."""

from datetime import date
from functools import partial
from pathlib import Path

from rolebook.diagnostic import Related
from rolebook.editing.names.change import Change, changed
from rolebook.editing.names.ending import Ending, ended
from rolebook.editing.names.living import Whereabouts, living_references, whereabouts
from rolebook.editing.names.obstacle import CannotChange
from rolebook.editing.names.plan import Files, Plan
from rolebook.editing.names.wanted import role_in_use
from rolebook.model.handbook import Handbook, Reference
from rolebook.model.kinds import KINDS, PAGE
from rolebook.source import Node, Span, read

_GOES = {("matrix", "C"), ("matrix", "I"), ("role", "deputies"), ("functions", "functions", "approvers")}
"""Where a role is taken out of a list, which may go with it."""
_GOES_WITH_ITS_ENTRY = {("role", "incompatible_with"), ("improvement", "waivers")}
"""Where all that is said of a role goes: it holds for that role alone."""
_GOES_FROM_OTHERS = {
    ("job", "carries"): "this job carries no other role: name one that it carries now, or delete the job",
    ("plan", "modules", "for"): "no other role takes this module: name one, or take the module out",
    ("plan", "who", "roles"): "nobody else is trained by this plan: name whom it trains now, or delete the plan",
}
"""Where a role is taken out as long as others are left, and what to do where none is."""
_DECIDED = {
    ("matrix", "R"): "it is responsible for '{row}': make another role responsible",
    ("matrix", "A"): "it is accountable for '{row}': make another role accountable",
    ("process", "owner"): "it answers for this process: name another owner",
    ("process", "kpis", "owner"): "it answers for this KPI: name another owner",
    ("plan", "owner"): "it keeps this plan up to date: name another owner",
    ("plan", "how", "trainer"): "it gives this training: name another trainer",
    ("functions", "functions", "head"): "it leads this function: name another head",
    ("improvement", "owner"): "it sees this improvement through: name another owner",
}
"""What somebody has to decide, and how."""
_LINKED = "this page speaks of it: link to the role that does this now, or take the sentence out"


def retire_role(directory: Path, today: date, id: str) -> Change:
    """Retire a role of the handbook in `directory`, which nobody may need any more.

    CannotChange with all places where somebody must first decide who takes over, or where the handbook would be
    harmed; NotAHandbook where there is none.
    """
    return changed(directory, today, partial(_planned, id))


def _planned(id: str, handbook: Handbook, files: Files) -> Plan:
    role = role_in_use(handbook, id)
    trees: dict[str, Node] = {}
    removals: set[Span] = set()
    gone: set[Span] = set()
    decisions: list[Related] = []
    for reference in living_references(handbook, role.id):
        path = reference.text.span.path
        if path.endswith(PAGE.ending):
            decisions.append(Related(reference.text.span, _LINKED))
            continue
        if path not in trees:
            root = read(path, files[path]).root
            assert root is not None
            trees[path] = root
        where = whereabouts(trees[path], reference.text.span)
        if decision := _decision(handbook, reference, where):
            decisions.append(Related(reference.text.span, decision))
            continue
        gone.add(reference.text.span)
        with_entry = any((_kind(path), key) in _GOES_WITH_ITS_ENTRY for key in where.keys)
        removals.add(where.entry if with_entry else reference.text.span)
    if decisions:
        message = f"'{role.id}' cannot be retired before it is decided who takes over (or use 'rolebook merge-role')"
        raise CannotChange(message, *decisions)
    return ended(role, {"status": "retired"}, Ending((), frozenset(gone), frozenset(removals)))


def _decision(handbook: Handbook, reference: Reference, where: Whereabouts) -> str:
    """What somebody has to decide where a role is named; "" where it can go."""
    kind = _kind(reference.text.span.path)
    place = (kind, where.keys[-1]) if kind == "matrix" else (kind, *where.keys)
    if place in _GOES or any((kind, key) in _GOES_WITH_ITS_ENTRY for key in where.keys):
        return ""
    if place in _GOES_FROM_OTHERS:
        return "" if where.others or _trains_jobs(handbook, reference, where) else _GOES_FROM_OTHERS[place]
    return _DECIDED.get(place, "it is named here: name another role").format(row=where.keys[0])


def _trains_jobs(handbook: Handbook, reference: Reference, where: Whereabouts) -> bool:
    """Whether a plan that trains the role also trains jobs."""
    plan = handbook.plans.get(reference.home)
    return where.keys == ("who", "roles") and plan is not None and plan.who is not None and bool(plan.who.jobs)


def _kind(path: str) -> str:
    """The kind of file at a path."""
    folder = path.rpartition("/")[0]
    return next(kind.name for kind in KINDS if (path == kind.pattern if kind.single else folder == kind.folder))
