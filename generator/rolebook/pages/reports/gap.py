"""The gap report for a meeting: what comes first, and what is missing for it."""

from collections.abc import Iterator

from rolebook.model.gaps import FOUNDATION, REACHED, UNKNOWN, Gap, gaps
from rolebook.pages.reports.report import NOTHING, Cell, Report, Table, Wording, plain


def gap_report(wording: Wording) -> Report:
    """What lies between every target and what was found last, in the order in which it should be closed."""
    say = wording.look.say
    found = gaps(wording.handbook)
    still = sum(gap.is_open for gap in found)
    quick = sum(gap.is_quick_win for gap in found)
    says = [
        wording.counted("%(num)s target is set.", "%(num)s targets are set.", len(found)),
        wording.counted("%(num)s of them is not reached yet.", "%(num)s of them are not reached yet.", still),
        wording.counted("%(num)s can be closed with little.", "%(num)s can be closed with little.", quick),
    ]
    return wording.report("gap", say("Gap report"), says if found else [], _tables(wording, found))


def _tables(wording: Wording, found: tuple[Gap, ...]) -> Iterator[Table]:
    say = wording.look.say
    columns = (
        ("subject", say("Process or area")),
        ("level", say("Level")),
        ("target", say("Target")),
        ("due", say("By")),
        ("missing", say("Missing items")),
        ("place", say("Why here")),
        ("quick_win", say("Quick win")),
        ("builds_on", say("Builds on")),
        ("improvements", say("Improvements")),
        ("cost_once", say("Costs once")),
        ("cost_per_year", say("Costs a year")),
    )
    rows = [tuple(_row(wording, gap)) for gap in found]
    nothing = [] if found else [say("There are no targets yet.")]
    yield wording.table("gaps", say("What comes first"), columns, rows, *nothing)
    asked = (
        ("subject", say("Process or area")),
        ("level", say("Level")),
        ("question", say("Question")),
        ("answer", say("Answer")),
        ("asks", say("What is asked")),
    )
    yield wording.table("missing", say("What is missing"), asked, list(_missing(wording, found)))


def _row(wording: Wording, gap: Gap) -> Iterator[Cell]:
    yield subject(wording, gap.subject)
    yield wording.number(gap.level)
    yield wording.number(int(gap.target.level))
    yield wording.on(gap.target.due)
    yield wording.number(gap.missing) if gap.level is not None else NOTHING
    yield Cell(why_here(wording, gap), gap.place)
    yield wording.yes(gap.is_quick_win)
    yield wording.names((one.subject, subject(wording, one.subject).text) for one in gap.builds_on)
    yield wording.names((str(one.id), str(one.name)) for one in gap.improvements)
    cost = gap.target.cost
    yield wording.money(cost.once if cost else None)
    yield wording.money(cost.per_year if cost else None)


def why_here(wording: Wording, gap: Gap) -> str:
    """Why a gap stands where it does in the order."""
    say = wording.look.say
    if gap.place == FOUNDATION:
        told = say("foundation: {num} of {all} other processes take from it")
        return told.format(num=len(gap.takers), all=gap.others)
    if gap.place == UNKNOWN:
        return say("to be assessed first")
    if gap.place == REACHED:
        return say("target reached")
    worth = {"high": say("high value"), "medium": say("medium value"), "low": say("low value")}
    return worth.get(str(gap.target.value), str(gap.target.value))


def subject(wording: Wording, id: str) -> Cell:
    """A process by its name, or one of the six areas."""
    process = wording.handbook.processes.get(id)
    return Cell(str(process.name) if process else wording.writing.heading(id), id)


def _missing(wording: Wording, found: tuple[Gap, ...]) -> Iterator[tuple[Cell, ...]]:
    for gap in found:
        for level in gap.lacking:
            for one in level.asked:
                yield (
                    subject(wording, gap.subject),
                    wording.number(level.level),
                    plain(one.question.id),
                    wording.word(one.word or "open"),
                    plain(one.question.asks),
                )
