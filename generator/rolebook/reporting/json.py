"""Diagnostics for other programs: one JSON object, lines and columns from 1, ends exclusive."""

from collections.abc import Iterator
from typing import Any

from rolebook.diagnostic import Diagnostic, Fix
from rolebook.reporting import Report, Style, counts
from rolebook.reporting.dump import dump
from rolebook.source import Span


def show(report: Report, _: Style) -> Iterator[str]:
    """The report as JSON text, `version` 1 of the format."""
    errors, warnings = counts(report.diagnostics)
    shown = [_diagnostic(diagnostic) for diagnostic in report.diagnostics]
    parts = [str(part) for part, found in report.parts for _ in found]
    for entry, part in zip(shown, parts, strict=False):
        entry["since"] = part
    whole = {
        "version": 1,
        "diagnostics": shown,
        "summary": {"errors": errors, "warnings": warnings},
    }
    yield dump(whole)


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    finding = diagnostic.finding
    return {
        "code": diagnostic.rule.code,
        "name": diagnostic.rule.name,
        "severity": str(diagnostic.rule.severity),
        "message": finding.message,
        **_stretch(finding.span),
        "help": finding.help,
        "related": [{**_place(related.span), "message": related.message} for related in finding.related],
        "fix": _fix(finding.fix),
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [{**_stretch(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _place(span: Span) -> dict[str, Any]:
    return {"path": span.path, "line": span.line, "column": span.column}


def _stretch(span: Span) -> dict[str, Any]:
    return {**_place(span), "end_line": span.end_line, "end_column": span.end_column}
