"""Family 7, targets: levels that there are not, days that have passed, and what nobody aims at."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.catalogue import FILES
from rolebook.model.gaps import targets
from rolebook.model.levels import maturity_of
from rolebook.model.maturity import DEFINED
from rolebook.model.targets import PATH, LevelTarget

_LIST = "targets"


def _target(draft: Draft, chance: random.Random) -> tuple[int, LevelTarget]:
    return one(chance, [*enumerate(targets(draft.handbook))])


@plants("RB710", "a target is a level that there is not")
def no_such_level(draft: Draft, chance: random.Random) -> Place:
    index, _ = _target(draft, chance)
    draft.write(PATH, _LIST, index, "level", text=one(chance, ("0", "6", "10")))
    return draft.at(PATH, _LIST, index, "level")


@plants("RB711", "the day of a target has passed")
def day_passed(draft: Draft, chance: random.Random) -> Place:
    index, target = _target(draft, chance)
    now = maturity_of(draft.handbook, target.subject).now
    if now is None or now.level >= target.level:
        raise NoPlace
    draft.write(PATH, _LIST, index, "due", text="2026-06-30")
    return draft.at(PATH, _LIST, index, "due")


@plants("RB712", "what was found below level 3 has no target")
def no_target(draft: Draft, chance: random.Random) -> Place:
    index, target = _target(draft, chance)
    now = maturity_of(draft.handbook, target.subject).now
    if now is None or now.level >= DEFINED:
        raise NoPlace
    draft.remove(PATH, _LIST, index)
    return draft.at(FILES["assessment"].path(now.assessment.id), "questionnaire")
