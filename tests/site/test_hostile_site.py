"""Whatever stands in any text field shows as it was written: on pages, in search, in data and in portable files."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from rolebook.model.handbook import Handbook
from rolebook.pages import Links, handbook_pages
from rolebook.publishing.reading import read_settings
from rolebook.source import Text
from tests.site import links
from tests.site.hostile import ALL, NOTE, REASON, TEXTS, Hostile, fields, texts

NOT_EXPORTED = {"Setting.reason"}
NOT_TOLD = NOT_EXPORTED | {"TakesFrom.name", "Question.wrong"}
"""What is taken from any process goes by the names that those have for it who hand it over.

Wrong answers stand in packs and courses alone: who searches the handbook looks for right ones.
"""
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
TITLE = re.compile(r"<title>([^<]*)</title>")
MARKS = re.compile(r"\\([\\`*_\[\]<>])")
TAG = re.compile(r"<([A-Za-z][^\s/>]*)")


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def handbook(hostile: Hostile) -> Handbook:
    return hostile.handbook()


@pytest.fixture(scope="module")
def entries(hostile: Hostile) -> list[dict[str, Any]]:
    """What the search of the site knows."""
    found: list[dict[str, Any]] = json.loads((hostile.site / "search/search_index.json").read_text())["docs"]
    return found


def test_every_text_field_is_written_into(hostile: Hostile) -> None:
    assert set(hostile.written) == fields()
    assert len(fields()) > 80


def test_one_text_is_of_every_class() -> None:
    assert [kind for kind, text in TEXTS.items() if text not in ALL] == []


def test_no_text_becomes_an_element(hostile: Hostile, site: Path) -> None:
    ours = {tag for html in links.pages(site).values() for tag in TAG.findall(html)}
    found = {tag for html in links.pages(hostile.site).values() for tag in TAG.findall(html)}
    assert found - ours == {"wbr"}


def test_no_text_becomes_an_element_of_a_training_pack(hostile: Hostile, site: Path) -> None:
    ours = {tag for html in links.packs(site).values() for tag in TAG.findall(html)}
    found = {tag for html in links.packs(hostile.site).values() for tag in TAG.findall(html)}
    assert "h2" in found
    assert found - ours <= {"wbr"}


def test_every_text_is_in_the_data_as_it_is_in_the_model(hostile: Hostile, handbook: Handbook) -> None:
    told = set(strings(json.loads((hostile.site / "handbook.json").read_text())))
    assert {field for field, text in texts(handbook) if str(text) not in told} == NOT_EXPORTED


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def test_search_knows_every_text(handbook: Handbook, entries: list[dict[str, Any]]) -> None:
    told = "\n".join(
        unescape(part) for entry in entries for part in (entry["title"], entry["text"], *entry.get("tags", ()))
    )
    assert {field for field, text in some(handbook) if words(text) not in told} == NOT_TOLD


def some(handbook: Handbook) -> Iterator[tuple[str, Text]]:
    """A text of each class in each field."""
    found: Counter[str] = Counter()
    for field, text in texts(handbook):
        found[field] += 1
        if found[field] <= len(TEXTS) + 1:
            yield field, text


def test_every_page_has_its_title_and_description(hostile: Hostile, handbook: Handbook) -> None:
    wrong = []
    for page in handbook_pages(handbook, Links(directory_urls=False)):
        html = (hostile.site / f"{page.path}.html").read_text()
        title, description = (unescape(shape.findall(html)[0]) for shape in (TITLE, DESCRIPTION))
        if words(title) != words(page.title) or words(description) != words(page.description):
            wrong.append((page.path, title, description))
    assert wrong == []


def test_every_name_is_known_to_the_scripts(hostile: Hostile, handbook: Handbook) -> None:
    folder = hostile.site / "assets/javascripts/rolebook/names"
    roles, terms = (
        json.loads((folder / f"{name}.js").read_text().partition(" = ")[2].rstrip("; \n"))
        for name in ("roles", "terms")
    )
    assert {name for name, *_ in roles} == {words(role.name) for role in handbook.roles.values()}
    meanings = {name: meaning for name, _, _, meaning in terms}
    assert meanings == {words(term.name): words(term.means) for term in handbook.glossary.terms}


def test_language_models_read_every_name(hostile: Hostile, handbook: Handbook) -> None:
    told = MARKS.sub(r"\1", (hostile.site / "llms.txt").read_text())
    assert [name for name in names(handbook) if f"[{name}](" not in told] == []


def names(handbook: Handbook) -> list[str]:
    """The names of what has a page of its own in the navigation."""
    processes = [process.name for process in handbook.processes.values()]
    roles = [role.name for role in handbook.roles.values() if role.active]
    return [words(name) for name in (*processes, *roles, *(job.name for job in handbook.jobs.values()))]


@pytest.mark.parametrize("page", ["1.1.0", "next"])
def test_what_a_release_says_is_on_its_page(hostile: Hostile, page: str) -> None:
    told = words(links.read((hostile.site / f"versions/{page}.html").read_text(), content_area=True).text)
    assert words(NOTE) in told
    assert words(REASON) in told


def test_what_a_release_says_is_in_the_feed(hostile: Hostile) -> None:
    feed = ElementTree.parse(hostile.site / "feeds/handbook.xml").getroot()
    summary, content = (feed.find(f".//{{http://www.w3.org/2005/Atom}}{tag}") for tag in ("summary", "content"))
    assert words(getattr(summary, "text", "")) == words(NOTE)
    assert words(links.read(getattr(content, "text", ""), content_area=False).text).startswith(words(NOTE))


def test_portable_pages_hold_no_other_elements(hostile: Hostile, site: Path) -> None:
    ours = {tag for html in links.pages(site).values() for tag in TAG.findall(html)}
    pages = [path.read_text() for path in (hostile.portable / "docs").rglob("*.md")]
    assert len(pages) == len(links.pages(hostile.site))
    assert {tag for page in pages for tag in TAG.findall(page.partition("\n---\n")[2])} - ours == {"wbr"}


def test_portable_settings_and_navigation_say_what_was_written(hostile: Hostile, handbook: Handbook) -> None:
    settings = yaml.safe_load((hostile.portable / "mkdocs.yml").read_text())
    told = {unescape(name) for name in (*strings(settings["nav"]), *keys(settings["nav"]))}
    assert set(names(handbook)) <= told
    written = read_settings(hostile.folder).settings
    assert written
    assert unescape(settings["site_name"]) == unescape(written.site_name)


def keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys(one)
