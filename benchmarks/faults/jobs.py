"""Family 4: job descriptions, and who holds roles and stands in for them."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.checks.raci import incompatibilities
from rolebook.model.catalogue import path_of
from rolebook.model.coverage import jobs_by_role, must_know, parts
from rolebook.model.job import JobDescription
from rolebook.model.raci import Role

MOST_FULFILLED = 4


def _job(draft: Draft, chance: random.Random) -> tuple[str, JobDescription]:
    job = draft.handbook.jobs[one(chance, sorted(draft.handbook.jobs))]
    return path_of("job", job.id), job


def _role(draft: Draft, chance: random.Random) -> tuple[str, Role]:
    role = one(chance, [role for role in draft.handbook.roles.values() if role.active])
    return path_of("role", role.id), role


# An achieved improvement that touches the role reaches nobody any more.
@plants("RB401", "the only job with a role no longer carries it", "RB601")
def nobody_carries(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    role = one(chance, [role for role in job.carries if len(jobs_by_role(draft.handbook)[role]) == 1])
    if len(job.carries) == 1:
        raise NoPlace
    draft.remove(path, "carries", str(role))
    return draft.key(path_of("role", role), "name")


# What an achieved improvement brought about has to be described, too.
@plants("RB402", "an activity is taken out of a duty", "RB601")
def undescribed(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    own = {role: parts(draft.handbook).get(role, ()) for role in job.carries}
    written = [activity for duty in job.duties for activity in duty.fulfils]
    found = []
    for position, duty in enumerate(job.duties):
        for activity in duty.fulfils if len(duty.fulfils) > 1 else ():
            for role, held in own.items():
                needed = any(part.reference == activity and must_know(part) for part in held)
                answered = any(activity.partition("/")[0] in other.answers_for for other in job.duties)
                if needed and not answered and written.count(activity) == 1:
                    found.append((position, activity, role))
    position, activity, _ = one(chance, found)
    role = next(role for at, what, role in found if (at, what) == (position, activity))
    draft.remove(path, "duties", position, "fulfils", str(activity))
    return draft.at(path, "carries", str(role))


@plants("RB403", "a new duty belongs to no activity")
def duty_of_nothing(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    draft.append(path, "duties", text="duty: Waters the plants.")
    return draft.at(path, "duties", len(job.duties), "duty")


# What the duty was about is described by no other one.
@plants("RB403", "a duty loses its activities", "RB402", "RB601")
def duty_without_its_activities(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    position = one(chance, [position for position, duty in enumerate(job.duties) if not duty.answers_for])
    draft.remove(path, "duties", position, "fulfils")
    return draft.at(path, "duties", position, "duty")


@plants("RB404", "a duty names too many activities")
def overloaded(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    position = one(chance, [position for position, duty in enumerate(job.duties) if duty.fulfils])
    fulfils = list(job.duties[position].fulfils)
    own = [part.reference for role in job.carries for part in parts(draft.handbook).get(role, ())]
    more = sorted(set(own) - {str(activity) for activity in fulfils})
    if len(fulfils) + len(more) <= MOST_FULFILLED:
        raise NoPlace
    for activity in chance.sample(more, max(MOST_FULFILLED + 1 - len(fulfils), 0)):
        draft.append(path, "duties", position, "fulfils", text=activity)
    return draft.at(path, "duties", position, "fulfils", MOST_FULFILLED)


# The rule may hold between a role and its deputy.
@plants("RB405", "roles of a job are declared incompatible", "RB209")
def declared_incompatible(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    if len(job.carries) < 2:
        raise NoPlace
    first, second = sorted(chance.sample(range(len(job.carries)), 2))
    one_role, other = str(job.carries[first]), str(job.carries[second])
    both = [j.id for j in jobs_by_role(draft.handbook)[one_role] if j in jobs_by_role(draft.handbook)[other]]
    if both != [job.id]:
        raise NoPlace
    draft.append(
        path_of("role", one_role), "incompatible_with", text=f"{{role: {other}, reason: Each checks the other.}}"
    )
    return draft.at(path, "carries", second)


@plants("RB405", "a job takes on a role that must not meet its own")
def took_on_the_incompatible(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    pairs = incompatibilities(draft.handbook)
    other = one(chance, sorted(other for role, other in pairs if role in job.carries and other not in job.carries))
    draft.append(path, "carries", text=other)
    return draft.at(path, "carries", len(job.carries))


@plants("RB406", "a job reports to one below it")
def reporting_loop(draft: Draft, chance: random.Random) -> Place:
    _, job = _job(draft, chance)
    if job.reports_to is None:
        raise NoPlace
    superior = draft.handbook.jobs[job.reports_to]
    draft.set(path_of("job", superior.id), "reports_to", text=job.id)
    first = min(job.id, superior.id)
    return draft.key(path_of("job", first), "reports_to")


@plants("RB407", "a duty names an activity of others")
def foreign_activity(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    mine = {part.reference for role in job.carries for part in parts(draft.handbook).get(role, ())}
    others = [f"{process.id}/{activity.id}" for process, activity in draft.handbook.activities()]
    duties = [position for position, duty in enumerate(job.duties) if 0 < len(duty.fulfils) < MOST_FULFILLED]
    position = one(chance, duties)
    draft.append(
        path, "duties", position, "fulfils", text=one(chance, [other for other in others if other not in mine])
    )
    return draft.at(path, "duties", position, "fulfils", len(job.duties[position].fulfils))


@plants("RB407", "a duty answers for a process of others")
def foreign_process(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    mine = {part.process.id for role in job.carries for part in parts(draft.handbook).get(role, ())}
    owned = {
        p.id for p in draft.handbook.processes.values() if {p.owner, *(kpi.owner for kpi in p.kpis)} & {*job.carries}
    }
    position = chance.randrange(len(job.duties))
    process = one(chance, [id for id in sorted(draft.handbook.processes) if id not in mine | owned])
    draft.append(path, "duties", position, "answers_for", text=process)
    return draft.at(path, "duties", position, "answers_for", len(job.duties[position].answers_for))


# A role with a single holder may have no deputy.
@plants("RB408", "a role has more holders at least than at most")
def impossible_holders(draft: Draft, chance: random.Random) -> Place:
    path, role = _role(draft, chance)
    if role.holders is None:
        raise NoPlace
    draft.set(path, "holders", "most", text="2")
    draft.write(path, "holders", "least", text="3")
    return draft.at(path, "holders", "least")


@plants("RB409", "a role stands in for itself")
def own_deputy(draft: Draft, chance: random.Random) -> Place:
    path, role = _role(draft, chance)
    draft.append(path, "deputies", text=role.id)
    return draft.at(path, "deputies", len(role.deputies))


# Each may be the deputy of the other.
@plants("RB410", "the deputy is the same person", "RB410")
def deputy_in_same_hands(draft: Draft, chance: random.Random) -> Place:
    _, job = _job(draft, chance)
    only = [role for role in job.carries if len(jobs_by_role(draft.handbook)[role]) == 1]
    if len(only) < 2:
        raise NoPlace
    one_role, other = chance.sample(only, 2)
    if (one_role, other) in incompatibilities(draft.handbook):
        raise NoPlace
    for role, deputy in ((one_role, other), (other, one_role)):
        path = path_of("role", role)
        draft.set(path, "holders", text="{least: 1, most: 1}")
        if deputy not in draft.handbook.roles[role].deputies and (role == one_role or not draft.has(path, "deputies")):
            draft.append(path, "deputies", text=str(deputy))
    path = path_of("role", one_role)
    return draft.at(path, "deputies", str(other))


@plants("RB411", "a job no longer says whom it reports to")
def no_superior(draft: Draft, chance: random.Random) -> Place:
    path, job = _job(draft, chance)
    if job.reports_to is None:
        raise NoPlace
    draft.remove(path, "reports_to")
    return draft.key(path, "name")


@plants("RB412", "nobody stands in for the only holder")
def nobody_stands_in(draft: Draft, chance: random.Random) -> Place:
    path, role = _role(draft, chance)
    draft.set(path, "holders", text="{least: 1, most: 1}")
    if role.deputies:
        draft.remove(path, "deputies")
    return draft.key(path, "name")
