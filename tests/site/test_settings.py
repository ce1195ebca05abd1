"""What is read of a `mkdocs.yml`: a documented list of keys, and nothing that runs or fetches anything."""

from pathlib import Path

import pytest
from mkdocs.utils import get_theme_dir

from rolebook.publishing.engine import theme_values
from rolebook.publishing.reading import ReadSettings, read_settings
from rolebook.publishing.settings import LANGUAGES, Settings


def read(folder: Path, text: str) -> ReadSettings:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return read_settings(folder)


def settings(folder: Path, text: str) -> Settings:
    found = read(folder, text)
    assert found.settings is not None, found.diagnostics
    assert found.diagnostics == ()
    return found.settings


def test_a_name_is_enough(tmp_path: Path) -> None:
    found = settings(tmp_path, "site_name: Our handbook\n")
    assert found.site_name == "Our handbook"
    assert (found.search, found.offline, found.directory_urls) == (True, True, False)


def test_the_short_forms_of_mkdocs_are_read(tmp_path: Path) -> None:
    found = settings(tmp_path, "site_name: X\ntheme: material\nplugins: [search, rolebook]\nuse_directory_urls: true\n")
    assert found.theme is not None
    assert found.theme.name == "material"
    assert (found.search, found.offline, found.directory_urls) == (True, False, True)


@pytest.mark.parametrize("plugins", ["[search, {rolebook: {today: 2026-11-22}}]", "{rolebook: {today: 2026-11-22}}"])
def test_the_plugin_takes_a_day(tmp_path: Path, plugins: str) -> None:
    found = settings(tmp_path, f"site_name: X\nplugins: {plugins}\n")
    assert found.plugins is not None
    assert found.plugins.rolebook is not None
    assert str(found.plugins.rolebook.today) == "2026-11-22"


def test_a_site_that_is_opened_as_files_has_no_folders_for_addresses(tmp_path: Path) -> None:
    assert not settings(tmp_path, "site_name: X\nuse_directory_urls: true\n").directory_urls


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("hooks: [run.py]", (2, 1)),
        ("site_author: !ENV HOME", (2, 14)),
        ("copyright: !!python/object/apply:os.system [id]", (2, 12)),
        ("plugins: [search, macros]", (2, 19)),
        ("plugins: {exec: {}}", (2, 11)),
        ("markdown_extensions: [pymdownx.snippets]", (2, 1)),
        ("extra_javascript: [https://example.org/x.js]", (2, 1)),
        ("repo_url: javascript:alert(1)", (2, 11)),
        ('site_url: https://example.org/" onload="x', (2, 11)),
        ("docs_dir: ../elsewhere", (2, 11)),
        ("theme: {name: material, logo: ../../etc/passwd}", (2, 31)),
        ("theme: {name: material, custom_dir: overrides}", (2, 25)),
        ("theme: {name: material, language: ../../x}", (2, 35)),
        ("INHERIT: ../base.yml", (2, 1)),
        ("site_dir: /", (2, 1)),
    ],
)
def test_what_could_do_harm_is_refused_at_its_place(tmp_path: Path, line: str, place: tuple[int, int]) -> None:
    found = read(tmp_path, f"site_name: X\n{line}\n")
    assert found.settings is None
    assert place in [(d.span.line, d.span.column) for d in found.diagnostics]


def test_a_near_name_is_offered(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "site_name: X\ncopyrigth: Us\n").diagnostics
    assert found.finding.help == "Did you mean 'copyright'?"


@pytest.mark.parametrize("text", ["", "- a\n", "plugins: [[a]]\nsite_name: X\n", "plugins:\nsite_name: X\n", "\0"])
def test_an_odd_file_is_a_finding(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text)
    assert found.settings is None
    assert found.diagnostics


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    (found,) = read_settings(tmp_path).diagnostics
    assert found.rule.name == "missing-file"


@pytest.mark.parametrize("colour", ["teal", "deep purple", "white", '"#00594f"', '"#00594F"'])
def test_a_colour_is_a_name_or_the_organisations_own(tmp_path: Path, colour: str) -> None:
    found = settings(tmp_path, f"site_name: X\ntheme: {{name: material, palette: {{primary: {colour}}}}}\n")
    assert found.theme is not None
    assert found.theme.palette is not None
    assert found.theme.palette.primary == colour.strip('"')


@pytest.mark.parametrize("colour", ['"#fff"', '"#00594g"', '"#00594f;}"', '"#00594f80"', "rgb(0,0,0)", "custom", "٣"])
def test_nothing_else_is_a_colour(tmp_path: Path, colour: str) -> None:
    found = read(tmp_path, f"site_name: X\ntheme:\n  name: material\n  palette:\n    primary: {colour}\n")
    assert found.settings is None
    assert [(d.span.line, d.span.column) for d in found.diagnostics] == [(5, 14)]


def test_a_colour_with_a_slip_is_offered_as_it_is_meant(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "site_name: X\ntheme: {name: material, palette: {primary: tael}}\n").diagnostics
    assert found.finding.help == "Did you mean 'teal'?"


def test_a_colour_without_quotation_marks_is_a_comment_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, "site_name: X\ntheme:\n  name: material\n  palette:\n    primary: #00594f\n").diagnostics
    assert [d.rule.name for d in found] == ["missing-key", "text-cut-short"]


def test_the_languages_are_those_of_the_theme() -> None:
    folder = Path(get_theme_dir("material"), "partials/languages")
    assert sorted(LANGUAGES) == sorted(path.stem for path in folder.glob("*.html"))


@pytest.mark.parametrize(("language", "spoken"), [("de", "de"), ("de-AT", "de"), ("pt-BR", "pt-BR")])
def test_the_theme_speaks_a_language_with_a_country_or_without(tmp_path: Path, language: str, spoken: str) -> None:
    found = settings(tmp_path, f"site_name: X\ntheme: {{name: material, language: {language}}}\n")
    assert theme_values(found)["language"] == spoken


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yml").write_text("site_name: X\n")
    (tmp_path / "mkdocs.yml").symlink_to(tmp_path / "elsewhere.yml")
    (found,) = read_settings(tmp_path).diagnostics
    assert found.rule.name == "unreadable-file"
