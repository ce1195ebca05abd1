"""Diagnostics as a Code Quality report, which GitLab shows in a merge request."""

from collections.abc import Iterator
from typing import Any

from rolebook.diagnostic import Diagnostic, Severity
from rolebook.reporting import Report, Style, sentences
from rolebook.reporting.dump import dump
from rolebook.reporting.fingerprint import fingerprinted

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def show(report: Report, _: Style) -> Iterator[str]:
    """The report as JSON text: a list of the keys that GitLab documents."""
    entries = [_entry(report, diagnostic, fingerprint) for diagnostic, fingerprint in fingerprinted(report)]
    yield dump(entries)


def _entry(report: Report, diagnostic: Diagnostic, fingerprint: str) -> dict[str, Any]:
    return {
        "description": sentences(diagnostic.finding),
        "check_name": f"{diagnostic.rule.code} {diagnostic.rule.name}",
        "fingerprint": fingerprint,
        "severity": _SEVERITY[diagnostic.rule.severity],
        "location": {"path": report.path(diagnostic.span.path), "lines": {"begin": diagnostic.span.line}},
    }
