"""Who has been trained: how many of those who hold a role, for which version; people are counted, never named."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from types import MappingProxyType

from rolebook.model.catalogue import called_now, of_kind
from rolebook.model.completion import Completion
from rolebook.model.handbook import Handbook, derived
from rolebook.model.release import number
from rolebook.source import Span
from rolebook.value import value

__all__ = ["Completion", "Reached", "by_role", "called", "reached"]


@value()
class Reached:
    """How far a role has been trained: of the `due` who hold it, `trained`, as of a day, for a version."""

    trained: int
    due: int
    date: datetime.date
    version: str
    """The version they were trained for: the one that was asked for, or a later one."""
    span: Span = field(compare=False, repr=False)
    """The line that says so; the latest of several."""

    @property
    def share(self) -> float:
        """From 0 to 1; where nobody is due, nobody is missing."""
        return self.trained / self.due if self.due else 1.0


def reached(handbook: Handbook, role: str, version: str) -> Reached | None:
    """How far a role has been trained for a version: the best of it and of all later ones; None where nothing is told.

    Who was trained for a later version knows what the earlier one asked for. A role that was called otherwise then,
    or has been merged since, counts as what it is now.
    """
    told = by_role(handbook).get(role, {})
    from_there = [state for other, state in told.items() if number(other) >= number(version)]
    return max(from_there, key=lambda state: (state.share, number(state.version)), default=None)


@derived
def by_role(handbook: Handbook) -> Mapping[str, Mapping[str, Reached]]:
    """What is told of each role, by its id now and by the version that the records name, the oldest first."""
    found: dict[tuple[str, str], list[Completion]] = {}
    for own, lines in _counting(handbook).items():
        found.setdefault((handbook.current(own[0]), own[1]), []).extend(lines)
    states: dict[str, dict[str, Reached]] = {}
    for role, version in sorted(found, key=lambda pair: (pair[0], number(pair[1]))):
        states.setdefault(role, {})[version] = _together(found[role, version])
    return MappingProxyType(states)


def called(handbook: Handbook, kind: str, id: str) -> str:
    """The id that a role or job of the records has now; the one written where it is its own, or of nothing."""
    if id in of_kind(handbook, kind):
        return id
    thing = called_now(handbook, kind, id)
    return thing.reference if thing else id


def _counting(handbook: Handbook) -> Mapping[tuple[str, str], tuple[Completion, ...]]:
    """The lines that count for each role (which may have been merged since) and version."""
    latest: dict[tuple[str, str], dict[str, Completion]] = {}
    for line in handbook.completions:
        jobs = latest.setdefault((called(handbook, "role", line.role), str(line.version)), {})
        job = called(handbook, "job", line.job) if line.job else ""
        if job not in jobs or line.date >= jobs[job].date:
            jobs[job] = line
    for jobs in latest.values():
        if whole := jobs.get(""):  # RB512 tells of those who are counted by their jobs as well
            jobs.clear()
            jobs[""] = whole
    return {key: tuple(_still(handbook, key, jobs.values(), latest)) for key, jobs in latest.items()}


def _still(
    handbook: Handbook,
    key: tuple[str, str],
    lines: Iterable[Completion],
    all_lines: Mapping[tuple[str, str], Mapping[str, Completion]],
) -> Iterator[Completion]:
    """The lines of a role that still count: of a merged one, those its successor's own do not hold yet."""
    role, version = key
    successor = handbook.current(role)
    merged = handbook.roles[role].history if role != successor else ()
    told = all_lines.get((successor, version), {}) if merged else {}
    if not any(line.date >= merged[-1].date for line in told.values()):
        yield from lines


def _together(lines: list[Completion]) -> Reached:
    latest = max(lines, key=lambda line: line.date)
    trained, due = sum(line.trained for line in lines), sum(line.due for line in lines)
    return Reached(trained, due, latest.date, str(latest.version), latest.span)
