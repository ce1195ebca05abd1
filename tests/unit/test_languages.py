"""The words on our pages: which templates have them all marked, and whether each language has them all."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment

from rolebook import resources
from rolebook.pages.places import INDEX_HEADINGS
from rolebook.rendering import Look, languages

TEMPLATES = sorted((resources.templates()).glob("*s/*.html.jinja"))
PAGES = Path(__file__).parents[2] / "generator/rolebook/pages"

UNMARKED = {
    "macros/bridge",
    "macros/finding",
    "macros/flow",
    "macros/improving",
    "macros/lanes",
    "macros/measuring",
    "macros/organised",
    "macros/passing",
    "macros/people",
    "macros/raci",
    "macros/ring",
    "macros/text",
    "macros/training",
    "pages/clauses",
    "pages/findings",
    "pages/function",
    "pages/glossary",
    "pages/home",
    "pages/improvement",
    "pages/index",
    "pages/job",
    "pages/matrix",
    "pages/organisation",
    "pages/plan",
    "pages/process",
    "pages/register",
    "pages/role",
    "pages/training",
    "pages/training_matrix",
}
"""Templates with words that no language can change yet. The list only ever becomes shorter."""

_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""\b(?:title|alt|aria-label|data-label|data-none|placeholder)="([^"]*)\"""")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENTITY = re.compile(r"&\w+;")
_SAID = re.compile(r"""\b(?:say\(\s*\[?\s*|words\[)("(?:[^"\\\n]|\\.)*")""")

environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])


def name(template: Path) -> str:
    return f"{template.parent.name}/{template.name.removesuffix('.html.jinja')}"


def unmarked(text: str) -> list[str]:
    """The words that a template prints as they stand in it: in its text, in attributes, and in strings it prints."""
    plain, strings = [], []
    inside = printing = False
    before = ""
    for _, kind, value in environment.lex(text):
        if kind == "data" and not inside:
            plain.append(value)
        elif kind == "variable_begin":
            printing = True
            plain.append("\0")
        elif kind == "variable_end":
            printing = False
        elif kind == "name" and value in ("trans", "endtrans"):
            inside = value == "trans"
        elif kind == "string" and printing and before in ("if", "else", "variable_begin", "~"):
            strings.append(value)
        if kind != "whitespace":
            before = value if kind == "name" or kind == "operator" else kind
    html = "".join(plain)
    shown = [*_ATTRIBUTE.findall(html), _TAG.sub(" ", html), *strings]
    return [word for part in shown for word in _WORD.findall(_ENTITY.sub(" ", part))]


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_the_words_of_a_template_are_marked(template: Path) -> None:
    found = unmarked(template.read_text(encoding="utf-8"))
    if name(template) in UNMARKED:
        assert found, f"take '{name(template)}' from the list: all its words are marked"
    else:
        assert found == []


def test_only_templates_that_there_are_may_have_words_unmarked() -> None:
    assert {name(template) for template in TEMPLATES} >= UNMARKED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<p class="lead">{{ _("Hello") }} {{ name }}</p>', []),
        ("{% trans %}Hello{% endtrans %}&nbsp;·", []),
        ('<p title="Hello">{{ view.name }}</p>', ["Hello"]),
        ('{{ "Hello" if x else _("no") }}', ["Hello"]),
        ('{{ link("role", x) }} by {{ y }}', ["by"]),
        ('<a href="{{ x }}" class="{{ "a" }}">{{ _("b") }}</a>', []),
    ],
)
def test_words_are_found_where_they_are_printed(text: str, words: list[str]) -> None:
    assert unmarked(text) == words


def marked() -> Iterator[str]:
    """Everything that templates, scripts, the theme's parts and the view-models have for languages."""
    for template in TEMPLATES:
        for _, _, found in environment.extract_translations(template.read_text(encoding="utf-8")):  # type: ignore[attr-defined]
            yield found if isinstance(found, str) else next(text for text in found if text)
    theme = resources.theme()
    for path in (*theme.rglob("*.js"), *theme.rglob("*.html")):
        yield from map(json.loads, _SAID.findall(path.read_text(encoding="utf-8")))
    yield from INDEX_HEADINGS.values()


def headings() -> Iterator[str]:
    """The headings of sections, where they stand in the code as they are."""
    for path in PAGES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Part":
                given = node.args[1] if len(node.args) > 1 else None
                if isinstance(given, ast.Constant):
                    yield str(given.value)


@pytest.mark.parametrize("code", [code for code in languages(Look()) if code != "en"])
def test_a_language_has_words_for_all_that_is_marked(code: str) -> None:
    missing = sorted({*marked(), *headings()} - Look(code).speech.words.keys())
    assert missing == [], f"add to site_templates/languages/{code}.yaml"
