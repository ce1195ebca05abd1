"""Diagnostics in one line each, for editors that jump to places, and for searching."""

from collections.abc import Iterator

from rolebook.reporting import Report, Style, text, visible


def show(report: Report, style: Style) -> Iterator[str]:
    """A line for each diagnostic, and the one that counts."""
    for diagnostic in report.diagnostics:
        span, severity = diagnostic.span, str(diagnostic.rule.severity)
        place = style(f"{visible(span.path)}:{span.line}:{span.column}:", "place")
        label = style(f"{severity}[{diagnostic.rule.code}]", severity)
        yield f"{place} {label} {visible(diagnostic.finding.message)}"
    yield text.summary(report)
