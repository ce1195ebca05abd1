"""Diagnostics for people: the place, the fact, the line with carets below it, and what to do."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from rolebook.diagnostic import Diagnostic
from rolebook.reporting import counts
from rolebook.source import Span

Style = Callable[[str, str], str]
"""Dresses text for the terminal: (text, one of `error`, `warning`, `place`, `frame`, `help`) → text."""

WIDTH = 120
"""How much of a long line is shown, in characters."""
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})


def plain(text: str, _: str) -> str:
    """The style that dresses nothing."""
    return text


def visible(text: str) -> str:
    """`text` on one line, with every character that would not show, or would reorder others, written as U+XXXX."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"<U+{ord(c):04X}>" if _is_hidden(c) else c for c in text)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character != " "


def report(
    diagnostics: Sequence[Diagnostic], lines: Mapping[str, tuple[str, ...]], style: Style = plain
) -> Iterator[str]:
    """The lines of text that show the diagnostics, each followed by an empty line; `lines` are those of each file."""
    for diagnostic in diagnostics:
        yield from _one(diagnostic, lines, style)
        yield ""


def summary(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """One line that counts errors and warnings."""
    read = _counted(files, "file")
    if not diagnostics:
        return f"{read} checked: no findings"
    errors, warnings = counts(diagnostics)
    found = [_counted(errors, "error")] * bool(errors) + [_counted(warnings, "warning")] * bool(warnings)
    return f"{read} checked: {' and '.join(found)}"


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
