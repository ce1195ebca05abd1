"""Families 3 and 6: steps that were copied, and improvements that come back to themselves."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.catalogue import path_of

LEAST_WORDS = 8


@plants("RB307", "a step is copied from another activity")
def copied_step(draft: Draft, chance: random.Random) -> Place:
    activities = [activity for _, activity in draft.handbook.activities()]
    first, second = sorted(chance.sample(range(len(activities)), 2))
    steps = [step for step in activities[first].steps if len(step.split()) >= LEAST_WORDS and step.inset == 0]
    copied, over = one(chance, steps), one(chance, activities[second].steps)
    if over.inset != 0:
        raise NoPlace
    draft.replace(over.span, copied)
    return Place(over.span.path, over.span.line)


@plants("RB607", "two improvements lead to each other")
def improvement_loop(draft: Draft, chance: random.Random) -> Place:
    improvements = draft.handbook.improvements
    first, second = sorted(chance.sample(sorted(improvements), 2))
    if any(other.leads_to in (first, second) for other in improvements.values()):
        raise NoPlace
    for one_of_two, other in ((first, second), (second, first)):
        draft.set(path_of("improvement", one_of_two), "leads_to", text=other)
    return draft.key(path_of("improvement", first), "leads_to")
