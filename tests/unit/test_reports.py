"""Reports for a steering meeting: what they say, and that each format says the same."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as tried
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from rolebook.loading import load
from rolebook.model.figures import State, figures
from rolebook.model.gaps import gaps
from rolebook.model.handbook import Handbook
from rolebook.pages import Checked, Links, handbook_pages
from rolebook.pages.measured import views_by_reference
from rolebook.pages.reports import REPORTS, Cell, Report, Table, Wording
from rolebook.publishing.reports import FORMATS
from rolebook.publishing.reports.paper import html
from rolebook.rendering import IN_ENGLISH, Look
from tests.conftest import ROOT, TODAY, Result

Rolebook = Callable[..., Result]
DAY = date.fromisoformat(TODAY)


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return load(ROOT).handbook


def made(handbook: Handbook, name: str, look: Look = IN_ENGLISH, day: date = DAY) -> Report:
    return REPORTS[name](Wording(handbook, look, day))


def table(report: Report, key: str) -> list[dict[str, object]]:
    told = json.loads(FORMATS["json"](report))["tables"]
    rows: list[dict[str, object]] = told[key]
    return rows


def read_back(text: str) -> list[list[str]]:
    """The cells of all tables in a text in Markdown, as a reader sees them."""
    rows: list[list[str]] = []
    inside = False
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "tr_open":
            rows.append([])
        inside = token.type in ("th_open", "td_open") or (inside and token.type == "inline")
        if token.type == "inline" and inside:
            rows[-1].append(
                "".join(one.content for one in token.children or () if one.type in ("text", "text_special"))
            )
    return rows


@pytest.mark.parametrize("name", REPORTS)
def test_all_formats_say_the_same(handbook: Handbook, name: str) -> None:
    report = made(handbook, name)
    rows = [[cell.text for cell in row] for one in report.tables for row in one.rows]
    heads = [[title for _, title in one.columns] for one in report.tables if one.rows]
    assert rows
    assert sorted(read_back(FORMATS["markdown"](report).decode())) == sorted(rows + heads)
    told = json.loads(FORMATS["json"](report))
    assert {key: len(value) for key, value in told["tables"].items()} == {t.key: len(t.rows) for t in report.tables}
    assert (told["day"], told["report"], told["says"]) == (TODAY, name, list(report.says))
    page = html(report)
    assert page.count("<tr>") == len(rows) + len(heads)


@pytest.mark.parametrize("name", REPORTS)
def test_the_same_day_gives_the_same_bytes(handbook: Handbook, name: str) -> None:
    again = load(ROOT).handbook
    for form in ("markdown", "json"):
        assert FORMATS[form](made(handbook, name)) == FORMATS[form](made(again, name))


def test_the_gap_report_has_every_target_in_its_order(handbook: Handbook) -> None:
    rows = table(made(handbook, "gap"), "gaps")
    assert [row["subject"] for row in rows] == [gap.subject for gap in gaps(handbook)]
    missing = table(made(handbook, "gap"), "missing")
    assert len(missing) == sum(gap.missing for gap in gaps(handbook))


def test_the_scorecard_puts_what_needs_help_first_and_then_has_every_kpi(handbook: Handbook) -> None:
    report = made(handbook, "scorecard")
    assert sorted(str(row["kpi"]) for row in table(report, "kpis")) == sorted(figures(handbook))
    help = table(report, "need_help")
    assert {row["kpi"] for row in help} == {
        reference
        for reference, figure in figures(handbook).items()
        if figure.state in (State.MISSED, State.WORSE, State.BEHIND)
    }
    order = [State.MISSED, State.WORSE, State.BEHIND]
    assert [order.index(State(str(row["state"]))) for row in help] == sorted(
        order.index(State(str(row["state"]))) for row in help
    )


def shown(handbook: Handbook, path: str, day: date = DAY) -> dict[str, str]:
    """The sections of a page, by id, as of a day."""
    pages = handbook_pages(handbook, Links(), Checked(day))
    return next({one.id: str(one.body) for one in page.sections} for page in pages if page.path == path)


def kpis_of(html: str) -> list[str]:
    """The KPIs that a piece of a page links to, in its order."""
    return ["/".join(found) for found in re.findall(r'href="[./]*processes/([a-z-]+)/#([a-z-]+)"', html)]


def test_pages_and_reports_name_the_same_kpis_first(handbook: Handbook) -> None:
    help = [row["kpi"] for row in table(made(handbook, "scorecard"), "need_help")]
    assert [row["kpi"] for row in table(made(handbook, "status"), "kpis_that_need_help")] == help
    for path, section in (("programme/scorecard", "section_help"), ("programme/index", "question_check")):
        first = kpis_of(shown(handbook, path)[section])
        assert len(first) > 1
        assert first == help[: len(first)]


def test_all_kpis_stand_in_the_report_in_the_order_of_the_pages_of_the_areas(handbook: Handbook) -> None:
    own = [
        kpi
        for area in handbook.organisation.areas
        for html in shown(handbook, f"programme/scorecard/{area.id}").values()
        for kpi in kpis_of(html)
    ]
    rows = table(made(handbook, "scorecard"), "kpis")
    assert sorted(own) == sorted(figures(handbook))
    assert [row["kpi"] for row in rows] == own
    whole = [row for row in rows if figures(handbook)[str(row["kpi"])].progress is not None]
    views = views_by_reference(handbook)
    assert [str(row["progress"]).replace("-", "\N{MINUS SIGN}") for row in whole] == [
        views[str(row["kpi"])].gone for row in whole
    ]


@pytest.mark.parametrize("day", ["2026-11-22", "2027-02-10", "2027-03-01"])
def test_the_page_and_the_status_agree_on_what_is_late_and_what_comes_next(handbook: Handbook, day: str) -> None:
    html = shown(handbook, "programme/index", date.fromisoformat(day))["question_way"]
    before, _, next_ = html.partition("Next:")
    late, to_come = (
        re.findall(r'roadmap/#plan_([a-z0-9-]+)"', part) for part in (before.partition("Overdue:")[2], next_)
    )
    status = made(handbook, "status", day=date.fromisoformat(day))
    told = [str(row["what"]).partition("milestone:")[2] for row in table(status, "late")] if late else []
    assert [id for id in told if id] == late
    assert bool(late) == (day > "2026-12-31")
    assert ("No milestone is overdue." in status.says) == (not late)
    soon = [row["milestone"] for row in table(status, "to_come")]
    assert soon
    assert soon[: len(to_come)] == to_come[: len(soon)]


def test_risks_stand_in_the_report_as_on_the_roadmap_those_of_both_kinds_together(handbook: Handbook) -> None:
    assert handbook.programme
    sections = shown(handbook, "programme/roadmap")
    watched = {str(one.id): one for one in handbook.programme.risks if one.state == "open"}
    rows = table(made(handbook, "status"), "risks")
    for kind in ("risk", "resistance"):
        ids = re.findall(
            r'<tr id="plan_([a-z0-9-]+)"', sections[{"risk": "section_risks"}.get(kind, "section_resistance")]
        )
        there = [" ".join(watched[id].what.split()) for id in ids if id in watched]
        assert there
        assert [row["what"] for row in rows if row["kind"] == kind] == there
    weights = {"low": 1, "medium": 2, "high": 3}
    grades = [weights[str(row["likelihood"])] * weights[str(row["effect"])] for row in rows]
    assert grades == sorted(grades, reverse=True)


def test_improvements_stand_in_the_report_as_on_the_board(handbook: Handbook) -> None:
    board = shown(handbook, "improvements/index")["section_board"]
    on_board = re.findall(r'<strong><a href="([a-z0-9-]+)/"', board)
    status = made(handbook, "status")
    rows = [row["improvement"] for key in ("to_be_decided", "improvements") for row in table(status, key)]
    for status_of_some in ("proposed", "approved", "in-progress"):
        own = [id for id in rows if handbook.improvements[str(id)].status == status_of_some]
        assert len(own) > 1
        assert own == [id for id in on_board if id in own]


def test_the_status_tells_what_is_late_on_that_day(handbook: Handbook) -> None:
    assert handbook.programme
    later = date(2027, 3, 1)
    due = {
        f"milestone:{one.id}": (later - one.due).days
        for one in handbook.programme.milestones
        if one.done is None and one.due < later
    }
    due |= {
        f"improvement:{one.id}": (later - one.due).days
        for one in handbook.improvements.values()
        if one.status in ("approved", "in-progress") and one.due and one.due < later
    }
    assert due
    assert {row["what"]: row["days"] for row in table(made(handbook, "status", day=later), "late")} == due


def test_the_status_asks_for_a_decision_on_what_is_proposed(handbook: Handbook) -> None:
    proposed = {id for id, one in handbook.improvements.items() if one.status == "proposed"}
    assert {row["improvement"] for row in table(made(handbook, "status"), "to_be_decided")} == proposed


def test_a_report_speaks_the_language_of_the_handbook(handbook: Handbook) -> None:
    german = FORMATS["markdown"](made(handbook, "status", Look("de"))).decode()
    assert german.startswith("# Stand des Programms\n")
    assert "22. November 2026" in german


@pytest.mark.parametrize("name", REPORTS)
def test_a_handbook_without_a_programme_has_short_reports(given: Path, rolebook: Rolebook, name: str) -> None:
    result = rolebook("--directory", given, "report", name, "--today", TODAY)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("# ")


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), include_characters=" "), max_size=60
)


@tried(TEXTS, TEXTS)
def test_whatever_authors_write_shows_as_written_in_markdown(one: str, other: str) -> None:
    rows = ((Cell(one, one), Cell(other, other)), (Cell("a", "a"), Cell("b", "b")))
    wanted = Table("key", "Heading", (("first", "First"), ("second", "Second")), rows)
    report = Report("gap", "Title", "Handbook", "", DAY, "Handbook", "en", (), (wanted,))
    found = read_back(FORMATS["markdown"](report).decode())
    assert found[1:] == [[" ".join(one.split()), " ".join(other.split())], ["a", "b"]]


def test_html_of_a_report_has_no_markup_of_authors() -> None:
    evil = '</style><script>alert(1)</script>"\\'
    rows = ((Cell(evil, evil),),)
    report = Report("gap", evil, evil, "", DAY, evil, "en", (evil,), (Table("key", evil, (("one", evil),), rows),))
    page = html(report)
    assert "<script" not in page
    assert page.count("</style>") == 1


def test_a_report_is_printed_or_written_where_one_says(rolebook: Rolebook, reference: Path, tmp_path: Path) -> None:
    printed = rolebook("--directory", reference, "report", "gap", "--today", TODAY)
    folder = tmp_path / "meeting"
    written = rolebook("--directory", reference, "report", "gap", "--today", TODAY, "--output", folder)
    assert (printed.code, printed.err, written.code) == (0, "", 0)
    assert (folder / "gap.md").read_text(encoding="utf-8") == printed.out
    assert rolebook("--directory", reference, "report", "gap", "--format", "json", "-o", folder).code == 0
    assert (folder / "gap.md").is_file()
    assert json.loads((folder / "gap.json").read_text(encoding="utf-8"))["report"] == "gap"


def test_a_handbook_with_errors_has_no_report(given: Path, rolebook: Rolebook) -> None:
    (given / "process_defs/organisation.yaml").write_text("name: [", encoding="utf-8")
    result = rolebook("--directory", given, "report", "status")
    assert result.code == 1
    assert "organisation.yaml" in result.out


def test_a_report_that_there_is_not_is_refused(rolebook: Rolebook) -> None:
    result = rolebook("report", "gab")
    assert result.code == 2
    assert "'gap', 'scorecard', 'status'" in result.err
