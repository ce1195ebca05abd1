"""The navigation that is kept from page to page is the theme's own, but for what would not fit beside a page."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page as MkDocsPage

from rolebook.pages.page import Chapter, Page
from rolebook.publishing import plugin
from rolebook.publishing.settings import Theme
from rolebook.publishing.sidebar import NEIGHBOURS, Entry, Print, Sidebar, remember
from rolebook.publishing.site import build_site
from rolebook.rendering import Known
from tests.site import links, samples

Tree = Mapping[str, Mapping[str, tuple[str, ...]]]

TREE: Tree = {
    "index": {},
    "processes/index": {"Service": ("processes/a", "processes/b", "processes/c"), "<i>Change</i>": ("processes/d",)},
    "roles/index": {"": ("roles/a", "roles/b", "elsewhere/c")},
    "matrix": {},
}
"""Chapters by their page, and the pages below by the heading over them: "" for none."""


def chapters(tree: Tree) -> tuple[Chapter, ...]:
    return tuple(Chapter(f"Chapter {path}", path, below(groups)) for path, groups in tree.items())


def below(groups: Mapping[str, tuple[str, ...]]) -> tuple[Chapter, ...]:
    found: list[Chapter] = []
    for title, paths in groups.items():
        listed = [Chapter(f"Page & {path}", path) for path in paths]
        found += [Chapter(title, "", tuple(listed))] if title else listed
    return tuple(found)


def pages(tree: Tree) -> tuple[Page, ...]:
    """The pages of the tree, and one that stands in no chapter."""
    listed = (path for groups in tree.values() for paths in groups.values() for path in paths)
    sections = samples.nasty_pages()[1].sections[:1]
    return tuple(Page(path, "x", path, path, Markup(), sections) for path in (*tree, *listed, "unlisted"))


def build(target: Path, tree: Tree, *, directory_urls: bool = False, features: tuple[str, ...] = ()) -> dict[str, str]:
    """The pages of a site with these addresses and abilities of the theme."""
    theme = Theme(
        name=samples.text("material"), features=tuple(map(samples.text, features)), span=samples.span("mkdocs.yml")
    )
    plugins = dataclasses.replace(samples.plugins(), offline=None)
    settings = samples.settings(theme=theme, plugins=plugins, use_directory_urls=directory_urls)
    build_site(pages(tree), chapters(tree), settings, target.parent, target)
    return {
        str(path.relative_to(target)): re.sub(r"\s*\n\s*", "\n", path.read_text()) for path in target.rglob("*.html")
    }


def sidebar(html: str) -> list[str]:
    """Where the navigation beside a page leads."""
    _, _, after = html.partition("md-nav--primary")
    return links.read(after.partition("md-sidebar--secondary")[0]).links


@pytest.mark.parametrize("directory_urls", [False, True])
@pytest.mark.parametrize("features", [(), ("navigation.sections", "navigation.expand", "toc.integrate")])
def test_it_is_what_the_theme_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory_urls: bool, features: tuple[str, ...]
) -> None:
    kept = build(tmp_path / "kept", TREE, directory_urls=directory_urls, features=features)
    monkeypatch.setattr(plugin, "remember", lambda _, look: None)
    assert ("roles/a/index.html" in kept) == directory_urls
    assert build(tmp_path / "theirs", TREE, directory_urls=directory_urls, features=features) == kept


def many(count: int) -> Tree:
    """The tree with so many processes in one area, and functions that stand in no group."""
    listed = tuple(f"processes/p{number}" for number in range(count))
    functions = tuple(f"functions/f{number}" for number in range(count))
    return {"index": {}, "processes/index": {"Service": listed}, "functions/index": {"": functions}}


@pytest.mark.parametrize("page", ["processes/p0", "processes/p24", "processes/p49", "functions/f0", "functions/f49"])
def test_a_page_names_so_many_neighbours_and_where_to_find_all(tmp_path: Path, page: str) -> None:
    folder = page.partition("/")[0]
    found = sidebar(build(tmp_path / "site", many(50))[f"{page}.html"])
    near = [link for link in found if re.fullmatch(r"[pf]\d+\.html", link)]
    assert f"{page.partition('/')[2]}.html" in near
    assert NEIGHBOURS / 2 < len(near) <= NEIGHBOURS
    assert found.count("index.html") == (2 if folder in page else 1)


def test_the_neighbours_of_a_page_are_the_same_for_all_of_them(tmp_path: Path) -> None:
    built = build(tmp_path / "site", many(50))
    beside = {frozenset(sidebar(built[f"processes/p{number}.html"])) for number in range(50)}
    listed = [link for part in beside for link in part if re.fullmatch(r"p\d+\.html", link)]
    assert sorted(listed) == sorted(f"p{number}.html" for number in range(50))


def with_another_theme(monkeypatch: pytest.MonkeyPatch, change: Callable[[Entry, str], str]) -> None:
    """Make the theme print its entries otherwise: `change` is given each with its HTML."""
    ours = Sidebar.entry

    def entry(self: Sidebar, here: Known, theirs: Print, entry: Entry, path: str, level: int) -> str:
        return ours(self, here, lambda *given: change(given[1], theirs(*given)), entry, path, level)

    monkeypatch.setattr(Sidebar, "entry", entry)


def test_more_pages_at_a_place_make_no_more_printing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []

    def note(entry: Entry, html: str) -> str:
        if isinstance(entry, Section):
            printed.append(entry.title)
        return html

    with_another_theme(monkeypatch, note)
    build(tmp_path / "few", TREE)
    few = printed.copy()
    printed.clear()
    service = tuple(f"processes/a{number}" for number in range(20))
    build(tmp_path / "many", {**TREE, "processes/index": {**TREE["processes/index"], "Service": service}})
    assert sorted(printed) == sorted(few)
    assert few


def test_where_a_theme_prints_a_page_otherwise_it_prints_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = build(tmp_path / "usual", TREE)
    with_another_theme(
        monkeypatch, lambda entry, html: f"{html}?" if isinstance(entry, MkDocsPage) and entry.parent else html
    )
    assert build(tmp_path / "other", TREE) == usual


def test_a_theme_without_such_a_template_goes_its_own_way() -> None:
    theme = Environment(loader=DictLoader({"main.html": "Its own."}))
    remember(theme)
    assert theme.list_templates() == ["main.html"]


def test_a_page_of_a_large_handbook_is_hardly_larger(tmp_path: Path) -> None:
    small = build(tmp_path / "small", many(10))["processes/p5.html"]
    large = build(tmp_path / "large", many(120))["processes/p60.html"]
    assert len(large) - len(small) < 3_000
