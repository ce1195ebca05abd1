"""What holds on every kind of page: it asks no other host, is walked through by keyboard, and is whole on paper."""

from pathlib import Path

import pytest

from tests.browser.conftest import Visitor
from tests.site import links

PAPER = 718
"""The width of the text on an A4 sheet with margins of 1 cm, in pixels."""

CUT_ON_PAPER = """() => [...document.querySelectorAll("article :is(table, dl, p, ul, ol, svg, pre)")]
  .filter(part => part.checkVisibility() && !part.closest(".lanes-sheets"))
  .filter(part => {
    const own = part.getBoundingClientRect();
    let lying = false;
    for (let above = part; above; above = above.parentElement) {
      lying ||= !["auto", ""].includes(getComputedStyle(above).page);
    }
    if (lying) return own.width > 1047;
    let box = part.parentElement;
    while (box && getComputedStyle(box).overflowX === "visible") box = box.parentElement;
    const edge = box ? box.getBoundingClientRect().right : innerWidth;
    return own.width > 1 && own.right > Math.min(edge, innerWidth) + 1;
  })
  .map(part => `${part.tagName} ${part.className} ${part.textContent.trim().slice(0, 40)}`)"""
"""What goes beyond the page, or beyond the part of it that shows a piece of something wider.

Some parts of pages are printed on sheets that lie: there is room for 1,047 pixels."""

SHOWN = "all => [...document.querySelectorAll(all)].filter(one => one.checkVisibility()).map(one => one.className)"

SHUT = """() => [...document.querySelectorAll("article details")]
  .filter(one => ![...one.children].slice(1).some(part => part.checkVisibility()))
  .map(one => one.textContent.trim().slice(0, 40))"""
"""Parts of the page that open on demand, and are shut."""

FURNITURE = (
    ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-path, .md-top, .headerlink, .source-link, .my-role, .finder"
)


def test_no_kind_of_page_asks_another_host_or_lacks_a_file(visitor: Visitor, site: Path) -> None:
    for path in links.kinds(site):
        visitor.open(path)
        assert (visitor.foreign, visitor.errors) == ([], []), path


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_on_paper_every_kind_of_page_is_whole_and_alone(visitor: Visitor, site: Path) -> None:
    visitor.page.set_viewport_size({"width": PAPER, "height": 1000})
    visitor.page.emulate_media(media="print")
    for path in links.kinds(site):
        page = visitor.open(path)
        assert page.evaluate(CUT_ON_PAPER) == [], path
        assert page.evaluate(SHOWN, FURNITURE) == [], path
        assert page.evaluate(SHUT) == [], path


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_every_kind_of_page_is_walked_through_by_keyboard(visitor: Visitor, site: Path) -> None:
    for path in links.kinds(site):
        page = visitor.open(path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # skips to the content
        for _ in range(8):
            page.keyboard.press("Tab")
            assert page.evaluate(SEEN), f"{path}: {page.evaluate('document.activeElement.outerHTML.slice(0, 120)')}"


SEEN = """() => {
  const at = document.activeElement;
  if (at === document.body) return true;
  const style = getComputedStyle(at);
  const own = at.getBoundingClientRect();
  const marked = [style.outlineStyle, style.boxShadow].some(one => one !== "none");
  return (marked || style.backgroundColor !== "rgba(0, 0, 0, 0)") && own.bottom > 0 && own.top < innerHeight;
}"""
"""Whether the element that has the keyboard can be seen, and told from its neighbours."""
