"""What the ways through a process tell beyond the activity that follows: where they meet, and on what they depend."""

from collections.abc import Iterable, Mapping

from rolebook.model.flow import Way, choices, reached, ways_on
from rolebook.model.handbook import Handbook, derived
from rolebook.model.partners import Passage
from rolebook.model.process import END

Waiting = tuple[tuple[str, ...], ...]
"""The ways that an activity waits for: for each, the activities of which one leads there."""


def meetings(ways: Mapping[str, tuple[Way, ...]]) -> Mapping[str, Waiting]:
    """The activities where ways meet that were begun at the same time, and what each waits for.

    Activities stand in the usual order: a way to the fork or above begins the work anew, and meets nothing there.
    """
    found: dict[str, Waiting] = {}
    above: list[str] = []
    for source, onwards in ways.items():
        above.append(source)
        for together in (choice.ways for choice in choices(onwards) if len(choice.ways) > 1):
            begun = [way.target for way in together]
            for target in (id for id in ways if id not in (*above, *begun)):
                apart = _apart(reached(ways, first, avoiding=(*above, target, END)) for first in begun)
                last = (tuple(id for id in ways if id in side and _leads(ways, id, target)) for side in apart)
                waiting = tuple(side for side in last if side)
                if len(waiting) > 1:
                    found.setdefault(target, waiting)
    return found


def _apart(sides: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sides, where those that share an activity are one."""
    found: list[frozenset[str]] = []
    for side in sides:
        shared = [other for other in found if other & side]
        found = [*(other for other in found if other not in shared), side.union(*shared)]
    return found


def _leads(ways: Mapping[str, tuple[Way, ...]], source: str, target: str) -> bool:
    return any(way.target == target for way in ways.get(source, ()))


@derived
def _conditions(handbook: Handbook) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The conditions of each passage within a process that is never taken without one."""
    found: dict[tuple[str, str], list[str | None]] = {}
    for process in handbook.processes.values():
        for source, onwards in ways_on(process).items():
            for way in onwards:
                found.setdefault((f"{process.id}/{source}", f"{process.id}/{way.target}"), []).append(way.when)
    return {key: tuple(filter(None, whens)) for key, whens in found.items() if all(whens)}


def conditions(handbook: Handbook, passage: Passage) -> tuple[str, ...]:
    """When work passes on within a process; nothing where it passes on always, or whenever nothing else holds."""
    return () if passage.transfer else _conditions(handbook).get((passage.after, passage.at), ())
