"""The training that releases ask for, on the pages of versions, roles and plans, in the matrix and on the home page."""

import re
from dataclasses import replace

import pytest

from rolebook.model.completion import Completion
from rolebook.model.handbook import Handbook
from rolebook.model.values import Day, Whole
from rolebook.pages import Links, Page, handbook_pages
from rolebook.source import Text
from tests.unit.test_comparing import INCIDENT, PLAN
from tests.unit.test_due import STEP, rule
from tests.unit.test_pages_news import COURSE, HERE, REWORDED, Released, section, words
from tests.unit.test_pages_news import _before as _before
from tests.unit.test_pages_news import _released as _released

SAY = rule("changed-modules")
QUIET = (PLAN, "minutes: 90", "minutes: 95")
"""A change that asks nobody for training."""
TOLD = ("raci/matrices/incident.yaml", "I: outside/reader}", "I: [outside/reader, change-manager]}")
"""A change that somebody is told of, and that asks nobody for training."""
AGAIN = (INCIDENT, REWORDED[2], REWORDED[1])


def pages(handbook: Handbook, packs: frozenset[str] = frozenset()) -> dict[str, Page]:
    links = Links(directory_urls=False, packs=packs)
    return {page.path: page for page in handbook_pages(handbook, links)}


def recorded(handbook: Handbook, *lines: tuple[str, str, int, int]) -> Handbook:
    """The handbook with records: role, version, how many are trained, and of how many."""
    found = (
        Completion(
            role=Text(role, HERE),
            version=Text(version, HERE),
            date=Day(2026, 7, 12),
            trained=Whole.at(Text(str(trained), HERE)),
            due=Whole.at(Text(str(all_of_them), HERE)),
            span=HERE,
        )
        for role, version, trained, all_of_them in lines
    )
    return replace(handbook, completions=tuple(found))


def row(html: str, role: str) -> str:
    return words(next(line for line in re.findall("<tr>.*?</tr>", html, re.DOTALL) if f"roles/{role}.html" in line))


@pytest.fixture(name="asked")
def _asked(released: Released) -> Handbook:
    """1.2.0 asks for training: what an agent does has changed."""
    return released([SAY], [STEP])


# The page of a version


def test_a_version_says_which_modules_it_asks_of_which_role(asked: Handbook) -> None:
    html = section(pages(asked)["versions/1.2.0"], "section_training")
    assert row(html, "agent") == "Service Desk Agent Taking and closing reports 1 module, 1 h 30 min"
    assert row(html, "incident-manager") == "Incident Manager Swarming 1 module, 1 h"
    assert "roles/specialist.html" not in html
    assert "Trained" not in html, "nothing is recorded"


def test_a_version_that_asks_for_nothing_has_no_such_section(asked: Handbook) -> None:
    assert "section_training" not in [part.id for part in pages(asked)["versions/1.1.0"].sections]


def test_what_is_not_released_yet_says_what_it_will_ask_for(released: Released) -> None:
    html = section(pages(released([SAY], unreleased=[STEP]))["versions/next"], "section_training")
    assert "1 module, 1 h 30 min" in row(html, "agent")


def test_a_version_tells_modules_as_they_were_called_then(released: Released) -> None:
    later = (PLAN, "name: Taking and closing reports", "name: Tickets")
    found = pages(released([SAY], [STEP], [later]))
    assert "Tickets" not in section(found["versions/1.2.0"], "section_training")
    assert "Tickets" in section(found["roles/agent"], "section_training")


# How many were trained


def test_where_it_is_recorded_a_version_says_how_many_were_trained(asked: Handbook) -> None:
    html = section(pages(recorded(asked, ("agent", "1.2.0", 8, 9)))["versions/1.2.0"], "section_training")
    assert "8 of 9 trained (88&nbsp;%) by 12 July 2026" in row(html, "agent")
    assert "no record" in html, "of the other role nothing is recorded"


@pytest.mark.parametrize(("trained", "percent"), [(0, 0), (58, 29), (199, 99), (200, 100), (210, 100)])
def test_a_hundred_percent_means_everybody(asked: Handbook, trained: int, percent: int) -> None:
    html = section(pages(recorded(asked, ("agent", "1.2.0", trained, 200)))["roles/agent"], "section_training")
    assert f"{trained} of 200 trained ({percent}&nbsp;%)" in words(html)


def test_who_was_trained_for_a_later_version_counts_and_it_is_named(released: Released) -> None:
    handbook = recorded(released([SAY], [STEP], [QUIET]), ("agent", "1.3.0", 3, 4))
    html = section(pages(handbook)["roles/agent"], "section_training")
    assert "3 of 4 trained (75&nbsp;%) by 12 July 2026 for 1.3.0" in words(html)


# The page of a role and of a plan


def test_a_role_is_told_what_the_last_three_releases_asked_it_for(released: Released) -> None:
    back = (STEP[0], STEP[2], STEP[1])
    html = section(pages(released([SAY], [STEP], [back], [STEP], [back]))["roles/agent"], "section_training")
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]*)', html) == ["1.5.0", "1.4.0", "1.3.0"]


def test_a_role_of_which_nothing_was_asked_has_only_its_modules(asked: Handbook) -> None:
    html = section(pages(asked)["roles/specialist"], "section_training")
    assert "Swarming" in html
    assert "<table" not in html


def test_a_plan_says_what_follows_a_release_and_which_ones_made_modules_due(asked: Handbook) -> None:
    when = words(section(pages(asked)["training/first-weeks"], "section_when"))
    assert "After a release the modules concerned by what changed" in when
    assert "Made due by 1.2.0 (2 modules, 2 roles)" in when


# The matrix


def test_the_matrix_marks_what_is_due_in_words_and_says_since_when(asked: Handbook) -> None:
    page = pages(asked)["training-matrix"]
    assert "1.2.0 , which holds since 30 June 2026 , made training due for 2 roles." in words(page.lead)
    marked = section(page, "first-weeks")
    assert "due" in row(marked, "agent")
    assert "due" not in row(marked, "specialist")
    assert 'aria-label="takes it"' in marked, "other modules keep their mark"
    assert "●&nbsp;due takes it" in words(section(page, "section_plans"))
    assert "1 module, 1 h 30 min what changed" in row(section(page, "section_takers"), "agent")
    assert "what changed" not in row(section(page, "section_takers"), "specialist")


def test_the_matrix_tells_how_many_had_what_is_due(asked: Handbook) -> None:
    page = pages(recorded(asked, ("agent", "1.2.0", 1, 2), ("specialist", "1.2.0", 1, 2)))["training-matrix"]
    assert "1 of 2 trained (50&nbsp;%)" in row(section(page, "section_takers"), "agent")
    assert "trained" not in row(section(page, "section_takers"), "specialist"), "nothing is due for it"


def test_releases_that_ask_nobody_for_training_are_named_once(released: Released) -> None:
    page = pages(released([SAY], [STEP], [QUIET]))["training-matrix"]
    assert "What came after it asks nobody for training: 1.3.0 ." in words(page.lead)
    assert "Due since 1.2.0" in section(page, "section_takers")


def test_where_no_release_asks_for_training_the_matrix_does_not_speak_of_it(released: Released) -> None:
    found = pages(released([REWORDED], [AGAIN]))
    said = found["training-matrix"].lead + "".join(part.body for part in found["training-matrix"].sections)
    assert "due" not in words(said).lower().split()
    assert "Training due" not in section(found["index"], "section_news")


def test_what_changed_leads_to_the_pack_of_it_where_there_is_one_else_to_the_page_of_the_role(asked: Handbook) -> None:
    pack = "packs/agent-since-1.1.0.html"
    for packs, wanted in ((frozenset({pack}), pack), (frozenset[str](), "roles/agent.html#changes-1-2-0")):
        html = section(pages(asked, packs)["training-matrix"], "section_takers")
        assert f'<a href="{wanted}" aria-label="what changed for Service Desk Agent">' in html


# The home page


def test_the_home_page_says_for_how_many_roles_the_newest_release_made_training_due(released: Released) -> None:
    news = section(pages(released([SAY], [STEP]))["index"], "section_news")
    assert "Training due for 2 roles" in words(news)
    assert 'href="training-matrix.html"' in news
    later = section(pages(released([SAY], [STEP], [QUIET]))["index"], "section_news")
    assert later == news, "the newest release concerns nobody"
    last = section(pages(released([SAY], [STEP], [TOLD]))["index"], "section_news")
    assert "Training due" not in last, "the newest release asks for none"


def test_a_module_that_is_new_to_a_role_is_marked_so(released: Released) -> None:
    html = section(pages(released([COURSE]))["versions/1.1.0"], "section_training")
    assert "Closing reports (new)" in row(html, "specialist")
