"""The pack that tells a role only what changed for it since a version."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from rolebook.comparing.change import RECORDING, WORDING, Change, Kind
from rolebook.comparing.compare import Comparison, compare
from rolebook.comparing.effect import Effect, Told, Weight
from rolebook.comparing.effects import effects
from rolebook.loading.near import nearest
from rolebook.model.handbook import Handbook
from rolebook.pages.packs.binding import TEMPLATE, Chapter, Pack, bind
from rolebook.pages.packs.choosing import NoPack
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


@dataclass(frozen=True, slots=True)
class News:
    """An effect in a sentence, why it is, what was before, and the activity as it is to be done now."""

    told: Told
    sentence: Markup
    causes: tuple[Cause, ...]
    details: tuple[Markup, ...]
    now: MyActivity | None


@dataclass(frozen=True, slots=True)
class DeltaView:
    """What changed for a role: its work, its partners, what is only told in other words; and modules that teach it."""

    news: tuple[News, ...]
    partners: tuple[News, ...]
    words: tuple[News, ...]
    lessons: tuple[Lesson, ...]


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
    return Since(version, comparison, by_role, steps(handbook, version))


def delta(handbook: Handbook, role: str, past: Since, edition: Edition, look: Look, today: date) -> Pack | None:
    """The pack of what changed for a role; None where nothing did."""
    told = past.by_role.get(role, ())
    if not told:
        return None
    mine = view(handbook, role, edition, look, today)
    link = InPack(handbook, Links(look=look), "")
    found = _delta(mine, past, told, Telling(past.comparison, link, links=False))
    blocks = Blocks(TEMPLATE, look, view=mine, link=link, delta=found)
    return bind(link, mine, blocks, _chapters(blocks, look, found), today)


def _chapters(blocks: Blocks, look: Look, found: DeltaView) -> Iterator[Chapter]:
    say = look.say
    if found.news or found.partners:
        yield Chapter("news", say("What changed for my role"), "news", blocks.render("news"))
    if found.words:
        yield Chapter("words", say("In other words only"), "words", blocks.render("words"))
    if found.lessons:
        yield Chapter("lessons", say("Modules and questions about it"), "lessons", blocks.render("lessons"))


def _delta(view: PackView, past: Since, told: tuple[Told, ...], telling: Telling) -> DeltaView:
    found = tuple(_news(view, past, one, telling) for one in told)
    words = tuple(one for one in found if one.told.weight <= Weight.WORDING)
    news = _once(one for one in found if one.told.weight > Weight.WORDING and one.told.effect not in _PARTNERS)
    told_of = _in_full_once((*news, *words))
    concerned = {one.thing.reference for one in told if one.thing and one.weight > Weight.WORDING}
    return DeltaView(
        news=told_of[: len(news)],
        partners=tuple(one for one in found if one.told.effect in _PARTNERS),
        words=told_of[len(news) :],
        lessons=tuple(
            lesson
            for course in view.courses
            for lesson in course.lessons
            if concerned & {lesson.reference, *map(str, lesson.module.teaches)}
        ),
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


def _news(view: PackView, past: Since, told: Told, telling: Telling) -> News:
    mine = {one.reference: one for process in view.processes for one in process.activities}
    return News(
        told=told,
        sentence=telling.effect(told),
        causes=() if told.effect in _NEEDS_NO_REASON else past.steps.causes(told, str(view.role.id)),
        details=tuple(telling.change(change) for change in _details(past.comparison, told)),
        now=mine.get(told.thing.reference) if told.thing and told.effect is not Effect.LOST else None,
    )


def _details(comparison: Comparison, told: Told) -> Iterator[Change]:
    thing = told.thing
    if thing and told.effect in _IN_DETAIL:
        for change in comparison.changes:
            is_of_it = (change.thing.kind, change.thing.reference) == (thing.kind, thing.reference)
            is_told = change.kind not in (*RECORDING, *WORDING, Kind.ADDED) and change.field not in _ELSEWHERE
            if is_of_it and is_told and not change.role:
                yield change
