"""How diagnostics are shown: one module for each format."""

from collections.abc import Sequence

from rolebook.diagnostic import Diagnostic


def counts(diagnostics: Sequence[Diagnostic]) -> tuple[int, int]:
    """How many of the diagnostics are errors, and how many warnings."""
    errors = sum(diagnostic.is_error for diagnostic in diagnostics)
    return errors, len(diagnostics) - errors
