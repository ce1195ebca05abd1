"""`rolebook publish` on a branch of git: one commit, as mike would go on with it, and the work tree left alone."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rolebook.publishing.lock import locked
from tests.site import publishing
from tests.site.publishing import (
    Rolebook,
    below,
    contents,
    git,
    on_branch,
    release,
    repository,
    say,
    visible,
    with_releases,
)


@pytest.fixture(scope="module")
def _versioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(with_releases(tmp_path_factory.mktemp("branch") / "handbook", "1.0.0"))


@pytest.fixture
def handbook(_versioned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the small handbook as release 1.0.0; sites of two pages are published from it."""
    monkeypatch.setattr("rolebook.publishing.site.build_edition", publishing.a_few_pages)
    monkeypatch.setattr("rolebook.publishing.edition.edition", publishing.no_pages)
    return Path(shutil.copytree(_versioned, tmp_path / "handbook"))


def test_a_commit_on_the_branch_holds_what_a_folder_would(handbook: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    before = contents(handbook)
    result = rolebook("-C", handbook, "publish", "--branch", "pages", "--alias", "stable")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Published 1.0.0 as of 2026-06-30 in branch pages:\n  1.0.0/ (4 files, ")
    assert result.out.endswith("\nNothing was pushed: 'git push REMOTE pages' shows it to others.\n")
    rolebook("-C", handbook, "publish", "--to", tmp_path / "public", "--alias", "stable")
    assert visible(on_branch(handbook, "pages")) == visible(contents(tmp_path / "public"))
    assert on_branch(handbook, "pages")[".nojekyll"] == b""
    assert git(handbook, "log", "--format=%an %s", "pages") == "A. Uthor Publish version 1.0.0\n"
    assert git(handbook, "status", "--porcelain") == ""
    assert git(handbook, "branch", "--show-current") == "main\n"
    after = contents(handbook)
    assert {path for path in after if not path.startswith(".git/")} == {
        path for path in before if not path.startswith(".git/")
    }


def test_the_next_version_is_the_next_commit(handbook: Path, rolebook: Rolebook) -> None:
    rolebook("-C", handbook, "publish")
    before = on_branch(handbook)
    release(handbook, "1.1.0")
    assert rolebook("-C", handbook, "publish").code == 0
    after = on_branch(handbook)
    assert below(after, "1.0.0") == below(before, "1.0.0")
    assert git(handbook, "log", "--format=%s", "gh-pages").splitlines() == [
        "Publish version 1.1.0",
        "Publish version 1.0.0",
    ]


def test_what_is_published_makes_no_commit(handbook: Path, rolebook: Rolebook) -> None:
    rolebook("-C", handbook, "publish")
    before = git(handbook, "rev-parse", "gh-pages")
    result = rolebook("-C", handbook, "publish")
    assert result == (0, "1.0.0 is published already in branch gh-pages: nothing was written\n", "")
    assert git(handbook, "rev-parse", "gh-pages") == before


@pytest.mark.parametrize("copy", [(), ("--copy",)])
def test_another_name_can_be_given_later(copy: tuple[str, ...], handbook: Path, rolebook: Rolebook) -> None:
    rolebook("-C", handbook, "publish", *copy)
    assert rolebook("-C", handbook, "publish", "--alias", "stable", *copy).code == 0
    found = on_branch(handbook)
    latest, stable = (
        {path.partition("/")[2]: data for path, data in below(found, name).items()} for name in ("latest", "stable")
    )
    assert stable.pop("alias.json") != latest.pop("alias.json")
    assert stable == latest
    assert b'"stable"' in found["versions.json"]


def test_mike_can_read_what_was_published(handbook: Path, rolebook: Rolebook) -> None:
    rolebook("-C", handbook, "publish", "--alias", "stable")
    release(handbook, "1.1.0")
    rolebook("-C", handbook, "publish")
    code = "from mike.commands import list_versions as listed; print(*((str(v.version), v.aliases) for v in listed()))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=handbook, check=True, capture_output=True, text=True)
    assert shown.stdout == "('1.1.0', {'latest'}) ('1.0.0', {'stable'})\n"


def test_a_branch_is_taken_up_where_it_was_left_elsewhere(handbook: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    rolebook("-C", handbook, "publish")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(handbook), str(clone))
    release(clone, "1.1.0")
    assert rolebook("-C", clone, "publish").code == 0
    assert below(on_branch(clone), "1.0.0") == below(on_branch(handbook), "1.0.0")
    git(clone, "push", "--quiet", "origin", "gh-pages")
    assert on_branch(handbook) == on_branch(clone)


def test_branches_that_went_different_ways_are_not_mixed(handbook: Path, tmp_path: Path, rolebook: Rolebook) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(handbook), str(clone))
    for name in ("user.name", "user.email"):
        git(clone, "config", name, "somebody")
    for folder in (handbook, clone):
        rolebook("-C", folder, "publish", *(("--copy",) if folder == clone else ()))
    git(clone, "fetch", "--quiet")
    before = on_branch(clone)
    result = rolebook("-C", clone, "publish", "--alias", "stable")
    assert result.code == 2
    assert "nothing was published: git could not do it: gh-pages is unrelated to origin/gh-pages" in result.err
    assert on_branch(clone) == before


def test_a_handbook_in_a_folder_of_its_repository_is_published(
    handbook: Path, tmp_path: Path, rolebook: Rolebook
) -> None:
    top = tmp_path / "top"
    (top / "it").mkdir(parents=True)
    shutil.rmtree(handbook / ".git")
    shutil.copytree(handbook, top / "it/handbook")
    repository(top)
    assert rolebook("-C", top / "it/handbook", "publish").code == 0
    assert below(on_branch(top), "1.0.0")


def test_on_a_branch_the_same_is_refused(handbook: Path, rolebook: Rolebook) -> None:
    say(handbook, "Do something that nobody has agreed to.")
    result = rolebook("-C", handbook, "publish")
    assert result.code == 2
    assert "the handbook says something else than 1.0.0" in result.err
    assert "gh-pages" not in git(handbook, "branch")


@pytest.mark.parametrize(
    ("branch", "words"),
    [
        ("main", "branch 'main' is checked out"),
        ("other", "branch 'other' holds files, and nothing was published there by Rolebook"),
        ("v1", "there is a tag 'v1'"),
        ("-x", "'-x' is no name for a branch"),
        ("a..b", "'a..b' is no name for a branch"),
        ("a b", "'a b' is no name for a branch"),
    ],
)
def test_a_branch_that_is_not_for_versions_is_refused(
    branch: str, words: str, handbook: Path, rolebook: Rolebook
) -> None:
    git(handbook, "branch", "other")
    git(handbook, "tag", "v1")
    before = git(handbook, "for-each-ref")
    result = rolebook("-C", handbook, "publish", f"--branch={branch}")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert words in result.err
    assert git(handbook, "for-each-ref") == before


def test_without_a_repository_the_other_way_is_told(handbook: Path, rolebook: Rolebook) -> None:
    shutil.rmtree(handbook / ".git")
    result = rolebook("-C", handbook, "publish")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "not a git repository" in result.err
    assert "'--to DIR' publishes to a folder without git" in result.err


def test_without_git_the_other_way_is_told(
    handbook: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    result = rolebook("-C", handbook, "publish")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "git is not installed here; '--to DIR' publishes to a folder without it" in result.err
    assert rolebook("-C", handbook, "publish", "--to", tmp_path / "public").code == 0


def test_without_mike_the_other_way_is_told(
    handbook: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "mike", None)
    result = rolebook("-C", handbook, "publish")
    assert result.code == 2
    assert "pip install 'rolebook[mike]'; '--to DIR' publishes to a folder without" in result.err
    assert rolebook("-C", handbook, "publish", "--to", tmp_path / "public").code == 0


def test_who_is_not_known_to_git_is_told_how_to_change_that(
    handbook: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    git(handbook, "config", "--unset", "user.name")
    for name, said in {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}.items():
        monkeypatch.setenv(name, said)
    result = rolebook("-C", handbook, "publish")
    assert result.code == 2
    assert "tell it with 'git config user.name" in result.err
    assert "gh-pages" not in git(handbook, "branch")


def test_two_at_once_are_told_apart(handbook: Path, rolebook: Rolebook) -> None:
    with locked(handbook / ".git/rolebook-publish"):
        result = rolebook("-C", handbook, "publish")
    assert result.code == 2
    assert "another run of Rolebook is writing there" in result.err
    assert rolebook("-C", handbook, "publish").code == 0


def test_what_lies_on_the_branch_is_verified(handbook: Path, rolebook: Rolebook) -> None:
    verify = ("-C", handbook, "publish", "--verify")
    assert rolebook(*verify) == (2, "", "rolebook: nothing is published in branch gh-pages\n")
    rolebook("-C", handbook, "publish")
    assert rolebook(*verify) == (0, "1 version in branch gh-pages: unchanged\n", "")
    git(handbook, "worktree", "add", "--quiet", "../tree", "gh-pages")
    (handbook.parent / "tree/1.0.0/handbook.json").write_text("{ }")
    git(handbook.parent / "tree", "commit", "--quiet", "--all", "--message=Nobody will notice")
    assert rolebook(*verify).out.splitlines() == [
        "1.0.0/handbook.json: is not what was published",
        "1 version in branch gh-pages: 1 file is not as published",
    ]
