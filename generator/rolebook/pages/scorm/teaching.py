"""What the page of a module tells of the activities that it teaches: as a role does them, or all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rolebook.model.coverage import Part, involved, parts, teaches
from rolebook.model.handbook import Handbook
from rolebook.model.process import Activity, Process
from rolebook.model.raci import Involvement, Role
from rolebook.model.training import TrainingModule


@dataclass(frozen=True, slots=True)
class Work:
    """An activity with its steps: the letters of the role, or who has R and A where the page is for no role alone."""

    process: Process
    activity: Activity
    mine: tuple[Involvement, ...] = ()
    holders: Mapping[Involvement, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """What a module teaches: `work` in full, `processes` by what they consist of, and `others` by name alone."""

    work: tuple[Work, ...]
    processes: tuple[Process, ...]
    others: tuple[str, ...]
    """References of what those of other roles learn in the same module."""


def taught(handbook: Handbook, module: TrainingModule, role: Role | None) -> Taught:
    """What a module teaches a role; without one, everybody who takes it."""
    if role is not None:
        return _for_role(handbook, module, parts(handbook).get(str(role.id), ()))
    processes = tuple(handbook.processes[what] for what in module.teaches if "/" not in what)
    return Taught(tuple(_for_all(handbook, module)), processes, ())


def _for_role(handbook: Handbook, module: TrainingModule, own: tuple[Part, ...]) -> Taught:
    mine = [part for part in own if part.reference in module.teaches or teaches(module, part)]
    reached = {reference for part in mine for reference in (part.reference, str(part.process.id))}
    work = tuple(Work(part.process, part.activity, part.involvements) for part in mine)
    return Taught(work, (), tuple(str(what) for what in module.teaches if what not in reached))


def _for_all(handbook: Handbook, module: TrainingModule) -> Iterator[Work]:
    named = frozenset(module.teaches)
    for process, activity in handbook.activities():
        if f"{process.id}/{activity.id}" in named:
            letters = involved(handbook, process.id, activity.id)
            holders = {
                letter: tuple(holder for holder, has in letters.items() if letter in has)
                for letter in (Involvement.RESPONSIBLE, Involvement.ACCOUNTABLE)
            }
            yield Work(process, activity, holders=holders)
