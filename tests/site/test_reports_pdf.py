"""Reports on paper: what stands in them, and that nothing of it is lost at a margin."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from rolebook.loading import load
from rolebook.pages.reports import REPORTS, Report, Wording
from rolebook.publishing.printing import fonts
from rolebook.publishing.reports.paper import html, paper
from rolebook.rendering import IN_ENGLISH
from tests.conftest import ROOT, TODAY
from tests.site.hostile import Hostile
from tests.site.test_html import findings
from tests.site.test_packs_pdf import POINTS, read
from tests.site.watching import watched

DAY = date.fromisoformat(TODAY)
EDGE = 13 * POINTS
"""Text keeps so far from the edges of the sheet at the sides."""


def report(folder: Path, name: str) -> Report:
    return REPORTS[name](Wording(load(folder).handbook, IN_ENGLISH, DAY))


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_on_paper_says_all_and_keeps_to_its_sheets(name: str) -> None:
    made = report(ROOT, name)
    reader = PdfReader(io.BytesIO(paper(made)))
    whole = plain("".join(sheet.extract_text() for sheet in reader.pages))
    assert reader.metadata
    assert reader.metadata.title == made.title
    for table in made.tables:
        assert plain(table.heading) in whole
        for row in table.rows:
            assert plain(row[0].text)[:30] in whole
    for number, sheet in enumerate(reader.pages, 1):
        words, _ = read(sheet)
        assert words, number
        for word in words:
            assert word.x > EDGE, (number, word)
            assert word.x + word.wide < float(sheet.mediabox.width) - EDGE, (number, word)
    assert [mark["/Title"] for mark in reader.outline] == [table.heading for table in made.tables]  # type: ignore[call-overload]


@pytest.mark.parametrize("name", REPORTS)
def test_the_html_of_a_report_is_valid(name: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(html(report(ROOT, name)), encoding="utf-8")
    assert findings([file]) == []


def test_whatever_stands_in_a_handbook_its_status_fetches_nothing_and_is_not_cut_off(
    hostile_texts: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = watched(monkeypatch)
    data = paper(report(hostile_texts.folder, "status"))
    assert set(asked) == fonts()
    for number, sheet in enumerate(PdfReader(io.BytesIO(data)).pages, 1):
        for word in read(sheet)[0]:
            assert word.x < float(sheet.mediabox.width) - 5 * POINTS, (number, word)
