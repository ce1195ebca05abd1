"""What the guide shows of `release` is what it prints for the small handbook of the examples."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT, Result

GUIDE = (ROOT / "docs/guide/releasing.md").read_text(encoding="utf-8")
(EDIT,) = re.findall(r"^```yaml\n(log: .*)\n```$", GUIDE, re.MULTILINE)
"""What somebody wrote before having a version proposed."""
BLOCKS = re.findall(r"^```\n\$ rolebook ([^\n]*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_guide_shows_what_is_printed_one_after_the_other(given: Path, rolebook: Callable[..., Result]) -> None:
    assert len(BLOCKS) == 4
    matrix = given / "raci/matrices/incident.yaml"
    before = matrix.read_text()
    for command, shown in BLOCKS:
        matrix.write_text(re.sub("^log: .*$", EDIT, before, flags=re.MULTILINE) if "--bump" in command else before)
        result = rolebook("-C", given, *shlex.split(command))
        assert f"{result.out}{result.err}" == shown


def test_the_guide_names_every_option(rolebook: Callable[..., Result]) -> None:
    options = set(re.findall(r"--[a-z-]+", rolebook("release", "--help").out)) - {"--help"}
    assert {option for option in options if f"`{option}" not in GUIDE} == set()
