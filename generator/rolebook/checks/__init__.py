"""What must hold in a handbook: one function and one page (`docs/checks`) for each check."""

from datetime import date

from rolebook.checks import (
    control,
    flow,
    holders,
    improvements,
    jobs,
    programme,
    raci,
    references,
    role_names,
    training,
)
from rolebook.checks.check import Check, registered
from rolebook.diagnostic import Diagnostic
from rolebook.loading import Loaded
from rolebook.model.handbook import Handbook

__all__ = ["CHECKS", "Check", "all_findings", "check_handbook"]

FAMILIES = (references, role_names, raci, flow, jobs, holders, training, improvements, programme, control)
"""The modules of checks, in the order of their codes; importing them registers the checks."""

CHECKS: tuple[Check, ...] = registered()


def check_handbook(handbook: Handbook, today: date) -> tuple[Diagnostic, ...]:
    """What all checks find in a handbook as of `today`, in the order of the files."""
    found = (diagnostic for check in CHECKS for diagnostic in check.run(handbook, today))
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))


def all_findings(loaded: Loaded, today: date) -> tuple[Diagnostic, ...]:
    """What reading a handbook and all checks found, as of `today`, in the order of the files."""
    found = (*loaded.diagnostics, *check_handbook(loaded.handbook, today))
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))
