"""The words on our pages: which templates have them all marked, and whether each language has them all."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_type_hints

import pytest
from jinja2 import Environment

from rolebook import resources
from rolebook.comparing import Kind
from rolebook.comparing.compare import SINGLE
from rolebook.comparing.effect import Effect
from rolebook.comparing.phrase import choice
from rolebook.comparing.wording import of_the_thing_itself
from rolebook.comparing.words import LETTERS, field_words
from rolebook.diagnostic import Severity
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.model.figures import State, Trend
from rolebook.model.improvement import Status
from rolebook.model.kinds import ALL_KINDS
from rolebook.model.maturity import AREAS, LEVELS, NO, NOT_APPLICABLE, PARTLY, YES
from rolebook.model.nouns import NOUNS
from rolebook.model.organisation import Objective
from rolebook.model.process import Kpi
from rolebook.model.programme import FRAGILE, MISSING, RESISTANCE, RISK, SECURED, WORK_AREAS, Risk
from rolebook.model.raci import Matrix
from rolebook.model.standing import STATES
from rolebook.model.training import FORMATS
from rolebook.model.values import Choice
from rolebook.pages.calendar import WEEKDAYS
from rolebook.pages.places import INDEX_HEADINGS
from rolebook.rendering import Look, Writing, languages

TEMPLATES = sorted((resources.templates()).glob("*/*.html.jinja"))
PACKAGE = Path(__file__).parents[2] / "generator/rolebook"
PAGES = PACKAGE / "pages"

_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""\b(?:title|alt|aria-label|data-label|data-none|placeholder)="([^"]*)\"""")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ENTITY = re.compile(r"&\w+;")
_SILENT = re.compile(r"""\b(?:class|id|href)="[^"]*$""")
_SENTENCE = re.compile(r"^.[A-Z][a-z]|[a-z] [a-z]")
_MARKS = {"_", "ngettext"}
_SAID = re.compile(r"""\b(?:say\(\s*\[?\s*|words\[)("(?:[^"\\\n]|\\.)*")""")

environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])


def name(template: Path) -> str:
    return f"{template.parent.name}/{template.name.removesuffix('.html.jinja')}"


def unmarked(text: str) -> list[str]:
    """The words that a template prints as they stand in it: in its text, in attributes, and in strings it prints.

    What it gives to macros counts where it looks like words.
    """
    plain, strings, calls = [], [], [""]
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
        elif kind == "string" and not _MARKS & {*calls}:
            alone = printing and len(calls) == 1 and before in ("if", "else", "variable_begin", "~")
            if (alone and not _SILENT.search("".join(plain))) or _SENTENCE.search(value):
                strings.append(value)
        elif kind == "operator" and value in "()":
            calls = [*calls, before] if value == "(" else calls[:-1]
        if kind != "whitespace":
            before = value if kind == "name" or kind == "operator" else kind
    html = "".join(plain)
    shown = [*_ATTRIBUTE.findall(html), _TAG.sub(" ", html), *strings]
    return [word for part in shown for word in _WORD.findall(_ENTITY.sub(" ", part))]


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_the_words_of_a_template_are_marked(template: Path) -> None:
    assert unmarked(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<p class="lead">{{ _("Hello") }} {{ name }}</p>', []),
        ("{% trans %}Hello{% endtrans %}&nbsp;·", []),
        ('<p title="Hello">{{ view.name }}</p>', ["Hello"]),
        ('{{ "Hello" if x else _("no") }}', ["Hello"]),
        ('{{ link("role", x) }} by {{ y }}', ["by"]),
        ('<a href="{{ x }}" class="{{ "a" }}">{{ _("b") }}</a>', []),
        ('<a class="a{{ "b" if x }}" title="{{ "Hello" if x }}"></a>', ["Hello"]),
        ('{{ text.fact("Owner", x|map(attribute="id")) }}', ["Owner"]),
        ('{% call text.scroll("steps of " ~ x) %}', ["steps", "of"]),
        ('{{ text.fact(_("Owner"), ngettext("%(num)s role of it", "%(num)s roles of it", x)) }}', []),
    ],
)
def test_words_are_found_where_they_are_printed(text: str, words: list[str]) -> None:
    assert unmarked(text) == words


def marked() -> Iterator[str]:
    """Everything that templates, scripts, the theme's parts and the view-models have for languages."""
    for template in TEMPLATES:
        for _, _, found in environment.extract_translations(template.read_text(encoding="utf-8")):  # type: ignore[attr-defined]
            yield from [found] if isinstance(found, str) else [text for text in found or () if text][:1]
    theme, courses = resources.theme(), resources.templates() / "scorm"
    for path in (*theme.rglob("*.js"), *theme.rglob("*.html"), *courses.rglob("*.js")):
        yield from map(json.loads, _SAID.findall(path.read_text(encoding="utf-8")))
    yield from INDEX_HEADINGS.values()
    yield from WEEKDAYS
    yield from said()
    yield from (f"every {period}" for period in choices(Kpi, "measured_every"))
    yield from (horizon.replace("-", " ") for horizon in choices(Objective, "horizon"))
    yield from (state.replace("-", " ") for state in (*STATES, Status.REJECTED))
    yield from map(Writing().words, FORMATS)
    yield from Severity
    yield from (*LEVELS, *(Writing().words(word) for word in (*AREAS, YES, PARTLY, NO, NOT_APPLICABLE, "open")))
    programme = (*State, *Trend, *WORK_AREAS, RISK, RESISTANCE, SECURED, FRAGILE, MISSING)
    yield from map(Writing().words, (*programme, *choices(Risk, "likelihood")))
    yield from changes()


def changes() -> Iterator[str]:
    """What changes and effects are told in: their sentences, kinds of thing, letters, fields and choices."""
    yield from (kind.value for kind in Kind)
    yield from (of_the_thing_itself(kind) for kind in Kind)
    yield from (effect.value for effect in Effect)
    yield from (*NOUNS.values(), *LETTERS.values(), *(words.partition(" ")[0] for words in LETTERS.values()))
    yield from (title for _, _, title in SINGLE)
    yield from (field_words(name) for name in ("place", "sections"))
    compared = (kind for kind in ALL_KINDS if not kind.past and not kind.programme and kind.type is not Matrix)
    for cls in classes(Keys(type=kind.type) for kind in compared):
        for field in (field for field in declaration(cls).fields if field.key != "id"):
            yield field_words(field.key)
            yield from (choice(word).words for word in choices_in(field.shape))
    for path in (PACKAGE / "comparing").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in ("Phrase", "fill", "say"):
                yield from (str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))


def called(node: ast.Call) -> str:
    """The name of what is called, whatever it belongs to."""
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def classes(shapes: Iterable[Shape], seen: tuple[type, ...] = ()) -> tuple[type, ...]:
    """The classes that values of these shapes consist of."""
    for shape in shapes:
        match shape:
            case Keys(type=cls) if cls not in seen:
                seen = classes([field.shape for field in declaration(cls).fields], (*seen, cls))
            case Many(item=item):
                seen = classes([item], seen)
            case AnyOf(shapes=several):
                seen = classes(several, seen)
    return seen


def choices_in(shape: Shape) -> tuple[str, ...]:
    """The words of a choice, or of a list of them."""
    match shape:
        case One(type=Choice(words=words)):
            return words
        case Many(item=item):
            return choices_in(item)
        case _:
            return ()


def choices(entity: type, field: str) -> tuple[str, ...]:
    """The words that a field may have."""
    about = get_type_hints(entity, include_extras=True)[field].__metadata__
    return next(one.words for one in about if isinstance(one, Choice))


def said() -> Iterator[str]:
    """What Python says by itself, where it stands in the code as it is."""
    texts = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    for text in (text for text in texts if "look.say" in text):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and "say" in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
                yield from (str(given.value) for given in node.args if isinstance(given, ast.Constant))


def headings() -> Iterator[str]:
    """The headings of sections and the descriptions of pages, where they stand in the code as they are."""
    for path in PAGES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = node.args[1:2] if node.func.id == "Part" else []
                given += [keyword.value for keyword in node.keywords if keyword.arg == "description"]
                yield from (str(one.value) for one in given if isinstance(one, ast.Constant))


@pytest.mark.parametrize("code", [code for code in languages(Look()) if code != "en"])
def test_a_language_has_words_for_all_that_is_marked(code: str) -> None:
    missing = sorted({*marked(), *headings()} - Look(code).speech.words.keys())
    assert missing == [], f"add to site_templates/languages/{code}.yaml"
