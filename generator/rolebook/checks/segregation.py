"""Families 2 and 4, segregation of duties: activities that are kept apart meet in no role and in no job."""

from collections.abc import Iterator, Mapping

from rolebook.checks.check import check
from rolebook.checks.raci import incompatibilities, merged_through
from rolebook.diagnostic import Finding, Related
from rolebook.model.catalogue import path_of
from rolebook.model.coverage import jobs_by_role
from rolebook.model.handbook import Handbook, derived
from rolebook.model.job import JobDescription
from rolebook.model.raci import Involvement
from rolebook.source import Text
from rolebook.value import value

_HERE = "that they are kept apart is written here"


@value()
class _Pair:
    """Two activities that are kept apart, written `process/activity`, and where `one` says so of the `other`."""

    one: str
    other: str
    rule: Text


@derived
def _pairs(handbook: Handbook) -> tuple[_Pair, ...]:
    """The activities that are kept apart, each pair once, whichever of the two says so."""
    found: dict[frozenset[str], _Pair] = {}
    for process, activity in handbook.activities():
        one = f"{process.id}/{activity.id}"
        for other in activity.separate_from:
            if other != one and handbook.activity(other):
                found.setdefault(frozenset((one, other)), _Pair(one, str(other), other))
    return tuple(found.values())


def _responsible(handbook: Handbook, reference: str) -> Mapping[str, Text]:
    """The roles that are responsible for an activity, as its matrix names them, by what they are called now."""
    process, _, activity = reference.partition("/")
    found: dict[str, Text] = {}
    for role in handbook.assigned(process, activity, Involvement.RESPONSIBLE):
        if role in handbook.roles:
            found.setdefault(handbook.current(role), role)
    return found


@check("RB212", "separate-activities-in-one-role")
def separate_activities_in_one_role(handbook: Handbook) -> Iterator[Finding]:
    """One role is responsible for two activities that are kept apart."""
    for process, activity in handbook.activities():
        for other in activity.separate_from:
            if other == f"{process.id}/{activity.id}":
                yield Finding(other.span, f"'{activity.id}' is kept apart from itself", "Name the other activity.")
    for pair in _pairs(handbook):
        others = _responsible(handbook, pair.other)
        for holder, role in _responsible(handbook, pair.one).items():
            if holder in others:
                yield _in_one_role(handbook, pair, role, others[holder])


def _in_one_role(handbook: Handbook, pair: _Pair, role: Text, other: Text) -> Finding:
    holder = handbook.current(role)
    message = f"'{holder}' is responsible for both '{pair.one}' and '{pair.other}', which are kept apart"
    related = (
        Related(other.span, f"'{other}' is responsible for '{pair.other}' here"),
        *merged_through(handbook, *dict.fromkeys((role, other))),
        Related(pair.rule.span, _HERE),
    )
    one, two = (path_of("matrix", reference.partition("/")[0]) for reference in (pair.one, pair.other))
    where = one if one == two else f"{one} or {two}"
    return Finding(role.span, message, f"Make another role responsible for one of them, in {where}.", related)


@check("RB413", "separate-activities-in-one-job")
def separate_activities_in_one_job(handbook: Handbook) -> Iterator[Finding]:
    """The roles of one job are responsible for two activities that are kept apart."""
    meetings: dict[tuple[str, frozenset[str]], list[_Pair]] = {}
    for pair in _pairs(handbook):
        for one in _rightly_responsible(handbook, pair.one):
            for other in _rightly_responsible(handbook, pair.other):
                for job in _carrying_both(handbook, one, other):
                    if not _meets_its_opposite(handbook, job, (one, other)):
                        meetings.setdefault((str(job.id), frozenset((one, other))), []).append(pair)
    for (id, roles), pairs in meetings.items():
        yield _in_one_job(handbook, handbook.jobs[id], roles, pairs)


def _rightly_responsible(handbook: Handbook, reference: str) -> list[str]:
    """The roles responsible for an activity, without those that RB212 reports there."""
    return [role for role in _responsible(handbook, reference) if (role, reference) not in _in_both(handbook)]


@derived
def _in_both(handbook: Handbook) -> frozenset[tuple[str, str]]:
    """The roles that are responsible for two activities that are kept apart, each with each of the two."""
    return frozenset(
        (role, activity)
        for pair in _pairs(handbook)
        for role in _responsible(handbook, pair.one).keys() & _responsible(handbook, pair.other).keys()
        for activity in (pair.one, pair.other)
    )


def _meets_its_opposite(handbook: Handbook, job: JobDescription, roles: tuple[str, str]) -> bool:
    """Whether one of these roles meets another one of the job with which it must not be held together (RB405)."""
    carried = {handbook.current(role) for role in job.carries}
    return any((role, other) in incompatibilities(handbook) for role in roles for other in carried)


def _carrying_both(handbook: Handbook, one: str, other: str) -> Iterator[JobDescription]:
    second = {job.id for job in jobs_by_role(handbook).get(other, ())}
    for job in jobs_by_role(handbook).get(one, ()):
        if job.id in second:
            yield job


def _in_one_job(handbook: Handbook, job: JobDescription, roles: frozenset[str], pairs: list[_Pair]) -> Finding:
    carried: dict[str, Text] = {}
    for role in job.carries:
        if handbook.current(role) in roles:
            carried.setdefault(handbook.current(role), role)
    earlier, later = sorted(carried.values(), key=lambda role: role.span)
    first, *more = pairs
    message = f"'{earlier}' and '{later}' must not meet in one job: '{first.one}' and '{first.other}' are kept apart"
    if more:
        message += f", and {len(more)} more pair{'s' if len(more) > 1 else ''} of activities"
    related = [Related(earlier.span, f"this job carries '{earlier}' here"), *merged_through(handbook, earlier, later)]
    for pair in pairs:
        related += _responsible_here(handbook, pair.one, carried)
        related += _responsible_here(handbook, pair.other, carried)
        related.append(Related(pair.rule.span, _HERE))
    help = "Let another job carry one of the two roles, or make another role responsible for one of the activities."
    return Finding(later.span, message, help, tuple(dict.fromkeys(related)))


def _responsible_here(handbook: Handbook, activity: str, carried: Mapping[str, Text]) -> Iterator[Related]:
    """Where a matrix makes one of the roles that a job carries responsible for an activity."""
    for holder, text in _responsible(handbook, activity).items():
        if holder in carried:
            yield Related(text.span, f"'{text}' is responsible for '{activity}' here")
            if text != carried[holder]:
                yield from merged_through(handbook, text)
