"""What a change means for somebody who works by the handbook."""

from collections.abc import Mapping
from enum import Enum, IntEnum

from rolebook.comparing.change import Change, Subject
from rolebook.value import value


class Weight(IntEnum):
    """How much an effect asks of somebody."""

    WORDING = 0
    """Nothing: other words for the same."""
    LEARNING = 1
    """Something to know or to learn."""
    ACCOUNTABILITY = 2
    """Somebody answers for something else, or is somebody else."""


class Effect(Enum):
    """What a change means for a role or a job; the value is the sentence that says so, without its subject."""

    NEW = "is new"
    GONE = "is gone"
    RETIRED = "is retired"
    MERGED = "is merged into {new}"
    REVIVED = "is in use again"
    TAKES_OVER = "takes over what {old} did"
    RENAMED = "was called {old} before"
    CARRIES = "carries the role {new}"
    CARRIES_NO_LONGER = "no longer carries the role {old}"
    GAINED = "is {new} {thing}"
    LOST = "is no longer {old} {thing}"
    LETTERS = "is {new} {thing}, and was {old}"
    OWNS = "answers for {thing}"
    OWNS_NO_LONGER = "no longer answers for {thing}"
    MEASURED_OTHERWISE = "is measured otherwise: {change}"
    OWN = "is described otherwise: {change}"
    DOES_OTHERWISE = "does {thing} otherwise: {old}"
    NEW_PARTNER = "works with {new} from now on"
    PARTNER_GONE = "no longer works with {old}"
    NEW_TRAINING = "is to take {thing}"
    OTHER_TRAINING = "is to take {thing} in its new form"
    TRAINING_GONE = "no longer takes {thing}"
    REWORDED = "finds {thing} in other words"
    OWN_REWORDED = "is described in other words: {change}"


_WEIGHTS: Mapping[Effect, Weight] = {
    **dict.fromkeys(Effect, Weight.LEARNING),
    **dict.fromkeys(
        (
            *(Effect.NEW, Effect.GONE, Effect.RETIRED, Effect.MERGED, Effect.REVIVED, Effect.TAKES_OVER),
            *(Effect.CARRIES, Effect.CARRIES_NO_LONGER),
        ),
        Weight.ACCOUNTABILITY,
    ),
    **dict.fromkeys((Effect.RENAMED, Effect.REWORDED, Effect.OWN_REWORDED), Weight.WORDING),
}
_OWNING = frozenset({Effect.OWNS, Effect.OWNS_NO_LONGER})


@value(kw_only=True)
class Told:
    """One effect: on what, and what was and is; of a change that tells it best, the `change` itself.

    `lasts` says that the thing was there before, and still is: whoever answers for it has then taken it over.
    """

    effect: Effect
    thing: Subject | None = None
    lasts: bool = False
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    change: Change | None = None

    @property
    def weight(self) -> Weight:
        """How much it asks."""
        is_passed_on = self.effect in _OWNING or "A" in set(self.old) ^ set(self.new)
        if self.lasts and is_passed_on:
            return Weight.ACCOUNTABILITY
        return _WEIGHTS[self.effect]


@value(kw_only=True)
class Affected:
    """A role or a job that changes concern, and how; for a job, also `through` which of its roles."""

    who: Subject
    effects: tuple[Told, ...]
    through: tuple[str, ...] = ()

    @property
    def weight(self) -> Weight:
        """The most that one of the effects asks."""
        return max((told.weight for told in self.effects), default=Weight.WORDING)


@value()
class Effects:
    """The roles and the jobs that changes concern, in the order of the handbook."""

    roles: tuple[Affected, ...]
    jobs: tuple[Affected, ...]
