"""Portable files: text in them is text to every reader, and a folder is kept up to date with care."""

from pathlib import Path

import pytest
import yaml as pyyaml
from markupsafe import Markup

from rolebook.pages.page import Chapter, Page, Section
from rolebook.publishing import yaml
from rolebook.publishing.error import SiteError
from rolebook.publishing.markdown import page_file
from rolebook.publishing.portable import portable_files, write_files
from rolebook.publishing.repository import Repository
from rolebook.publishing.search import SEPARATOR
from tests.site import samples

ODD = ["no", "1:30", "2026-01-01", "a\nb", "\x85\u2028\u2029\ufeff", "😀", "- a: b #c", "\\x", "\"'", "", " x ", "\t"]


def files() -> dict[str, bytes]:
    return portable_files(samples.nasty_pages(), samples.nasty_chapters(), samples.settings())


@pytest.mark.parametrize("text", [*ODD, *samples.NASTY])
def test_text_stays_the_same_in_yaml(text: str) -> None:
    values = {"key": text, "list": [text, {text: [text]}], "mapping": {"yes": text, text: True}}
    assert pyyaml.safe_load(yaml.document(values)) == values


def test_values_stay_the_same_in_yaml() -> None:
    values = {"none": [], "nothing": {}, "number": 3, "truth": False, "null": None, "nested": [{"a": {"b": ["c"]}}]}
    assert pyyaml.safe_load(yaml.document(values)) == values


def test_no_plugin_of_ours_is_named() -> None:
    configuration = pyyaml.safe_load(files()["mkdocs.yml"])
    assert configuration["plugins"] == [{"search": {"separator": SEPARATOR}}]
    assert "hooks" not in configuration


def test_a_block_of_html_is_one_line() -> None:
    body = Markup("<p>a\n\n    b</p>\n<pre>c\n\td</pre>\n\n<p>e</p>")
    page = Page("x", "x", "X", "X", Markup(), (Section("one", "One", 2, body),))
    text = page_file(page, Repository(), alone=False)
    assert '<div class="page-section"> <p>a b</p> <pre>c&#10;&#9;d</pre> <p>e</p> </div>\n' in text


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    target = tmp_path / "portable"
    write_files(files(), target, tmp_path / "handbook")
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*") if path.is_file()}
    changed = target / "docs" / "index.md"
    write_files(files() | {"docs/index.md": b"# New\n"}, target, tmp_path / "handbook")
    assert [path for path, time in before.items() if path.stat().st_mtime_ns != time] == [changed]


def test_what_is_gone_is_removed_and_what_others_made_stays(tmp_path: Path) -> None:
    target = tmp_path / "portable"
    write_files(files(), target, tmp_path / "handbook")
    (target / "site").mkdir()
    (target / "site" / "index.html").write_text("built")
    left = {name: content for name, content in files().items() if not name.startswith("docs/odd/")}
    write_files(left, target, tmp_path / "handbook")
    assert not (target / "docs" / "odd").exists()
    assert (target / "site" / "index.html").read_text() == "built"


def test_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "letter.txt").write_text("dear")
    with pytest.raises(SiteError, match="Rolebook did not make it"):
        write_files(files(), tmp_path / "own", tmp_path / "handbook")
    assert [path.name for path in (tmp_path / "own").iterdir()] == ["letter.txt"]


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "portable"
    write_files(files(), target, tmp_path / "handbook")
    (tmp_path / "secret").write_text("keep")
    (target / "docs" / "index.md").unlink()
    (target / "docs" / "index.md").symlink_to(tmp_path / "secret")
    write_files(files(), target, tmp_path / "handbook")
    assert (tmp_path / "secret").read_text() == "keep"
    assert not (target / "docs" / "index.md").is_symlink()


def test_a_heading_over_others_opens_no_page() -> None:
    chapters = (Chapter("All", "index", (Chapter("Group", "", (Chapter("X0", "odd/x0"),)), Chapter("Empty", ""))),)
    configuration = pyyaml.safe_load(portable_files((), chapters, samples.settings())["mkdocs.yml"])
    assert configuration["nav"] == [{"All": ["index.md", {"Group": [{"X0": "odd/x0.md"}]}]}]


def test_files_beside_the_pages_lie_in_the_folder_of_the_pages() -> None:
    made = portable_files((), (), samples.settings(), beside={"handbook.json": b"{}"})
    assert made["docs/handbook.json"] == b"{}"
