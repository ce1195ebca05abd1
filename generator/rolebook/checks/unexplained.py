"""What has changed since a version without a reason, and reasons for what has not changed."""

from collections.abc import Iterator, Sequence

from rolebook.checks.explanations import Explanations
from rolebook.checks.holding import held, stands_in
from rolebook.checks.ratchet import undone
from rolebook.checks.wording import any_of, quoted
from rolebook.comparing import Change, Comparison, compare
from rolebook.comparing.around import key
from rolebook.comparing.change import Kind
from rolebook.comparing.grounds import COMES_OR_GOES, Grounds
from rolebook.comparing.places import place
from rolebook.comparing.since import since_release
from rolebook.comparing.substance import alters
from rolebook.comparing.wording import Wording
from rolebook.diagnostic import Finding, Related
from rolebook.loading.near import nearest
from rolebook.model.catalogue import path_of
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.release import NEXT, Reason
from rolebook.model.released import newest
from rolebook.source import Text

_WITHOUT = frozenset({"area", "checks", "clause", "glossary", "improvement", "outside", "page", "standard"})
"""The kinds of thing that give the reason themselves, or explain what others do."""
_CRAFT = frozenset({"currency", "dates", "handbook", "materials", "minutes", "observed", "questions"})
"""The fields that those who teach, or who publish the handbook, see to as they think best."""
_CONSEQUENCES = frozenset({"job", "plan"})
"""What follows from the work itself: where that has changed, there is no need to explain them, too."""
_IN_IMPROVEMENTS = frozenset({"activity", "control", "hand-off", "kpi", "role"})
"""The kinds of thing that improvements name."""
_GONE = frozenset({Kind.REMOVED, Kind.MERGED, Kind.ROLE_RETIRED, Kind.ROLE_MERGED})
_LIKELY = 2
"""So many improvements are named that were perhaps meant: of more, none is likely."""
_MOST_SHOWN = 4
"""So many changes of one thing are shown besides the first."""


def unexplained(handbook: Handbook, version: str) -> Iterator[Finding]:
    """What has changed since a version, of which it is known what it said, and nothing says why: each thing once.

    What the ratchet tells of is left to it.
    """
    comparison = _since(handbook, version)
    grounds = Grounds(comparison)
    changes = [(change, grounds.of(change)) for change in comparison.changes if _needs_reason(change)]
    changed = frozenset(key(change.thing) for change, _ in changes)
    came = frozenset(key(change.thing) for change, _ in changes if change.kind in COMES_OR_GOES)
    known = Explanations(handbook, version, grounds)
    left: dict[str, list[tuple[Change, frozenset[str]]]] = {}
    told = _told_by_the_ratchet(handbook)
    for change, ground in changes:
        causes = changed if change.about.kind in _CONSEQUENCES else came
        follows = (ground - {key(change.thing), key(change.about)}) & causes
        if not follows and key(change.thing) not in told and not known.cover(change, ground):
            left.setdefault(key(change.thing), []).append((change, ground))
    for found in left.values():
        (first, ground), *_ = found
        process = first.about.reference if first.about.kind == "process" else ""
        help = _help(first, ground, known.perhaps(ground, process))
        yield _finding(comparison, version, [change for change, _ in found], help)


def _told_by_the_ratchet(handbook: Handbook) -> frozenset[str]:
    """What RB608 tells of: that comes first."""
    told = dict.fromkeys(one.protected for one in undone(handbook) if one.by is None)
    return frozenset(
        stands_in(handbook, kept) for one in told for _, kept, found in held(handbook, one) if found.losses
    )


def idle(handbook: Handbook, version: str, reasons: Sequence[Reason]) -> Iterator[Finding]:
    """The reasons for what has not changed since a version, of which it is known what it said."""
    comparison = _since(handbook, version)
    grounds = Grounds(comparison)
    changes = [change for change in comparison.changes if _needs_reason(change)]
    known = frozenset(ground for change in changes for ground in grounds.of(change))
    changed = list(dict.fromkeys(key(change.thing) for change in changes))
    for element in (element for reason in reasons for element in reason.for_):
        if grounds.today(element) not in known:
            yield _idle(element, version, changed)


def _since(handbook: Handbook, version: str) -> Comparison:
    release = newest(handbook)
    found = since_release(handbook) if release and release.id == version else None
    return found or compare(handbook.past[version], handbook)


def _needs_reason(change: Change) -> bool:
    if _WITHOUT & {change.about.kind, change.thing.kind}:
        return False
    return alters(change) and change.field.rpartition(".")[2] not in _CRAFT


def _finding(comparison: Comparison, version: str, changes: Sequence[Change], help: str) -> Finding:
    """The finding for one thing, at the first of its changes; the others are shown with it."""
    wording = Wording(comparison)
    first, *others = [(place(comparison.new, change), wording.sentence(change)) for change in changes]
    more = f" (and {len(others)} more change{'s' * (len(others) > 1)} of it)" if others else ""
    message = f"changed since {version}, and nothing says why: {first[1]}{more}"
    return Finding(first[0], message, help, tuple(Related(*other) for other in others[:_MOST_SHOWN]))


def _help(change: Change, ground: frozenset[str], meant: Sequence[Improvement]) -> str:
    """What to do: name it in an improvement, if any can, or write the reason."""
    named = key(change.thing)
    reason = f"write the reason in {NEXT}, below 'reasons': 'for: {named}' and 'why'"
    if change.thing.kind in _IN_IMPROVEMENTS:
        field = "removes" if change.kind in _GONE else "adds" if change.kind in COMES_OR_GOES else "changes"
        paths = any_of(path_of("improvement", improvement.id) for improvement in meant)
        where = paths if 0 < len(meant) <= _LIKELY else "the improvement that asks for it"
        return f"Add '{named}' to '{field}' of {where}, or {reason}."
    if change.about.kind in _CONSEQUENCES and any(one.startswith("activity:") for one in ground):
        return f"Name the activity from which it follows in the improvement that asks for it, or {reason}."
    return f"{reason[0].upper()}{reason[1:]}."


def _idle(element: Text, version: str, changed: Sequence[str]) -> Finding:
    message = f"nothing that needs a reason has changed in {quoted(element)} since {version}"
    alike = [one for one in changed if one.partition(":")[2] == element]
    meant = alike[0] if alike else nearest(element, changed)
    help = f"Write '{meant}', or take it out." if meant else "Take it out, or name what has changed."
    return Finding(element.span, message, help)
