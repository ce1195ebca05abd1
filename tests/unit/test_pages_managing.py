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
from rolebook.model.improvement import Status, Waiver
from rolebook.model.release import Release
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


def released(handbook: Handbook) -> Handbook:
    """The handbook with a release that has consolidated its improvement."""
    release = Release(
        id=written("1.0.0"),
        date=Day.at(written("2026-06-30")),
        improvements=(written("swarming"),),
        digest=written(""),
        span=HERE,
    )
    return replace(handbook, releases=MappingProxyType({"1.0.0": release}))


def told(handbook: Handbook) -> dict[str, tuple[str, str]]:
    """What the consolidation record of the improvement says: by what is asked for, how far it is, and by what."""
    record = body(page(handbook, "improvements/swarming"), "section_record")
    rows = re.findall(r'<th scope="row">(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', record, flags=re.DOTALL)
    return {what: (plain(how), plain(by)) for what, how, by in rows}


def plain(html: str) -> str:
    """What is read, without tags and with single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split()).replace(" ,", ",").replace(" )", ")")


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


def test_what_is_achieved_waits_in_its_column_for_the_next_release(handbook: Handbook) -> None:
    waiting = with_improvements(handbook, done={"status": written("achieved"), "achieved": Day(2026, 6, 1)})
    assert (columns(waiting)["Achieved"], columns(waiting)["Institutionalised"]) == (["Done"], [])
    assert "waits for the next release" in body(page(waiting, "improvements/index"), "section_board")


def test_what_was_released_stands_in_the_last_column_and_in_a_list_of_its_own(handbook: Handbook) -> None:
    found = released(handbook)
    assert (columns(found)["Achieved"], columns(found)["Institutionalised"]) == ([], ["Swarm on stopped branches"])
    register = page(found, "improvements/index")
    assert "in 1.0.0, 30 June 2026" in plain(body(register, "section_board"))
    assert "Swarm on stopped branches" in body(register, "status_institutionalised")
    assert "status_achieved" not in [section.id for section in register.sections]


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


def test_the_record_says_in_words_what_is_done_and_what_is_open_as_the_guide_shows_it(handbook: Handbook) -> None:
    guide = (GIVEN.parents[1] / "guide/releasing.md").read_text(encoding="utf-8")
    table = guide.partition("| what | state | by what |\n|---|---|---|\n")[2].partition("\n\n")[0]
    rows = (row.strip("| ").split(" | ") for row in table.splitlines())
    shown = {what: (state, by) for what, state, by in rows}
    assert shown["Measured"] == ("○ open", "Time to restore, as soon as there are measurements")
    assert told(released(handbook)) == shown


def test_the_record_names_what_is_missing_where_it_is_missing(handbook: Handbook) -> None:
    job = handbook.jobs["systems-engineer"]
    jobs = MappingProxyType({**handbook.jobs, job.id: replace(job, duties=job.duties[1:])})
    short = replace(handbook, jobs=jobs, plans=MappingProxyType({}))
    found = told(short)
    assert found["In the job description"] == ("✗ missing", "2 roles, 1 job description (1 missing)")
    assert found["In the training"] == ("✗ missing", "0 modules (2 missing)")
    assert found["Released"] == ("○ open", "as soon as nothing is missing")
    rows = re.findall(r"<tr>(.*?)</tr>", body(page(short, "improvements/swarming"), "section_record"), flags=re.DOTALL)
    specialist = next(row for row in rows if "roles/specialist.html" in row)
    assert "✗ missing Systems Engineer" in plain(specialist)
    assert plain(specialist).endswith("✗ missing")


def test_the_record_gives_the_reason_that_stands_in_for_training(handbook: Handbook) -> None:
    waivers = tuple(
        Waiver(of=written("training"), for_=written(role), reason=written("Swarms <weekly>."), span=HERE)
        for role in ("specialist", "incident-manager")
    )
    swarming = replace(handbook.improvements["swarming"], waivers=waivers)
    excused = replace(handbook, plans=MappingProxyType({}), improvements=MappingProxyType({"swarming": swarming}))
    assert told(excused)["In the training"] == ("✓ in place", "0 modules (waived for 2 roles)")
    assert "Waived: Swarms &lt;weekly&gt;." in body(page(excused, "improvements/swarming"), "section_record")


def test_what_was_rejected_or_brings_nothing_yet_has_no_record(handbook: Handbook) -> None:
    for fields in ({"status": written("rejected")}, {"status": written("proposed"), "adds": (), "changes": ()}):
        swarming = replace(handbook.improvements["swarming"], **fields)
        changed = replace(handbook, improvements=MappingProxyType({"swarming": swarming}))
        assert "section_record" not in [section.id for section in page(changed, "improvements/swarming").sections]


def test_what_it_shaped_says_in_which_version_it_became_part_of_the_work(handbook: Handbook) -> None:
    badge = "institutionalised in 1.0.0"
    for path, section in (
        ("processes/incident/procedure", "swarm"),
        ("processes/incident", "time-to-restore"),
        ("processes/incident", "section_improvements"),
        ("roles/specialist", "section_improvements"),
    ):
        assert badge in body(page(released(handbook), path), section)
        assert badge not in body(page(handbook, path), section)
    assert badge in page(released(handbook), "improvements/swarming").lead
    assert "released in 1.0.0" in body(page(released(handbook), "index"), "section_improvements")


def test_what_is_removed_may_be_of_any_kind(handbook: Handbook) -> None:
    removes = tuple(map(written, ("activity:incident/call-round", "job:night-watch", "the <blue> form")))
    swarming = replace(handbook.improvements["swarming"], adds=(), changes=(), removes=removes)
    found = replace(handbook, improvements=MappingProxyType({"swarming": swarming}))
    assert told(found)["Brought into the handbook"] == ("✓ done", "Removes: 1 activity, 2 others")
    shown = body(page(found, "improvements/swarming"), "section_changes")
    assert "“call round” (activity of Incident Management)" in plain(shown)
    assert "<code>the &lt;blue&gt; form</code>" in shown


def test_what_was_taken_out_is_named_with_what_took_it_out(handbook: Handbook) -> None:
    control = written("control:incident/confirmed-repair")
    base = handbook.improvements["swarming"]
    some = {"checking": ((control,), ()), "trusting": ((), (control,))}
    improvements = {
        id: replace(base, id=written(id), name=written(id.capitalize()), adds=adds, changes=(), removes=removes)
        for id, (adds, removes) in some.items()
    }
    without = replace(handbook.processes["incident"], controls=())
    changed = replace(
        handbook,
        processes=MappingProxyType({**handbook.processes, "incident": without}),
        improvements=MappingProxyType(improvements),
        past=MappingProxyType({"1.0.0": handbook}),
    )
    was = "“Confirmed repair” (control of Incident Management"
    assert f"{was}, taken out by Trusting)" in plain(body(page(changed, "improvements/checking"), "section_changes"))
    assert f"{was})" in plain(body(page(changed, "improvements/trusting"), "section_changes"))


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
