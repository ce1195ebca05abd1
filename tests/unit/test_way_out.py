"""A name that leads nowhere comes with a way out that can be followed to the letter, even where no name is near."""

from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import findings
from rolebook.diagnostic import Finding
from rolebook.loading import load
from tests.conftest import TODAY

CHANGES = "raci/matrices/change.yaml"
ASSESS = "assess: {R: change-manager, A: change-manager, C: specialist}"
INCIDENTS = "process_defs/processes/incident.yaml"
DESK = "raci/job_descriptions/desk-agent.yaml"


def nowhere(handbook: Path, path: str, old: str, new: str) -> list[Finding]:
    """What is said of names that lead nowhere once something in a file reads otherwise."""
    text = (handbook / path).read_text(encoding="utf-8")
    assert old in text
    (handbook / path).write_text(text.replace(old, new), encoding="utf-8")
    found = findings(load(handbook), date.fromisoformat(TODAY)).diagnostics
    return [diagnostic.finding for diagnostic in found if diagnostic.rule.code == "RB101"]


@pytest.mark.parametrize(
    "written", ["agent, specialist", "agent and specialist", "agent; specialist", "agent & specialist"]
)
def test_several_ids_in_a_row_belong_in_brackets(written: str, given: Path) -> None:
    (finding,) = nowhere(given, CHANGES, ASSESS, f"assess:\n  R: change-manager\n  A: change-manager\n  I: {written}")
    assert finding.help == "Put several in brackets: '[agent, specialist]'."
    assert not finding.fix


def test_a_person_is_told_where_the_ids_of_roles_are_found(given: Path) -> None:
    (finding,) = nowhere(given, CHANGES, ASSESS, "assess: {R: Jane Smith, A: change-manager}")
    assert finding.help == "Write the id of a role: the name of its file in raci/roles/, without '.yaml'."


def test_what_is_something_else_is_not_to_be_made_anew(given: Path) -> None:
    (finding,) = nowhere(given, CHANGES, ASSESS, "assess: {R: it, A: change-manager}")
    assert finding.message == "'it' is a function, not a role"
    assert finding.help.startswith("Write the id of a role:")


def test_what_a_file_does_have_is_named(given: Path) -> None:
    (finding,) = nowhere(given, INCIDENTS, "go_to: swarm", "go_to: telephone-tree")
    assert finding.help == (
        "Name another one ('log', 'diagnose', 'swarm' or 'close'), add it to this file, or take it out here."
    )


def test_an_activity_of_another_process_is_offered_where_it_is_the_only_one(given: Path) -> None:
    (finding,) = nowhere(given, DESK, "incident/log", "change/log")
    assert finding.help == "Write 'incident/log' if it is meant, or name another one that exists."
    assert [related.message for related in finding.related] == ["'incident' has one of this id"]


def test_a_role_that_was_renamed_in_its_own_file_only_is_told_how_to_take_its_mentions_along(given: Path) -> None:
    (given / "raci/roles/agent.yaml").rename(given / "raci/roles/front-office-clerk.yaml")
    found = nowhere(given, CHANGES, ASSESS, ASSESS)
    assert len(found) >= 3
    for finding in found:
        assert finding.help.endswith(
            "or, if the role was renamed, add 'formerly: agent' to it and run 'rolebook check --fix'."
        )


def test_a_slip_or_two_are_not_taken_for_a_new_name(given: Path) -> None:
    found = nowhere(given, CHANGES, "specialist", "porter")
    assert len(found) == 2
    assert not any("renamed" in finding.help for finding in found)


def test_an_owner_is_not_offered_the_approval_of_the_own_process(given: Path) -> None:
    for path, old, new in (
        ("raci/functions.yaml", "head: incident-manager", "head: agent"),
        (INCIDENTS, "approved_by: change-manager", "approved_by: incident-manager"),
    ):
        text = (given / path).read_text(encoding="utf-8")
        assert old in text
        (given / path).write_text(text.replace(old, new), encoding="utf-8")
    found = findings(load(given), date.fromisoformat(TODAY)).diagnostics
    (help,) = [d.finding.help for d in found if d.rule.code == "RB803" and d.span.path == INCIDENTS]
    assert help == "Have it approved by one who may."
