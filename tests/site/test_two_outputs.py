"""The plugin's site, and the portable files built by MkDocs and by Zensical, are equal in all that readers read."""

import subprocess
import sys
from pathlib import Path

import pytest

from rolebook.publishing.portable import portable_files, write_files
from rolebook.publishing.site import build_site
from tests.site import links, samples

BUILDERS = {
    "mkdocs": ["mkdocs", "build", "--strict", "--site-dir", "site"],
    "zensical": ["zensical", "build", "--strict"],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages, built by the plugin."""
    handbook = tmp_path_factory.mktemp("handbook")
    build_site(samples.nasty_pages(), samples.nasty_chapters(), samples.settings(), handbook, handbook / "site")
    return handbook / "site"


@pytest.fixture(scope="module", params=list(BUILDERS))
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portable files of the same pages, built by somebody else's tool."""
    folder = tmp_path_factory.mktemp(request.param) / "portable"
    files = portable_files(samples.nasty_pages(), samples.nasty_chapters(), samples.settings())
    write_files(files, folder, folder.parent / "handbook")
    run(BUILDERS[request.param], folder)
    return folder / "site"


def run(command: list[str], folder: Path) -> None:
    environment = {"NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_both_have_the_same_pages(site: Path, other: Path) -> None:
    assert set(links.pages(site)) == set(links.pages(other))
    assert len(links.pages(other)) == 1 + len(samples.NASTY)


@pytest.mark.parametrize("part", ["headings", "ids", "links", "loads", "text"])
def test_both_have_the_same_content(site: Path, other: Path, part: str) -> None:
    assert content(site, part) == content(other, part)


def test_nasty_text_is_shown_as_it_stands(other: Path) -> None:
    for number, text in enumerate(samples.NASTY):
        page = links.read(links.pages(other)[f"odd/x{number}.html"], content_area=True)
        shown = " ".join(text.split())
        assert page.headings[0] == ("h1", "page_title", f"{shown}¶")
        assert f"Below {shown}" in page.text


def test_nothing_is_broken_or_foreign(other: Path) -> None:
    assert list(links.broken(other)) == []
    assert [load for load in links.foreign(other) if ".css" not in load] == []


def content(site: Path, part: str) -> dict[str, object]:
    """One part of the content area of every page; the mark that Zensical puts there to skip to does not count."""
    found = {}
    for path, html in links.pages(site).items():
        value = getattr(links.read(html, content_area=True), part)
        found[path] = [entry for entry in value if entry != "__skip"] if isinstance(value, list) else value
    return found
