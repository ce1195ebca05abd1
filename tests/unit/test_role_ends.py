"""`merge-role` and `retire-role` take a role out of use: nobody's work is lost, and what was is still told."""

import os
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.editing.files.writing import write
from rolebook.editing.names.merging import ASKS_FOR, merge_role
from rolebook.editing.names.obstacle import CannotChange
from rolebook.editing.names.retiring import retire_role
from rolebook.loading import load
from rolebook.model.coverage import parts
from tests.conftest import ROOT, Result
from tests.unit.test_renaming import changed_lines
from tests.unit.test_whole_names_properties import content

MANY = 200 if os.environ.get("ROLEBOOK_FULL") else 6
TODAY = date(2026, 11, 22)
Run = Callable[..., Result]
LOOKER = "name: Onlooker\nfunction: it\npurpose: Look on, as onlookers do.\n"


def edit(handbook: Path, path: str, old: str, new: str) -> None:
    text = (handbook / path).read_text(encoding="utf-8")
    assert old in text
    (handbook / path).write_text(text.replace(old, new), encoding="utf-8")


def pairs() -> list[tuple[str, str]]:
    """Roles of the reference handbook to be merged."""
    roles = sorted(role.id for role in load(ROOT).handbook.roles.values() if role.active)
    chance = random.Random(7)
    return [(one, other) for one, other in (chance.sample(roles, 2) for _ in range(MANY))]


@pytest.mark.parametrize(("old", "into"), pairs(), ids=lambda words: words)
def test_who_takes_a_role_over_has_its_part_in_every_activity(reference: Path, old: str, into: str) -> None:
    before, files = load(reference).handbook, content(reference)
    change = None
    with suppress(CannotChange):
        change = merge_role(reference, TODAY, old, into)
    assert content(reference) == files
    if change is None:
        return
    write(reference, change.before, change.after)
    loaded = load(reference)
    after = {part.reference for part in parts(loaded.handbook)[into]}
    assert after == {part.reference for role in (old, into) for part in parts(before)[role]}
    errors = [diagnostic for diagnostic in all_findings(loaded, TODAY) if diagnostic.is_error]
    assert {diagnostic.rule.name for diagnostic in errors} <= ASKS_FOR
    assert set(errors) <= set(change.then)


def test_a_merged_role_is_named_no_more_and_its_file_says_why(given: Path, rolebook: Run) -> None:
    before = content(given)
    result = rolebook("-C", given, "merge-role", "specialist", "agent")
    assert result.code == 0
    assert result.out.startswith("Merged the role 'specialist' into 'agent': 10 references, 7 files.\n")
    assert "raci/roles/specialist.yaml: say under 'history' when and why it was merged\n" in result.out
    assert (
        "raci/job_descriptions/desk-agent.yaml:5:10: no duty of this job covers 2 activities of 'agent'" in result.out
    )
    assert changed_lines(given, before) == {
        "raci/job_descriptions/systems-engineer.yaml": ["carries: agent"],
        "raci/matrices/change.yaml": [
            "assess: {R: change-manager, A: change-manager, C: agent}",
            "carry-out: {R: agent, A: change-manager}",
        ],
        "raci/matrices/incident.yaml": [
            "diagnose: {R: agent, A: incident-manager}",
            "swarm: {R: [agent, incident-manager], A: incident-manager}",
        ],
        "raci/roles/specialist.yaml": ["status: merged", "merged_into: agent"],
        "raci/training_plans/changes.yaml": ["  roles: [change-manager, agent]"],
        "raci/training_plans/first-weeks.yaml": [
            "  roles: [agent, incident-manager]",
            "    for: [agent, incident-manager]",
        ],
    }
    assert b"deputies" not in content(given)["raci/roles/agent.yaml"]


@pytest.mark.parametrize(
    ("row", "merged"),
    [
        ("{R: agent, A: specialist}", "{R: specialist, A: specialist}"),
        ("{R: [agent, specialist], A: x}", "{R: [specialist], A: x}"),
        ("{R: agent, A: x, C: specialist, I: y}", "{R: specialist, A: x, I: y}"),
        ("{R: specialist, A: x, C: [agent, y]}", "{R: specialist, A: x, C: [y]}"),
        ("{R: x, A: x, C: agent, I: [specialist, y]}", "{R: x, A: x, C: specialist, I: [y]}"),
        ("{R: x, A: x, C: [specialist], I: agent}", "{R: x, A: x, C: [specialist]}"),
        ("{R: specialist, A: specialist, I: specialist, C: agent}", "{R: specialist, A: specialist, I: specialist}"),
        ("{R: x, A: x, C: specialist, I: specialist}", "{R: x, A: x, C: specialist, I: specialist}"),
        ("{R: [agent, agent], A: x}", "{R: [specialist], A: x}"),
    ],
)
def test_a_row_names_the_successor_in_no_letter_too_many(given: Path, row: str, merged: str) -> None:
    path = "raci/matrices/incident.yaml"
    row, merged = (words.replace("x", "incident-manager").replace("y", "outside/reader") for words in (row, merged))
    edit(given, path, "diagnose: {R: agent, A: incident-manager, C: specialist}", f"diagnose: {row} # why")
    change = merge_role(given, TODAY, "agent", "specialist")
    data = change.after[path]
    assert data is not None
    assert f"diagnose: {merged} # why\n" in data.decode()


def test_what_a_role_once_did_stays_its_own(given: Path) -> None:
    edit(given, "process_defs/improvements/swarming.yaml", "owner: incident-manager", "owner: agent")
    edit(given, "process_defs/improvements/swarming.yaml", "by: change-manager", "by: agent")
    edit(given, "raci/roles/specialist.yaml", "kind: expert", "kind: expert\nstatus: merged\nmerged_into: agent")
    change = merge_role(given, TODAY, "agent", "change-manager")
    assert {"process_defs/improvements/swarming.yaml", "raci/roles/specialist.yaml"}.isdisjoint(change.after)


@pytest.mark.parametrize("says", ["status: active # still", "status: retired"])
def test_a_status_that_is_written_changes_in_its_place(given: Path, says: str) -> None:
    edit(given, "raci/roles/agent.yaml", "function", f"{says}\nfunction")
    data = merge_role(given, TODAY, "agent", "change-manager").after["raci/roles/agent.yaml"]
    assert data is not None
    assert says.replace(says.split()[1], "merged") + "\nmerged_into: change-manager\nfunction" in data.decode()


@pytest.mark.parametrize(
    ("old", "into", "told"),
    [
        ("agent", "agent", "'agent' cannot be merged into itself"),
        ("agnet", "agent", "there is no role 'agnet': did you mean 'agent'?"),
        ("agent", "gone", "the role 'gone' is retired already\n  raci/roles/gone.yaml:2:9: this says so"),
        ("former", "agent", "the role 'former' was merged into 'agent' already\n  raci/roles/former.yaml:2:9: "),
    ],
)
def test_a_merger_that_makes_no_sense_is_refused(given: Path, rolebook: Run, old: str, into: str, told: str) -> None:
    rest = "function: it\npurpose: None.\n"
    (given / "raci/roles/gone.yaml").write_text(f"name: Gone\nstatus: retired\n{rest}", encoding="utf-8")
    (given / "raci/roles/former.yaml").write_text(
        f"name: Former\nstatus: merged\nmerged_into: agent\n{rest}", encoding="utf-8"
    )
    before = content(given)
    result = rolebook("-C", given, "merge-role", old, into)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"rolebook: nothing was changed: {told}")
    assert content(given) == before


def test_roles_that_must_not_meet_are_not_merged(given: Path, rolebook: Run) -> None:
    edit(
        given,
        "raci/roles/agent.yaml",
        "function",
        "incompatible_with: {role: change-manager, reason: Who asks must not decide.}\nfunction",
    )
    edit(
        given,
        "process_defs/processes/incident.yaml",
        "  - id: close",
        "    separate_from: change/assess\n  - id: close",
    )
    result = rolebook("-C", given, "merge-role", "specialist", "change-manager")
    assert result.code == 2
    assert result.err == (
        "rolebook: nothing was changed: 'specialist' and 'change-manager' must not become one role. If they did:\n"
        "  raci/roles/agent.yaml:5:11: 'specialist' deputises for 'agent' but must not be held together with it\n"
        "  raci/roles/agent.yaml:2:27: the rule stands here\n"
        "  raci/matrices/incident.yaml:3:13: 'change-manager' is responsible for both 'incident/swarm' and"
        " 'change/assess', which are kept apart\n"
        "  raci/matrices/change.yaml:1:13: 'change-manager' is responsible for 'change/assess' here\n"
        "  process_defs/processes/incident.yaml:35:20: that they are kept apart is written here\n"
    )
    assert "must not meet" in rolebook("-C", given, "merge-role", "agent", "change-manager").err


def test_a_role_that_nobody_misses_goes(given: Path, rolebook: Run) -> None:
    (given / "raci/roles/onlooker.yaml").write_text(LOOKER, encoding="utf-8")
    edit(given, "raci/matrices/change.yaml", "C: specialist", "C: [specialist, onlooker]")
    edit(given, "raci/matrices/change.yaml", "I: agent", "C: onlooker, I: agent")
    edit(given, "raci/roles/agent.yaml", "deputies: specialist", "deputies:\n  - onlooker # on Sundays\n  - specialist")
    edit(given, "raci/job_descriptions/desk-agent.yaml", "carries: agent", "carries: [agent, onlooker]")
    edit(given, "raci/training_plans/changes.yaml", "  roles: [", "  jobs: desk-agent\n  roles: [onlooker, ")
    before = content(given)
    result = rolebook("-C", given, "retire-role", "onlooker")
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        "Retired the role 'onlooker': 5 references, 5 files.\n\nWhat is to be done next:\n"
        "  raci/roles/onlooker.yaml: say under 'history' when and why it was retired\n"
    )
    assert changed_lines(given, before) == {
        "raci/job_descriptions/desk-agent.yaml": ["carries: [agent]"],
        "raci/matrices/change.yaml": [
            "assess: {R: change-manager, A: change-manager, C: [specialist]}",
            "carry-out: {R: specialist, A: change-manager, I: agent}",
        ],
        "raci/roles/agent.yaml": ["  # on Sundays"],
        "raci/roles/onlooker.yaml": ["status: retired"],
        "raci/training_plans/changes.yaml": ["  roles: [change-manager, specialist]"],
    }


def test_where_somebody_must_decide_every_place_is_told_and_nothing_is_done(given: Path, rolebook: Run) -> None:
    before = content(given)
    result = rolebook("-C", given, "retire-role", "incident-manager", "--diff")
    assert (result.code, result.out) == (2, "")
    message, *places = result.err.splitlines()
    assert message == (
        "rolebook: nothing was changed: 'incident-manager' cannot be retired before it is decided who takes over"
        " (or use 'rolebook merge-role')"
    )
    assert places == [
        "  process_defs/processes/incident.yaml:3:8: it answers for this process: name another owner",
        "  process_defs/processes/incident.yaml:58:12: it answers for this KPI: name another owner",
        "  raci/functions.yaml:10:11: it leads this function: name another head",
        "  raci/matrices/incident.yaml:1:20: it is accountable for 'log': make another role accountable",
        "  raci/matrices/incident.yaml:2:25: it is accountable for 'diagnose': make another role accountable",
        "  raci/matrices/incident.yaml:3:25: it is responsible for 'swarm': make another role responsible",
        "  raci/matrices/incident.yaml:3:47: it is accountable for 'swarm': make another role accountable",
        "  raci/matrices/incident.yaml:4:22: it is accountable for 'close': make another role accountable",
        "  raci/training_plans/first-weeks.yaml:2:8: it keeps this plan up to date: name another owner",
        "  raci/training_plans/first-weeks.yaml:10:12: it gives this training: name another trainer",
    ]
    assert content(given) == before


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("raci/job_descriptions/desk-agent.yaml", "carries: agent", "carries: onlooker", "carries no other role"),
        ("raci/training_plans/changes.yaml", "roles: [change-manager, specialist]", "roles: onlooker", "nobody else"),
        ("raci/training_plans/changes.yaml", "    teaches", "    for: onlooker\n    teaches", "no other role takes"),
        ("process_defs/improvements/swarming.yaml", "status: achieved", "status: approved", "sees this improvement"),
    ],
)
def test_a_role_does_not_go_where_nobody_else_is_left(given: Path, path: str, old: str, new: str, told: str) -> None:
    (given / "raci/roles/onlooker.yaml").write_text(LOOKER, encoding="utf-8")
    edit(given, path, old, new)
    if "improvements" in path:
        edit(given, path, "owner: incident-manager", "owner: onlooker")
    with pytest.raises(CannotChange) as refusal:
        retire_role(given, TODAY, "onlooker")
    assert [told in place.message for place in refusal.value.places] == [True]


def test_what_is_said_of_a_role_alone_goes_with_it(given: Path) -> None:
    (given / "raci/roles/onlooker.yaml").write_text(LOOKER, encoding="utf-8")
    rules = (
        "incompatible_with:\n  - role: agent\n    reason: So it is.\n  - role: onlooker # one\n    reason: So it is.\n"
    )
    edit(given, "raci/roles/change-manager.yaml", "function", f"{rules}function")
    waiver = "waivers:\n  - {of: duty, for: onlooker, reason: It only looks on.}\n"
    edit(given, "process_defs/improvements/swarming.yaml", "achieved: 2026-05-31\n", waiver)
    edit(given, "process_defs/improvements/swarming.yaml", "status: achieved", "status: approved")
    after = retire_role(given, TODAY, "onlooker").after
    assert b"incompatible_with:\n  - role: agent\n    reason: So it is.\n  # one\nfunction" in (
        after["raci/roles/change-manager.yaml"] or b""
    )
    assert b"waivers" not in (after["process_defs/improvements/swarming.yaml"] or b"waivers")
