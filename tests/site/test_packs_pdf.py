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
from rolebook.pages.packs import PAPERS, Edition, Pack, delta, pack, since
from rolebook.publishing.packs.page import page
from rolebook.publishing.printing import Printer, fonts
from rolebook.rendering import Look
from tests.conftest import ROOT, TODAY
from tests.site.hostile import make
from tests.site.test_html import findings
from tests.site.watching import watched

A4, LETTER = PAPERS["a4"], PAPERS["letter"]
WANTED: dict[str, tuple[str, Edition]] = {
    "single process": ("configuration-librarian", Edition()),
    "many processes": ("technical-specialist", Edition()),
    "manager": ("it-director", Edition()),
    "trainer, letter": ("change-board-member", Edition(for_trainer=True, paper=LETTER)),
    "changes": ("configuration-librarian", Edition(since="1.0.0")),
    "changes, trainer": ("technical-specialist", Edition(for_trainer=True, since="1.0.0")),
    "changes, letter": ("it-director", Edition(paper=LETTER, since="1.3.0")),
}
"""Packs of roles with one process, with many, and of a manager: whole and of changes, of both editions and papers."""

POINTS = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = (side * POINTS for side in (22, 16, 19, 18))
"""The margins of pages."""
NOTES = 40 * POINTS
"""The height of the lines below the heading of the notes, which are no text."""
LEAST = 0.13
"""The part of a page that is used at least."""
NAME = "My notes"
DRAWING = "Thick frame: my activity"
WHOLE = Edition()


Corners = tuple[float, float, float, float]
"""Left, low, right and high, in points."""


class Word(NamedTuple):
    """A run of text: where it begins, how wide it is, and how large."""

    text: str
    x: float
    y: float
    wide: float


class Mark(NamedTuple):
    """A path that is painted: the corners around it, those of what is left of it, and whether it has a round corner."""

    around: Corners
    shown: Corners
    is_box: bool


class Printed:
    """A pack, its HTML, and its PDF."""

    def __init__(self, pack: Pack, html: str, data: bytes, reader: PdfReader) -> None:
        self.pack, self.html, self.data, self.reader = pack, html, data, reader

    @cached_property
    def pages(self) -> list[Any]:
        return list(self.reader.pages)

    @cached_property
    def read(self) -> list[tuple[list[Word], list[Mark]]]:
        """The words on each page, and what is drawn there."""
        return [read(sheet) for sheet in self.pages]

    @cached_property
    def words(self) -> list[list[Word]]:
        """The runs of text on each page, in the order in which they are read."""
        return [found for found, _ in self.read]

    @cached_property
    def marks(self) -> list[list[Mark]]:
        """What is drawn on each page besides text, as far as anything of it is left."""
        return [
            [one for one in found if one.shown[0] < one.shown[2] or one.shown[1] < one.shown[3]]
            for _, found in self.read
        ]

    @cached_property
    def texts(self) -> list[str]:
        """What stands on each page, on one line."""
        return [" ".join(word.text for word in found) for found in self.words]

    def upright(self) -> Iterator[tuple[int, Any, list[Word]]]:
        """The pages with numbers and words, without drawings: that these fit is tested by their own geometry."""
        for number, (sheet, found, text) in enumerate(zip(self.pages, self.words, self.texts, strict=True), 1):
            if DRAWING not in text:
                yield number, sheet, found


def printed(folder: Path, handbook: Handbook, role: str, edition: Edition = WHOLE) -> Printed:
    day = date.fromisoformat(TODAY)
    if edition.since:
        made = delta(handbook, role, since(handbook, edition.since), edition, Look(), day)
        assert made
    else:
        made = pack(handbook, role, edition, Look(), day)
    html = page(made, Look())
    data = Printer().pdf(html, made.digest)
    (folder / "pack.pdf").write_bytes(data)
    return Printed(made, html, data, PdfReader(folder / "pack.pdf"))


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return load(ROOT, all_releases=True).handbook


@pytest.fixture(scope="module", params=WANTED)
def document(request: pytest.FixtureRequest, handbook: Handbook, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    role, edition = WANTED[str(request.param)]
    return printed(tmp_path_factory.mktemp("packs"), handbook, role, edition)


def read(sheet: Any) -> tuple[list[Word], list[Mark]]:
    """The runs of text on a page, in the order in which they are read, and what is drawn on it besides."""
    found: list[Word] = []
    drawing = Drawn((0.0, 0.0, float(sheet.mediabox.width), float(sheet.mediabox.height)))

    def visit(text: str, matrix: list[float], inner: list[float], font: Any, size: float) -> None:
        if text.strip() and font:
            down = matrix[3] * inner[3]
            x = matrix[0] * inner[4] + matrix[4]
            y = matrix[3] * inner[5] + matrix[5]
            bold = "Bold" in str(font["/BaseFont"])
            found.append(Word(text.strip(), x, y, width(text.strip(), abs(size * down), bold=bold) / MARGIN))

    sheet.extract_text(visitor_text=visit, visitor_operand_before=drawing.visit)
    return found, drawing.marks


class Drawn:
    """Follows the operators of a page, and keeps the paths that are painted with what clips them."""

    def __init__(self, whole: Corners) -> None:
        self.marks: list[Mark] = []
        self._clips = [whole]
        self._points: list[tuple[float, float]] = []
        self._is_round = False

    def visit(self, operator: bytes, arguments: Any, matrix: list[float], _: object) -> None:
        match operator.decode():
            case "m" | "l" | "c" | "v" | "y" | "re":
                self._go(operator, list(map(float, arguments)), matrix)
            case "q":
                self._clips.append(self._clips[-1])
            case "Q":
                self._clips.pop()
            case "W" | "W*":
                self._clips[-1] = within(around(self._points), self._clips[-1])
            case "f" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" as paint if self._points:
                box = around(self._points)
                self.marks.append(Mark(box, within(box, self._clips[-1]), self._is_round and paint[0] in "Bb"))
                self._end()
            case "n":
                self._end()

    def _go(self, operator: bytes, numbers: list[float], matrix: list[float]) -> None:
        a, b, c, d, e, f = matrix
        if operator == b"re":
            x, y, wide, high = numbers
            numbers = [x, y, x + wide, y + high]
        points = zip(numbers[::2], numbers[1::2], strict=True)
        self._points.extend((a * x + c * y + e, b * x + d * y + f) for x, y in points)
        self._is_round |= operator == b"c"

    def _end(self) -> None:
        self._points, self._is_round = [], False


def around(points: list[tuple[float, float]]) -> Corners:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def within(box: Corners, clip: Corners) -> Corners:
    return max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])


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
        paper = document.pack.edition.paper
        assert {width_, height} == {round(paper.width), round(paper.height)}
        assert (width_ > height) == (DRAWING in text)


def test_no_text_runs_into_the_margins(document: Printed) -> None:
    for number, sheet, found in document.upright():
        right, top = float(sheet.mediabox.width), float(sheet.mediabox.height)
        for word in found:
            assert word.x > 20 * POINTS, (number, word)
            assert word.x + word.wide < right - 9 * POINTS, (number, word)
            assert 5 * POINTS < word.y < top - 5 * POINTS, (number, word)


def test_no_table_and_no_drawing_leaves_its_page(document: Printed) -> None:
    for number, (sheet, marks) in enumerate(zip(document.pages, document.marks, strict=True), 1):
        right, top = float(sheet.mediabox.width) - RIGHT, float(sheet.mediabox.height) - TOP
        for mark in marks:
            left, low, far, high = mark.shown
            assert left > LEFT - 1, (number, mark)
            assert far < right + 1, (number, mark)
            assert low > BOTTOM - 1, (number, mark)
            assert high < top + 1, (number, mark)


def test_no_box_of_a_drawing_is_cut(document: Printed) -> None:
    for number, (marks, text) in enumerate(zip(document.marks, document.texts, strict=True), 1):
        if DRAWING in text:
            boxes = [mark for mark in marks if mark.is_box]
            assert boxes, number
            for box in boxes:
                assert box.shown == pytest.approx(box.around, abs=0.5), (number, box)


def test_a_pack_of_changes_has_no_drawings_and_a_whole_one_has(document: Printed) -> None:
    assert any(DRAWING in text for text in document.texts) == (not document.pack.edition.since)


def test_answers_stand_in_the_edition_of_the_trainer_alone(document: Printed) -> None:
    assert any("Answer:" in text for text in document.texts) == document.pack.edition.for_trainer


def test_no_page_is_nearly_empty(document: Printed) -> None:
    for number, sheet, found in document.upright():
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
    steps = re.findall('<li><span class="box"></span>(?:<b.*?</b>)?(.*?)</li>', document.html)
    assert steps
    for step in steps:
        at = whole.find(plain(unescape(step))[:25], at)
        assert at > 0, step


def test_its_html_is_valid(document: Printed, tmp_path: Path) -> None:
    file = tmp_path / "pack.html"
    file.write_text(document.html, encoding="utf-8")
    assert findings([file]) == []


def test_the_same_pack_gives_the_same_bytes(document: Printed) -> None:
    if len(document.pages) < 20:
        assert Printer().pdf(document.html, document.pack.digest) == document.data


def test_whatever_stands_in_a_handbook_nothing_is_fetched_and_nothing_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = watched(monkeypatch)
    one = printed(tmp_path, make(tmp_path).handbook(), "service-desk-analyst")
    assert set(asked) == fonts()
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
    data = Printer().pdf(html, made.digest)
    assert b"root:" not in data
    assert b"/EmbeddedFile" not in data
