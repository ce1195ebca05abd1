"""What the README, the guide and the glossary promise is so."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook.cli.main import COMMANDS
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.model.kinds import ALL_KINDS, KINDS
from tests.conftest import ROOT, Result

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)(?:#([^)]*))?\)")
TREE = re.compile(r"^([a-z_.]+/?) {2,}\S", re.MULTILINE)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def keys(shape: Shape) -> set[str]:
    """Every key that may stand in a value of this shape."""
    match shape:
        case One():
            return set()
        case Many(item=item):
            return keys(item)
        case AnyOf(shapes=shapes):
            return {key for part in shapes for key in keys(part)}
        case Keys(type=cls):
            fields = declaration(cls).fields
            return {f.key for f in fields if f.written} | {key for f in fields for key in keys(f.shape)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", text(page), flags=re.MULTILINE | re.DOTALL)
    missing = [target for target, _ in LINK.findall(prose) if not (page.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_line_in_the_readme_and_its_help(command: str, rolebook: Callable[..., Result]) -> None:
    assert f"$ rolebook {command}" in text(ROOT / "README.md")
    result = rolebook(command, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: rolebook {command}")


def test_every_command_that_the_pages_call_exists() -> None:
    called = {
        name
        for page in PAGES
        for name in re.findall(r"(?:\$ |`)rolebook (?:--directory \S+ )?([a-z]+(?:-[a-z]+)*)", text(page))
    }
    assert called <= set(COMMANDS)


def test_the_tree_is_what_the_readme_says() -> None:
    section = text(ROOT / "README.md").partition("## Where things are")[2]
    named = TREE.findall(section)
    assert len(named) >= 7
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_kind_of_file_lies_where_the_guide_says() -> None:
    guide = text(ROOT / "docs/guide/files.md") + text(ROOT / "docs/guide/reference.md")
    assert [kind.pattern for kind in KINDS if kind.pattern not in guide] == []


def test_every_yaml_word_of_the_glossary_is_a_key_or_a_file() -> None:
    known = {key for kind in KINDS for key in keys(Keys(kind.type))} | {kind.folder + "/" for kind in ALL_KINDS}
    cells = [row.split("|")[2] for row in text(ROOT / "docs/glossary.md").splitlines() if row.startswith("| **")]
    words = {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}
    assert words - known - {"outside/id"} == set()


def test_the_two_commands_stand_at_the_top_of_the_readme() -> None:
    top = "\n".join(text(ROOT / "README.md").splitlines()[:20])
    assert "$ make handbook" in top
    assert "$ make test" in top
