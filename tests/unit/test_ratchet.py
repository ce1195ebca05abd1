"""The ratchet: what a released improvement brought is undone by another improvement, or not at all."""

import hashlib
import json
import os
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rolebook.checks.holding import held
from rolebook.checks.ratchet import undone_improvement
from rolebook.loading import load
from rolebook.loading.snapshots import DamagedSnapshot, protecting, read_snapshot
from rolebook.loading.snapshots.protecting import protected, read_protected
from rolebook.model.release import Release, Snapshot
from rolebook.model.values import Day
from rolebook.source import Text
from tests.conftest import ROOT, Result

Rolebook = Callable[..., Result]
DAY = "2026-06-30"
PROTECTING = ROOT / "tests/data/snapshot-format-1-protected.json"
SWARMING = "process_defs/improvements/swarming.yaml"
PROCESS = "process_defs/processes/incident.yaml"
CHANGES = "process_defs/processes/change.yaml"
MATRIX = "raci/matrices/incident.yaml"
PLAN = "raci/training_plans/first-weeks.yaml"
HEAD = "raci/job_descriptions/head-of-service.yaml"
ENGINEER = "raci/job_descriptions/systems-engineer.yaml"
SUCCESSOR = """\
name: Experts come one by one
status: {status}
owner: incident-manager
origin: Swarms took everybody's morning.
problem: Everybody waits at one table.
approach:
  - One expert decides who comes.
benefit: Fewer people wait.
objective: open-on-time
changes: [activity:incident/swarm, kpi:incident/time-to-restore]
replaces: swarming
measured: {{kpi: incident/time-to-restore, before: 2026-05, after: 2026-11}}
{dates}"""
SWARM = """\
  - id: swarm
    name: Swarm on a stopped branch
    steps:
      - Call everybody who can help to one table.
"""
APPROVED = "approval: {approved_by: change-manager, approved: 2026-06-10}\n"
IDS = ("a", "agent", "swarming", "lower", "change", "incident", "x" * 60, "end")
PARTS = ("a/b", "incident/log", "incident/answer", "incident/confirmed-repair", "changes/safe-changes", "change/assess")
LOOSER = (PROCESS, "target: {value: 4", "target: {value: 6")


@pytest.fixture(name="released")
def _released(given: Path, rolebook: Rolebook) -> Path:
    """The small handbook as release 1.0.0, with a hand-off and a control among what swarming changed."""
    change(
        given, SWARMING, "changes: ", "changes: [hand-off:incident/change-request, control:incident/confirmed-repair, "
    )
    change(
        given,
        SWARMING,
        "time-to-restore\nmeasured",
        "time-to-restore]\nremoves: activity:incident/ring-round\nmeasured",
    )
    release(rolebook, given, "1.0.0")
    return given


def release(rolebook: Rolebook, folder: Path, version: str) -> None:
    result = rolebook("-C", folder, "release", version, "--date", DAY)
    assert (result.code, result.err) == (0, ""), result.out


def change(folder: Path, path: str, old: str, new: str) -> None:
    file = folder / path
    assert old in file.read_text(), old
    file.write_text(file.read_text().replace(old, new, 1))


def succeed(folder: Path, status: str, dates: str = APPROVED) -> None:
    """Put an improvement that replaces the released one."""
    if status == "achieved":
        dates += "achieved: 2026-06-20\n"
    text = SUCCESSOR.format(status=status, dates=dates)
    (folder / "process_defs/improvements/one-by-one.yaml").write_text(text)


def findings(rolebook: Rolebook, folder: Path, codes: str = "RB608") -> list[str]:
    out = rolebook("-C", folder, "check", "--format", "concise", "--today", DAY, "--select", codes).out
    return [line for line in out.splitlines() if re.search(r"\[RB\d+\]| RB\d+", line)]


UNDONE = {
    "the status goes back": (
        SWARMING,
        "status: achieved",
        "status: in-progress",
        2,
        "'swarming' is no longer achieved",
    ),
    "an activity is gone": (
        PROCESS,
        SWARM,
        "",
        23,
        "the activity 'incident/swarm' is gone",
    ),
    "a role no longer does it": (MATRIX, "R: [specialist, ", "R: [", 3, "'specialist' is no longer responsible for"),
    "another role answers for it": (
        MATRIX,
        "A: incident-manager}\nclose",
        "A: specialist}\nclose",
        3,
        "'incident-manager' is no longer accountable for 'incident/swarm'",
    ),
    "a hand-off leads elsewhere": (
        PROCESS,
        "    to: change\n",
        "    to: outside/reader\n",
        43,
        "no longer to 'change'",
    ),
    "a control works elsewhere": (
        PROCESS,
        "    at: close\n    evidence",
        "    at: log\n    evidence",
        65,
        "the control 'incident/confirmed-repair' no longer works at 'incident/close'",
    ),
    "a target is looser": (*LOOSER, 60, "is looser: 6 hours, no longer 4 hours"),
    "another role owns the KPI": (
        PROCESS,
        "owner: incident-manager\n    lever",
        "owner: agent\n    lever",
        58,
        "belongs to",
    ),
    "the KPI counts in another unit": (
        PROCESS,
        "unit: hours",
        "unit: days",
        54,
        "counts 'days', and no longer 'hours'",
    ),
    "what was removed is back": (
        PROCESS,
        "  - id: close\n",
        "  - id: ring-round\n    name: Ring round\n    steps:\n      - Ring.\n  - id: close\n",
        35,
        "the activity 'incident/ring-round' is back",
    ),
    "a duty is about something else": (
        ENGINEER,
        "fulfils: incident/swarm",
        "fulfils: change/carry-out",
        8,
        "the job 'systems-engineer' no longer has a duty for 'incident/swarm'",
    ),
    "a duty is gone": (
        ENGINEER,
        "  - duty: Joins the swarm when a branch stands still.\n    fulfils: incident/swarm\n",
        "",
        5,
        "the job 'systems-engineer' no longer has a duty for 'incident/swarm'",
    ),
    "a module teaches something else": (
        PLAN,
        "teaches: [incident/swarm, incident]",
        "teaches: [incident]",
        28,
        "the training module 'swarming' no longer teaches 'incident-manager' the activity 'incident/swarm'",
    ),
    "a module is for others": (
        PLAN,
        "for: [specialist, incident-manager]",
        "for: specialist",
        27,
        "the training module 'swarming' is no longer for whom it taught: 'incident-manager'",
    ),
}


@pytest.mark.parametrize("name", UNDONE)
def test_what_is_undone_is_told_at_its_place(name: str, released: Path, rolebook: Rolebook) -> None:
    path, old, new, line, words = UNDONE[name]
    assert findings(rolebook, released) == []
    change(released, path, old, new)
    found = findings(rolebook, released)
    told = [one for one in found if words in one and one.startswith(f"{path}:{line}:")]
    assert told, found
    assert all("this undoes 'Swarm on stopped branches', released in 1.0.0" in one for one in found)


def test_an_improvement_whose_file_is_gone_is_missed(released: Path, rolebook: Rolebook) -> None:
    (released / SWARMING).unlink()
    found = findings(rolebook, released)
    assert found[0].startswith(f"{SWARMING}:1:1: ")
    assert "the improvement 'swarming' is gone" in found[0]


def test_what_hangs_on_something_undone_is_not_told_again(released: Path, rolebook: Rolebook) -> None:
    change(released, MATRIX, "R: [specialist, ", "R: [")
    change(released, ENGINEER, "incident/swarm", "change/carry-out")
    change(released, PLAN, "for: [specialist, ", "for: [")
    assert len(findings(rolebook, released)) == 1


def test_a_replacing_improvement_may_undo_it_once_it_is_approved(released: Path, rolebook: Rolebook) -> None:
    change(released, *LOOSER)
    for status, dates in (("proposed", ""), ("proposed", APPROVED), ("rejected", APPROVED), ("approved", "")):
        succeed(released, status, dates)
        assert len(findings(rolebook, released)) == 1, status
    for status in ("approved", "in-progress", "achieved"):
        succeed(released, status)
        assert findings(rolebook, released) == [], status
    assert rolebook("-C", released, "check", "--today", DAY).code == 0


def test_why_an_improvement_may_not_undo_it_is_told(released: Path, rolebook: Rolebook) -> None:
    change(released, *LOOSER)
    succeed(released, "proposed", "")
    out = rolebook("-C", released, "check", "--today", DAY).out
    assert "= this improvement brought it: process_defs/improvements/swarming.yaml:1:7" in out
    assert "= 'one-by-one' replaces it, but it is proposed: process_defs/improvements/one-by-one.yaml:11:11" in out
    assert "help: Write 'value: 4' or a tighter target; otherwise an approved improvement must say 'replaces: " in out


def test_what_is_undone_is_released_only_by_an_achieved_improvement(released: Path, rolebook: Rolebook) -> None:
    change(released, *LOOSER)
    succeed(released, "in-progress")
    result = rolebook("-C", released, "release", "1.1.0", "--date", DAY)
    assert result.code == 2
    assert (
        "'swarming', released in 1.0.0, is undone by 'one-by-one', which replaces it but is not achieved" in result.err
    )
    assert f"{PROCESS}:60:21: the target of the KPI 'time-to-restore' is looser" in result.err
    assert not (released / "process_defs/releases/1.1.0.yaml").exists()
    succeed(released, "achieved")
    result = rolebook("-C", released, "release", "1.1.0", "--date", DAY)
    assert (result.code, result.err) == (0, "")
    assert "What was released before is undone, and no longer protected:" in result.out
    assert "is looser: 6 hours, no longer 4 hours, by one-by-one" in result.out
    assert findings(rolebook, released) == []


def test_what_is_undone_later_takes_another_improvement(released: Path, rolebook: Rolebook) -> None:
    change(released, *LOOSER)
    succeed(released, "achieved")
    release(rolebook, released, "1.1.0")
    change(released, MATRIX, "R: [specialist, ", "R: [")
    found = findings(rolebook, released)
    assert any("undoes 'Swarm on stopped branches', released in 1.0.0" in one for one in found)
    assert any("undoes 'Experts come one by one', released in 1.1.0" in one for one in found)
    out = rolebook("-C", released, "check", "--today", DAY).out
    assert "it was released in 1.1.0, and what is left since then stays" in out


@pytest.mark.parametrize("way", ["comment", "off", "warning"])
def test_no_comment_and_no_setting_gets_around_a_release(way: str, released: Path, rolebook: Rolebook) -> None:
    change(released, *LOOSER)
    if way == "comment":
        change(released, PROCESS, "due: 2026-12-31}", "due: 2026-12-31} # rolebook: ignore RB608 - until autumn")
    else:
        settings = f"checks: {{check: RB608, severity: {way}, reason: Until autumn.}}\n"
        (released / "process_defs/checks.yaml").write_text(settings)
    assert rolebook("-C", released, "check", "--today", DAY).code == 0
    result = rolebook("-C", released, "release", "1.1.0", "--date", DAY)
    assert result.code == 2
    assert "'swarming', released in 1.0.0, is undone, and no approved improvement replaces it" in result.err


RENAMED = {
    "activity": ("incident/swarm", "incident/gather"),
    "process": ("incident", "faults"),
    "role": ("specialist", "engineer"),
    "job": ("systems-engineer", "engineer"),
    "plan": ("first-weeks", "beginners"),
    "improvement": ("swarming", "swarm-at-once"),
    "kpi": ("faults/time-to-restore", "hours"),
    "hand-off": ("faults/change-request", "request"),
    "control": ("faults/confirmed-repair", "repair-confirmed"),
    "module": ("beginners/swarming", "swarms"),
}


def test_renamed_is_not_undone(released: Path, rolebook: Rolebook) -> None:
    for kind, (old, new) in RENAMED.items():
        result = rolebook("-C", released, "rename", kind, old, new)
        assert result.code == 0, result.err
        assert findings(rolebook, released) == [], kind
    release(rolebook, released, "1.1.0")
    (one,) = protected(load(released).handbook)
    assert (one.improvement, one.since) == ("swarm-at-once", "1.0.0")
    assert "activity:faults/gather" in one.things
    assert {letter.role for letter in one.letters} == {"engineer", "incident-manager"}
    assert [kpi.kpi for kpi in one.kpis] == ["faults/hours"]
    assert [given.hand_off for given in one.hand_offs] == ["faults/request"]
    assert [control.control for control in one.controls] == ["faults/repair-confirmed"]
    assert {duty.job for duty in one.duties} == {"head-of-service", "engineer", "desk-agent"}
    assert {module.module for module in one.modules} == {
        "beginners/swarms",
        "beginners/reports",
        "changes/safe-changes",
    }
    change(released, "raci/matrices/faults.yaml", "R: [engineer, ", "R: [")
    assert len(findings(rolebook, released)) == 1


def test_a_name_that_is_taken_back_is_not_undone(released: Path, rolebook: Rolebook) -> None:
    rolebook("-C", released, "rename", "activity", "incident/swarm", "gather")
    release(rolebook, released, "1.1.0")
    change(released, PROCESS, "    formerly: swarm\n", "")
    for path in released.rglob("*.yaml"):
        if "releases" not in path.parts:
            path.write_text(path.read_text().replace("gather", "swarm"))
    assert findings(rolebook, released) == []


def test_merged_is_not_undone(released: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", released, "merge-role", "specialist", "incident-manager")
    assert result.code == 0, result.err
    assert findings(rolebook, released) == []


def test_an_activity_that_moved_to_another_process_is_not_undone(released: Path, rolebook: Rolebook) -> None:
    change(released, PROCESS, SWARM, "")
    change(released, CHANGES, "hands_over:", f"{SWARM}    formerly: incident/swarm\nhands_over:")
    row = "swarm: {R: [specialist, incident-manager], A: incident-manager}\n"
    change(released, MATRIX, row, "")
    with (released / "raci/matrices/change.yaml").open("a") as matrix:
        matrix.write(row)
    for path in (HEAD, ENGINEER, PLAN, SWARMING):
        (released / path).write_text((released / path).read_text().replace("incident/swarm", "change/swarm"))
    assert findings(rolebook, released) == []


CONTROL = """\
  - id: confirmed-repair
    name: Confirmed repair
    ensures: Nothing is closed before the reader has confirmed the repair.
    at: close
    evidence: ticket
"""


def test_a_module_that_moved_to_another_plan_is_not_undone(released: Path, rolebook: Rolebook) -> None:
    plan = (released / PLAN).read_text()
    module = plan[plan.index("  - id: swarming") :]
    change(released, PLAN, module, "")
    changes = released / "raci/training_plans/changes.yaml"
    changes.write_text(f"{changes.read_text()}{module}    formerly: first-weeks/swarming\n")
    found = findings(rolebook, released)
    assert found
    assert all("the training module 'swarming' is no longer for whom it taught: 'incident-m" in one for one in found)
    assert all(one.startswith("raci/training_plans/changes.yaml:5:") for one in found)
    out = rolebook("-C", released, "check", "--today", DAY, "--select", "RB608").out
    assert "help: Name the role under 'who' of the plan again; otherwise" in out
    change(released, "raci/training_plans/changes.yaml", "roles: [", "roles: [incident-manager, ")
    assert findings(rolebook, released) == []
    release(rolebook, released, "1.1.0")
    (one,) = protected(load(released).handbook)
    assert {str(kept.module) for kept in one.modules} >= {"changes/swarming"}
    assert "first-weeks/swarming" not in {kept.module for kept in one.modules}


def test_a_hand_off_that_moved_to_another_process_goes_where_it_went(released: Path, rolebook: Rolebook) -> None:
    given = "  - id: change-request\n    name: Request for a change\n    to: change\n    after: diagnose\n"
    change(released, PROCESS, given, "")
    moved = given.replace("diagnose", "assess") + "    formerly: incident/change-request\n"
    change(released, CHANGES, "hands_over:\n", f"hands_over:\n{moved}")
    assert findings(rolebook, released) == []
    change(released, CHANGES, "    to: change\n", "    to: incident\n")
    (found,) = findings(rolebook, released)
    assert "the hand-off 'change/change-request' goes to 'incident', and no longer to 'change'" in found


def test_a_control_may_move_with_its_activity_but_not_away_from_it(released: Path, rolebook: Rolebook) -> None:
    change(released, PROCESS, f"controls:\n{CONTROL}", "")
    moved = CONTROL.replace("at: close", "at: carry-out") + "    formerly: incident/confirmed-repair\n"
    change(released, CHANGES, "approval:", f"controls:\n{moved}approval:")
    (found,) = findings(rolebook, released)
    assert found.startswith(f"{CHANGES}:")
    assert "the control 'change/confirmed-repair' no longer works at 'incident/close'" in found
    out = rolebook("-C", released, "check", "--today", DAY, "--select", "RB608").out
    assert f"help: Move the control back to {PROCESS}; otherwise" in out
    close = (released / PROCESS).read_text()
    activity = close[close.index("  - id: close\n") : close.index("hands_over:")]
    change(released, PROCESS, activity, "")
    change(released, CHANGES, "hands_over:", f"{activity}    formerly: incident/close\nhands_over:")
    change(released, CHANGES, "at: carry-out", "at: close")
    assert "control" not in "".join(findings(rolebook, released))


def test_what_got_another_id_without_its_history_is_offered_to_say_so(released: Path, rolebook: Rolebook) -> None:
    change(released, PROCESS, "- id: confirmed-repair", "- id: repair-confirmed")
    out = rolebook("-C", released, "check", "--today", DAY, "--select", "RB608").out
    assert "again, or, if it has another id, 'formerly: confirmed-repair' to it; otherwise" in out
    change(released, PROCESS, "    evidence: ticket\n", "    evidence: ticket\n    formerly: confirmed-repair\n")
    assert findings(rolebook, released) == []


STILL_THERE = {
    "a tighter target": (PROCESS, "target: {value: 4", "target: {value: 3"),
    "a later day": (PROCESS, "due: 2026-12-31", "due: 2027-12-31"),
    "one more who is responsible": (MATRIX, "R: [specialist, ", "R: [agent, specialist, "),
    "one more who is consulted": (MATRIX, "A: incident-manager}\nclose", "A: incident-manager, C: agent}\nclose"),
    "other steps": (PROCESS, "Call everybody who can help to one table.", "Call everybody."),
    "another name": (PROCESS, "Swarm on a stopped branch", "Gather at one table"),
    "another way of the flow": (PROCESS, "go_to: swarm", "go_to: [swarm, close]"),
    "a module with another id": (PLAN, "- id: swarming", "- id: swarms"),
    "a duty in other words": (ENGINEER, "Joins the swarm when a branch stands still.", "Swarms."),
}


@pytest.mark.parametrize("name", STILL_THERE)
def test_what_is_still_there_is_not_undone(name: str, released: Path, rolebook: Rolebook) -> None:
    change(released, *STILL_THERE[name])
    assert findings(rolebook, released) == []


def test_a_tightened_target_is_the_protected_one_from_the_next_release_on(released: Path, rolebook: Rolebook) -> None:
    change(released, *STILL_THERE["a tighter target"])
    release(rolebook, released, "1.1.0")
    change(released, PROCESS, "target: {value: 3", "target: {value: 4")
    assert ["4 hours, no longer 3 hours" in one for one in findings(rolebook, released)] == [True]


def test_a_later_module_may_take_the_place_of_one(released: Path, rolebook: Rolebook) -> None:
    plan = (released / PLAN).read_text()
    module = plan[plan.index("  - id: swarming") :]
    change(released, PLAN, module, "")
    changes = released / "raci/training_plans/changes.yaml"
    assert len(findings(rolebook, released)) == 4
    changes.write_text(changes.read_text() + module.replace("swarming", "at-one-table"))
    change(released, "raci/training_plans/changes.yaml", "roles: [", "roles: [incident-manager, ")
    assert findings(rolebook, released) == []
    release(rolebook, released, "1.1.0")
    (one,) = protected(load(released).handbook)
    assert "changes/at-one-table" in {kept.module for kept in one.modules}


def test_another_job_may_take_a_duty_over_with_its_role(released: Path, rolebook: Rolebook) -> None:
    engineer = released / ENGINEER
    (released / "raci/job_descriptions/operator.yaml").write_text(engineer.read_text())
    engineer.unlink()
    assert findings(rolebook, released) == []
    change(released, "raci/job_descriptions/operator.yaml", "fulfils: incident/swarm", "fulfils: change/carry-out")
    found = findings(rolebook, released)
    assert ["the job 'operator' no longer has a duty for 'incident/swarm'" in one for one in found] == [True]


def test_a_slip_is_told_as_one(released: Path, rolebook: Rolebook) -> None:
    change(released, ENGINEER, "incident/swarm", "incident/swram")
    assert findings(rolebook, released) == []
    assert len(findings(rolebook, released, "RB1")) == 1


def test_nothing_is_missed_where_something_could_not_be_read(released: Path, rolebook: Rolebook) -> None:
    change(released, MATRIX, "R: [specialist, ", "R: [")
    (released / PLAN).write_text("modules: [")
    found = findings(rolebook, released)
    assert [one for one in found if "RB608" in one] == []
    assert found


def test_what_was_consolidated_before_is_not_asked_for_twice(released: Path, rolebook: Rolebook) -> None:
    change(released, ENGINEER, "fulfils: incident/swarm", "fulfils: change/carry-out")
    change(released, PROCESS, *UNDONE["what was removed is back"][1:3])
    assert findings(rolebook, released, "RB601,RB606") == []
    assert len(findings(rolebook, released)) == 2


def test_the_newest_release_carries_all_that_is_protected(released: Path, rolebook: Rolebook) -> None:
    before = protected(load(released).handbook)
    for number in range(1, 4):
        change(released, "raci/roles/agent.yaml", "purpose: ", f"purpose: {number} ")
        release(rolebook, released, f"1.{number}.0")
    assert protected(load(released).handbook) == before
    assert read_snapshot(released, "1.3.0").protecting == read_snapshot(released, "1.0.0").protecting


def test_what_an_improvement_protects_is_explained(released: Path, rolebook: Rolebook) -> None:
    change(released, MATRIX, "R: [specialist, ", "R: [")
    result = rolebook("-C", released, "check", "--explain-ratchet", "swarming")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Swarm on stopped branches (swarming) was released in 1.0.0.")
    for line in (
        "  since it adds activity:incident/swarm:",
        "    holds   'incident-manager' is accountable for 'incident/swarm' (raci/matrices/incident.yaml:3)",
        "    undone  'specialist' is no longer responsible for 'incident/swarm' (raci/matrices/incident.yaml:3)",
        f"    lapsed  the job 'systems-engineer' has a duty for 'incident/swarm' as 'specialist' ({ENGINEER}:1)",
        "  since it changes kpi:incident/time-to-restore:",
        "  since it removes activity:incident/ring-round:",
        "    holds   the activity 'incident/ring-round' is gone (process_defs/processes/incident.yaml:1)",
        "No improvement may undo it now. One that is approved and says 'replaces: swarming' may.",
    ):
        assert line in result.out.splitlines()
    succeed(released, "approved")
    out = rolebook("-C", released, "check", "--explain-ratchet", "swarming").out
    assert "'one-by-one' may undo it: it replaces 'swarming', and is approved." in out
    assert "What it undoes can be released once 'one-by-one' is achieved." in out


def test_a_control_that_is_gone_is_explained_once(released: Path, rolebook: Rolebook) -> None:
    change(released, PROCESS, "    at: close\n    evidence", "    at: [close, log]\n    evidence")
    succeed(released, "achieved")
    change(
        released,
        "process_defs/improvements/one-by-one.yaml",
        "changes: [",
        "changes: [control:incident/confirmed-repair, ",
    )
    release(rolebook, released, "1.1.0")
    change(released, PROCESS, "controls:\n" + CONTROL.replace("at: close", "at: [close, log]"), "")
    out = rolebook("-C", released, "check", "--explain-ratchet", "one-by-one").out
    assert out.count("    undone  the control 'incident/confirmed-repair' is gone") == 1
    assert "\n1 of " in out


def test_an_improvement_that_was_never_released_protects_nothing_yet(released: Path, rolebook: Rolebook) -> None:
    succeed(released, "approved")
    out = rolebook("-C", released, "check", "--explain-ratchet", "one-by-one").out
    assert out.startswith(
        "Experts come one by one (one-by-one) is approved: nothing of it is protected.\nOnce it is ach"
    )
    assert "    'specialist' is responsible for 'incident/swarm' (raci/matrices/incident.yaml:3)" in out
    assert "undone" not in out


def test_an_improvement_that_there_is_not_is_not_explained(released: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", released, "check", "--explain-ratchet", "swarmin")
    assert (result.code, result.out) == (2, "")
    assert "there is no improvement 'swarmin': did you mean 'swarming'?" in result.err


def test_an_improvement_is_explained_by_its_former_id_and_when_its_file_is_gone(
    released: Path, rolebook: Rolebook
) -> None:
    rolebook("-C", released, "rename", "improvement", "swarming", "swarm-at-once")
    out = rolebook("-C", released, "check", "--explain-ratchet", "swarming").out
    assert out.startswith("Swarm on stopped branches (swarm-at-once) was released in 1.0.0.")
    (released / "process_defs/improvements/swarm-at-once.yaml").unlink()
    out = rolebook("-C", released, "check", "--explain-ratchet", "swarming").out
    assert "    undone  the improvement 'swarming' is gone (process_defs/improvements/swarming.yaml:1)" in out


def test_what_cannot_be_looked_for_is_not_protected(given: Path, rolebook: Rolebook) -> None:
    change(
        given, SWARMING, "measured", "removes: [The old form, 'form:a', record:incident/slip, role:runner]\nmeasured"
    )
    release(rolebook, given, "1.0.0")
    (one,) = protected(load(given).handbook)
    assert one.removed == ("role:runner",)
    change(given, MATRIX, "R: [specialist, ", "R: [")
    assert len(findings(rolebook, given)) == 1


@pytest.mark.parametrize("seed", range(2000 if os.environ.get("ROLEBOOK_FULL") else 150))
def test_whatever_a_snapshot_says_is_protected_there_is_an_answer(seed: int) -> None:
    chance = random.Random(seed)
    told = json.loads(PROTECTING.read_bytes().splitlines()[1])["protected"]
    for _ in range(4):
        kept = chance.choice([kept for part in told.values() if isinstance(part, list) for kept in part])
        if isinstance(kept, dict):
            key = chance.choice([key for key, value in kept.items() if isinstance(value, str)])
            kept[key] = chance.choice(PARTS if "/" in kept[key] else IDS if key != "letter" else ("R", "A"))
        part, kind = chance.choice(("things", "removed")), chance.choice(("activity", "role", "improvement", "control"))
        told[part].append(f"{kind}:{chance.choice(IDS if kind in ('role', 'improvement') else PARTS)}")
    line = json.dumps({"protected": told}).encode()
    try:
        (one,) = read_protected("x.json", [line])
    except DamagedSnapshot:
        return
    handbook = load(ROOT / "docs/checks/given").handbook
    snapshot = Snapshot(path="x", protecting=(line,))
    release = Release(id=one.since, date=Day.at(Text(DAY, one.span)), digest=Text("", one.span), span=one.span)
    edited = replace(handbook, releases={one.since: release}, snapshots={one.since: snapshot}, past={})
    assert all(finding.message and finding.help for finding in undone_improvement(edited))
    assert all(found.what for _, _, found in held(edited, one))


def test_where_it_cannot_be_read_what_is_protected_that_is_told(released: Path, rolebook: Rolebook) -> None:
    snapshot = released / "process_defs/releases/1.0.0.json"
    snapshot.write_text(snapshot.read_text().replace('"since":"1.0.0"', '"since":"once"'))
    assert findings(rolebook, released) == []
    change(released, *LOOSER)
    (found,) = findings(rolebook, released)
    assert found.startswith("process_defs/releases/1.0.0.json:2:1: ")
    assert "what released improvements protect cannot be read: 'once' is not a version" in found
    assert len(findings(rolebook, released, "RB807")) == 1
    result = rolebook("-C", released, "check", "--explain-ratchet", "swarming")
    assert (result.code, result.out) == (2, "")
    assert "cannot be read: process_defs/releases/1.0.0.json:2: 'once' is not a version" in result.err
    told = released / "process_defs/releases/1.0.0.yaml"
    digest = hashlib.sha256(snapshot.read_bytes()).hexdigest()
    told.write_text(re.sub("^digest: .*$", f"digest: {digest}", told.read_text(), flags=re.MULTILINE))
    (released / "process_defs/checks.yaml").write_text("checks: {check: RB608, severity: off, reason: None.}\n")
    result = rolebook("-C", released, "release", "1.1.0", "--date", DAY)
    assert result.code == 2
    assert "what was released before cannot be read" in result.err


def test_while_nothing_changes_nobody_reads_what_is_protected(
    released: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("nobody has to know")

    with monkeypatch.context() as patched:
        patched.setattr(protecting, "read_protected", refused)
        assert rolebook("-C", released, "check", "--today", DAY).code == 0
        change(released, "process_defs/glossary.yaml", "means: ", "means: In short, ")
        assert rolebook("-C", released, "check", "--today", DAY).code == 0
    change(released, *LOOSER)
    assert len(findings(rolebook, released)) == 1
