"""What the guide shows of `rolebook diff` is what it prints for the reference handbook with the edits shown."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from rolebook.comparing import Kind
from tests.conftest import ROOT, Result
from tests.unit.test_changed_since import change, commit, git

GUIDE = (ROOT / "docs/guide/comparing.md").read_text(encoding="utf-8")
EDITS = re.findall(r'^```diff title="([^"]+)"\n(.*?)^```$', GUIDE, re.MULTILINE | re.DOTALL)


def side(block: str, sign: str) -> str:
    return "".join(f"{line[1:]}\n" for line in block.splitlines() if line[0] in f"{sign} ")


def test_the_guide_shows_what_is_printed(reference: Path, rolebook: Callable[..., Result]) -> None:
    git(reference, "init", "--quiet")
    commit(reference)
    for path, block in EDITS:
        change(reference, path, side(block, "-"), side(block, "+"))
    shown = re.findall(r"^```\n\$ rolebook diff\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    assert [rolebook("-C", reference, "diff").out] == shown


def test_the_guide_lists_every_kind_of_change() -> None:
    table = GUIDE.partition("### The kinds of change")[2].partition("|---|---|")[2]
    sentences = {kind.code: re.sub(r"[{}]", "*", kind.value) for kind in Kind}
    assert dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", table, re.MULTILINE)) == sentences


def test_the_guide_shows_the_keys_of_the_json(reference: Path, rolebook: Callable[..., Result]) -> None:
    shown = json.loads(re.findall(r"^```json\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)[0])
    git(reference, "init", "--quiet")
    commit(reference)
    assert json.loads(rolebook("-C", reference, "diff", "--format", "json").out) == shown
