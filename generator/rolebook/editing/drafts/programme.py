"""What the files of an improvement programme begin with, and tables of measurements."""

from collections.abc import Callable, Mapping
from datetime import date

from rolebook.editing.drafts.content import HEAD, Draft, candidates
from rolebook.editing.drafts.naming import CannotMake, assert_ids, existing
from rolebook.editing.drafts.skeleton import Blank, Content, skeleton
from rolebook.model.catalogue import FILES
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import MEASUREMENTS
from rolebook.model.process import Process
from rolebook.model.steps import STEPS
from rolebook.value import value


@value()
class Single:
    """A file that a handbook has one of: its kind, what it begins with, and what is to be done besides."""

    kind: str
    content: Callable[[Handbook], Content]
    then: tuple[str, ...]


def _nothing(_: Handbook) -> Content:
    return {}


def _targets(handbook: Handbook) -> Content:
    """A target for each process."""
    return {"targets": [{"process": (id,)} for id in handbook.processes] or Blank()}


def _steps(_: Handbook) -> Content:
    return {"steps": [{"step": step} for step in STEPS]}


SINGLE: Mapping[str, Single] = {
    "targets": Single(
        "targets",
        _targets,
        (
            "Take out the processes that stay as they are, and add the areas that shall get further.",
            "Assess first: 'rolebook new questionnaire' and 'rolebook new assessment' show where each stands now.",
        ),
    ),
    "business-case": Single(
        "business-case",
        _nothing,
        ("Give each improvement that is to pay 'cost', 'saves' and a benefit: the case adds them up.",),
    ),
    "plan": Single(
        "programme-plan",
        _nothing,
        (
            "Add a phase for each turn of plan, do, check and act, one after the other.",
            "Name under 'improvements' of a milestone those that it takes.",
        ),
    ),
    "steps": Single(
        "steps",
        _steps,
        ("Add under 'done' what was done for a step, when, and what shows it; under 'left' what is still to be done.",),
    ),
    "scorecard": Single(
        "scorecard",
        lambda _: {"customers": Blank()},
        ("Name the KPIs that customers feel, in words of theirs; five to ten will do.",),
    ),
    "momentum": Single(
        "momentum",
        lambda _: {"suggestions": Blank()},
        ("Add under 'successes' what went well, and how those who did it were thanked.",),
    ),
    "communication": Single(
        "communication",
        _nothing,
        ("Give each message a 'date', or 'every' with its rhythm.",),
    ),
}
"""The files by what people call them."""


def single(handbook: Handbook, *, file: str) -> Draft:
    """One of the files that a handbook has one of."""
    one = SINGLE[file]
    kind = FILES[one.kind]
    text = skeleton(kind.type, one.content(handbook), candidates(handbook), (HEAD,))
    return Draft({kind.pattern: text}, one.then)


def measurements(handbook: Handbook, *, process: str, today: date) -> Draft:
    """A table with a line for each KPI of a process, for the last month that is over; without values yet."""
    assert_ids([process])
    (id,) = existing(handbook, "process", [process])
    found = handbook.processes[id]
    if not found.kpis:
        raise CannotMake(f"the process '{id}' has no KPI to be measured. Add 'kpis' to it first.")
    lines = ["kpi,month,value,note", *(f"{kpi.id},{_before(today)},," for kpi in found.kpis)]
    path = MEASUREMENTS.pattern.replace("*", id)
    return Draft({path: "".join(f"{line}\n" for line in lines)}, _then(found))


def _before(today: date) -> str:
    """The last month that is over."""
    year, month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    return f"{year}-{month:02}"


def _then(process: Process) -> tuple[str, ...]:
    return (
        f"Write each value in the unit of its KPI ({_units(process)}), and delete the lines of those not measured yet.",
        "Add a line for each further month; say under 'note' what was out of the ordinary.",
    )


def _units(process: Process) -> str:
    return ", ".join(dict.fromkeys(str(kpi.unit) for kpi in process.kpis))
