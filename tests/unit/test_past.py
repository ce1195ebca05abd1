"""A handbook knows what it said in its releases, and pays only for what has changed since."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook.comparing.change import Kind
from rolebook.comparing.since import history, latest, since_release
from rolebook.loading import load
from rolebook.loading.snapshots import read_snapshot
from rolebook.model.handbook import Handbook
from tests.conftest import Result

Rolebook = Callable[..., Result]
ROLE = "raci/roles/agent.yaml"
FIRST, SECOND = "Answers every call.", "Answers every call within a minute."


@pytest.fixture(name="released")
def _released(given: Path, rolebook: Rolebook) -> Path:
    """The small handbook with two releases, and a change since: each time the agent's purpose."""
    for version, purpose in (("1.0.0", FIRST), ("1.1.0", SECOND)):
        change(given, purpose)
        result = rolebook("-C", given, "release", version, "--date", "2026-06-30")
        assert (result.code, result.err) == (0, "")
    change(given, "Answers nobody.")
    return given


def change(folder: Path, purpose: str) -> None:
    file = folder / ROLE
    file.write_text(re.sub("^purpose: .*$", f"purpose: {purpose}", file.read_text(), flags=re.MULTILINE))


def purpose(handbook: Handbook) -> str:
    return str(handbook.roles["agent"].purpose)


def test_the_newest_release_is_read_and_all_of_them_when_asked(released: Path) -> None:
    assert [*load(released).handbook.past] == ["1.1.0"]
    past = load(released, all_releases=True).handbook.past
    assert [(version, purpose(then)) for version, then in past.items()] == [("1.0.0", FIRST), ("1.1.0", SECOND)]
    assert all(past[version] == read_snapshot(released, version).handbook for version in past)


def test_what_did_not_change_is_the_very_same(released: Path) -> None:
    handbook = load(released, all_releases=True).handbook
    then = handbook.past["1.0.0"]
    assert then.roles["agent"] is not handbook.roles["agent"]
    assert all(then.roles[id] is role for id, role in handbook.roles.items() if id != "agent")
    assert then.processes.keys() == handbook.processes.keys()
    assert all(then.processes[id] is process for id, process in handbook.processes.items())


def test_a_handbook_is_compared_with_its_newest_release(released: Path) -> None:
    found = since_release(load(released).handbook)
    assert found is not None
    assert [(change.kind, change.thing.reference, change.field) for change in found.changes] == [
        (Kind.CHANGED, "agent", "purpose")
    ]


def test_each_release_is_compared_with_the_one_before(released: Path) -> None:
    first, second = history(load(released, all_releases=True).handbook)
    assert (first.release, first.before, first.comparison) == (load(released).handbook.releases["1.0.0"], None, None)
    assert second.release
    assert second.release.id == "1.1.0"
    assert second.before == first.release
    assert second.comparison is not None
    assert [change.thing.reference for change in second.comparison.changes] == ["agent"]


def test_the_latest_step_is_the_last_that_changed_a_process(given: Path, rolebook: Rolebook) -> None:
    def of() -> tuple[str, ...] | None:
        step = latest(load(given, all_releases=True).handbook)
        return tuple(one.id if one else "" for one in (step.release, step.before)) if step else None

    def release(version: str) -> None:
        assert rolebook("-C", given, "release", version, "--date", "2026-06-30").code == 0

    assert of() is None
    release("1.0.0")
    assert of() is None
    file = given / "process_defs/processes/change.yaml"
    file.write_text(file.read_text().replace("Change systems without new faults.", "Change nothing on a Friday."))
    assert of() == ("", "1.0.0")
    release("1.1.0")
    assert of() == ("1.1.0", "1.0.0")
    change(given, FIRST)
    release("1.1.1")
    change(given, SECOND)
    assert of() == ("1.1.0", "1.0.0")


def test_what_cannot_be_read_does_not_count_as_gone(released: Path) -> None:
    (released / ROLE).write_text("name: [")
    handbook = load(released).handbook
    assert (dict(handbook.past), since_release(handbook)) == ({}, None)


def test_a_handbook_without_releases_has_no_past(given: Path) -> None:
    handbook = load(given, all_releases=True).handbook
    assert (dict(handbook.past), since_release(handbook), history(handbook)) == ({}, None, ())


def test_a_damaged_snapshot_is_left_out(released: Path) -> None:
    snapshot = released / "process_defs/releases/1.0.0.json"
    snapshot.write_text("\n".join(snapshot.read_text().splitlines()[:-1]) + "\n{\n")
    handbook = load(released, all_releases=True).handbook
    assert [*handbook.past] == ["1.1.0"]
    assert [step.comparison for step in history(handbook)] == [None, None]
