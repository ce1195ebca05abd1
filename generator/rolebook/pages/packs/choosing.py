"""Whose packs are wanted: roles by name, those that a job carries, or all; and why there can be none."""

from collections.abc import Iterable, Sequence

from rolebook.loading.near import nearest
from rolebook.model.backlinks import roles_by_function
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook


class NoPack(Exception):
    """There can be no such pack; one line says why, and what to do."""


def chosen(handbook: Handbook, roles: Sequence[str], jobs: Sequence[str]) -> tuple[str, ...]:
    """The ids of the roles that are named, and of those that the jobs carry; NoPack for a name that nothing has."""
    named = [_known("role", role, handbook.roles) for role in roles]
    for job in jobs:
        named += handbook.jobs[_known("job", job, handbook.jobs)].carries
    current = dict.fromkeys(map(handbook.current, named))
    for role in current:
        if not handbook.roles[role].active:
            raise NoPack(f"'{role}' is no longer in use, and nobody is trained for it")
    return tuple(current)


def everybody(handbook: Handbook) -> tuple[str, ...]:
    """The ids of all roles in use, in the order of their functions."""
    return tuple(str(role.id) for _, roles in roles_by_function(handbook) for role in roles)


def untrained(handbook: Handbook, role: str) -> str | None:
    """Why there is no pack for a role that no plan trains, and which file to write; None where there is one."""
    if role in modules_by_role(handbook):
        return None
    return (
        f"no training plan has a module for '{role}': write one, for which "
        f"'rolebook new plan {role} --for {role}' makes raci/training_plans/{role}.yaml"
    )


def _known(kind: str, id: str, ids: Iterable[str]) -> str:
    there = {str(each): each for each in ids}
    if id in there:
        return id
    near = nearest(id, there)
    raise NoPack(f"there is no {kind} '{id}'" + (f"; did you mean '{near}'?" if near else ""))
