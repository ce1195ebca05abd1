"""The versions of a handbook one after the other: whom each concerns how, and which improvements it brought."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from rolebook.comparing.change import Subject
from rolebook.comparing.compare import Comparison
from rolebook.comparing.effect import Effect, Effects, Told
from rolebook.comparing.effects import effects, effects_by_release
from rolebook.comparing.shares import Shares
from rolebook.comparing.since import Step, history, since_release
from rolebook.model.handbook import Handbook, derived
from rolebook.model.improvement import Improvement, Status
from rolebook.model.released import newest, released_in
from rolebook.pages.telling import today

T = TypeVar("T")
_UNDER_WAY = frozenset({Status.APPROVED.value, Status.IN_PROGRESS.value, Status.ACHIEVED.value})
NOBODY = Effects((), ())
Elements = Mapping[str, tuple[Improvement, ...]]


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of the handbook, with its effects by the kind and the id that somebody has now."""

    handbook: Handbook
    step: Step
    _effects: Mapping[tuple[str, str], tuple[Told, ...]] = field(default_factory=dict)
    _then: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The ids that roles and jobs had then, by those that they have now."""
    _brought: Elements = field(default_factory=dict)
    """The improvements that came with it, by what they add, change or remove."""
    concerned: Effects = NOBODY
    """The roles and the jobs that it concerns, as they were called then."""

    def effects(self, kind: str, id: str) -> tuple[Told, ...]:
        """What it means for a role or a job."""
        return self._effects.get((kind, id), ())

    def today(self, kind: str, reference: str) -> str:
        """What something of then is called now; "" where it is there no more."""
        return today(self.handbook, kind, reference)

    def then(self, kind: str, id: str) -> str | None:
        """The id that a role or job of now had then; None where there was none."""
        return self._then.get((kind, id))

    def taken_over(self, role: str, successor: str) -> tuple[Told, ...]:
        """What `successor` gained of what a role had that was merged into it."""
        comparison, then = self.step.comparison, self.then("role", role)
        if comparison is None or then is None:
            return ()
        was = comparison.matches.origin.get(("role", then), then)
        shares = Shares(comparison.old, comparison.matches.before)
        had = {*shares.parts(was), *shares.training(was), *(reference for _, reference in shares.owned(was))}
        own = self.effects("role", successor)
        return tuple(told for told in own if told.thing and told.thing.reference in had)

    def because(self, told: Told, who: str) -> tuple[Improvement, ...]:
        """The improvements that came with it and brought an effect; `who` is the role or job concerned, `role:id`."""
        found = (i for element in self._elements(told, who) for i in self._brought.get(element, ()))
        return tuple({i.id: i for i in found}.values())

    def reasons(self, told: Told, who: str) -> tuple[str, ...]:
        """Why else it came, as the release says, or the next one will say."""
        said = self.step.release or self.handbook.next_release
        if said is None or not said.reasons:
            return ()
        elements = {*self._elements(told, who)}
        return tuple(reason.why for reason in said.reasons if elements & {*reason.for_})

    def _elements(self, told: Told, who: str) -> Iterator[str]:
        """What an effect is on, as improvements and reasons name it."""
        comparison = self.step.comparison
        if comparison is None:
            return
        if told.thing:
            yield f"{told.thing.kind}:{told.thing.reference}"
        elif who and told.effect not in (Effect.NEW_PARTNER, Effect.PARTNER_GONE):
            yield who
        if told.thing and told.thing.kind == "module":
            yield from (f"activity:{reference}" for reference in _taught(comparison, told.thing))
        elif told.change and told.change.about.kind == "job":
            job = comparison.new.jobs.get(told.change.about.reference)
            for duty in job.duties if job else ():
                if duty.duty in told.change.new:
                    yield from (f"activity:{reference}" for reference in duty.fulfils)


def _taught(comparison: Comparison, module: Subject) -> Iterable[str]:
    """What a module teaches; what it taught, where it is there no more."""
    plan, _, id = module.reference.partition("/")
    for handbook in (comparison.new, comparison.old):
        found = handbook.plans.get(plan)
        for one in found.modules if found else ():
            if one.id == id:
                return tuple(one.teaches)
    return ()


@derived
def moments(handbook: Handbook) -> tuple[Moment, ...]:
    """The steps of a handbook, the newest first: what is not released yet, then each release; none without one."""
    release = newest(handbook)
    if release is None:
        return ()
    steps = (*history(handbook), Step(None, release, since_release(handbook)))
    return tuple(_moment(handbook, step) for step in reversed(steps) if step.release or step.comparison)


def _moment(handbook: Handbook, step: Step) -> Moment:
    if step.comparison is None:
        return Moment(handbook, step)
    found = effects_by_release(handbook)[step.release.id] if step.release else effects(step.comparison)
    return Moment(
        handbook,
        step,
        {
            (kind, now): one.effects
            for kind, concerned in (("role", found.roles), ("job", found.jobs))
            for one, now in _by_id({one.who.reference: one for one in concerned}, handbook, kind)
        },
        {
            (kind, now): id
            for kind, there in (("role", step.comparison.new.roles), ("job", step.comparison.new.jobs))
            for id, now in _by_id({id: str(id) for id in there}, handbook, kind)
        },
        _brought(handbook, step, step.comparison),
        found,
    )


def _by_id(then: Mapping[str, T], handbook: Handbook, kind: str) -> Iterator[tuple[T, str]]:
    """What was found by ids of then with the ids of now; of two that became one, that which kept its id stands last."""
    now = {id: today(handbook, kind, id) for id in then}
    return ((then[id], now[id]) for id in sorted(then, key=lambda id: now[id] == id))


def _brought(handbook: Handbook, step: Step, comparison: Comparison) -> Elements:
    """The improvements of now that a step brought, by their elements as they were called then."""
    ids: Iterable[str]
    if step.release:
        ids = step.release.improvements
    else:
        waiting = (i for i in comparison.new.improvements.values() if i.id not in released_in(handbook))
        ids = (i.id for i in waiting if i.status in _UNDER_WAY)
    found: dict[str, list[Improvement]] = {}
    for id in ids:
        then, now = comparison.new.improvements.get(id), handbook.improvements.get(today(handbook, "improvement", id))
        if then and now:
            for element in (*then.adds, *then.changes, *then.removes):
                found.setdefault(element, []).append(now)
    return {element: tuple(improvements) for element, improvements in found.items()}
