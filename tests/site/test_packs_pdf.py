"""Training packs as PDF: real files of real roles, and what stands in them."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader

from rolebook.drawing.metrics import MARGIN, width
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages.packs import PAPERS, Edition, Pack, Paper, pack
from rolebook.publishing.packs.page import fonts, page
from rolebook.publishing.packs.pdf import Printer
from rolebook.rendering import Look
from tests.conftest import ROOT, TODAY
from tests.site.hostile import make
from tests.site.test_html import findings

ROLES = ("configuration-librarian", "technical-specialist", "it-director")
"""One with a single process, one with many, and a manager."""

A4, LETTER = PAPERS["a4"], PAPERS["letter"]
POINTS = 72 / 25.4
NOTES = 40 * POINTS
"""The height of the lines below the heading of the notes, which are no text."""
LEAST = 0.13
"""The part of a page that is used at least."""
NAME = "My notes"
DRAWING = "Thick frame: my activity"


class Word(NamedTuple):
    """A run of text: where it begins, how wide it is, and how large."""

    text: str
    x: float
    y: float
    wide: float


class Printed:
    """A pack, its HTML, and its PDF."""

    def __init__(self, pack: Pack, html: str, data: bytes, reader: PdfReader) -> None:
        self.pack, self.html, self.data, self.reader = pack, html, data, reader

    @cached_property
    def pages(self) -> list[Any]:
        return list(self.reader.pages)

    @cached_property
    def words(self) -> list[list[Word]]:
        """The runs of text on each page, in the order in which they are read."""
        return [words(sheet) for sheet in self.pages]

    @cached_property
    def texts(self) -> list[str]:
        """What stands on each page, on one line."""
        return [" ".join(word.text for word in found) for found in self.words]

    def upright(self) -> Iterator[tuple[int, Any, list[Word]]]:
        """The pages with numbers and words, without drawings: that these fit is tested by their own geometry."""
        for number, (sheet, found, text) in enumerate(zip(self.pages, self.words, self.texts, strict=True), 1):
            if DRAWING not in text:
                yield number, sheet, found


def printed(folder: Path, handbook: Handbook, role: str, paper: Paper = A4) -> Printed:
    made = pack(handbook, role, Edition(paper=paper), Look(), date.fromisoformat(TODAY))
    html = page(made, Look())
    data = Printer().pdf(made, html)
    (folder / "pack.pdf").write_bytes(data)
    return Printed(made, html, data, PdfReader(folder / "pack.pdf"))


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return load(ROOT).handbook


@pytest.fixture(scope="module", params=ROLES)
def document(request: pytest.FixtureRequest, handbook: Handbook, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(tmp_path_factory.mktemp("packs"), handbook, str(request.param))


@pytest.fixture(scope="module")
def on_letter(handbook: Handbook, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(tmp_path_factory.mktemp("packs"), handbook, "change-board-member", LETTER)


def words(sheet: Any) -> list[Word]:
    """The runs of text on a page, in the order in which they are read."""
    found: list[Word] = []

    def visit(text: str, matrix: list[float], inner: list[float], font: Any, size: float) -> None:
        if text.strip() and font:
            down = matrix[3] * inner[3]
            x = matrix[0] * inner[4] + matrix[4]
            y = matrix[3] * inner[5] + matrix[5]
            bold = "Bold" in str(font["/BaseFont"])
            found.append(Word(text.strip(), x, y, width(text.strip(), abs(size * down), bold=bold) / MARGIN))

    sheet.extract_text(visitor_text=visit)
    return found


def plain(text: str) -> str:
    return "".join(text.split())


def bookmarks(reader: PdfReader) -> list[tuple[str, int]]:
    """The bookmarks with their pages, from the first to the last."""

    def each(outline: list[Any]) -> Iterator[tuple[str, int]]:
        for one in outline:
            if isinstance(one, list):
                yield from each(one)
            else:
                yield str(one.title), (reader.get_destination_page_number(one) or 0) + 1

    return list(each(reader.outline))


def contents(html: str) -> list[str]:
    nav = html[html.index("<nav") : html.index("</nav>")]
    return [unescape(re.sub("<[^>]*>", "", link)) for link in re.findall("<a [^>]*>(.*?)</a>", nav)]


def test_it_has_title_language_and_tags(document: Printed) -> None:
    root: Any = document.reader.trailer["/Root"]
    assert document.reader.metadata
    assert document.reader.metadata.title == document.pack.title
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert (
        b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data() or b"pdfuaid" in root["/Metadata"].get_data()
    )


def test_bookmarks_and_contents_say_the_same_and_lead_to_it(document: Printed) -> None:
    marks = [(title, number) for title, number in bookmarks(document.reader) if title != "Contents"]
    assert [title for title, _ in marks] == contents(document.html)
    for title, number in marks:
        assert plain(title) in plain(document.texts[number - 1])


def test_the_contents_name_the_pages(document: Printed) -> None:
    text = document.texts[1]
    sheet = next(number for title, number in bookmarks(document.reader) if title == "Attendance and sign-off")
    assert re.search(rf"Attendance and sign-off[ .]*{sheet}\b", text)


def test_every_page_but_the_cover_has_its_head_and_number(document: Printed) -> None:
    for number, text in enumerate(document.texts[1:], 2):
        assert "Northmoor IT Service Handbook" in text
        assert f"{number} / {len(document.pages)}" in text
        assert document.pack.digest in text
        assert "uncontrolled when printed" in text


def test_drawings_lie_and_all_else_stands(document: Printed) -> None:
    for sheet, text in zip(document.pages, document.texts, strict=True):
        width_, height = (round(float(side) / POINTS) for side in (sheet.mediabox.width, sheet.mediabox.height))
        assert {width_, height} == {210, 297}
        assert (width_ > height) == (DRAWING in text)


def test_letter_is_a_size_of_its_own(on_letter: Printed) -> None:
    sizes = {(round(float(s.mediabox.width)), round(float(s.mediabox.height))) for s in on_letter.pages}
    assert sizes == {(612, 792), (792, 612)}


def test_no_text_runs_into_the_margins(document: Printed, on_letter: Printed) -> None:
    for one in (document, on_letter):
        for number, sheet, found in one.upright():
            right, top = float(sheet.mediabox.width), float(sheet.mediabox.height)
            for word in found:
                assert word.x > 20 * POINTS, (number, word)
                assert word.x + word.wide < right - 9 * POINTS, (number, word)
                assert 5 * POINTS < word.y < top - 5 * POINTS, (number, word)


def test_no_page_is_nearly_empty(document: Printed, on_letter: Printed) -> None:
    for one in (document, on_letter):
        for number, sheet, found in one.upright():
            top, bottom = float(sheet.mediabox.height) - 18 * POINTS, 17 * POINTS
            body = [word for word in found if bottom < word.y < top]
            lowest = min(word.y - (NOTES if NAME in word.text else 0) for word in body)
            assert (top - lowest) / (top - bottom) > LEAST, number


def test_the_fonts_are_ours_and_in_the_file(document: Printed) -> None:
    names = set()
    for sheet in document.pages:
        fonts = sheet["/Resources"]["/Font"]
        for font in (fonts[name].get_object() for name in fonts):
            below = font["/DescendantFonts"][0].get_object()
            names.add(str(font["/BaseFont"]).partition("+")[2])
            assert "/FontFile2" in below["/FontDescriptor"].get_object()
    assert names == {"Rolebook-Sans", "Rolebook-Sans-Bold"}


def test_its_text_is_in_the_order_of_reading(document: Printed) -> None:
    whole = plain("".join(document.texts))
    at = 0
    for step in re.findall('<li><span class="box"></span>(.*?)</li>', document.html):
        at = whole.find(plain(unescape(step))[:25], at)
        assert at > 0, step


def test_its_html_is_valid(document: Printed, tmp_path: Path) -> None:
    file = tmp_path / "pack.html"
    file.write_text(document.html, encoding="utf-8")
    assert findings([file]) == []


def test_the_same_pack_gives_the_same_bytes(document: Printed) -> None:
    if document.pack.name == ROLES[0]:
        assert Printer().pdf(document.pack, document.html) == document.data


def test_whatever_stands_in_a_handbook_nothing_is_fetched_and_nothing_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    allowed = fonts()

    class Watched(frozenset[str]):
        def __contains__(self, url: object) -> bool:
            asked.append(str(url))
            return super().__contains__(url)

    monkeypatch.setattr("rolebook.publishing.packs.pdf.fonts", lambda: Watched(allowed))
    one = printed(tmp_path, make(tmp_path).handbook(), "service-desk-analyst")
    assert set(asked) == set(allowed)
    assert "<script" not in one.html
    for number, sheet, found in one.upright():
        for word in found:
            assert word.x < float(sheet.mediabox.width) - 5 * POINTS, (number, word)


@pytest.mark.parametrize(
    "asks",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<style>@import url("http://127.0.0.1:9/x.css");</style>',
        '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
    ],
)
def test_even_html_that_asks_for_something_gets_nothing(given: Path, asks: str) -> None:
    made = pack(load(given).handbook, "agent", Edition(), Look(), date.fromisoformat(TODAY))
    html = page(made, Look()).replace("</main>", f"{asks}</main>")
    data = Printer().pdf(made, html)
    assert b"root:" not in data
    assert b"/EmbeddedFile" not in data
