"""What helps a reader to find their way: search, the keyboard, and the way to the source."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rolebook.loading import load
from tests.browser.conftest import Visitor

ROOT = Path(__file__).parents[2]
PROCESS_FILE = "process_defs/processes/incident-management.yaml"


def test_search_finds_an_activity_by_its_name(visitor: Visitor) -> None:
    activity = load(ROOT).handbook.processes["incident-management"].activities[0]
    visitor.open()
    visitor.search(activity.name)
    expect(visitor.results.get_by_role("heading", name=activity.name).first).to_be_visible()


def test_the_first_tab_stop_skips_the_navigation(visitor: Visitor) -> None:
    page = visitor.open()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.startswith(visitor.home + "index.html#")


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_focus_is_seen_at_every_stop(visitor: Visitor) -> None:
    page = visitor.open()
    seen = [page.screenshot(animations="disabled"), *(visitor.stop() for _ in range(12))]
    unseen_stops = [number for number, picture in enumerate(seen) if picture in seen[:number]]
    assert unseen_stops == []


def test_a_process_page_leads_to_its_file(visitor: Visitor) -> None:
    page = visitor.open("processes/incident-management.html")
    edit = page.get_by_role("link", name="Edit this page")
    expect(edit).to_have_attribute("href", re.compile(re.escape(PROCESS_FILE) + "$"))
