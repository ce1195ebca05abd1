"""Families 6 and 7: work that nobody looked at before or afterwards, that closes no gap, or that stands in the way."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.checks.assessed import worked_on
from rolebook.checks.improvements import AGREED
from rolebook.model.catalogue import path_of
from rolebook.model.figures import State
from rolebook.model.gaps import targets
from rolebook.model.improvement import Improvement, Status
from rolebook.model.levels import maturity_of
from rolebook.model.proof import proof
from rolebook.model.targets import PATH

_DONE, _BEFORE, _LOOKED = "2026-05-04", "2025-01-20", "2026-04-20"


def _improvement(draft: Draft, chance: random.Random, *status: str) -> tuple[str, Improvement]:
    found = one(chance, [each for each in draft.handbook.improvements.values() if each.status in status])
    return path_of("improvement", found.id), found


@plants("RB612", "an improvement was approved before anybody looked")
def approved_unseen(draft: Draft, chance: random.Random) -> Place:
    path, improvement = _improvement(draft, chance, *AGREED)
    processes = worked_on(draft.handbook, improvement)
    if not processes:
        raise NoPlace
    draft.write(path, "approval", "approved", text=_BEFORE)
    element = next(iter(processes.values()))
    return Place(path, element.span.line)


# Where one assessment was, others that were achieved since have none, either.
@plants("RB613", "nobody has looked since an improvement was achieved", "RB613")
def not_seen_since(draft: Draft, chance: random.Random) -> Place:
    path, improvement = _improvement(draft, chance, Status.ACHIEVED)
    approval = improvement.approval
    if approval is None or approval.approved.isoformat() > _DONE or not worked_on(draft.handbook, improvement):
        raise NoPlace
    draft.write(path, "achieved", text=_DONE)
    for process in worked_on(draft.handbook, improvement):
        now = maturity_of(draft.handbook, process).now
        if now and now.assessment.date.isoformat() >= _DONE:
            draft.write(path_of("assessment", now.assessment.id), "date", text=_LOOKED)
    return draft.at(path, "achieved")


@plants("RB614", "an improvement is under way where all is reached")
def without_gap(draft: Draft, chance: random.Random) -> Place:
    path, improvement = _improvement(draft, chance, Status.APPROVED, Status.IN_PROGRESS)
    shown, processes = proof(draft.handbook, improvement), worked_on(draft.handbook, improvement)
    if shown is None or not processes or shown.figure.state is State.WORSE:
        raise NoPlace
    figure = shown.figure
    if figure.last is None or figure.kpi.target.value is None or not figure.progress or figure.progress <= 0:
        raise NoPlace
    for index, target in enumerate(targets(draft.handbook)):
        if target.subject in processes:
            now = maturity_of(draft.handbook, target.subject).now
            if now is None or now.level < 1:
                raise NoPlace
            draft.write(PATH, "targets", index, "level", text=str(now.level))
    steps = ("kpis", str(figure.kpi.id), "target", "value")
    draft.write(path_of("process", figure.process.id), *steps, text=str(figure.last.value))
    return draft.at(path, "status")


@plants("RB615", "a larger improvement takes out what a quick win brings")
def in_the_way(draft: Draft, chance: random.Random) -> Place:
    wins = [each for each in draft.handbook.improvements.values() if each.quick_win and each.status in AGREED]
    win, (path, goal) = one(chance, wins), _improvement(draft, chance, Status.PROPOSED)
    settled = goal.id in (win.leads_to or "") or goal.quick_win or goal.removes
    element = one(chance, (*win.adds, *win.changes))
    if settled or element in (*goal.adds, *goal.changes):
        raise NoPlace
    draft.add(path, "removes", text=f"'{element}'")
    return Place(element.span.path, element.span.line)
