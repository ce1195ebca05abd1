"""The pack that tells a role only what changed for it since a version."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from rolebook.comparing.change import RECORDING, WORDING, Change, Kind
from rolebook.comparing.compare import Comparison, compare
from rolebook.comparing.due import concerned
from rolebook.comparing.effect import Effect, Told, Weight
from rolebook.comparing.effects import effects
from rolebook.loading.near import nearest
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.pages.packs.binding import TEMPLATE, Chapter, Entry, Pack, bind
from rolebook.pages.packs.choosing import NoPack
from rolebook.pages.packs.differences import Difference, Differences
from rolebook.pages.packs.edition import Edition
from rolebook.pages.packs.linking import InPack
from rolebook.pages.packs.teaching import Lesson
from rolebook.pages.packs.view import PackView, view
from rolebook.pages.packs.why import Cause, Steps, steps
from rolebook.pages.packs.working import MyActivity
from rolebook.pages.telling import Telling
from rolebook.rendering import Blocks, Links, Look

_PARTNERS = frozenset({Effect.NEW_PARTNER, Effect.PARTNER_GONE})
_IN_DETAIL = frozenset({Effect.DOES_OTHERWISE, Effect.OTHER_TRAINING})
"""The effects that only name what changed: its changes tell what was before."""

_NEEDS_NO_REASON = frozenset({Effect.REWORDED, Effect.OWN_REWORDED})
_ELSEWHERE = frozenset({"questions", "reviewed"})
"""Questions stand in the modules, where a participant does not see the answers; when somebody looked is no news."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a version, for whom, and the steps in which it did, which say why."""

    version: str
    comparison: Comparison
    by_role: Mapping[str, tuple[Told, ...]]
    steps: Steps
    details: Mapping[tuple[str, str], tuple[Change, ...]]
    """What tells what was before, by the kind and the reference of what changed."""


@dataclass(frozen=True, slots=True)
class News:
    """An effect in a sentence, since when and why it is, what was before, and the activity as it is to be done now."""

    told: Told
    sentence: Markup
    since: Release | None
    """The release from which on it holds; None where that is the next one."""
    causes: tuple[Cause, ...]
    differences: tuple[Difference, ...]
    now: MyActivity | None
    new_steps: frozenset[str]
    """The steps of the activity that were not there before, or not in these words."""


@dataclass(frozen=True, slots=True)
class DeltaView:
    """What changed for a role: its work, its description, its partners, what is only told in other words.

    And the modules that teach it.
    """

    news: tuple[News, ...]
    described: tuple[News, ...]
    partners: tuple[News, ...]
    words: tuple[News, ...]
    lessons: tuple[Lesson, ...]

    @property
    def dated(self) -> tuple[News, ...]:
        """What holds from a release on: nothing of it is a matter of words."""
        return (*self.news, *self.described, *self.partners)

    @property
    def is_of_one_day(self) -> bool:
        """Whether all of it holds from the same release on."""
        return len({one.since.id if one.since else "" for one in self.dated}) == 1

    @property
    def minutes(self) -> int:
        """How long its modules take."""
        return sum(lesson.module.minutes for lesson in self.lessons)


def since(handbook: Handbook, version: str) -> Since:
    """What changed since a version, for which all of `past` is needed; NoPack where it was not released."""
    if version not in handbook.releases:
        near = nearest(version, map(str, handbook.releases))
        known = f"did you mean '{near}'?" if near else f"released are: {', '.join(handbook.releases) or 'none'}"
        raise NoPack(f"no version '{version}' was released; {known}")
    then = handbook.past.get(version)
    if then is None:
        raise NoPack(f"what version {version} said cannot be read: 'rolebook check' says why")
    comparison = compare(then, handbook)
    by_role = {one.who.reference: one.effects for one in effects(comparison).roles}
    return Since(version, comparison, by_role, steps(handbook, version), _details(comparison))


def delta(handbook: Handbook, role: str, past: Since, edition: Edition, look: Look, today: date | None) -> Pack | None:
    """The pack of what changed for a role; None where nothing did."""
    told = past.by_role.get(role, ())
    if not told:
        return None
    mine = view(handbook, role, edition, look)
    link = InPack(handbook, Links(look=look), "")
    found = _delta(mine, past, told, link)
    blocks = Blocks(TEMPLATE, look, view=mine, link=link, delta=found)
    return bind(link, mine, blocks, _chapters(blocks, look, found), today)


def _chapters(blocks: Blocks, look: Look, found: DeltaView) -> Iterator[Chapter]:
    say = look.say
    if found.dated:
        yield Chapter("news", say("What changed for my role"), "news", blocks.render("news"))
    if found.words:
        yield Chapter("words", say("In other words only"), "words", blocks.render("words"))
    if found.lessons:
        modules = tuple(Entry(lesson.anchor, lesson.module.name) for lesson in found.lessons)
        body = blocks.render("lessons")
        yield Chapter("lessons", say("Modules and questions about it"), "lessons", body, modules)


def _delta(view: PackView, past: Since, told: tuple[Told, ...], link: InPack) -> DeltaView:
    telling = Telling(past.comparison, link, links=False)
    differences = Differences(past.comparison, link.links.look)
    found = tuple(_news(view, past, one, telling, differences) for one in told)
    words = tuple(one for one in found if one.told.weight <= Weight.WORDING)
    described = tuple(one for one in found if one.told.effect is Effect.OWN)
    partners = tuple(one for one in found if one.told.effect in _PARTNERS)
    work = _once(one for one in found if one not in (*words, *described, *partners))
    told_of = _in_full_once((*work, *described, *words))
    mine = concerned(past.comparison.new, str(view.role.id), told)
    taught = {f"{plan.id}/{module.id}" for plan, module in mine}
    return DeltaView(
        news=told_of[: len(work)],
        described=told_of[len(work) : len(work) + len(described)],
        partners=partners,
        words=told_of[len(work) + len(described) :],
        lessons=tuple(lesson for course in view.courses for lesson in course.lessons if lesson.reference in taught),
    )


def _once(news: Iterable[News]) -> tuple[News, ...]:
    """The news, where what is to be done now stands with the last that concerns it alone."""
    told = tuple(news)
    last = {one.now.reference: position for position, one in enumerate(told) if one.now}
    return tuple(
        replace(one, now=None) if one.now and last[one.now.reference] != position else one
        for position, one in enumerate(told)
    )


def _in_full_once(news: Iterable[News]) -> tuple[News, ...]:
    """The news in the order in which they are told, where each cause stands in full with the first that it has."""
    known: set[str] = set()
    found: list[News] = []
    for one in news:
        found.append(replace(one, causes=tuple(replace(c, again=c.anchor in known) for c in one.causes)))
        known.update(cause.anchor for cause in one.causes)
    return tuple(found)


def _news(view: PackView, past: Since, told: Told, telling: Telling, differences: Differences) -> News:
    changes = _details_of(past, told)
    mine = {one.reference: one for process in view.processes for one in process.activities}
    return News(
        told=told,
        sentence=telling.described(told) if told.effect is Effect.OWN else telling.effect(told),
        since=past.steps.since(told, str(view.role.id)),
        causes=() if told.effect in _NEEDS_NO_REASON else past.steps.causes(told, str(view.role.id)),
        differences=tuple(map(differences.of, changes)),
        now=mine.get(told.thing.reference) if told.thing and told.effect is not Effect.LOST else None,
        new_steps=frozenset(step for change in changes if change.field == "steps" for step in _came(change)),
    )


def _came(change: Change) -> tuple[str, ...]:
    """What a list gained; one that stands in another order has gained nothing."""
    return () if change.kind is Kind.ORDER_CHANGED else change.new


def essence(past: Since, told: Iterable[Told]) -> tuple[tuple[Told, tuple[Change, ...]], ...]:
    """What the pack of these effects tells, whatever version it is since: two with the same say the same."""
    return tuple((one, _details_of(past, one)) for one in told)


def _details_of(past: Since, told: Told) -> tuple[Change, ...]:
    thing = told.thing
    return past.details.get((thing.kind, thing.reference), ()) if thing and told.effect in _IN_DETAIL else ()


def _details(comparison: Comparison) -> Mapping[tuple[str, str], tuple[Change, ...]]:
    found: dict[tuple[str, str], tuple[Change, ...]] = {}
    for change in comparison.changes:
        is_told = change.kind not in (*RECORDING, *WORDING, Kind.ADDED) and change.field not in _ELSEWHERE
        if is_told and not change.role:
            key = (change.thing.kind, change.thing.reference)
            found[key] = (*found.get(key, ()), change)
    return found
