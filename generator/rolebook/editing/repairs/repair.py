"""Repairs a handbook by the fixes of its findings, in a copy: what comes of it is handed back, not written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from rolebook.checks import all_findings
from rolebook.diagnostic import Diagnostic, Edit
from rolebook.editing.files.difference import patch
from rolebook.editing.files.trial import Trial, trial
from rolebook.editing.repairs.choice import apart, fix_of
from rolebook.editing.repairs.verdict import Known, known, objection
from rolebook.editing.text.refusal import CannotEdit
from rolebook.editing.text.rewriting import rewritten
from rolebook.loading import load
from rolebook.value import value

MOST_ROUNDS = 10
"""So often at most a handbook is checked again for what could not be repaired before."""


@value()
class Refused:
    """A finding whose fix is not made, and why."""

    diagnostic: Diagnostic
    reason: str


@value()
class Repair:
    """What repairing a handbook came to; nothing of it is written yet.

    `before` and `after` are the bytes of the files that change, by path. `left` are the findings that are still there,
    with `lines` to show them with; `refused` are those among them whose fix was tried in vain.
    """

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    repaired: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]
    refused: tuple[Refused, ...]
    lines: Mapping[str, tuple[str, ...]]

    @property
    def patch(self) -> str:
        """The changes as a unified diff, with paths relative to the handbook; "" where nothing changes."""
        return patch(self.before, self.after)


def repair(
    directory: Path, today: date, *, unsafe: bool = False, wanted: Callable[[Diagnostic], bool] = lambda _: True
) -> Repair:
    """Repair the handbook in `directory` as of `today` by safe fixes, with `unsafe` by all, of the findings `wanted`.

    A fix is kept where its finding is gone afterwards and no new error has come. NotAHandbook where there is none.
    """
    with trial(directory) as (copy, contents):
        bench = _Bench(copy, contents, today)
        for _ in range(MOST_ROUNDS):
            fixes = bench.fixes(unsafe, wanted)
            if not fixes:
                break
            bench.round(fixes)
        after = {path: data for path, data in bench.contents.items() if data != contents[path]}
        before = {path: contents[path] for path in after}
        refused = tuple(Refused(d, bench.refused[known(d)].reason) for d in bench.found if known(d) in bench.refused)
        return Repair(before, after, tuple(bench.repaired), bench.found, refused, bench.lines)


class _Bench:
    """The copy of a handbook that is worked on, as far as it has got."""

    def __init__(self, copy: Trial, contents: Mapping[str, bytes], today: date) -> None:
        self._copy = copy
        self._today = today
        self.contents = dict(contents)
        self.repaired: list[Diagnostic] = []
        self.refused: dict[Known, Refused] = {}
        self.found, self.lines = self._check()

    def _check(self) -> tuple[tuple[Diagnostic, ...], Mapping[str, tuple[str, ...]]]:
        loaded = load(self._copy.folder)
        return all_findings(loaded, self._today), loaded.lines

    def fixes(self, unsafe: bool, wanted: Callable[[Diagnostic], bool]) -> list[Diagnostic]:
        """The findings to repair next: those with safe fixes as long as there are any."""
        open_ = [d for d in self.found if d.finding.fix and known(d) not in self.refused and wanted(d)]
        safe = [diagnostic for diagnostic in open_ if fix_of(diagnostic).safe]
        return apart(safe or (open_ if unsafe else []))

    def round(self, fixes: Sequence[Diagnostic]) -> None:
        """Make as many of these fixes as go together; what only another one hinders waits for the next round."""
        kept: list[Diagnostic] = []
        self._try(kept, fixes)
        self.contents = self._with(kept)
        self._copy.show(self.contents)
        self.found, self.lines = self._check()
        self.repaired += kept

    def _try(self, kept: list[Diagnostic], fixes: Sequence[Diagnostic]) -> None:
        """Add to `kept` those of `fixes` that hold beside it: all at once if they do, else each half by itself."""
        reason = self._objection([*kept, *fixes])
        if not reason:
            kept += fixes
        elif len(fixes) > 1:
            middle = len(fixes) // 2
            self._try(kept, fixes[:middle])
            self._try(kept, fixes[middle:])
        elif not kept or (reason := self._objection(fixes)):
            self.refused[known(fixes[0])] = Refused(fixes[0], reason)

    def _objection(self, fixes: Sequence[Diagnostic]) -> str:
        try:
            contents = self._with(fixes)
        except CannotEdit as error:
            return str(error)
        self._copy.show(contents)
        found, _ = self._check()
        return objection(self.found, found, fixes)

    def _with(self, fixes: Sequence[Diagnostic]) -> dict[str, bytes]:
        """The files after some fixes."""
        edits: dict[str, list[Edit]] = {}
        for diagnostic in fixes:
            for edit in fix_of(diagnostic).edits:
                edits.setdefault(edit.span.path, []).append(edit)
        changed = {path: rewritten(path, self.contents[path], own) for path, own in edits.items()}
        return {**self.contents, **changed}
