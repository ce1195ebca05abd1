"""A site with releases: its pages of versions lead somewhere, are found, and name feeds that there are."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.site import links
from tests.site.publishing import run, say, with_releases
from tests.site.test_html import findings

_FEED = re.compile(r'<link rel="alternate feed" type="application/atom\+xml" title="([^"]*)" href="([^"]*)">')


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small handbook with two releases, and something that is not released yet."""
    folder = with_releases(tmp_path_factory.mktemp("versions") / "handbook", "1.0.0", "1.1.0")
    with (folder / "mkdocs.yml").open("a") as file:
        file.write("site_url: https://handbook.example.org/\nuse_directory_urls: false\n")
    say(folder, "Take every report, and enjoy it.")
    run(folder, "build", "--today", TODAY)
    return folder / "site"


def test_every_link_leads_somewhere(built: Path) -> None:
    assert {"versions/index.html", "versions/1.0.0.html", "versions/1.1.0.html", "versions/next.html"} <= {
        *links.pages(built)
    }
    assert [fault for fault in links.broken(built) if not fault.startswith("404.html")] == []


def test_pages_of_versions_are_valid(built: Path) -> None:
    pages = [built / "index.html", *(built / "versions").glob("*.html"), built / "roles/agent.html"]
    assert findings(pages) == []


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("index", "feeds/handbook.xml"),
        ("versions/index", "../feeds/handbook.xml"),
        ("versions/1.1.0", "../feeds/handbook.xml"),
        ("roles/agent", "../feeds/roles/agent.xml"),
    ],
)
def test_a_page_names_its_feed(built: Path, page: str, feed: str) -> None:
    path = built / f"{page}.html"
    ((_, found),) = _FEED.findall(path.read_text())
    assert found == feed
    assert (path.parent / found).resolve().is_file()


@pytest.mark.parametrize("page", ["processes/incident", "roles/index", "404"])
def test_other_pages_name_none(built: Path, page: str) -> None:
    assert "atom+xml" not in (built / f"{page}.html").read_text()


def test_versions_are_found_by_their_number(built: Path) -> None:
    entries = json.loads((built / "search/search_index.json").read_text())["docs"]
    assert ("Version 1.1.0", "versions/1.1.0.html") in {(entry["title"], entry["location"]) for entry in entries}


def test_programs_read_which_releases_there_are(built: Path) -> None:
    releases = json.loads((built / "handbook.json").read_text())["releases"]
    assert {version: release["url"] for version, release in releases.items()} == {
        "1.0.0": "versions/1.0.0.html",
        "1.1.0": "versions/1.1.0.html",
    }
    assert "(https://handbook.example.org/versions/1.1.0.html): Since 31 July 2026." in (built / "llms.txt").read_text()
