"""Families 8 and 5, renewal: what has changed since a release is approved again, and its training looked at again."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.diagnostic import Finding, Severity
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.released import newest


@check("RB809", "unrenewed-approval", Severity.WARNING)
def unrenewed_approval(handbook: Handbook) -> Iterator[Finding]:
    """A document has changed since the newest release in what it asks for, and its approval is the old one."""
    if release := _changed_since(handbook):
        from rolebook.checks.outdated import unrenewed  # and with it all that compares handbooks

        yield from unrenewed(handbook, release.id)


@check("RB509", "unreviewed-module", Severity.WARNING)
def unreviewed_module(handbook: Handbook) -> Iterator[Finding]:
    """An activity has changed since the newest release, and a module that teaches it was not reviewed."""
    if _changed_since(handbook):
        from rolebook.checks.outdated import unreviewed

        yield from unreviewed(handbook)


def _changed_since(handbook: Handbook) -> Release | None:
    """The newest release, where it is known what it said, and the handbook says something else now."""
    release = newest(handbook)
    then = handbook.past.get(release.id) if release else None
    return release if then is not None and then != handbook else None
