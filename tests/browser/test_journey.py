"""An employee finds their part: from the home page to their role, a process, a job and a training plan."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.site.links import largest

ROLE = "Service Desk Analyst"
PROCESS = "Incident Management"


def walk(visitor: Visitor) -> list[str]:
    """Go through the handbook by clicking links; return the addresses of the five pages passed."""
    page = visitor.open()
    addresses = [page.url]
    for title in (ROLE, PROCESS):
        visitor.follow(title)
        expect(visitor.title).to_contain_text(title)
        addresses.append(page.url)
    for folder in ("jobs", "training"):
        page.goto(addresses[1])
        addresses.append(visitor.follow_into(folder))
    return addresses


def test_links_lead_from_home_to_role_process_job_and_training(visitor: Visitor) -> None:
    assert len(set(walk(visitor))) == 5


def test_nothing_is_asked_of_other_hosts(visitor: Visitor) -> None:
    walk(visitor)
    visitor.search("incident")
    assert visitor.foreign == []


def test_the_browser_has_nothing_to_complain_of(visitor: Visitor) -> None:
    walk(visitor)
    visitor.search("incident")
    assert visitor.errors == []


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_no_kind_of_page_scrolls_sideways_on_a_phone(visitor: Visitor, site: Path) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    too_wide = []
    for path in (*(file.name for file in site.glob("*.html")), *largest(site)):
        visitor.open(path)
        if visitor.page.evaluate("document.documentElement.scrollWidth") > 360:
            too_wide.append(path)
    assert too_wide == []
