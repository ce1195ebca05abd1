"""Swim lanes as a browser shows them: text in its boxes, by keyboard, in a small window, on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rolebook.loading import load
from tests.browser.conftest import Visitor

ROOT = Path(__file__).parents[2]
PROCESSES = tuple(load(ROOT).handbook.processes)
OUTSIDE_ITS_BOX = """() => {
  const boxes = [...document.querySelectorAll(".lanes-view :is(.lane-box, .lane-paper, .lane-head-strip)")]
    .map(box => box.getBoundingClientRect());
  return [...document.querySelectorAll(".lanes-view :is(.lane-node, .lane-note, .lane-head) text")]
    .filter(text => {
      const own = text.getBoundingClientRect();
      return !boxes.some(box =>
        own.left >= box.left && own.right <= box.right && own.top >= box.top && own.bottom <= box.bottom);
    }).map(text => text.textContent);
}"""

from_files = pytest.mark.parametrize("visitor", ["file"], indirect=True)


def drawing_of(visitor: Visitor, process: str) -> Page:
    return visitor.open(f"processes/{process}.html")


@from_files
def test_every_text_lies_within_a_box(visitor: Visitor) -> None:
    for process in PROCESSES:
        page = drawing_of(visitor, process)
        assert page.locator(".lanes-view text").count() > 30
        assert page.evaluate(OUTSIDE_ITS_BOX) == [], process


@from_files
def test_an_activity_leads_to_what_the_page_says_of_it(visitor: Visitor) -> None:
    page = drawing_of(visitor, "incident-management")
    page.locator(".lane-node a").nth(2).click()
    assert page.url.endswith("#diagnose")


@from_files
def test_the_drawing_can_be_skipped_by_keyboard(visitor: Visitor) -> None:
    page = drawing_of(visitor, "incident-management")
    skip = page.get_by_role("link", name="Skip the drawing")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.lanes') && !!document.activeElement.closest('#flow_list')")


@from_files
def test_it_fills_the_window_and_leaves_it_again(visitor: Visitor) -> None:
    page = drawing_of(visitor, "change-management")
    page.get_by_role("link", name="Fill the window").click()
    figure = page.locator("#flow_drawing").bounding_box()
    assert figure == {"x": 0, "y": 0, **(page.viewport_size or {})}
    assert page.evaluate("document.elementFromPoint(innerWidth / 2, 5).closest('.lanes') !== null")
    page.get_by_role("link", name="Back to the page").click()
    expect(page.get_by_role("heading", name="Flow")).to_be_in_viewport()


@from_files
def test_the_lanes_keep_their_names_in_sight(visitor: Visitor) -> None:
    page = drawing_of(visitor, "change-management")
    view = page.locator(".lanes-view")
    view.scroll_into_view_if_needed()
    view.evaluate("view => { view.scrollTop = 900 }")
    assert view.evaluate("view => view.scrollTop") == 900
    expect(page.locator(".lane-head a").first).to_be_in_viewport()


@from_files
def test_a_small_window_scrolls_the_drawing_and_not_the_page(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    page = drawing_of(visitor, "incident-management")
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360
    assert page.locator(".lanes-view").evaluate("view => view.scrollWidth > view.clientWidth && view.scrollLeft === 0")
    smallest = "() => Math.min(...[...document.querySelectorAll('.lanes-view text')].map(text =>"
    smallest += " text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize)))"
    assert page.evaluate(smallest) >= 11


@from_files
def test_paper_shows_the_sheets_instead(visitor: Visitor) -> None:
    page = drawing_of(visitor, "incident-management")
    page.emulate_media(media="print")
    expect(page.locator(".lanes-view")).to_be_hidden()
    assert page.locator(".lanes-sheet").count() > 1
    expect(page.locator(".lanes-sheet").first).to_be_visible()
