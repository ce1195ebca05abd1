"""Families 8 and 5, renewal: what has changed since a release is approved again, and its training looked at again."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.diagnostic import Finding, Severity
from rolebook.model.handbook import Handbook
from rolebook.model.released import has_changed_since, newest

UNTIL_RELEASED = frozenset({"RB509", "RB809", "RB810", "RB811"})
"""The warnings that compare with the newest release: with the next one they end, whether they were heeded or not."""


@check("RB809", "unrenewed-approval", Severity.WARNING)
def unrenewed_approval(handbook: Handbook) -> Iterator[Finding]:
    """A document has changed since the newest release in what it asks for, and its approval is the old one."""
    release = newest(handbook)
    if release and has_changed_since(handbook, release.id):
        from rolebook.checks.outdated import unrenewed  # and with it all that compares handbooks

        yield from unrenewed(handbook, release.id)


@check("RB509", "unreviewed-module", Severity.WARNING)
def unreviewed_module(handbook: Handbook) -> Iterator[Finding]:
    """An activity has changed since the newest release, and a module that teaches it was not reviewed."""
    release = newest(handbook)
    if release and has_changed_since(handbook, release.id):
        from rolebook.checks.outdated import unreviewed

        yield from unreviewed(handbook)
