"""Family 7, defined: a process that calls itself defined has what that takes."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.parts import is_in_use
from rolebook.checks.severity import softened
from rolebook.checks.wording import all_of, any_of_few, place, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import all_read, path_of
from rolebook.model.consolidation import waived
from rolebook.model.coverage import must_know, parts, taught
from rolebook.model.handbook import Handbook, derived
from rolebook.model.levels import Found, maturity_of
from rolebook.model.maturity import DEFINED
from rolebook.model.process import Kpi, Process

_NO_KPI = "no KPI"


@check("RB709", "unsupported-level", Severity.WARNING)
def unsupported_level(handbook: Handbook) -> Iterator[Finding]:
    """A process calls itself defined, and lacks what that takes: an owner, a clean matrix, a KPI, or training."""
    for process in handbook.processes.values():
        now = maturity_of(handbook, process.id).now
        if now is None or not (claim := _claim(now)) or not handbook.whole_file(process.id.span.path):
            continue
        lacking = [*_lacking(handbook, process)]
        if lacking:
            message = f"'{process.id}' {claim}, but it has {'; '.join(lacking)}"
            related = (Related(place(process.name, process.id), "the process"),)
            what = "Give it a KPI with a target" if lacking == [_NO_KPI] else "Add what is missing"
            help = f"{what}, or look again at the answers of level {DEFINED}."
            yield Finding(now.assessment.questionnaire.span, message, help, related)


def _claim(now: Found) -> str:
    """What an assessment says of a process that it takes for defined; "" where it does not."""
    if now.level >= DEFINED:
        return f"was found at level {now.level}"
    if now.expected is not None and now.expected >= DEFINED:
        return f"is expected at level {now.expected}"
    return ""


def _lacking(handbook: Handbook, process: Process) -> Iterator[str]:
    """What a defined process has and this one has not, but for what stops the build by itself."""
    soft = softened(handbook)
    if soft & {"RB101", "RB102"} and not is_in_use(handbook, handbook.current(process.owner)):
        yield f"no owner in use ({quoted(process.owner)})"
    unclear = [str(activity.id) for activity in process.activities if _is_unclear(handbook, process, activity.id, soft)]
    if unclear and handbook.whole_file(path_of("matrix", process.id)):
        yield f"no clean line in the matrix for {any_of_few(map(quoted, unclear))}"
    if not process.kpis:
        yield _NO_KPI
    elif "RB701" in soft and not any(map(_has_target, process.kpis)):
        yield "no KPI with a clear target"
    if untaught := _untaught(handbook).get(str(process.id), ()) if soft & {"RB502", "RB506"} else ():
        yield f"no training for {all_of(map(quoted, untaught))} in all that they do in it"


def _is_unclear(handbook: Handbook, process: Process, activity: str, soft: frozenset[str]) -> bool:
    row = handbook.row(process.id, activity)
    if row is None:
        return "RB204" in soft
    accountable = {handbook.current(role) for role in row.accountable}
    return (
        ("RB201" in soft and not accountable)
        or ("RB202" in soft and len(accountable) > 1)
        or ("RB203" in soft and not row.responsible)
    )


def _has_target(kpi: Kpi) -> bool:
    target = kpi.target
    if kpi.better == "within":
        return target.low is not None and target.high is not None
    return target.value is not None


@derived
def _untaught(handbook: Handbook) -> dict[str, tuple[str, ...]]:
    """The roles that are not taught all of their part in a process, and have no waiver, by the process's id."""
    found: dict[str, dict[str, None]] = {}
    if not all_read(handbook, "plan"):
        return {}
    for role, own in parts(handbook).items():
        for part in own if role in handbook.roles else ():
            excused = ("training", role, part.reference) in waived(handbook)
            if must_know(part) and not taught(handbook, role, part) and not excused:
                found.setdefault(str(part.process.id), {})[role] = None
    return {process: tuple(roles) for process, roles in found.items()}
