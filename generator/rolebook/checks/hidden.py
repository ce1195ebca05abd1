"""The findings that comments in a handbook hide, with the reasons that are written there."""

from collections.abc import Iterable, Mapping, Sequence

from rolebook.checks.suppression import Suppression, suppressions
from rolebook.diagnostic import Diagnostic
from rolebook.reporting import Suppressed


def with_reasons(hidden: Iterable[Diagnostic], lines: Mapping[str, Sequence[str]]) -> tuple[Suppressed, ...]:
    """Each hidden finding with the reason of the comment on its line; `lines` are those of each file."""
    reasons = {
        (one.span.path, one.span.line, str(code)): _reason(one, lines[one.span.path][one.span.line - 1])
        for one in suppressions(lines).found
        for code in one.codes
    }
    return tuple(
        Suppressed(diagnostic, reasons[diagnostic.span.path, diagnostic.span.line, diagnostic.rule.code])
        for diagnostic in hidden
    )


def _reason(one: Suppression, line: str) -> str:
    """What stands behind the codes and the hyphen, to the end of the line."""
    return line[one.listed.end_column - 1 :].strip(" \t-–—")
