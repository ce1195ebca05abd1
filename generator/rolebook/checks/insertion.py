"""Fixes that add lines to a file, below what stands there and indented as that is; each is a proposal, never safe."""

from rolebook.diagnostic import Edit, Fix
from rolebook.model.coverage import jobs_by_role, modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.process import Activity, Process
from rolebook.model.raci import Matrix, Row
from rolebook.source import Span

MOST_RESPONSIBLE = 3
"""So many roles at most are proposed for an activity; more were not told apart by what their jobs say."""


def new_row(handbook: Handbook, process: Process, activity: Activity) -> Fix | None:
    """The fix that adds the line of an activity to its matrix, below that of the nearest activity before it.

    Responsible are those whose jobs and training name the activity already, or else the owner of the process, who is
    accountable.
    """
    owner = handbook.current(process.owner)
    before = process.activities[: process.activities.index(activity)]
    above = next((row for other in reversed(before) if (row := handbook.row(process.id, other.id))), None)
    model = above or next((row for other in process.activities if (row := handbook.row(process.id, other.id))), None)
    if owner not in handbook.roles or model is None:
        return None
    doing = [role for role in _prepared(handbook, f"{process.id}/{activity.id}") if role != owner]
    roles = doing if 0 < len(doing) <= MOST_RESPONSIBLE else [owner]
    responsible = roles[0] if len(roles) == 1 else f"[{', '.join(roles)}]"
    indent = " " * (model.span.column - 1)
    if model.span.line == model.span.end_line:
        written = (
            f"{indent}{activity.id + ':':{_width(handbook.matrices[process.id])}} {{R: {responsible}, A: {owner}}}\n"
        )
    else:
        written = f"{indent}{activity.id}:\n{indent}  R: {responsible}\n{indent}  A: {owner}\n"
    line = _below(above.span) if above else model.span.line
    return _insertion(f"Add the line '{activity.id}:' for {' and '.join(roles)}", model.span.path, line, written)


def _width(matrix: Matrix) -> int:
    """How wide the keys of a matrix are, with colon and spaces, where its values stand below each other; else 0."""
    widths = {_value(row) - row.span.column - 1 for row in matrix.rows if row.span.line == row.span.end_line}
    return max(0, *widths) if len(widths) == 1 and len(matrix.rows) > 1 else 0


def _value(row: Row) -> int:
    """The column in which the value of a line on one line begins."""
    first = min((role.span.column for _, role in row.assignments()), default=0)
    return first - len("{R: [" if len(row.responsible) > 1 else "{R: ")


def _prepared(handbook: Handbook, reference: str) -> list[str]:
    """The roles that an activity is both described to, in a duty of a job, and taught to, in a module."""
    return [
        role
        for role, jobs in jobs_by_role(handbook).items()
        if any(reference in duty.fulfils for job in jobs for duty in job.duties)
        and any(reference in module.teaches for _, module in modules_by_role(handbook).get(role, ()))
    ]


def new_take(what: str, taker: Process) -> Fix | None:
    """The fix that lets a process take a hand-off at its first activity, below what it takes already."""
    if not taker.activities or not taker.triggers:
        return None
    last = taker.takes[-1].span if taker.takes else taker.triggers[-1].span
    beside = last if taker.takes else taker.activities[0].span
    indent = " " * (beside.column - len("- x"))
    entry = f"{indent}- what: {what}\n{indent}  at: {taker.activities[0].id}\n"
    written = entry if taker.takes else f"takes:\n{entry}"
    return _insertion(f"Add '{what}' to 'takes' of '{taker.id}'", last.path, _below(last), written)


def _below(span: Span) -> int:
    """The number of the line below what stands at a span."""
    ends_before_a_line = span.end_column == 1 and span.end_line > span.line
    return span.end_line if ends_before_a_line else span.end_line + 1


def _insertion(title: str, path: str, line: int, written: str) -> Fix:
    return Fix(title, safe=False, edits=(Edit(Span(path, line, 1, line, 1), written),))
