"""The site that the plugin makes of pages: complete, self-contained, the same every time."""

import dataclasses
import json
import os
import time
from pathlib import Path

import pytest
from markupsafe import Markup

from rolebook.pages.page import Chapter, Page
from rolebook.publishing.error import SiteError
from rolebook.publishing.settings import Palette, Theme
from rolebook.publishing.site import build_site
from rolebook.publishing.theme import STYLE_SHEET
from tests.site import links, samples


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages as a site."""
    return build(tmp_path_factory.mktemp("handbook"))


def build(handbook: Path, target: str = "site", **settings: object) -> Path:
    pages, chapters = samples.nasty_pages(), samples.nasty_chapters()
    build_site(pages, chapters, samples.settings(**settings), handbook, handbook / target)
    return handbook / target


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def one_page(body: str) -> Page:
    return Page("index", "home", "Home", "Home", Markup(body), ())


def test_every_link_arrives(site: Path) -> None:
    assert len(links.pages(site)) == 1 + len(samples.NASTY)
    assert list(links.broken(site)) == []


def test_nothing_is_fetched_from_another_host(site: Path) -> None:
    assert list(links.foreign(site)) == []
    for path, html in links.pages(site).items():
        assert "fonts.g" not in html, path
        assert "unpkg" not in html, path
        assert 'data-md-component="source"' not in html, path


def test_no_text_of_an_author_is_code_anywhere_on_a_page(site: Path) -> None:
    for path, html in links.pages(site).items():
        assert "<script>alert" not in html, path
        assert "<i>ones" not in html, path


def test_the_same_pages_give_the_same_bytes(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    before = os.umask(0o077)
    try:
        other = build(tmp_path, "another name", site_url=None)
    finally:
        os.umask(before)
        monkeypatch.undo()
        time.tzset()
    assert files(other) == files(site)


def test_with_an_address_the_map_of_the_site_has_no_dates(tmp_path: Path) -> None:
    other = build(tmp_path, site_url=samples.text("https://handbook.example.org/it/"))
    sitemap = (other / "sitemap.xml").read_text()
    assert sitemap.startswith("<?xml")
    assert "<loc>https://handbook.example.org/it/odd/x0.html</loc>" in sitemap
    assert "lastmod" not in sitemap


def test_edit_this_page_leads_to_the_yaml_file(site: Path) -> None:
    html = links.pages(site)["odd/x3.html"]
    assert '<a href="https://git.example.org/it/handbook/edit/main/process_defs/processes/x3.yaml" title' in html
    assert 'rel="edit"' not in html


def test_a_heading_leads_to_its_line(site: Path) -> None:
    page = links.read(links.pages(site)["odd/x3.html"], content_area=True)
    assert "https://git.example.org/it/handbook/edit/main/process_defs/processes/x3.yaml#L12" in page.links


def test_without_a_repository_nothing_leads_there(tmp_path: Path) -> None:
    other = build(tmp_path, repo_url=None, edit_uri=None)
    html = links.pages(other)["odd/x3.html"]
    assert "md-source" not in html
    assert "source-link" not in html


def test_sections_are_found_by_search(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text())
    found = {entry["location"]: entry for entry in index["docs"]}
    assert found["odd/x3.html"]["title"] == "**bold** _it_ `code` ~~gone~~"
    assert "**bold**" in found["odd/x3.html#below"]["text"]
    assert "Source" not in found["odd/x3.html#below"]["text"]


def test_search_needs_no_server(site: Path) -> None:
    assert (site / "search" / "search_index.js").is_file()
    assert '<script src="../assets/javascripts/iframe-worker.js">' in links.pages(site)["odd/x3.html"]
    assert (site / "assets/javascripts/iframe-worker.LICENSE.txt").is_file()


@pytest.mark.parametrize("href", ["nowhere.html", "index.html#nowhere", "../index.html", "/index.html"])
def test_a_broken_link_stops_the_build(tmp_path: Path, href: str) -> None:
    build_site((one_page("<p>old</p>"),), (Chapter("Home", "index"),), samples.settings(), tmp_path, tmp_path / "site")
    before = files(tmp_path)
    page = one_page(f'<p><a href="{href}">x</a></p>')
    with pytest.raises(SiteError, match="page 'index' links to"):
        build_site((page,), (Chapter("Home", "index"),), samples.settings(), tmp_path, tmp_path / "site")
    assert files(tmp_path) == before


def test_addresses_can_be_folders(tmp_path: Path) -> None:
    pages = (one_page('<p><a href="roles/analyst/">a</a></p>'), dataclasses.replace(one_page(""), path="roles/analyst"))
    chapters = (Chapter("Home", "index"), Chapter("Analyst", "roles/analyst"))
    plugins = dataclasses.replace(samples.plugins(), offline=None)
    settings = samples.settings(use_directory_urls=True, plugins=plugins)
    build_site(pages, chapters, settings, tmp_path, tmp_path / "site")
    assert (tmp_path / "site" / "roles" / "analyst" / "index.html").is_file()
    assert list(links.broken(tmp_path / "site")) == []


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    theme = Theme(name=samples.text("material"), language=samples.text("xx"), span=samples.span("mkdocs.yml"))
    with pytest.raises(SiteError, match="xx"):
        build(tmp_path, theme=theme)
    assert list(tmp_path.iterdir()) == []


def test_a_logo_comes_from_the_folder_of_the_pages(tmp_path: Path) -> None:
    (tmp_path / "docs" / "images").mkdir(parents=True)
    (tmp_path / "docs" / "images" / "logo.svg").write_text("<svg/>")
    (tmp_path / "docs" / "secret.png").write_text("")
    theme = Theme(name=samples.text("material"), logo=samples.text("images/logo.svg"), span=samples.span("mkdocs.yml"))
    site = build(tmp_path, theme=theme)
    assert (site / "images" / "logo.svg").read_text() == "<svg/>"
    assert not (site / "secret.png").exists()


def test_a_logo_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "logo.svg").symlink_to("/etc/hostname")
    theme = Theme(name=samples.text("material"), logo=samples.text("logo.svg"), span=samples.span("mkdocs.yml"))
    with pytest.raises(SiteError, match=r"there is no image 'docs/logo\.svg'"):
        build(tmp_path, theme=theme)


def test_an_author_may_choose_colours(tmp_path: Path) -> None:
    span = samples.span("mkdocs.yml")
    theme = Theme(name=samples.text("material"), palette=Palette(primary=samples.text("teal"), span=span), span=span)
    site = build(tmp_path, theme=theme)
    html = links.pages(site)["index.html"]
    assert html.count(f'href="{STYLE_SHEET}"') == 1
    ours, _, chosen = (site / STYLE_SHEET).read_text(encoding="utf-8").partition("The colours of this handbook")
    assert "#008576" in chosen
    assert "#008576" not in ours
    assert html.count('data-md-color-primary="custom"') == 3
    assert html.count('data-md-color-scheme="slate"') == 1
