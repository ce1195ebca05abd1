"""Atom feeds (RFC 4287) of the versions: one for the handbook, and one for each role with what changed for it.

An entry is a release. All days are those of releases, and ids do not depend on where the version lies: a reader that
has seen an entry never sees it again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree

from markupsafe import Markup, escape

from rolebook import __version__
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.released import newest
from rolebook.pages.gathering import of_people
from rolebook.pages.linking import Linker
from rolebook.pages.moments import Moment, moments
from rolebook.pages.places import HOME, VERSIONS, changes_of, place
from rolebook.pages.telling import Telling
from rolebook.pages.versions import consolidated, name
from rolebook.rendering import Links, Writing, anchor
from rolebook.value import value

HANDBOOK = "feeds/handbook.xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_MOST = 20
"""So many of the newest releases have entries."""
_HREF = re.compile(r'href="(?!#)')
_UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to write."""


@value(kw_only=True)
class Entry:
    """What a feed says of a release, and the place of the site that says more."""

    release: Release
    title: str
    page: str
    anchor: str = ""
    summary: str
    content: Markup


def feeds(handbook: Handbook, links: Links, site_url: str | None) -> dict[str, bytes]:
    """The feeds by their path; none without a release, or where nobody said where the site lies."""
    release = newest(handbook)
    if release is None or not site_url:
        return {}
    feed = _Feed(handbook, links, site_url, release)
    told = [moment for moment in moments(handbook) if moment.step.release]
    whole = feed.document(HANDBOOK, handbook.organisation.handbook, VERSIONS, map(feed.version, told[:_MOST]))
    found = {HANDBOOK: whole}
    for role in handbook.roles.values():
        if role.active:
            entries = (entry for moment in told[:_MOST] for entry in feed.for_role(moment, role.id))
            title = links.look.say("What changed for {role}").format(role=role.name)
            path = f"feeds/roles/{role.id}.xml"
            found[path] = feed.document(path, title, place("role", role.id).page, entries)
    return found


class _Feed:
    """What all feeds of a handbook have in common."""

    def __init__(self, handbook: Handbook, links: Links, site_url: str, release: Release) -> None:
        self._links = links
        self._link = Linker(handbook, links, HOME)
        self._handbook = handbook
        self._site = f"{site_url.rstrip('/')}/"
        own = f"{release.id}/"
        self._lasting = f"{self._site.removesuffix(own)}latest/" if self._site.endswith(f"/{own}") else self._site
        where = urlsplit(self._site.removesuffix(own))
        self._tag = f"tag:{where.hostname},{next(iter(handbook.releases.values())).date.year}:{where.path}"

    def document(self, path: str, title: str, page: str, entries: Iterable[Entry]) -> bytes:
        """A feed at `path` with its entries, the newest first."""
        listed = list(entries)
        feed = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": self._links.look.language})
        _add(feed, "title", title)
        _add(feed, "id", self._tag + path)
        _add(feed, "updated", _moment(listed[0].release.date if listed else self._first()))
        _add(feed, "link", rel="self", type="application/atom+xml", href=self._lasting + path)
        _add(feed, "link", rel="alternate", type="text/html", href=self._lasting + self._link.to(page))
        _add(_add(feed, "author"), "name", self._handbook.organisation.name)
        _add(feed, "generator", "Rolebook", version=__version__)
        for entry in listed:
            self._add_entry(feed, path, entry)
        ElementTree.indent(feed)
        written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
        return written + b"\n"

    def _add_entry(self, feed: ElementTree.Element, path: str, entry: Entry) -> None:
        one = _add(feed, "entry")
        _add(one, "title", entry.title)
        _add(one, "id", f"{self._tag}{path}#{entry.release.id}")
        _add(one, "updated", _moment(entry.release.date))
        _add(one, "published", _moment(entry.release.date))
        _add(one, "link", rel="alternate", type="text/html", href=self._site + self._link.to(entry.page, entry.anchor))
        if entry.summary:
            _add(one, "summary", entry.summary, type="text")
        _add(one, "content", _HREF.sub(f'href="{escape(self._site)}', entry.content), type="html")

    def _first(self) -> date:
        return next(iter(self._handbook.releases.values())).date

    def version(self, moment: Moment) -> Entry:
        """A release with its note, its improvements, and how much changed."""
        release, say = _release(moment), self._links.look.say
        note = str(release.note or "")
        parts = [Writing().prose(note)] if note else []
        found = consolidated(moment)
        if found:
            parts.append(Markup("<p>%s</p>") % say("Improvements:"))
            parts.append(_listed(self._link("improvement", now) if now else then.name for now, then in found))
        for groups, heading in (
            (of_people(self._link, moment, moment.concerned.roles), "Something changed for these roles:"),
            (of_people(self._link, moment, moment.concerned.jobs), "Something changed for these jobs:"),
        ):
            if groups:
                parts.append(Markup("<p>%s</p>") % say(heading))
                parts.append(_listed(anchor(g.href, g.about.name) if g.href else g.about.name for g in groups.groups))
        if moment.step.before is None:
            parts.append(Markup("<p>%s</p>") % say("This is the first version."))
        page = place("release", release.id).page
        title = name(self._links.look, release)
        return Entry(release=release, title=title, page=page, summary=note, content=Markup().join(parts))

    def for_role(self, moment: Moment, role: str) -> Iterator[Entry]:
        """A release with all that changed for a role; nothing where nothing did."""
        told, release = moment.effects("role", role), _release(moment)
        if not told or moment.step.comparison is None:
            return
        who = str(self._handbook.roles[role].name)
        telling = Telling(moment.step.comparison, self._link)
        words = Telling(moment.step.comparison, self._link, links=False)
        yield Entry(
            release=release,
            title=name(self._links.look, release),
            page=place("role", role).page,
            anchor=changes_of(release.id),
            summary=f"{who} {'; '.join(words.effect(one).striptags() for one in told)}",
            content=_listed(Markup("%s %s") % (who, telling.effect(one)) for one in told),
        )


def _release(moment: Moment) -> Release:
    assert moment.step.release is not None
    return moment.step.release


def _listed(items: Iterable[str]) -> Markup:
    return Markup("<ul>%s</ul>") % Markup().join(Markup("<li>%s</li>") % item for item in items)


def _moment(day: date) -> str:
    """A day as Atom writes it: its first moment."""
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, attributes)
    if text:
        element.text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(text))
    return element


def announced(names: Iterable[str]) -> Sequence[str]:
    """Those of the files beside the pages that are feeds."""
    return tuple(name for name in names if name.startswith("feeds/"))
