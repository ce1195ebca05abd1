"""What explains changes since a version: improvements that were not released by then, and reasons that are written."""

from collections.abc import Iterator

from rolebook.comparing.around import within
from rolebook.comparing.change import Change
from rolebook.comparing.grounds import Grounds
from rolebook.model.consolidation import touched
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.release import Reason, number
from rolebook.model.released import released_in
from rolebook.value import value

_CONSOLIDATED = frozenset({"job", "plan"})
"""What follows from an improvement without being named by it: the duties and the training of those whom it touches."""


@value()
class _Account:
    """An improvement, what it names, and the activities that it touches besides."""

    improvement: Improvement
    named: frozenset[str]
    touched: frozenset[str]


class Explanations:
    """What explains the changes of a handbook since a version."""

    def __init__(self, handbook: Handbook, version: str, grounds: Grounds) -> None:
        self._accounts = [_account(handbook, one, grounds) for one in _open(handbook, version)]
        self._written = frozenset(
            grounds.today(element) for reason in reasons_since(handbook, version) for element in reason.for_
        )

    def cover(self, change: Change, ground: frozenset[str]) -> bool:
        """Whether a change is explained, given all that it may be due to."""
        return bool(ground & self._written) or any(_covers(account, change, ground) for account in self._accounts)

    def perhaps(self, ground: frozenset[str], process: str) -> tuple[Improvement, ...]:
        """The improvements that may be meant for a change: those that touch it; else those of its process."""
        near = [one.improvement for one in self._accounts if one.touched & ground]
        home = within(f"process:{process}")
        return tuple(near or (one.improvement for one in self._accounts if process and home in one.touched))


def reasons_since(handbook: Handbook, version: str) -> Iterator[Reason]:
    """The reasons that were written since a version: those of later releases, and of the next one."""
    for release in handbook.releases.values():
        if number(release.id) > number(version):
            yield from release.reasons
    if handbook.next_release:
        yield from handbook.next_release.reasons


def _open(handbook: Handbook, version: str) -> Iterator[Improvement]:
    """The improvements that were not released by a version, and not rejected."""
    for id, improvement in handbook.improvements.items():
        release = released_in(handbook).get(id)
        is_later = release is None or number(release.id) > number(version)
        if is_later and improvement.status != Status.REJECTED.value:
            yield improvement


def _account(handbook: Handbook, improvement: Improvement, grounds: Grounds) -> _Account:
    elements = (*improvement.adds, *improvement.changes, *improvement.removes)
    named = frozenset(map(grounds.today, elements))
    activities = (touch.part.reference for touch in touched(handbook, improvement) if touch.part)
    around = {f"activity:{activity}" for activity in activities}
    processes = (element.partition(":")[2].partition("/") for element in (*named, *around))
    around.update(within(f"process:{process}") for process, slash, _ in processes if slash)
    return _Account(improvement, named, frozenset(around))


def _covers(account: _Account, change: Change, ground: frozenset[str]) -> bool:
    return bool(ground & account.named) or (change.about.kind in _CONSOLIDATED and bool(ground & account.touched))
