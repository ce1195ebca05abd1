"""Whom the communication plan has reached: the roles that were told of an improvement, or of a release."""

from collections.abc import Iterable, Iterator, Mapping

from rolebook.model.communication import CANCELLED, SENT, Communication
from rolebook.model.consolidation import touched
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Status
from rolebook.model.release import Release
from rolebook.value import value


@value()
class Told:
    """Who was told of something by what has been sent, and who was not yet.

    `by` are the communications that reached somebody, `planned` those that will reach some of the `untold`.
    """

    roles: tuple[str, ...]
    by: tuple[Communication, ...]
    untold: tuple[str, ...]
    planned: tuple[Communication, ...]


def communications(handbook: Handbook) -> tuple[Communication, ...]:
    """What is told, as the plan has it; nothing where there is no plan."""
    return handbook.communication.communications if handbook.communication else ()


def reached_by(handbook: Handbook, communication: Communication) -> frozenset[str]:
    """The roles that know what is told: its sender, and those addressed by themselves or through a function."""
    return addressed(handbook, communication) | {handbook.current(communication.sender)}


def addressed(handbook: Handbook, communication: Communication) -> frozenset[str]:
    """The roles to which something is addressed: by themselves, or through a function or one above it."""
    found: set[str] = set()
    for audience in communication.to:
        if audience in handbook.roles:
            found.add(handbook.current(audience))
        else:
            found |= _held_by(handbook).get(audience, frozenset())
    return frozenset(found)


def told_of(handbook: Handbook, improvement: Improvement) -> Told:
    """Who of those that an improvement touches was told of it, or of one that replaces it."""
    roles = dict.fromkeys(touch.role for touch in touched(handbook, improvement))
    ids = (str(improvement.id), *_replacing(handbook, str(improvement.id)))
    by_improvement = communications_by_improvement(handbook)
    return _told(handbook, roles, [one for id in ids for one in by_improvement.get(id, ())])


def told_of_release(handbook: Handbook, release: Release, roles: Iterable[str]) -> Told:
    """Who of `roles`, whom a release concerns, was told of it, or of an improvement that it consolidated."""
    current = dict.fromkeys(handbook.current(role) for role in roles)
    in_use = [role for role in current if role in handbook.roles and handbook.roles[role].active]
    brought = {str(improvement) for improvement in release.improvements}
    about = [one for one in communications(handbook) if one.release == release.id or one.about in brought]
    return _told(handbook, in_use, about)


@derived
def communications_by_improvement(handbook: Handbook) -> Mapping[str, tuple[Communication, ...]]:
    """What is told about improvements, by their ids; the newest first, and then what is told in a rhythm."""
    found: dict[str, list[Communication]] = {}
    for one in communications(handbook):
        if one.about:
            found.setdefault(str(one.about), []).append(one)
    return {id: newest_first(own) for id, own in found.items()}


def newest_first(communications: Iterable[Communication]) -> tuple[Communication, ...]:
    """By day, the last one first; those without a day behind."""
    by_id = sorted(communications, key=lambda one: str(one.id))
    return tuple(sorted(by_id, key=lambda one: one.day.toordinal() if one.day else 0, reverse=True))


def _told(handbook: Handbook, roles: Iterable[str], about: Iterable[Communication]) -> Told:
    wanted = tuple(roles)
    mine = [(one, reached_by(handbook, one)) for one in about if one.state != CANCELLED]
    by = [(one, own.intersection(wanted)) for one, own in mine if one.state == SENT]
    told = frozenset(role for _, own in by for role in own)
    untold = tuple(role for role in wanted if role not in told)
    planned = tuple(one for one, own in mine if one.state != SENT and own.intersection(untold))
    return Told(wanted, newest_first(one for one, own in by if own), untold, planned)


@derived
def _held_by(handbook: Handbook) -> Mapping[str, frozenset[str]]:
    """The roles in use that a function holds, itself or through units below it, by its id."""
    found: dict[str, set[str]] = {}
    for role in handbook.roles.values():
        for function in _upwards(handbook, role.function) if role.active else ():
            found.setdefault(function, set()).add(str(role.id))
    return {function: frozenset(roles) for function, roles in found.items()}


def _upwards(handbook: Handbook, function: str) -> Iterator[str]:
    """A function, and those that it is part of."""
    seen: set[str] = set()
    above: str | None = function
    while above and above not in seen:
        seen.add(above)
        yield above
        unit = handbook.functions.get(above)
        above = unit.part_of if unit else None


def _replacing(handbook: Handbook, id: str) -> tuple[str, ...]:
    """The achieved improvements that replace one, or one that replaces it."""
    found: dict[str, None] = {}
    waiting = [id]
    while waiting:
        for new in _replacements(handbook).get(waiting.pop(), ()):
            if new not in found and new != id:
                found[new] = None
                waiting.append(new)
    return tuple(found)


@derived
def _replacements(handbook: Handbook) -> Mapping[str, tuple[str, ...]]:
    """The achieved improvements that replace an improvement, by its id."""
    found: dict[str, tuple[str, ...]] = {}
    for improvement in handbook.improvements.values():
        for old in improvement.replaces if improvement.status == Status.ACHIEVED.value else ():
            found[str(old)] = (*found.get(str(old), ()), str(improvement.id))
    return found
