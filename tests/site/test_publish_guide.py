"""What the guide shows of `publish` is what it prints for the small handbook, and what it says of the files is so."""

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site.publishing import Rolebook, contents, release, say, with_releases

GUIDE = (ROOT / "docs/guide/publishing.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n\$ rolebook ([^\n]*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def without_sizes(text: str) -> str:
    return re.sub(r"\(\d+ (files?), [\d.]+ [kM]B\)", r"(… \1)", text)


def test_the_guide_shows_what_is_printed_one_after_the_other(
    tmp_path: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    handbook = with_releases(tmp_path / "handbook", "1.0.0")
    monkeypatch.chdir(handbook)
    assert len(BLOCKS) == 4
    for command, shown in BLOCKS:
        if "something else" in shown:
            say(handbook, "Do something that nobody has agreed to.")
        result = rolebook(*shlex.split(command))
        assert without_sizes(f"{result.out}{result.err}") == without_sizes(shown)
    names = {path.partition("/")[0] for path in contents(handbook / "public")}
    assert {name for name in names if f"| `{name}`" not in GUIDE and f"| `{name}/`" not in GUIDE} == set()


def test_the_guide_names_every_option(rolebook: Rolebook) -> None:
    options = set(re.findall(r"--[a-z-]+", rolebook("publish", "--help").out)) - {"--help"}
    assert {option for option in options if f"`{option}" not in GUIDE} == set()


def test_a_plain_site_says_whether_it_is_the_release(tmp_path: Path, rolebook: Rolebook) -> None:
    handbook = with_releases(tmp_path / "handbook")

    def line() -> list[str]:
        assert rolebook("-C", handbook, "build", "--today", "2026-11-22").code == 0
        return re.findall(r'<p class="rb-version">(.*)</p>', (handbook / "site/roles/agent.html").read_text())

    assert line() == []
    release(handbook, "1.0.0")
    assert line() == ['This is version 1.0.0 of <time datetime="2026-06-30">30 June 2026</time>.']
    say(handbook, "Take every report, or nearly.")
    assert line() == ["This is a draft after version 1.0.0."]
