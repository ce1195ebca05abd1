"""The scorecard for a meeting: how every KPI stands, and which of them need help."""

from collections.abc import Iterable, Iterator

from rolebook.model.figures import Figure, counted, figures_in_order, worst_first
from rolebook.pages.reports.report import NOTHING, Cell, Report, Table, Wording
from rolebook.pages.scorecard import summary


def scorecard_report(wording: Wording) -> Report:
    """How the KPIs stand by what was measured last: counted, those that need help, and all."""
    say = wording.look.say
    every = figures_in_order(wording.handbook)
    columns = tuple(_columns(wording))
    tables = (
        counts(wording, every),
        wording.table(
            "need_help", say("What needs help"), columns, (tuple(_row(wording, one)) for one in worst_first(every))
        ),
        wording.table("kpis", say("All KPIs"), columns, (tuple(_row(wording, one)) for one in every)),
    )
    return wording.report("scorecard", say("Scorecard"), [summary(wording.look, every)], tables)


def counts(wording: Wording, every: Iterable[Figure]) -> Table:
    """How many KPIs stand how."""
    say = wording.look.say
    rows = [(wording.word(state.value), wording.number(number)) for state, number in counted(every)]
    return wording.table("states", say("How the KPIs stand"), (("state", say("State")), ("kpis", say("KPIs"))), rows)


def needing_help(wording: Wording, every: Iterable[Figure]) -> Table:
    """The KPIs that somebody has to look after, in few words, the worst first."""
    say = wording.look.say
    columns = (
        ("kpi", say("KPI")),
        ("owner", say("Owner")),
        ("value", say("Last value")),
        ("target", say("Target")),
        ("due", say("By")),
        ("state", say("State")),
    )
    rows = [
        (
            Cell(str(one.kpi.name), one.reference),
            wording.role(str(one.kpi.owner)),
            _last(wording, one),
            _target(wording, one),
            wording.on(one.kpi.target.due),
            wording.word(one.state.value),
        )
        for one in worst_first(every)
    ]
    return wording.table("kpis_that_need_help", say("KPIs that need help"), columns, rows)


def _columns(wording: Wording) -> Iterator[tuple[str, str]]:
    say = wording.look.say
    yield "process", say("Process")
    yield "kpi", say("KPI")
    yield "owner", say("Owner")
    yield "unit", say("Unit")
    yield "baseline", say("Baseline")
    yield "value", say("Last value")
    yield "month", say("Month")
    yield "target", say("Target")
    yield "due", say("By")
    yield "progress", say("Way gone")
    yield "trend", say("Trend")
    yield "state", say("State")
    yield "shared_with", say("Shared with")


def _row(wording: Wording, one: Figure) -> Iterator[Cell]:
    yield Cell(str(one.process.name), str(one.process.id))
    yield Cell(str(one.kpi.name), one.reference)
    yield wording.role(str(one.kpi.owner))
    yield Cell(str(one.kpi.unit), str(one.kpi.unit))
    yield wording.number(one.kpi.baseline.value if one.kpi.baseline else None)
    yield wording.number(one.last.value if one.last else None)
    yield Cell(wording.writing.month(one.last.month), str(one.last.month)) if one.last else NOTHING
    yield _target(wording, one)
    yield wording.on(one.kpi.target.due)
    yield wording.number(one.percent_gone, "%")
    yield wording.word(one.trend.value) if one.trend else NOTHING
    yield wording.word(one.state.value)
    shared = one.shared.with_ if one.shared else ()
    yield wording.names((str(role), wording.handbook.name_of(role)) for role in shared)


def _last(wording: Wording, one: Figure) -> Cell:
    return wording.number(one.last.value if one.last else None, str(one.kpi.unit))


def _target(wording: Wording, one: Figure) -> Cell:
    target = one.kpi.target
    if target.low is not None and target.high is not None:
        low, high = wording.number(target.low).text, wording.number(target.high).text
        return Cell(wording.look.say("{low} to {high}").format(low=low, high=high), [low, high])
    return wording.number(target.value)
