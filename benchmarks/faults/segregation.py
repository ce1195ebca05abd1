"""Families 2 and 4: activities that are kept apart, and owners who answer for nothing."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.checks.raci import incompatibilities
from rolebook.model.catalogue import path_of
from rolebook.model.coverage import jobs_by_role
from rolebook.model.raci import Row


def _rows(draft: Draft) -> list[tuple[str, Row]]:
    return [(str(matrix.id), row) for matrix in draft.handbook.matrices.values() for row in matrix.rows]


def _keep_apart(draft: Draft, process: str, activity: str, other: str) -> None:
    steps = ("activities", activity, "separate_from")
    draft.append(path_of("process", process), *steps, text=other)


@plants("RB211", "the owner of a process answers for nothing in it")
def idle_owner(draft: Draft, chance: random.Random) -> Place:
    process = draft.handbook.processes[one(chance, sorted(draft.handbook.processes))]
    answering = {str(role) for row in draft.handbook.matrices[process.id].rows for role in row.accountable}
    others = [role.id for role in draft.handbook.roles.values() if role.active and role.id not in answering]
    path = path_of("process", process.id)
    draft.write(path, "owner", text=one(chance, others))
    return draft.at(path, "owner")


@plants("RB212", "one role does two activities that are kept apart")
def apart_in_one_role(draft: Draft, chance: random.Random) -> Place:
    process, row = one(chance, _rows(draft))
    role = one(chance, row.responsible)
    other_process, other = one(chance, [(p, r) for p, r in _rows(draft) if r is not row and role in r.responsible])
    _keep_apart(draft, process, str(row.activity), f"{other_process}/{other.activity}")
    return Place(role.span.path, role.span.line)


# Other jobs may carry both roles, or another pair that is responsible for the two.
@plants("RB413", "one job does two activities that are kept apart", "RB413")
def apart_in_one_job(draft: Draft, chance: random.Random) -> Place:
    job = draft.handbook.jobs[one(chance, sorted(draft.handbook.jobs))]
    if len(job.carries) < 2:
        raise NoPlace
    first, second = sorted(chance.sample(range(len(job.carries)), 2))
    roles = (job.carries[first], job.carries[second])
    if roles in incompatibilities(draft.handbook):
        raise NoPlace
    own, others = (
        [(p, r) for p, r in _rows(draft) if role in r.responsible and other not in r.responsible]
        for role, other in (roles, roles[::-1])
    )
    (process, row), (other_process, other_row) = one(chance, own), one(chance, others)
    if job not in jobs_by_role(draft.handbook)[roles[0]]:
        raise NoPlace
    _keep_apart(draft, process, str(row.activity), f"{other_process}/{other_row.activity}")
    return draft.at(path_of("job", job.id), "carries", second)
