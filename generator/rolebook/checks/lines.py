"""Family 2, lines of the matrices: one for each activity, and none for what is none."""

from collections.abc import Iterator, Mapping

from rolebook.checks.check import check
from rolebook.checks.insertion import new_row
from rolebook.checks.parts import passing
from rolebook.checks.suggestion import MOST_OFFERED, meant, replacement
from rolebook.checks.wording import any_of, quoted
from rolebook.diagnostic import Finding
from rolebook.model.catalogue import may_be_lost, path_of
from rolebook.model.handbook import Handbook, derived
from rolebook.model.process import Process
from rolebook.model.raci import Matrix, Row


@check("RB204", "activity-without-row")
def activity_without_row(handbook: Handbook) -> Iterator[Finding]:
    """An activity has no line in the RACI matrix of its process."""
    for process in handbook.processes.values():
        path = path_of("matrix", process.id)
        if may_be_lost(handbook, "matrix", process.id) or process.id in _renamings(handbook).values():
            continue
        matrix = handbook.matrices.get(process.id)
        if matrix is None:
            message = f"the process '{process.id}' has no RACI matrix"
            yield Finding(process.id.span, message, f"Add {path} with a line for each activity.")
            continue
        if not _open(process, matrix):
            continue
        meanings = _meant(process, matrix)
        misspelt = {*meanings.values(), *_left_over(process, matrix, meanings).values()}
        for activity in process.activities:
            if activity.id and not handbook.row(process.id, activity.id) and activity.id not in misspelt:
                message = f"'{activity.id}' has no line in the RACI matrix"
                help = f"Add '{activity.id}: {{R: …, A: …}}' to {path}, with who does it and who answers for it."
                waiting = passing(handbook, f"{process.id}/{activity.id}")
                yield Finding(activity.id.span, message, help, waiting, new_row(handbook, process, activity))


@check("RB208", "row-without-activity")
def row_without_activity(handbook: Handbook) -> Iterator[Finding]:
    """A line of a RACI matrix is about an activity that its process does not have."""
    for matrix in handbook.matrices.values():
        path = path_of("process", matrix.id)
        if may_be_lost(handbook, "process", matrix.id):
            continue
        process = handbook.processes.get(matrix.id)
        if process is None:
            yield _stray_matrix(handbook, matrix, path)
            continue
        if not _strays(process, matrix):
            continue
        meanings, former = _meant(process, matrix), _former_ids(process)
        left = _left_over(process, matrix, meanings)
        for row in _strays(process, matrix):
            if row.activity in left:
                yield _only_one_left(process, row, left[row.activity])
            else:
                yield _stray_row(process, row, meanings.get(row.activity), row.activity in former)


def _stray_matrix(handbook: Handbook, matrix: Matrix, path: str) -> Finding:
    message = f"there is no process '{matrix.id}' for this RACI matrix"
    if known := _renamings(handbook).get(matrix.id):
        return Finding(matrix.id.span, message, f"Rename it to {path_of('matrix', known)}.")
    bare = [path_of("matrix", id) for id in _bare(handbook)]
    if 0 < len(bare) <= MOST_OFFERED:
        return Finding(matrix.id.span, message, f"Rename it to {any_of(bare)}, or add {path}.")
    return Finding(matrix.id.span, message, f"Add {path}, or delete this file.")


def _bare(handbook: Handbook) -> list[str]:
    """The processes that have no matrix."""
    return [id for id in handbook.processes if id not in handbook.matrices and not may_be_lost(handbook, "matrix", id)]


@derived
def _renamings(handbook: Handbook) -> Mapping[str, str]:
    """The process without a matrix that each matrix without a process was probably meant for."""
    stray = [
        id for id in handbook.matrices if id not in handbook.processes and not may_be_lost(handbook, "process", id)
    ]
    bare = _bare(handbook)
    found = meant(stray, bare)
    left = [id for id in stray if id not in found]
    without = [id for id in bare if id not in found.values()]
    return found | (dict(zip(left, without, strict=True)) if len(left) == len(without) == 1 else {})


def _stray_row(process: Process, row: Row, meaning: str | None, was_renamed: bool) -> Finding:
    message = f"'{process.id}' has no activity {quoted(row.activity)}"
    if meaning:
        fix = replacement(row.activity, meaning, safe=was_renamed)
        help = f"Write '{meaning}': it was renamed." if was_renamed else f"Write '{meaning}'."
        return Finding(row.activity.span, message, help, fix=fix)
    help = f"Take the line out, or add the activity to {path_of('process', process.id)}."
    return Finding(row.activity.span, message, help)


def _only_one_left(process: Process, row: Row, activity: str) -> Finding:
    message = f"'{process.id}' has no activity {quoted(row.activity)}"
    return Finding(row.activity.span, message, f"Write '{activity}', which has no line yet, or take this line out.")


def _strays(process: Process, matrix: Matrix) -> list[Row]:
    """The lines of a matrix that are about no activity of the process."""
    known = {activity.id for activity in process.activities}
    return [row for row in matrix.rows if row.activity not in known]


def _former_ids(process: Process) -> dict[str, str]:
    return {former: activity.id for activity in process.activities for former in activity.formerly}


def _meant(process: Process, matrix: Matrix) -> dict[str, str]:
    """The activity, of those that have no line, that each line without an activity was probably meant for."""
    strays = [str(row.activity) for row in _strays(process, matrix)]
    former = _former_ids(process)
    return meant(strays, _open(process, matrix)) | {stray: former[stray] for stray in strays if stray in former}


def _open(process: Process, matrix: Matrix) -> list[str]:
    """The activities of a process that have no line in its matrix."""
    taken = {row.activity for row in matrix.rows}
    return [str(activity.id) for activity in process.activities if activity.id and activity.id not in taken]


def _left_over(process: Process, matrix: Matrix, meanings: Mapping[str, str]) -> dict[str, str]:
    """The only line whose meaning is not known, with the only activity that is left for it."""
    strays = [str(row.activity) for row in _strays(process, matrix) if row.activity not in meanings]
    without = [activity for activity in _open(process, matrix) if activity not in meanings.values()]
    return {strays[0]: without[0]} if len(strays) == len(without) == 1 else {}
