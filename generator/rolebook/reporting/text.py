"""Diagnostics for people: the place, the fact, the line with carets below it, and what to do."""

from collections.abc import Iterator, Mapping, Sequence

from rolebook.diagnostic import Diagnostic
from rolebook.reporting import Part, Report, Style, counts, plain, visible
from rolebook.reporting.excerpt import excerpt
from rolebook.reporting.words import at, counted

__all__ = ["plain", "report", "show", "summary"]

HEADINGS = {
    Part.CHANGED: "In files you changed",
    Part.NEW: "New elsewhere in the handbook",
    Part.BEFORE: "Elsewhere in the handbook, and there before",
}
"""What stands above the findings of a part."""


def show(findings: Report, style: Style) -> Iterator[str]:
    """The lines of the whole report, the one that counts last."""
    for heading, diagnostics in headed(findings):
        if heading:
            yield from (style(heading, "heading"), "")
        yield from report(diagnostics, findings.lines, style)
    yield summary(findings)


def headed(findings: Report) -> Iterator[tuple[str, Sequence[Diagnostic]]]:
    """The findings under the headings of their parts; all under none where they are not parted.

    Where nothing was found in changed files, but elsewhere, the heading says so.
    """
    if not findings.parts:
        yield "", findings.diagnostics
    for part, diagnostics in findings.parts:
        if diagnostics:
            yield f"{HEADINGS[part]}:", diagnostics
        elif part is Part.CHANGED and findings.diagnostics:
            yield f"{HEADINGS[part]}: no findings", ()


def report(
    diagnostics: Sequence[Diagnostic], lines: Mapping[str, tuple[str, ...]], style: Style = plain
) -> Iterator[str]:
    """The lines of text that show the diagnostics, each followed by an empty line; `lines` are those of each file."""
    for diagnostic in diagnostics:
        yield from _one(diagnostic, lines, style)
        yield ""


def summary(findings: Report) -> str:
    """One line that counts the errors and warnings that are shown, and the findings that are not."""
    errors, warnings = counts(findings.diagnostics)
    found = [counted(errors, "error")] * bool(errors) + [counted(warnings, "warning")] * bool(warnings)
    besides = list(_in_parts(findings)) if found else []
    besides += [f"{counted(findings.left_out, 'finding')} left out"] * bool(findings.left_out)
    besides += [f"{counted(findings.suppressed, 'finding')} suppressed"] * bool(findings.suppressed)
    behind = f" ({', '.join(besides)})" if besides else ""
    return f"{counted(len(findings.lines), 'file')} checked: {' and '.join(found) or 'no findings'}{behind}"


def _in_parts(findings: Report) -> Iterator[str]:
    """How many findings are in changed files, and how many are new elsewhere."""
    numbers = {part: len(found) for part, found in findings.parts}
    if findings.parts:
        yield f"{numbers[Part.CHANGED]} in files you changed"
    if numbers.get(Part.NEW):
        yield f"{numbers[Part.NEW]} new elsewhere"


def _one(diagnostic: Diagnostic, lines: Mapping[str, tuple[str, ...]], style: Style) -> Iterator[str]:
    finding = diagnostic.finding
    severity = str(diagnostic.rule.severity)
    label = style(f"{severity}[{diagnostic.rule.code}]", severity)
    yield f"{style(f'{at(finding.span)}:', 'place')} {label} {visible(finding.message)}"
    margin = " " * len(str(finding.span.line))
    known = lines.get(finding.span.path, ())
    if finding.span.line <= len(known) and known[finding.span.line - 1].strip():
        shown, carets = excerpt(known[finding.span.line - 1], finding.span)
        yield style(f"{margin} |", "frame")
        yield style(f"{finding.span.line} | ", "frame") + shown
        yield style(f"{margin} | ", "frame") + style(carets, severity)
    for related in finding.related:
        yield style(f"{margin} = ", "frame") + f"{visible(related.message)}: {at(related.span)}"
    if finding.help:
        yield style(f"{margin} = help: ", "help") + visible(finding.help)
