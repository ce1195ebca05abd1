"""A handbook compared with its own releases."""

from collections.abc import Iterator
from itertools import pairwise

from rolebook.comparing.change import RECORDING, Change
from rolebook.comparing.compare import Comparison, compare
from rolebook.model.handbook import Handbook, derived
from rolebook.model.release import Release
from rolebook.model.released import last_said, newest
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
    then = last_said(handbook)
    return compare(then, handbook) if then is not None else None


@derived
def history(handbook: Handbook) -> tuple[Step, ...]:
    """The releases with what changed in each, the oldest first; `past` must hold all of them."""
    releases = tuple(handbook.releases.values())
    first = (Step(release, None, None) for release in releases[:1])
    later = (Step(release, before, _between(handbook, before, release)) for before, release in pairwise(releases))
    return (*first, *later)


def latest(handbook: Handbook) -> Step | None:
    """The last step in which a process changed: what is not released yet, or a release; None where there is none.

    As `history`, it needs all of `past`.
    """
    steps = (*history(handbook), Step(None, newest(handbook), since_release(handbook)))
    return next((step for step in reversed(steps) if any(in_processes(step))), None)


def in_processes(step: Step) -> Iterator[Change]:
    """What changed in processes, but for what is only recorded of them, such as an approval."""
    for change in step.comparison.changes if step.comparison else ():
        if change.about.kind == "process" and change.kind not in RECORDING:
            yield change


def _between(handbook: Handbook, before: Release, release: Release) -> Comparison | None:
    old, new = (handbook.past.get(one.id) for one in (before, release))
    return compare(old, new) if old is not None and new is not None else None
