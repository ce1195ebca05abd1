"""A patch shows what changes as a person would, and `git apply` makes the same of it."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from rolebook.editing.files.difference import patch

ROLE = b"name: Desk lead\nfunction: service-desk\npurpose: Lead the desk.\n"

CASES: dict[str, tuple[Mapping[str, bytes | None], Mapping[str, bytes | None]]] = {
    "changed": ({"a.yaml": b"a: 1\n"}, {"a.yaml": b"a: 2\n"}),
    "made": ({"a.yaml": None}, {"a.yaml": b"a: 1\nb: 2\n"}),
    "made without a last newline": ({"a.yaml": None}, {"a.yaml": b"a: 1"}),
    "made empty": ({"a.yaml": None}, {"a.yaml": b""}),
    "deleted": ({"a.yaml": b"a: 1\r\n"}, {"a.yaml": None}),
    "deleted without a last newline": ({"a.yaml": b"a: 1\nb: 2"}, {"a.yaml": None}),
    "moved": ({"x/a.yaml": ROLE, "x/b.yaml": None}, {"x/a.yaml": None, "x/b.yaml": ROLE}),
    "moved, and others changed around it": (
        {"x/a.yaml": b"a: 1\n", "x/b.yaml": ROLE, "x/c.yaml": None, "x/d.yaml": b"d: 1\n"},
        {"x/a.yaml": b"a: 2\n", "x/b.yaml": None, "x/c.yaml": ROLE, "x/d.yaml": b"d: 2\n"},
    ),
    "moved and changed, with other line ends and a mark": (
        {"a.yaml": b"\xef\xbb\xbf" + ROLE.replace(b"\n", b"\r\n"), "b.yaml": None},
        {"a.yaml": None, "b.yaml": b"\xef\xbb\xbf" + ROLE.replace(b"\n", b"\r\n") + b"formerly: a"},
    ),
    "two moved": (
        {"a.yaml": ROLE, "b.yaml": b"name: B\nI: [a]\n", "c.yaml": None, "d.yaml": None},
        {"a.yaml": None, "b.yaml": None, "c.yaml": b"name: B\nI: [a]\nR: b\n", "d.yaml": ROLE + b"formerly: a\n"},
    ),
    "one goes, and an unlike one comes": ({"a.yaml": ROLE, "b.yaml": None}, {"a.yaml": None, "b.yaml": b"b: 1\n"}),
    "line ends within": ({"a.yaml": b"a: 1\rb: 2\r\nc: 3\n"}, {"a.yaml": b"a: 1\rb: 2\r\nc: 4\r\n"}),
}


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".git" not in file.parts
    }


@pytest.mark.parametrize("case", CASES)
def test_git_makes_of_a_patch_what_was_meant(tmp_path: Path, case: str) -> None:
    before, after = CASES[case]
    for path, data in before.items():
        if data is not None:
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(data)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, check=True, input=patch(before, after).encode())
    assert files(tmp_path) == {path: data for path, data in after.items() if data is not None}


def test_a_moved_file_shows_what_changes_in_it() -> None:
    before = {"raci/roles/lead.yaml": ROLE, "raci/roles/desk-lead.yaml": None}
    after = {"raci/roles/lead.yaml": None, "raci/roles/desk-lead.yaml": ROLE + b"formerly: lead\n"}
    assert patch(before, after) == (
        "diff --git a/raci/roles/lead.yaml b/raci/roles/desk-lead.yaml\n"
        "rename from raci/roles/lead.yaml\n"
        "rename to raci/roles/desk-lead.yaml\n"
        "--- a/raci/roles/lead.yaml\n"
        "+++ b/raci/roles/desk-lead.yaml\n"
        "@@ -1,3 +1,4 @@\n"
        " name: Desk lead\n"
        " function: service-desk\n"
        " purpose: Lead the desk.\n"
        "+formerly: lead\n"
    )


def test_made_and_deleted_files_are_called_so() -> None:
    assert patch({"a.yaml": None, "b.yaml": b"b: 1\n"}, {"a.yaml": b"new: 1\n", "b.yaml": None}) == (
        "diff --git a/a.yaml b/a.yaml\n"
        "new file mode 100644\n"
        "--- /dev/null\n"
        "+++ b/a.yaml\n"
        "@@ -0,0 +1 @@\n"
        "+new: 1\n"
        "diff --git a/b.yaml b/b.yaml\n"
        "deleted file mode 100644\n"
        "--- a/b.yaml\n"
        "+++ /dev/null\n"
        "@@ -1 +0,0 @@\n"
        "-b: 1\n"
    )
