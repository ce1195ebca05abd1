"""What readers may type: other words for a role or a term are found by the search and by the scripts of the pages."""

import json
from pathlib import Path

import pytest
from markupsafe import Markup

from rolebook.pages.page import Page, Section
from rolebook.publishing import search
from rolebook.publishing.names import Name, name_files

ROLE = Page("roles/analyst", "role", "Analyst </script>", "", Markup(), (), also=("First & Line",))
TERM = Section("alarm", "alarm", 3, Markup("<p>A <b>signal</b> &amp; more.</p>\n<p>Also: siren</p>"), also=("siren",))
GLOSSARY = Page("glossary", "glossary", "Glossary", "", Markup(), (Section("all", "Terms", 2, Markup()), TERM))


def names(kind: str, *, directory_urls: bool = False) -> list[Name]:
    files = name_files((ROLE, GLOSSARY), directory_urls=directory_urls)
    _, _, value = files[f"assets/javascripts/rolebook/names/{kind}.js"].partition(" = ")
    found: list[Name] = json.loads(value.rstrip(";\n"))
    return found


@pytest.mark.parametrize(("directory_urls", "url"), [(False, "roles/analyst.html"), (True, "roles/analyst/")])
def test_a_role_is_known_by_all_its_names(directory_urls: bool, url: str) -> None:
    assert names("roles", directory_urls=directory_urls) == [["Analyst </script>", url, ["First & Line"]]]


def test_a_term_is_known_with_the_first_paragraph_of_what_it_means() -> None:
    assert names("terms") == [["alarm", "glossary.html#alarm", ["siren"], "A signal & more."]]


def test_the_search_counts_other_names_like_titles() -> None:
    (entry,) = search.entries(ROLE, "roles/analyst.html")
    assert entry["tags"] == ["First &amp; Line"]
    assert "tags" not in next(search.entries(GLOSSARY, "glossary.html"))


def test_what_a_drawing_says_is_no_text() -> None:
    drawing = Markup('<p>before</p><svg role="img"><text>inside</text></svg><p>after</p>')
    (entry,) = search.entries(Page("x", "x", "X", "", drawing, ()), "x.html")
    assert entry["text"] == "before after"


def test_a_section_of_ours_without_words_is_not_found() -> None:
    form = Markup("<div data-search-exclude><p>Sign here</p></div>")
    sections = (Section("section_sign", "Read and understood", 2, form), Section("close", "Close", 3, form))
    page = Page("x", "x", "X", "", Markup(), sections)
    assert [entry["title"] for entry in search.entries(page, "x.html")] == ["X", "Close"]


def index(folder: Path, limit: int) -> dict[str, object]:
    script = folder / "search_index.js"
    docs = [{"location": "x.html", "title": "X", "text": "many words", "tags": ["Y"]}]
    script.write_text(f"var __index = {json.dumps({'config': {}, 'docs': docs})}")
    search.shorten(script, limit)
    found: dict[str, object] = json.loads(script.read_text().removeprefix("var __index = "))
    return found


def test_a_large_index_for_files_keeps_titles_and_other_names_and_says_so(tmp_path: Path) -> None:
    docs = [{"location": "x.html", "title": "X", "text": "", "tags": ["Y"]}]
    assert index(tmp_path, limit=10) == {"config": {}, "docs": docs, "titles_only": True}


def test_a_small_index_for_files_is_left_as_it_is(tmp_path: Path) -> None:
    assert "titles_only" not in index(tmp_path, limit=1000)
    search.shorten(tmp_path / "missing.js")
