"""Why something changed for a role since a version: the improvements behind it, and the reasons that releases give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rolebook.comparing.change import Subject
from rolebook.comparing.compare import Comparison
from rolebook.comparing.effect import Effect, Told
from rolebook.model.catalogue import of_kind
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.pages.moments import Moment, moments

_ALSO: Mapping[Effect, frozenset[Effect]] = {
    Effect.GAINED: frozenset({Effect.LETTERS}),
    Effect.LETTERS: frozenset({Effect.GAINED, Effect.LOST}),
}
"""What several versions may have done one after the other, besides the same, for it to come out as one effect."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What brought an effect: an improvement, or the reason that a release gives, which has neither name nor benefit.

    It is told `again` where it has been told in full before, at `anchor`.
    """

    anchor: str
    name: str
    problem: str
    benefit: str = ""
    again: bool = False


Causes = tuple[Cause, ...]
Effects = Sequence[tuple[Moment, Told]]


@dataclass(frozen=True, slots=True)
class Steps:
    """What came after a version, step by step, the oldest first; of steps that cannot be compared nothing is known."""

    handbook: Handbook
    moments: tuple[tuple[Moment, Comparison], ...]

    def causes(self, told: Told, role: str) -> Causes:
        """What brought an effect of all steps together for a role, as the step says in which it came.

        Where that says nothing, it is an improvement that is about it, and was released in that step or later.
        """
        then = tuple(self._then(told))
        came = [[own for own in moment.effects("role", role) if _led_to(own, one)] for moment, one in then]
        effects = [(moment, own) for (moment, _), alike in zip(then, came, strict=True) for own in alike]
        said = [*_improvements(effects, role), *self._reasons(effects, role)]
        if not said:
            first = next((position for position, alike in enumerate(came) if alike), 0)
            said = [*_improvements(then[first:], role), *(() if any(came) else self._reasons(then, role))]
        return tuple(dict.fromkeys(said))

    def since(self, told: Told, role: str) -> Release | None:
        """The release from which on an effect holds as it is; None where that is the next one.

        Where no step says that it came in it, that is the last of them.
        """
        steps = zip(self.moments, self._then(told), strict=True)
        came = [moment for (moment, _), (_, one) in steps if any(_led_to(o, one) for o in moment.effects("role", role))]
        last = (came or [moment for moment, _ in self.moments])[-1:]
        return last[0].step.release if last else None

    def _reasons(self, effects: Effects, role: str) -> Iterator[Cause]:
        for moment, told in effects:
            for reason in moment.reasons(told, _who(moment, role)):
                yield Cause(f"reason-{self._written.index(reason) + 1}", "", reason)

    @property
    def _written(self) -> list[str]:
        """The reasons of all steps, one after the other."""
        said = (moment.step.release or self.handbook.next_release for moment, _ in self.moments)
        return [str(reason.why) for one in said if one for reason in one.reasons]

    def _then(self, told: Told) -> Iterator[tuple[Moment, Told]]:
        """The steps, and the effect with what its thing was called in each."""
        names = self._names(told.thing) if told.thing else [""] * len(self.moments)
        for (moment, _), name in zip(self.moments, names, strict=True):
            yield moment, replace(told, thing=replace(told.thing, reference=name)) if told.thing else told

    def _names(self, thing: Subject) -> Sequence[str]:
        """What something was called in each step, that is there now or was before the first."""
        kind, name = thing.kind, thing.reference
        names: list[str] = []
        if name in of_kind(self.handbook, kind):
            for _, step in reversed(self.moments):
                names.insert(0, name)
                name = step.matches.origin.get((kind, name), name)
        else:
            for _, step in self.moments:
                name = step.matches.before.get((kind, name), name)
                names.append(name)
        return names


def steps(handbook: Handbook, version: str) -> Steps:
    """What came after a released version; all of `past` is needed."""
    versions = [*handbook.releases]
    earlier = versions[: versions.index(version) + 1]
    later = (one for one in reversed(moments(handbook)) if not one.step.release or one.step.release.id not in earlier)
    return Steps(handbook, tuple((one, one.step.comparison) for one in later if one.step.comparison))


def _led_to(own: Told, told: Told) -> bool:
    """Whether an effect of one step is part of an effect of all of them."""
    is_such = own.effect is told.effect or own.effect in _ALSO.get(told.effect, ())
    return is_such and _about(own) == _about(told)


def _about(told: Told) -> tuple[object, ...]:
    thing = (told.thing.kind, told.thing.reference) if told.thing else None
    change = (told.change.about.kind, told.change.field) if told.change else None
    return thing, change, told.old if told.effect is Effect.TAKES_OVER else ()


def _improvements(effects: Effects, role: str) -> Iterator[Cause]:
    for moment, told in effects:
        for improvement in moment.because(told, _who(moment, role)):
            benefit = str(improvement.benefit or "")
            yield Cause(f"why-{improvement.id}", str(improvement.name), str(improvement.problem), benefit)


def _who(moment: Moment, role: str) -> str:
    return f"role:{moment.then('role', role) or role}"
