"""What changed for me: on the pages of roles and jobs by version, and as marks in the pages of processes."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import MappingProxyType

import pytest

from rolebook.editing.files.writing import write
from rolebook.editing.names.merging import merge_role
from rolebook.editing.names.renaming import rename
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.release import Reason, Release
from rolebook.model.values import Day
from rolebook.pages import Links, Page, job, procedure, process, role
from rolebook.source import Span, Text
from tests.unit.test_comparing import INCIDENT, JOB, MATRIX, PLAN, Edit
from tests.unit.test_editing_properties import GIVEN, TODAY

HERE = Span("process_defs/releases/1.0.0.yaml", 1, 1, 1, 2)
SWARMING = "process_defs/improvements/swarming.yaml"
CLOSE = (MATRIX, "close: {R: agent, A: incident-manager", "close: {R: specialist, A: incident-manager")
TAUGHT = (PLAN, "teaches: [incident/swarm, incident]", "teaches: [incident/swarm, incident, incident/close]")
MODULE = """\
modules:
  - id: closing
    name: Closing reports
    minutes: 30
    for: specialist
    teaches: incident/close
    objectives:
      - Close a report.
    content:
      - What the reader is asked.
"""
COURSE = (PLAN, "modules:\n", MODULE)
REWORDED = (INCIDENT, "Write down who reports what.", "Write down, who reports what.")

Edits = list[Edit]
Released = Callable[..., Handbook]


@pytest.fixture(name="before")
def _before(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GIVEN, tmp_path / "before"))


@pytest.fixture(name="released")
def _released(before: Path) -> Released:
    """Makes a handbook with a release for each list of edits, and with the last of them not released yet."""

    def make(
        *steps: Edits, improvements: tuple[tuple[str, ...], ...] = (), unreleased: Edits | None = None
    ) -> Handbook:
        folders = [before]
        for edits in (*steps, *([unreleased] if unreleased else [])):
            folders.append(edited(folders[-1], edits))
        then = folders[: len(steps) + 1]
        return with_releases(folders[-1], then, improvements)

    return make


def edited(handbook: Path, edits: Edits) -> Path:
    """A copy of a handbook beside it, with other words in its files."""
    after = next(path for n in count() if not (path := handbook.parent / f"after-{n}").exists())
    shutil.copytree(handbook, after)
    for file, old, new in edits:
        text = (after / file).read_text(encoding="utf-8")
        assert old in text, (file, old)
        (after / file).write_text(text.replace(old, new), encoding="utf-8")
    return after


def with_releases(now: Path, then: list[Path], improvements: tuple[tuple[str, ...], ...] = ()) -> Handbook:
    """The handbook in `now`, with a release for each folder of `then`: 1.0.0, 1.1.0 …"""
    brought = [(), *improvements, *[()] * len(then)]
    versions = [f"1.{minor}.0" for minor in range(len(then))]
    releases = {version: release(version, ids) for version, ids in zip(versions, brought, strict=False)}
    past = {version: load(folder).handbook for version, folder in zip(versions, then, strict=True)}
    return replace(load(now).handbook, releases=MappingProxyType(releases), past=MappingProxyType(past))


def release(version: str, improvements: tuple[str, ...] = ()) -> Release:
    ids = tuple(Text(id, HERE) for id in improvements)
    text = Text(version, HERE)
    return Release(id=text, date=Day(2026, 6, 30), improvements=ids, digest=Text("0" * 64, HERE), span=HERE)


def page(handbook: Handbook, path: str) -> Page:
    of_process = procedure.pages if path.endswith("/procedure") else process.pages
    made = {"roles": role.pages, "jobs": job.pages, "processes": of_process}[path.partition("/")[0]]
    return next(page for page in made(handbook, Links(directory_urls=False)) if page.path == path)


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def changes(page: Page) -> str:
    """The section on what changed; "" where there is none."""
    return next((str(section.body) for section in page.sections if section.id == "changes"), "")


def told(page: Page) -> list[str]:
    """The sentences of that section."""
    return [words(line) for line in re.findall("<li>.*?</li>", changes(page), re.DOTALL)]


def section(page: Page, id: str) -> str:
    return str(next(section.body for section in page.sections if section.id == id))


def test_without_a_release_there_is_nothing_to_tell(before: Path) -> None:
    handbook = load(before).handbook
    for path in ("roles/agent", "jobs/desk-agent", "processes/incident"):
        assert changes(page(handbook, path)) == ""
        assert "teaser" not in page(handbook, path).lead


def test_what_there_is_to_learn_stands_first(released: Released) -> None:
    specialist = page(released([CLOSE, COURSE]), "roles/specialist")
    found = told(specialist)
    assert found[0].startswith("is to take the training module Closing reports")
    assert found[1].startswith("is responsible for Close the report")
    assert "2 changes" not in words(specialist.lead)
    assert "What changed for me in 1.1.0" in words(specialist.lead)
    assert "1 module new or changed" in words(specialist.lead)
    assert 'href="#changes-1-1-0"' in specialist.lead


def test_the_newest_version_with_news_is_open_and_older_ones_are_folded(released: Released) -> None:
    back = (MATRIX, CLOSE[2], CLOSE[1])
    html = changes(page(released([CLOSE], [back], [REWORDED]), "roles/specialist"))
    assert re.findall('<details class="fold news-fold" id="([^"]*)"( open)?>', html) == [
        ("changes-1-2-0", " open"),
        ("changes-1-1-0", ""),
    ]
    assert "1.3.0 , 30 June 2026 : nothing changed for me" in words(html)
    assert "1.0.0 , 30 June 2026 : the first version" in words(html)


def test_versions_in_a_row_with_nothing_are_one_line_with_an_anchor_for_each(released: Released) -> None:
    again = (INCIDENT, REWORDED[2], REWORDED[1])
    html = changes(page(released([REWORDED], [again], [REWORDED]), "roles/change-manager"))
    assert words(html).startswith("1.1.0 to 1.3.0 : nothing changed for me 1.0.0")
    assert all(f'id="changes-1-{minor}-0"' in html for minor in range(4))


def test_what_is_not_released_yet_stands_first_and_says_so(released: Released) -> None:
    specialist = page(released(unreleased=[CLOSE]), "roles/specialist")
    assert words(changes(specialist)).startswith("Not released yet")
    assert "What will change for me" in words(specialist.lead)
    assert "Not released yet: nothing for me" in words(
        changes(page(released(unreleased=[CLOSE]), "roles/change-manager"))
    )


def test_other_words_are_folded_and_counted_as_such(released: Released) -> None:
    agent = page(released([REWORDED]), "roles/agent")
    assert "other words only" in words(agent.lead)
    assert "In other words only 1 finds Log the report" in words(changes(agent))


def test_what_changed_in_a_description_does_not_say_again_that_it_did(released: Released) -> None:
    edit = ("raci/roles/agent.yaml", "Take every report and see it through.", "Sells printers.")
    was = "“Take every report and see it through.”"
    assert told(page(released([edit]), "roles/agent")) == [f"the purpose: “Sells printers.” , no longer {was}"]


def test_an_objective_leads_to_the_kpi_that_shows_it(released: Released) -> None:
    objective = "objectives: {kpi: incident/time-to-restore, objective: Join every swarm.}\napproval:"
    engineer = page(released([(JOB, "approval:", objective)]), "jobs/systems-engineer")
    assert told(engineer) == ["the objectives: now with “Join every swarm.” ( Time to restore )"]
    assert 'href="../processes/incident.html#time-to-restore">Time to restore</a>' in changes(engineer)


def test_an_effect_says_which_improvement_of_that_version_brought_it(released: Released) -> None:
    shaping = (SWARMING, "adds: activity:incident/swarm", "adds: [activity:incident/swarm, activity:incident/close]")
    because = "because of Swarm on stopped branches"
    for brought, is_told in ((("swarming",),), True), ((), False):
        handbook = released([CLOSE, COURSE, shaping], improvements=brought)
        assert [because in line for line in told(page(handbook, "roles/specialist"))[:2]] == [is_told, is_told]


def test_a_module_that_is_gone_says_why_by_what_it_taught(before: Path) -> None:
    first, second = edited(before, [COURSE]), before
    shaping = (SWARMING, "adds: activity:incident/swarm", "adds: [activity:incident/swarm, activity:incident/close]")
    now = edited(second, [shaping])
    lines = told(page(with_releases(now, [first, now], (("swarming",),)), "roles/specialist"))
    gone = [line for line in lines if line.startswith("no longer takes the training module “Closing reports”")]
    assert len(gone) == 1
    assert gone[0].endswith("because of Swarm on stopped branches")


def test_an_effect_gives_the_reason_that_the_release_says(released: Released) -> None:
    handbook = released([CLOSE])
    why = Reason(
        for_=(Text("activity:incident/close", HERE),), why=Text("Agents <b>were</b> too few.", HERE), span=HERE
    )
    releases = dict(handbook.releases) | {"1.1.0": replace(handbook.releases["1.1.0"], reasons=(why,))}
    line = told(page(replace(handbook, releases=releases), "roles/agent"))[0]
    assert line.startswith("is no longer responsible for Close the report ( Incident Management )")
    assert line.endswith("Agents &lt;b&gt;were&lt;/b&gt; too few.")


def test_a_reason_that_holds_for_several_effects_is_given_once(released: Released) -> None:
    handbook = released([CLOSE, COURSE])
    why = Reason(for_=(Text("activity:incident/close", HERE),), why=Text("Agents were too few.", HERE), span=HERE)
    releases = dict(handbook.releases) | {"1.1.0": replace(handbook.releases["1.1.0"], reasons=(why,))}
    lines = told(page(replace(handbook, releases=releases), "roles/specialist"))
    assert [line.endswith("Agents were too few.") for line in lines[:2]] == [True, False]
    assert lines[1].endswith("for the reason given above")


def test_a_role_that_is_new_is_told_so_and_what_it_is_to_learn_and_nothing_before(
    before: Path, released: Released
) -> None:
    new = edited(before, [CLOSE])
    (new / "raci/roles/closer.yaml").write_text(
        "name: Closer\nfunction: service-desk\nkind: expert\npurpose: Closes reports.\n"
    )
    matrix = new / MATRIX
    matrix.write_text(matrix.read_text().replace("close: {R: specialist", "close: {R: closer"))
    found = page(with_releases(new, [before, before, new]), "roles/closer")
    assert told(found) == ["is new"]
    assert "1.1.0" not in words(changes(found))


def test_a_renamed_role_keeps_what_was_told_to_it(before: Path) -> None:
    second = edited(before, [CLOSE])
    third = edited(second, [REWORDED])
    change = rename(third, TODAY, "role", "specialist", "expert-engineer")
    write(third, change.before, change.after)
    found = page(with_releases(third, [before, second, third]), "roles/expert-engineer")
    assert any(line.startswith("is responsible for Close the report") for line in told(found))


def test_a_merged_role_says_what_its_successor_took_over_and_is_silent_afterwards(before: Path) -> None:
    second = edited(before, [])
    change = merge_role(second, TODAY, "specialist", "agent")
    write(second, change.before, change.after)
    third = edited(second, [REWORDED])
    html = changes(page(with_releases(third, [before, second, third]), "roles/specialist"))
    assert words(html).startswith("1.1.0 30 June 2026 : 1 change The role itself is merged into Service Desk Agent")
    assert "From then on, Service Desk Agent …" in words(html)
    assert "is responsible for Swarm on a stopped branch" in words(html)


def test_a_job_is_told_its_own_changes_and_those_of_its_roles(released: Released) -> None:
    duty = (
        JOB,
        "  - duty: Carries",
        "  - duty: Closes what it has repaired.\n    fulfils: incident/close\n  - duty: Carries",
    )
    engineer = page(released([CLOSE, COURSE, duty]), "jobs/systems-engineer")
    found = told(engineer)
    assert found[0].startswith("is to take the training module Closing reports")
    assert "the new duty “Closes what it has repaired.”" in found[1]
    assert found[2].startswith("is responsible for Close the report")
    assert "As Technical Specialist" in words(changes(engineer))


def test_what_a_job_had_through_one_role_is_not_new_to_it_through_another(before: Path) -> None:
    both = (JOB, "carries: specialist", "carries: [specialist, agent]")
    first = edited(before, [both])
    second = edited(first, [(MATRIX, "close: {R: agent", "close: {R: [agent, specialist]")])
    handbook = with_releases(second, [first, second])
    gained = "is responsible for Close the report"
    assert any(line.startswith(gained) for line in told(page(handbook, "roles/specialist")))
    assert not any(line.startswith(gained) for line in told(page(handbook, "jobs/systems-engineer")))


def test_a_job_that_carries_a_further_role_is_told_what_to_learn_for_it(released: Released) -> None:
    handbook = released([(JOB, "carries: specialist", "carries: [specialist, agent]")])
    found = told(page(handbook, "jobs/systems-engineer"))
    assert found[0].startswith("is to take the training module Taking and closing reports")
    assert found[1].startswith("carries the role Service Desk Agent")
    assert len(found) == 2


def marks(html: str) -> list[str]:
    return re.findall(r'<span class="mark-\w+"[^>]*>([^<]*)</span>', html)


def test_an_activity_is_marked_in_the_list_the_drawing_and_the_matrix(released: Released) -> None:
    step = (
        INCIDENT,
        "      - Ask the reader whether it works.",
        "      - Ask the reader whether it works.\n      - Thank the reader.",
    )
    handbook = released([step])
    incident = page(handbook, "processes/incident")
    flow, matrix = section(incident, "section_flow"), section(incident, "section_matrix")
    assert marks(flow) == ["changed"]
    assert re.search(r"<text[^>]*>changed</text>", flow)
    assert marks(matrix) == ["changed"]
    assert "changed The steps of the activity “Close the report”: now with “Thank the reader.”" in words(
        section(page(handbook, "processes/incident/procedure"), "close")
    )
    title = re.search(r'<span class="mark-changed" title="([^"]*)"', flow)
    assert title
    assert title[1] == "The steps of the activity “Close the report”: now with “Thank the reader.”"
    assert "Marks show what changed since 1.0.0" in words(incident.lead)
    assert marks(str(page(released([step]), "processes/change").lead)) == []


def test_a_new_activity_is_new_and_one_that_is_gone_is_told_below_the_list(before: Path) -> None:
    thanks = "  - id: thank\n    name: Thank the reader\n    steps:\n      - Say thank you.\nhands_over:\n"
    more = edited(before, [(INCIDENT, "hands_over:\n", thanks), (MATRIX, "log:", "thank: {R: agent, A: agent}\nlog:")])
    gone = section(page(with_releases(before, [more, before]), "processes/incident"), "section_flow")
    assert words(gone).endswith("The activity “Thank the reader” is gone")
    new = with_releases(more, [before, more])
    flow = section(page(new, "processes/incident"), "section_flow")
    assert marks(flow) == ["new"]
    assert re.search(r"<text[^>]*>new</text>", flow)
    assert marks(section(page(new, "processes/incident/procedure"), "thank")) == ["new"]


def test_letters_say_what_they_were(released: Released) -> None:
    edit = (
        MATRIX,
        "diagnose: {R: agent, A: incident-manager, C: specialist}",
        "diagnose: {R: agent, A: specialist, C: change-manager}",
    )
    matrix = section(page(released([edit]), "processes/incident"), "section_matrix")
    row = next(row for row in matrix.split("<tr>") if "Find the cause" in row)
    assert sorted(marks(row)) == ["changed", "new", "was A", "was C"]


def test_other_words_are_marked_as_such_and_not_in_the_drawing(released: Released) -> None:
    flow = section(page(released([REWORDED]), "processes/incident"), "section_flow")
    assert marks(flow) == ["reworded"]
    assert ">reworded</text>" not in flow


@pytest.mark.parametrize(
    ("edit", "where", "said"),
    [
        ((INCIDENT, "target: {value: 4,", "target: {value: 3,"), "time-to-restore", "is tighter: 3 hours"),
        ((INCIDENT, "Nothing is closed before", "Not one is closed before"), "section_controls", "changed"),
        ((INCIDENT, "kept_for: two years", "kept_for: three years"), "section_records", "no longer “two years”"),
        ((INCIDENT, "reader\n    after: close", "reader\n    after: [close, swarm]"), "section_given", "changed"),
        ((INCIDENT, "name: Report of a fault", "name: Word of a fault"), "section_taken", "was called"),
    ],
)  # fmt: skip
def test_what_else_a_process_has_is_marked_where_it_stands(
    released: Released, edit: Edit, where: str, said: str
) -> None:
    procedure = "/procedure" if where in ("section_given", "section_taken") else ""
    told = section(page(released([edit]), f"processes/incident{procedure}"), where)
    assert marks(told)
    assert said in words(told)


def test_what_has_no_place_of_its_own_is_told_at_the_top(released: Released) -> None:
    edit = (INCIDENT, "owner: incident-manager\npurpose", "owner: change-manager\npurpose")
    lead = words(page(released([edit]), "processes/incident").lead)
    assert "Marks show what changed since 1.0.0 ." in lead
    assert "Incident Management belongs to Change Manager , no longer to Incident Manager" in lead


def test_an_approval_alone_marks_nothing(released: Released) -> None:
    edit = (INCIDENT, "approved: 2026-02-02", "approved: 2026-03-03")
    assert "Marks show" not in page(released([edit]), "processes/incident").lead


def test_marks_say_what_is_not_released_yet_before_what_the_newest_release_changed(released: Released) -> None:
    incident = page(released([REWORDED], unreleased=[CLOSE]), "processes/incident")
    assert "Marks show what changed since 1.1.0" in words(incident.lead)
    assert "reworded" not in marks(section(incident, "section_flow"))


def test_a_page_in_which_nothing_changed_is_the_same_with_releases_and_without(
    before: Path, released: Released
) -> None:
    ours = page(released([CLOSE]), "processes/change")
    assert ours == page(load(edited(before, [CLOSE])).handbook, "processes/change")
