"""A handbook compared with its own releases."""

from itertools import pairwise

from rolebook.comparing.compare import Comparison, compare
from rolebook.model.handbook import Handbook, derived
from rolebook.model.release import Release
from rolebook.model.released import newest
from rolebook.value import value


@value()
class Step:
    """A release, or what is not released yet (None), the release before it, and what changed from that one.

    There is no comparison for the first release, nor where one of the two cannot be read.
    """

    release: Release | None
    before: Release | None
    comparison: Comparison | None


@derived
def since_release(handbook: Handbook) -> Comparison | None:
    """What changed since the newest release; None where there is none, or where it cannot be compared."""
    release = newest(handbook)
    then = handbook.past.get(release.id) if release else None
    return compare(then, handbook) if then is not None else None


@derived
def history(handbook: Handbook) -> tuple[Step, ...]:
    """The releases with what changed in each, the oldest first; `past` must hold all of them."""
    releases = tuple(handbook.releases.values())
    first = (Step(release, None, None) for release in releases[:1])
    later = (Step(release, before, _between(handbook, before, release)) for before, release in pairwise(releases))
    return (*first, *later)


def latest(handbook: Handbook) -> Step | None:
    """The last step with changes: what is not released yet, else the newest release; None where nothing changed.

    As `history`, it needs all of `past`.
    """
    found = since_release(handbook)
    steps = (*history(handbook), Step(None, newest(handbook), found))
    return next((step for step in reversed(steps) if step.comparison and step.comparison.changes), None)


def _between(handbook: Handbook, before: Release, release: Release) -> Comparison | None:
    old, new = (handbook.past.get(one.id) for one in (before, release))
    return compare(old, new) if old is not None and new is not None else None
