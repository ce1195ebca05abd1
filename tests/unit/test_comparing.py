"""Handbooks compared by meaning: what is edited is told by its kind, and what says the same is no change."""

import re
import shutil
from pathlib import Path

import pytest

from rolebook.comparing import Comparison, compare
from rolebook.comparing.change import Kind
from rolebook.comparing.wording import Wording
from rolebook.editing.files.writing import write
from rolebook.editing.names.merging import merge_role
from rolebook.editing.names.renaming import rename
from rolebook.editing.names.retiring import retire_role
from rolebook.loading import load
from tests.unit.test_editing_properties import GIVEN, TODAY

INCIDENT = "process_defs/processes/incident.yaml"
CHANGE = "process_defs/processes/change.yaml"
MATRIX = "raci/matrices/incident.yaml"
SPECIALIST = "raci/roles/specialist.yaml"
JOB = "raci/job_descriptions/systems-engineer.yaml"
PLAN = "raci/training_plans/first-weeks.yaml"
SWARM = "process_defs/improvements/swarm.yaml"
ORGANISATION = "process_defs/organisation.yaml"

LOG = """\
  - id: log
    name: Log the report
    steps:
      - Write down who reports what.
    records: [ticket]
"""
SWARMING = """\
  - id: swarm
    name: Swarm on a stopped branch
    steps:
      - Call everybody who can help to one table.
"""
CONTROLS = """\
controls:
  - id: confirmed-repair
    name: Confirmed repair
    ensures: Nothing is closed before the reader has confirmed the repair.
    at: close
    evidence: ticket
"""
ANSWER = """\
  - id: answer
    name: Answer to a report
    to: outside/reader
    after: close
"""
MODULE = """\
  - id: swarming
    name: Swarming
    minutes: 60
    for: [specialist, incident-manager]
    teaches: [incident/swarm, incident]
    objectives:
      - Join or lead a swarm.
    content:
      - Who sits at the table, and what is said there.
    observed:
      - Joins a swarm within ten minutes.
"""

Edit = tuple[str, str, str]
"""A file, what stands there, and what is to stand there; all of a file for nothing."""

TABLE: dict[str, tuple[list[Edit], list[str]]] = {
    "a comment": ([(INCIDENT, "name: Incident", "# it is so\nname: Incident")], []),
    "quotation marks": ([(INCIDENT, "name: Incident Management", "name: 'Incident Management'")], []),
    "a text on several lines": (
        [(INCIDENT, "purpose: Make work possible", "purpose: >-\n  Make work\n  possible")],
        [],
    ),
    "ids in another order": ([(INCIDENT, "[open-on-time, faster-answers]", "[faster-answers, open-on-time]")], []),
    "a list for one": ([(INCIDENT, "evidence: ticket", "evidence: [ticket]")], []),
    "letters in another order": (
        [(MATRIX, "{R: agent, A: incident-manager, C: specialist}", "{C: specialist, A: incident-manager, R: agent}")],
        [],
    ),
    "rows in another order": (
        [
            (MATRIX, "log: {R: agent, A: incident-manager, I: outside/reader}\n", ""),
            (MATRIX, "close:", "log: {R: agent, A: incident-manager, I: outside/reader}\nclose:"),
        ],
        [],
    ),
    "what is usual said": ([(SPECIALIST, "kind: expert", "kind: expert\nstatus: active")], []),
    "the next activity said": (
        [(INCIDENT, "    records: [ticket]\n  - id: diag", "    records: [ticket]\n    next: diagnose\n  - id: diag")],
        [],
    ),
    "branches in another order": (
        [
            (
                INCIDENT,
                "      - when: the whole branch stands still\n        go_to: swarm\n      - otherwise: close\n",
                "      - otherwise: close\n      - when: the whole branch stands still\n        go_to: swarm\n",
            )
        ],
        [],
    ),
    "a number written otherwise": ([(INCIDENT, "value: 4,", "value: 4.0,")], []),
    "another name": ([(INCIDENT, "name: Incident M", "name: Fault M")], ["process incident: name-changed"]),
    "other words for a purpose": (
        [
            (
                INCIDENT,
                "Make work possible again as quickly as we can.",
                "Make work possible again, as quickly as we can.",
            )
        ],
        ["process incident: reworded purpose"],
    ),
    "another purpose": (
        [(INCIDENT, "as quickly as we can", "within four hours")],
        ["process incident: changed purpose"],
    ),
    "another owner": (
        [(INCIDENT, "owner: incident-manager\npurp", "owner: specialist\npurp")],
        ["process incident: owner-changed owner"],
    ),
    "a new policy": ([(CHANGE, "triggers:", "policies: one-ticket\ntriggers:")], ["process change: listed policies"]),
    "a clause less": ([(INCIDENT, "satisfies: [iso-20000/incidents]\n", "")], ["process incident: unlisted satisfies"]),
    "an approval renewed": (
        [(INCIDENT, "approved: 2026-02-02, next_review: 2027-02-01", "approved: 2026-08-02, next_review: 2027-08-01")],
        ["process incident: approved approval"],
    ),
    "a review put off": (
        [(INCIDENT, "next_review: 2027-02-01", "next_review: 2029-02-01")],
        ["process incident: approval-changed approval"],
    ),
    "a new activity": (
        [
            (INCIDENT, "  - id: close", "  - id: tell\n    name: Tell\n    steps:\n      - Tell.\n  - id: close"),
            (MATRIX, "close:", "tell: {R: agent, A: incident-manager}\nclose:"),
        ],
        ["activity incident/tell: added"],
    ),
    "an activity less": (
        [
            (CHANGE, "  - id: assess\n    name: Assess the request\n    steps:\n      - Weigh benefit and risk.\n", ""),
            (CHANGE, "at: assess", "at: carry-out"),
            ("raci/matrices/change.yaml", "assess: {R: change-manager, A: change-manager, C: specialist}\n", ""),
        ],
        ["hand-off incident/change-request: entry-changed at", "activity change/assess: removed"],
    ),
    "an activity further down": (
        [
            (
                INCIDENT,
                LOG,
                "",
            ),
            (
                INCIDENT,
                "hands_over:",
                f"{LOG}hands_over:",
            ),
        ],
        ["activity incident/log: reordered"],
    ),
    "another way on": (
        [(INCIDENT, "- otherwise: close", "- otherwise: end")],
        ["activity incident/diagnose: flow-changed next"],
    ),
    "another condition": (
        [(INCIDENT, "when: the whole branch", "when: half a branch")],
        ["activity incident/diagnose: flow-changed next"],
    ),
    "one more step": (
        [(CHANGE, "      - Weigh benefit and risk.", "      - Weigh benefit and risk.\n      - Ask the specialist.")],
        ["activity change/assess: listed steps"],
    ),
    "other steps": (
        [(CHANGE, "      - Change, test, and tell the service desk.", "      - Change.\n      - Test.")],
        ["activity change/carry-out: relisted steps"],
    ),
    "a role that becomes responsible": (
        [(MATRIX, "diagnose: {R: agent,", "diagnose: {R: [agent, specialist],")],
        ["activity incident/diagnose: letters-changed of specialist"],
    ),
    "a role instead of another": (
        [(MATRIX, "close: {R: agent,", "close: {R: specialist,")],
        ["activity incident/close: letters-gained of specialist", "activity incident/close: letters-lost of agent"],
    ),
    "a party outside no longer told": (
        [
            (
                MATRIX,
                "close: {R: agent, A: incident-manager, I: outside/reader}",
                "close: {R: agent, A: incident-manager}",
            )
        ],
        ["activity incident/close: letters-lost of outside/reader"],
    ),
    "a hand-off elsewhere": (
        [(INCIDENT, "after: diagnose", "after: close")],
        ["hand-off incident/change-request: exit-changed after"],
    ),
    "a hand-off to others": (
        [(INCIDENT, "to: outside/reader", "to: change")],
        ["hand-off incident/answer: receiver-changed to"],
    ),
    "a hand-off taken elsewhere": (
        [(INCIDENT, "    at: close", "    at: [close, log]")],
        ["hand-off change/finished-change: entry-changed at"],
    ),
    "a hand-off no longer taken": (
        [(INCIDENT, "  - what: change/finished-change\n    at: close\n", "")],
        ["hand-off change/finished-change: not-taken takes"],
    ),
    "a tighter target": (
        [(INCIDENT, "value: 4,", "value: 3,")],
        ["kpi incident/time-to-restore: target-tightened target"],
    ),
    "a looser target": (
        [(INCIDENT, "value: 4,", "value: 5,")],
        ["kpi incident/time-to-restore: target-loosened target"],
    ),
    "a later target": (
        [(INCIDENT, "due: 2026-12-31", "due: 2027-12-31")],
        ["kpi incident/time-to-restore: target-later target.due"],
    ),
    "a target in another unit": (
        [(INCIDENT, "unit: hours", "unit: days"), (INCIDENT, "value: 4,", "value: 3,")],
        [
            "kpi incident/time-to-restore: definition-changed unit",
            "kpi incident/time-to-restore: target-changed target",
        ],
    ),
    "a KPI counted otherwise": (
        [(INCIDENT, "from the report to", "from the first call to")],
        ["kpi incident/time-to-restore: definition-changed counts"],
    ),
    "a baseline": (
        [(INCIDENT, "    target:", "    baseline: {value: 9, date: 2025-10-31}\n    target:")],
        ["kpi incident/time-to-restore: baseline-changed baseline"],
    ),
    "a control gone": (
        [
            (
                INCIDENT,
                CONTROLS,
                "",
            )
        ],
        ["control incident/confirmed-repair: removed"],
    ),
    "a record kept longer": ([(INCIDENT, "two years", "ten years")], ["record incident/ticket: changed kept_for"]),
    "a role not in use": (
        [(SPECIALIST, "function: it", "function: it\nstatus: retired")],
        ["role specialist: role-retired status"],
    ),
    "a role in another function": (
        [(SPECIALIST, "function: it", "function: service-desk")],
        ["role specialist: changed function"],
    ),
    "another role carried": (
        [(JOB, "carries: specialist", "carries: [specialist, agent]")],
        ["job systems-engineer: listed carries"],
    ),
    "a duty for something else": (
        [(JOB, "fulfils: incident/swarm", "fulfils: [incident/swarm, incident/close]")],
        ["job systems-engineer: duty-changed duties"],
    ),
    "a duty in other words": (
        [(JOB, "Carries changes out.", "Carries the changes out.")],
        ["job systems-engineer: duty-reworded duties"],
    ),
    "a duty that asks for something else": (
        [(JOB, "Carries changes out.", "Sees changes through.")],
        ["job systems-engineer: duty-restated duties"],
    ),
    "a duty gone": (
        [(JOB, "  - duty: Carries changes out.\n    fulfils: change/carry-out\n", "")],
        ["job systems-engineer: duty-removed duties"],
    ),
    "duties in another order": (
        [
            (JOB, "  - duty: Carries changes out.\n    fulfils: change/carry-out\n", ""),
            (JOB, "duties:\n", "duties:\n  - duty: Carries changes out.\n    fulfils: change/carry-out\n"),
        ],
        [],
    ),
    "another line of reports": (
        [(JOB, "reports_to: head-of-service\n", "")],
        ["job systems-engineer: withdrawn reports_to"],
    ),
    "a module that teaches less": (
        [(PLAN, "[incident/log, incident/diagnose, incident/close]", "[incident/log, incident/close]")],
        ["module first-weeks/reports: unlisted teaches"],
    ),
    "another audience": (
        [(PLAN, "roles: [agent, specialist, incident-manager]", "roles: [agent, incident-manager]")],
        ["plan first-weeks: unlisted who.roles"],
    ),
    "another schedule": (
        [(PLAN, "within_days: 30", "within_days: 10")],
        ["plan first-weeks: changed when.within_days"],
    ),
    "a question": (
        [(PLAN, "answer: The agent who logged it.", "answer: The agent, once the reader agrees.")],
        ["module first-weeks/reports: relisted questions"],
    ),
    "an improvement further on": (
        [(SWARM, "status: achieved", "status: in-progress")],
        ["improvement swarm: status-changed status"],
    ),
    "what an improvement adds": (
        [(SWARM, "adds: activity:incident/swarm", "adds: [activity:incident/swarm, activity:incident/log]")],
        ["improvement swarm: listed adds"],
    ),
    "another rule": (
        [(ORGANISATION, "Each report has one ticket", "Each call has one ticket")],
        ["policy one-ticket: reworded says"],
    ),
    "a function renamed": (
        [("raci/functions.yaml", "name: Service desk", "name: Help desk")],
        ["function service-desk: name-changed"],
    ),
    "a term in other words": (
        [("process_defs/glossary.yaml", "does not work as it should", "works not as it should")],
        ["term fault: reworded means"],
    ),
    "a check that weighs otherwise": (
        [("process_defs/checks.yaml", "", "checks:\n  - check: RB404\n    severity: error\n    reason: Ours.\n")],
        ["check RB404: check-settled checks"],
    ),
    "the usual limit said": ([("process_defs/checks.yaml", "", "limits:\n  fulfils: 4\n")], []),
    "another limit": (
        [("process_defs/checks.yaml", "", "limits:\n  fulfils: 6\n")],
        ["checks checks: changed limits.fulfils"],
    ),
    "a page": ([("process_defs/pages/welcome.md", "", "# Welcome\n\nHello.\n")], ["page welcome: added"]),
}


@pytest.fixture
def before(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(GIVEN, tmp_path / "before"))
    next((folder / "process_defs/improvements").iterdir()).rename(folder / SWARM)
    return folder


def edited(handbook: Path, edits: list[Edit]) -> Path:
    """A copy of a handbook with some edits."""
    after = Path(shutil.copytree(handbook, handbook.parent / "after"))
    for path, old, new in edits:
        target = after / path
        target.parent.mkdir(exist_ok=True)
        text = target.read_text(encoding="utf-8") if target.exists() else ""
        assert old in text
        target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return after


def compared(before: Path, after: Path) -> Comparison:
    sides = load(before), load(after)
    assert [d.finding.message for side in sides for d in side.diagnostics if d.is_error] == []
    return compare(sides[0].handbook, sides[1].handbook)


def told(comparison: Comparison) -> list[str]:
    """Each change in a line: the thing, the kind and the field or the role."""
    lines = []
    for change in comparison.changes:
        field = "" if change.field in ("", "name") else f" {change.field}"
        role = f" of {change.role}" if change.kind.name.startswith("LETTERS") else ""
        lines.append(f"{change.thing.kind} {change.thing.reference}: {change.kind.code}{role or field}")
    return lines


@pytest.mark.parametrize("case", TABLE)
def test_an_edit_is_told_by_its_kind(before: Path, case: str) -> None:
    edits, expected = TABLE[case]
    comparison = compared(before, edited(before, edits))
    assert told(comparison) == expected
    wording = Wording(comparison)
    for change in comparison.changes:
        sentence = wording.sentence(change)
        assert "{" not in sentence
        assert "  " not in sentence


@pytest.mark.parametrize("case", [case for case, (_, expected) in TABLE.items() if expected])
def test_the_way_back_is_as_many_changes(before: Path, case: str) -> None:
    edits, expected = TABLE[case]
    assert len(compared(edited(before, edits), before).changes) == len(expected)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("role", "specialist", "expert-of-systems"),
        ("process", "incident", "fault"),
        ("activity", "incident/swarm", "incident/gather"),
        ("job", "systems-engineer", "engineer"),
        ("plan", "first-weeks", "beginning"),
        ("improvement", "swarm", "gather"),
        ("hand-off", "incident/change-request", "incident/request"),
        ("kpi", "incident/time-to-restore", "incident/hours"),
        ("control", "incident/confirmed-repair", "incident/repair-confirmed"),
        ("record", "incident/ticket", "incident/fault-card"),
        ("module", "first-weeks/swarming", "first-weeks/swarms"),
    ],
)
def test_a_renaming_is_one_change_and_its_way_back_another(before: Path, kind: str, old: str, new: str) -> None:
    after = edited(before, [])
    change = rename(after, TODAY, kind, old, new)
    write(after, change.before, change.after)
    assert told(compared(before, after)) == [f"{kind} {new}: id-changed"]
    assert told(compared(after, before)) == [f"{kind} {old}: id-changed"]


def test_a_merger_is_one_change(before: Path) -> None:
    after = edited(before, [])
    change = merge_role(after, TODAY, "specialist", "agent")
    write(after, change.before, change.after)
    assert told(compared(before, after)) == ["role specialist: role-merged status"]


def test_a_role_whose_file_went_into_another_one_is_merged(before: Path) -> None:
    after = edited(before, [("raci/roles/agent.yaml", "deputies: specialist", "formerly: specialist")])
    (after / SPECIALIST).unlink()
    assert told(compared(before, after)) == ["role specialist: merged"]


def test_a_retired_role_is_told(before: Path) -> None:
    helper = "raci/roles/helper.yaml"
    (before / helper).write_text("name: Helper\nfunction: it\npurpose: Look on.\n", encoding="utf-8")
    after = edited(before, [])
    change = retire_role(after, TODAY, "helper")
    write(after, change.before, change.after)
    assert told(compared(before, after)) == ["role helper: role-retired status"]


MOVED: dict[str, tuple[list[Edit], list[str]]] = {
    "a hand-off": (
        [
            (INCIDENT, ANSWER, ""),
            (
                CHANGE,
                "hands_over:\n",
                f"hands_over:\n{ANSWER.replace('close', 'assess')}    formerly: incident/answer\n",
            ),
        ],
        ["hand-off change/answer: moved", "hand-off change/answer: exit-changed after"],
    ),
    "a control with another id": (
        [
            (INCIDENT, CONTROLS, ""),
            (
                CHANGE,
                "approval:",
                CONTROLS.replace("- id: confirmed-repair", "- id: repaired").replace("at: close", "at: assess")
                + "    formerly: [incident/confirmed-repair]\napproval:",
            ),
        ],
        [
            "control change/repaired: moved",
            "control change/repaired: id-changed",
            "control change/repaired: relisted at",
            "control change/repaired: relisted evidence",
        ],
    ),
    "a module": (
        [
            (PLAN, MODULE, ""),
            (
                "raci/training_plans/changes.yaml",
                "modules:\n",
                f"modules:\n{MODULE}    formerly: first-weeks/swarming\n",
            ),
        ],
        ["module changes/swarming: moved"],
    ),
}


@pytest.mark.parametrize("name", MOVED)
def test_what_moved_to_another_file_is_the_same(name: str, before: Path) -> None:
    edits, expected = MOVED[name]
    found = compared(before, edited(before, edits))
    assert told(found) == expected
    (moved,) = (change for change in found.changes if change.kind is Kind.MOVED)
    home = "'The first weeks'" if name == "a module" else "'Incident Management'"
    assert Wording(found).sentence(moved).endswith(f" comes from {home}, to which it belonged")


def test_an_activity_that_moved_to_another_process_is_the_same(before: Path) -> None:
    here = SWARMING.replace("    steps:", "    formerly: incident/swarm\n    steps:")
    row = "swarm: {R: [specialist, incident-manager], A: incident-manager}\n"
    after = edited(
        before,
        [
            (INCIDENT, SWARMING, ""),
            (INCIDENT, "go_to: swarm", "go_to: close"),
            (CHANGE, "hands_over:", f"{here}hands_over:"),
            (MATRIX, row, ""),
            ("raci/matrices/change.yaml", "carry-out:", f"{row}carry-out:"),
            ("raci/job_descriptions/head-of-service.yaml", "incident/swarm", "change/swarm"),
            (JOB, "incident/swarm", "change/swarm"),
            (PLAN, "incident/swarm", "change/swarm"),
            (SWARM, "incident/swarm", "change/swarm"),
        ],
    )
    assert told(compared(before, after)) == [
        "activity change/swarm: moved",
        "activity incident/diagnose: flow-changed next",
    ]


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("incident/close", "'Archive the report' is new, and was a part of 'Close the report' before"),
        ("incident/swarm", "'Archive the report' is new, and was a part of 'Swarm on a stopped branch' before"),
        ("incident/file-away", "'Archive the report' is new"),
    ],
)
def test_an_activity_that_was_a_part_of_another_one_is_told_as_split_off(
    before: Path, whole: str, expected: str
) -> None:
    half = "  - id: archive\n    name: Archive the report\n    steps:\n      - File it.\n"
    last = "  - id: file-away\n    name: File it away\n    steps:\n      - Put it on the shelf.\n"
    after = edited(before, [(INCIDENT, "\nhands_over:", f"\n{half}    split_from: {whole}\n{last}hands_over:")])
    comparison = compared(before, after)
    sentences = [Wording(comparison).sentence(change) for change in comparison.changes]
    assert f"the activity {expected}" in sentences


REACH = """\
objectives:
  - kpi: incident/time-to-restore
    objective: Join every swarm within ten minutes of the first call, whoever is on duty at the branch.
approval:"""
ENTRIES: dict[str, tuple[list[Edit], list[Edit], str]] = {
    "by its sentence, and what it names behind that": (
        [],
        [(JOB, "approval:", REACH.replace(" of the first call, whoever is on duty at the branch", ""))],
        "the objectives: now with 'Join every swarm within ten minutes.' ('Time to restore')",
    ),
    "from where its sentence parts from what it was": (
        [(JOB, "approval:", REACH)],
        [(JOB, "branch.", "library.")],
        "the objectives: now with '…call, whoever is on duty at the library.' ('Time to restore'), no longer with …",
    ),
    "by its sentence alone where it names nothing": (
        [],
        [(JOB, "approval:", "objectives:\n  - objective: Join every swarm.\napproval:")],
        "the objectives: now with 'Join every swarm.'",
    ),
    "by the name of a role": (
        [],
        [(SPECIALIST, "function: it", "function: it\nincompatible_with: {reason: Four eyes., role: change-manager}")],
        "the incompatible roles: now with Change Manager ('Four eyes.')",
    ),
    "by its day": (
        [],
        [(SPECIALIST, "function: it", "function: it\nhistory: {event: Split off., date: 2026-01-02}")],
        "the history: now with 2026-01-02 ('Split off.')",
    ),
    "by all that it says": (
        [],
        [(SWARM, "owner:", "waivers: {reason: Knows it., for: agent, of: duty}\nowner:")],
        "the waivers: now with duty (Service Desk Agent, 'Knows it.')",
    ),
    "with the answer to a question": (
        [],
        [(PLAN, "answer: The agent who logged it.", "answer: Whoever logged it.")],
        "the questions: now with 'Who closes a ticket?' ('Whoever logged it.'), no longer with …",
    ),
}


@pytest.mark.parametrize("case", ENTRIES)
def test_an_entry_without_an_id_is_told(before: Path, case: str) -> None:
    first, edits, expected = ENTRIES[case]
    for path, old, new in first:
        (before / path).write_text((before / path).read_text().replace(old, new, 1))
    comparison = compared(before, edited(before, edits))
    (change,) = comparison.changes
    sentence, besides, _ = Wording(comparison).sentence(change, of_itself=True).partition("no longer with ")
    assert f"{sentence}{besides}{'…' * bool(besides)}" == expected


WELCOME = """\
# Welcome

Hello, and
see [the desk](function:service-desk).

## First

- one
- two

## Second

    as it   is
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Hello, and\nsee", "Hello,\nand see", []),
        ("- one\n- two", "- one - two", ["text-changed text"]),
        ("as it   is", "as it is", ["text-changed text"]),
        ("Hello, and", "Good day, and", ["text-changed text"]),
        ("function:service-desk", "function:it", ["text-changed text"]),
        ("## Second", "## Third", ["relisted sections"]),
        ("## Second\n\n    as it   is\n", "", ["unlisted sections"]),
        ("# Welcome", "# Good day", ["name-changed"]),
    ],
)
def test_a_page_is_compared_by_what_it_shows(before: Path, old: str, new: str, expected: list[str]) -> None:
    page = "process_defs/pages/welcome.md"
    (before / "process_defs/pages").mkdir()
    (before / page).write_text(WELCOME, encoding="utf-8")
    found = told(compared(before, edited(before, [(page, old, new)])))
    assert found == [f"page welcome: {kind}" for kind in expected]


def test_a_page_follows_a_renaming(before: Path) -> None:
    (before / "process_defs/pages").mkdir()
    (before / "process_defs/pages/welcome.md").write_text(WELCOME, encoding="utf-8")
    after = edited(before, [])
    for path in after.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\bservice-desk\b", "help-desk", text), encoding="utf-8")
    functions = after / "raci/functions.yaml"
    functions.write_text(
        functions.read_text().replace("- id: help-desk", "- id: help-desk\n    formerly: service-desk")
    )
    assert told(compared(before, after)) == ["function help-desk: id-changed"]


def test_a_handbook_is_no_change_of_itself(before: Path) -> None:
    assert compared(before, before).changes == ()
