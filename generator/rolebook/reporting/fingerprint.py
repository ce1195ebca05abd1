"""What tells a finding from all others and stays with it when lines move."""

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from rolebook.diagnostic import Diagnostic
from rolebook.reporting import Report


def fingerprinted(report: Report) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with a hash of its file, its code, its message, and how many of the same came before it.

    Those that are suppressed come behind the others, where they are to be shown.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in (*report.diagnostics, *(suppressed.diagnostic for suppressed in report.suppressions)):
        same = (report.path(diagnostic.span.path), diagnostic.rule.code, diagnostic.finding.message)
        whole = "\0".join((*same, str(seen[same])))
        seen[same] += 1
        yield diagnostic, sha256(whole.encode(errors="backslashreplace")).hexdigest()
