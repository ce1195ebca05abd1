"""Diagnostics for people: the place, the fact, the line with carets below it, and what to do."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from rolebook.diagnostic import Diagnostic
from rolebook.reporting import Report, Style, counts, plain, visible
from rolebook.source import Span

__all__ = ["plain", "report", "show", "summary"]

WIDTH = 120
"""How much of a long line is shown, in characters."""


def show(findings: Report, style: Style) -> Iterator[str]:
    """The lines of the whole report, the one that counts last."""
    yield from report(findings.diagnostics, findings.lines, style)
    yield summary(findings.diagnostics, len(findings.lines), findings.left_out, findings.suppressed)


def report(
    diagnostics: Sequence[Diagnostic], lines: Mapping[str, tuple[str, ...]], style: Style = plain
) -> Iterator[str]:
    """The lines of text that show the diagnostics, each followed by an empty line; `lines` are those of each file."""
    for diagnostic in diagnostics:
        yield from _one(diagnostic, lines, style)
        yield ""


def summary(diagnostics: Sequence[Diagnostic], files: int, left_out: int = 0, suppressed: int = 0) -> str:
    """One line that counts the errors and warnings that are shown, and the findings that are not."""
    errors, warnings = counts(diagnostics)
    found = [_counted(errors, "error")] * bool(errors) + [_counted(warnings, "warning")] * bool(warnings)
    besides = [f"{_counted(left_out, 'finding')} left out"] * bool(left_out)
    besides += [f"{_counted(suppressed, 'finding')} suppressed"] * bool(suppressed)
    behind = f" ({', '.join(besides)})" if besides else ""
    return f"{_counted(files, 'file')} checked: {' and '.join(found) or 'no findings'}{behind}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _one(diagnostic: Diagnostic, lines: Mapping[str, tuple[str, ...]], style: Style) -> Iterator[str]:
    finding = diagnostic.finding
    severity = str(diagnostic.rule.severity)
    label = style(f"{severity}[{diagnostic.rule.code}]", severity)
    yield f"{style(f'{_place(finding.span)}:', 'place')} {label} {visible(finding.message)}"
    margin = " " * len(str(finding.span.line))
    known = lines.get(finding.span.path, ())
    if finding.span.line <= len(known) and known[finding.span.line - 1].strip():
        shown, carets = _excerpt(known[finding.span.line - 1], finding.span)
        yield style(f"{margin} |", "frame")
        yield style(f"{finding.span.line} | ", "frame") + shown
        yield style(f"{margin} | ", "frame") + style(carets, severity)
    for related in finding.related:
        yield style(f"{margin} = ", "frame") + f"{visible(related.message)}: {_place(related.span)}"
    if finding.help:
        yield style(f"{margin} = help: ", "help") + visible(finding.help)


def _place(span: Span) -> str:
    return f"{visible(span.path)}:{span.line}:{span.column}"


def _excerpt(line: str, span: Span) -> tuple[str, str]:
    line = line.replace("\t", " ")
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    first = max(0, start - WIDTH // 2) if len(line) > WIDTH else 0
    before, marked, behind = line[first:start], line[start:end][:WIDTH], line[end : first + WIDTH]
    cut = "…" if first else ""
    shown = cut + before + marked + behind
    carets = " " * _columns(visible(cut + before)) + "^" * max(1, _columns(visible(marked)))
    return visible(shown), carets


def _columns(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
