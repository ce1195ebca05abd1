"""What changed since a release is approved again, and what teaches it is looked at again."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TODAY, Result

Rolebook = Callable[..., Result]
INCIDENT, CHANGE = "process_defs/processes/incident.yaml", "process_defs/processes/change.yaml"
MATRIX = "raci/matrices/incident.yaml"
AGENT = "raci/job_descriptions/desk-agent.yaml"
WEEKS = "raci/training_plans/first-weeks.yaml"
STEP = (INCIDENT, "- Write down who reports what.", "- Write down who reports what.\n      - Read it back.")
SWARM = (INCIDENT, "- Call everybody who can help", "- Call nobody who can help")
WORDS = (INCIDENT, "- Write down who reports what.", "- Write down who it is that reports what.")
NAME = (INCIDENT, "name: Log the report", "name: Take the report")
LETTER = (MATRIX, "log: {R: agent, A: incident-manager", "log: {R: agent, A: agent")
TOLD = (MATRIX, "log: {R: agent, A: incident-manager, I:", "log: {R: agent, A: incident-manager, C: specialist, I:")
TARGET = (INCIDENT, "{value: 4,", "{value: 3,")
CONTROL = (INCIDENT, "Nothing is closed before", "Nothing is closed unless")
DUTY = (AGENT, "approval:", "  - duty: Rings each reader back.\n    fulfils: incident/close\napproval:")
CLAUSE = (CHANGE, "triggers:", "satisfies: iso-20000/incidents\ntriggers:")
Edit = tuple[str, str, str]


@pytest.fixture(name="released")
def _released(given: Path, rolebook: Rolebook) -> Path:
    """The small handbook as release 1.0.0."""
    result = rolebook("-C", given, "release", "1.0.0", "--date", "2026-06-30")
    assert (result.code, result.err) == (0, "")
    return given


def edit(folder: Path, *edits: Edit) -> None:
    for path, old, new in edits:
        text = (folder / path).read_text()
        assert old in text
        (folder / path).write_text(text.replace(old, new, 1))


def approve(folder: Path, path: str, day: str) -> None:
    edit(folder, (path, "approved: 2026-02-02", f"approved: {day}"))


def found(rolebook: Rolebook, folder: Path, code: str) -> list[str]:
    """What is found under a code, each as `path: message`."""
    out = rolebook("-C", folder, "check", "--format", "concise", "--today", TODAY, "--select", code).out
    return [
        f"{path}: {message}" for path, message in re.findall(rf"^(\S+?):\S+ \w+\[{code}\] (.*)$", out, re.MULTILINE)
    ]


@pytest.mark.parametrize(
    ("edits", "documents"),
    [
        ([], []),
        ([WORDS, NAME, CLAUSE], []),
        ([STEP], [INCIDENT]),
        ([STEP, LETTER, TARGET, CONTROL], [INCIDENT]),
        ([TOLD], [INCIDENT]),
        ([DUTY], [AGENT]),
        ([STEP, DUTY], [INCIDENT, AGENT]),
        ([(AGENT, "carries: agent", "carries: [agent, specialist]")], [AGENT]),
        ([("raci/roles/agent.yaml", "purpose: Take every report", "purpose: Take no report")], []),
        ([("raci/functions.yaml", "purpose: Help whoever", "purpose: Help nobody who")], []),
    ],
    ids=str,
)
def test_a_document_that_changed_in_meaning_is_approved_again(
    released: Path, rolebook: Rolebook, edits: list[Edit], documents: list[str]
) -> None:
    edit(released, *edits)
    told = found(rolebook, released, "RB809")
    assert [line.partition(": ")[0] for line in told] == documents
    assert all("has changed since 1.0.0, and was last approved on 2026-02-02" in line for line in told)
    for path in documents:
        approve(released, path, "2026-07-01")
    assert found(rolebook, released, "RB809") == []


def test_an_earlier_day_is_no_renewal(released: Path, rolebook: Rolebook) -> None:
    edit(released, STEP)
    approve(released, INCIDENT, "2026-01-02")
    assert len(found(rolebook, released, "RB809")) == 1


def test_another_day_of_review_alone_is_no_renewal(released: Path, rolebook: Rolebook) -> None:
    edit(released, STEP, (INCIDENT, "next_review: 2027-02-01", "next_review: 2027-03-01"))
    assert len(found(rolebook, released, "RB809")) == 1


def test_it_is_told_who_may_approve_and_what_changed(released: Path, rolebook: Rolebook) -> None:
    edit(
        released,
        DUTY,
        ("raci/functions.yaml", "head: incident-manager", "head: incident-manager\n    approvers: agent"),
    )
    out = rolebook("-C", released, "check", "--today", TODAY, "--select", "RB809").out
    assert "Have the changes approved by 'incident-manager' or 'agent', and write the new days" in out
    assert f"has the new duty 'Rings each reader back.': {AGENT}:11:5" in out


def test_of_many_changes_the_first_are_shown_and_the_others_counted(released: Path, rolebook: Rolebook) -> None:
    edit(released, STEP, SWARM, TARGET, CONTROL)
    out = rolebook("-C", released, "check", "--today", TODAY, "--select", "RB809").out
    assert len(re.findall(r"^ +=.*incident\.yaml:", out, re.MULTILINE)) == 3
    assert "(and 1 more change): " in out


def test_what_is_new_was_approved_as_it_is(released: Path, rolebook: Rolebook) -> None:
    text = (released / AGENT).read_text().replace("Service Desk Agent", "Night Agent")
    (released / "raci/job_descriptions/night-agent.yaml").write_text(text)
    assert found(rolebook, released, "RB809") == []


def test_what_nobody_approved_is_told_once(released: Path, rolebook: Rolebook) -> None:
    edit(released, STEP, (INCIDENT, "approval: {approved_by: change-manager, approved: 2026-02-02", "# {a: b, c: d"))
    assert found(rolebook, released, "RB809") == []
    assert len(found(rolebook, released, "RB802")) == 1


@pytest.mark.parametrize(
    ("edits", "modules"),
    [
        ([WORDS, NAME], []),
        ([STEP], ["reports"]),
        ([SWARM], ["swarming"]),
        ([LETTER], ["reports", "swarming"]),
        ([TOLD], []),
        ([TARGET], ["swarming"]),
        ([CONTROL], ["reports", "swarming"]),
        ([DUTY], []),
        ([(INCIDENT, "    at: log\n", "    at: [log, swarm]\n")], ["reports", "swarming"]),
        ([(CHANGE, "- Weigh benefit and risk.", "- Weigh benefit and risk, and sleep on it twice.")], ["safe-changes"]),
    ],
    ids=str,
)
def test_a_module_is_looked_at_again_when_what_it_teaches_changed(
    released: Path, rolebook: Rolebook, edits: list[Edit], modules: list[str]
) -> None:
    edit(released, *edits)
    told = found(rolebook, released, "RB509")
    assert sorted(re.findall(r"the module '(\S+)' was not reviewed since", "\n".join(told))) == sorted(modules)


@pytest.mark.parametrize(
    "looked",
    [
        (WEEKS, "    for: agent\n", "    for: agent\n    reviewed: 2026-07-01\n"),
        (WEEKS, "- The ticket and its fields.", "- The ticket, its fields, and how it is read back."),
        (WEEKS, "answer: The agent who logged it.", "answer: The agent who took it."),
    ],
    ids=["reviewed", "content", "answer"],
)
def test_a_module_was_looked_at_where_its_day_or_content_is_another(
    released: Path, rolebook: Rolebook, looked: Edit
) -> None:
    edit(released, STEP, looked)
    assert found(rolebook, released, "RB509") == []


@pytest.mark.parametrize("other", [(WEEKS, "minutes: 90", "minutes: 80"), (WEEKS, "    for: agent\n", "")])
def test_it_was_not_where_something_else_is_another(released: Path, rolebook: Rolebook, other: Edit) -> None:
    edit(released, STEP, other)
    assert len(found(rolebook, released, "RB509")) == 1


def test_an_earlier_day_of_review_is_none(given: Path, rolebook: Rolebook) -> None:
    edit(given, (WEEKS, "    for: agent\n", "    for: agent\n    reviewed: 2026-06-01\n"))
    assert rolebook("-C", given, "release", "1.0.0", "--date", "2026-06-30").code == 0
    edit(given, STEP, (WEEKS, "reviewed: 2026-06-01", "reviewed: 2026-05-01"))
    assert len(found(rolebook, given, "RB509")) == 1


def test_what_is_taught_lately_was_looked_at(released: Path, rolebook: Rolebook) -> None:
    edit(released, SWARM, (WEEKS, "teaches: [incident/log,", "teaches: [incident/swarm, incident/log,"))
    edit(released, (WEEKS, "teaches: [incident/swarm, incident]", "teaches: [incident]"))
    assert found(rolebook, released, "RB509") == []


def test_the_day_of_review_is_the_place_and_else_the_module(released: Path, rolebook: Rolebook) -> None:
    edit(released, STEP)
    out = rolebook("-C", released, "check", "--today", TODAY, "--select", "RB509").out
    assert f"{WEEKS}:12:9: warning[RB509]" in out
    assert "Have 'incident-manager' look through it, mend what is no longer right" in out
    edit(released, (WEEKS, "    for: agent\n", "    for: agent\n    reviewed: 2026-06-01\n"))
    rolebook("-C", released, "release", "1.1.0", "--date", "2026-06-30")
    edit(released, (INCIDENT, "- Read it back.", "- Read it back twice."))
    assert f"{WEEKS}:16:15: warning[RB509]" in rolebook("-C", released, "check", "--today", TODAY).out


def test_a_rename_asks_for_nothing(released: Path, rolebook: Rolebook) -> None:
    for names in (
        ("activity", "incident/log", "take"),
        ("role", "agent", "desk-hand"),
        ("process", "change", "changes"),
    ):
        assert rolebook("-C", released, "rename", *names).code == 0
    assert found(rolebook, released, "RB809") + found(rolebook, released, "RB509") == []


def test_a_merged_role_asks_for_nothing_where_the_letters_stay(released: Path, rolebook: Rolebook) -> None:
    assert rolebook("-C", released, "merge-role", "agent", "specialist").code == 0
    assert found(rolebook, released, "RB809") + found(rolebook, released, "RB509") == []


def test_nothing_is_asked_for_without_a_release_or_of_what_cannot_be_read(given: Path, rolebook: Rolebook) -> None:
    edit(given, STEP)
    assert found(rolebook, given, "RB809") + found(rolebook, given, "RB509") == []
    assert rolebook("-C", given, "release", "1.0.0", "--date", "2026-06-30").code == 0
    edit(given, SWARM, (CHANGE, "name: Change Management\n", "name: [\n"))
    assert found(rolebook, given, "RB809") + found(rolebook, given, "RB509") == []


def test_comparing_is_loaded_only_where_something_changed(released: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import date; from rolebook.loading import load;"
        "from rolebook.checks import all_findings; all_findings(load(Path(sys.argv[1])), date(2026, 7, 1));"
        "print('rolebook.comparing' in sys.modules)"
    )
    run = [sys.executable, "-c", code, str(released)]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "False\n"
    edit(released, STEP)
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "True\n"
