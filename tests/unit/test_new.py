"""`rolebook new`: new files have a place for all that is to be written, and fit in with those that are there."""

import errno
import os
import re
import shlex
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.diagnostic import Diagnostic
from rolebook.editing.drafts import content
from rolebook.editing.drafts.making import make
from rolebook.editing.drafts.skeleton import LONGEST
from rolebook.editing.files.writing import write
from rolebook.loading import load
from rolebook.model.backlinks import kpis_owned
from rolebook.model.coverage import modules_by_role, must_know, parts, teaches
from rolebook.model.raci import Involvement
from tests.conftest import ROOT, TODAY, Result

Rolebook = Callable[..., Result]
DAY = date.fromisoformat(TODAY)
NEW = {
    "process": ("process_defs/processes/fresh.yaml", "raci/matrices/fresh.yaml"),
    "role": ("raci/roles/fresh.yaml",),
    "job": ("raci/job_descriptions/fresh.yaml",),
    "plan": ("raci/training_plans/fresh.yaml",),
    "improvement": ("process_defs/improvements/fresh.yaml",),
}
"""What `rolebook new <kind> fresh` makes."""

VALUES = {
    "R": "specialist",
    "A": "incident-manager",
    "area": "service-support",
    "formats": "classroom",
    "function": "it",
    "minutes": "60",
    "owner": "incident-manager",
    "trainer": "change-manager",
    "roles": "specialist",
    "fulfils": "incident/swarm",
    "within_days": "30",
    "carries": "specialist",
    "teaches": "incident",
}
"""What the author of a test writes for a key; a sentence for the others."""

ASKED_FOR = {
    "process": {"RB402", "RB502", "RB802"},
    "role": {"RB105"},
    "job": {"RB402", "RB411", "RB601", "RB802"},
    "plan": {"RB504"},
    "improvement": set[str](),
}
"""What something new asks for once it is filled in: duties, training, a superior, an approval, to be used at all."""


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def found(folder: Path) -> tuple[Diagnostic, ...]:
    return all_findings(load(folder), DAY)


def fill_in(folder: Path) -> None:
    """Write something at each place that `check` points at as empty."""
    for diagnostic in found(folder):
        if diagnostic.rule.name != "missing-key":
            continue
        file = folder / diagnostic.span.path
        lines = file.read_text(encoding="utf-8").split("\n")
        at = diagnostic.span.line - 1
        key = lines[at].partition(":")[0].strip(" -")
        value = VALUES.get(key, "open-on-time" if key == "objectives" else f"Words for line {at}")
        lines[at] = lines[at][: diagnostic.span.column - 1] + f" {value}" + lines[at][diagnostic.span.column - 1 :]
        file.write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("kind", NEW)
@pytest.mark.parametrize("handbook", ["given", "reference"])
def test_what_is_new_has_nothing_wrong_but_its_empty_places(
    request: pytest.FixtureRequest, rolebook: Rolebook, handbook: str, kind: str
) -> None:
    folder: Path = request.getfixturevalue(handbook)
    before = bytes_of(folder)
    result = rolebook("-C", folder, "new", kind, "fresh")
    after = bytes_of(folder)
    assert (result.code, result.err) == (0, "")
    assert {path: after.get(path) for path in before} == before
    assert after.keys() - before.keys() == set(NEW[kind])
    new = found(folder)
    assert {d.rule.name for d in new} == {"missing-key"}
    assert {d.span.path for d in new} == set(NEW[kind])
    assert f"Fill in the {len(new)} empty places" in result.out
    for path in NEW[kind]:
        assert f"Made {path}\n" in result.out


@pytest.mark.parametrize("kind", NEW)
def test_once_filled_in_it_says_what_it_must(given: Path, rolebook: Rolebook, kind: str) -> None:
    rolebook("-C", given, "new", kind, "fresh")
    fill_in(given)
    loaded = load(given)
    assert loaded.diagnostics == ()
    assert loaded.handbook.lost == ()
    assert {d.rule.code for d in found(given)} <= ASKED_FOR[kind]


def test_comments_leave_room_to_read_them(reference: Path, rolebook: Rolebook) -> None:
    for kind in NEW:
        rolebook("-C", reference, "new", kind, "fresh")
        lines = [line for path in NEW[kind] for line in (reference / path).read_text(encoding="utf-8").splitlines()]
        assert max(map(len, lines)) <= LONGEST


def test_a_process_comes_with_a_line_for_each_activity(given: Path, rolebook: Rolebook) -> None:
    asked = ("--owner", "change-manager", "--area", "service-support", "--activity", "log", "--activity", "repair")
    rolebook("-C", given, "new", "process", "fresh", "--name", "Fresh Work", *asked)
    handbook = load(given).handbook
    process = handbook.processes["fresh"]
    assert (process.name, process.owner, process.area) == ("Fresh Work", "change-manager", "service-support")
    assert [activity.id for activity in process.activities] == ["log", "repair"]
    assert [row.activity for row in handbook.matrices["fresh"].rows] == ["log", "repair"]


def roles() -> list[str]:
    """Some roles of the reference handbook; in the large sweep all that do something."""
    if not os.environ.get("ROLEBOOK_FULL"):
        return ["service-desk-analyst", "change-manager", "it-director", "monitoring-engineer"]
    handbook = load(ROOT).handbook
    return [str(role) for role in handbook.roles if any(map(must_know, parts(handbook).get(role, ())))]


@pytest.mark.parametrize("role", roles())
def test_a_job_has_a_duty_for_all_that_its_role_does_and_answers_for(
    reference: Path, rolebook: Rolebook, role: str
) -> None:
    asked = ("--carries", role, "--reports-to", "director-of-it", "--function", "assurance")
    rolebook("-C", reference, "new", "job", "fresh", *asked)
    fill_in(reference)
    handbook = load(reference).handbook
    job = handbook.jobs["fresh"]
    own = [part for part in parts(handbook)[role] if must_know(part)]
    does = [part.reference for part in own if Involvement.RESPONSIBLE in part.involvements]
    assert [activity for duty in job.duties for activity in duty.fulfils] == does
    answered = [process for duty in job.duties for process in duty.answers_for]
    assert answered == list(dict.fromkeys(part.process.id for part in own if part.reference not in does))
    kpis = [f"{process.id}/{kpi.id}" for process, kpi in kpis_owned(handbook).get(role, ())]
    assert [objective.kpi for objective in job.objectives] == kpis
    assert [diagnostic.rule.code for diagnostic in found(reference)] == ["RB802"]


@pytest.mark.parametrize("role", roles())
def test_a_plan_teaches_a_role_what_it_does_and_answers_for(reference: Path, rolebook: Rolebook, role: str) -> None:
    rolebook("-C", reference, "new", "plan", "fresh", "--for", role, "--owner", "change-manager")
    fill_in(reference)
    handbook = load(reference).handbook
    own = [part for part in parts(handbook)[role] if must_know(part)]
    assert all(any(teaches(module, part) for module in handbook.plans["fresh"].modules) for part in own)
    assert {diagnostic.rule.code for diagnostic in found(reference)} == {"RB504"}


def test_a_plan_teaches_all_that_its_roles_have_to_know(given: Path, rolebook: Rolebook) -> None:
    for plan in (given / "raci/training_plans").iterdir():
        plan.unlink()
    trained = [role for role in load(given).handbook.roles if any(map(must_know, parts(load(given).handbook)[role]))]
    asked = [word for role in trained for word in ("--for", role)]
    rolebook("-C", given, "new", "plan", "fresh", "--owner", "incident-manager", *asked)
    fill_in(given)
    assert sorted({d.rule.code for d in found(given)}) == ["RB504"]
    handbook = load(given).handbook
    assert set(modules_by_role(handbook)) == set(trained)
    assert all(len(module.teaches) <= 5 for module in handbook.plans["fresh"].modules)


REFUSED = {
    "role incident-manager": "there is a role 'incident-manager' already: raci/roles/incident-manager.yaml",
    "role Desk": "'Desk' is not an id. Use small letters a-z, digits and single hyphens",
    "role end": "'end' is a word with a meaning of its own",
    "role ../../outside": "'../../outside' is not an id",
    "process incident": "there is a process 'incident' already",
    "process fresh --activity Log": "'Log' is not an id",
    "process fresh --owner incident-manger": "there is no role 'incident-manger'. Did you mean 'incident-manager'?",
    "improvement swarming": "there is an improvement 'swarming' already: process_defs/improvements/swarming.yaml",
    "improvement fresh --owner Incident-Manager": "there is no role 'Incident-Manager'. Did you mean 'incident-man",
    "job fresh --carries turned\u202eround": "there is no role 'turned<U+202E>round'. Make it first",
    "process fresh --area elsewhere": "there is no area 'elsewhere'. There are: service-support",
    "job fresh --carries accountant": "there is no role 'accountant'. Make it first: rolebook new role accountant",
    "job fresh --reports-to nobody": "there is no job description 'nobody'. Make it first: rolebook new job nobody",
    "plan desk-clerk --for desk-clerk": "there is no role 'desk-clerk'. Did you mean 'agent'?",
    "role desk-clerk": "'agent' was called 'desk-clerk' before, so that id stays reserved. Choose another.",
    "job fresh --carries operator": "the role 'operator' was merged. Name 'agent'.",
    "plan fresh --owner typist": "the role 'typist' is retired. Name another.",
    "job fresh --carries agent --carries change-manager": (
        "'change-manager' must not be held together with 'agent' (RB405). Give one of them to another job."
    ),
}


@pytest.mark.parametrize("asked", REFUSED)
def test_what_does_not_fit_in_is_refused_with_the_way_out(given: Path, rolebook: Rolebook, asked: str) -> None:
    roles = given / "raci/roles"
    rule = "incompatible_with:\n  - role: change-manager\n    reason: Who asks must not decide.\n"
    with (roles / "agent.yaml").open("a", encoding="utf-8") as file:
        file.write(f"formerly: desk-clerk\n{rule}")
    ended = "name: Ended\nfunction: it\npurpose: None any more.\n"
    (roles / "operator.yaml").write_text(f"{ended}status: merged\nmerged_into: agent\n", encoding="utf-8")
    (roles / "typist.yaml").write_text(f"{ended}status: retired\n", encoding="utf-8")
    before = bytes_of(given)
    result = rolebook("-C", given, "new", *asked.split())
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"rolebook: {REFUSED[asked]}")
    assert bytes_of(given) == before


def test_a_process_is_not_begun_beside_a_matrix_that_is_there(given: Path, rolebook: Rolebook) -> None:
    (given / "raci/matrices/fresh.yaml").write_text("log: {R: agent, A: agent}\n", encoding="utf-8")
    before = bytes_of(given)
    result = rolebook("-C", given, "new", "process", "fresh")
    assert (result.code, result.err) == (2, "rolebook: there is a file raci/matrices/fresh.yaml already\n")
    assert bytes_of(given) == before


@pytest.mark.parametrize("name", ["two\nlines", " around ", "a\tb", "turned \u202e round"])
def test_a_name_is_one_line_of_text(given: Path, rolebook: Rolebook, name: str) -> None:
    result = rolebook("-C", given, "new", "role", "fresh", "--name", name)
    assert (result.code, result.out) == (2, "")
    assert not (given / NEW["role"][0]).exists()


def test_a_name_that_is_nearly_taken_is_told(given: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", given, "new", "role", "incident-managers")
    assert result.code == 0
    assert result.err == "note: Incident Manager is called nearly so: raci/roles/incident-manager.yaml\n"


def test_the_difference_is_what_is_made(given: Path, rolebook: Rolebook) -> None:
    before = bytes_of(given)
    shown = rolebook("-C", given, "new", "process", "fresh", "--diff")
    assert (shown.code, shown.err) == (0, "")
    assert bytes_of(given) == before
    subprocess.run(["git", "apply", "-"], cwd=given, check=True, input=shown.out.encode())
    applied = bytes_of(given)
    for path in NEW["process"]:
        (given / path).unlink()
    rolebook("-C", given, "new", "process", "fresh")
    assert bytes_of(given) == applied
    assert applied.keys() - before.keys() == set(NEW["process"])


def test_a_folder_that_is_not_there_yet_is_made(given: Path, rolebook: Rolebook) -> None:
    (given / "process_defs/improvements/swarming.yaml").unlink()
    (given / "process_defs/improvements").rmdir()
    assert rolebook("-C", given, "new", "improvement", "fresh").code == 0
    assert (given / NEW["improvement"][0]).exists()


@pytest.mark.parametrize("call", [1, 2])
@pytest.mark.parametrize("function", ["fsync", "link", "fdopen"])
def test_where_writing_fails_nothing_is_left(
    given: Path, monkeypatch: pytest.MonkeyPatch, function: str, call: int
) -> None:
    before = bytes_of(given)
    made = make(given, DAY, "process", "fresh", "", content.process)
    calls = iter(range(1, 100))
    true = getattr(os, function)

    def failing(*arguments: object, **named: object) -> object:
        if next(calls) == call:
            raise OSError(errno.ENOSPC, "No space left on device")
        return true(*arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(os, function, failing)
        with pytest.raises(Exception, match="no space left on device; nothing was changed"):
            write(given, made.before, made.after)
    assert bytes_of(given) == before


def test_a_handbook_that_cannot_be_read_to_its_end_is_told(given: Path, rolebook: Rolebook) -> None:
    (given / "raci/roles/agent.yaml").write_text("name: [", encoding="utf-8")
    result = rolebook("-C", given, "new", "role", "fresh")
    assert result.code == 0
    assert result.err == "note: what could not be read of raci/roles/agent.yaml was not taken into account\n"
    result = rolebook("-C", given, "new", "job", "fresh", "--carries", "agent")
    assert result.err == "rolebook: there is no role 'agent'. Mend raci/roles/agent.yaml first: it cannot be read.\n"


def examples(page: str) -> list[tuple[str, str]]:
    """The commands that a page of the guide shows, each with what it prints."""
    text = (ROOT / f"docs/guide/{page}.md").read_text(encoding="utf-8")
    return re.findall(r"^```console\n\$ rolebook (new .*)\n((?:.*\n)*?)```$", text, flags=re.MULTILINE)


@pytest.mark.parametrize(("command", "shown"), [*examples("new"), *examples("programme")])
def test_the_guide_shows_what_is_printed(reference: Path, rolebook: Rolebook, command: str, shown: str) -> None:
    (path,) = re.findall(r"^Made (.*)$", shown, flags=re.MULTILINE)
    (reference / path).unlink(missing_ok=True)
    assert rolebook("-C", reference, *shlex.split(command)) == (0, shown, "")
    assert (reference / path).exists()


def test_the_guide_shows_how_a_job_begins(reference: Path, rolebook: Rolebook) -> None:
    page = (ROOT / "docs/guide/new.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    rolebook("-C", reference, *shlex.split(examples("new")[0][0]))
    made = (reference / "raci/job_descriptions/night-desk-agent.yaml").read_text(encoding="utf-8")
    assert made.startswith(text)
