"""What checking a handbook came to, for the pages that tell of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from rolebook.checks import Findings
from rolebook.checks.hidden import with_reasons
from rolebook.diagnostic import Diagnostic
from rolebook.reporting import Suppressed


@dataclass(frozen=True, slots=True)
class Checked:
    """The day that counted as today, what was found, and what comments in the handbook hide, with their reasons."""

    today: date
    findings: tuple[Diagnostic, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()

    @classmethod
    def of(cls, found: Findings, lines: Mapping[str, tuple[str, ...]], today: date) -> Self:
        """What was found as of `today`; `lines` are those of each file that was read."""
        hidden = with_reasons(found.suppressed, lines) if found.suppressed else ()
        return cls(today, found.diagnostics, hidden)
