"""Floods of findings, cut short: a report is for people, and what repeats hundreds of times is one mistake."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rolebook.diagnostic import Diagnostic, Finding

MOST_IN_A_FILE = 100
"""So many findings of one code are told one by one in a file."""
MOST_IN_ALL = 1_000
"""So many are told one by one in a handbook."""


class _Rest:
    """Findings of one code that are left out: the first of them, and where they are."""

    def __init__(self, first: Diagnostic) -> None:
        self.first = first
        self.number = 0
        self.paths: set[str] = set()

    def add(self, diagnostic: Diagnostic) -> None:
        """Leave one more out."""
        self.number += 1
        self.paths.add(diagnostic.span.path)

    def told(self) -> Diagnostic:
        """The one finding that stands for all of them."""
        if self.number == 1:
            return self.first
        where = "in this file" if len(self.paths) == 1 else f"in this file and {len(self.paths) - 1:,} after it"
        message = f"{self.number:,} more of this kind are found from here on, {where}"
        return replace(
            self.first, finding=Finding(self.first.span, message, "Mend those above first, and check again.")
        )


def cut_short(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics, in their order, but of each code no more than people read.

    Those left out of a file, and those left out of all, are counted in one finding where the first of them stands.
    """
    rests: dict[tuple[str, str], _Rest] = {}
    kept = list(_kept(diagnostics, rests))
    return tuple(one.told() if isinstance(one, _Rest) else one for one in kept)


def _kept(diagnostics: Iterable[Diagnostic], rests: dict[tuple[str, str], _Rest]) -> Iterator[Diagnostic | _Rest]:
    """What is shown, each rest in place of its first."""
    shown: dict[tuple[str, str], int] = {}
    for diagnostic in diagnostics:
        code, path = diagnostic.rule.code, diagnostic.span.path
        in_file, in_all = shown.get((code, path), 0), shown.get((code, ""), 0)
        if in_file < MOST_IN_A_FILE and in_all < MOST_IN_ALL:
            shown[code, path], shown[code, ""] = in_file + 1, in_all + 1
            yield diagnostic
            continue
        key = (code, path if in_file == MOST_IN_A_FILE else "")
        if key not in rests:
            rests[key] = _Rest(diagnostic)
            yield rests[key]
        rests[key].add(diagnostic)
