"""Families 6 and 7, what was measured: series go on, and what was achieved shows in them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice, pairwise, product

from rolebook.checks.check import check, dated_check
from rolebook.checks.improvements import AGREED
from rolebook.checks.slips import perhaps
from rolebook.checks.wording import all_of, beginning, place, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import may_be_lost, path_of
from rolebook.model.figures import PERIODS, Figure, figures_by_process, month_number, month_of
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Status
from rolebook.model.process import Process
from rolebook.model.proof import WHOLE, Proof, period_end, proofs, proofs_of_kpi

_LONGEST = 50 * 12
"""What is so many months ago was not meant (RB717)."""


@dated_check("RB611", "achieved-without-measurement", Severity.WARNING)
def achieved_without_measurement(handbook: Handbook, today: date) -> Iterator[Finding]:
    """An improvement was achieved, and its KPI was not measured before or after it."""
    if not any(handbook.measurements.values()):
        return
    for proof in proofs(handbook).values():
        improvement, figure = proof.improvement, proof.figure
        is_over = period_end(figure, proof.measured.after) < _month(today)
        is_clear = handbook.whole_file(improvement.id.span.path) and _is_clear(handbook, figure, today)
        in_order = proof.measured.before < proof.measured.after  # RB605 tells of others
        if improvement.status == Status.ACHIEVED.value and not proof.is_shown and is_over and is_clear and in_order:
            yield _unproved(proof)


def _unproved(proof: Proof) -> Finding:
    measured, figure = proof.measured, proof.figure
    if proof.before and figure.in_month(measured.after) is proof.before:
        message = f"one value of {quoted(figure.reference)} covers {measured.before} and {measured.after}"
        help = f"It is measured every {figure.kpi.measured_every}: name months of which each has a value of its own."
        return Finding(measured.after.span, message, help)
    first = measured.before if proof.before is None else measured.after
    message = f"'{proof.improvement.id}' is achieved, but '{figure.reference}' has no value for {all_of(proof.lacking)}"
    lines = " and ".join(f"'{figure.kpi.id},{month},…'" for month in proof.lacking)
    path = path_of("measurements", figure.process.id)
    help = f"Write what was measured into {path}, as {lines}, or compare months that were measured."
    return Finding(first.span, message, help)


@dated_check("RB718", "missing-measurements", Severity.WARNING)
def missing_measurements(handbook: Handbook, today: date) -> Iterator[Finding]:
    """A KPI has not been measured for several periods, or never."""
    if not any(handbook.measurements.values()):
        return
    for id, figures in figures_by_process(handbook).items():
        clear = [figure for figure in figures if _is_clear(handbook, figure, today)]
        if id in handbook.measurements:
            for figure in clear:
                yield from _missing(handbook, figure, today)
        elif any(figure.kpi.measured_from for figure in figures):
            by_month = sorted(clear, key=lambda figure: figure.kpi.measured_from or "")
            late = (finding for figure in by_month for finding in _begun(handbook, figure, today))
            yield from islice(late, 1)
        elif len(clear) == len(figures):
            yield _no_table(figures[0].process)


def _no_table(process: Process) -> Finding:
    """What is told of a process that has no table, and does not say when it begins to measure: once for all KPIs."""
    message = f"no KPI of '{process.id}' is measured: there is no {path_of('measurements', process.id)}"
    help = "Write their values there, month by month; or say in 'measured_from' of a KPI when that begins."
    return Finding(place(process.name, process.id), message, help)


def _begun(handbook: Handbook, figure: Figure, today: date) -> Iterator[Finding]:
    """The finding where too many periods have no value after the month from which a KPI is measured."""
    kpi, now = figure.kpi, _month(today) - 1
    if kpi.measured_from is None:
        return
    first = month_number(figure.measured[0].month) if figure.measured else now + 1
    missed = (first - month_number(kpi.measured_from)) // PERIODS.get(kpi.measured_every, 1)
    if missed > handbook.check_settings.limits.most_missed:
        without = _periods(kpi.measured_every, missed)
        message = f"'{figure.reference}' is measured from {kpi.measured_from} on, and {without} have no value"
        help = f"Write the values into {path_of('measurements', figure.process.id)}, or correct the month."
        yield Finding(kpi.measured_from.span, message, help)


def _missing(handbook: Handbook, figure: Figure, today: date) -> Iterator[Finding]:
    """What is missing of one KPI: all of it, the beginning, the end, or something in between."""
    kpi, length = figure.kpi, PERIODS.get(figure.kpi.measured_every, 1)
    most, now = handbook.check_settings.limits.most_missed, _month(today) - 1
    into = f"into {path_of('measurements', figure.process.id)}"
    months = [month_number(one.month) for one in figure.measured]
    if not months and kpi.measured_from is None:
        help = f"Write its values {into}, or 'measured_from' with the first month to come."
        yield Finding(kpi.id.span, f"'{figure.reference}' has never been measured", help)
        return
    yield from _begun(handbook, figure, today)
    for (month, after), one in zip(pairwise(months), figure.measured[1:], strict=False):
        missed = (after - month) // length - 1
        if missed > most:
            message = f"'{figure.reference}' has no value between {month_of(month)} and {one.month}"
            help = f"Write the {_periods(kpi.measured_every, missed)} that are missing {into}."
            yield Finding(kpi.id.span, message, help, (Related(one.month.span, "it goes on here"),))
    if figure.last and (missed := (now - months[-1]) // length) > most:
        since = _periods(kpi.measured_every, missed)
        message = f"'{figure.reference}' was last measured in {figure.last.month}, and {since} have passed since"
        help = f"Write the values since then {into}, or take the KPI out if nobody needs it."
        yield Finding(kpi.id.span, message, help, (Related(figure.last.month.span, "its last value stands here"),))


def _periods(every: str, number: int) -> str:
    """So many of the periods of which a KPI has one value each."""
    return f"{number} {every if PERIODS.get(every, 1) > 1 else 'month'}{'' if number == 1 else 's'}"


@check("RB719", "more-than-the-whole", Severity.WARNING)
def more_than_the_whole(handbook: Handbook) -> Iterator[Finding]:
    """Improvements claim more of what a KPI moved than there is."""
    clear: dict[str, list[Proof]] = {}
    for proof in proofs(handbook).values():
        improvement, share = proof.improvement, proof.measured.share
        if improvement.status == Status.REJECTED.value or not handbook.whole_file(improvement.id.span.path):
            continue
        if share is not None and not 1 <= share <= WHOLE:
            message = f"'{improvement.id}' claims {share} percent of what '{proof.figure.reference}' moved"
            yield Finding(share.span, message, f"Write a whole number from 1 to {WHOLE}.")
        elif improvement.status in AGREED and proof.measured.before < proof.measured.after:
            clear.setdefault(proof.figure.reference, []).append(proof)
    for reference, own in clear.items():
        if len(own) > 1:
            in_order = [proof for proof in proofs_of_kpi(handbook, reference) if proof in own]
            yield from _together(in_order)


def _together(own: list[Proof]) -> Iterator[Finding]:
    """What improvements claim of one KPI within the same time, where it is more than that KPI moved."""
    told: list[set[str]] = []
    for window in _windows(own):
        within = [one for one in own if window[0] <= one.measured.before and one.measured.after <= window[1]]
        ids = {str(one.improvement.id) for one in within}
        if len(within) < 2 or any(ids.issuperset(group) for group in told):
            continue
        if finding := _too_much(within, window):
            told.append(ids)
            yield finding


def _windows(own: list[Proof]) -> list[tuple[str, str]]:
    """The times from a month before to a month after, the shortest first."""
    befores, afters = ({str(one.measured.before) for one in own}, {str(one.measured.after) for one in own})
    found = [(before, after) for before, after in product(befores, afters) if before < after]
    return sorted(found, key=lambda window: (month_number(window[1]) - month_number(window[0]), window))


def _too_much(within: list[Proof], window: tuple[str, str]) -> Finding | None:
    """The finding where claims are more than the whole: in percent of the same months, else in the KPI's unit."""
    *others, last = within
    figure = last.figure
    named = all_of(f"'{one.improvement.id}'" for one in (last, *others))
    if all((one.measured.before, one.measured.after) == window for one in within):
        shares = sum(one.share for one in within)
        message = f"{named} claim {shares} percent of what '{figure.reference}' moved"
        help = f"Write under 'share' how much is due to each: {WHOLE} percent together at most."
        is_too_much = shares > WHOLE
    else:
        claimed, room = [one.claimed for one in within], _room(within)
        whole = sum((claim for claim in claimed if claim is not None and claim > 0), Decimal(0))
        message = f"{named} claim {whole:f} {figure.kpi.unit} of '{figure.reference}' together, which became better by"
        message += f" {room or 0:f} from {window[0]} to {window[1]}"
        help = "Write under 'share' how much of what it moved in its months is due to each."
        is_too_much = None not in claimed and room is not None and whole > room
    if not is_too_much:
        return None
    span = last.measured.share.span if last.measured.share is not None else beginning(last.measured.span)
    related = tuple(Related(beginning(one.measured.span), f"this one claims {one.share} percent") for one in others)
    return Finding(span, message, help, related)


def _room(within: list[Proof]) -> Decimal | None:
    """By how much a KPI became better between the months that are compared; what was lost in between is nobody's."""
    figure = within[0].figure
    months = sorted({str(month) for one in within for month in (one.measured.before, one.measured.after)})
    found = [figure.in_month(month) for month in months]
    values = [one.value for one in found if one is not None]
    if len(values) < len(months):
        return None
    return sum((max(figure.gain(one, other), Decimal(0)) for one, other in pairwise(values)), Decimal(0))


def _is_clear(handbook: Handbook, figure: Figure, today: date) -> bool:
    """Whether all that was measured of a KPI could be read and can be so; else what is missing stands there wrongly."""
    id, now = str(figure.process.id), _month(today)
    rows = handbook.measurements.get(id, ())
    if id not in handbook.measurements and not handbook.measurements.keys() <= handbook.processes.keys():
        return False  # a table of no process is perhaps this one's
    if not handbook.whole(figure.kpi.span) or not handbook.whole_file(path_of("measurements", id)):
        return False
    written = (row.kpi for row in rows)
    if may_be_lost(handbook, "measurements", id) or perhaps(handbook, "kpi", written, figure.reference):
        return False
    latest = now if figure.kpi.measured_every in ("day", "week") else now - 1
    months = [month_number(one.month) for one in figure.measured]
    is_once = _lines(handbook)[figure.reference] == len(months)
    return is_once and all(now - _LONGEST <= month <= latest for month in months)


@derived
def _lines(handbook: Handbook) -> Counter[str]:
    """How many lines tables of measurements have for each KPI, by its reference."""
    return Counter(f"{process}/{row.kpi}" for process, rows in handbook.measurements.items() for row in rows)


def _month(day: date) -> int:
    return 12 * day.year + day.month - 1
