"""What roles are due to be trained in because of changes: what plans say, and what is new to a role."""

from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType

import pytest
from markupsafe import escape

from rolebook.comparing.due import asked_for, concerned, due_by_version, due_since
from rolebook.comparing.effects import effects
from rolebook.comparing.since import history, since_release
from rolebook.editing.files.writing import write
from rolebook.editing.names.merging import merge_role
from rolebook.editing.names.renaming import rename
from rolebook.loading import load
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.pages.packs import Edition, delta, since
from rolebook.rendering import Look
from tests.conftest import ROOT
from tests.unit.test_comparing import INCIDENT, MATRIX, PLAN
from tests.unit.test_editing_properties import TODAY
from tests.unit.test_pages_news import CLOSE, COURSE, REWORDED, Released, edited, with_releases
from tests.unit.test_pages_news import _before as _before
from tests.unit.test_pages_news import _released as _released

WITHIN = "  within_days: 30\n"
STEP = (INCIDENT, "Write down who reports what.", "Write down who reports what, and where they sit.")
TELLS_MORE = (PLAN, "      - The ticket and its fields.\n", "      - The ticket and its fields.\n      - The lamp.\n")


def rule(said: str) -> tuple[str, str, str]:
    """The plan of the first weeks with a rule for releases."""
    return (PLAN, WITHIN, f"{WITHIN}  on_release: {said}\n")


def due(handbook: Handbook) -> dict[str, list[str]]:
    """What is due by the newest release, by role."""
    *_, newest = due_by_version(handbook).values()
    return {role: [f"{plan.id}/{module.id}" for plan, module in modules] for role, modules in newest.items()}


@cache
def reference() -> Handbook:
    return load(ROOT, all_releases=True).handbook


# The rule of a plan


def test_of_changed_modules_those_are_due_that_teach_what_a_role_does_otherwise(released: Released) -> None:
    assert due(released([rule("changed-modules")], [STEP])) == {
        "agent": ["first-weeks/reports"],
        "incident-manager": ["first-weeks/swarming"],
    }


def test_a_module_that_teaches_a_whole_process_is_for_who_answers_for_what_changed(released: Released) -> None:
    found = due(released([rule("changed-modules")], [STEP]))
    assert "specialist" not in found, "it takes the same module, and does nothing in what changed"
    assert found["incident-manager"] == ["first-weeks/swarming"]


def test_a_module_that_says_something_else_is_due_for_all_who_take_it(released: Released) -> None:
    assert due(released([rule("changed-modules")], [TELLS_MORE])) == {"agent": ["first-weeks/reports"]}


@pytest.mark.parametrize("plan", ["", "none"])
def test_without_a_rule_or_with_none_a_release_makes_nothing_due(released: Released, plan: str) -> None:
    first = [rule(plan)] if plan else [REWORDED]
    back = [] if plan else [(REWORDED[0], REWORDED[2], REWORDED[1])]
    assert due(released(first, [*back, TELLS_MORE])) == {}


def test_of_all_modules_every_one_is_due_as_soon_as_one_is_concerned(released: Released) -> None:
    second = (PLAN, "    for: [specialist, incident-manager]\n", "")
    assert due(released([rule("all"), second], [TELLS_MORE])) == {
        "agent": ["first-weeks/reports", "first-weeks/swarming"]
    }


def test_of_all_modules_none_is_due_where_none_is_concerned(released: Released) -> None:
    later = (PLAN, "minutes: 90", "minutes: 95")
    assert due(released([rule("all")], [later])) == {}


@pytest.mark.parametrize("said", ["changed-modules", "all"])
def test_other_words_make_nothing_due(released: Released, said: str) -> None:
    assert due(released([rule(said)], [REWORDED])) == {}


# What is new to a role


@pytest.mark.parametrize("said", ["changed-modules", "none"])
def test_a_module_that_is_new_to_a_role_is_due_whatever_the_plan_says(released: Released, said: str) -> None:
    assert due(released([rule(said)], [COURSE])) == {"specialist": ["first-weeks/closing"]}


def test_what_a_role_is_newly_responsible_for_it_is_due_to_learn(released: Released) -> None:
    teaches = (PLAN, "teaches: [incident/swarm, incident]", "teaches: [incident/swarm, incident/close]")
    found = due(released([rule("changed-modules"), teaches], [CLOSE]))
    assert found["specialist"] == ["first-weeks/swarming"]


def test_what_a_role_no_longer_does_or_is_only_told_of_is_nothing_to_learn(released: Released) -> None:
    told = (MATRIX, "log: {R: agent, A: incident-manager", "log: {R: agent, A: incident-manager, C: specialist")
    teaches = (PLAN, "teaches: [incident/swarm, incident]", "teaches: [incident/swarm, incident/log]")
    assert due(released([rule("changed-modules"), teaches], [CLOSE, told])) == {}


# Versions


def test_the_first_release_and_what_cannot_be_compared_ask_for_nothing(released: Released) -> None:
    handbook = released([rule("changed-modules")], [STEP])
    assert [*due_by_version(handbook)] == ["1.1.0", "1.2.0"]
    unread = {version: then for version, then in handbook.past.items() if version != "1.1.0"}
    assert [*due_by_version(replace(handbook, past=MappingProxyType(unread)))] == []


def test_what_is_not_released_yet_is_due_with_its_next_release(released: Released) -> None:
    handbook = released([rule("changed-modules")], unreleased=[TELLS_MORE])
    comparison = since_release(handbook)
    assert comparison
    assert [*due_since(handbook, comparison)] == ["agent"]
    assert due(handbook) == {}


def test_an_earlier_release_is_told_in_the_ids_that_there_are_now(released: Released) -> None:
    renamed = (PLAN, "  - id: reports\n", "  - id: tickets\n    formerly: [first-weeks/reports]\n")
    handbook = released([rule("changed-modules")], [TELLS_MORE], [renamed])
    earlier = due_by_version(handbook)["1.2.0"]
    assert [(role, *(m.id for _, m in modules)) for role, modules in earlier.items()] == [("agent", "tickets")]


def test_what_a_release_asked_of_a_role_that_was_renamed_or_merged_is_asked_of_what_it_is_now(before: Path) -> None:
    second = edited(before, [rule("changed-modules")])
    third = edited(second, [TELLS_MORE])
    for name, change in (
        ("desk-agent", partial(rename, kind="role", old="agent", new="desk-agent")),
        ("specialist", partial(merge_role, old="agent", into="specialist")),
    ):
        fourth = edited(third, [])
        found = change(fourth, TODAY)
        write(fourth, found.before, found.after)
        earlier = due_by_version(with_releases(fourth, [before, second, third]))["1.2.0"]
        assert [(role, *(m.id for _, m in modules)) for role, modules in earlier.items()] == [(name, "reports")]


def test_what_nobody_takes_any_more_is_not_due_and_was_asked_for(released: Released) -> None:
    handbook = released([rule("changed-modules")], [COURSE], [(PLAN, COURSE[2], COURSE[1])])
    assert due_by_version(handbook)["1.2.0"] == {}
    step = history(handbook)[2]
    assert step.comparison
    assert [*asked_for(step.comparison, effects(step.comparison))] == ["specialist"]


# The reference handbook


def test_what_is_due_is_always_something_that_the_role_takes() -> None:
    taken = modules_by_role(reference())
    found = [(role, set(modules)) for due in due_by_version(reference()).values() for role, modules in due.items()]
    assert found
    assert all(modules <= set(taken[role]) for role, modules in found)


@pytest.mark.parametrize("version", ["1.1.0", "1.2.0", "1.3.0", "2.0.0"])
def test_each_module_concerned_of_a_plan_that_wants_it_is_due_and_nothing_without_a_change(version: str) -> None:
    step = next(step for step in history(reference()) if step.release and step.release.id == version)
    assert step.comparison
    found = effects(step.comparison)
    asked = asked_for(step.comparison, found)
    assert set(asked) <= {one.who.reference for one in found.roles}
    for one in found.roles:
        role = one.who.reference
        reasons = concerned(step.comparison.new, role, one.effects)
        plans = {plan.id for plan, _ in reasons}
        wanted = {(p, m) for p, m in reasons if p.when and p.when.on_release in ("changed-modules", "all")}
        assert wanted <= set(asked.get(role, ()))
        assert {plan.id for plan, _ in asked.get(role, ())} <= plans


def test_a_pack_of_what_changed_has_the_modules_that_are_due() -> None:
    handbook = reference()
    past = since(handbook, "1.3.0")
    for role, modules in due_since(handbook, past.comparison).items():
        packed = delta(handbook, role, past, Edition(since="1.3.0"), Look(), None)
        assert packed
        named = [module.name for plan, module in modules if plan.when and plan.when.on_release == "changed-modules"]
        assert [name for name in named if escape(name) not in packed.body] == [], role
