"""Family 2: who does, answers for, is asked about and told of an activity."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.catalogue import path_of
from rolebook.model.coverage import parts
from rolebook.model.raci import Involvement, Matrix, Row

MOST_CONSULTED = 4
MOST_ANSWERED_FOR = 20


def _row(draft: Draft, chance: random.Random) -> tuple[str, Matrix, Row]:
    matrix = draft.handbook.matrices[one(chance, sorted(draft.handbook.matrices))]
    return path_of("matrix", matrix.id), matrix, one(chance, matrix.rows)


def _strangers(draft: Draft, row: Row) -> list[str]:
    """Roles in use that have no letter in a row."""
    named = {str(role) for _, role in row.assignments()}
    return [role.id for role in draft.handbook.roles.values() if role.active and role.id not in named]


# Whoever is not needed for an improvement any more needs no waiver.
@plants("RB201", "the accountable role is taken out", "RB604")
def nobody_accountable(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    draft.remove(path, row.activity, "A")
    return draft.key(path, row.activity)


@plants("RB202", "a second role is made accountable")
def two_accountable(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    other = one(chance, [role for role in row.responsible if role not in row.accountable])
    draft.append(path, row.activity, "A", text=other)
    return draft.at(path, row.activity, "A", 1)


@plants("RB203", "the responsible roles are taken out")
def nobody_responsible(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    draft.remove(path, row.activity, "R")
    return draft.key(path, row.activity)


# A waiver for work that nobody has any more is needless.
@plants("RB204", "a line of the matrix is missing", "RB604")
def no_row(draft: Draft, chance: random.Random) -> Place:
    path, matrix, row = _row(draft, chance)
    draft.remove(path, row.activity)
    return draft.at(path_of("process", matrix.id), "activities", str(row.activity), "id")


@plants("RB204", "a matrix is missing", "RB604")
def no_matrix(draft: Draft, chance: random.Random) -> Place:
    path, matrix, _ = _row(draft, chance)
    draft.put(path, None)
    return Place(path_of("process", matrix.id), 1)


@plants("RB205", "too many are consulted")
def crowd(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    for role in chance.sample(_strangers(draft, row), MOST_CONSULTED + 1 - len(row.consulted)):
        draft.append(path, row.activity, "C", text=role)
    return draft.at(path, row.activity, "C", MOST_CONSULTED)


@plants("RB206", "a role is informed of what it does")
def told_what_it_does(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    letter = one(chance, ("C", "I"))
    involvement = Involvement(letter)
    draft.append(path, row.activity, letter, text=one(chance, row.responsible))
    if len(row.by(involvement)) >= MOST_CONSULTED:
        raise NoPlace
    return draft.at(path, row.activity, letter, len(row.by(involvement)))


@plants("RB206", "a role has the same letter twice")
def twice(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    draft.append(path, row.activity, "R", text=one(chance, row.responsible))
    return draft.at(path, row.activity, "R", len(row.responsible))


@plants("RB207", "roles that must not meet were merged")
def met_in_one_role(draft: Draft, chance: random.Random) -> Place:
    roles = draft.handbook.roles.values()
    merged = one(chance, [role for role in roles if role.status == "merged" and role.merged_into])
    path = path_of("role", merged.id)
    draft.append(path, "incompatible_with", text=f"{{role: {merged.merged_into}, reason: They check each other.}}")
    return draft.at(path, "incompatible_with", len(merged.incompatible_with), "role")


@plants("RB207", "a role is incompatible with itself")
def incompatible_with_itself(draft: Draft, chance: random.Random) -> Place:
    role = one(chance, [role for role in draft.handbook.roles.values() if role.active])
    path = path_of("role", role.id)
    draft.append(path, "incompatible_with", text=f"{{role: {role.id}, reason: They check each other.}}")
    return draft.at(path, "incompatible_with", len(role.incompatible_with), "role")


@plants("RB208", "a line of the matrix is about nothing")
def stray_row(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    draft.add(path, "weigh-the-moon", text=f"{{R: {row.responsible[0]}, A: {row.accountable[0]}}}")
    return draft.key(path, "weigh-the-moon")


@plants("RB208", "a line of the matrix is misspelt", "RB604")
def misspelt_row(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    draft.replace(row.activity.span, f"{row.activity}s")
    return Place(path, row.activity.span.line)


@plants("RB208", "a line of the matrix has quite another name", "RB604")
def renamed_row(draft: Draft, chance: random.Random) -> Place:
    path, _, row = _row(draft, chance)
    draft.replace(row.activity.span, "weigh-the-moon")
    return Place(path, row.activity.span.line)


# Every other place that names the activity has to follow.
@plants("RB208", "an activity has another id in its process, and the old one elsewhere", "RB101")
def renamed_activity(draft: Draft, chance: random.Random) -> Place:
    path, matrix, row = _row(draft, chance)
    process = draft.handbook.processes[matrix.id]
    activity = next(activity for activity in process.activities if activity.id == row.activity)
    draft.replace(activity.id.span, one(chance, (f"{activity.id}s", "weigh-the-moon")))
    return Place(path, row.activity.span.line)


@plants("RB209", "a role is deputised by one that must not meet it")
def incompatible_deputy(draft: Draft, chance: random.Random) -> Place:
    role = one(chance, [role for role in draft.handbook.roles.values() if role.active and role.incompatible_with])
    path = path_of("role", role.id)
    draft.append(path, "deputies", text=one(chance, role.incompatible_with).role)
    return draft.at(path, "deputies", len(role.deputies))


# Whoever is given so much has no duties and no training for it; whoever had it has a duty, a process or a KPI too many.
@plants("RB210", "a role answers for too much", "RB206", "RB211", "RB402", "RB407", "RB502", "RB601", "RB610", "RB716")
def answers_for_too_much(draft: Draft, chance: random.Random) -> Place:
    own = parts(draft.handbook)
    answered = {
        holder: sum(Involvement.ACCOUNTABLE in part.involvements for part in held) for holder, held in own.items()
    }
    role = one(chance, [holder for holder, count in answered.items() if count >= 5])
    needed = MOST_ANSWERED_FOR + 1 - answered[role]
    rows = [
        (matrix.id, row.activity)
        for matrix in draft.handbook.matrices.values()
        for row in matrix.rows
        if role not in row.accountable
    ]
    for matrix, activity in chance.sample(rows, needed):
        draft.write(path_of("matrix", matrix), activity, "A", text=role)
    return Place(path_of("role", role), 1)
