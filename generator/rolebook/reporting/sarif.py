"""Diagnostics as SARIF 2.1.0, which code scanning services and editors read."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from rolebook import __version__, resources
from rolebook.diagnostic import Diagnostic, Edit, Fix, Related, Rule
from rolebook.reporting import Report, Style, sentences, visible
from rolebook.reporting.dump import dump
from rolebook.reporting.fingerprint import fingerprinted
from rolebook.source import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"


def show(report: Report, _: Style) -> Iterator[str]:
    """The report as JSON text: one run, with the rules that something was found for.

    Suppressed findings come last. Where there are any, each result says whether it is one, as SARIF demands.
    """
    hidden = [suppressed.diagnostic for suppressed in report.suppressions]
    rules = sorted({d.rule.code: d.rule for d in (*report.diagnostics, *hidden)}.values(), key=lambda rule: rule.code)
    position = {rule.code: index for index, rule in enumerate(rules)}
    driver = {"name": "rolebook", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository that holds the handbook."}}},
        "results": [*_results(report, position)],
    }
    yield dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _results(report: Report, position: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    reasons = [*[None] * len(report.diagnostics), *(suppressed.reason for suppressed in report.suppressions)]
    parts = [part for part, found in report.parts for _ in found]
    for index, (diagnostic, fingerprint) in enumerate(fingerprinted(report)):
        result = _result(report, diagnostic, position, fingerprint)
        if index < len(parts):
            result["properties"] = {"since": str(parts[index])}
        if report.suppressions:
            result["suppressions"] = [*_suppressions(reasons[index])]
        yield result


def _suppressions(reason: str | None) -> Iterator[dict[str, str]]:
    if reason is not None:
        yield {"kind": "inSource", "status": "accepted", "justification": visible(reason)}


def _rule(rule: Rule) -> dict[str, Any]:
    page = (resources.check_pages() / f"{rule.code}.md").read_text(encoding="utf-8")
    _, _, body = page.partition("\n\n")
    prose = (_section(body, heading) for heading in ("Why", "Fix"))
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": "\n\n".join((rule.summary, *filter(None, prose))), "markdown": body},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _section(page: str, heading: str) -> str:
    """The prose under a heading of the page, its paragraphs in one line each."""
    _, _, behind = page.partition(f"## {heading}\n\n")
    paragraphs = behind.partition("\n## ")[0].strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.splitlines()) for paragraph in paragraphs)


def _result(report: Report, diagnostic: Diagnostic, position: Mapping[str, int], fingerprint: str) -> dict[str, Any]:
    finding = diagnostic.finding
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": position[diagnostic.rule.code],
        "level": str(diagnostic.rule.severity),
        "message": {"text": _unlinked(sentences(finding))},
        "locations": [{"physicalLocation": _place(report, finding.span)}],
        "partialFingerprints": {"finding/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [_related(report, number, place) for number, place in enumerate(finding.related)]
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(report, finding.fix)]
    return result


def _related(report: Report, number: int, related: Related) -> dict[str, Any]:
    message = {"text": _unlinked(visible(related.message))}
    return {"id": number, "physicalLocation": _place(report, related.span), "message": message}


def _fix(report: Report, fix: Fix) -> dict[str, Any]:
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    changes = [
        {"artifactLocation": _file(report, path), "replacements": _replacements(list(group))}
        for path, group in groupby(edits, key=lambda edit: edit.span.path)
    ]
    description = {"text": _unlinked(visible(fix.title))}
    return {"description": description, "artifactChanges": changes, "properties": {"safe": fix.safe}}


def _replacements(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    return [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in edits]


def _place(report: Report, span: Span) -> dict[str, Any]:
    return {"artifactLocation": _file(report, span.path), "region": _region(span)}


def _file(report: Report, path: str) -> dict[str, Any]:
    return {"uri": quote(report.path(path), errors="surrogateescape"), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _unlinked(text: str) -> str:
    """`text` without what SARIF would take for a link, so that nobody's file can bring one into a message."""
    return text.replace("](", "] (")
