"""Family 7, SMART: a KPI says what is counted, in what, who can move it and how, what for, and until when."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.empty_talk import is_filler, is_placeholder
from rolebook.checks.likeness import plain, plain_words
from rolebook.checks.parts import is_in_use
from rolebook.checks.slips import among, perhaps
from rolebook.checks.wording import all_of, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import path_of
from rolebook.model.figures import Figure, figures, shared_kpis
from rolebook.model.handbook import Handbook
from rolebook.model.process import Kpi, Process
from rolebook.model.raci import OUTSIDE, Involvement
from rolebook.model.values import Number
from rolebook.source import Span, Text
from rolebook.value import value

_LEAST_COUNTS = 4
"""With fewer words nobody can say what is counted, and of what."""
_LEAST_LEVER = 3
"""With fewer words nobody can say what is done to what."""
_DOES = frozenset({Involvement.RESPONSIBLE, Involvement.ACCOUNTABLE})


@value()
class _Flaw:
    """What keeps a KPI from being SMART: the letter, why, where, and what to do."""

    letter: str
    why: str
    span: Span
    help: str


@check("RB715", "kpi-not-smart", Severity.WARNING)
def kpi_not_smart(handbook: Handbook) -> Iterator[Finding]:
    """A KPI is not SMART: specific, measurable, within somebody's reach, relevant, and bound to a day."""
    for figure in figures(handbook).values():
        if not handbook.whole(figure.kpi.span):
            continue
        flaws = [*_specific(figure.kpi), *_measurable(figure.kpi), *_attainable(figure)]
        flaws += [*_relevant(handbook, figure), *_timely(figure.kpi)]
        if flaws:
            yield _finding(figure.kpi, flaws)


def _finding(kpi: Kpi, flaws: list[_Flaw]) -> Finding:
    message = f"'{kpi.id}' is not SMART: " + "; ".join(f"{flaw.letter}: {flaw.why}" for flaw in flaws)
    related = tuple(Related(flaw.span, f"{flaw.letter}: it stands here") for flaw in flaws[1:])
    return Finding(flaws[0].span, message, " ".join(dict.fromkeys(flaw.help for flaw in flaws)), related)


def _specific(kpi: Kpi) -> Iterator[_Flaw]:
    why = _empty(kpi.counts, kpi.name, _LEAST_COUNTS)
    if why:
        help = "Say under 'counts' what is counted, and of what, so that two people come to the same figure."
        yield _Flaw("S", f"what is counted {why}", kpi.counts.span, help)


def _measurable(kpi: Kpi) -> Iterator[_Flaw]:
    if is_placeholder(kpi.unit):
        help = "Write the unit of its values, such as hours, percent or tickets."
        yield _Flaw("M", f"{quoted(kpi.unit)} is no unit", kpi.unit.span, help)


def _attainable(figure: Figure) -> Iterator[_Flaw]:
    kpi = figure.kpi
    why = "is empty talk" if is_filler(kpi.lever) else _empty(kpi.lever, kpi.name, _LEAST_LEVER)
    if why:
        help = "Say under 'lever' what the owner can do to move it: at what, with whom, and how often."
        yield _Flaw("A", f"the lever {why}", kpi.lever.span, help)
    if kpi.baseline is None and figure.measured:
        first = figure.measured[0]
        help = f"Write 'baseline' with the value and day from which it sets out; in {first.month} it was {first.value}."
        yield _Flaw("A", "it has measurements, and no baseline to set out from", kpi.id.span, help)


def _relevant(handbook: Handbook, figure: Figure) -> Iterator[_Flaw]:
    kpi, process = figure.kpi, figure.process
    if kpi.objective in process.objectives or not handbook.whole_file(process.id.span.path):
        return
    if not among(handbook, (kpi.objective, *process.objectives)):
        why = f"{quoted(kpi.objective)} is no objective of '{process.id}'"
        help = f"Name one of the process's own ({', '.join(process.objectives)}), or add it to 'objectives' there."
        yield _Flaw("R", why, kpi.objective.span, help)


def _timely(kpi: Kpi) -> Iterator[_Flaw]:
    baseline, target = kpi.baseline, kpi.target
    if baseline is None:
        return
    if target.due <= baseline.date:
        why = f"the target is due on {target.due.isoformat()}, and the baseline is of {baseline.date.isoformat()}"
        yield _Flaw("T", why, target.due.span, "Let the target be due after the day of the baseline.")
    elif (reached := _reached(kpi, baseline.value)) is not None:
        why = f"the baseline of {baseline.value} meets the target already"
        yield _Flaw("T", why, reached.span, "Aim at what is still to be reached, or say what it was before.")


def _reached(kpi: Kpi, number: Number) -> Number | None:
    """The value of a clear target (RB701) that a number meets; to stay within bounds is an aim that does not end."""
    target = kpi.target
    if target.value is None or target.low is not None or target.high is not None:
        return None
    met = {"lower": number <= target.value, "higher": number >= target.value}
    return target.value if met.get(kpi.better, False) else None


def _empty(text: Text, name: Text, least: int) -> str:
    """Why a text says nothing, in words that follow it; "" where it does."""
    if is_placeholder(text):
        return f"is left open ({quoted(text)})"
    if plain(text) == plain(name):
        return "only repeats the name"
    return "takes more than that to say" if len(plain_words(text)) < least else ""


@check("RB716", "kpi-owner-without-part", Severity.WARNING)
def kpi_owner_without_part(handbook: Handbook) -> Iterator[Finding]:
    """The owner of a KPI neither does nor answers for anything in its process, and cannot move it."""
    for process in handbook.processes.values():
        able = _taking_part(handbook, process)
        if all(handbook.current(kpi.owner) in able for kpi in process.kpis):
            continue
        for kpi in process.kpis if _is_clear(handbook, process) else ():
            owner = handbook.current(kpi.owner)
            known = is_in_use(handbook, owner) and handbook.whole(kpi.span)
            can_move = not able.isdisjoint(_moving(handbook, process, kpi))
            if not known or can_move or _perhaps_there(handbook, process, owner):
                continue
            message = (
                f"'{kpi.owner}' answers for '{kpi.id}', but neither does nor answers for anything in '{process.id}'"
            )
            named = all_of(map(quoted, sorted(able)[:3]))
            help = f"Name a role that can move it, such as {named}; or give this one its part in"
            help += f" {path_of('matrix', process.id)}."
            yield Finding(kpi.owner.span, message, help, (Related(process.owner.span, "the owner of the process"),))


def _moving(handbook: Handbook, process: Process, kpi: Kpi) -> frozenset[str]:
    """The owner of a KPI, and those with whom it is shared for a reason."""
    shared = shared_kpis(handbook).get(f"{process.id}/{kpi.id}")
    return frozenset(map(handbook.current, (kpi.owner, *(shared.with_ if shared else ()))))


def _taking_part(handbook: Handbook, process: Process) -> frozenset[str]:
    """The roles that are responsible or accountable for an activity of a process, and its owner."""
    rows = (handbook.row(process.id, activity.id) for activity in process.activities)
    doing = (role for row in rows if row for role in (*row.responsible, *row.accountable))
    own = (role for role in doing if not role.startswith(OUTSIDE))
    return frozenset(map(handbook.current, (process.owner, *own)))


def _is_clear(handbook: Handbook, process: Process) -> bool:
    """Whether it can be told who does and answers for each activity; what keeps it from that is reported by itself."""
    rows = [handbook.row(process.id, activity.id) for activity in process.activities]
    filled = all(row is not None and row.responsible and row.accountable for row in rows)
    paths = (path_of("process", process.id), path_of("matrix", process.id))
    return filled and is_in_use(handbook, handbook.current(process.owner)) and all(map(handbook.whole_file, paths))


def _perhaps_there(handbook: Handbook, process: Process, role: str) -> bool:
    """Whether a slip in the matrix was perhaps meant for a role."""
    rows = (handbook.row(process.id, activity.id) for activity in process.activities)
    return perhaps(handbook, "role", (one for row in rows if row for _, one in row.assignments()), role)
