"""Pages are for everybody: axe-core finds nothing (WCAG 2.2 AA and best practice), light and dark, wide and narrow."""

import os
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.site import links

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (rules) => {
    const found = await axe.run(document, { resultTypes: ["violations"], runOnly: rules });
    return found.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 200)}`);
}"""
LOOKS = [*product((1440, 360), ("light", "dark"))]


@pytest.fixture
def page(browser: Browser, look: tuple[int, str]) -> Iterator[Page]:
    """A browser of this width that prefers this scheme."""
    width, scheme = look
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_kind_of_page_shuts_anybody_out(page: Page, site: Path, look: tuple[int, str]) -> None:
    pages = links.kinds(site)
    if not os.environ.get("ROLEBOOK_FULL"):  # each page in one of the four ways; all of them in the large sweep
        pages = pages[LOOKS.index(look) :: len(LOOKS)]
    found = []
    for path in pages:
        page.goto(f"{site.as_uri()}/{path}")
        page.evaluate(AXE)
        found += [f"{path}: {violation}" for violation in page.evaluate(RUN, RULES)]
    assert found == []
