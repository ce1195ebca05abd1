"""The workflow and the hook of this repository run `rolebook check`, and nothing that a stranger wrote."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from rolebook.reporting import FORMATS
from tests.conftest import ROOT, TODAY

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
GUIDE = (ROOT / "docs/guide/checking.md").read_text(encoding="utf-8")


def steps(text: str) -> list[dict[str, Any]]:
    """The steps of all jobs of a workflow."""
    return [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]


def shown_in_the_guide() -> str:
    """The workflow that the guide shows."""
    blocks: list[str] = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.M | re.S)
    return next(block for block in blocks if "pull_request" in block)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_least_rights_and_pinned_actions_and_runs_no_foreign_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "pull_request_target" not in text
    assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
    for step in steps(text):
        assert "${{" not in step.get("run", "")
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step.get("uses", "a/b@" + "0" * 40))


def checking(text: str) -> dict[str, str]:
    """The commands of a workflow that check the handbook, by when they are run."""
    return {step["if"]: step["run"] for step in steps(text) if "rolebook check" in step.get("run", "")}


def test_the_workflow_checks_the_handbook_with_notes_on_the_day_of_the_makefile() -> None:
    assert checking((ROOT / ".github/workflows/handbook.yml").read_text(encoding="utf-8")) == {
        "github.event_name == 'pull_request'": (
            f"rolebook check --format github --today {TODAY} --changed-since HEAD^1"
        ),
        "github.event_name != 'pull_request'": f"rolebook check --format github --today {TODAY}",
    }


def test_the_guide_shows_a_workflow_with_the_same_actions_and_rights() -> None:
    ours = (ROOT / ".github/workflows/handbook.yml").read_text(encoding="utf-8")
    shown = shown_in_the_guide()
    assert [step["uses"] for step in steps(shown) if "uses" in step] == [s["uses"] for s in steps(ours) if "uses" in s]
    assert yaml.safe_load(shown)["permissions"] == {"contents": "read"}
    assert steps(shown)[0]["with"] == steps(ours)[0]["with"]
    assert checking(shown) == {when: run.replace(f" --today {TODAY}", "") for when, run in checking(ours).items()}


def test_the_hook_is_one_that_pre_commit_takes() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


def test_the_hook_runs_the_check_once_whatever_was_changed() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"]) == ("rolebook-check", "rolebook check")
    assert (hook["always_run"], hook["pass_filenames"]) == (True, False)
    assert f"id: {hook['id']}" in GUIDE


def test_the_guide_tells_of_every_format() -> None:
    section = GUIDE.partition("\n## Formats\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z]+)` \|", section, re.M) == list(FORMATS)
