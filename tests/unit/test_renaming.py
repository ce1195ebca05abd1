"""`rename` gives something another id wherever it is named, keeps the old one, and tells what it leaves to people."""

import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.cli.commands.rename import KINDS
from rolebook.editing.files.writing import write
from rolebook.editing.names.renaming import rename
from rolebook.loading import load
from rolebook.model.catalogue import of_kind
from tests.conftest import ROOT, Result
from tests.unit.test_whole_names_properties import content, meaning

TODAY = date(2026, 11, 22)
Run = Callable[..., Result]


def things() -> list[tuple[str, str]]:
    """Everything in the reference handbook that can be renamed, or one of each kind."""
    handbook = load(ROOT).handbook
    every = {kind: sorted(of_kind(handbook, kind)) for kind in KINDS}
    if not os.environ.get("ROLEBOOK_FULL"):
        every = {kind: [random.Random(kind).choice(references)] for kind, references in every.items()}
    return [(kind, reference) for kind, references in every.items() for reference in references]


@pytest.mark.parametrize(("kind", "old"), things(), ids=lambda words: words)
def test_whatever_is_renamed_the_reference_handbook_says_the_same(reference: Path, kind: str, old: str) -> None:
    before = load(reference).handbook
    owner, slash, _ = old.rpartition("/")
    new = f"{owner}{slash}brand-new"
    for now, then in ((old, new), (new, old)):
        change = rename(reference, TODAY, kind, now, then)
        assert change.then == ()
        write(reference, change.before, change.after)
        loaded = load(reference)
        assert all_findings(loaded, TODAY) == ()
        assert str(of_kind(loaded.handbook, kind)[then].formerly[-1]) == now.rpartition("/")[2]
    assert meaning(load(reference).handbook) == meaning(before)


def changed_lines(handbook: Path, before: dict[str, bytes]) -> dict[str, list[str]]:
    """The lines of each file that were not there before."""
    found: dict[str, list[str]] = {}
    for path, data in content(handbook).items():
        old = before.get(path, b"").decode().splitlines()
        new = [line for line in data.decode().splitlines() if line not in old]
        if new:
            found[path] = new
    return found


def test_a_role_is_renamed_in_every_file(given: Path, rolebook: Run) -> None:
    before = content(given)
    result = rolebook("-C", given, "rename", "role", "specialist", "technician")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(
        "Renamed the role 'specialist' to 'technician': 9 references, 7 files.\n"
        "raci/roles/specialist.yaml is now raci/roles/technician.yaml\n"
    )
    assert "raci/roles/specialist.yaml" not in content(given)
    assert (given / "raci/roles/technician.yaml").read_bytes() == (
        before["raci/roles/specialist.yaml"] + b"formerly: specialist\n"
    )
    changed = changed_lines(given, before)
    del changed["raci/roles/technician.yaml"]
    assert changed == {
        "raci/job_descriptions/systems-engineer.yaml": ["carries: technician"],
        "raci/matrices/change.yaml": [
            "assess: {R: change-manager, A: change-manager, C: technician}",
            "carry-out: {R: technician, A: change-manager, I: agent}",
        ],
        "raci/matrices/incident.yaml": [
            "diagnose: {R: agent, A: incident-manager, C: technician}",
            "swarm: {R: [technician, incident-manager], A: incident-manager}",
        ],
        "raci/roles/agent.yaml": ["deputies: technician"],
        "raci/training_plans/changes.yaml": ["  roles: [change-manager, technician]"],
        "raci/training_plans/first-weeks.yaml": [
            "  roles: [agent, technician, incident-manager]",
            "    for: [technician, incident-manager]",
        ],
    }


def test_a_process_takes_its_matrix_and_all_that_belongs_to_it_along(given: Path) -> None:
    improvement = given / "process_defs/improvements/swarming.yaml"
    improvement.write_text(
        improvement.read_text() + 'removes: ["activity:incident/fax", activity:change/incident]\n', encoding="utf-8"
    )
    change = rename(given, TODAY, "process", "incident", "faults")
    assert change.moves == {
        "process_defs/processes/incident.yaml": "process_defs/processes/faults.yaml",
        "raci/matrices/incident.yaml": "raci/matrices/faults.yaml",
    }
    write(given, change.before, change.after)
    text = improvement.read_text(encoding="utf-8")
    assert "adds: activity:faults/swarm\n" in text
    assert 'removes: ["activity:faults/fax", activity:change/incident]\n' in text
    assert "  - what: faults/change-request\n" in (given / "process_defs/processes/change.yaml").read_text()
    assert (given / "process_defs/processes/faults.yaml").read_text().endswith("formerly: incident\n")


def test_what_an_improvement_has_yet_to_add_is_renamed_with_its_process(given: Path) -> None:
    path = "process_defs/improvements/later.yaml"
    told = "name: Later\nstatus: proposed\norigin: A wish.\nproblem: None.\napproach: Wait\n"
    text = f"{told}adds: activity:incident/new\n"
    (given / path).write_text(text, encoding="utf-8")
    change = rename(given, TODAY, "process", "incident", "faults")
    assert change.after[path] == text.replace("incident/new", "faults/new").encode()


def test_an_activity_is_renamed_where_it_is_local_and_where_it_is_not(given: Path) -> None:
    before = content(given)
    change = rename(given, TODAY, "activity", "incident/swarm", "gather")
    write(given, change.before, change.after)
    assert changed_lines(given, before) == {
        "process_defs/improvements/swarming.yaml": ["adds: activity:incident/gather"],
        "process_defs/processes/incident.yaml": ["        go_to: gather", "  - id: gather", "    formerly: swarm"],
        "raci/job_descriptions/head-of-service.yaml": ["    fulfils: incident/gather"],
        "raci/job_descriptions/systems-engineer.yaml": ["    fulfils: incident/gather"],
        "raci/matrices/incident.yaml": ["gather: {R: [specialist, incident-manager], A: incident-manager}"],
        "raci/training_plans/first-weeks.yaml": ["    teaches: [incident/gather, incident]"],
    }


def test_a_former_id_may_come_back_and_changes_places_with_the_other(given: Path) -> None:
    role = given / "raci/roles/specialist.yaml"
    role.write_text(role.read_text() + "formerly: ['expert', technician] # since 2020\n", encoding="utf-8")
    change = rename(given, TODAY, "role", "specialist", "expert")
    data = change.after["raci/roles/expert.yaml"]
    assert data is not None
    assert data.decode().endswith("formerly: ['specialist', technician] # since 2020\n")


def test_a_patch_is_shown_and_nothing_is_written(given: Path, rolebook: Run) -> None:
    before = content(given)
    result = rolebook("-C", given, "rename", "plan", "changes", "safe-changes", "--diff")
    assert result.code == 0
    assert result.out == (
        "diff --git a/raci/training_plans/changes.yaml b/raci/training_plans/safe-changes.yaml\n"
        "rename from raci/training_plans/changes.yaml\n"
        "rename to raci/training_plans/safe-changes.yaml\n"
        "--- a/raci/training_plans/changes.yaml\n"
        "+++ b/raci/training_plans/safe-changes.yaml\n"
        "@@ -20,3 +20,4 @@\n"
        "     questions:\n"
        "       - question: What do you need before you change anything?\n"
        "         answer: A way back.\n"
        "+formerly: changes\n"
    )
    assert result.err.startswith("Would rename the training plan 'changes' to 'safe-changes': 0 references, 1 file.\n")
    assert content(given) == before


def test_texts_that_say_the_old_id_or_the_name_are_told_and_stay(given: Path, rolebook: Run) -> None:
    purpose = "purpose: Help the technical specialists; see 'change-manager'. # not the change-manager-to-be\n"
    wrapped = "# A Senior Change Manager is no change\n# manager of ours.\n"
    role = given / "raci/roles/incident-manager.yaml"
    role.write_text(f"{wrapped}name: Incident Manager\nfunction: service-desk\n{purpose}", encoding="utf-8")
    other = given / "raci/roles/senior.yaml"
    other.write_text("name: Senior Change Manager\nfunction: it\npurpose: Be senior.\n", encoding="utf-8")
    result = rolebook("-C", given, "rename", "role", "change-manager", "change-lead")
    assert result.out.partition("\n\n")[2] == (
        "1 text still says 'change-manager':\n"
        "  raci/roles/incident-manager.yaml:5:47: purpose: Help the technical specialists; see 'change-manager'."
        " # not the change-manager-to-be\n"
        "\n1 text says its name or another one, which stay as they are:\n"
        "  raci/roles/incident-manager.yaml:1:33: # A Senior Change Manager is no change\n"
    )
    assert role.read_text(encoding="utf-8").endswith(purpose)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("role", "specialst", "x"), "there is no role 'specialst': did you mean 'specialist'?"),
        (("role", "Technical Specialist", "x"), "there is no role 'Technical Specialist': did you mean 'specialist'?"),
        (("role", "changes", "x"), "there is no role 'changes': 'changes' is a training plan"),
        (("role", "zzz", "x"), "there is no role 'zzz'"),
        (("activity", "swarm", "x"), "there is no activity 'swarm': write 'incident/swarm'"),
        (("role", "helper", "x"), "there is no role 'helper': it is called 'agent' now"),
        (("role", "agent", "agent"), "the role is called 'agent' already"),
        (("role", "agent", "Desk Agent"), "'Desk Agent' is not an id."),
        (("role", "agent", "end"), "'end' is a word with a meaning of its own and cannot be an id."),
        (("role", "agent", "specialist"), "the id 'specialist' is taken\n  raci/roles/specialist.yaml:1:1: "),
        (
            ("activity", "incident/log", "ticket"),
            "the id 'ticket' is taken\n  process_defs/processes/incident.yaml:68:9",
        ),
        (("activity", "incident/log", "change/log"), "an activity gets another id within its process"),
        (("role", "specialist", "helper"), "'agent' was called 'helper' before, so that id stays reserved"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_renamed_is_told_why(given: Path, rolebook: Run, arguments: tuple[str, ...], told: str) -> None:
    role = given / "raci/roles/agent.yaml"
    role.write_text(role.read_text() + "formerly: helper\n", encoding="utf-8")
    before = content(given)
    result = rolebook("-C", given, "rename", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"rolebook: nothing was changed: {told}")
    assert content(given) == before


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("raci/roles/broken.yaml", "name: [", "raci/roles/broken.yaml:1:1: "),
        ("raci/roles/agent.yml", "name: x", "raci/roles/agent.yml:1:1: 'agent.yml' does not end in '.yaml'"),
        ("raci/roles/slip.yaml", "name: Slip\nfunction: it\npurpose: None.\nreplaces: agent\n", "slip.yaml:4:1: "),
    ],
    ids=["broken", "not read", "unknown key"],
)
def test_where_a_reference_may_hide_nothing_is_renamed(
    given: Path, rolebook: Run, path: str, text: str, told: str
) -> None:
    (given / path).write_text(text, encoding="utf-8")
    before = content(given)
    result = rolebook("-C", given, "rename", "role", "agent", "helper")
    assert result.code == 2
    assert "a reference may stand where the handbook cannot be read: mend that first\n" in result.err
    assert told in result.err
    assert content(given) == before


def test_what_only_waits_to_be_filled_in_does_not_keep_from_renaming(given: Path) -> None:
    (given / "raci/roles/new.yaml").write_text("name:\nfunction: it\npurpose:\n", encoding="utf-8")
    assert rename(given, TODAY, "role", "agent", "helper").references == 7


def test_an_id_that_stands_on_lines_of_its_own_is_left_to_its_author(given: Path, rolebook: Run) -> None:
    role = given / "raci/roles/agent.yaml"
    role.write_text(role.read_text().replace("deputies: specialist", "deputies: >-\n  specialist"), encoding="utf-8")
    result = rolebook("-C", given, "rename", "role", "specialist", "expert")
    assert result.code == 2
    assert result.err.startswith(
        "rolebook: nothing was changed: the file raci/roles/agent.yaml cannot be changed without harm\n"
        "  raci/roles/agent.yaml:4:11: the text stands on lines of its own below its key: change this by hand first"
    )


def test_a_folder_that_is_no_handbook_is_named(tmp_path: Path, rolebook: Run) -> None:
    result = rolebook("-C", tmp_path, "rename", "role", "agent", "helper")
    assert result.code == 2
    assert result.err.startswith(f"rolebook: no handbook here: {tmp_path} has no folder 'process_defs/'")


def test_a_file_that_must_not_be_written_leaves_all_as_they_were(
    given: Path, rolebook: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(given)
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "agent.yaml")
    result = rolebook("-C", given, "rename", "role", "specialist", "expert")
    assert (result.code, result.err) == (2, "rolebook: raci/roles/agent.yaml is write-protected; nothing was changed\n")
    assert content(given) == before


def test_where_others_name_a_former_id_the_new_one_is_written(given: Path, rolebook: Run) -> None:
    process = given / "process_defs/processes/incident.yaml"
    text = process.read_text().replace("- id: ticket", "- id: fault-card").rstrip()
    text = text.replace("    kept_for: two years", "    kept_for: two years\n    formerly: ticket")
    text = text.replace("- id: change-request", "- id: request")
    text = text.replace("    after: diagnose\n", "    after: diagnose\n    formerly: change-request\n")
    process.write_text(f"{text}\n")
    today = ("--today", str(TODAY))
    found = rolebook("-C", given, "check", *today).out
    assert "'incident/change-request' is called 'incident/request' now" in found
    assert "'ticket' is called 'fault-card' now" in found
    assert "RB301" not in found
    assert rolebook("-C", given, "check", "--fix", *today).code == 0
    assert "what: incident/request" in (given / "process_defs/processes/change.yaml").read_text()
    assert "evidence: fault-card" in process.read_text()


def test_a_module_keeps_its_old_id_and_is_called_otherwise_where_it_is_presupposed(given: Path) -> None:
    plan = given / "raci/training_plans/first-weeks.yaml"
    plan.write_text(f"{plan.read_text().rstrip()}\n    prerequisites: reports\n")
    change = rename(given, TODAY, "module", "first-weeks/reports", "taking-reports")
    write(given, change.before, change.after)
    text = plan.read_text()
    assert "    prerequisites: taking-reports\n" in text
    assert "        answer: The agent who logged it.\n    formerly: reports\n" in text
