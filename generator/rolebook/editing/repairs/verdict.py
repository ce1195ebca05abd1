"""Whether fixes did what they promise: their findings are gone, and no error has come in their place."""

from collections import Counter
from collections.abc import Sequence

from rolebook.diagnostic import Diagnostic, Finding
from rolebook.editing.repairs.choice import fix_of

FOLLOW_UP = frozenset({"undescribed-activity", "untaught-activity"})
"""What a change of who does what asks for in other files; an unsafe fix may bring it, since a person's edit would."""

Known = tuple[str, str, str]
"""A finding wherever it has moved: code, file, message."""


def known(diagnostic: Diagnostic) -> Known:
    """What tells a finding from others before and after lines have moved."""
    return diagnostic.rule.code, diagnostic.span.path, diagnostic.finding.message


def objection(before: Sequence[Diagnostic], after: Sequence[Diagnostic], fixed: Sequence[Diagnostic]) -> str:
    """Why the fixes of `fixed` must not be kept, by what is found before and after; "" where they may be."""
    then, now, mended = (Counter(map(known, found)) for found in (before, after, fixed))
    if any(now[finding] > then[finding] - count for finding, count in mended.items()):
        return "what it is for would still be found"
    room = Counter(finding[:2] for finding in (then - mended).elements())
    may_ask = not all(fix_of(diagnostic).safe for diagnostic in fixed)
    unasked = [d for d in after if d.is_error and not (may_ask and d.rule.name in FOLLOW_UP)]
    crowd = Counter(known(d)[:2] for d in unasked)
    for diagnostic in unasked:
        finding = known(diagnostic)
        if now[finding] > then[finding] and crowd[finding[:2]] > room[finding[:2]]:
            return f"it would bring a new error: {_told(diagnostic.finding)} ({diagnostic.rule.code})"
    return ""


def _told(finding: Finding) -> str:
    return f"{finding.span.path}: {finding.message}"
