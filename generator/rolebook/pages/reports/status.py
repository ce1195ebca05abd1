"""The status for a steering meeting: where we stand, what was reached, what is late, and what has to be decided."""

from collections.abc import Iterator
from datetime import date, timedelta

from rolebook.model.figures import figures
from rolebook.model.gaps import gap_by_subject
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.levels import Maturity, maturity_of
from rolebook.model.maturity import AREAS
from rolebook.model.momentum import WAITING
from rolebook.model.programme import OPEN, SECURED, Milestone
from rolebook.model.standing import standing
from rolebook.pages.reports.business import business
from rolebook.pages.reports.gap import subject
from rolebook.pages.reports.report import NOTHING, Cell, Report, Table, Wording, plain
from rolebook.pages.reports.scorecard import counts, needing_help, summary

BEHIND_US, AHEAD = timedelta(days=90), timedelta(days=90)
"""What was reached in so many days is told, and what is to be reached in so many."""
_GRADES = ("low", "medium", "high")


def status_report(wording: Wording) -> Report:
    """How the programme stands on a day."""
    say = wording.look.say
    says = [one for one in _says(wording) if one]
    return wording.report("status", say("Status of the programme"), says, _tables(wording))


def _says(wording: Wording) -> Iterator[str]:
    handbook, day = wording.handbook, wording.day
    late = [one for one in _milestones(handbook) if one.done is None and one.due < day]
    if handbook.programme:
        several = wording.counted("%(num)s milestone is overdue.", "%(num)s milestones are overdue.", len(late))
        yield several if late else wording.look.say("No milestone is overdue.")
    every = figures(handbook)
    if any(figure.measured for figure in every.values()):
        yield summary(wording, every.values())
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
    measured = tuple(figure for figure in figures(handbook).values() if figure.measured)
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
        for one in _by_day(wording.handbook)
        if one.status == Status.PROPOSED.value
    ]
    return wording.table("to_be_decided", say("What has to be decided"), columns, rows)


def _reached(wording: Wording) -> Table:
    say, day = wording.look.say, wording.day
    done = [one for one in _milestones(wording.handbook) if one.done and day - BEHIND_US <= one.done <= day]
    columns = (
        ("milestone", say("Milestone")),
        ("done", say("Reached on")),
        ("due", say("By")),
        ("shows", say("What shows it")),
    )
    rows = [
        (Cell(str(one.name), str(one.id)), wording.on(one.done), wording.on(one.due), plain(one.shows))
        for one in sorted(done, key=lambda one: (one.done or day, str(one.id)))
    ]
    return wording.table("reached", say("What was reached in the last three months"), columns, rows)


def _late(wording: Wording) -> Table:
    """Milestones, and improvements that are under way, whose days have passed."""
    say, day, handbook = wording.look.say, wording.day, wording.handbook
    columns = (("what", say("What is late")), ("owner", say("Owner")), ("due", say("By")), ("days", say("Days late")))
    late: list[tuple[date, Cell, str]] = [
        (one.due, Cell(str(one.name), f"milestone:{one.id}"), str(one.owner))
        for one in _milestones(handbook)
        if one.done is None and one.due < day
    ]
    late += [
        (one.due, Cell(str(one.name), f"improvement:{one.id}"), str(one.owner or ""))
        for one in _by_day(handbook)
        if one.status in (Status.APPROVED.value, Status.IN_PROGRESS.value) and one.due and one.due < day
    ]
    rows = [
        (what, wording.role(owner) if owner else NOTHING, wording.on(due), wording.number((day - due).days))
        for due, what, owner in sorted(late, key=lambda one: (one[0], one[1].text))
    ]
    return wording.table("late", say("What is late"), columns, rows)


def _to_come(wording: Wording) -> Table:
    say, day = wording.look.say, wording.day
    columns = (
        ("milestone", say("Milestone")),
        ("owner", say("Owner")),
        ("due", say("By")),
        ("area", say("Area of work")),
    )
    ahead = [one for one in _milestones(wording.handbook) if one.done is None and day <= one.due <= day + AHEAD]
    rows = [
        (
            Cell(str(one.name), str(one.id)),
            wording.role(str(one.owner)),
            wording.on(one.due),
            wording.word(str(one.area)),
        )
        for one in sorted(ahead, key=lambda one: (one.due, str(one.id)))
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
    stands = [maturity_of(handbook, one) for one in (*AREAS, *map(str, handbook.processes))]
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
    order = (Status.IN_PROGRESS.value, Status.APPROVED.value, Status.ACHIEVED.value)
    rows = [
        (
            Cell(str(one.name), str(one.id)),
            wording.word(standing(handbook, one).state),
            wording.role(str(one.owner)) if one.owner else NOTHING,
            wording.on(one.due),
            wording.on(one.achieved),
        )
        for status in order
        for one in _by_day(handbook)
        if one.status == status
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
    known = [one for one in (plan.risks if plan else ()) if one.state == OPEN]
    known.sort(key=lambda one: -(1 + _GRADES.index(one.likelihood)) * (1 + _GRADES.index(one.effect)))
    rows = [
        (
            plain(one.what),
            wording.word(str(one.kind)),
            wording.word(str(one.likelihood)),
            wording.word(str(one.effect)),
            plain(one.answer),
            wording.role(str(one.owner)),
        )
        for one in known
    ]
    return wording.table("risks", say("Risks and resistance, the gravest first"), columns, rows)


def _suggestions(wording: Wording) -> Table:
    say, momentum = wording.look.say, wording.handbook.momentum
    columns = (("suggestion", say("Suggestion")), ("suggested_by", say("Suggested by")), ("date", say("Made on")))
    rows = [
        (plain(one.says), wording.role(str(one.suggested_by)), wording.on(one.date))
        for one in (momentum.suggestions if momentum else ())
        if one.state == WAITING
    ]
    return wording.table("suggestions", say("Suggestions that wait for an answer"), columns, rows)


def _by_day(handbook: Handbook) -> tuple[Improvement, ...]:
    """The improvements, by the day on which they are due, and by name."""
    return tuple(sorted(handbook.improvements.values(), key=lambda one: (one.due or date.max, one.name.casefold())))


def _milestones(handbook: Handbook) -> tuple[Milestone, ...]:
    return handbook.programme.milestones if handbook.programme else ()
