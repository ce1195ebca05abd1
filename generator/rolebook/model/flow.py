"""The ways through a process: which activity follows which, and when."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from rolebook.model.process import END, Branch, Otherwise, Parallel, Process
from rolebook.source import Span, Text
from rolebook.value import value


class Way(NamedTuple):
    """A way on from an activity to another one (or to `end`).

    `when` is its condition: None where it is the only way, "" for the way taken otherwise. `parallel` ways are
    all taken at once. `span` is where it is written, None where the activity below simply follows.
    """

    target: str
    when: str | None = None
    parallel: bool = False
    span: Span | None = None


def ways_on(process: Process) -> Mapping[str, tuple[Way, ...]]:
    """The ways on from each activity of a process, by its id, in the order written.

    The last activity leads to the end unless it says otherwise; a target may be unknown where the author slipped.
    """
    ways: dict[str, tuple[Way, ...]] = {}
    activities = process.activities
    for position, activity in enumerate(activities):
        match activity.next:
            case None:
                below = activities[position + 1 : position + 2]
                ways[activity.id] = (Way(below[0].id if below else END),)
            case Text() as target:
                ways[activity.id] = (Way(target, span=target.span),)
            case Parallel(all=targets):
                ways[activity.id] = tuple(Way(target, parallel=True, span=target.span) for target in targets)
            case tuple() as branches:
                ways[activity.id] = tuple(way for branch in branches for way in _taken(branch))
    return ways


def _taken(branch: Branch | Otherwise) -> Iterator[Way]:
    when, targets = (branch.when, branch.go_to) if isinstance(branch, Branch) else ("", branch.otherwise)
    for target in targets:
        yield Way(target, when, parallel=len(targets) > 1, span=target.span)


@value()
class Choice:
    """The ways on that are taken together: when (as in `Way`), and which."""

    when: str | None
    ways: tuple[Way, ...]


def choices(ways: Iterable[Way]) -> tuple[Choice, ...]:
    """Ways on from an activity by their condition, in the order written; those with the same are taken together."""
    return tuple(Choice(when, tuple(together)) for when, together in groupby(ways, key=lambda way: way.when))


def reached(ways: Mapping[str, tuple[Way, ...]], start: str, avoiding: Collection[str] = frozenset()) -> frozenset[str]:
    """The activities (and `end`) that can be reached from `start`, itself included, without passing some others."""
    seen = {start}
    waiting = [start]
    while waiting:
        for way in ways.get(waiting.pop(), ()):
            if way.target not in seen and way.target not in avoiding:
                seen.add(way.target)
                waiting.append(way.target)
    return frozenset(seen)


def leads_to_end(ways: Mapping[str, tuple[Way, ...]]) -> frozenset[str]:
    """The activities from which `end` can be reached."""
    before: dict[str, list[str]] = {}
    for source, onwards in ways.items():
        for way in onwards:
            before.setdefault(way.target, []).append(source)
    seen = {END}
    waiting = [END]
    while waiting:
        for source in before.get(waiting.pop(), ()):
            if source not in seen:
                seen.add(source)
                waiting.append(source)
    return frozenset(seen - {END})
