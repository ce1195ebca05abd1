"""What releases say about a handbook: which is the newest, what each brought, and what the next one would."""

from collections.abc import Mapping

from rolebook.model.consolidation import lacks
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Status
from rolebook.model.release import Excuse, Release


def newest(handbook: Handbook) -> Release | None:
    """The newest release; None where there is none yet."""
    return next(iter([*handbook.releases.values()][-1:]), None)


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
