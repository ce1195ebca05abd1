"""What the guide shows of `rename`, `merge-role` and `retire-role` is what they print for the reference handbook."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result

BLOCKS = re.findall(
    r"^```\n\$ rolebook ([^\n]*)\n(.*?)^```$",
    (ROOT / "docs/guide/renaming.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_the_guide_shows_what_is_printed(
    reference: Path, rolebook: Callable[..., Result], command: str, shown: str
) -> None:
    result = rolebook("-C", reference, *shlex.split(command))
    printed = f"{result.out}{result.err}"
    place = 0
    for passage in shown.split("…\n"):
        assert passage in printed[place:]
        place = printed.index(passage, place) + len(passage)


def test_the_guide_shows_each_command() -> None:
    assert {command.split()[0] for command, _ in BLOCKS} == {"rename", "merge-role", "retire-role"}
