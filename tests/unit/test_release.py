"""`rolebook release`: what it refuses, what it writes, and that it writes all or nothing."""

import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rolebook.checks import all_findings
from rolebook.checks.codes import rules
from rolebook.checks.renewal import UNTIL_RELEASED
from rolebook.diagnostic import Severity
from rolebook.loading import load
from rolebook.loading.snapshots import read_snapshot
from rolebook.model.released import released_in, to_release
from tests.conftest import TODAY, Result

Rolebook = Callable[..., Result]
RELEASES = "process_defs/releases"
ROLE = "raci/roles/agent.yaml"
IMPROVEMENT = "process_defs/improvements/swarming.yaml"
STEP_DATE = "2026-06-30"


@pytest.fixture(name="released")
def _released(given: Path, rolebook: Rolebook) -> Path:
    """The small handbook as release 1.0.0."""
    (given / "mkdocs.yml").write_text("site_name: Larkfield\n")
    release(rolebook, given, "1.0.0")
    return given


def release(rolebook: Rolebook, folder: Path, version: str, *more: str) -> None:
    result = rolebook("-C", folder, "release", version, "--date", STEP_DATE, *more)
    assert (result.code, result.err) == (0, "")


def change(folder: Path, words: str) -> None:
    """Have the handbook say something else."""
    file = folder / ROLE
    file.write_text(re.sub("^purpose: .*$", f"purpose: {words}", file.read_text(), flags=re.MULTILINE))


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def findings(rolebook: Rolebook, folder: Path, *more: str) -> list[str]:
    out = rolebook("-C", folder, "check", "--format", "concise", "--today", TODAY, "--select", "RB8", *more).out
    return [line for line in out.splitlines() if "RB8" in line]


def test_a_release_is_two_files_that_hold_what_it_brought(given: Path, rolebook: Rolebook) -> None:
    before = contents(given)
    result = rolebook("-C", given, "release", "1.0.0", "--date", STEP_DATE, "--note", "All that  holds:\nnow. # 1")
    assert (result.code, result.err) == (0, "")
    assert "Released 1.0.0 as of 2026-06-30, the first release:" in result.out
    assert "  swarming: Swarm on stopped branches" in result.out
    after = contents(given)
    assert after.keys() - before.keys() == {f"{RELEASES}/1.0.0.yaml", f"{RELEASES}/1.0.0.json"}
    assert {path: after[path] for path in before} == before
    loaded = load(given)
    told = loaded.handbook.releases["1.0.0"]
    assert loaded.diagnostics == ()
    assert (told.date.isoformat(), told.note, told.previous) == (STEP_DATE, "All that holds: now. # 1", None)
    assert told.improvements == ("swarming",)
    assert read_snapshot(given, "1.0.0").handbook == loaded.handbook
    assert findings(rolebook, given, "--all-releases") == []


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("1.0.yaml", "RB008", "the file's name is its version, but '1.0' is not a version"),
        ("first.yaml", "RB008", "'first' is not a version"),
        ("1.0.json", "RB010", "'1.0.json' does not end in '.yaml'"),
        ("1.0.0.json", "RB806", "this snapshot has no release"),
    ],
)
def test_what_lies_beside_releases_and_is_none_is_told(name: str, code: str, words: str, given: Path) -> None:
    (given / RELEASES).mkdir()
    (given / RELEASES / name).write_text(f"date: {STEP_DATE}\ndigest: {'0' * 64}\n")
    found = [d for d in all_findings(load(given), date.fromisoformat(TODAY)) if RELEASES in d.span.path]
    assert [d.rule.code for d in found] == [code]
    assert words in found[0].finding.message


def test_the_next_release_names_the_one_before_it(released: Path, rolebook: Rolebook) -> None:
    change(released, "Take every report, and see it through to its end.")
    release(rolebook, released, "1.1.0")
    releases = load(released).handbook.releases
    assert [*releases] == ["1.0.0", "1.1.0"]
    previous = releases["1.1.0"].previous
    assert previous
    assert (previous.version, previous.digest) == ("1.0.0", releases["1.0.0"].digest)
    assert releases["1.1.0"].improvements == ()
    assert findings(rolebook, released, "--all-releases") == []


def test_the_tenth_release_comes_after_the_ninth(released: Path, rolebook: Rolebook) -> None:
    for number in (2, 9, 10):
        change(released, f"Take report {number}.")
        release(rolebook, released, f"1.{number}.0")
    assert [*load(released).handbook.releases] == ["1.0.0", "1.2.0", "1.9.0", "1.10.0"]


def test_the_same_handbook_gives_the_same_bytes(given: Path, rolebook: Rolebook, tmp_path: Path) -> None:
    other = Path(shutil.copytree(given, tmp_path / "elsewhere"))
    for role in sorted((other / "raci/roles").iterdir(), reverse=True):
        words = role.read_text()
        role.unlink()
        role.write_text(f"# a comment\n{words}")
    for folder in (given, other):
        release(rolebook, folder, "1.0.0", "--note", "The first.")
    assert contents(given / RELEASES) == contents(other / RELEASES)


def test_a_dry_run_shows_the_release_and_writes_nothing(given: Path, rolebook: Rolebook) -> None:
    before = contents(given)
    result = rolebook("-C", given, "release", "1.0.0", "--date", STEP_DATE, "--dry-run")
    assert result.code == 0
    assert "Would release 1.0.0" in result.err
    assert contents(given) == before
    assert not (given / RELEASES).exists()
    release(rolebook, given, "1.0.0")
    assert (given / RELEASES / "1.0.0.yaml").read_text() == result.out


UNREPEATED = "Not repeated after this release, since 'rolebook check' compares with it from then on:"


def warned(rolebook: Rolebook, folder: Path) -> list[str]:
    """The warnings that compare with the newest release, as `release` shows them."""
    lines = rolebook("-C", folder, "check", "--format", "concise", "--today", TODAY).out.splitlines()
    parts = (re.fullmatch(r"(.*) warning\[(\w+)\] (.*)", line) for line in lines)
    return [f"  {part[1]} {part[3]} ({part[2]})" for part in parts if part and part[2] in UNTIL_RELEASED]


@pytest.mark.parametrize("is_done", [False, True])
def test_a_release_shows_the_warnings_that_end_with_it(is_done: bool, released: Path, rolebook: Rolebook) -> None:
    incident = released / "process_defs/processes/incident.yaml"
    incident.write_text(incident.read_text().replace("- Write down who", "- Write down when, who"))
    expected = warned(rolebook, released)
    assert [line[-6:-1] for line in expected] == ["RB810", "RB809", "RB509"]
    result = rolebook("-C", released, "release", "1.1.0", "--date", STEP_DATE, *([] if is_done else ["--dry-run"]))
    told = (result.out if is_done else result.err).splitlines()
    place = told.index(UNREPEATED) + 1
    assert (result.code, told[place : place + 3], told[place + 3 : place + 4]) == (0, expected, [""] * is_done)
    assert warned(rolebook, released) == ([] if is_done else expected)


def test_a_release_without_such_warnings_does_not_speak_of_them(given: Path, rolebook: Rolebook) -> None:
    assert UNREPEATED not in rolebook("-C", given, "release", "1.0.0", "--date", STEP_DATE).out


def test_of_many_such_warnings_ten_are_shown_and_the_others_are_counted(released: Path, rolebook: Rolebook) -> None:
    for folder in ("raci/roles", "raci/job_descriptions", "process_defs/processes"):
        for file in (released / folder).iterdir():
            file.write_text(re.sub("^purpose: ", "purpose: Do not ", file.read_text(), flags=re.MULTILINE))
    found = len(warned(rolebook, released))
    assert found > 10
    dry, done = (
        rolebook("-C", released, "release", "1.1.0", "--date", STEP_DATE, *more) for more in (["--dry-run"], [])
    )
    for told, where in (
        (dry.err, "'rolebook check' shows them all"),
        (done.out, "'rolebook diff 1.0.0 1.1.0' shows what changed"),
    ):
        shown = told.partition(f"{UNREPEATED}\n")[2].partition("\n\n")[0].splitlines()
        assert (len(shown), shown[-1]) == (11, f"  and {found - 10} more: {where}")


def test_every_warning_that_compares_with_the_newest_release_ends_with_the_next() -> None:
    compared = (rule for rule in rules().values() if "since the newest release" in rule.summary)
    assert {rule.code for rule in compared if rule.severity is Severity.WARNING} == UNTIL_RELEASED


REFUSED = {
    "1.1": "'1.1' is not a version: write three numbers",
    "01.1.0": "'01.1.0' is not a version",
    "1.1.0-rc1": "is not a version",
    "../1.1.0": "is not a version",
    "v1.1.0": "is not a version",
    "1.1.٣": "is not a version",
    "9999999.0.0": "is not a version",
    "1.0.0": "1.0.0 is not above 1.0.0, the newest release: the next ones are 1.0.1, 1.1.0 and 2.0.0",
    "0.9.9": "0.9.9 is not above 1.0.0",
}


@pytest.mark.parametrize("version", REFUSED)
def test_a_version_is_three_numbers_above_the_last(version: str, released: Path, rolebook: Rolebook) -> None:
    change(released, "Take them all.")
    before = contents(released)
    result = rolebook("-C", released, "release", version, "--date", STEP_DATE)
    assert result.code == 2
    assert REFUSED[version] in result.err
    assert contents(released) == before


def test_nothing_is_released_that_says_what_the_last_release_said(released: Path, rolebook: Rolebook) -> None:
    file = released / ROLE
    file.write_text(f"# reformatted\n{file.read_text()}")
    result = rolebook("-C", released, "release", "1.1.0", "--date", STEP_DATE)
    assert (result.code, result.out) == (2, "")
    assert result.err == "rolebook: nothing was released: nothing that the handbook says has changed since 1.0.0\n"


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-06-29", "2026-06-29 is before 2026-06-30, the day of 1.0.0"), ("2999-01-01", "has not come yet")],
)
def test_a_release_is_of_a_day_between_the_last_one_and_today(
    day: str, words: str, released: Path, rolebook: Rolebook
) -> None:
    change(released, "Take them all.")
    for job in (released / "raci/job_descriptions").iterdir():
        job.write_text(re.sub("next_review: ....", "next_review: 3000", job.read_text()))
    result = rolebook("-C", released, "release", "1.1.0", "--date", day)
    assert (result.code, result.out) == (2, "")
    assert words in result.err


def test_a_handbook_with_errors_is_not_released(given: Path, rolebook: Rolebook) -> None:
    (given / ROLE).write_text((given / ROLE).read_text().replace("specialist", "specialst"))
    result = rolebook("-C", given, "release", "1.0.0", "--date", STEP_DATE)
    assert result.code == 1
    assert "RB101" in result.out
    assert result.err == "rolebook: 1.0.0 is not released: a release has no errors\n"
    assert not (given / RELEASES).exists()


def test_a_folder_without_a_handbook_is_told(tmp_path: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", tmp_path, "release", "1.0.0")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "no handbook here" in result.err
    assert [*tmp_path.iterdir()] == []


def test_a_note_that_nobody_can_see_is_not_taken(given: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", given, "release", "1.0.0", "--date", STEP_DATE, "--note", "a\u202eb")
    assert result.code == 2
    assert "the note cannot be taken" in result.err


def test_an_earlier_release_that_was_changed_keeps_the_next_from_being_made(released: Path, rolebook: Rolebook) -> None:
    change(released, "Take every report.")
    release(rolebook, released, "1.1.0")
    snapshot = released / RELEASES / "1.0.0.json"
    snapshot.write_bytes(snapshot.read_bytes().replace(b"Find the cause", b"Find a culprit"))
    assert findings(rolebook, released) == []
    assert [*map(str, findings(rolebook, released, "--all-releases"))] != []
    change(released, "Take them all.")
    before = contents(released)
    (released / "process_defs/checks.yaml").write_text(
        "checks: {check: RB807, severity: warning, reason: Somebody tried to get around it.}\n"
    )
    result = rolebook("-C", released, "release", "1.2.0", "--date", STEP_DATE)
    assert result.code == 2
    assert "what was released before is not what it was" in result.err
    assert "process_defs/releases/1.0.0.yaml" in result.err
    assert contents(released / RELEASES) == {
        path.removeprefix(f"{RELEASES}/"): data for path, data in before.items() if path.startswith(RELEASES)
    }


def test_an_improvement_is_consolidated_once_whatever_it_is_called_later(released: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", released, "rename", "improvement", "swarming", "swarm-at-once")
    assert result.code == 0, result.err
    handbook = load(released).handbook
    assert released_in(handbook)["swarm-at-once"].id == "1.0.0"
    assert to_release(handbook) == ()
    assert "swarming" in (released / RELEASES / "1.0.0.yaml").read_text()
    assert rolebook("-C", released, "check", "--today", TODAY, "--all-releases").code == 0


def test_an_improvement_that_has_not_reached_everybody_waits(given: Path) -> None:
    assert [improvement.id for improvement in to_release(load(given).handbook)] == ["swarming"]
    file = given / "raci/job_descriptions/systems-engineer.yaml"
    file.write_text(file.read_text().replace("incident/swarm", "incident/diagnose"))
    assert to_release(load(given).handbook) == ()


def test_what_an_improvement_excused_from_is_told_by_its_release(given: Path, rolebook: Rolebook) -> None:
    reason = "Has done so for years, every night: see the agreement with the library, which says so on its last page."
    with (given / IMPROVEMENT).open("a") as file:
        file.write(f'waivers:\n  - of: training\n    for: incident-manager\n    reason: "{reason}"\n')
    plan = given / "raci/training_plans/first-weeks.yaml"
    assert "incident-manager" in plan.read_text()
    result = rolebook("-C", given, "release", "1.0.0", "--date", STEP_DATE)
    assert result.code == 0, result.out
    (told,) = load(given).handbook.releases["1.0.0"].waivers
    assert (told.improvement, told.of, told.for_, told.reason) == ("swarming", "training", "incident-manager", reason)


def test_whole_names_leave_what_was_released(released: Path, rolebook: Rolebook) -> None:
    before = contents(released / RELEASES)
    result = rolebook("-C", released, "rename", "role", "agent", "desk-agent")
    assert result.code == 0, result.err
    assert RELEASES not in result.out
    assert contents(released / RELEASES) == before
    assert rolebook("-C", released, "check", "--fix", "--unsafe-fixes", "--today", TODAY).code == 0
    assert contents(released / RELEASES) == before


def test_what_a_release_says_is_no_mention_of_what_is_now(released: Path, rolebook: Rolebook) -> None:
    change(released, "Take them all.")
    release(rolebook, released, "1.1.0", "--note", "The change manager decides now, and the agent is told.")
    result = rolebook("-C", released, "rename", "role", "change-manager", "change-lead")
    assert result.code == 0
    assert RELEASES not in result.out


def test_only_the_newest_snapshot_is_looked_into(
    released: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 6):
        change(released, f"Take report {number}.")
        release(rolebook, released, f"1.{number}.0")
    from rolebook.loading.snapshots import looking

    looked: list[str] = []
    look_into = looking.look_into

    def counting(directory: Path, version: str) -> Any:
        looked.append(version)
        return look_into(directory, version)

    monkeypatch.setattr(looking, "look_into", counting)
    load(released)
    assert looked == ["1.5.0"]
    load(released, all_releases=True)
    assert looked[1:] == [f"1.{number}.0" for number in range(6)]


def visible(folder: Path) -> dict[str, bytes]:
    """The files that readers of a handbook look at, without what was left beside them."""
    return {path: data for path, data in contents(folder).items() if "/." not in path}


class Failing:
    """A function of the system that works, but for one call."""

    def __init__(self, function: Callable[..., Any], failing: int) -> None:
        self.function = function
        self.left = failing

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.function(*arguments, **options)


@pytest.mark.parametrize("step", ["open", "fsync", "link", "mkdir", "unlink"])
def test_whatever_step_fails_it_is_all_or_nothing_and_a_repeat_succeeds(
    step: str, given: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = visible(given)
    made = {f"{RELEASES}/1.0.0.yaml", f"{RELEASES}/1.0.0.json"}
    for attempt in range(1, 1000):
        folder = Path(shutil.copytree(given, tmp_path / f"{step}-{attempt}"))
        with monkeypatch.context() as patched:
            failing = Failing(getattr(os, step), attempt)
            patched.setattr(os, step, failing)
            result = rolebook("-C", folder, "release", "1.0.0", "--date", STEP_DATE)
        after = visible(folder)
        assert after.keys() - before.keys() in (set(), made), (attempt, result)
        assert {path: after[path] for path in before} == before
        if failing.left > 0:
            assert (result.code, attempt > 1) == (0, True)
            return
        if made - after.keys():
            assert result.code in (1, 2), (attempt, result)
            release(rolebook, folder, "1.0.0")
        assert findings(rolebook, folder, "--all-releases") == []


def test_a_release_that_was_interrupted_is_finished_by_repeating_it(given: Path, rolebook: Rolebook) -> None:
    release(rolebook, given, "1.0.0")
    whole = contents(given)
    (given / RELEASES / "1.0.0.yaml").unlink()
    assert "RB806" in findings(rolebook, given)[0]
    result = rolebook("-C", given, "release", "1.0.0", "--date", STEP_DATE)
    assert result.code == 0, result.err
    assert "1.0.0.json (it lay there already)" in result.out
    assert contents(given) == whole


def test_the_snapshot_of_another_state_is_not_taken_for_its_own(given: Path, rolebook: Rolebook) -> None:
    release(rolebook, given, "1.0.0")
    (given / RELEASES / "1.0.0.yaml").unlink()
    change(given, "Take them all.")
    result = rolebook("-C", given, "release", "1.0.0", "--date", STEP_DATE)
    assert result.code == 2
    assert "1.0.0.json lies there already and says something else" in result.err


def command(folder: Path, version: str) -> list[str]:
    return [sys.executable, "-m", "rolebook", "-C", str(folder), "release", version, "--date", STEP_DATE]


def test_whenever_it_is_killed_what_was_released_is_whole_and_a_repeat_succeeds(
    released: Path, rolebook: Rolebook, tmp_path: Path
) -> None:
    change(released, "Take them all.")
    before = contents(released / RELEASES)
    began = time.monotonic()
    whole = Path(shutil.copytree(released, tmp_path / "whole"))
    subprocess.run(command(whole, "1.1.0"), check=True, capture_output=True)
    takes = time.monotonic() - began
    for attempt in range(10):
        folder = Path(shutil.copytree(released, tmp_path / f"killed-{attempt}"))
        with subprocess.Popen(command(folder, "1.1.0"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            time.sleep(takes * (0.55 + attempt * 0.05))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        there = contents(folder / RELEASES)
        assert {name: there[name] for name in before} == before
        if "1.1.0.yaml" not in there:
            release(rolebook, folder, "1.1.0")
        assert visible(folder) == visible(whole)


def test_of_releases_at_the_same_time_none_is_lost(released: Path, rolebook: Rolebook) -> None:
    change(released, "Take them all.")

    def run(number: int) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command(released, f"1.{number}.0"), check=False, capture_output=True)

    with ThreadPoolExecutor(4) as pool:
        results = [*pool.map(run, range(1, 5))]
    made = [number for number, result in enumerate(results, 1) if result.returncode == 0]
    assert made
    assert [*load(released).handbook.releases] == ["1.0.0", *(f"1.{number}.0" for number in made)]
    assert all(b"nothing" in r.stderr or b"another run" in r.stderr for r in results if r.returncode)
    assert findings(rolebook, released, "--all-releases") == []
    assert [path.name for path in (released / "process_defs").iterdir() if path.name.startswith(".")] == []


def test_the_reference_handbook_can_be_released(reference: Path, rolebook: Rolebook) -> None:
    before = contents(reference)
    again = rolebook("-C", reference, "release", "9.0.0", "--date", TODAY)
    assert (again.code, "nothing that the handbook says has changed" in again.err) == (2, True)
    glossary = reference / "process_defs/glossary.yaml"
    glossary.write_text(glossary.read_text("utf-8").replace("means: ", "means: In short, ", 1), "utf-8")
    result = rolebook("-C", reference, "release", "9.0.0", "--date", TODAY)
    assert result.code == 0, result.out
    assert read_snapshot(reference, "9.0.0").handbook == load(reference).handbook
    earlier = {path: data for path, data in before.items() if "/releases/" in path}
    assert earlier == {path: data for path, data in contents(reference).items() if path in earlier}
    assert ": no findings" in rolebook("-C", reference, "check", "--today", TODAY).out


def test_without_a_release_the_first_version_is_proposed(given: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", given, "release", "--bump")
    assert result == (0, "There is no release yet. The first one is 1.0.0: 'rolebook release 1.0.0'\n", "")


@pytest.mark.parametrize(
    ("path", "old", "new", "version", "told"),
    [
        (
            "raci/matrices/incident.yaml",
            "A: incident-manager",
            "A: agent",
            "2.0.0",
            "Incident Manager is no longer accountable for",
        ),
        (
            "raci/matrices/incident.yaml",
            "R: [specialist, incident-manager]",
            "R: incident-manager",
            "1.1.0",
            "Technical Specialist is no longer responsible for",
        ),
        (
            "process_defs/glossary.yaml",
            "means: ",
            "means: In short, ",
            "1.0.1",
            "1.0.1 is the next version after 1.0.0: nobody has to do anything otherwise.",
        ),
    ],
)
def test_the_next_version_follows_from_what_changes_for_people(
    released: Path, rolebook: Rolebook, path: str, old: str, new: str, version: str, told: str
) -> None:
    file = released / path
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))
    before = contents(released)
    result = rolebook("-C", released, "release", "--bump")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"{version} is the next version after 1.0.0: ")
    assert told in result.out
    assert result.out.endswith(f"Release it with 'rolebook release {version}'.\n")
    assert contents(released) == before


def test_nothing_is_proposed_where_nothing_changed(released: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", released, "release", "--bump")
    assert (result.code, result.out) == (2, "")
    assert "nothing that the handbook says has changed since 1.0.0" in result.err


@pytest.mark.parametrize("arguments", [(), ("1.0.0", "--bump")])
def test_a_version_is_either_named_or_proposed(released: Path, rolebook: Rolebook, arguments: tuple[str, ...]) -> None:
    result = rolebook("-C", released, "release", *arguments)
    assert result.code == 2
    assert "Name a VERSION such as 1.2.0, or have one proposed with '--bump'." in result.err
