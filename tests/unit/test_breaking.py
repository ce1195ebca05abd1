"""Long words may be broken by a browser, and stay what they are for everybody else."""

import dataclasses
from pathlib import Path
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages import Links, handbook_pages
from rolebook.pages.breaking import breakable
from rolebook.publishing.search import plain
from rolebook.source import Span, Text

GIVEN = Path(__file__).parents[2] / "docs" / "checks" / "given"
LONG = "Überwachungsverantwortungsmatrix"


def test_a_long_word_may_be_broken() -> None:
    assert breakable(Markup(f"<p>a {LONG} b</p>")) == "<p>a Überwachungs<wbr>verantwortun<wbr>gsmatrix b</p>"


def test_other_words_may_not() -> None:
    html = Markup("<p>Institutionalisation takes time</p>")
    assert breakable(html) == html


def test_a_character_reference_stays_whole() -> None:
    html = breakable(escape("<&>" * 20))
    assert html.split("<wbr>") == [escape("<&>" * 4)] * 5


def test_attributes_and_drawings_stay_as_they_are() -> None:
    html = Markup(f'<a href="{LONG}">x</a><svg><text>{LONG}</text></svg>')
    assert breakable(html) == html


@given(st.text(st.sampled_from("ab&<>;#\"' é👩\u200d"), max_size=200))
def test_nothing_but_breaks_is_added(text: str) -> None:
    html = escape(text)
    assert breakable(html).replace("<wbr>", "") == html


def test_search_knows_the_word_as_it_was_written() -> None:
    assert plain(breakable(Markup(f"<p>{LONG}</p>"))) == LONG


def test_pages_have_breaks_where_a_handbook_has_long_words() -> None:
    handbook = load(GIVEN).handbook
    assert "<wbr>" not in html_of(handbook)
    name = Text(LONG, Span("x.yaml", 1, 1, 1, 2))
    roles = dict(handbook.roles) | {"agent": dataclasses.replace(handbook.roles["agent"], name=name)}
    longer = dataclasses.replace(handbook, roles=MappingProxyType(roles), texts=(*handbook.texts, name))
    assert "Überwachungs<wbr>verantwortun<wbr>gsmatrix" in html_of(longer)


def html_of(handbook: Handbook) -> str:
    pages = handbook_pages(handbook, Links())
    return "".join(part for page in pages for part in (page.lead, *(section.body for section in page.sections)))
