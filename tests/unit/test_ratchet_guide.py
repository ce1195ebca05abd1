"""What the guide shows of the ratchet is what is printed for the small handbook of the examples."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT, Result

GUIDE = (ROOT / "docs/guide/ratchet.md").read_text(encoding="utf-8")
FILES = re.findall(r'^```yaml title="([^"]+)"\n(.*?)^```$', GUIDE, re.MULTILINE | re.DOTALL)
BLOCKS = re.findall(r"^```\n\$ rolebook ([^\n]*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_guide_shows_what_is_printed_one_after_the_other(given: Path, rolebook: Callable[..., Result]) -> None:
    assert (len(FILES), len(BLOCKS)) == (2, 3)
    assert rolebook("-C", given, "release", "1.0.0", "--date", "2026-06-30").code == 0
    for (path, text), blocks in zip(FILES, (BLOCKS[:1], BLOCKS[1:]), strict=True):
        file = given / path
        file.write_text(re.sub("^ +target:.*\n", text, file.read_text(), flags=re.M) if file.exists() else text)
        for command, shown in blocks:
            result = rolebook("-C", given, *shlex.split(command))
            assert f"{result.out}{result.err}".startswith(shown)
    result = rolebook("-C", given, "check", "--today", "2026-06-30")
    assert result.code == 0, result.out
