"""Which fixes are made together: those that do not get into each other's way."""

from collections.abc import Iterable

from rolebook.diagnostic import Diagnostic, Edit, Fix

Place = tuple[int, int]


def apart(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics, in the order of what their fixes change, whose fixes do not overlap an earlier one's."""
    taken: dict[str, list[Edit]] = {}
    chosen: list[Diagnostic] = []
    for diagnostic in sorted(diagnostics, key=_first_place):
        edits = fix_of(diagnostic).edits
        if not any(_overlap(edit, other) for edit in edits for other in taken.get(edit.span.path, ())):
            chosen.append(diagnostic)
            for edit in edits:
                taken.setdefault(edit.span.path, []).append(edit)
    return chosen


def fix_of(diagnostic: Diagnostic) -> Fix:
    """The fix of a diagnostic that has one."""
    assert diagnostic.finding.fix is not None
    return diagnostic.finding.fix


def _first_place(diagnostic: Diagnostic) -> tuple[tuple[str, int, int], tuple[str, int, int, str, str]]:
    return min(edit.span[:3] for edit in fix_of(diagnostic).edits), diagnostic.order


def _overlap(one: Edit, other: Edit) -> bool:
    """Whether two edits of a file touch the same characters, or insert the same lines at the same place."""
    if one.span == other.span:
        return bool(_start(one) < _end(one)) or one.text == other.text
    return _start(one) < _end(other) and _start(other) < _end(one)


def _start(edit: Edit) -> Place:
    return edit.span.line, edit.span.column


def _end(edit: Edit) -> Place:
    return edit.span.end_line, edit.span.end_column
