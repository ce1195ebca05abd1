"""The pages of versions: what each release brought and whom it concerns, what is not released yet, and the list."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from rolebook.comparing import Change, Kind
from rolebook.comparing.change import RECORDING
from rolebook.comparing.effect import Affected
from rolebook.comparing.since import since_release
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.model.organisation import Function
from rolebook.model.release import Reason, Release
from rolebook.model.released import excuses, to_release
from rolebook.model.standing import Record, record
from rolebook.pages.composing import Part, compose
from rolebook.pages.due import Asked, asked_in, asked_lately
from rolebook.pages.gathering import Group, Groups, fates, of_people, of_things
from rolebook.pages.linking import Linker
from rolebook.pages.moments import Moment, moments
from rolebook.pages.page import Page
from rolebook.pages.places import INDEX_HEADINGS, NEXT_VERSION, VERSIONS, place
from rolebook.pages.telling import Telling, named
from rolebook.rendering import Links, Look, Writing

_VERY_FEW = 8
"""Up to so many changes outside processes stand open: most of them are told to roles and jobs as well."""


@dataclass(frozen=True, slots=True)
class Excused:
    """Who needs no duty or no training for an improvement, and why."""

    of: str
    who: Markup
    what: Markup
    why: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version, or what is not released yet (`release` is None); `telling` is None where nothing is compared."""

    release: Release | None
    before: Release | None
    telling: Telling | None
    changes: int
    improvements: tuple[tuple[str, Improvement], ...]
    """Those that it consolidates, by the ids that they have now ("" where they are gone), as they were then."""
    records: Mapping[str, Record]
    """How far each of them had reached everybody, by the id that it had then."""
    excuses: tuple[Excused, ...]
    reasons: tuple[tuple[str, Markup], ...]
    """Why other things changed, and which."""
    note: str
    asked: tuple[tuple[Function, tuple[Asked, ...]], ...]
    """The training that it asks roles for, by function."""
    fates: tuple[Affected, ...]
    """The roles that are new, gone, merged or renamed, each with that alone."""
    roles: Groups
    jobs: Groups
    processes: Groups
    documents: Groups
    approvals: tuple[Change, ...]
    holds: Handbook | None
    """Of the first release, what it held."""


@dataclass(frozen=True, slots=True)
class Line:
    """A version in the list: the release, or None for what is not released yet, and what it came to."""

    release: Release | None
    note: str
    improvements: tuple[tuple[str, Improvement], ...]
    changes: int | None
    """None where nothing can be compared."""
    roles: int
    jobs: int


@dataclass(frozen=True, slots=True)
class VersionsView:
    """All versions, the newest first."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """What is new: the newest release, the roles that it changed something for, and what is not released yet."""

    newest: Line
    roles: tuple[Group, ...]
    ahead: Line | None
    to_train: int
    """Of how many roles it asks training."""


def name(look: Look, release: Release | None) -> str:
    """What a version is called on pages: `Version 1.2.0`."""
    if release is None:
        return look.say(INDEX_HEADINGS[NEXT_VERSION])
    return look.say("Version {version}").format(version=release.id)


def is_ahead(handbook: Handbook) -> bool:
    """Whether the handbook says something else than its newest release."""
    found = since_release(handbook)
    return bool(found and found.changes)


def pages(handbook: Handbook, links: Links) -> Iterator[Page]:
    """The list of versions and a page for each, where there are any."""
    told = told_moments(handbook)
    if not told:
        return
    lines = tuple(line(moment) for moment in told)
    yield compose(
        handbook,
        links,
        VERSIONS,
        "versions",
        VersionsView(lines),
        [Part("section_versions", "All versions")],
        title=INDEX_HEADINGS[VERSIONS],
        description="What each version of the handbook brought, and for whom.",
        source=None,
    )
    for moment in told:
        yield _page(handbook, links, moment)


def told_moments(handbook: Handbook) -> tuple[Moment, ...]:
    """The releases, the newest first, and before them what is not released yet, if there is anything."""
    return tuple(m for m in moments(handbook) if m.step.release or is_ahead(handbook))


def headline(link: Linker) -> Headline | None:
    """What is new for the page of `link`: the newest release that concerns somebody; None where there is no release."""
    told = told_moments(link.handbook)
    released = [moment for moment in told if moment.step.release]
    if not released:
        return None
    newest = next((moment for moment in released if moment.concerned.roles), released[0])
    roles = of_people(link, newest, newest.concerned.roles)
    asked = [one for one in asked_lately(link.handbook).values() if one.release is newest.step.release]
    return Headline(line(newest), roles.groups, line(told[0]) if told[0].step.release is None else None, len(asked))


def line(moment: Moment) -> Line:
    """A version in a line."""
    comparison, found = moment.step.comparison, moment.concerned
    return Line(
        release=moment.step.release,
        note=_note(moment),
        improvements=consolidated(moment),
        changes=len(comparison.changes) if comparison else None,
        roles=len(found.roles),
        jobs=len(found.jobs),
    )


def consolidated(moment: Moment) -> tuple[tuple[str, Improvement], ...]:
    """The improvements that a version consolidates, by the ids that they have now, as they were then."""
    release, handbook = moment.step.release, moment.handbook
    if release is None:
        return tuple((str(improvement.id), improvement) for improvement in to_release(handbook))
    then = handbook.past.get(release.id, handbook).improvements
    found = []
    for id in release.improvements:
        now = moment.today("improvement", id)
        if improvement := then.get(id) or handbook.improvements.get(now):
            found.append((now, improvement))
    return tuple(found)


def _records(moment: Moment, improvements: Iterable[tuple[str, Improvement]]) -> Mapping[str, Record]:
    """The consolidation records of the improvements of a version, as they were when it was released."""
    release, handbook = moment.step.release, moment.handbook
    then = handbook.past.get(release.id, handbook) if release else handbook
    return {one.id: record(then, one) for _, one in improvements if one.id in then.improvements}


def _note(moment: Moment) -> str:
    said = moment.step.release or moment.handbook.next_release
    return str(said.note) if said and said.note else ""


def _page(handbook: Handbook, links: Links, moment: Moment) -> Page:
    release = moment.step.release
    path = place("release", release.id).page if release else NEXT_VERSION
    return compose(
        handbook,
        links,
        path,
        "version",
        _view(Linker(handbook, links, path), moment),
        _parts(release),
        title=name(links.look, release),
        description=_description(links.look, moment),
        source=None,
    )


def _description(look: Look, moment: Moment) -> str:
    """Since when a version holds, what its note says, and which improvements it consolidates."""
    release = moment.step.release
    if release is None:
        return look.say("What has changed in the handbook since its newest version, and for whom.")
    parts = [look.say("Since {day}.").format(day=Writing(look.speech).day(release.date).striptags())]
    if release.note:
        parts.append(" ".join(release.note.split()))
    if improvements := consolidated(moment):
        parts.append(f"{look.say('Improvements:')} {', '.join(then.name for _, then in improvements)}.")
    return " ".join(parts)


def _parts(release: Release | None) -> Iterator[Part]:
    yield Part("section_holds", "What it holds")
    yield Part("section_improvements", "Improvements consolidated" if release else "Improvements to be consolidated")
    yield Part("section_training", "Training that it asks for")
    yield Part("section_fates", "New and former roles")
    yield Part("section_roles", "What changed for roles")
    yield Part("section_jobs", "What changed for jobs")
    yield Part("section_processes", "What changed in processes")
    yield Part("section_documents", "What changed elsewhere")
    yield Part("section_reasons", "Why else something changed")
    yield Part("section_approvals", "Approvals renewed")


def _view(link: Linker, moment: Moment) -> VersionView:
    handbook, step, found = moment.handbook, moment.step, moment.concerned
    changes = step.comparison.changes if step.comparison else ()
    said = step.release or handbook.next_release
    improvements = consolidated(moment)
    told = [change for change in changes if change.kind not in RECORDING]
    return VersionView(
        release=step.release,
        before=step.before,
        telling=Telling(step.comparison, link) if step.comparison else None,
        changes=len(changes),
        improvements=improvements,
        records=_records(moment, improvements),
        excuses=tuple(
            Excused(e.of, named(link, "role", e.for_), named(link, "improvement", e.improvement), e.reason)
            for e in (step.release.waivers if step.release else excuses(to_release(handbook)))
        ),
        reasons=tuple((reason.why, _what(link, reason)) for reason in (said.reasons if said else ())),
        note=_note(moment),
        asked=asked_in(moment),
        fates=fates(found.roles),
        roles=of_people(link, moment, found.roles),
        jobs=of_people(link, moment, found.jobs),
        processes=of_things(change for change in told if change.about.kind == "process"),
        documents=of_things((change for change in told if change.about.kind != "process"), few=_VERY_FEW),
        approvals=tuple(change for change in changes if change.kind is Kind.APPROVED),
        holds=handbook.past.get(step.release.id) if step.release and step.before is None else None,
    )


def _what(link: Linker, reason: Reason) -> Markup:
    """What a reason is given for."""
    return Markup(", ").join(named(link, *element.partition(":")[::2]) for element in reason.for_)
