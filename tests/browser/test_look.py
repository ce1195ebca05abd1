"""A handbook in the colours of its organisation: everything on the page can be read in them, light and dark."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rolebook.publishing.palette import COLOURS, style_sheet
from tests.browser.test_accessibility import AXE
from tests.conftest import TODAY, Result

CONTRAST = """async () => {
    const found = await axe.run(document, { runOnly: { type: "rule", values: ["color-contrast"] } });
    return found.violations.flatMap((v) => v.nodes.map((n) => `${n.any[0].message}: ${n.html.slice(0, 120)}`));
}"""
PAGES = ("processes/incident-management.html", "roles/incident-manager.html", "improvements/index.html", "matrix.html")
OWN = ("#00594f", "#e2001a", "#ffcc00", "#009ee0", "#777777", "#000000", "#0000ff")
"""Colours of organisations, and some that are hard to write on."""
SAMPLE = ("teal", "yellow", "#e2001a", "#777777")


@pytest.fixture(params=["light", "dark"])
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """The browser of somebody who prefers this scheme."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, color_scheme=request.param, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def test_text_can_be_read_in_every_colour(reader: Page, site: Path) -> None:
    full = bool(os.environ.get("ROLEBOOK_FULL"))
    found = []
    for path in PAGES if full else PAGES[:1]:
        reader.goto(f"{site.as_uri()}/{path}")
        reader.evaluate(AXE)
        for colour in (*COLOURS, *OWN) if full else SAMPLE:
            for accent in (None, "deep orange") if full else (None,):
                reader.evaluate("() => document.getElementById('chosen')?.remove()")
                sheet = reader.add_style_tag(content=style_sheet(colour, accent))
                sheet.evaluate("(tag) => (tag.id = 'chosen')")
                found += [f"{colour}: {path}: {violation}" for violation in reader.evaluate(CONTRAST)]
    assert found == []


def test_what_is_ours_follows_the_colour(reader: Page, site: Path) -> None:
    reader.goto(f"{site.as_uri()}/processes/incident-management.html")
    parts = {
        ".md-header": "backgroundColor",
        ".page-lead .facts": "backgroundColor",
        ".md-typeset .page-section a": "color",
        ".lane-node a > text:nth-of-type(2)": "fill",
        ".lane-head > rect": "fill",
        ".raci-R": "backgroundColor",
    }
    read = "(parts) => Object.entries(parts).map(([s, p]) => getComputedStyle(document.querySelector(s))[p])"
    before = reader.evaluate(read, parts)
    reader.add_style_tag(content=style_sheet("#7b1fa2", None))
    after = reader.evaluate(read, parts)
    assert [part for part, one, other in zip(parts, before, after, strict=True) if one == other] == []


def test_scripts_speak_the_language_of_the_handbook(
    browser: Browser, given: Path, rolebook: Callable[..., Result]
) -> None:
    (given / "mkdocs.yml").write_text("site_name: X\ntheme: {name: material, language: de}\n", encoding="utf-8")
    assert rolebook("--directory", given, "build", "--today", TODAY).code == 0
    page = browser.new_page()
    page.goto(f"{(given / 'site').as_uri()}/index.html")
    page.locator("#rolebook-finder").press_sequentially("manager")
    page.locator(".finder-results a").first.wait_for()
    assert page.locator(".finder-status").text_content() == "2 gefunden"
    page.close()
