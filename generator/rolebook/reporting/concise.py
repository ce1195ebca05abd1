"""Diagnostics in one line each, for editors that jump to places, and for searching."""

from collections.abc import Iterator

from rolebook.reporting import Report, Style, text, visible
from rolebook.reporting.words import at


def show(report: Report, style: Style) -> Iterator[str]:
    """A line for each diagnostic, and the one that counts."""
    for diagnostic in report.diagnostics:
        severity = str(diagnostic.rule.severity)
        place = style(f"{at(diagnostic.span)}:", "place")
        label = style(f"{severity}[{diagnostic.rule.code}]", severity)
        yield f"{place} {label} {visible(diagnostic.finding.message)}"
    yield text.summary(report)
