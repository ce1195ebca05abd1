"""What the guide shows of `release` is what it prints for the small handbook of the examples."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT, Result

GUIDE = (ROOT / "docs/guide/releasing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n\$ rolebook ([^\n]*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_guide_shows_what_is_printed_one_after_the_other(given: Path, rolebook: Callable[..., Result]) -> None:
    assert len(BLOCKS) == 3
    for command, shown in BLOCKS:
        result = rolebook("-C", given, *shlex.split(command))
        assert f"{result.out}{result.err}" == shown


def test_the_guide_names_every_option(rolebook: Callable[..., Result]) -> None:
    options = set(re.findall(r"--[a-z-]+", rolebook("release", "--help").out)) - {"--help"}
    assert {option for option in options if f"`{option}" not in GUIDE} == set()
