"""Versions beside each other, as readers go from one to the other: by the menu, by the banner, and by the line."""

import re
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor, serving
from tests.browser.test_accessibility import AXE, RULES, RUN
from tests.site import publishing

BASE = "it/handbook/"
OLD, NEW = "1.0.0", "1.1.0"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The top of a web server that has both versions of the small handbook below a path."""
    top = tmp_path_factory.mktemp("server")
    handbook = publishing.with_releases(top / "handbook")
    for version in (OLD, NEW):
        publishing.release(handbook, version)
        publishing.run(handbook, "publish", "--to", top / "www" / BASE)
    shutil.rmtree(handbook)
    return top / "www"


@pytest.fixture(scope="module")
def home(published: Path) -> Iterator[str]:
    """The address of what was published."""
    with serving(published) as address:
        yield address + BASE


@pytest.fixture
def reader(browser: Browser, home: str) -> Iterator[Visitor]:
    """A visitor of what was published; whatever goes wrong behind the pages is told at the end."""
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(30_000)
    visitor = Visitor(context.new_page(), home)
    yield visitor
    context.close()
    assert (visitor.foreign, visitor.errors) == ([], [])


def choose(page: Page, version: str) -> None:
    """Take a version from the menu in the head of the page."""
    page.locator(".md-version__current").focus()
    page.locator(".md-version__link", has_text=version).click()


def test_the_address_of_the_handbook_leads_to_the_newest_version(reader: Visitor, home: str) -> None:
    page = reader.open("")
    page.wait_for_url(f"{home}{NEW}/index.html")
    expect(page.locator(".rb-version")).to_contain_text("This is version 1.1.0 of 31 July 2026.")


def test_the_menu_has_every_version_and_keeps_to_the_page(reader: Visitor, home: str) -> None:
    page = reader.open(f"{OLD}/processes/incident.html#flow")
    expect(page.locator(".md-version__current")).to_have_text(OLD)
    expect(page.locator(".md-version__link")).to_have_text([NEW, OLD])
    choose(page, NEW)
    page.wait_for_url(f"{home}{NEW}/processes/incident.html#flow")
    expect(page.locator(".md-version__current")).to_have_text(NEW)
    choose(page, OLD)
    page.wait_for_url(f"{home}{OLD}/processes/incident.html#flow")


def test_the_banner_stands_on_the_older_version_and_leads_to_the_same_page(reader: Visitor, home: str) -> None:
    banner = reader.page.locator(".md-banner--warning")
    page = reader.open(f"{OLD}/roles/agent.html")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text("There is a newer version of this handbook.")
    page = reader.open(f"{OLD}/roles/specialist.html")
    assert page.evaluate("document.querySelector('[data-md-component=outdated]').hidden") is False
    banner.get_by_role("link", name="Go to the newest version").click()
    page.wait_for_url(f"{home}{NEW}/roles/specialist.html")
    expect(page.locator(".md-version__current")).to_have_text(NEW)
    expect(banner).to_be_hidden()


def test_the_line_leads_to_the_same_page_of_the_newest_version(reader: Visitor, home: str) -> None:
    page = reader.open(f"{OLD}/roles/agent.html?a=1#duties")
    page.get_by_role("link", name="Look for a newer one").click()
    page.wait_for_url(f"{home}{NEW}/roles/agent.html")
    expect(reader.title).to_be_visible()


def test_a_deep_link_to_the_latest_keeps_what_follows_the_path(reader: Visitor, home: str) -> None:
    reader.open("latest/matrix.html?role=agent#top").wait_for_url(f"{home}{NEW}/matrix.html?role=agent#top")


def test_what_a_reader_has_chosen_holds_for_all_versions(reader: Visitor) -> None:
    page = reader.open(f"{OLD}/roles/agent.html")
    page.locator("label[for=__palette_1]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    reader.open(f"{NEW}/processes/incident.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_opened_as_a_file_the_line_still_leads_there(browser: Browser, published: Path) -> None:
    context = browser.new_context()
    reader = Visitor(context.new_page(), f"{(published / BASE).as_uri()}/")
    page = reader.open("index.html")
    page.wait_for_url(f"{reader.home}{NEW}/index.html")
    page = reader.open(f"{OLD}/roles/agent.html")
    expect(page.locator(".rb-version")).to_contain_text("This is version 1.0.0 of 30 June 2026.")
    page.get_by_role("link", name="Look for a newer one").click()
    page.wait_for_url(f"{reader.home}{NEW}/roles/agent.html")
    expect(page.locator(".md-version")).to_have_count(0)
    assert (reader.foreign, reader.errors) == ([], [])
    context.close()


def test_without_scripts_the_line_still_leads_there(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    page.wait_for_url(f"{home}{NEW}/index.html")
    page.goto(f"{home}{OLD}/roles/agent.html")
    page.get_by_role("link", name="Look for a newer one").click()
    page.wait_for_url(f"{home}{NEW}/roles/agent.html")
    context.close()


def test_the_line_is_printed_and_the_banner_is_not(reader: Visitor) -> None:
    page = reader.open(f"{OLD}/roles/agent.html")
    expect(page.locator(".md-banner--warning")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".rb-version")).to_be_visible()
    expect(page.locator(".md-banner--warning")).to_be_hidden()


@pytest.mark.parametrize("look", [*product((1440, 360), ("light", "dark"))], ids=str)
def test_menu_and_banner_shut_nobody_out(browser: Browser, home: str, look: tuple[int, str]) -> None:
    width, scheme = look
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{home}{OLD}/roles/agent.html")
    page.locator(".md-version").wait_for()
    page.locator(".md-banner--warning").wait_for()
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_menu_opens_by_keyboard(reader: Visitor, home: str) -> None:
    page = reader.open(f"{OLD}/roles/agent.html")
    page.locator(".md-version__current").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".md-version__link").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"{home}{NEW}/roles/agent.html$"))
