"""Calendars (RFC 5545) of the days that training plans have fixed: one for each plan, and one for each role.

An event is a day of a plan. It has the same id in all calendars and versions, and says the same whatever the day.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vText

from rolebook import __version__
from rolebook.model.dates import CourseDay, days_by_plan, days_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.released import newest
from rolebook.model.training import TrainingPlan
from rolebook.pages.linking import Linker
from rolebook.pages.places import HOME, calendar_of, place
from rolebook.rendering import Links, Writing

_MOST = 500
"""So many of the latest dates a calendar has."""
_UNPRINTABLE = re.compile("[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What ends a line, or cannot be shown, in one calendar program or another."""
_BEFORE_ALL = datetime(1980, 1, 1, tzinfo=UTC)
"""When events were last changed, where nothing was released: any day will do that is always the same."""


def calendars(handbook: Handbook, links: Links, site_url: str | None) -> dict[str, bytes]:
    """The calendars by their path; none of a plan or a role without a date. `site_url` is where the site lies."""
    if not days_by_plan(handbook):
        return {}
    writer = _Writer(handbook, links, site_url)
    found = {}
    for plan, days in days_by_plan(handbook).items():
        path = calendar_of("plan", plan)
        found[path] = writer.document(path, str(handbook.plans[plan].name), days, told=True)
    for role, days in days_by_role(handbook).items():
        path = calendar_of("role", role)
        title = links.look.say("Training: {role}").format(role=handbook.roles[role].name)
        found[path] = writer.document(path, title, days, told=False)
    return found


class _Writer:
    """What all calendars of a handbook have in common."""

    def __init__(self, handbook: Handbook, links: Links, site_url: str | None) -> None:
        release = newest(handbook)
        self._handbook, self._look = handbook, links.look
        self._link = Linker(handbook, links, HOME)
        self._top = _top(site_url, release.id if release else "")
        self._site = f"{self._top}latest/" if site_url and self._top != _top(site_url, "") else self._top
        self._changed = datetime.combine(release.date, time(), UTC) if release else _BEFORE_ALL

    def document(self, path: str, title: str, days: Iterable[CourseDay], *, told: bool) -> bytes:
        """A calendar at `path`; `told` is whether its events tell for whom they are."""
        calendar = Calendar()
        calendar.add("PRODID", f"-//Rolebook//Rolebook {__version__}//EN")
        calendar.add("VERSION", "2.0")
        calendar.add("UID", self._id(path))
        calendar.add("LAST-MODIFIED", self._changed)
        for name in ("NAME", "X-WR-CALNAME"):
            calendar.add(name, self._text(title))
        for name in ("DESCRIPTION", "X-WR-CALDESC"):
            calendar.add(name, self._text(str(self._handbook.organisation.handbook)))
        if self._site:
            calendar.add("SOURCE", self._site + path, {"VALUE": "URI"})
        calendar.add("REFRESH-INTERVAL", timedelta(days=1), {"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vText("P1D"))
        for day in [*days][-_MOST:]:
            calendar.add_component(self._event(day, told=told))
        written: bytes = calendar.to_ical(sorted=False)
        return written

    def _event(self, one: CourseDay, *, told: bool) -> Event:
        page = self._link.to(place("plan", one.plan.id).page)
        event = Event()
        event.add("UID", self._id(f"{_oldest(one.plan)}#{one.day.isoformat()}"))
        event.add("DTSTAMP", self._changed)
        event.add("LAST-MODIFIED", self._changed)
        event.add("SEQUENCE", len(self._handbook.releases))
        event.start, event.end = one.day, one.day + timedelta(days=1)
        event.add("SUMMARY", self._text(str(one.plan.name)))
        lines = [*self._lines(one, told=told), *([self._site + page] if self._site else [])]
        event.add("DESCRIPTION", self._text("\n".join(lines)))
        event.add("CATEGORIES", [self._look.say("Training")])
        event.add("TRANSP", "TRANSPARENT")  # whoever takes part on another day is free on this one
        if self._site:
            event.add("URL", self._site + page)
        return event

    def _lines(self, one: CourseDay, *, told: bool) -> Iterator[str]:
        """What there is to know of a day, for reading; `told` is whether that is for whom it is, too."""
        say, writing, plan = self._look.say, Writing(self._look.speech), one.plan
        if one.modules:
            yield f"{say('Modules')}:"
            yield from (f"- {module.name} ({writing.duration(module.minutes)})" for module in one.modules)
            yield f"{say('In all')}: {writing.duration(one.minutes)}"
        if plan.how:
            yield f"{say('Trainer')}: {self._handbook.roles[plan.how.trainer].name}"
            yield f"{say('Forms')}: {', '.join(map(writing.words, plan.how.formats))}"
        if plan.prerequisites:
            before = ", ".join(self._handbook.plans[id].name for id in plan.prerequisites)
            yield f"{say('Plans to complete before')}: {before}"
        if told and one.roles:
            yield f"{say('For')}: {self._link.names(one.roles)}"

    def _id(self, of: str) -> str:
        return f"{uuid5(NAMESPACE_URL, f'{self._top or self._handbook.organisation.handbook} {of}')}"

    def _text(self, written: str) -> vText:
        plain = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", written)
        return _Plain(plain, params={"LANGUAGE": self._look.language})


class _Plain(vText):
    r"""A text of which every character shows: the library takes `\N`, as in `C:\New`, for the end of a line."""

    def to_ical(self) -> bytes:
        escaped = str(self)
        for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
            escaped = escaped.replace(sign, written)
        return escaped.encode()


def _top(site_url: str | None, version: str) -> str:
    """Where all versions of a site lie, also that which is published as `version`; "" where nobody said."""
    if not site_url:
        return ""
    site, own = f"{site_url.rstrip('/')}/", f"/{version}/"
    return f"{site.removesuffix(own)}/" if version and site.endswith(own) else site


def _oldest(plan: TrainingPlan) -> str:
    """The first id that a plan had, which stays when it is renamed."""
    return str([*plan.formerly, plan.id][0])
