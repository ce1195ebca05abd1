"""What changes for a job through its roles: what it had through one of them is not new to it through another."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from rolebook.comparing.change import Subject
from rolebook.comparing.effect import Effect, Told
from rolebook.comparing.shares import Shares
from rolebook.pages.moments import Moment

K = TypeVar("K")
V = TypeVar("V")
_OF_THE_JOB = frozenset(
    {
        *(Effect.GAINED, Effect.LETTERS, Effect.LOST, Effect.OWNS, Effect.OWNS_NO_LONGER),
        *(Effect.NEW_TRAINING, Effect.TRAINING_GONE, Effect.NEW_PARTNER, Effect.PARTNER_GONE),
    }
)
"""The effects that depend on what the job has through its other roles."""


class _Held:
    """What somebody has who holds some roles."""

    def __init__(self, shares: Shares, roles: Iterable[str]) -> None:
        held = tuple(roles)
        self.activities: dict[str, Subject] = {}
        self.modules = {key: thing for role in held for key, thing in shares.training(role).items()}
        self.owned = {key: thing for role in held for key, thing in shares.owned(role).items()}
        self.itself = {role: role for role in held}
        self.partners = {one: one for role in held for one in shares.partners(role) if one not in held}
        self._letters: dict[str, set[str]] = {}
        for role in held:
            for reference, part in shares.parts(role).items():
                self.activities.setdefault(reference, part.thing)
                self._letters.setdefault(reference, set()).update(part.letters)

    def letters(self, activity: str) -> tuple[str, ...]:
        """The letters in an activity."""
        return tuple(sorted(self._letters.get(activity, ()), key="RACI".index))


def through_roles(moment: Moment, id: str) -> Iterator[tuple[str, tuple[Told, ...]]]:
    """The roles of a job, by the ids that they have now, with what changes for the job through each.

    Of a role that it carries from then on, only what is to be learnt is told: all of that role is new to it.
    """
    comparison, then = moment.step.comparison, moment.then("job", id)
    origin = comparison.matches.origin.get(("job", then)) if comparison and then else None
    if comparison is None or then is None or origin is None:
        return
    old, new = comparison.old, comparison.new
    was = dict.fromkeys(map(old.current, old.jobs[origin].carries))
    now = dict.fromkeys(map(new.current, new.jobs[then].carries))
    if not moment.effects("job", id) and not any(moment.effects("role", moment.today("role", role)) for role in now):
        return
    formerly: dict[str, list[str]] = {}
    for role in was:
        formerly.setdefault(comparison.matches.before.get(("role", role), role), []).append(role)
    shares = Shares(old, comparison.matches.before), Shares(new, comparison.matches.after)
    whole = _Held(shares[0], was), _Held(shares[1], now), _Held(shares[1], [role for role in now if role in formerly])
    seen: set[Told] = set()
    for role in now:
        current = moment.today("role", role)
        mine = _Held(shares[0], formerly.get(role, ())), _Held(shares[1], (role,))
        found = list(_of_the_job(mine, whole))
        if role in formerly:
            found += (told for told in moment.effects("role", current) if told.effect not in _OF_THE_JOB)
        else:
            found = [told for told in found if told.effect is Effect.NEW_TRAINING]
        yield current, tuple(told for told in found if told not in seen)
        seen |= {*found}


def _of_the_job(mine: tuple[_Held, _Held], whole: tuple[_Held, _Held, _Held]) -> Iterator[Told]:
    """What a role brings that the job did not have before, and takes that the job has no longer.

    `whole` is what the job had, has, and has without further roles.
    """
    was, now, kept = whole
    for reference, thing in {**mine[1].activities, **mine[0].activities}.items():
        before, after = was.letters(reference), kept.letters(reference)
        if before != after and (after or not now.letters(reference)):
            effect = Effect.LETTERS if before and after else Effect.GAINED if after else Effect.LOST
            yield Told(effect=effect, thing=thing, old=before, new=after)
    for thing in _besides(mine[1].owned, was.owned):
        yield Told(effect=Effect.OWNS, thing=thing)
    for thing in _besides(mine[0].owned, now.owned):
        yield Told(effect=Effect.OWNS_NO_LONGER, thing=thing)
    for partner in _besides(mine[1].partners, was.partners | was.itself):
        yield Told(effect=Effect.NEW_PARTNER, new=(partner,))
    for partner in _besides(mine[0].partners, now.partners | now.itself):
        yield Told(effect=Effect.PARTNER_GONE, old=(partner,))
    for thing in _besides(mine[1].modules, was.modules):
        yield Told(effect=Effect.NEW_TRAINING, thing=thing)
    for thing in _besides(mine[0].modules, now.modules):
        yield Told(effect=Effect.TRAINING_GONE, thing=thing)


def _besides(some: Mapping[K, V], others: Mapping[K, V]) -> Iterator[V]:
    return (value for key, value in some.items() if key not in others)
