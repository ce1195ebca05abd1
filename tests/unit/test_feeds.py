"""The Atom feeds: what RFC 4287 asks for is there, ids last, and texts of authors are texts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from xml.etree import ElementTree

import pytest

from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.values import Day
from rolebook.publishing.exports.feeds import HANDBOOK, announced, feeds
from rolebook.rendering import Links, Look
from rolebook.source import Text
from tests.site.samples import NASTY
from tests.unit.test_pages_news import CLOSE, HERE, Released
from tests.unit.test_pages_news import _before as _before
from tests.unit.test_pages_news import _released as _released

URL = "https://handbook.example.org/it/"
AGENT = "feeds/roles/agent.xml"
_ATOM = "{http://www.w3.org/2005/Atom}"


def made(handbook: Handbook, url: str | None = URL, look: str = "en") -> dict[str, bytes]:
    return feeds(handbook, Links(directory_urls=False, look=Look(look)), url)


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)


def texts(parent: ElementTree.Element, tag: str) -> list[str]:
    return [element.text or "" for element in parent.iterfind(_ATOM + tag)]


def links(parent: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in parent.iterfind(f"{_ATOM}link")}


def entries(data: bytes) -> list[ElementTree.Element]:
    return parsed(data).findall(f"{_ATOM}entry")


def changed(handbook: Handbook, releases: Iterable[Release]) -> Handbook:
    return replace(handbook, releases=MappingProxyType({str(release.id): release for release in releases}))


@pytest.mark.parametrize("path", [HANDBOOK, AGENT])
def test_a_feed_has_what_atom_asks_for(released: Released, path: str) -> None:
    feed = parsed(made(released([CLOSE], [(*CLOSE[:1], *CLOSE[:0:-1])]))[path])
    assert feed.tag == f"{_ATOM}feed"
    assert [child.tag.removeprefix(_ATOM) for child in feed if child.tag != f"{_ATOM}entry"].count("author") == 1
    for element in (feed, *feed.findall(f"{_ATOM}entry")):
        for tag in ("id", "title", "updated"):
            assert len(texts(element, tag)) == 1
            assert texts(element, tag)[0]
        assert datetime.fromisoformat(texts(element, "updated")[0]).tzinfo
        assert links(element)["alternate"].startswith(URL)
    ids = [texts(entry, "id")[0] for entry in feed.findall(f"{_ATOM}entry")]
    assert len(ids) == len(set(ids)) == (3 if path == HANDBOOK else 2)
    assert texts(feed.find(f"{_ATOM}author") or feed, "name") == ["Larkfield Libraries"]
    assert links(feed)["self"] == f"{URL}{path}"


def test_the_same_handbook_gives_the_same_bytes(released: Released) -> None:
    handbook = released([CLOSE])
    assert made(handbook) == made(replace(handbook))


def test_there_are_no_feeds_without_a_release_or_an_address(released: Released) -> None:
    handbook = released([CLOSE])
    assert made(handbook, None) == {}
    assert made(changed(handbook, ())) == {}


def test_what_is_not_released_yet_is_no_news(released: Released) -> None:
    handbook = released([], unreleased=[CLOSE])
    assert [texts(entry, "title") for entry in entries(made(handbook)[HANDBOOK])] == [
        ["Version 1.1.0"],
        ["Version 1.0.0"],
    ]
    assert entries(made(handbook)[AGENT]) == []


def test_a_roles_feed_tells_what_changed_for_it_and_leads_there(released: Released) -> None:
    (entry,) = entries(made(released([CLOSE]))[AGENT])
    assert texts(entry, "title") == ["Version 1.1.0"]
    (content,) = texts(entry, "content")
    assert "Service Desk Agent is no longer responsible for" in content
    assert f'<a href="{URL}processes/incident/procedure.html#close">Close the report</a>' in content
    assert "<" not in texts(entry, "summary")[0]
    assert links(entry)["alternate"] == f"{URL}roles/agent.html#changes-1-1-0"


def test_an_entry_stays_the_same_wherever_its_version_is_published(released: Released) -> None:
    handbook = released([CLOSE])
    plain, published = (parsed(made(handbook, url)[HANDBOOK]) for url in (URL, f"{URL}1.1.0/"))
    ids = [[texts(e, "id") for e in (feed, *feed.findall(f"{_ATOM}entry"))] for feed in (plain, published)]
    assert ids[0] == ids[1]
    assert links(published)["self"] == f"{URL}latest/{HANDBOOK}"
    assert links(published.findall(f"{_ATOM}entry")[0])["alternate"] == f"{URL}1.1.0/versions/1.1.0.html"


def test_a_release_is_as_old_as_it_says(released: Released) -> None:
    handbook = released([CLOSE])
    last = replace(handbook.releases["1.1.0"], date=Day(2027, 1, 31))
    feed = parsed(made(changed(handbook, (handbook.releases["1.0.0"], last)))[HANDBOOK])
    assert texts(feed, "updated") == ["2027-01-31T00:00:00Z"]
    assert [texts(entry, "updated") for entry in feed.findall(f"{_ATOM}entry")] == [
        ["2027-01-31T00:00:00Z"],
        ["2026-06-30T00:00:00Z"],
    ]


@pytest.mark.parametrize("note", [*NASTY, "bell \x07 and \ufffe"])
def test_texts_of_authors_are_texts(released: Released, note: str) -> None:
    handbook = released([CLOSE])
    first, last = handbook.releases.values()
    data = made(changed(handbook, (first, replace(last, note=Text(note, HERE)))))[HANDBOOK]
    entry = entries(data)[0]
    shown = note.replace("\x07", "\N{REPLACEMENT CHARACTER}").replace("\ufffe", "\N{REPLACEMENT CHARACTER}")
    assert texts(entry, "summary") == [shown]
    (content,) = texts(entry, "content")
    assert "<script" not in content
    assert '<a href="javascript' not in content


def test_feeds_speak_the_language_of_the_handbook(released: Released) -> None:
    feed = parsed(made(released([CLOSE]), look="de")[AGENT])
    assert texts(feed, "title") == ["Was sich für Service Desk Agent geändert hat"]
    assert "ist nicht mehr zuständig für" in texts(feed.findall(f"{_ATOM}entry")[0], "summary")[0]
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "de"


def test_pages_are_told_which_feeds_there_are() -> None:
    assert announced(["llms.txt", HANDBOOK, AGENT]) == (HANDBOOK, AGENT)
