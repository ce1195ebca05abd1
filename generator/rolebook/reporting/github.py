"""Diagnostics as workflow commands, which GitHub shows at their lines in a pull request."""

from collections.abc import Iterator, Mapping

from rolebook.diagnostic import Diagnostic
from rolebook.reporting import Report, Style, text, visible

_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def show(report: Report, _: Style) -> Iterator[str]:
    """A command for each diagnostic, and, for who reads the log, the headings of parts and the line that counts.

    GitHub shows the first ten errors and warnings at their lines: those in changed files come first.
    """
    for heading, diagnostics in text.headed(report):
        if heading:
            yield heading
        for diagnostic in diagnostics:
            yield _command(report, diagnostic)
    yield text.summary(report)


def _command(report: Report, diagnostic: Diagnostic) -> str:
    properties = ",".join(
        f"{name}={str(said).translate(_IN_PROPERTY)}" for name, said in _properties(report, diagnostic).items()
    )
    message = "\n".join(_message(report, diagnostic)).translate(_IN_MESSAGE)
    return f"::{diagnostic.rule.severity} {properties}::{message}"


def _properties(report: Report, diagnostic: Diagnostic) -> Mapping[str, str | int]:
    span, rule = diagnostic.span, diagnostic.rule
    file, title = visible(report.path(span.path)), f"{rule.code} {rule.name}"
    if span.end_line != span.line:  # GitHub refuses columns for what spans several lines
        return {"file": file, "line": span.line, "endLine": span.end_line, "title": title}
    return {
        "file": file,
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "title": title,
    }


def _message(report: Report, diagnostic: Diagnostic) -> Iterator[str]:
    """The lines of the message; the place is said once more, since the log shows nothing else of it."""
    finding = diagnostic.finding
    yield f"{_place(report, finding.span.path, finding.span.line, finding.span.column)}: {visible(finding.message)}"
    for related in finding.related:
        place = _place(report, related.span.path, related.span.line, related.span.column)
        yield f"{visible(related.message)}: {place}"
    if finding.help:
        yield f"help: {visible(finding.help)}"


def _place(report: Report, path: str, line: int, column: int) -> str:
    return f"{visible(report.path(path))}:{line}:{column}"
