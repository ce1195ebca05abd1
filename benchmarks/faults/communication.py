"""Families 6 and 7: messages without a day, messages that never went out, and roles that were never told."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.catalogue import path_of
from rolebook.model.communication import PATH, PLANNED, SENT, Communication
from rolebook.model.telling import communications, reached_by, told_of

_PLAN = "communications"


def _communication(draft: Draft, chance: random.Random, state: str, *, rhythm: bool = False) -> Communication:
    every = communications(draft.handbook)
    return one(chance, [each for each in every if each.state == state and (each.every is not None) == rhythm])


@plants("RB610", "what told a role of an achieved improvement is taken out")
def never_told(draft: Draft, chance: random.Random) -> Place:
    gone = one(chance, [each for each in communications(draft.handbook) if each.about and each.state == SENT])
    improvement = draft.handbook.improvements[gone.about or ""]
    others = [each for each in told_of(draft.handbook, improvement).by if each.id != gone.id]
    still = frozenset(role for each in others for role in reached_by(draft.handbook, each))
    if improvement.status != "achieved" or still.issuperset(told_of(draft.handbook, improvement).roles):
        raise NoPlace
    draft.remove(PATH, _PLAN, str(gone.id))
    return draft.at(path_of("improvement", improvement.id), "status")


@plants("RB713", "a communication has neither a day nor a rhythm")
def no_day(draft: Draft, chance: random.Random) -> Place:
    id = str(_communication(draft, chance, PLANNED).id)
    draft.remove(PATH, _PLAN, id, "date")
    return draft.at(PATH, _PLAN, id, "id")


@plants("RB713", "a communication has a day and a rhythm")
def day_and_rhythm(draft: Draft, chance: random.Random) -> Place:
    id = str(_communication(draft, chance, PLANNED, rhythm=True).id)
    draft.set(PATH, _PLAN, id, "date", text="2027-02-01")
    return draft.at(PATH, _PLAN, id, "every")


@plants("RB713", "a communication was sent on no day")
def sent_on_no_day(draft: Draft, chance: random.Random) -> Place:
    id = str(_communication(draft, chance, SENT).id)
    draft.remove(PATH, _PLAN, id, "sent")
    return draft.at(PATH, _PLAN, id, "state")


@plants("RB713", "a communication was sent on a day to come")
def sent_to_come(draft: Draft, chance: random.Random) -> Place:
    id = str(_communication(draft, chance, SENT).id)
    draft.write(PATH, _PLAN, id, "sent", text="2062-02-01")
    return draft.at(PATH, _PLAN, id, "sent")


@plants("RB714", "the day of what is planned has passed")
def day_passed(draft: Draft, chance: random.Random) -> Place:
    id = str(_communication(draft, chance, PLANNED).id)
    draft.write(PATH, _PLAN, id, "date", text="2026-10-01")
    return draft.at(PATH, _PLAN, id, "date")
