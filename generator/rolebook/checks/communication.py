"""Families 6 and 7, communication: what is planned can be done, what is due was sent, and whom it concerns knows."""

from collections.abc import Iterator
from datetime import date

from rolebook.checks.check import A_DAY_ELSEWHERE, check, dated_check
from rolebook.checks.wording import MOST_NAMED, all_of, any_of, place, quoted
from rolebook.diagnostic import Finding, Severity
from rolebook.model.communication import PATH, PLANNED, SENT, Communication
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.raci import Role
from rolebook.model.release import number
from rolebook.model.telling import addressed, communications, told_of


@check("RB610", "untold-role", Severity.WARNING)
def untold_role(handbook: Handbook) -> Iterator[Finding]:
    """An improvement was achieved, and nobody has told a role that it touches."""
    if handbook.communication is None or not handbook.whole_file(PATH):
        return
    unclear = {str(one.about) for one in communications(handbook) if not _is_clear(handbook, one)}
    for improvement in handbook.improvements.values():
        if improvement.status != Status.ACHIEVED.value or not handbook.whole_file(improvement.id.span.path):
            continue
        if improvement.id not in unclear and (finding := _untold(handbook, improvement)):
            yield finding


def _untold(handbook: Handbook, improvement: Improvement) -> Finding | None:
    told = told_of(handbook, improvement)
    untold = [role for role in told.untold if role in handbook.roles and _is_known(handbook, handbook.roles[role])]
    if not untold:
        return None
    named = [f"'{role}'" for role in untold[:MOST_NAMED]]
    more = len(untold) - len(named)
    who = all_of((*named, f"{more} more") if more else named)
    has = "has" if len(untold) == 1 else "have"
    message = f"'{improvement.id}' is achieved, but {who} {has} not been told of it"
    waiting = ", ".join(f"'{one.id}'" for one in told.planned)
    help = f"Write a communication to them into {PATH}, with 'about: {improvement.id}' and the day it was sent."
    if waiting:
        help = f"Send what is planned ({waiting}), and write 'state: sent' and the day there."
    return Finding(improvement.status.span, message, help)


def _is_known(handbook: Handbook, role: Role) -> bool:
    """Whether a role is in use, and all could be read by which a function reaches it."""
    units = handbook.units.span.path
    return role.active and handbook.whole_file(role.id.span.path) and handbook.whole_file(units)


def _is_clear(handbook: Handbook, communication: Communication) -> bool:
    """Whether everybody to whom it is addressed is known; RB101 tells of others."""
    return all(
        to in handbook.roles or to in handbook.functions or handbook.name_of(to) != to for to in communication.to
    )


@dated_check("RB713", "unclear-communication")
def unclear_communication(handbook: Handbook, today: date) -> Iterator[Finding]:
    """A communication does not say to whom or when, or says of its sending what cannot be."""
    for communication in communications(handbook):
        if handbook.whole(communication.span):
            yield from _when(communication)
            yield from _sending(communication, today)
            yield from _release(handbook, communication)
            yield from _addressed(handbook, communication)


def _addressed(handbook: Handbook, communication: Communication) -> Iterator[Finding]:
    """The finding for what is told to functions alone in which nobody holds a role."""
    in_functions = not handbook.lost and communication.to and all(to in handbook.functions for to in communication.to)
    if in_functions and not addressed(handbook, communication):
        message = f"'{communication.id}' reaches nobody: no role belongs to {any_of(map(quoted, communication.to))}"
        yield Finding(communication.to[0].span, message, "Name a role, or a function that holds one.")


def _when(communication: Communication) -> Iterator[Finding]:
    if communication.date is None and communication.every is None:
        message = f"'{communication.id}' does not say when"
        help = "Write 'date:' with a day, or 'every:' with a rhythm such as month."
        yield Finding(place(communication.id), message, help)
    elif communication.date is not None and communication.every is not None:
        message = f"'{communication.id}' has a day and a rhythm"
        help = "Take 'date' or 'every' out; what is told once and then again and again is two communications."
        yield Finding(communication.every.span, message, help)


def _sending(communication: Communication, today: date) -> Iterator[Finding]:
    id, state, sent = communication.id, communication.state, communication.sent
    if state == SENT and communication.every is not None:
        message = f"'{id}' is told in a rhythm, and cannot be sent once and for all"
        yield Finding(state.span, message, "Write 'planned' while it runs, and 'cancelled' once it does not.")
    elif state == SENT and sent is None:
        message = f"'{id}' is sent, but does not say when it was"
        yield Finding(state.span, message, "Write 'sent:' with the day, or 'state: planned' if it has still to go out.")
    elif state != SENT and sent is not None:
        message = f"'{id}' has a day on which it was sent, but is {state}"
        yield Finding(sent.span, message, "Write 'state: sent', or take the day out.")
    elif sent is not None and sent > today + A_DAY_ELSEWHERE:
        message = f"'{id}' was sent on {sent.isoformat()}, which has not come yet"
        yield Finding(sent.span, message, "Write the day on which it went out, or 'state: planned' without one.")


def _release(handbook: Handbook, communication: Communication) -> Iterator[Finding]:
    version, releases = communication.release, [*handbook.releases]
    if version is None or version in releases or not releases:
        return
    if not number(releases[0]) < number(version) < number(releases[-1]):
        return  # one to come, or from before releases were kept here
    message = f"'{communication.id}' is about version {version}, which was never released"
    yield Finding(version.span, message, f"Write one of: {', '.join(releases)}; or the one to come.")


@dated_check("RB714", "communication-overdue", Severity.WARNING)
def communication_overdue(handbook: Handbook, today: date) -> Iterator[Finding]:
    """The day on which something was to be told has passed, and it was neither sent nor cancelled."""
    for communication in communications(handbook):
        day = communication.date
        if communication.state == PLANNED and communication.sent is None and day is not None and day < today:
            message = f"'{communication.id}' was to be told on {day.isoformat()}"
            help = "Write 'state: sent' and the day, plan another day, or write 'state: cancelled'."
            yield Finding(day.span, message, help)
