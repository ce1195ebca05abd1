"""What changed in the duties of a job: which are new, gone, about something else, or worded otherwise."""

from collections.abc import Iterator
from typing import Any

from rolebook.comparing.change import Change, Kind
from rolebook.comparing.meaning import Tongue, folded, reworded
from rolebook.comparing.pairs import Pair, tells
from rolebook.model import values as v
from rolebook.model.job import Duty, JobDescription

_ACTIVITY = v.Ref(("activity",))
_PROCESS = v.Ref(("process",))


@tells(JobDescription, "duties")
def duties(pair: Pair) -> Iterator[Change]:
    """The duties that are not what they were; one is known by its sentence, else by what it is about."""
    was = [(duty, folded(duty.duty), names(duty, pair.before)) for duty in pair.old.duties]
    now = [(duty, folded(duty.duty), names(duty, pair.after)) for duty in pair.new.duties]
    for tells_alike in (_is_same, _says_same, _names_same, _is_like):
        for new in list(now):
            old = next((one for one in was if tells_alike(one, new)), None)
            if old is not None:
                was.remove(old)
                now.remove(new)
                yield from _changed(pair, old, new)
    for duty, text, _ in now:
        yield pair.change(Kind.DUTY_ADDED, duty, field="duties", new=(text,))
    for duty, text, _ in was:
        yield pair.change(Kind.DUTY_REMOVED, duty, in_old=True, field="duties", old=(text,))


Told = tuple[Duty, str, frozenset[str]]
"""A duty, its sentence, and the activities and processes that it names."""


def names(duty: Duty, tongue: Tongue) -> frozenset[str]:
    """The activities that a duty fulfils and the processes that it answers for."""
    activities = (tongue.reference(activity, _ACTIVITY) for activity in duty.fulfils)
    return frozenset((*activities, *(tongue.reference(process, _PROCESS) for process in duty.answers_for)))


def _is_same(old: Told, new: Told) -> bool:
    return old[1:] == new[1:]


def _says_same(old: Told, new: Told) -> bool:
    return old[1] == new[1]


def _names_same(old: Told, new: Told) -> bool:
    return bool(new[2]) and old[2] == new[2]


def _is_like(old: Told, new: Told) -> bool:
    return reworded(old[1], new[1])


def _changed(pair: Pair, old: Told, new: Told) -> Iterator[Change]:
    told: dict[str, Any] = {"field": "duties", "old": (old[1],), "new": (new[1],)}
    if old[2] != new[2]:
        yield pair.change(Kind.DUTY_CHANGED, new[0], **told)
    elif old[1] != new[1]:
        yield pair.change(Kind.DUTY_REWORDED if _is_like(old, new) else Kind.DUTY_RESTATED, new[0], **told)
