"""Family 7, the business case: figures that cannot be, confirmations that come too early, and none at all."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import one, plants
from rolebook.model.benefits import Benefit, benefits
from rolebook.model.business import PATH, Realised
from rolebook.model.catalogue import path_of
from rolebook.model.improvement import Status

_LIST = "realised"


def _realised(draft: Draft, chance: random.Random) -> tuple[int, Realised]:
    case = draft.handbook.business_case
    return one(chance, [*enumerate(case.realised)] if case else [])


def _counted_once(draft: Draft, chance: random.Random) -> tuple[int, Benefit]:
    """An achieved improvement whose saving goes on and was counted once, and the place of that in the list."""
    case = draft.handbook.business_case
    places = {str(each.improvement): place for place, each in enumerate(case.realised if case else ())}
    found = [each for each in benefits(draft.handbook).running if each.claimed and len(each.confirmations) == 1]
    benefit = one(chance, found)
    return places[str(benefit.improvement.id)], benefit


@plants("RB725", "a business case over years, at a rate or with a caution that there is not")
def no_such_frame(draft: Draft, chance: random.Random) -> Place:
    key, text = one(
        chance, (("years", "0"), ("years", "25"), ("discount", "-2"), ("discount", "80"), ("caution", "180"))
    )
    draft.write(PATH, key, text=text)
    return draft.at(PATH, key)


@plants("RB725", "a cost or a saving below nothing")
def below_nothing(draft: Draft, chance: random.Random) -> Place:
    improvement = one(chance, [each for each in draft.handbook.improvements.values() if each.cost and each.saves])
    key, path = one(chance, ("cost", "saves")), path_of("improvement", improvement.id)
    draft.write(path, key, text="{per_year: -4000}")
    return draft.at(path, key, "per_year")


@plants("RB725", "a cost that names no sum")
def no_sum(draft: Draft, chance: random.Random) -> Place:
    improvement = one(chance, [each for each in draft.handbook.improvements.values() if each.cost])
    path = path_of("improvement", improvement.id)
    draft.write(path, "cost", text="{}")
    return draft.at(path, "cost")


@plants("RB726", "a saving is confirmed before the improvement was achieved")
def before_it_was_achieved(draft: Draft, chance: random.Random) -> Place:
    place, _ = _realised(draft, chance)
    draft.write(PATH, _LIST, place, "date", text="2025-12-01")
    return draft.at(PATH, _LIST, place, "date")


@plants("RB726", "a saving is confirmed on a day to come")
def on_a_day_to_come(draft: Draft, chance: random.Random) -> Place:
    place, _ = _realised(draft, chance)
    draft.write(PATH, _LIST, place, "date", text="2062-12-01")
    return draft.at(PATH, _LIST, place, "date")


@plants("RB726", "a saving is confirmed by the role that owns the improvement")
def by_its_owner(draft: Draft, chance: random.Random) -> Place:
    place, realised = _realised(draft, chance)
    owner = draft.handbook.improvements[realised.improvement].owner
    draft.write(PATH, _LIST, place, "confirmed_by", text=str(owner))
    return draft.at(PATH, _LIST, place, "confirmed_by")


@plants("RB726", "a saving is confirmed of what is not achieved")
def not_achieved(draft: Draft, chance: random.Random) -> Place:
    place, _ = _counted_once(draft, chance)
    every = draft.handbook.improvements.values()
    other = one(chance, [each for each in every if each.status in (Status.APPROVED.value, Status.PROPOSED.value)])
    draft.write(PATH, _LIST, place, "improvement", text=str(other.id))
    return draft.at(PATH, _LIST, place, "improvement")


@plants("RB727", "nobody has confirmed what an improvement saves that was achieved long ago", "RB612")
def never_confirmed(draft: Draft, chance: random.Random) -> Place:
    place, benefit = _counted_once(draft, chance)
    draft.remove(PATH, _LIST, place)
    path = path_of("improvement", benefit.improvement.id)
    draft.write(path, "approval", "approved", text="2025-11-19")
    draft.write(path, "achieved", text="2025-11-20")
    return draft.at(path, "achieved")
