"""How diagnostics are shown: one module for each format, which is imported when it is used."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType

from rolebook.diagnostic import Diagnostic, Finding
from rolebook.value import value

Style = Callable[[str, str], str]
"""Dresses text for the terminal: (text, one of `error`, `warning`, `place`, `frame`, `help`, `heading`) → text."""

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "for people, with the line and what to do",
        "concise": "one line a finding",
        "json": "for programs",
        "github": "notes in a GitHub pull request",
        "gitlab": "GitLab's Code Quality report",
        "sarif": "SARIF 2.1.0, for code scanning",
    }
)
"""The formats, and what each is for; each is a module of this package with a function `show`."""

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})


class Part(StrEnum):
    """How findings stand to what was changed since a revision, in the order in which they are shown."""

    CHANGED = "changed"
    """They lie in changed files, or point at a place in one."""
    NEW = "new"
    """They lie elsewhere, and were not there before."""
    BEFORE = "before"
    """They lie elsewhere, and were there before."""


@value()
class Suppressed:
    """A finding that a comment in the handbook hides, and the reason that is written there."""

    diagnostic: Diagnostic
    reason: str


@value()
class Report:
    """What is to be shown, and what formats need to know to show it."""

    diagnostics: Sequence[Diagnostic]
    lines: Mapping[str, tuple[str, ...]]
    """The lines of each file that was read."""
    from_root: str = ""
    """The way from the root of the repository to the handbook, such as `handbook/`; "" where they are the same."""
    left_out: int = 0
    """How many findings were made that are not to be shown."""
    suppressed: int = 0
    """How many findings a comment in the handbook hides."""
    suppressions: Sequence[Suppressed] = ()
    """These findings, where they are to be shown, too."""
    parts: Sequence[tuple[Part, Sequence[Diagnostic]]] = ()
    """The diagnostics once more, parted by what was changed; none where nobody asked."""

    def path(self, path: str) -> str:
        """The path of a file of the handbook, from the root of the repository."""
        return self.from_root + path


def show(format: str, report: Report, style: Style) -> Iterator[str]:
    """The lines that show a report in one of the `FORMATS`; only formats for people take to the style."""
    lines: Iterator[str] = import_module(f"{__name__}.{format}").show(report, style)
    return lines


def plain(text: str, _: str) -> str:
    """The style that dresses nothing."""
    return text


def counts(diagnostics: Sequence[Diagnostic]) -> tuple[int, int]:
    """How many of the diagnostics are errors, and how many warnings."""
    errors = sum(diagnostic.is_error for diagnostic in diagnostics)
    return errors, len(diagnostics) - errors


def sentences(finding: Finding) -> str:
    """The fact and what to do about it, for formats that have one text for both."""
    return visible(f"{finding.message}. {finding.help}".rstrip())


def visible(text: str) -> str:
    """`text` on one line, with every character that would not show, or would reorder others, written as U+XXXX."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"<U+{ord(c):04X}>" if _is_hidden(c) else c for c in text)


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character != " "
