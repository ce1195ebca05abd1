"""Whatever stands in any text field is text in a browser: it runs nothing, shows as written, and breaks no layout."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from rolebook.model.handbook import Handbook
from rolebook.pages import Links, handbook_pages
from tests.browser.conftest import Visitor, serving
from tests.browser.test_lanes import AMISS
from tests.site.hostile import TERM, TEXTS, Hostile, said, texts
from tests.site.links import kinds, largest

ELSEWHERE = {"Clause.number", "Clause.requires", "Organisation.currency", "Question.wrong", "TakesFrom.name"}
"""Fields that show on other pages than that of their file."""
SHARED = {"function", "home", "process"}
"""Kinds of page whose file tells of more than the page; what a process lacks, its procedure has."""

STRANGE = """() => {
  const OURS_NEVER = "foreignObject, object, embed, base, article :is(iframe, img, script, style)";
  document.querySelectorAll("details").forEach(one => { one.open = true; });
  const found = [...document.querySelectorAll(OURS_NEVER)].map(one => one.outerHTML.slice(0, 100));
  for (const one of document.querySelectorAll("*")) {
    for (const { name, value } of one.attributes) {
      if (name.startsWith("on") || /^\\s*javascript:/i.test(value)) found.push(`${name}=${value.slice(0, 100)}`);
    }
  }
  return found.concat(window.pwned === undefined ? [] : [`pwned: ${window.pwned}`]);
}"""
"""What a page has that no page of ours has, everything that opens on demand being open."""

STICKING_OUT = """() => {
  // What is as wide as a table in a part of the page that scrolls; the theme gives tables the margin of the page
  const TABLES = ":has(.md-typeset__scrollwrap), .md-typeset__scrollwrap, .md-typeset__table, thead tr";
  const found = document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [];
  for (const one of document.querySelectorAll("article *, .md-footer *")) {
    const style = getComputedStyle(one);
    const scrolls = /auto|scroll|hidden|clip/.test(style.overflowX);
    const counts = !one.closest("svg") && style.display !== "inline" && one.clientWidth > 1 && !scrolls;
    if (counts && one.scrollWidth > one.clientWidth + 1 && !one.matches(TABLES)) {
      found.push(`${one.tagName}.${one.className} of ${one.clientWidth}: ${one.textContent.slice(0, 50)}`);
    }
  }
  return found;
}"""
"""What leaves its own box, and does not scroll in it."""

TURNED = """() => {
  const RTL = /^[\\u0590-\\u06ff]/;
  const after = (link) => {
    const range = document.createRange();
    range.setStart(link.nextSibling, 0);
    range.setEnd(link.nextSibling, 1);
    return range.getBoundingClientRect();
  };
  const links = [...document.querySelectorAll("article a")]
    .filter(link => RTL.test(link.textContent) && /^\\S/.test(link.nextSibling?.data ?? ""));
  const turned = links.filter(link => {
    const [own, next] = [[...link.getClientRects()].at(-1), after(link)];
    return Math.abs(own.bottom - next.bottom) < 6 && next.left < own.right - 1;
  });
  return [links.length, turned.map(link => link.parentElement.textContent.slice(0, 60))];
}"""
"""How many links read from right to left, and which of them have what follows not at their right."""

from_files = pytest.mark.parametrize("reader", ["file"], indirect=True)


@pytest.fixture(scope="module")
def handbook(hostile: Hostile) -> Handbook:
    return hostile.handbook()


@pytest.fixture(scope="module")
def address(hostile: Hostile) -> Iterator[str]:
    with serving(hostile.site) as address:
        yield address


class Reader(Visitor):
    """A visitor who notes what a page asks or tells them in a window of its own."""

    def __init__(self, page: Page, home: str) -> None:
        super().__init__(page, home)
        self.asked: list[str] = []
        page.on("dialog", self._asked)

    def _asked(self, dialog: Dialog) -> None:
        self.asked.append(dialog.message)
        dialog.dismiss()

    def harmed(self) -> list[str]:
        """What a text has done that is no text."""
        return [*self.page.evaluate(STRANGE), *self.asked, *self.foreign, *self.errors]


@pytest.fixture(params=["file", "http"])
def reader(request: pytest.FixtureRequest, browser: Browser, hostile: Hostile) -> Iterator[Reader]:
    """A visitor of the hostile site, once from the file system and once from a web server."""
    home = f"{hostile.site.as_uri()}/" if request.param == "file" else request.getfixturevalue("address")
    context = browser.new_context()
    context.set_default_timeout(30_000)
    yield Reader(context.new_page(), home)
    context.close()


def pages_of(site: Path) -> list[str]:
    """A page of every kind, and the largest of each folder; all pages in the large sweep."""
    if os.environ.get("ROLEBOOK_FULL"):
        return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "404.html")
    return sorted({*kinds(site), *largest(site)})


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def test_no_text_does_anything(reader: Reader, hostile: Hostile) -> None:
    for path in pages_of(hostile.site):
        reader.open(path)
        assert reader.harmed() == [], path


@from_files
def test_every_text_of_a_file_shows_on_its_page_as_it_was_written(
    reader: Reader, hostile: Hostile, handbook: Handbook
) -> None:
    written: dict[str, list[tuple[str, str]]] = {}
    for field, text in texts(said(handbook)):
        written.setdefault(text.span.path, []).append((field, words(text)))
    visited = pages_of(hostile.site)
    packs = frozenset(f"packs/{role}.html" for role in handbook.roles)
    for page in handbook_pages(handbook, Links(directory_urls=False, packs=packs)):
        if f"{page.path}.html" in visited:
            shown = reader.open(f"{page.path}.html")
            headings = [words(heading) for heading in shown.locator("article :is(h1, h2, h3)").all_text_contents()]
            expected = [words(heading) for heading in (page.title, *(section.heading for section in page.sections))]
            assert [heading.removesuffix("¶").strip() for heading in headings] == expected, page.path
            assert words(shown.title()) == words(page.title)
            article = words(shown.locator("article").text_content())
            if page.kind == "procedure":
                process = page.path.removesuffix("/procedure")
                article += words(reader.open(f"{process}.html").locator("article").text_content())
            own = written.get(page.source.path, []) if page.source and page.kind not in SHARED else []
            assert [text for field, text in own if text not in article and field not in ELSEWHERE] == [], page.path


@from_files
def test_search_shows_what_it_finds_as_it_was_written(reader: Reader, handbook: Handbook) -> None:
    for kind in ("drawing", "quotes", "long"):
        role = next(role for role in handbook.roles.values() if role.name.startswith(TEXTS[kind]))
        reader.open()
        reader.search(role.name.rpartition(" ")[2])
        expect(reader.results.first.get_by_role("heading")).to_have_text(role.name)
        assert reader.harmed() == []
        reader.results.first.click()
        expect(reader.title).to_contain_text(role.name)
        assert reader.harmed() == []


@from_files
def test_search_finds_a_word_whatever_stands_beside_it(reader: Reader) -> None:
    reader.open()
    for typed in ("<script>window.pwned", '"double"', "double", "foreignObject", "CDATA", "example.invalid"):
        reader.page.get_by_role("textbox", name="Search").fill("")
        expect(reader.results).to_have_count(0)
        reader.search(typed)
        assert reader.harmed() == []


@from_files
def test_what_is_found_fits_a_phone(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 360, "height": 740})
    reader.open().locator("label[for=__search]").first.click()
    reader.search("window")
    found = reader.page.locator(".md-search-result__article")
    assert found.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length") == 0


@from_files
def test_a_role_is_found_by_any_name(reader: Reader, handbook: Handbook) -> None:
    roles = [role for role in handbook.roles.values() if role.active and role.aliases]
    for role in roles[: len(TEXTS) : 2]:
        page = reader.open()
        page.get_by_label("Type a role").fill(role.name)
        expect(page.locator(".finder-results a").first).to_have_text(role.name)
        page.get_by_label("Type a role").fill(role.aliases[0])
        expect(page.locator(".finder-results a").filter(has_text=role.name).first).to_be_visible()
    reader.page.keyboard.press("Enter")
    expect(reader.title).to_be_visible()
    assert reader.harmed() == []


@from_files
def test_my_role_may_be_called_anything(reader: Reader, handbook: Handbook) -> None:
    for role in list(handbook.roles.values())[: len(TEXTS) : 3]:
        reader.open(f"roles/{role.id}.html").get_by_role("button", name="This is my role").click()
        page = reader.open("matrix.html")
        expect(page.get_by_label("My role")).to_have_value(role.id)
        expect(page.locator(".my-role [role=status]")).to_contain_text(words(role.name))
        assert reader.harmed() == []


@from_files
def test_the_matrix_is_filtered_by_any_name(reader: Reader, handbook: Handbook) -> None:
    page = reader.open("matrix.html")
    roles = page.get_by_label("Role", exact=True).locator("option").all_text_contents()
    assert {words(role.name) for role in handbook.roles.values() if role.active} <= {words(name) for name in roles}
    page.get_by_label("Role", exact=True).select_option("change-manager")
    page.get_by_label("Process", exact=True).select_option("change-management")
    expect(page.locator("table.lines tbody tr:visible").first).to_be_visible()
    page.goto("about:blank")
    reader.open("matrix.html#role=<script>window.pwned=1</script>&process=javascript:window.pwned=2")
    assert reader.harmed() == []


@from_files
def test_a_term_is_explained_as_it_was_written(reader: Reader, handbook: Handbook) -> None:
    page = reader.open("processes/change-management.html")
    page.locator("a.term", has_text=TERM).first.focus()
    means = next(term.means for term in handbook.glossary.terms if term.name == TERM)
    expect(page.get_by_role("tooltip")).to_have_text(means)
    assert reader.harmed() == []


@from_files
@pytest.mark.parametrize("width", [360, 1440])
def test_no_text_leaves_its_place(reader: Reader, hostile: Hostile, width: int) -> None:
    reader.page.set_viewport_size({"width": width, "height": 900})
    for path in pages_of(hostile.site):
        assert reader.open(path).evaluate(STICKING_OUT) == [], path


@from_files
def test_no_text_leaves_the_paper(reader: Reader, hostile: Hostile) -> None:
    page = reader.page
    page.emulate_media(media="print")
    for path in pages_of(hostile.site):
        reader.open(path)
        landscape = page.locator(".lanes-sheets, .page-section:has(table.load), .lying")
        landscape.evaluate_all("all => all.forEach(one => one.remove())")
        page.set_viewport_size({"width": 720, "height": 1000})
        assert page.evaluate(STICKING_OUT) == [], path


@from_files
def test_every_text_lies_in_its_box_in_the_drawings(reader: Reader, handbook: Handbook) -> None:
    for process in handbook.processes:
        count, amiss = reader.open(f"processes/{process}.html").evaluate(AMISS)
        assert count > 30
        assert amiss == [], process


@from_files
def test_the_drawing_names_each_activity_as_far_as_there_is_room(reader: Reader, handbook: Handbook) -> None:
    for process in handbook.processes.values():
        page = reader.open(f"processes/{process.id}.html")
        drawn = page.locator(".lanes-view .lane-node a > text:nth-of-type(2)").all_text_contents()
        names = ["".join(activity.name.split()) for activity in process.activities]
        assert [name for name, text in zip(names, drawn, strict=True) if not name.startswith(bare(text))] == []


def bare(text: str) -> str:
    """The letters of a text that may have been cut."""
    return "".join(text.split()).removesuffix("…")


@from_files
def test_what_follows_a_name_stands_behind_it_in_whatever_direction_that_is_read(reader: Reader) -> None:
    count, turned = reader.open("matrix.html").evaluate(TURNED)
    assert count > 3
    assert turned == []
