"""What improvements protect from the next release on: what they protected before, and what the new ones brought."""

from collections.abc import Iterable

from rolebook.checks.holding import held
from rolebook.checks.whereabouts import today
from rolebook.loading.snapshots.protecting import protected
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.protected import Protected
from rolebook.model.protection import brought, gathered
from rolebook.source import Text


def protecting(handbook: Handbook, version: str, improvements: Iterable[Improvement]) -> tuple[Protected, ...]:
    """The set that a release of a handbook carries, in which nothing is undone that may not be.

    What was protected before has its present names and values; what was undone is no longer in it. `improvements` are
    those that this release consolidates.
    """
    before = (_carried(handbook, one) for one in protected(handbook))
    new = (brought(handbook, improvement, version) for improvement in improvements)
    found = (one for one in (*before, *new) if any(one.kept()))
    return tuple(sorted(found, key=lambda one: (one.improvement, one.since)))


def _carried(handbook: Handbook, one: Protected) -> Protected:
    improvement = handbook.improvements.get(today(handbook, "improvement", one.improvement) or "")
    id = improvement.id if improvement else one.improvement
    name = improvement.name if improvement else one.name
    kept = [(part, now) for part, _, found in held(handbook, one) for now in found.kept]
    return gathered(Text(id, one.span), Text(name, one.span), one.since, kept, one.span)
