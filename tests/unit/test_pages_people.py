"""The pages of roles and functions: what is told first, what is folded, and what passes between partners."""

import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.process import TakesFrom
from rolebook.pages import Links, Page, handbook_pages
from rolebook.source import Span, Text

GIVEN = Path(__file__).parents[2] / "docs" / "checks" / "given"
HERE = Span("x.yaml", 1, 1, 1, 2)


@pytest.fixture(scope="module", name="handbook")
def _handbook() -> Handbook:
    return load(GIVEN).handbook


def page(handbook: Handbook, path: str) -> Page:
    return next(page for page in handbook_pages(handbook, Links(directory_urls=False)) if page.path == path)


def body(page: Page, section: str) -> str:
    return str(next(s.body for s in page.sections if s.id == section))


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def summaries(html: str) -> list[str]:
    return [words(summary) for summary in re.findall("<summary>.*?</summary>", html, re.DOTALL)]


def reported(handbook: Handbook, reports: int) -> Handbook:
    """The handbook with so many kinds of report that readers make."""
    incident = handbook.processes["incident"]
    report, _ = incident.takes
    assert isinstance(report, TakesFrom)
    kinds = tuple(replace(report, id=Text(f"r{n}", HERE), name=Text(f"Report {n}", HERE)) for n in range(reports))
    processes = dict(handbook.processes) | {"incident": replace(incident, takes=kinds)}
    return replace(handbook, processes=MappingProxyType(processes))


def test_a_role_is_told_at_the_top_how_much_it_has_to_do(handbook: Handbook) -> None:
    tally = words(str(page(handbook, "roles/agent").lead))
    assert "R 3 I do I 1 I am told of in 2 processes" in tally
    assert "I answer for" not in tally


def test_what_a_role_does_stands_apart_from_what_it_is_only_told(handbook: Handbook) -> None:
    specialist = page(handbook, "roles/specialist")
    assert "Find the cause" not in body(specialist, "section_work")
    assert "Find the cause" in body(specialist, "section_told")
    assert summaries(body(specialist, "section_told")) == ["2 activities in Change Management, Incident Management"]


def test_a_process_has_its_anchor_on_the_page_of_a_role_once(handbook: Handbook) -> None:
    specialist = page(handbook, "roles/specialist")
    html = body(specialist, "section_work") + body(specialist, "section_told")
    assert sorted(re.findall(r'id="process_([^"]*)"', html)) == ["change", "incident"]


def test_what_a_role_takes_is_folded_by_its_own_process_with_the_partners_named(handbook: Handbook) -> None:
    assert summaries(body(page(handbook, "roles/specialist"), "section_taken")) == [
        "Change Management from Change Manager",
        "Incident Management from Service Desk Agent",
    ]


def test_a_function_names_its_partners_by_their_functions(handbook: Handbook) -> None:
    assert summaries(body(page(handbook, "functions/service-desk"), "section_given")) == [
        "Incident Management to IT department, Reader",
    ]


@pytest.mark.parametrize(("reports", "opened"), [(2, True), (9, False)])
def test_folds_are_open_where_there_is_little_in_them(handbook: Handbook, reports: int, opened: bool) -> None:
    given = page(reported(handbook, reports), "roles/agent")
    assert ('<details class="fold" open>' in body(given, "section_taken")) is opened


def test_what_differs_only_in_the_partners_activity_is_told_once(handbook: Handbook) -> None:
    incident = handbook.processes["incident"]
    request, answer = incident.hands_over
    twice = replace(request, after=(Text("log", HERE), Text("diagnose", HERE)))
    processes = dict(handbook.processes) | {"incident": replace(incident, hands_over=(twice, answer))}
    changed = replace(handbook, processes=MappingProxyType(processes))
    taken = words(body(page(changed, "roles/change-manager"), "section_taken"))
    assert taken.count("Request for a change") == 1
    assert re.search(r"after Log the report \( ?Incident Management ?\) ?, Find the cause", taken)
