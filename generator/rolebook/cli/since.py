"""What a change brings: findings in the files that were changed, those that are new elsewhere, and the rest."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from rolebook.cli.earlier import Earlier, earlier
from rolebook.cli.examine import examine
from rolebook.cli.main import CouldNotRun
from rolebook.diagnostic import Diagnostic
from rolebook.reporting import Part
from rolebook.value import value

Parts = tuple[tuple[Part, tuple[Diagnostic, ...]], ...]


@value()
class Since:
    """A handbook as it was, and the files that are not what they were."""

    then: Earlier
    changed: frozenset[str]

    def parts(self, diagnostics: Sequence[Diagnostic], today: date | None) -> Parts:
        """What is found now, parted; the earlier handbook is checked as of the same day, if there is need to."""
        is_needed = not all(self.changed & _paths(diagnostic) for diagnostic in diagnostics)
        return parted(diagnostics, self.changed, found_before(self.then, today) if is_needed else ())


def since(directory: Path, revision: str) -> Since:
    """What was changed in a handbook since the present branch left `revision`; CouldNotRun where git does not tell."""
    then = earlier(directory, revision)
    return Since(then, then.changed())


def parted(diagnostics: Sequence[Diagnostic], changed: frozenset[str], before: Iterable[Diagnostic]) -> Parts:
    """The diagnostics in three parts, each in its old order.

    One that points at a related place in a changed file lies in it, too; `before` is what was found earlier.
    """
    left = Counter(_same(diagnostic) for diagnostic in before)
    parts: dict[Part, list[Diagnostic]] = {part: [] for part in Part}
    for diagnostic in diagnostics:
        same = _same(diagnostic)
        was_there = left[same] > 0
        left[same] -= was_there
        part = Part.CHANGED if changed & _paths(diagnostic) else Part.BEFORE if was_there else Part.NEW
        parts[part].append(diagnostic)
    return tuple((part, tuple(found)) for part, found in parts.items())


def found_before(then: Earlier, today: date | None) -> tuple[Diagnostic, ...]:
    """What was found in the earlier handbook; nothing where there was none that could be checked."""
    with tempfile.TemporaryDirectory(prefix="rolebook-") as folder:
        then.write(Path(folder))
        try:
            return examine(Path(folder), today, cut_short=False).diagnostics
        except CouldNotRun:
            return ()


def _same(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """What tells a finding from others when lines move."""
    return diagnostic.span.path, diagnostic.rule.code, diagnostic.finding.message


def _paths(diagnostic: Diagnostic) -> set[str]:
    return {diagnostic.span.path, *(related.span.path for related in diagnostic.finding.related)}
