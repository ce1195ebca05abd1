"""What managers look at: the board of improvements, the training matrix, and a job description to sign."""

import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from rolebook.loading import load
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Status
from rolebook.model.values import Day
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


def written(text: str) -> Text:
    return Text(text, HERE)


def with_improvements(handbook: Handbook, **improvements: dict[str, Any]) -> Handbook:
    """The handbook with these improvements and no others, each like the one that it has, but for some fields."""
    base = handbook.improvements["swarming"]
    made = {
        id: replace(base, id=written(id), name=written(id.capitalize()), **fields)
        for id, fields in improvements.items()
    }
    return replace(handbook, improvements=MappingProxyType(made))


def columns(handbook: Handbook) -> dict[str, list[str]]:
    """The names on each column of the board, in the order in which they stand there."""
    board = body(page(handbook, "improvements/index"), "section_board")
    parts = re.split(r'<p class="board-head">', board)[1:]
    heads = [re.sub(r"<[^>]*>", "", part.partition("</p>")[0]).split() for part in parts]
    names = [re.findall(r"<strong><a [^>]*>([^<]*)</a>", part) for part in parts]
    assert [int(head[-1]) for head in heads] == [len(own) for own in names]
    return {" ".join(head[:-1]): own for head, own in zip(heads, names, strict=True)}


def test_each_improvement_stands_in_the_column_of_its_state(handbook: Handbook) -> None:
    states = [status for status in Status if status is not Status.ACHIEVED]
    changed = with_improvements(handbook, **{f"i-{state}": {"status": written(state)} for state in states})
    found = columns(changed)
    assert found["Proposed"] == ["I-proposed"]
    assert found["Approved"] == ["I-approved"]
    assert found["In progress"] == ["I-in-progress"]
    assert found["Achieved"] == []


def test_what_is_achieved_does_not_yet_call_itself_institutionalised(handbook: Handbook) -> None:
    found = columns(with_improvements(handbook, done={"status": written("achieved"), "achieved": Day(2026, 6, 1)}))
    assert found["Achieved"] == ["Done"]
    assert "Institutionalised" not in found


def test_what_is_due_soonest_stands_first_in_its_column(handbook: Handbook) -> None:
    some = {"status": written("approved"), "achieved": None}
    days = {"late": Day(2027, 3, 1), "soon": Day(2026, 12, 1), "some-day": None}
    changed = with_improvements(handbook, **{id: {**some, "due": day} for id, day in days.items()})
    assert columns(changed)["Approved"] == ["Soon", "Late", "Some-day"]


def test_a_card_tells_who_owns_it_what_it_serves_and_where_it_leads(handbook: Handbook) -> None:
    quick = {"status": written("approved"), "quick_win": True, "leads_to": written("large")}
    quick |= {"due": Day(2027, 1, 31), "achieved": None}
    changed = with_improvements(handbook, small=quick, large={"status": written("proposed"), "quick_win": False})
    board = body(page(changed, "improvements/index"), "section_board")
    small = next(card for card in board.split('<li class="board-card">') if 'href="small.html"' in card)
    owner, objective = changed.improvements["small"].owner, changed.improvements["small"].objective
    assert owner
    assert objective
    for what in ("quick win", f"roles/{owner}.html", f"#{objective}", 'href="large.html"', "31 January 2027"):
        assert what in small
    assert board.count("quick win") == 1


def test_the_training_matrix_tells_what_each_role_takes(handbook: Handbook) -> None:
    takers = body(page(handbook, "training-matrix"), "section_takers")
    rows = {
        role: next(row for row in takers.split("<tr>") if f"roles/{role}.html" in row)
        for role in modules_by_role(handbook)
    }
    for role, modules in modules_by_role(handbook).items():
        assert f">{len(modules)} module" in rows[role]
        assert all(f"training/{plan.id}.html" in rows[role] for plan, _ in modules)


def test_the_training_matrix_marks_who_takes_which_module(handbook: Handbook) -> None:
    matrix = page(handbook, "training-matrix")
    for plan in handbook.plans.values():
        table = body(matrix, plan.id)
        rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', table)
        marked = [[cell != "" for cell in re.findall(r"<td>(.*?)</td>", row)[:-1]] for row in rows]
        taken = modules_by_role(handbook)
        roles = [role for row in rows for role in re.findall(r"roles/([^.]*)\.html", row)[:1]]
        wanted = [[(plan, module) in taken[role] for module in plan.modules] for role in roles]
        assert marked == wanted
        assert any(map(any, marked))


def test_of_too_many_plans_each_has_its_table_on_its_page_alone(handbook: Handbook) -> None:
    plan = next(iter(handbook.plans.values()))
    many = {f"plan-{n}": replace(plan, id=written(f"plan-{n}")) for n in range(41)}
    matrix = page(replace(handbook, plans=MappingProxyType(many)), "training-matrix")
    assert "section_plans" not in [section.id for section in matrix.sections]
    assert "on the page of each plan" in matrix.lead
    assert "training/plan-40.html" in body(matrix, "section_takers")


def test_roles_that_no_plan_trains_are_told(handbook: Handbook) -> None:
    assert not [s for s in page(handbook, "training-matrix").sections if s.id == "section_untrained"]
    untaught = page(replace(handbook, plans=MappingProxyType({})), "training-matrix")
    assert [section.id for section in untaught.sections] == ["section_untrained"]
    assert all(
        f"roles/{id}.html" in body(untaught, "section_untrained") for id, r in handbook.roles.items() if r.active
    )


def test_a_plan_shows_who_takes_which_module_as_the_matrix_does(handbook: Handbook) -> None:
    for plan in handbook.plans.values():
        table = body(page(handbook, "training-matrix"), plan.id).count("takes it")
        assert body(page(handbook, f"training/{plan.id}"), "section_who").count("takes it") == table > 0


def test_a_job_description_ends_with_signatures_of_its_holder_and_the_superior(handbook: Handbook) -> None:
    job = page(handbook, "jobs/desk-agent")
    assert job.sections[-1].id == "section_signatures"
    signatures = body(job, "section_signatures")
    above = handbook.jobs["desk-agent"].reports_to
    assert above
    assert "Holder of the job" in signatures
    assert f"{above}.html" in signatures
    assert handbook.organisation.handbook in signatures
    uppermost = next(id for id, job in handbook.jobs.items() if not job.reports_to)
    assert "For the organisation" in body(page(handbook, f"jobs/{uppermost}"), "section_signatures")
