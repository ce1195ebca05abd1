"""Family 2, ownership: whoever owns a process answers for something in it."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.parts import is_in_use
from rolebook.diagnostic import Finding, Severity
from rolebook.model.catalogue import path_of
from rolebook.model.handbook import Handbook
from rolebook.model.process import Process


@check("RB211", "owner-accountable-for-nothing", Severity.WARNING)
def owner_accountable_for_nothing(handbook: Handbook) -> Iterator[Finding]:
    """The owner of a process is accountable for none of its activities."""
    for process in handbook.processes.values():
        owner = handbook.roles.get(handbook.current(process.owner))
        if owner and owner.active and owner.id not in _accountable(handbook, process) and _is_clear(handbook, process):
            path = path_of("matrix", process.id)
            message = f"'{process.owner}' owns '{process.id}', but is accountable for none of its activities"
            help = f"Write 'A: {owner.id}' where the owner has the last word in {path}, or name another owner."
            yield Finding(process.owner.span, message, help)


def _accountable(handbook: Handbook, process: Process) -> set[str]:
    """The roles that answer for an activity of a process, by what they are called now."""
    rows = (handbook.row(process.id, activity.id) for activity in process.activities)
    return {handbook.current(role) for row in rows if row for role in row.accountable}


def _is_clear(handbook: Handbook, process: Process) -> bool:
    """Whether it can be told who answers for every activity; what keeps it from that is reported by itself."""
    matrix = handbook.matrices.get(process.id)
    if matrix is None or not process.activities:
        return False
    lines = {str(row.activity) for row in matrix.rows}
    complete = lines == {str(activity.id) for activity in process.activities}
    named = all(row.accountable and all(is_in_use(handbook, role) for role in row.accountable) for row in matrix.rows)
    paths = (path_of("process", process.id), path_of("matrix", process.id))
    return complete and named and all(handbook.whole_file(path) for path in paths)
