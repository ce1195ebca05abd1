"""Swim lanes as a browser shows them: text in its boxes, by keyboard, in a small window, on paper."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.charts import chart
from rolebook.drawing.lanes import draw
from rolebook.loading import load
from rolebook.publishing.theme import STYLE_SHEET
from rolebook.rendering import Blocks
from tests.browser.conftest import Visitor

ROOT = Path(__file__).parents[2]
PROCESSES = tuple(load(ROOT).handbook.processes)
RANDOM = range(300 if os.environ.get("ROLEBOOK_FULL") else 20)
"""Seeds of processes that nobody would write: 5 to 40 activities of 2 to 9 roles, with long words and other scripts."""

AMISS = """() => {
  const OWN = {
    ".lane-head": [["text", "rect"]],
    ".lane-notes > a": [["text", "rect"]],
    ".lane-node": [["a > text", "a > rect"], [":scope > text", "rect"]],
  };
  const within = (one, other) => one.x >= other.x - 0.5 && one.y >= other.y - 0.5
    && one.x + one.width <= other.x + other.width + 0.5 && one.y + one.height <= other.y + other.height + 0.5;
  const meet = (one, other) => one.x < other.x + other.width - 0.5 && other.x < one.x + one.width - 0.5
    && one.y < other.y + other.height - 0.5 && other.y < one.y + one.height - 0.5;
  const amiss = [];
  let count = 0;
  for (const svg of document.querySelectorAll(".lanes-view svg")) {
    const texts = [];
    for (const [name, rules] of Object.entries(OWN)) {
      for (const part of svg.querySelectorAll(name)) {
        for (const [text, box] of rules) {
          for (const found of part.querySelectorAll(text)) {
            const own = found.getBBox();
            if (!within(own, part.querySelector(box).getBBox())) amiss.push(`out of its box: ${found.textContent}`);
            texts.push([own, found.textContent]);
          }
        }
      }
    }
    count += texts.length;
    texts.forEach(([one, text], at) => texts.slice(at + 1).forEach(([other, second]) => {
      if (meet(one, other)) amiss.push(`${text} lies over ${second}`);
    }));
  }
  return [count, amiss];
}"""
"""How many texts the drawings of a page have, and which leave the box that they belong to or lie over each other."""

from_files = pytest.mark.parametrize("visitor", ["file"], indirect=True)


def drawing_of(visitor: Visitor, process: str) -> Page:
    return visitor.open(f"processes/{process}.html")


@from_files
def test_every_text_lies_in_its_own_box_and_over_no_other(visitor: Visitor) -> None:
    for process in PROCESSES:
        count, amiss = drawing_of(visitor, process).evaluate(AMISS)
        assert count > 30
        assert amiss == [], process


@from_files
def test_so_it_is_in_processes_that_nobody_would_write(visitor: Visitor, site: Path, tmp_path: Path) -> None:
    style = f'<link rel="stylesheet" href="{(site / STYLE_SHEET).as_uri()}">'
    for seed in RANDOM:
        view = {"drawing": draw(chart(seed)), "process": {"name": "Random"}, "activities": ()}
        body = Blocks("process", view=view).render("section_flow")
        file = tmp_path / f"{seed}.html"
        file.write_text(
            f'<!doctype html><meta charset="utf-8">{style}<body class="md-typeset">{body}', encoding="utf-8"
        )
        visitor.page.goto(file.as_uri())
        count, amiss = visitor.page.evaluate(AMISS)
        assert count > 10
        assert amiss == [], seed


@from_files
def test_an_activity_leads_to_its_steps(visitor: Visitor) -> None:
    page = drawing_of(visitor, "incident-management")
    page.locator(".lane-node a").nth(2).click()
    assert page.url.endswith("incident-management/procedure.html#diagnose")
    expect(page.get_by_role("heading", name="Diagnose what has failed")).to_be_in_viewport()


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
