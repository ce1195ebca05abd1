"""The plugin's site, and the portable files built by MkDocs and by Zensical, are equal in all that readers read."""

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rolebook.loading import load
from rolebook.pages import handbook_pages, navigation
from rolebook.pages.page import Chapter, Page
from rolebook.publishing.exports import exports
from rolebook.publishing.portable import portable_files, write_files
from rolebook.publishing.site import build_site
from rolebook.rendering import Links
from tests.site import links, samples

ROOT = Path(__file__).parents[2]
BUILDERS = {
    "mkdocs": ["mkdocs", "build", "--strict", "--site-dir", "site"],
    "zensical": ["zensical", "build", "--strict"],
}


@dataclass
class Given:
    """Pages, and the sites made of them."""

    pages: Sequence[Page]
    chapters: Sequence[Chapter]
    folder: Path
    beside: Mapping[str, bytes] = field(default_factory=dict)

    def site(self) -> Path:
        """Build the site with the plugin."""
        target = self.folder / "site"
        settings = samples.settings()
        build_site(self.pages, self.chapters, settings, self.folder / "handbook", target, files=self.beside)
        return target

    def other(self, builder: str) -> Path:
        """Write the portable files, and build them with somebody else's tool."""
        target = self.folder / builder
        files = portable_files(self.pages, self.chapters, samples.settings(), beside=self.beside)
        write_files(files, target, self.folder / "handbook")
        run(BUILDERS[builder], target)
        return target / "site"


@pytest.fixture(scope="module", params=["nasty", "reference"])
def given(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Given:
    """Nasty text in hand-made pages, and the reference handbook."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "nasty":
        return Given(samples.nasty_pages(), samples.nasty_chapters(), folder)
    handbook = load(ROOT).handbook
    addresses = Links(directory_urls=False)
    pages, chapters = handbook_pages(handbook, addresses), navigation(handbook)
    return Given(pages, chapters, folder, exports(handbook, pages, chapters, addresses, None))


@pytest.fixture(scope="module")
def site(given: Given) -> Path:
    """The site that the plugin makes."""
    return given.site()


@pytest.fixture(scope="module", params=list(BUILDERS))
def other(request: pytest.FixtureRequest, given: Given) -> Path:
    """The site that another tool makes of the portable files."""
    return given.other(request.param)


def run(command: list[str], folder: Path) -> None:
    environment = {"NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_both_have_the_same_pages(given: Given, site: Path, other: Path) -> None:
    assert set(links.pages(site)) == set(links.pages(other)) == {f"{page.path}.html" for page in given.pages}
    assert len(given.pages) > 10


@pytest.mark.parametrize("part", ["headings", "ids", "links", "loads", "text"])
def test_both_have_the_same_content(site: Path, other: Path, part: str) -> None:
    assert content(site, part) == content(other, part)


@pytest.mark.parametrize("given", ["reference"], indirect=True)
def test_the_drawings_are_in_place(site: Path, other: Path) -> None:
    ours, theirs = drawings(site), drawings(other)
    assert {path.partition("/")[0] for path, found in ours.items() if found} == {
        "index.html",
        "processes",
        "programme",
        "roles",
    }
    assert theirs == ours


@pytest.mark.parametrize("given", ["nasty"], indirect=True)
def test_nasty_text_is_shown_as_it_stands(other: Path) -> None:
    for number, text in enumerate(samples.NASTY):
        page = links.read(links.pages(other)[f"odd/x{number}.html"], content_area=True)
        shown = " ".join(text.split())
        assert page.headings[0] == ("h1", "page_title", f"{shown}¶")
        assert f"Below {shown}" in page.text


def test_nothing_is_broken_or_foreign(other: Path) -> None:
    theirs = "no element has the id '__toc'"  # what we mend in the theme, and cannot in other people's builders
    assert [fault for fault in links.broken(other) if theirs not in fault] == []
    assert [load for load in links.foreign(other) if ".css" not in load] == []


def drawings(site: Path) -> dict[str, list[tuple[str, str]]]:
    """The drawings of every page, each with the heading that it stands under.

    White space does not count, nor the word to the search, which Zensical takes out.
    """
    found = {}
    for path, html in links.pages(site).items():
        sections = re.split(r'<h[23] id="([^"]+)"', html)
        found[path] = [
            (heading, re.sub(r"\s*([<>])\s*|\s+", r"\1 ", drawing.replace(" data-search-exclude", "")))
            for heading, body in zip(sections[1::2], sections[2::2], strict=True)
            for drawing in re.findall(r'<svg class="(?:bridge|lanes-\w+|ring)".*?</svg>', body, re.DOTALL)
        ]
    return found


def content(site: Path, part: str) -> dict[str, object]:
    """One part of the content area of every page; the mark that Zensical puts there to skip to does not count."""
    found = {}
    for path, html in links.pages(site).items():
        value = getattr(links.read(html, content_area=True), part)
        found[path] = [entry for entry in value if entry != "__skip"] if isinstance(value, list) else value
    return found
