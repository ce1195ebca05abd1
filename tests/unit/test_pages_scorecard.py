"""The scorecard on pages: for the organisation, for customers, back to objectives, and what other pages show of it."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.loading import load
from rolebook.model.tracing import movers, origins, traced
from rolebook.pages import Checked, Links, Page, handbook_pages, navigation
from rolebook.pages.scorecard import MOST
from rolebook.publishing.exports.data import document
from rolebook.rendering import Look
from tests.conftest import ROOT
from tests.test_guide import EXAMPLES

TABLE = "process_defs/measurements/incident.csv"
SCORECARD = "process_defs/programme/scorecard.yaml"
KPI = "incident/time-to-restore"
SHOWN = f"""\
customers:
  - kpi: {KPI}
    says: Hours until your branch can work again
    matters: Whether you send your readers home.
shared:
  - kpi: {KPI}
    with: [agent, specialist]
    reason: The desk calls, and the specialists come.
"""
AIMED = ("process_defs/questionnaires", "process_defs/assessments", "process_defs/programme/targets")
SIGNS = {"reached": "✓", "on course": "●", "behind": "◐", "worse": "▼"}
SERIES = ("2025-10,9.5,", "2025-11,9.1,", "2026-02,7.5,Two stormy weeks", "2026-10,5.1,")


def measured(handbook: Path, *rows: str) -> Path:
    """The small handbook with these measurements of its only KPI, and with a scorecard."""
    for path, written in (
        (TABLE, "\n".join(["kpi,month,value,note", *(f"time-to-restore,{row}" for row in rows), ""])),
        (SCORECARD, SHOWN),
    ):
        (handbook / path).parent.mkdir(parents=True, exist_ok=True)
        (handbook / path).write_text(written, encoding="utf-8")
    process = handbook / "process_defs/processes/incident.yaml"
    old = "    target: {value: 4, due: 2026-12-31}\n"
    known = process.read_text(encoding="utf-8")
    assert old in known
    process.write_text(known.replace(old, f"    baseline: {{value: 9.5, date: 2025-10-31}}\n{old}"), encoding="utf-8")
    return handbook


def pages(handbook: Path, look: Look | None = None, today: date | None = None) -> dict[str, Page]:
    checked = Checked(today) if today else None
    links = Links(look=look) if look else Links()
    return {page.path: page for page in handbook_pages(load(handbook, all_releases=True).handbook, links, checked)}


def body(page: Page) -> str:
    return "".join(str(html) for html in (page.lead, *(section.body for section in page.sections)))


def told(html: str) -> str:
    """What a reader reads."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def part(page: Page, id: str) -> str:
    return next(section.body for section in page.sections if section.id == id)


@pytest.fixture
def shown(given: Path) -> dict[str, Page]:
    return pages(measured(given, *SERIES))


def test_the_small_handbook_with_measurements_has_no_errors(given: Path) -> None:
    found = all_findings(load(measured(given, *SERIES)), date(2026, 11, 22))
    assert [one.rule.code for one in found if one.span.path in (TABLE, SCORECARD)] == []


def test_without_measurements_there_is_no_scorecard_and_kpis_show_as_before(given: Path) -> None:
    without = pages(given)
    assert not [path for path in without if path.startswith("programme/")]
    assert "trend" not in body(without["processes/incident"])
    assert "section_scorecard" not in {section.id for section in without["index"].sections}
    assert "On course" not in told(body(without["roles/incident-manager"])).title()


def test_the_scorecard_counts_the_kpis_and_has_a_page_for_each_area(shown: dict[str, Page]) -> None:
    overview = told(body(shown["programme/scorecard"]))
    assert "1 of 1 KPIs that are measured have reached their target or are on course." in overview
    area = next(page for path, page in shown.items() if path.startswith("programme/scorecard/"))
    assert "5.1 hours" in told(body(area))
    assert "February 2026, 7.5: Two stormy weeks" in told(body(area))
    assert "Shared with" in told(body(area))


def test_its_pages_stand_in_the_navigation(given: Path) -> None:
    handbook = load(measured(given, *SERIES)).handbook
    found = set()
    chapters = list(navigation(handbook))
    while chapters:
        chapter = chapters.pop()
        found.add(chapter.path)
        chapters += chapter.parts
    assert {path for path in pages(given) if path.startswith("programme/")} <= found


def test_a_kpi_shows_its_line_its_months_and_its_state_on_the_page_of_its_process(shown: dict[str, Page]) -> None:
    kpi = part(shown["processes/incident"], "time-to-restore")
    assert kpi.count('<svg class="trend"') == 1
    assert len(kpi.partition("<svg")[2].partition("</svg>")[0]) < 1500
    assert "80% of the way in 85% of the time" in told(kpi)
    assert told(kpi).index("October 2026") < told(kpi).index("October 2025")
    assert "Two stormy weeks" in kpi


def test_those_who_share_a_kpi_find_it_on_their_pages_and_in_their_jobs(shown: dict[str, Page]) -> None:
    owner, other = (shown[f"roles/{role}"] for role in ("incident-manager", "agent"))
    assert "shared with" in told(part(owner, "section_kpis"))
    assert "owns it" in told(part(other, "section_kpis"))
    jobs = [page for path, page in shown.items() if path.startswith("jobs/")]
    with_it = [page for page in jobs if "time-to-restore" in body(page)]
    assert with_it


def test_a_job_names_a_kpi_once(shown: dict[str, Page]) -> None:
    for path, page in shown.items():
        if path.startswith("jobs/") and path != "jobs/index":
            assert part(page, "section_objectives").count("#time-to-restore") <= 1, path


def test_customers_are_told_in_their_words_and_led_nowhere(shown: dict[str, Page]) -> None:
    page = shown["programme/customers"]
    assert [section.heading for section in page.sections] == ["Hours until your branch can work again"]
    assert "<a " not in body(page)
    assert "5.1 hours" in told(body(page))
    assert "A year ago 9.5 hours" in told(body(page))
    assert "swarm" not in body(page).lower()
    assert page.sections[0].source is None


def test_the_home_page_tells_what_goes_well(shown: dict[str, Page]) -> None:
    home = told(part(shown["index"], "section_scorecard"))
    assert "Going well" in home
    assert "5.1 hours, from 9.5" in home


def cells(page: Page, process: str) -> list[tuple[str, str]]:
    """How warm each place of a process is in the heat map, and what it says."""
    (line,) = (line for line in part(page, "section_map").split("<tr>") if f"processes/{process}/" in line)
    found = re.findall(r'<td class="heat-(\w+)"[^>]*>(.*?)</td>', line, re.DOTALL)
    return [(warm, told(words)) for warm, words in found]


def test_the_heat_map_says_in_words_what_its_colours_say(given: Path) -> None:
    for path in [path for path in EXAMPLES if path.startswith(AIMED)]:
        (given / path).parent.mkdir(parents=True, exist_ok=True)
        (given / path).write_text(EXAMPLES[path], encoding="utf-8")
    page = pages(measured(given, *SERIES), today=date(2026, 11, 22))["programme/scorecard"]
    maturity, kpis, trained, _ = cells(page, "incident")
    assert maturity == ("poor", "level 1, target 3")
    assert kpis == ("good", "1 of 1 go well")
    assert trained == ("quiet", "nothing due")
    assert cells(page, "change")[:2] == [("quiet", "not assessed yet"), ("quiet", "none")]


@pytest.mark.parametrize(
    ("last", "warm", "state"),
    [("4", "good", "reached"), ("5.1", "good", "on course"), ("8", "poor", "behind"), ("9.6", "poor", "worse")],
)
def test_a_kpi_that_needs_help_is_told_of_everywhere(given: Path, last: str, warm: str, state: str) -> None:
    found = pages(measured(given, "2025-10,9.5,", f"2026-10,{last},"))
    overview = found["programme/scorecard"]
    assert cells(overview, "incident")[1] == (warm, f"{int(warm == 'good')} of 1 go well")
    assert ("Nothing that is measured lags behind." in body(overview)) == (warm == "good")
    for page in (overview, found["processes/incident"], found["roles/agent"], found["index"]):
        assert f"{SIGNS[state]} {state}" in told(body(page)), page.path


def test_what_is_missing_between_an_objective_and_a_release_comes_first(given: Path) -> None:
    page = pages(measured(given, *SERIES))["programme/traceability"]
    assert "Objectives that no KPI shows: Faster answers" in told(page.sections[0].body)
    assert "Each KPI has an improvement that moves it." in told(page.sections[0].body)
    for section in ("of_open-on-time", "section_releases"):
        assert "improvements/swarming/" in part(page, section)
        assert "processes/incident/#time-to-restore" in part(page, section)
    improvement = given / "process_defs/improvements/swarming.yaml"
    lines = improvement.read_text(encoding="utf-8").splitlines(keepends=True)
    improvement.write_text("".join(line for line in lines if KPI not in line), encoding="utf-8")
    page = pages(given)["programme/traceability"]
    assert "1 of 1 KPIs is moved by no improvement." in told(page.sections[0].body)
    assert "Moved by no improvement: Time to restore" in told(part(page, "of_open-on-time"))


def test_customers_are_told_what_the_lines_mean_and_see_the_months_below_them(shown: dict[str, Page]) -> None:
    page = shown["programme/customers"]
    assert "the way there" in told(page.lead)
    assert "trend-mark" not in body(page)
    assert body(page).count("<tr>") == len(SERIES) + 1


def test_a_note_stays_a_note(given: Path) -> None:
    found = pages(measured(given, "2026-09,5.2,", "2026-10,5.1,<script>alert(1)</script>"))
    for page in found.values():
        assert "<script>alert" not in body(page), page.path
    assert "&lt;script&gt;" in body(found["processes/incident"])


def test_a_year_that_lacks_months_shows_the_beginning_instead_of_a_year_ago(given: Path) -> None:
    page = pages(measured(given, "2026-09,5.2,", "2026-10,5.1,"))["programme/customers"]
    assert "At the beginning 9.5 hours" in told(body(page))
    assert "A year ago" not in body(page)


def test_the_heat_map_knows_an_overdue_review_by_the_day_alone(given: Path) -> None:
    measured(given, *SERIES)
    assert "overdue" not in told(body(pages(given)["programme/scorecard"]))
    assert "overdue since" in told(body(pages(given, today=date(2099, 1, 1))["programme/scorecard"]))


def test_the_pages_speak_german(given: Path) -> None:
    german = pages(measured(given, *SERIES), Look("de"))
    assert "Kennzahlen" in told(body(german["programme/scorecard"]))


def test_what_an_improvement_moves_is_traced_both_ways() -> None:
    handbook = load(ROOT, all_releases=True).handbook
    moved = movers(handbook)["incident-management/restore-time"]
    assert {"ring-round-every-hour", "swarm-on-major-incidents"} <= {str(one.id) for one in moved}
    forth = {
        (str(improvement.id), figure.reference)
        for one in traced(handbook)
        for figure, moving in one.kpis
        for improvement in moving
    }
    back = {(str(one.improvement.id), figure.reference) for one in origins(handbook) for figure in one.kpis}
    assert forth == back
    releases = [str(one.release.id) for one in origins(handbook) if one.release]
    order = list(handbook.releases)
    assert releases == sorted(releases, key=order.index, reverse=True)


def test_the_areas_of_the_reference_handbook_weigh_less_than_1700_bytes_for_each_kpi() -> None:
    everything = pages(ROOT)
    areas = [page for path, page in everything.items() if path.startswith("programme/scorecard/")]
    handbook = load(ROOT).handbook
    kpis = sum(len(process.kpis) for process in handbook.processes.values())
    own = sum(len(body(page).encode()) for page in areas)
    assert len(areas) == 2
    assert own < 1700 * kpis


def test_an_area_of_very_many_kpis_shows_those_that_need_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rolebook.pages.scorecard._ONE_BY_ONE", 3)
    monkeypatch.setattr("rolebook.pages.scorecard.MOST", 1)
    everything = pages(ROOT)
    page = everything["programme/scorecard/service-support"]
    shown = re.findall(r'<tr><th scope="row"><a href="[^"]*#', body(page))
    assert len(shown) == 3
    assert "section_map" in {section.id for section in page.sections}
    assert "section_map" not in {section.id for section in everything["programme/scorecard"].sections}
    assert MOST == 60


def test_handbook_json_has_what_was_measured_and_how_it_stands(given: Path) -> None:
    handbook = load(measured(given, *SERIES), all_releases=True).handbook
    found = json.loads(document(handbook, Links()))["measurements"]
    assert list(found) == [KPI]
    assert {key: found[KPI][key] for key in ("state", "trend", "progress", "shared_with")} == {
        "state": "on-course",
        "trend": "better",
        "progress": 0.8,
        "shared_with": ["agent", "specialist"],
    }
    assert found[KPI]["values"][2] == {"month": "2026-02", "value": 7.5, "note": "Two stormy weeks"}
