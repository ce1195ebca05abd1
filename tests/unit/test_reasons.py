"""What changed since a release has a reason: an improvement that names it, or a sentence that is written."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import TODAY, Result

Rolebook = Callable[..., Result]
NEXT = "process_defs/releases/next.yaml"
INCIDENT, CHANGE = "process_defs/processes/incident.yaml", "process_defs/processes/change.yaml"
MATRIX = "raci/matrices/incident.yaml"
AGENT, HEAD = "raci/job_descriptions/desk-agent.yaml", "raci/job_descriptions/head-of-service.yaml"
WEEKS = "raci/training_plans/first-weeks.yaml"
ROLE = "raci/roles/agent.yaml"
OPEN = """\
name: Ring back
status: proposed
origin: A reader asked for it.
problem: Nobody rings back.
approach: [The agent rings back.]
objective: open-on-time
"""


class Edit(NamedTuple):
    """What somebody writes in place of what; at the end of a file where that is nothing."""

    path: str
    old: str
    new: str

    def make(self, folder: Path) -> None:
        file = folder / self.path
        text = file.read_text() if file.exists() else ""
        assert self.old in text
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace(self.old, self.new, 1) if self.old else text + self.new)


STEP = Edit(INCIDENT, "- Write down who reports what.", "- Write down who reports what.\n      - Read it back.")
LETTER = Edit(MATRIX, "log: {R: agent, A: incident-manager", "log: {R: agent, A: agent")
TARGET = Edit(INCIDENT, "{value: 4,", "{value: 3,")
CONTROL = Edit(INCIDENT, "Nothing is closed before", "Nothing is closed unless")
HAND_OFF = Edit(INCIDENT, "    after: close\nkpis", "    after: [swarm, close]\nkpis")
FLOW = Edit(INCIDENT, "otherwise: close", "otherwise: log")
PURPOSE = Edit(INCIDENT, "purpose: Make work possible", "purpose: Never make work possible")
ROLES_PURPOSE = Edit(ROLE, "purpose: Take every report", "purpose: Take no report")
DUTY = Edit(HEAD, "fulfils: incident/swarm", "fulfils: [incident/swarm, incident/close]")
NEW_DUTY = Edit(AGENT, "approval:", "  - duty: Rings each reader back.\n    fulfils: incident/close\napproval:")
CONDITIONS = Edit(AGENT, "approval:", "conditions: [Works at night.]\napproval:")
CONTENT = Edit(WEEKS, "- The ticket and its fields.", "- The ticket and its fields.\n      - How to read it back.")
TEACHES = Edit(WEEKS, "teaches: [incident/swarm, incident]", "teaches: [incident/swarm, incident, incident/close]")
POLICY = Edit(
    "process_defs/organisation.yaml", "policies:\n", "policies:\n  - {id: quiet, name: Quiet, says: [Be quiet.]}\n"
)
REMOVED = Edit(INCIDENT, "  - id: answer\n    name: Answer to a report\n    to: outside/reader\n    after: close\n", "")
ADDED = (
    Edit(INCIDENT, "      - otherwise: close\n", "      - otherwise: ring\n"),
    Edit(INCIDENT, "  - id: close\n", "  - id: ring\n    name: Ring back\n    steps: [Ring.]\n  - id: close\n"),
    Edit(INCIDENT, "controls:\n", "controls:\n  - {id: rung, name: Rung, ensures: We rang., at: ring}\n"),
    Edit(MATRIX, "close:", "ring: {R: agent, A: incident-manager}\nclose:"),
    Edit(AGENT, "approval:", "  - duty: Rings each reader back.\n    fulfils: incident/ring\napproval:"),
    Edit(WEEKS, "teaches: [incident/log,", "teaches: [incident/ring, incident/log,"),
)
NEW_ROLE = (
    Edit("raci/roles/caller.yaml", "", "name: Caller\nfunction: service-desk\npurpose: Ring readers.\n"),
    Edit(MATRIX, "log: {R: agent", "log: {R: [agent, caller]"),
    Edit(MATRIX, "close: {R: agent", "close: {R: [agent, caller]"),
    Edit(AGENT, "carries: agent", "carries: [agent, caller]"),
    Edit(WEEKS, "roles: [agent,", "roles: [caller, agent,"),
)
LOG_ROW = "log: {R: agent, A: incident-manager, I: outside/reader}\n"
ANSWERS = "Service Desk Agent is responsible and accountable for the activity 'Log the report'"


@pytest.fixture(name="released")
def _released(given: Path, rolebook: Rolebook) -> Path:
    """The small handbook as release 1.0.0; it has no improvement that is not released."""
    release(rolebook, given, "1.0.0")
    return given


def release(rolebook: Rolebook, folder: Path, version: str, *more: str) -> Result:
    result = rolebook("-C", folder, "release", version, "--date", "2026-06-30", *more)
    assert result.code == 0
    return result


def told(rolebook: Rolebook, folder: Path, *more: str, code: str = "RB810") -> list[str]:
    """The findings under a code, without their places."""
    result = rolebook("-C", folder, "check", "--format", "concise", "--today", TODAY, *more)
    lines = (line for line in result.out.splitlines() if f"[{code}]" in line)
    return [line.partition(f"[{code}] ")[2].partition("nothing says why: ")[2] for line in lines]


def place(rolebook: Rolebook, folder: Path) -> str:
    """The place of the only finding."""
    out = rolebook("-C", folder, "check", "--format", "concise", "--today", TODAY, "--select", "RB810").out
    (found,) = re.findall(r"^(\S+): (?:warning|error)\[RB810\]", out, re.MULTILINE)
    return str(found)


def improve(folder: Path, words: str, id: str = "ring-back") -> None:
    (folder / f"process_defs/improvements/{id}.yaml").write_text(OPEN + words)


def reason(folder: Path, *elements: str) -> None:
    (folder / NEXT).write_text(f"reasons:\n  - for: [{', '.join(elements)}]\n    why: The auditors asked for it.\n")


@pytest.mark.parametrize(
    ("edits", "sentence", "at"),
    [
        ([STEP], "the steps of the activity 'Log the report': now with 'Read it back.'", f"{INCIDENT}:22:9"),
        (
            [LETTER],
            f"{ANSWERS}, and was responsible (and 1 more change of it)",
            f"{MATRIX}:1:20",
        ),
        (
            [TARGET],
            "the target of the KPI 'Time to restore' is tighter: 3 hours, no longer 4 hours",
            f"{INCIDENT}:60:13",
        ),
        ([PURPOSE], None, f"{INCIDENT}:4:10"),
        ([ROLES_PURPOSE], None, f"{ROLE}:3:10"),
        ([NEW_DUTY], None, f"{AGENT}:11:5"),
        ([CONTENT], None, f"{WEEKS}:21:9"),
        ([POLICY], "the policy 'Quiet' is new", "process_defs/organisation.yaml:"),
        ([REMOVED], "the hand-off 'Answer to a report' is gone", f"{INCIDENT}:1:7"),
        ([*ADDED], "the activity 'Ring back' is new", f"{INCIDENT}:"),
        ([*NEW_ROLE], "the role Caller is new", "raci/roles/caller.yaml:1:7"),
    ],
)
def test_a_change_without_a_reason_is_told_once_and_where_it_is(
    released: Path, rolebook: Rolebook, edits: list[Edit], sentence: str | None, at: str
) -> None:
    for edit in edits:
        edit.make(released)
    (found,) = told(rolebook, released)
    assert sentence in (None, found)
    assert place(rolebook, released).startswith(at)


def test_what_is_gone_with_its_file_is_told_at_that_file(released: Path, rolebook: Rolebook) -> None:
    (released / WEEKS).unlink()
    assert told(rolebook, released) == ["the training plan 'The first weeks' is gone"]
    assert place(rolebook, released) == f"{WEEKS}:1:1"


@pytest.mark.parametrize(
    "edits",
    [
        [],
        [Edit(INCIDENT, "- Write down who reports what.", "- Write down who it is that reports what.")],
        [Edit(INCIDENT, "name: Log the report", "name: Take the report")],
        [Edit(MATRIX, LOG_ROW, ""), Edit(MATRIX, "", "log: {A: incident-manager, I: outside/reader, R: agent}\n")],
        [Edit(INCIDENT, "", "# A comment.\n")],
        [Edit(ROLE, "purpose:", "aliases: [Desk Hand]\npurpose:")],
        [Edit(AGENT, "2026-02-02", "2026-06-02")],
        [Edit(WEEKS, "    observed:\n", "    reviewed: 2026-06-01\n    observed:\n")],
        [Edit(WEEKS, "- Joins a swarm within", "- Joins the table within")],
        [
            Edit(
                "process_defs/glossary.yaml", "terms:\n", "terms:\n  - {id: x-ray, name: X-ray, means: A photograph.}\n"
            )
        ],
        [Edit("process_defs/checks.yaml", "", "checks: [{check: RB404, severity: error, reason: The auditors.}]\n")],
        [Edit("process_defs/pages/welcome.md", "", "# Welcome\n\nHere you are.\n")],
        [Edit("process_defs/improvements/ring-back.yaml", "", OPEN)],
    ],
    ids=str,
)
def test_words_records_and_what_gives_its_own_reason_need_none(
    released: Path, rolebook: Rolebook, edits: list[Edit]
) -> None:
    for edit in edits:
        edit.make(released)
    assert told(rolebook, released) == []


def test_a_rename_needs_no_reason(released: Path, rolebook: Rolebook) -> None:
    for names in (
        ("activity", "incident/log", "take"),
        ("role", "agent", "desk-hand"),
        ("process", "change", "changes"),
    ):
        assert rolebook("-C", released, "rename", *names).code == 0
    assert told(rolebook, released) == []


@pytest.mark.parametrize(
    ("words", "edits"),
    [
        ("changes: activity:incident/log\n", [STEP, LETTER]),
        ("changes: kpi:incident/time-to-restore\n", [TARGET]),
        ("changes: control:incident/confirmed-repair\n", [CONTROL]),
        ("changes: activity:incident/close\n", [CONTROL, HAND_OFF, DUTY, NEW_DUTY, CONTENT, TEACHES]),
        ("changes: hand-off:incident/answer\n", [HAND_OFF, NEW_DUTY]),
        ("removes: hand-off:incident/answer\n", [REMOVED]),
        ("changes: role:agent\n", [ROLES_PURPOSE, LETTER]),
        ("adds: activity:incident/ring\n", [*ADDED]),
        ("adds: role:caller\n", [*NEW_ROLE]),
    ],
    ids=lambda value: value.strip() if isinstance(value, str) else "",
)
def test_an_improvement_explains_what_it_names_and_what_follows(
    released: Path, rolebook: Rolebook, words: str, edits: list[Edit]
) -> None:
    for edit in edits:
        edit.make(released)
    assert told(rolebook, released) != []
    improve(released, words)
    assert told(rolebook, released) == []


def test_what_is_split_off_explains_what_it_leaves_behind(released: Path, rolebook: Rolebook) -> None:
    ring = "  - id: ring\n    name: Ring back\n    steps: [Ring.]\n    split_from: incident/close\n  - id: close\n"
    Edit(INCIDENT, "  - id: close\n", ring).make(released)
    Edit(INCIDENT, "- Ask the reader whether it works.", "- Close it.").make(released)
    Edit(MATRIX, "close:", "ring: {R: agent, A: incident-manager}\nclose:").make(released)
    (found,) = told(rolebook, released)
    assert "'Ring back' is new, and was a part of" in found
    improve(released, "adds: activity:incident/ring\n")
    assert told(rolebook, released) == []


def test_an_improvement_does_not_explain_what_it_does_not_name(released: Path, rolebook: Rolebook) -> None:
    improve(released, "changes: activity:incident/swarm\n")
    for edit in (STEP, TARGET, FLOW, PURPOSE, ROLES_PURPOSE, CONDITIONS):
        edit.make(released)
    assert len(told(rolebook, released)) == 6


def test_one_that_is_rejected_or_released_explains_nothing(released: Path, rolebook: Rolebook) -> None:
    Edit(INCIDENT, "- Call everybody", "- Call nobody").make(released)
    assert len(told(rolebook, released)) == 1  # swarming, which named it, was released in 1.0.0
    improve(released, "changes: activity:incident/swarm\n")
    assert told(rolebook, released) == []
    improve(released, "changes: activity:incident/swarm\n".replace("changes", "lessons: [None.]\nchanges"))
    file = released / "process_defs/improvements/ring-back.yaml"
    file.write_text(file.read_text().replace("proposed", "rejected"))
    assert len(told(rolebook, released)) == 1


@pytest.mark.parametrize(
    ("element", "edits"),
    [
        ("activity:incident/log", [STEP, LETTER]),
        ("process:incident", [STEP, LETTER, TARGET, PURPOSE, HAND_OFF, CONTROL]),
        ("role:agent", [ROLES_PURPOSE, LETTER]),
        ("job:desk-agent", [NEW_DUTY, CONDITIONS]),
        ("module:first-weeks/reports", [CONTENT]),
        ("plan:first-weeks", [CONTENT, TEACHES]),
        ("policy:quiet", [POLICY]),
        ("hand-off:incident/answer", [REMOVED]),
    ],
)
def test_a_written_reason_explains_what_it_is_for(
    released: Path, rolebook: Rolebook, element: str, edits: list[Edit]
) -> None:
    for edit in edits:
        edit.make(released)
    assert told(rolebook, released) != []
    reason(released, element)
    assert told(rolebook, released) == []
    assert told(rolebook, released, code="RB811") == []


def test_a_reason_holds_for_what_was_renamed_since(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    reason(released, "activity:incident/log")
    assert rolebook("-C", released, "rename", "activity", "incident/log", "take").code == 0
    assert told(rolebook, released) + told(rolebook, released, code="RB811") == []


def test_a_merged_role_is_one_change(released: Path, rolebook: Rolebook) -> None:
    assert rolebook("-C", released, "merge-role", "agent", "specialist").code == 0
    assert told(rolebook, released) == ["the role Service Desk Agent is merged into Technical Specialist"]


def test_the_help_names_the_improvement_that_is_probably_meant(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    command = ("-C", released, "check", "--today", TODAY, "--select", "RB810")
    reason_for = f"write the reason in {NEXT}, below 'reasons': 'for: activity:incident/log' and 'why'."
    asked = "Add 'activity:incident/log' to 'changes' of the improvement that asks for it, or"
    assert f"{asked} {reason_for}" in rolebook(*command).out
    improve(released, "changes: activity:incident/close\n")
    meant = "Add 'activity:incident/log' to 'changes' of process_defs/improvements/ring-back.yaml, or"
    assert f"{meant} {reason_for}" in rolebook(*command).out


def test_without_a_release_nothing_needs_a_reason(given: Path, rolebook: Rolebook) -> None:
    STEP.make(given)
    (given / NEXT).parent.mkdir()
    reason(given, "role:agent")
    assert told(rolebook, given) + told(rolebook, given, code="RB811") == []


def test_nothing_is_told_of_a_handbook_that_cannot_be_read_completely(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    Edit(CHANGE, "name: Change Management\n", "name: [\n").make(released)
    assert told(rolebook, released) == []


def test_it_may_be_an_error_and_be_ignored_with_a_reason(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    Edit("process_defs/checks.yaml", "", "checks: [{check: RB810, severity: error, reason: Auditors.}]\n").make(
        released
    )
    assert rolebook("-C", released, "check", "--today", TODAY).code == 1
    assert rolebook("-C", released, "release", "1.1.0", "--date", "2026-06-30").code == 1
    Edit(INCIDENT, "- Read it back.", "- Read it back. # rolebook: ignore RB810 - tried out for a week").make(released)
    assert told(rolebook, released) == []


def test_what_is_said_of_the_next_release_becomes_part_of_it(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    CONDITIONS.make(released)
    text = "note: It is read back.\nreasons:\n  - for: [activity:incident/log, job:desk-agent]\n    why: 'So: asked.'\n"
    (released / NEXT).write_text(text)
    assert NEXT in release(rolebook, released, "1.1.0", "--dry-run").err
    assert (released / NEXT).read_text() == text
    assert f"{NEXT} (taken in, and taken away)" in release(rolebook, released, "1.1.0").out
    assert not (released / NEXT).exists()
    written = (released / "process_defs/releases/1.1.0.yaml").read_text()
    assert "note: It is read back.\n" in written
    assert (
        "reasons:\n  - for:\n      - activity:incident/log\n      - job:desk-agent\n    why: 'So: asked.'\n" in written
    )
    assert rolebook("-C", released, "check", "--all-releases", "--today", TODAY).code == 0
    Edit("process_defs/releases/1.1.0.yaml", "So: asked", "So: begged").make(released)
    assert "'reasons' of release '1.1.0' is not what was released" in rolebook("-C", released, "check").out


def test_where_it_cannot_be_taken_away_nothing_is_released(
    released: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    STEP.make(released)
    reason(released, "activity:incident/log")
    before = {file: file.read_bytes() for file in released.rglob("*") if file.is_file()}

    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing)
        result = rolebook("-C", released, "release", "1.1.0", "--date", "2026-06-30")
    assert result == Result(
        2, "", f"rolebook: {NEXT} cannot be written: no space left on device; nothing was changed\n"
    )
    assert {file: file.read_bytes() for file in released.rglob("*") if file.is_file()} == before
    assert "taken in" in release(rolebook, released, "1.1.0").out


def test_a_note_on_the_command_line_takes_the_place_of_the_written_one(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    (released / NEXT).write_text("note: It is read back.\n")
    release(rolebook, released, "1.1.0", "--note", "Read it back.")
    assert "note: Read it back.\n" in (released / "process_defs/releases/1.1.0.yaml").read_text()
    assert not (released / NEXT).exists()


def test_what_was_left_behind_of_a_release_is_told(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    reason(released, "activity:incident/log")
    said = (released / NEXT).read_text()
    release(rolebook, released, "1.1.0")
    (released / NEXT).write_text(said)
    out = rolebook("-C", released, "check", "--format", "concise", "--today", TODAY).out
    assert f"{NEXT}:1:1: warning[RB811] all that this says was taken into release '1.1.0' already" in out


def test_what_was_left_behind_of_a_release_is_not_released_again(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    reason(released, "activity:incident/log")
    said = (released / NEXT).read_text()
    release(rolebook, released, "1.1.0")
    (released / NEXT).write_text(said)
    TARGET.make(released)
    result = rolebook("-C", released, "release", "1.2.0", "--date", "2026-06-30")
    assert (result.code, result.out) == (2, "")
    assert f"all that {NEXT} says was taken into release 1.1.0 already" in result.err
    (released / NEXT).unlink()
    release(rolebook, released, "1.2.0")


def test_an_empty_note_of_the_next_release_is_nothing_left_behind(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    (released / NEXT).write_text("reasons: []\n")
    assert "RB811" not in rolebook("-C", released, "check", "--format", "concise", "--today", TODAY).out
    release(rolebook, released, "1.1.0")


def test_since_tells_of_any_version(released: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    release(rolebook, released, "1.1.0")
    TARGET.make(released)
    reason(released, "activity:incident/close")
    CONTROL.make(released)
    release(rolebook, released, "1.2.0")
    CONDITIONS.make(released)
    assert len(told(rolebook, released)) == 1
    assert len(told(rolebook, released, "--since", "1.2.0")) == 1
    assert len(told(rolebook, released, "--since", "1.1.0")) == 2
    assert len(told(rolebook, released, "--since", "1.0.0")) == 3


def test_since_takes_improvements_that_were_released_later(released: Path, rolebook: Rolebook) -> None:
    release_of = (
        "status: achieved\nowner: incident-manager\nbenefit: Fewer calls.\nachieved: 2026-06-02\nretrain: true\n"
    )
    more = "approval: {approved_by: change-manager, approved: 2026-03-02}\n"
    measured = "measured: {kpi: incident/time-to-restore, before: 2025-11, after: 2026-05}\n"
    text = OPEN.replace("status: proposed\n", release_of) + more + measured + "changes: activity:incident/log\n"
    (released / "process_defs/improvements/ring-back.yaml").write_text(text)
    STEP.make(released)
    assert "ring-back" in release(rolebook, released, "1.1.0").out
    assert told(rolebook, released, "--since", "1.0.0") == []
    LETTER.make(released)
    assert told(rolebook, released) == []  # the ratchet tells of it
    assert len(told(rolebook, released, code="RB608")) == 1
    FLOW.make(released)
    assert len(told(rolebook, released)) == 1


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("1.7.0", "no version 1.7.0 was released: there are 1.0.0 and 1.1.0"),
        ("main", "no version main was released: there are 1.0.0 and 1.1.0"),
    ],
)
def test_since_names_the_versions_that_there_are(
    released: Path, rolebook: Rolebook, version: str, sentence: str
) -> None:
    STEP.make(released)
    release(rolebook, released, "1.1.0")
    assert rolebook("-C", released, "check", "--since", version) == Result(2, "", f"rolebook: {sentence}\n")


def test_since_says_where_it_cannot_compare(released: Path, given: Path, rolebook: Rolebook) -> None:
    STEP.make(released)
    release(rolebook, released, "1.1.0")
    (released / "process_defs/releases/1.0.0.json").write_text("nothing\n")
    result = rolebook("-C", released, "check", "--since", "1.0.0")
    assert result.code == 2
    assert result.err.startswith("rolebook: the version 1.0.0 cannot be compared: ")
    Edit(CHANGE, "name: Change Management\n", "name: [\n").make(released)
    result = rolebook("-C", released, "check", "--since", "1.0.0")
    assert result.code == 1
    assert result.err == "what changed since 1.0.0 is not told: not all of the handbook can be read\n"


def test_since_says_so_where_nothing_was_released(given: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", given, "check", "--since", "1.0.0")
    sentence = "no version 1.0.0 was released: nothing was released yet, so nothing needs a reason"
    assert result == Result(2, "", f"rolebook: {sentence}\n")


def test_since_and_changed_since_do_not_go_together(released: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", released, "check", "--since", "1.0.0", "--changed-since", "main")
    assert result.code == 2
    assert "name one of them" in result.err
