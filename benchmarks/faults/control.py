"""Family 8: approvals that are missing, overdue, or given by those who may not."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import one, plants
from rolebook.model.catalogue import path_of
from rolebook.model.job import JobDescription
from rolebook.model.process import Process


def _document(draft: Draft, chance: random.Random) -> tuple[str, Process | JobDescription]:
    documents: dict[str, Process | JobDescription] = {
        **{path_of("process", process.id): process for process in draft.handbook.processes.values()},
        **{path_of("job", job.id): job for job in draft.handbook.jobs.values()},
    }
    path = one(chance, sorted(documents))
    return path, documents[path]


def _dates(draft: Draft, path: str, approved: str, next_review: str, key: str) -> Place:
    draft.write(path, "approval", "approved", text=approved)
    draft.write(path, "approval", "next_review", text=next_review)
    return draft.at(path, "approval", key)


@plants("RB801", "the day of a review has passed")
def review_overdue(draft: Draft, chance: random.Random) -> Place:
    path, _ = _document(draft, chance)
    year = chance.randrange(2020, 2025)
    return _dates(draft, path, f"{year}-03-01", f"{year + 1}-03-01", "next_review")


@plants("RB802", "a document has no approval")
def missing_approval(draft: Draft, chance: random.Random) -> Place:
    path, _ = _document(draft, chance)
    draft.remove(path, "approval")
    return draft.key(path, "name")


@plants("RB803", "a document was approved by a role that may not")
def unentitled_approval(draft: Draft, chance: random.Random) -> Place:
    path, document = _document(draft, chance)
    handbook = draft.handbook
    own: str | None = (
        document.function if isinstance(document, JobDescription) else handbook.roles[document.owner].function
    )
    entitled: set[str] = set()
    while own:
        unit = handbook.functions[own]
        entitled |= {str(role) for role in (unit.head, *unit.approvers)}
        own = unit.part_of
    others = [role.id for role in handbook.roles.values() if role.active and role.id not in entitled]
    draft.write(path, "approval", "approved_by", text=one(chance, others))
    return draft.at(path, "approval", "approved_by")


@plants("RB803", "a document was approved outside")
def approved_outside(draft: Draft, chance: random.Random) -> Place:
    path = one(chance, [path_of("process", id) for id in sorted(draft.handbook.processes)])
    party = one(chance, draft.handbook.organisation.outside)
    draft.write(path, "approval", "approved_by", text=f"outside/{party.id}")
    return draft.at(path, "approval", "approved_by")


@plants("RB804", "the next review is before the approval")
def review_before_approval(draft: Draft, chance: random.Random) -> Place:
    path, _ = _document(draft, chance)
    return _dates(draft, path, "2026-10-01", f"2026-0{chance.randrange(1, 10)}-01", "next_review")


@plants("RB805", "a document is approved on a day to come")
def approval_to_come(draft: Draft, chance: random.Random) -> Place:
    path, _ = _document(draft, chance)
    return _dates(draft, path, f"2026-12-{chance.randrange(1, 31):02}", "2028-01-01", "approved")
