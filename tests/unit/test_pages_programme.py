"""The first page of the programme: five questions in their order, answered from what the handbook has."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rolebook.loading import load
from rolebook.model.figures import State, figures
from rolebook.model.handbook import Handbook
from rolebook.pages import Checked, Links, handbook_pages, navigation, programme
from rolebook.pages.page import Chapter, Page
from tests.conftest import ROOT, TODAY

QUESTIONS = ("now", "aim", "way", "check", "momentum")


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return load(ROOT).handbook


def pages(handbook: Handbook, day: str | None = TODAY) -> Mapping[str, Page]:
    checked = Checked(date.fromisoformat(day)) if day else None
    return {page.path: page for page in handbook_pages(handbook, Links(), checked)}


@pytest.fixture(scope="module")
def home(handbook: Handbook) -> Page:
    return pages(handbook)["programme/index"]


def words(page: Page, id: str) -> str:
    body = next(section.body for section in page.sections if section.id == id)
    return " ".join(re.sub("<[^>]*>", " ", body).split())


def chapters(chapter: Chapter) -> list[str]:
    return [chapter.path, *(path for part in chapter.parts for path in chapters(part))]


def test_the_five_questions_stand_in_their_order(home: Page) -> None:
    asked = [section.id for section in home.sections if section.id.startswith("question_")]
    assert asked == [f"question_{name}" for name in QUESTIONS]


def test_every_page_of_the_programme_is_led_to_from_its_question(handbook: Handbook, home: Page) -> None:
    own = {path for path in pages(handbook) if re.fullmatch("programme/[a-z-]+", path)} - {"programme/index"}
    linked = {
        f"programme/{target}"
        for section in home.sections
        for target in re.findall('href="([a-z-]+)/["#]', section.body)
    }
    assert len(own) == 10
    assert own <= linked


def test_every_page_of_the_programme_stands_in_the_navigation_once(handbook: Handbook) -> None:
    there = [path for chapter in navigation(handbook) for path in chapters(chapter) if path.startswith("programme/")]
    assert sorted(there) == sorted(path for path in pages(handbook) if path.startswith("programme/"))


def test_it_tells_what_comes_next_and_what_is_late_on_that_day(handbook: Handbook) -> None:
    assert handbook.programme
    to_come = [one for one in handbook.programme.milestones if one.done is None]
    first = min(to_come, key=lambda one: one.due)
    now = words(pages(handbook)["programme/index"], "question_way")
    assert "Overdue:" not in now
    assert f"Next: {first.name}" in now
    later = words(pages(handbook, "2027-02-10")["programme/index"], "question_way")
    late = [one.name for one in to_come if one.due < date(2027, 2, 10)]
    assert late
    assert all(str(name) in later.partition("Next:")[0].partition("Overdue:")[2] for name in late)
    unknown = words(pages(handbook, None)["programme/index"], "question_way")
    assert "Overdue:" not in unknown
    assert " now " not in unknown


def test_it_counts_the_kpis_and_names_those_that_need_help(handbook: Handbook, home: Page) -> None:
    told = words(home, "question_check")
    for state in State:
        number = sum(figure.state is state for figure in figures(handbook).values())
        assert (f"{number} {'✓●◐▼✗○'[list(State).index(state)]} {state.replace('-', ' ')}" in told) == bool(number)
    worse = [figure for figure in figures(handbook).values() if figure.state is State.WORSE]
    assert worse
    assert all(str(figure.kpi.name) in told for figure in worse)


@pytest.mark.parametrize(
    "part", ["business_case", "plan", "steps", "scorecard", "momentum", "targets", "communication"]
)
def test_what_the_handbook_does_not_have_is_not_spoken_of(handbook: Handbook, part: str) -> None:
    field = {"plan": "programme"}.get(part, part)
    nothing: dict[str, Any] = {field: None}
    without = replace(handbook, **nothing)
    (home,) = programme.pages(without, Links(), Checked(date.fromisoformat(TODAY)))
    there = programme.plans(without)
    assert len(there) < len(programme.plans(handbook))
    for section in home.sections:
        for target in re.findall('href="([a-z-]+)/["#]', section.body):
            assert f"programme/{target}" in there


@pytest.mark.parametrize("kept", ["momentum", "programme", "steps", "targets"])
def test_a_programme_may_begin_with_any_of_its_files(handbook: Handbook, kept: str) -> None:
    names = ("business_case", "programme", "steps", "scorecard", "momentum", "targets", "communication")
    nothing: dict[str, Any] = {name: None for name in names if name != kept}
    only = replace(handbook, questionnaires={}, assessments={}, measurements={}, **nothing)
    found = [path for path in pages(only) if path.startswith("programme/")]
    assert len(found) == 2
    assert "programme/index" in found
