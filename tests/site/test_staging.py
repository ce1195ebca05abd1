"""A folder is replaced as a whole or not at all, and nothing that is not ours is touched."""

import os
from pathlib import Path

import pytest

from rolebook.publishing import staging
from rolebook.publishing.error import SiteError
from rolebook.publishing.lock import locked
from rolebook.publishing.staging import MARKER, staged


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """A folder with what makes a handbook."""
    for folder in ("process_defs", "raci"):
        (tmp_path / "handbook" / folder).mkdir(parents=True)
    return tmp_path / "handbook"


def build(target: Path, handbook: Path, text: str = "new") -> None:
    with staged(target, handbook) as stage:
        (stage / "index.html").write_text(text)


def fail(target: Path, handbook: Path, failure: type[BaseException]) -> None:
    with staged(target, handbook) as stage:
        (stage / "index.html").write_text("half")
        raise failure


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_site_is_made_with_the_folders_above_it(handbook: Path, tmp_path: Path) -> None:
    build(tmp_path / "public" / "it" / "site", handbook)
    assert names(tmp_path / "public" / "it") == {"site"}
    assert names(tmp_path / "public" / "it" / "site") == {MARKER, "index.html"}


def test_an_old_site_is_replaced_as_a_whole(handbook: Path) -> None:
    build(handbook / "site", handbook, "old")
    (handbook / "site" / "gone.html").write_text("old")
    build(handbook / "site", handbook)
    assert names(handbook / "site") == {MARKER, "index.html"}
    assert (handbook / "site" / "index.html").read_text() == "new"
    assert names(handbook) == {"site", "process_defs", "raci"}


def test_an_old_site_is_replaced_where_folders_cannot_be_exchanged(
    handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_exchange", lambda one, other: False)
    build(handbook / "site", handbook, "old")
    build(handbook / "site", handbook)
    assert (handbook / "site" / "index.html").read_text() == "new"
    assert names(handbook) == {"site", "process_defs", "raci"}


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_site_and_nothing_else(handbook: Path, failure: type[BaseException]) -> None:
    build(handbook / "site", handbook, "old")
    with pytest.raises(failure):
        fail(handbook / "site", handbook, failure)
    assert (handbook / "site" / "index.html").read_text() == "old"
    assert names(handbook) == {"site", "process_defs", "raci"}


def test_a_first_failure_leaves_nothing(handbook: Path, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staged(tmp_path / "a" / "b" / "site", handbook):
        raise RuntimeError
    assert names(tmp_path) == {"handbook"}


def test_what_a_killed_run_left_is_cleared(handbook: Path) -> None:
    stage = handbook / ".site.rolebook-stage"
    stage.mkdir()
    (stage / MARKER).write_bytes(staging.MARKER_TEXT)
    (stage / "half.html").write_text("half")
    build(handbook / "site", handbook)
    assert names(handbook) == {"site", "process_defs", "raci"}
    assert names(handbook / "site") == {MARKER, "index.html"}


def test_a_kill_while_clearing_leaves_what_the_next_run_clears(handbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(handbook / "site", handbook, "old")
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", kill)
        with pytest.raises(KeyboardInterrupt):
            build(handbook / "site", handbook)
    assert ".site.rolebook-stage" in names(handbook)
    build(handbook / "site", handbook, "newer")
    assert names(handbook) == {"site", "process_defs", "raci"}


def kill(folder: Path) -> None:
    raise KeyboardInterrupt


def test_a_foreign_folder_where_we_build_is_refused(handbook: Path) -> None:
    (handbook / ".site.rolebook-stage").mkdir()
    (handbook / ".site.rolebook-stage" / "letter.txt").write_text("dear")
    with pytest.raises(SiteError, match="is in the way"):
        build(handbook / "site", handbook)
    assert (handbook / ".site.rolebook-stage" / "letter.txt").read_text() == "dear"


def test_an_old_site_that_a_killed_run_left_aside_comes_back(handbook: Path) -> None:
    build(handbook / "site", handbook, "old")
    workshop = handbook / ".site.rolebook-stage"
    workshop.mkdir()
    (workshop / MARKER).write_bytes(staging.MARKER_TEXT)
    (handbook / "site").rename(workshop / "old")
    with pytest.raises(RuntimeError), staged(handbook / "site", handbook):
        raise RuntimeError
    assert (handbook / "site" / "index.html").read_text() == "old"


def test_rights_do_not_depend_on_the_umask(handbook: Path) -> None:
    before = os.umask(0o077)
    try:
        build(handbook / "site", handbook)
    finally:
        os.umask(before)
    assert (handbook / "site").stat().st_mode & 0o777 == 0o755
    assert (handbook / "site" / "index.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("place", [".", "..", "process_defs", "process_defs/site", "raci/deep/site"])
def test_a_place_in_or_above_the_handbook_is_refused(handbook: Path, place: str) -> None:
    with pytest.raises(SiteError):
        build(handbook / place, handbook)
    assert names(handbook) == {"process_defs", "raci"}


def test_a_foreign_folder_is_refused(handbook: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter.txt").write_text("dear")
    with pytest.raises(SiteError, match="Rolebook did not make it"):
        build(tmp_path / "own", handbook)
    assert names(tmp_path / "own") == {"letter.txt"}


def test_an_empty_folder_is_taken(handbook: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    build(tmp_path / "empty", handbook)
    assert names(tmp_path / "empty") == {MARKER, "index.html"}


def test_a_link_is_refused(handbook: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(SiteError, match="is a link"):
        build(tmp_path / "link", handbook)


def test_a_way_into_the_handbook_through_a_link_is_refused(handbook: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(handbook / "raci")
    with pytest.raises(SiteError, match="raci/"):
        build(tmp_path / "way" / "site", handbook)


def test_a_file_is_refused(handbook: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SiteError, match="is a file"):
        build(tmp_path / "file", handbook)
    with pytest.raises(SiteError):
        build(tmp_path / "file" / "site", handbook)


def test_a_second_run_at_the_same_time_is_refused(handbook: Path) -> None:
    with locked(handbook / "site"), pytest.raises(SiteError, match="another run"):
        build(handbook / "site", handbook)
    build(handbook / "site", handbook)
    assert names(handbook) == {"site", "process_defs", "raci"}


def test_a_full_disk_is_one_line(handbook: Path) -> None:
    with pytest.raises(SiteError, match=r"^/x/y: No space left on device$"), staged(handbook / "site", handbook):
        raise OSError(28, "No space left on device", "/x/y")
    assert names(handbook) == {"process_defs", "raci"}
