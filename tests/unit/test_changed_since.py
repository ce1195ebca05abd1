"""`check --changed-since`: what a branch brings comes first, and git is asked without running anything."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook.cli.earlier import Blob, Earlier
from rolebook.cli.since import parted
from rolebook.diagnostic import READING, Diagnostic, Finding, Related
from rolebook.reporting import FORMATS, Part
from rolebook.source import Span
from tests.conftest import TODAY, Result

Run = Callable[..., Result]
INCIDENT = "raci/matrices/incident.yaml"
AGENT = "raci/roles/agent.yaml"


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular, without the settings of this machine."""
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main")
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ["git", *who, *arguments]
    return subprocess.run(
        command, cwd=folder, env=os.environ | alone, check=True, capture_output=True, text=True
    ).stdout.strip()


def change(handbook: Path, path: str, old: str, new: str) -> None:
    text = (handbook / path).read_text(encoding="utf-8")
    assert old in text
    (handbook / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def commit(folder: Path, message: str = "A change") -> None:
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture
def handbook(given: Path, tmp_path: Path) -> Path:
    """A handbook in a folder of a repository, on a branch `topic` off `main`, and with a fault from before."""
    folder = tmp_path / "the repository"
    (folder / "docs").mkdir(parents=True)
    moved = given.rename(folder / "docs/our handbook")
    change(moved, "raci/matrices/change.yaml", "A: change-manager", "A: chief-of-change")
    git(folder, "init", "--quiet")
    commit(folder, "The handbook")
    git(folder, "checkout", "--quiet", "-b", "topic")
    return moved


@pytest.fixture
def check(rolebook: Run, handbook: Path) -> Run:
    """Run `check` on the handbook: `check("--changed-since", "main")`."""

    def run(*arguments: str, format: str = "json") -> Result:
        return rolebook("--directory", handbook, "check", "--today", TODAY, "--format", format, *arguments)

    return run


def since(result: Result) -> list[tuple[str, str]]:
    """The part and the file of each finding, in the order in which they are shown."""
    return [(found["since"], found["path"]) for found in json.loads(result.out)["diagnostics"]]


OLD = ("before", "raci/matrices/change.yaml")


def test_what_is_in_files_of_the_branch_comes_before_what_was_there(check: Run, handbook: Path) -> None:
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    commit(handbook)
    assert since(check("--changed-since", "main")) == [("changed", INCIDENT), OLD]


def test_what_is_not_committed_counts_and_so_does_a_file_that_git_does_not_know(check: Run, handbook: Path) -> None:
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    (handbook / "raci/roles/clérk.yaml").write_text("name: Clerk\n", encoding="utf-8")
    found = since(check("--changed-since", "main"))
    assert found == [("changed", INCIDENT), ("changed", "raci/roles/clérk.yaml"), OLD]


def test_what_a_deleted_file_leaves_behind_is_new_elsewhere(check: Run, handbook: Path) -> None:
    (handbook / AGENT).unlink()
    found = since(check("--changed-since", "main"))
    assert found[-1] == OLD
    assert {part for part, _ in found[:-1]} == {"new"}
    assert ("new", INCIDENT) in found


def test_a_file_that_must_be_there_and_was_deleted_is_changed(check: Run, handbook: Path) -> None:
    (handbook / "raci/functions.yaml").unlink()
    assert since(check("--changed-since", "main"))[0] == ("changed", "raci/functions.yaml")


def test_what_main_has_gained_since_is_not_of_the_branch(check: Run, handbook: Path) -> None:
    git(handbook, "checkout", "--quiet", "main")
    change(handbook, INCIDENT, "R: agent", "R: agent-of-main")
    commit(handbook)
    git(handbook, "checkout", "--quiet", "topic")
    change(handbook, AGENT, "name:", "nmae:")
    commit(handbook)
    found = since(check("--changed-since", "main"))
    assert ("changed", AGENT) in found
    assert INCIDENT not in {path for part, path in found if part == "changed"}


def test_a_line_that_moves_is_no_new_finding(check: Run, handbook: Path) -> None:
    (handbook / AGENT).unlink()
    commit(handbook)
    found = since(check("--changed-since", "HEAD"))
    assert {part for part, _ in found} == {"before"}
    matrix = handbook / INCIDENT
    matrix.write_text(f"# moved\n{matrix.read_text(encoding='utf-8')}", encoding="utf-8")
    assert {part for part, path in since(check("--changed-since", "HEAD")) if path != INCIDENT} == {"before"}


def test_a_related_place_in_a_changed_file_counts_and_each_old_finding_excuses_one() -> None:
    def found(path: str, *related: str) -> Diagnostic:
        places = tuple(Related(Span.of_file(other), "here") for other in related)
        return Diagnostic(READING["unknown-key"], Finding(Span.of_file(path), "m", "", places))

    first, second, third, fourth = found("a"), found("a"), found("b", "c"), found("c")
    assert parted([first, second, third, fourth], frozenset({"c"}), [first]) == (
        (Part.CHANGED, (third, fourth)),
        (Part.NEW, (second,)),
        (Part.BEFORE, (first,)),
    )


def test_text_tells_the_parts_apart(check: Run, handbook: Path) -> None:
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    lines = check("--changed-since", "main", format="text").out.splitlines()
    headings = [line for line in lines if line.endswith(":")]
    assert headings == ["In files you changed:", "Elsewhere in the handbook, and there before:"]
    assert lines[0] == headings[0]
    assert lines[-1].endswith("checked: 2 errors (1 in files you changed)")


def test_text_says_so_where_changed_files_have_no_findings(check: Run) -> None:
    lines = check("--changed-since", "main", format="text").out.splitlines()
    assert lines[:3] == ["In files you changed: no findings", "", "Elsewhere in the handbook, and there before:"]
    assert lines[-1].endswith("checked: 1 error (0 in files you changed)")


def test_a_handbook_without_findings_needs_no_headings(check: Run, handbook: Path) -> None:
    change(handbook, "raci/matrices/change.yaml", "A: chief-of-change", "A: change-manager")
    result = check("--changed-since", "main", format="text")
    assert (result.code, len(result.out.splitlines())) == (0, 1)
    assert result.out.endswith("checked: no findings\n")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_shows_what_is_changed_first(check: Run, handbook: Path, format: str) -> None:
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    out = check("--changed-since", "main", format=format).out
    assert 0 < out.index("agnet") < out.index("chief-of-change")


def test_sarif_says_the_part_in_a_property(check: Run, handbook: Path) -> None:
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    (run,) = json.loads(check("--changed-since", "main", format="sarif").out)["runs"]
    assert [result["properties"]["since"] for result in run["results"]] == ["changed", "before"]


def test_all_findings_decide_whether_the_check_fails(check: Run) -> None:
    assert check("--changed-since", "main").code == 1


def test_it_goes_with_a_choice_of_codes(check: Run, handbook: Path) -> None:
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    result = check("--changed-since", "main", "--ignore", "RB101", format="text")
    assert result.code == 0
    assert result.out.endswith("checked: no findings (2 findings left out)\n")


def test_what_a_repair_writes_is_not_what_you_changed(check: Run, handbook: Path) -> None:
    merged = "name: Call Taker\nstatus: merged\nmerged_into: agent\nfunction: service-desk\npurpose: Answer.\n"
    (handbook / "raci/roles/first-line.yaml").write_text(merged, encoding="utf-8")
    change(handbook, INCIDENT, "diagnose: {R: agent", "diagnose: {R: first-line")
    commit(handbook)
    result = check("--changed-since", "HEAD", "--fix")
    assert result.err == "Repaired 1 finding in 1 file.\n"
    assert since(result) == [OLD]


def test_line_ends_that_git_writes_are_no_change(check: Run, handbook: Path) -> None:
    for path in handbook.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert since(check("--changed-since", "main")) == [OLD]


def test_it_works_in_a_second_work_tree(rolebook: Run, handbook: Path, tmp_path: Path) -> None:
    git(handbook, "worktree", "add", "--quiet", "-b", "other", str(tmp_path / "second"))
    second = tmp_path / "second" / handbook.relative_to(handbook.parent.parent)
    change(second, INCIDENT, "R: agent", "R: agnet")
    result = rolebook("--directory", second, "check", "--today", TODAY, "--format", "json", "--changed-since", "topic")
    assert since(result) == [("changed", INCIDENT), OLD]


def test_it_works_with_longer_hashes(check: Run, handbook: Path) -> None:
    root = handbook.parent.parent
    shutil.rmtree(root / ".git")
    git(root, "init", "--quiet", "--object-format=sha256")
    commit(root)
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    assert since(check("--changed-since", "main")) == [("changed", INCIDENT), OLD]


def test_it_works_from_a_hook_of_another_repository(
    check: Run, handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert since(check("--changed-since", "main")) == [OLD]


def test_a_handbook_that_was_not_there_is_all_new(check: Run, handbook: Path) -> None:
    git(handbook, "checkout", "--quiet", "--orphan", "other")
    git(handbook, "rm", "-r", "--quiet", "--cached", ".")
    git(handbook, "commit", "--quiet", "--allow-empty", "--message", "Nothing")
    assert since(check("--changed-since", "other")) == [("changed", OLD[1])]


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("mian", "there is no revision 'mian': 'git branch --all' and 'git log' list what there is"),
        ("--all", "there is no revision '--all': it takes a branch, a tag or a commit"),
        ("main..topic", "there is no revision 'main..topic'"),
        ("main:docs", "there is no revision 'main:docs'"),
        ("", "there is no revision ''"),
        ("ma\nin\x1b", "there is no revision 'ma<U+000A>in<U+001B>'"),
    ],
)
def test_an_unknown_revision_gives_2_and_one_line_and_repairs_nothing(
    check: Run, handbook: Path, revision: str, said: str
) -> None:
    before = {path: path.read_bytes() for path in handbook.rglob("*.yaml")}
    refused(check(f"--changed-since={revision}", "--fix", "--unsafe-fixes"), said)
    assert {path: path.read_bytes() for path in handbook.rglob("*.yaml")} == before


def refused(result: Result, said: str) -> None:
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"rolebook: {said}")
    assert len(result.err.splitlines()) == 1


def clone(handbook: Path, *options: str) -> Path:
    """A clone of the repository of a handbook; the handbook in it."""
    root = handbook.parent.parent
    git(root.parent, "clone", "--quiet", *options, root.as_uri(), "copy")
    return root.parent / "copy" / handbook.relative_to(root)


def test_a_branch_that_only_the_clone_of_it_has_is_offered(rolebook: Run, handbook: Path) -> None:
    copy = clone(handbook, "--branch", "topic")
    said = "there is no revision 'main': did you mean 'origin/main'?"
    refused(rolebook("--directory", copy, "check", "--changed-since", "main"), said)
    assert rolebook("--directory", copy, "check", "--changed-since", "origin/main").code == 1


def test_a_shallow_clone_is_told_how_to_get_the_rest(rolebook: Run, handbook: Path) -> None:
    for branch in ("topic", "main"):
        git(handbook, "checkout", "--quiet", branch)
        change(handbook, INCIDENT, "R: agent", f"R: agent-of-{branch}")
        commit(handbook)
    copy = clone(handbook, "--depth", "1", "--no-single-branch")
    result = rolebook("--directory", copy, "check", "--changed-since", "origin/topic")
    refused(result, "git cannot tell where this branch left 'origin/topic': this clone is shallow")
    assert "fetch-depth: 0" in result.err
    assert "this clone is shallow" in rolebook("--directory", copy, "check", "--changed-since", "v1").err


def test_the_merge_that_github_checks_out_tells_of_its_first_parent(rolebook: Run, handbook: Path) -> None:
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    commit(handbook)
    git(handbook, "checkout", "--quiet", "main")
    git(handbook, "merge", "--quiet", "--no-ff", "--no-edit", "topic")
    copy = clone(handbook, "--depth", "2")
    result = rolebook("--directory", copy, "check", "--format", "json", "--today", TODAY, "--changed-since", "HEAD^1")
    assert since(result) == [("changed", INCIDENT), OLD]


def test_histories_without_a_common_commit_are_told(check: Run, handbook: Path) -> None:
    git(handbook, "checkout", "--quiet", "--orphan", "other")
    commit(handbook)
    result = check("--changed-since", "main")
    refused(result, "git cannot tell where this branch left 'main': the two branches have no commit in common")


def test_no_repository_gives_2_and_one_line(rolebook: Run, given: Path) -> None:
    refused(rolebook("--directory", given, "check", "--changed-since", "main"), "--changed-since asks git, but no git")


def test_no_git_gives_2_and_one_line(check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    refused(check("--changed-since", "main"), "--changed-since asks git, which is not installed here")


def test_a_git_that_hangs_is_not_waited_for(check: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = tmp_path / "git"
    hanging.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    hanging.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("rolebook.cli.git._SECONDS", 0.2)
    refused(check("--changed-since", "main"), "git has not answered for 0.2 seconds")


def test_a_branch_without_a_commit_is_told(check: Run, handbook: Path) -> None:
    git(handbook, "checkout", "--quiet", "--orphan", "other")
    refused(check("--changed-since", "main"), "git cannot tell where this branch left 'main': Not a valid object name")


def test_no_handbook_gives_2_and_one_line(rolebook: Run, handbook: Path) -> None:
    refused(rolebook("--directory", handbook.parent, "check", "--changed-since", "main"), "no handbook here")
    refused(rolebook("--directory", handbook / "none", "check", "--changed-since", "main"), "there is no folder")


def test_nothing_is_run_that_a_repository_names(check: Run, handbook: Path, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\necho ran >> '{sprung}'\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    for setting in (
        *("core.fsmonitor", "core.pager", "core.sshCommand", "core.alternateRefsCommand", "diff.external"),
        *("filter.trap.clean", "filter.trap.smudge", "filter.trap.process", "diff.trap.textconv", "gpg.program"),
    ):
        git(handbook, "config", setting, str(trap))
    git(handbook, "config", "log.showSignature", "true")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        (hooks / hook).symlink_to(trap)
    git(handbook, "config", "core.hooksPath", str(hooks))
    attributes = handbook.parent.parent / ".git/info/attributes"
    attributes.write_text("* filter=trap diff=trap\n", encoding="utf-8")
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    sprung.unlink(missing_ok=True)
    assert since(check("--changed-since", "main")) == [("changed", INCIDENT), OLD]
    assert not sprung.exists()
    git(handbook, "status")
    assert sprung.exists(), "the trap is none"


def test_a_handbook_that_poses_as_a_repository_is_not_taken_for_one(check: Run, handbook: Path) -> None:
    git(handbook, "init", "--quiet", "--bare", ".")
    refused(check("--changed-since", "main"), "git cannot look for 'main': ")


def test_a_partial_clone_fetches_nothing(rolebook: Run, handbook: Path, tmp_path: Path) -> None:
    change(handbook, INCIDENT, "R: agent", "R: agnet")
    commit(handbook)
    git(handbook, "config", "uploadpack.allowFilter", "true")
    copy = clone(handbook, "--filter=blob:none")
    fetched = tmp_path / "fetched"
    git(copy, "remote", "set-url", "origin", f"ext::sh -c 'touch% {fetched}'")
    git(copy, "config", "protocol.ext.allow", "always")
    result = rolebook("--directory", copy, "check", "--today", TODAY, "--changed-since", "HEAD^")
    refused(result, "git cannot tell how the files of 'HEAD^' were: this clone is partial; 'git fetch --refetch")
    assert not fetched.exists()


def test_no_path_that_git_gives_leads_out_of_the_folder(handbook: Path, tmp_path: Path) -> None:
    id = git(handbook, "rev-parse", f"main:./{AGENT}")
    blob = Blob(id, (handbook / AGENT).stat().st_size)
    (tmp_path / "then").mkdir()
    Earlier(handbook, {"../out.yaml": blob, "raci/../../out.yaml": blob, AGENT: blob}).write(tmp_path / "then")
    assert (tmp_path / "then" / AGENT).read_bytes() == (handbook / AGENT).read_bytes()
    assert not (tmp_path / "out.yaml").exists()


def test_nothing_is_written_but_below_the_folder_for_temporary_files(
    check: Run, handbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    root = handbook.parent.parent
    before = {path: path.lstat().st_mtime_ns for path in root.rglob("*")}
    assert since(check("--changed-since", "main")) == [OLD]
    assert {path: path.lstat().st_mtime_ns for path in root.rglob("*")} == before
    assert list(temporary.iterdir()) == []
