"""Every page is valid HTML: html-validate finds nothing, but for two things that the theme's script depends on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from jinja2 import DictLoader, Environment

from rolebook.publishing.markup import MENDED, mend
from tests.site import links

HTML = Path(__file__).parents[1] / "html"
VALIDATOR = HTML / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"

ALLOWED = (
    ("valid-id", "#__"),  # the ids of what the theme's script opens and closes: it knows them by these names
    ("wcag/h32", "html > body > header > nav > "),  # the theme's forms, for colours and for the search: nothing is sent
)
"""The rules that the theme may break, each with the beginning of the selectors of its own elements."""


def findings(pages: Iterable[Path]) -> list[str]:
    """What html-validate has to say of `pages`."""
    assert VALIDATOR.is_file(), "html-validate is not installed: make test does it"
    node = Path(sys.executable).with_name("node")
    command: list[Path | str] = [node, VALIDATOR, "--config", HTML / ".htmlvalidate.json", "--formatter", "json"]
    with TemporaryFile() as output:  # it does not wait until a pipe has taken everything
        done = subprocess.run([*command, *pages], stdout=output, check=False)
        output.seek(0)
        said = json.load(output)
    assert done.returncode in (0, 1)
    return [
        f"{Path(file['filePath']).name}:{found['line']}: {found['ruleId']}: {found['message']} ({found['selector']})"
        for file in said
        for found in file["messages"]
        if not any(found["ruleId"] == rule and (found["selector"] or "").startswith(begin) for rule, begin in ALLOWED)
    ]


def test_pages_are_valid(site: Path) -> None:
    everything = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
    pages = everything if os.environ.get("ROLEBOOK_FULL") else [*links.kinds(site), "404.html"]
    assert findings(site / page for page in pages) == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ('<p id="__ours">x</p><p id="__ours">x</p>', "no-dup-id"),
        ('<p id="1">x</p>', "valid-id"),
        ('<form><input aria-label="x" name="x"></form>', "wcag/h32"),
        ("<p><div>x</div></p>", "close-order"),
    ],
)
def test_a_fault_of_our_own_is_found(site: Path, tmp_path: Path, fault: str, rule: str) -> None:
    html = (site / "glossary.html").read_text(encoding="utf-8")
    assert html.count("</article>") == 1
    (tmp_path / "page.html").write_text(html.replace("</article>", f"{fault}</article>"), encoding="utf-8")
    assert any(f" {rule}: " in found for found in findings([tmp_path / "page.html"]))


def test_the_theme_still_has_what_is_mended_in_it() -> None:
    theirs = files("material") / "templates"
    for name, texts in MENDED.items():
        source = (theirs / name).read_text(encoding="utf-8")
        assert [text for text in texts if text not in source] == [], name


def test_another_theme_goes_its_own_way() -> None:
    theme = Environment(loader=DictLoader({"base.html": "<!DOCTYPE html>", "own.html": "<!doctype html>"}))
    mend(theme)
    assert theme.list_templates() == ["base.html", "own.html"]
    assert [theme.get_template(name).render() for name in theme.list_templates()] == [
        "<!DOCTYPE html>",
        "<!doctype html>",
    ]
