"""What must hold in a handbook: one function and one page (`docs/checks`) for each check."""

from collections.abc import Iterable
from datetime import date

from rolebook.checks import (
    assessed,
    business,
    communication,
    completions,
    control,
    defined,
    duties,
    flow,
    handoffs,
    holders,
    improvements,
    jobs,
    lines,
    maturity,
    measured,
    measurements,
    momentum,
    ownership,
    plan,
    programme,
    quick_wins,
    raci,
    ratchet,
    reasons,
    references,
    releases,
    renewal,
    repetition,
    role_names,
    segregation,
    smart,
    succession,
    targets,
    taught,
    training,
)
from rolebook.checks.check import Check, registered
from rolebook.checks.flood import cut_short
from rolebook.checks.severity import off, unclear_settings, weighed
from rolebook.checks.slips import SLIP
from rolebook.checks.suppression import suppressions
from rolebook.diagnostic import Diagnostic
from rolebook.loading import Loaded
from rolebook.value import value

__all__ = ["CHECKS", "Check", "Findings", "all_findings", "every_finding", "findings"]

FAMILIES = (
    *(references, role_names, raci, lines, ownership, segregation, handoffs, flow, repetition),
    *(jobs, duties, holders, training, taught, completions, improvements, succession, ratchet, programme),
    *(measured, assessed, quick_wins, smart, defined),
    *(maturity, measurements, targets, communication, plan, momentum, business, control, renewal, releases, reasons),
)
"""The modules of checks, in the order of their codes; importing them registers the checks."""

CHECKS: tuple[Check, ...] = registered()


@value()
class Findings:
    """What was found in a handbook, in the order of the files: what counts, and what comments in it hide."""

    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Diagnostic, ...]


def findings(loaded: Loaded, today: date, checks: Iterable[Check] = CHECKS) -> Findings:
    """What reading a handbook and all checks found as of `today`, as people read it: floods are cut short."""
    everything = every_finding(loaded, today, checks)
    return Findings(cut_short(everything.diagnostics), everything.suppressed)


def all_findings(loaded: Loaded, today: date) -> tuple[Diagnostic, ...]:
    """What counts of `every_finding`."""
    return every_finding(loaded, today).diagnostics


def every_finding(loaded: Loaded, today: date, checks: Iterable[Check] = CHECKS) -> Findings:
    """As `findings`, with each one of a flood: to compare a handbook with what it was.

    They are weighed as the handbook settles it.

    A suppression counts as unused only where the whole handbook could be read and every reference leads somewhere:
    else its finding may only be waiting.
    """
    handbook = loaded.handbook
    skipped = off(handbook)
    made = (
        diagnostic for check in checks if check.rule.code not in skipped for diagnostic in check.run(handbook, today)
    )
    found = [diagnostic for diagnostic in (*loaded.diagnostics, *made) if diagnostic.rule.code not in skipped]
    written = suppressions(loaded.lines)
    counting, suppressed = written.divide(found)
    counting += (*unclear_settings(handbook), *written.unclear)
    if not handbook.lost and not any(diagnostic.rule.code == SLIP for diagnostic in counting):
        counting += written.unused(suppressed, skipped)
    in_order = (sorted(part, key=lambda diagnostic: diagnostic.order) for part in (counting, suppressed))
    return Findings(*(tuple(weighed(handbook, part)) for part in in_order))
