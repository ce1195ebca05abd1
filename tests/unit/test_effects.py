"""What changes mean for roles and jobs, and who has to agree to them."""

from pathlib import Path

import pytest

from rolebook.comparing import Comparison
from rolebook.comparing.approvals import consents
from rolebook.comparing.effect import Affected, Weight
from rolebook.comparing.effects import effects
from rolebook.comparing.wording import Wording
from rolebook.editing.files.writing import write
from rolebook.editing.names.merging import merge_role
from rolebook.editing.names.renaming import rename
from tests.unit.test_comparing import CHANGE, INCIDENT, JOB, MATRIX, PLAN, Edit, compared, edited
from tests.unit.test_comparing import before as before
from tests.unit.test_editing_properties import TODAY

CHANGES = "raci/matrices/change.yaml"
ASSESS = """\
  - id: assess
    name: Assess the request
    steps:
      - Weigh benefit and risk.
"""
ASSESSING = "assess: {R: change-manager, A: change-manager, C: specialist}\n"
REHEARSE = """\
  - id: rehearse
    name: Rehearse the change
    steps:
      - Make it where nobody works.
"""
REHEARSING = "rehearse: {R: specialist, A: change-manager}\n"
CALLS = """\
  - id: calls
    name: Calls that experts take
    counts: Calls from branches, by the month.
    counted_from: incident/ticket
    unit: calls
    better: lower
    measured_every: month
    objective: open-on-time
    owner: specialist
    lever: Instructions for the desk.
    target: {value: 10, due: 2026-12-31}
"""


def of_roles(comparison: Comparison) -> dict[str, list[str]]:
    wording = Wording(comparison)
    return {one.who.reference: [wording.effect(told) for told in one.effects] for one in effects(comparison).roles}


def of_job(comparison: Comparison, job: str) -> Affected:
    return next(one for one in effects(comparison).jobs if one.who.reference == job)


def test_whoever_becomes_responsible_gains_it_and_has_new_partners(before: Path) -> None:
    after = edited(before, [(MATRIX, "close: {R: agent,", "close: {R: specialist,")])
    assert of_roles(compared(before, after)) == {
        "agent": ["is no longer responsible for 'Close the report' (Incident Management)"],
        "incident-manager": ["works with Technical Specialist from now on"],
        "specialist": [
            "is responsible for 'Close the report' (Incident Management)",
            "works with Incident Manager from now on",
            "works with Reader from now on",
        ],
    }


def test_letters_that_change_are_told_with_what_they_were(before: Path) -> None:
    after = edited(
        before,
        [
            (
                MATRIX,
                "diagnose: {R: agent, A: incident-manager, C: specialist}",
                "diagnose: {R: agent, A: specialist, C: incident-manager}",
            )
        ],
    )
    found = of_roles(compared(before, after))
    where = "'Find the cause' (Incident Management)"
    assert found["specialist"][0] == f"is accountable for {where}, and was consulted"
    assert found["incident-manager"][0] == f"is consulted on {where}, and was accountable"


@pytest.mark.parametrize(
    ("edits", "weight"),
    [
        ([(MATRIX, "C: specialist}", "C: [specialist, change-manager]}")], Weight.LEARNING),
        (
            [(MATRIX, "diagnose: {R: agent, A: incident-manager", "diagnose: {R: agent, A: change-manager")],
            Weight.ACCOUNTABILITY,
        ),
        ([(CHANGE, "- Weigh benefit and risk.", "- Weigh benefit, and risk.")], Weight.WORDING),
        ([(CHANGE, "- Weigh benefit and risk.", "- Weigh the cost.")], Weight.LEARNING),
        ([(CHANGE, "owner: change-manager", "owner: specialist")], Weight.ACCOUNTABILITY),
    ],
)
def test_an_effect_weighs_what_it_asks_of_somebody(before: Path, edits: list[Edit], weight: Weight) -> None:
    roles = {one.who.reference: one for one in effects(compared(before, edited(before, edits))).roles}
    assert roles["change-manager"].weight == weight


@pytest.mark.parametrize(
    ("role", "edits"),
    [
        ("change-manager", [(CHANGE, ASSESS, REHEARSE + ASSESS), (CHANGES, "", REHEARSING)]),
        ("change-manager", [(CHANGE, ASSESS, ""), (CHANGES, ASSESSING, "")]),
        ("specialist", [(INCIDENT, "kpis:\n", f"kpis:\n{CALLS}")]),
    ],
    ids=["an activity is new", "an activity is gone", "a KPI is new"],
)
def test_nobody_answered_before_for_what_is_new(before: Path, role: str, edits: list[Edit]) -> None:
    roles = {one.who.reference: one for one in effects(compared(before, edited(before, edits))).roles}
    assert roles[role].weight == Weight.LEARNING


@pytest.mark.parametrize("role", ["incident-manager", "specialist"])
def test_a_kpi_that_changes_hands_is_accountability_passed_on(before: Path, role: str) -> None:
    after = edited(before, [(INCIDENT, "owner: incident-manager\n    lever", "owner: specialist\n    lever")])
    roles = {one.who.reference: one for one in effects(compared(before, after)).roles}
    assert roles[role].weight == Weight.ACCOUNTABILITY


def test_those_who_do_an_activity_are_told_that_it_is_done_otherwise_and_those_informed_are_not(before: Path) -> None:
    after = edited(before, [(CHANGE, "- Change, test, and tell", "- Test, change, and tell twice")])
    assert of_roles(compared(before, after)) == {
        "change-manager": ["does 'Carry the change out' (Change Management) otherwise: steps"],
        "specialist": ["does 'Carry the change out' (Change Management) otherwise: steps"],
    }


def test_training_to_take_is_told(before: Path) -> None:
    edits = [
        (PLAN, "    for: agent\n", "    for: [agent, specialist]\n"),
        (PLAN, "      - Who sits at the table, and what is said there.", "      - What a swarm is for."),
    ]
    found = of_roles(compared(before, edited(before, edits)))
    assert found == {
        "incident-manager": ["is to take the training module 'Swarming' (The first weeks) in its new form"],
        "specialist": [
            "is to take the training module 'Taking and closing reports' (The first weeks)",
            "is to take the training module 'Swarming' (The first weeks) in its new form",
        ],
    }


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("The agent who logged it.\n        wrong: The incident manager.", set()),
        ("Whoever took the last call.", {"agent"}),
    ],
)
def test_an_answer_that_is_wrong_sends_nobody_to_a_course_and_a_new_right_one_does(
    before: Path, answer: str, told: set[str]
) -> None:
    after = edited(before, [(PLAN, "answer: The agent who logged it.", f"answer: {answer}")])
    assert of_roles(compared(before, after)).keys() == told


def test_the_owner_of_a_kpi_is_told_of_its_target(before: Path) -> None:
    comparison = compared(before, edited(before, [(INCIDENT, "value: 4,", "value: 3,")]))
    assert of_roles(comparison) == {
        "incident-manager": [
            "is measured otherwise: the target of the KPI 'Time to restore' is tighter: 3 hours, no longer 4 hours"
        ]
    }


def test_whoever_is_merged_is_told_by_whom_and_the_other_what_it_takes_over(before: Path) -> None:
    after = edited(before, [])
    change = merge_role(after, TODAY, "specialist", "agent")
    write(after, change.before, change.after)
    found = of_roles(compared(before, after))
    assert found["specialist"] == ["is merged into Service Desk Agent"]
    assert found["agent"][0] == "takes over what Technical Specialist did"
    assert "is responsible for 'Carry the change out' (Change Management), and was informed" in found["agent"]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("role", "agent", "clerk"), ("process", "incident", "fault"), ("plan", "changes", "beginning")],
)
def test_a_renaming_concerns_nobody(before: Path, kind: str, old: str, new: str) -> None:
    after = edited(before, [])
    change = rename(after, TODAY, kind, old, new)
    write(after, change.before, change.after)
    found = effects(compared(before, after))
    assert (found.roles, found.jobs) == ((), ())


def test_a_job_is_told_of_its_duties_and_its_roles(before: Path) -> None:
    edits = [
        (JOB, "carries: specialist", "carries: [specialist, agent]"),
        (JOB, "  - duty: Carries changes out.\n    fulfils: change/carry-out\n", ""),
        (CHANGE, "- Change, test, and tell", "- Test, change, and tell twice"),
    ]
    comparison = compared(before, edited(before, edits))
    job, wording = of_job(comparison, "systems-engineer"), Wording(comparison)
    assert [wording.effect(told) for told in job.effects] == [
        "carries the role Service Desk Agent",
        "is described otherwise: it no longer has the duty 'Carries changes out.'",
    ]
    assert job.through == ("specialist",)
    assert job.weight == Weight.ACCOUNTABILITY


def test_owners_agree_and_heads_approve(before: Path) -> None:
    edits = [
        (CHANGE, "- Weigh benefit and risk.", "- Weigh the cost."),
        (JOB, "Carries changes out.", "Makes changes."),
    ]
    found = [
        (one.about.reference, one.owner, one.approvers, one.renewed)
        for one in consents(compared(before, edited(before, edits)))
    ]
    assert found == [
        ("change", "change-manager", (), False),
        ("systems-engineer", "", ("change-manager",), False),
    ]


def test_an_approval_alone_needs_none(before: Path) -> None:
    renewed = (CHANGE, "approved: 2026-02-02, next_review: 2027-02-01", "approved: 2026-09-02, next_review: 2027-09-01")
    assert consents(compared(before, edited(before, [renewed]))) == ()
