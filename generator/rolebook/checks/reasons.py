"""Family 8, reasons: of what has changed since a release, it is written why."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.diagnostic import Finding, Severity
from rolebook.model.handbook import Handbook
from rolebook.model.release import NEXT
from rolebook.model.released import has_changed_since, newest, taken_already
from rolebook.source import Span


@check("RB810", "unexplained-change", Severity.WARNING)
def unexplained_change(handbook: Handbook) -> Iterator[Finding]:
    """Something has changed since the newest release, and no improvement and no note says why."""
    if release := newest(handbook):
        yield from unexplained_since(handbook, release.id)


def unexplained_since(handbook: Handbook, version: str) -> Iterator[Finding]:
    """What has changed since a version without a reason; nothing where it was not read what that version said."""
    if has_changed_since(handbook, version):
        from rolebook.checks.unexplained import unexplained  # and with it all that compares handbooks

        yield from unexplained(handbook, version)


@check("RB811", "idle-reason", Severity.WARNING)
def idle_reason(handbook: Handbook) -> Iterator[Finding]:
    """A reason is written for something that has not changed since the newest release."""
    release, draft = newest(handbook), handbook.next_release
    if taken := taken_already(handbook):
        message = f"all that this says was taken into release '{taken.id}' already"
        yield Finding(Span.of_file(NEXT), message, "Delete the file: that release was interrupted at its very end.")
    elif release and draft and draft.reasons and has_changed_since(handbook, release.id):
        from rolebook.checks.unexplained import idle

        yield from idle(handbook, release.id, draft.reasons)
