"""What releases say about a handbook: which is the newest, what each brought, and what the next one would."""

from collections.abc import Mapping

from rolebook.model.consolidation import lacks
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Status
from rolebook.model.release import Excuse, Release


def newest(handbook: Handbook) -> Release | None:
    """The newest release; None where there is none yet."""
    return next(iter([*handbook.releases.values()][-1:]), None)


def last_said(handbook: Handbook) -> Handbook | None:
    """What the handbook said in its newest release; None where there is none, or where that cannot be read."""
    release = newest(handbook)
    return handbook.past.get(release.id) if release else None


def is_as_released(handbook: Handbook) -> bool:
    """Whether the handbook says just what its newest release does, as far as that is known."""
    return last_said(handbook) == handbook


def has_changed_since(handbook: Handbook, version: str) -> bool:
    """Whether the handbook says something else than in a version, of which it is known what it said."""
    return handbook.past.get(version, handbook) != handbook


def taken_already(handbook: Handbook) -> Release | None:
    """The newest release if it says all that is written for the next one: it was interrupted at its very end.

    None where nothing is written for the next one, or something else.
    """
    release, draft = newest(handbook), handbook.next_release
    if release is None or draft is None or not (draft.note or draft.reasons):
        return None
    return release if (draft.note, draft.reasons) == (release.note, release.reasons) else None


@derived
def released_in(handbook: Handbook) -> Mapping[str, Release]:
    """The release that consolidated an improvement, by the id that it has now; it may have had another one then."""
    now = {former: i.id for i in handbook.improvements.values() for former in i.formerly}
    found: dict[str, Release] = {}
    for release in handbook.releases.values():
        for id in release.improvements:
            found.setdefault(id if id in handbook.improvements else now.get(id, id), release)
    return found


@derived
def to_release(handbook: Handbook) -> tuple[Improvement, ...]:
    """The improvements that the next release consolidates: achieved, nobody lacks anything, and not released yet."""
    return tuple(
        improvement
        for improvement in handbook.improvements.values()
        if improvement.status == Status.ACHIEVED.value
        and improvement.id not in released_in(handbook)
        and not lacks(handbook, improvement)
    )


def excuses(improvements: tuple[Improvement, ...]) -> tuple[Excuse, ...]:
    """What improvements excuse roles from, as a release tells it."""
    return tuple(
        Excuse(improvement=i.id, of=w.of, for_=w.for_, reason=w.reason, span=w.span)
        for i in improvements
        for w in i.waivers
    )
