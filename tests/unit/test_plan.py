"""The plan of the programme, the eight steps and the momentum: what follows from them, and their pages."""

import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.checks.momentum import DAYS
from rolebook.checks.plan import LOOKED_AT
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.planning import (
    OVERDUE,
    REACHED,
    TO_COME,
    answers,
    gravest_first,
    milestones_of,
    milestones_that_are,
    period,
    progress,
    share_of_phase,
    signing,
    stand,
    steps_in_order,
    suggestions,
)
from rolebook.model.programme import RISK, ProgrammePlan
from rolebook.model.steps import STEPS
from rolebook.pages import Checked, Links, Page, handbook_pages, navigation
from rolebook.rendering import Look
from tests.conftest import ROOT

_BLOCK = re.compile(r'^```yaml title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
GUIDE = dict(_BLOCK.findall((ROOT / "docs/guide/programme.md").read_text(encoding="utf-8")))
FILES = dict(_BLOCK.findall((ROOT / "docs/guide/files.md").read_text(encoding="utf-8")))
FOLDER = "process_defs/programme"
PLAN, STEPS_FILE, MOMENTUM = (f"{FOLDER}/{name}.yaml" for name in ("plan", "steps", "momentum"))
TODAY = date(2026, 6, 15)
TWO_RISKS = """
risks:
  - {id: slight, kind: risk, what: Rain., likelihood: high, effect: low, answer: A roof., owner: agent, state: open}
  - {id: over, kind: risk, what: War., likelihood: high, effect: high, answer: Peace., owner: agent, state: closed}
  - {id: grave, kind: risk, what: Hail., likelihood: medium, effect: high, answer: A wall., owner: agent, state: open}
  - {id: habit, kind: resistance, what: Habit., likelihood: low, effect: low, answer: Time., owner: agent, state: open}
"""


@pytest.fixture
def planned(given: Path) -> Path:
    """The small handbook with the plan of the guide, and the steps and successes that the page on files shows."""
    (given / FOLDER).mkdir()
    (given / PLAN).write_text(GUIDE[PLAN] + TWO_RISKS, encoding="utf-8")
    (given / STEPS_FILE).write_text(FILES[STEPS_FILE], encoding="utf-8")
    without_reference = FILES[MOMENTUM].replace("    improvement: answers-within-the-hour\n", "")
    (given / MOMENTUM).write_text(without_reference, encoding="utf-8")
    return given


def rewrite(handbook: Path, path: str, old: str, new: str) -> Path:
    text = (handbook / path).read_text(encoding="utf-8")
    assert old in text
    (handbook / path).write_text(text.replace(old, new), encoding="utf-8")
    return handbook


def plan_of(handbook: Path) -> ProgrammePlan:
    found = load(handbook).handbook.programme
    assert found is not None
    return found


def codes(handbook: Path, today: date = TODAY) -> list[str]:
    return [one.rule.code for one in all_findings(load(handbook), today) if one.rule.code.startswith("RB72")]


def pages(handbook: Handbook, today: date | None = TODAY, look: Look | None = None) -> dict[str, Page]:
    links = Links(look=look) if look else Links()
    return {page.path: page for page in handbook_pages(handbook, links, Checked(today) if today else None)}


def words(html: str) -> str:
    text = " ".join(re.sub("<[^>]*>", " ", html).split())
    return re.sub(r" (?=[,.)])", "", text)


def section(page: Page, id: str) -> str:
    return words(next(one.body for one in page.sections if one.id == id))


# What follows from the files


@pytest.mark.parametrize(
    ("done", "today", "expected"),
    [
        (None, "2026-06-30", "to-come"),
        (None, "2026-07-01", "overdue"),
        (None, None, "to-come"),
        ("2026-07-04", "2026-08-01", "reached"),
    ],
)
def test_what_was_due_is_overdue_the_day_after(done: str | None, today: str | None, expected: str) -> None:
    days = [date.fromisoformat(day) if day else None for day in (done, today)]
    assert stand(date(2026, 6, 30), *days) == expected


def test_a_phase_is_done_by_the_share_of_its_milestones(planned: Path) -> None:
    plan = plan_of(planned)
    assert [str(one.id) for one in milestones_of(plan, plan.phases[0])] == ["experts-named", "swarming-is-practice"]
    assert share_of_phase(plan, plan.phases[0]) == Fraction(1, 2)


@pytest.mark.parametrize(("day", "now"), [("2026-06-30", TO_COME), ("2026-07-01", OVERDUE), (None, TO_COME)])
def test_a_milestone_is_to_come_until_its_day_has_passed(planned: Path, day: str | None, now: str) -> None:
    today = date.fromisoformat(day) if day else None
    found = {how: milestones_that_are(how, plan_of(planned), today) for how in (REACHED, TO_COME, OVERDUE)}
    ids = {how: [str(one.id) for one in own] for how, own in found.items() if own}
    assert ids == {REACHED: ["experts-named"], now: ["swarming-is-practice"]}


def test_a_plan_lasts_from_its_first_day_to_its_last(planned: Path) -> None:
    assert period(plan_of(planned)) == (date(2026, 1, 1), date(2026, 6, 30))


def test_the_gravest_risk_that_is_open_stands_first(planned: Path) -> None:
    assert [str(one.id) for one in gravest_first(plan_of(planned), RISK)] == ["grave", "slight", "over"]


def test_a_review_that_was_sent_back_is_not_overdue(given: Path) -> None:
    (given / FOLDER).mkdir()
    (given / PLAN).write_text(FILES[PLAN], encoding="utf-8")
    (deliverable,) = plan_of(given).deliverables
    assert [signing(one, date(2026, 12, 31)) for one in deliverable.reviews] == ["sent-back", "reached"]


def test_steps_stand_in_their_order_and_are_taken_when_nothing_is_left(planned: Path) -> None:
    rewrite(planned, STEPS_FILE, "step: create-urgency", "step: x-urgency")
    rewrite(planned, STEPS_FILE, "step: create-vision", "step: create-urgency")
    rewrite(planned, STEPS_FILE, "step: x-urgency", "step: create-vision")
    found = steps_in_order(load(planned).handbook)
    assert [str(one.step) for one in found] == [*STEPS]
    assert [progress(one) for one in found][:3] == ["not-begun", "under-way", "taken"]


def test_the_days_of_answers_are_those_of_the_middle_one(planned: Path) -> None:
    more = "".join(
        f"  - {{id: s{days}, date: 2026-04-01, suggested_by: agent, says: More., state: declined,"
        f" answered: 2026-04-{1 + days:02}, answer: No.}}\n"
        for days in (1, 2, 20)
    )
    waiting = "  - {id: w, date: 2026-06-10, suggested_by: agent, says: Less., state: waiting}\n"
    (planned / MOMENTUM).write_text((planned / MOMENTUM).read_text(encoding="utf-8") + more + waiting, encoding="utf-8")
    found = answers(suggestions(load(planned).handbook))
    assert (found.all, found.answered, found.adopted, found.days) == (5, 4, 1, 2)


# Findings beyond those that the pages of the checks show


def test_the_plan_of_the_guide_is_without_findings(planned: Path) -> None:
    loaded = load(planned)
    assert [one.rule.code for one in all_findings(loaded, TODAY) if one.span.path.startswith(FOLDER)] == []


def test_a_milestone_is_overdue_the_day_after(planned: Path) -> None:
    assert codes(planned, date(2026, 6, 30)) == []
    assert codes(planned, date(2026, 7, 1)) == ["RB720"]


def test_a_suggestion_may_wait_for_two_weeks(planned: Path) -> None:
    waiting = "  - {id: w, date: 2026-06-01, suggested_by: agent, says: Less., state: waiting}\n"
    (planned / MOMENTUM).write_text((planned / MOMENTUM).read_text(encoding="utf-8") + waiting, encoding="utf-8")
    assert DAYS == 14
    assert codes(planned, date(2026, 6, 15)) == []
    assert codes(planned, date(2026, 6, 16)) == ["RB723"]


def test_a_success_factor_holds_for_half_a_year(planned: Path) -> None:
    factor = "{id: head, name: The head, state: secured, looked_at: 2025-12-17, shows: Yes., owner: agent}"
    (planned / PLAN).write_text(
        (planned / PLAN).read_text(encoding="utf-8") + f"success_factors: [{factor}]\n", "utf-8"
    )
    assert LOOKED_AT.days == 180
    assert codes(planned, date(2026, 6, 15)) == []
    assert codes(planned, date(2026, 6, 16)) == ["RB720"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    due: 2026-02-27\n    done: 2026-03-04\n", "    due: 2026-02-27\n    done: 4 March\n"),
        ("    due: 2026-06-30\n", "    due: in June\n"),
    ],
)
def test_what_could_not_be_read_is_not_overdue(planned: Path, old: str, new: str) -> None:
    assert codes(rewrite(planned, PLAN, old, new)) == []


def test_the_first_and_the_last_day_there_is_are_drawn_and_checked(planned: Path) -> None:
    rewrite(
        planned,
        PLAN,
        "    begins: 2026-01-01\n    ends: 2026-06-30\n",
        "    begins: 0001-01-01\n    ends: 9999-12-31\n",
    )
    factor = "{id: head, name: The head, state: secured, looked_at: 9999-12-31, shows: Yes., owner: agent}"
    (planned / PLAN).write_text(
        (planned / PLAN).read_text(encoding="utf-8") + f"success_factors: [{factor}]\n", "utf-8"
    )
    assert codes(planned) == ["RB722"]
    assert "9999" in section(pages(load(planned).handbook)["programme/roadmap"], "section_roadmap")


def test_a_step_that_could_not_be_read_is_not_missing(planned: Path) -> None:
    assert codes(rewrite(planned, STEPS_FILE, "step: create-vision", "step: create-visions")) == []


def test_a_role_out_of_use_may_have_suggested_reached_and_thanked(planned: Path) -> None:
    role = planned / "raci/roles/telephone-operator.yaml"
    role.write_text("name: Telephone Operator\nfunction: service-desk\npurpose: Answer.\nstatus: retired\n", "utf-8")
    rewrite(
        planned,
        PLAN,
        "    done: 2026-03-04\n    owner: incident-manager",
        "    done: 2026-03-04\n    owner: telephone-operator",
    )
    rewrite(planned, MOMENTUM, "suggested_by: agent", "suggested_by: telephone-operator")
    rewrite(planned, MOMENTUM, "who: agent", "who: telephone-operator")
    assert [one.rule.code for one in all_findings(load(planned), TODAY) if one.span.path.startswith(FOLDER)] == []


# Pages


def test_each_page_is_there_where_its_file_is(planned: Path) -> None:
    paths = {"plan": "programme/roadmap", "steps": "programme/steps", "momentum": "programme/momentum"}
    for name, path in paths.items():
        handbook = load(planned).handbook
        listed = {part.path for chapter in navigation(handbook) for one in chapter.parts for part in (one, *one.parts)}
        assert path in pages(handbook)
        assert path in listed
        (planned / FOLDER / f"{name}.yaml").unlink()
        assert path not in pages(load(planned).handbook)


def test_the_roadmap_says_in_its_table_what_it_draws(planned: Path) -> None:
    page = pages(load(planned).handbook)["programme/roadmap"]
    body = str(next(one.body for one in page.sections if one.id == "section_roadmap"))
    drawing, table = body.split('<details class="fold" id="roadmap_table"')
    drawn = {words(one) for one in re.findall(r"<title>(.*?)</title>", drawing)}
    assert "Every stopped branch has a swarm: to be reached, moved from 29 May 2026" in drawn
    assert "First half of the year: 1 of 2 milestones reached" in drawn
    assert "Swarm on stopped branches: achieved" in drawn
    for title in drawn:
        name, _, says = title.partition(": ")
        assert re.search(rf"{re.escape(name)}.*?{re.escape(says)}", words(table)), title


def test_without_a_day_nothing_is_overdue_and_no_line_is_drawn(planned: Path) -> None:
    handbook = load(planned).handbook
    late, dayless = (pages(handbook, day)["programme/roadmap"] for day in (date(2026, 7, 2), None))
    assert "1 overdue" in words(late.lead)
    assert "overdue" in section(late, "milestones_training")
    assert "overdue" not in words(dayless.lead) + section(dayless, "milestones_training")
    assert "gantt-day" not in str(dayless.sections[0].body)
    assert "gantt-day" in str(pages(handbook)["programme/roadmap"].sections[0].body)


def test_a_milestone_tells_how_late_it_was_and_what_comes_first(planned: Path) -> None:
    page = pages(load(planned).handbook)["programme/roadmap"]
    assert "reached 4 March 2026 (5 days late)" in section(page, "milestones_processes")
    training = section(page, "milestones_training")
    assert "30 June 2026 (moved from 29 May 2026)" in training
    assert "after Each system has two experts" in training
    body = str(next(one.body for one in page.sections if one.id == "milestones_processes"))
    assert 'id="plan_experts-named"' in body


def test_a_step_shows_its_deeds_and_what_is_left(planned: Path) -> None:
    page = pages(load(planned).handbook)["programme/steps"]
    assert [one.heading for one in page.sections][1] == "1. Create urgency"
    assert "1 of 8" in words(page.lead)
    assert "taken" in section(page, "step_create-urgency")
    assert "The minutes of that day." in section(page, "step_create-urgency")
    assert "Still to be done: One sentence that fits on a door." in section(page, "step_create-vision")
    assert "not begun" in section(page, "step_create-vision")


def test_a_success_tells_who_was_thanked_and_a_suggestion_its_answer(planned: Path) -> None:
    page = pages(load(planned).handbook)["programme/momentum"]
    success = section(page, "success_swarming")
    assert "Cake in the reading room. 12 June 2026, Change Manager to Service desk, Technical Specialist" in success
    assert "Faults that are found before anybody reports them." in success
    assert "after 6 days" in section(page, "section_adopted")
    assert "1 of 1 (usually after 6 days)" in words(page.lead)


def test_the_pages_speak_german(planned: Path) -> None:
    found = pages(load(planned).handbook, look=Look("de"))
    assert "1 von 2 Meilensteinen erreicht" in section(found["programme/roadmap"], "section_roadmap")
    assert "Mär" in section(found["programme/roadmap"], "section_roadmap")
    assert "Noch zu tun:" in section(found["programme/steps"], "step_create-vision")
    assert "nach 6 Tagen" in section(found["programme/momentum"], "section_adopted")


def test_thanks_that_lie_ahead_count_as_planned(planned: Path) -> None:
    known = load(planned).handbook
    assert known.momentum
    first = known.momentum.successes[0]
    assert first.celebrated
    day = first.celebrated.date
    before, after = (
        next(page for page in handbook_pages(known, Links(), Checked(one)) if page.path == "programme/momentum")
        for one in (day - timedelta(1), day)
    )
    anchor = f"success_{first.improvement}"
    assert [section(page, anchor).count("planned:") for page in (before, after)] == [2, 1]
    counts = [int(re.findall(r"(\d+) celebrated", page.lead)[0]) for page in (before, after)]
    assert counts[1] == counts[0] + 1
