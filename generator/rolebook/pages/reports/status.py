"""The status for a steering meeting: where we stand, what was reached, what is late, and what has to be decided."""

from collections.abc import Iterator
from datetime import date, timedelta

from rolebook.model.backlinks import processes_in_order
from rolebook.model.figures import figures_in_order
from rolebook.model.gaps import gap_by_subject
from rolebook.model.improvement import Improvement, Status
from rolebook.model.levels import Maturity, maturity_of
from rolebook.model.maturity import AREAS
from rolebook.model.momentum import WAITING
from rolebook.model.planning import OVERDUE, REACHED, TO_COME, gravest_first, milestones_that_are, suggestions, urgency
from rolebook.model.programme import OPEN, RESISTANCE, RISK, SECURED, Milestone
from rolebook.model.standing import standing
from rolebook.pages.reports.business import business
from rolebook.pages.reports.gap import subject
from rolebook.pages.reports.report import NOTHING, Cell, Report, Table, Wording, plain
from rolebook.pages.reports.scorecard import counts, needing_help
from rolebook.pages.scorecard import summary

BEHIND_US, AHEAD = timedelta(days=90), timedelta(days=90)
"""What was reached in so many days is told, and what is to be reached in so many."""


def status_report(wording: Wording) -> Report:
    """How the programme stands on a day."""
    say = wording.look.say
    says = [one for one in _says(wording) if one]
    return wording.report("status", say("Status of the programme"), says, _tables(wording))


def _says(wording: Wording) -> Iterator[str]:
    handbook = wording.handbook
    late = _milestones(wording, OVERDUE)
    if handbook.programme:
        several = wording.counted("%(num)s milestone is overdue.", "%(num)s milestones are overdue.", len(late))
        yield several if late else wording.look.say("No milestone is overdue.")
    every = figures_in_order(handbook)
    if any(figure.measured for figure in every):
        yield summary(wording.look, every)
    achieved = sum(one.status == Status.ACHIEVED.value for one in handbook.improvements.values())
    yield wording.counted(
        "%(num)s improvement has been achieved.", "%(num)s improvements have been achieved.", achieved
    )


def _tables(wording: Wording) -> Iterator[Table]:
    handbook = wording.handbook
    yield _decisions(wording)
    yield _reached(wording)
    yield _late(wording)
    yield _to_come(wording)
    yield _maturity(wording)
    measured = tuple(figure for figure in figures_in_order(handbook) if figure.measured)
    yield counts(wording, measured)
    yield needing_help(wording, measured)
    yield _improvements(wording)
    yield business(wording)
    yield _factors(wording)
    yield _risks(wording)
    yield _suggestions(wording)


def _decisions(wording: Wording) -> Table:
    """What waits for somebody's consent."""
    say = wording.look.say
    columns = (
        ("improvement", say("Improvement")),
        ("owner", say("Owner")),
        ("cost_once", say("Costs once")),
        ("cost_per_year", say("Costs a year")),
        ("saves_per_year", say("Saves a year")),
        ("due", say("By")),
    )
    rows = [
        (
            Cell(str(one.name), str(one.id)),
            wording.role(str(one.owner)) if one.owner else NOTHING,
            wording.money(one.cost.once if one.cost else None),
            wording.money(one.cost.per_year if one.cost else None),
            wording.money(one.saves.per_year if one.saves else None),
            wording.on(one.due),
        )
        for one in _with(wording, Status.PROPOSED)
    ]
    return wording.table("to_be_decided", say("What has to be decided"), columns, rows)


def _reached(wording: Wording) -> Table:
    say, day = wording.look.say, wording.day
    columns = (
        ("milestone", say("Milestone")),
        ("done", say("Reached on")),
        ("due", say("By")),
        ("shows", say("What shows it")),
    )
    rows = [
        (Cell(str(one.name), str(one.id)), wording.on(one.done), wording.on(one.due), plain(one.shows))
        for one in _milestones(wording, REACHED)
        if one.done and day - BEHIND_US <= one.done <= day
    ]
    return wording.table("reached", say("What was reached in the last three months"), columns, rows)


def _late(wording: Wording) -> Table:
    """Milestones, and improvements that are under way, whose days have passed."""
    say, day = wording.look.say, wording.day
    columns = (("what", say("What is late")), ("owner", say("Owner")), ("due", say("By")), ("days", say("Days late")))
    late: list[tuple[date, Cell, str]] = [
        (one.due, Cell(str(one.name), f"milestone:{one.id}"), str(one.owner)) for one in _milestones(wording, OVERDUE)
    ]
    late += [
        (one.due, Cell(str(one.name), f"improvement:{one.id}"), str(one.owner or ""))
        for one in _with(wording, Status.APPROVED, Status.IN_PROGRESS)
        if one.due and one.due < day
    ]
    rows = [
        (what, wording.role(owner) if owner else NOTHING, wording.on(due), wording.number((day - due).days))
        for due, what, owner in sorted(late, key=lambda one: one[0])
    ]
    return wording.table("late", say("What is late"), columns, rows)


def _to_come(wording: Wording) -> Table:
    say = wording.look.say
    columns = (
        ("milestone", say("Milestone")),
        ("owner", say("Owner")),
        ("due", say("By")),
        ("area", say("Area of work")),
    )
    rows = [
        (
            Cell(str(one.name), str(one.id)),
            wording.role(str(one.owner)),
            wording.on(one.due),
            wording.word(str(one.area)),
        )
        for one in _milestones(wording, TO_COME)
        if one.due <= wording.day + AHEAD
    ]
    return wording.table("to_come", say("What comes in the next three months"), columns, rows)


def _maturity(wording: Wording) -> Table:
    say, handbook = wording.look.say, wording.handbook
    aims = gap_by_subject(handbook)
    columns = (
        ("subject", say("Process or area")),
        ("level", say("Level")),
        ("before", say("Before")),
        ("assessed", say("Assessed")),
        ("target", say("Target")),
        ("due", say("By")),
    )
    stands = [
        maturity_of(handbook, one) for one in (*AREAS, *(str(process.id) for process in processes_in_order(handbook)))
    ]
    rows = [
        (
            *_level(wording, one),
            wording.number(int(aims[one.subject].target.level)) if one.subject in aims else NOTHING,
            wording.on(aims[one.subject].target.due) if one.subject in aims else NOTHING,
        )
        for one in stands
        if one.now
    ]
    return wording.table("maturity", say("How mature we are"), columns, rows)


def _level(wording: Wording, one: Maturity) -> tuple[Cell, ...]:
    return (
        subject(wording, one.subject),
        wording.number(one.now.level if one.now else None),
        wording.number(one.before.level if one.before else None),
        wording.on(one.now.assessment.date if one.now else None),
    )


def _improvements(wording: Wording) -> Table:
    """The improvements that are decided, by how far they have come."""
    say, handbook = wording.look.say, wording.handbook
    columns = (
        ("improvement", say("Improvement")),
        ("state", say("State")),
        ("owner", say("Owner")),
        ("due", say("By")),
        ("achieved", say("Achieved on")),
    )
    rows = [
        (
            Cell(str(one.name), str(one.id)),
            wording.word(standing(handbook, one).state),
            wording.role(str(one.owner)) if one.owner else NOTHING,
            wording.on(one.due),
            wording.on(one.achieved),
        )
        for status in (Status.IN_PROGRESS, Status.APPROVED, Status.ACHIEVED)
        for one in _with(wording, status)
    ]
    return wording.table("improvements", say("How far the improvements have come"), columns, rows)


def _factors(wording: Wording) -> Table:
    say = wording.look.say
    plan = wording.handbook.programme
    columns = (
        ("factor", say("Success factor")),
        ("state", say("State")),
        ("owner", say("Owner")),
        ("next", say("What is done about it")),
    )
    rows = [
        (
            Cell(str(one.name), str(one.id)),
            wording.word(str(one.state)),
            wording.role(str(one.owner)),
            plain(one.next or ""),
        )
        for one in (plan.success_factors if plan else ())
        if one.state != SECURED
    ]
    return wording.table("success_factors", say("Success factors that are not secured"), columns, rows)


def _risks(wording: Wording) -> Table:
    say = wording.look.say
    plan = wording.handbook.programme
    columns = (
        ("what", say("What may happen")),
        ("kind", say("Kind")),
        ("likelihood", say("Likelihood")),
        ("effect", say("Effect")),
        ("answer", say("Answer")),
        ("owner", say("Owner")),
    )
    rows = [
        (
            plain(one.what),
            wording.word(str(one.kind)),
            wording.word(str(one.likelihood)),
            wording.word(str(one.effect)),
            plain(one.answer),
            wording.role(str(one.owner)),
        )
        for one in (gravest_first(plan, RISK, RESISTANCE) if plan else ())
        if one.state == OPEN
    ]
    return wording.table("risks", say("Risks and resistance, the gravest first"), columns, rows)


def _suggestions(wording: Wording) -> Table:
    say = wording.look.say
    columns = (("suggestion", say("Suggestion")), ("suggested_by", say("Suggested by")), ("date", say("Made on")))
    rows = [
        (plain(one.says), wording.role(str(one.suggested_by)), wording.on(one.date))
        for one in suggestions(wording.handbook)
        if one.state == WAITING
    ]
    return wording.table("suggestions", say("Suggestions that wait for an answer"), columns, rows)


def _with(wording: Wording, *statuses: Status) -> list[Improvement]:
    """The improvements that have one of these statuses, in the order of the board."""
    own = (one for one in wording.handbook.improvements.values() if Status(one.status) in statuses)
    return sorted(own, key=urgency)


def _milestones(wording: Wording, how: str) -> tuple[Milestone, ...]:
    """The milestones that stand so on the day of the report, the earliest first."""
    plan = wording.handbook.programme
    return milestones_that_are(how, plan, wording.day) if plan else ()
