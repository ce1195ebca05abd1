"""Family 7, programme: what is to be reached can be told from what is not."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.wording import beginning
from rolebook.diagnostic import Finding, Severity
from rolebook.model.handbook import Handbook
from rolebook.model.process import Kpi
from rolebook.model.values import Number

_VALUE, _LOW, _HIGH = Number("90"), Number("80"), Number("95")
"""Numbers to show where the author has written none."""


@check("RB701", "unclear-target")
def unclear_target(handbook: Handbook) -> Iterator[Finding]:
    """A KPI's target is not a value to reach, or not two bounds to stay within, as its direction asks for."""
    for process in handbook.processes.values():
        for kpi in process.kpis:
            if not handbook.whole(kpi.span):
                continue
            if kpi.better == "within":
                yield from _unclear_bounds(kpi)
            elif kpi.better in ("lower", "higher"):
                yield from _unclear_value(kpi)


def _unclear_value(kpi: Kpi) -> Iterator[Finding]:
    """What keeps the target from being one value to reach."""
    target = kpi.target
    bounds = [bound for bound in (target.low, target.high) if bound is not None]
    if target.value is not None and not bounds:
        return
    likely = (target.high, target.low) if kpi.better == "lower" else (target.low, target.high)
    value = next((number for number in (target.value, *likely) if number is not None), _VALUE)
    help = f"Write 'target: {{value: {value}, due: {target.due}}}'{'' if bounds else ' with your own value'}."
    if target.value is None and not bounds:
        yield Finding(beginning(target.span), f"the target of '{kpi.id}' says by when, but not which value", help)
    elif target.value is None:
        message = f"the target of '{kpi.id}' has a bound and no value, though {kpi.better} is better"
        yield Finding(bounds[0].span, message, help)
    else:
        message = f"the target of '{kpi.id}' has a bound beside its value, though {kpi.better} is better"
        yield Finding(bounds[0].span, message, help)


def _unclear_bounds(kpi: Kpi) -> Iterator[Finding]:
    """What keeps the target from being a lower and an upper bound."""
    target, low, high = kpi.target, kpi.target.low, kpi.target.high
    if low is not None and high is not None:
        if low >= high:
            message = f"the lower bound of '{kpi.id}' is not below its upper one"
            bounds = (high, low) if low > high else (_LOW, _HIGH)
            yield Finding(low.span, message, _write_bounds(kpi, *bounds, own=low == high))
        if target.value is not None:
            message = f"the target of '{kpi.id}' has a value beside its bounds"
            yield Finding(target.value.span, message, _write_bounds(kpi, min(low, high), max(low, high), own=False))
        return
    written = target.value if target.value is not None else low if low is not None else high
    span = beginning(target.span) if written is None else written.span
    missing = "no upper bound" if low is not None else "no lower bound" if high is not None else "no bounds"
    message = f"the target of '{kpi.id}' has {missing}, though it shall stay within bounds"
    least = low if low is not None else _LOW if written is None else _below(written)
    most = high if high is not None else _HIGH if written is None else _above(written)
    yield Finding(span, message, _write_bounds(kpi, least, most, own=True))


def _below(number: Number) -> Number:
    return Number(0 if number > 0 else number - 10)


def _above(number: Number) -> Number:
    return Number(2 * number if number > 0 else number + 10)


def _write_bounds(kpi: Kpi, low: Number, high: Number, *, own: bool) -> str:
    addition = " with your own bounds" if own else ""
    return f"Write 'target: {{low: {low}, high: {high}, due: {kpi.target.due}}}'{addition}."


@check("RB702", "kpi-without-record", Severity.WARNING)
def kpi_without_record(handbook: Handbook) -> Iterator[Finding]:
    """A KPI does not say from which record it is counted."""
    for process in handbook.processes.values():
        for kpi in process.kpis:
            if kpi.counted_from or not handbook.whole(kpi.span):
                continue
            record = process.records[0].id if process.records else "record"
            help = f"Name it: 'counted_from: {process.id}/{record}', or the record of another process."
            yield Finding(kpi.id.span, f"nobody can count '{kpi.id}' again: it names no record", help)
