"""Templates made into HTML, and the links between pages."""

import datetime
from decimal import Decimal

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from rolebook.rendering import Blocks, Language, Links, Look, TemplateFault, Writing, anchor, prose, render
from rolebook.rendering.language import ENGLISH, read_language
from rolebook.source import Span, Text

ENGLISHMAN = Writing()
GERMAN = Look("de")


@pytest.mark.parametrize(
    ("from_page", "to_page", "place", "by_folders", "by_files"),
    [
        ("index", "index", "", "./", "index.html"),
        ("index", "roles/agent", "", "roles/agent/", "roles/agent.html"),
        ("roles/agent", "index", "", "../../", "../index.html"),
        ("roles/agent", "roles/agent", "", "./", "agent.html"),
        ("roles/agent", "roles/agent", "duties", "#duties", "#duties"),
        ("roles/agent", "roles/index", "", "../", "index.html"),
        ("roles/index", "roles/agent", "", "agent/", "agent.html"),
        ("roles/agent", "processes/change", "log", "../../processes/change/#log", "../processes/change.html#log"),
        ("matrix", "processes/index", "area_x", "../processes/#area_x", "processes/index.html#area_x"),
        ("processes/index", "matrix", "", "../matrix/", "../matrix.html"),
    ],
)
def test_links_between_pages_are_relative(
    from_page: str, to_page: str, place: str, by_folders: str, by_files: str
) -> None:
    assert Links(directory_urls=True).href(from_page, to_page, place) == by_folders
    assert Links(directory_urls=False).href(from_page, to_page, place) == by_files


def test_prose_is_paragraphs_of_text_as_written() -> None:
    assert prose("One <b>.\nTwo.\n \n\n**Three** {{ x }}\n") == Markup(
        "<p>One &lt;b&gt;.\nTwo.</p>\n<p>**Three** {{ x }}</p>"
    )


def test_a_link_escapes_its_text() -> None:
    assert anchor("a/b", "<i>\"'&") == Markup('<a href="a/b">&lt;i&gt;&#34;&#39;&amp;</a>')


def test_a_day_is_written_out() -> None:
    assert ENGLISHMAN.day(datetime.date(2026, 2, 20)) == Markup('<time datetime="2026-02-20">20 February 2026</time>')


def test_a_month_is_written_out() -> None:
    assert ENGLISHMAN.month("2026-12") == "December 2026"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("9.50"), "9.50"),
        (Decimal(12000), "12,000"),
        (Decimal("-1234.5"), "-1,234.5"),
        (Decimal("1E+6"), "1,000,000"),
        (30, "30"),
        (1000, "1,000"),
    ],
)
def test_a_number_keeps_its_digits(value: Decimal | int, written: str) -> None:
    assert ENGLISHMAN.number(value) == written


def test_an_amount_stands_after_its_currency() -> None:
    assert ENGLISHMAN.money(Decimal(12000), "EUR") == "EUR\N{NO-BREAK SPACE}12,000"
    assert ENGLISHMAN.money(Decimal(12000), "£") == "£12,000"


@pytest.mark.parametrize(
    ("minutes", "written"), [(1, "1 minute"), (45, "45 minutes"), (60, "1 h"), (90, "1 h 30 min"), (0, "0 minutes")]
)
def test_a_length_of_time_is_in_hours_from_one_hour_on(minutes: int, written: str) -> None:
    assert ENGLISHMAN.duration(minutes).replace("\N{NO-BREAK SPACE}", " ") == written


def test_values_are_written_as_in_the_language_of_the_handbook() -> None:
    german = Writing(GERMAN.speech)
    assert german.day(datetime.date(2026, 2, 20)) == Markup('<time datetime="2026-02-20">20. Februar 2026</time>')
    assert german.month("2026-12") == "Dezember 2026"
    assert german.number(Decimal("-12000.50")) == "-12.000,50"
    assert german.number(1000) == "1.000"
    assert german.money(Decimal(12000), "EUR") == "12.000\N{NO-BREAK SPACE}EUR"
    assert german.duration(45) == "45\N{NO-BREAK SPACE}Minuten"
    assert german.duration(1) == "1\N{NO-BREAK SPACE}Minute"


def test_words_of_ours_are_said_in_the_language_and_those_of_authors_as_written() -> None:
    assert GERMAN.say("Roles") == "Rollen"
    assert GERMAN.say(Text("Roles", Span.of_file("x.yaml"))) == "Roles"
    assert GERMAN.say("Something that nobody translated") == "Something that nobody translated"


@pytest.mark.parametrize(("code", "said"), [("de", "Rollen"), ("de-AT", "Rollen"), ("en", "Roles"), ("xx", "Roles")])
def test_a_language_is_found_by_its_code_with_a_country_or_without(code: str, said: str) -> None:
    assert Look(code).say("Roles") == said


def test_a_language_says_one_and_several() -> None:
    data = b'words: {"%(num)s role": ["%(num)s Rolle", "%(num)s Rollen"]}'
    language = read_language("languages/de.yaml", data, ENGLISH)
    assert [language.count("%(num)s role", "%(num)s roles", number) for number in (1, 2)] == [
        "%(num)s Rolle",
        "%(num)s Rollen",
    ]
    assert [language.count("one", "several", number) for number in (0, 1)] == ["several", "one"]


@pytest.mark.parametrize("said", ["%s", "%(other)s", "100 %", "{other}", "%(name)d"])
def test_a_translation_has_no_gaps_of_its_own(said: str) -> None:
    with pytest.raises(TemplateFault, match=r"^x\.yaml:1:\d+: '.*' is not in the English text$"):
        read_language("x.yaml", f"words: {{'Hello %(name)s': '{said}'}}".encode(), ENGLISH)


@pytest.mark.parametrize("said", ["{", "{name", "{name.x}", "{name} {}"])
def test_a_translation_has_no_braces_but_those_of_its_gaps(said: str) -> None:
    with pytest.raises(TemplateFault, match=r"^x\.yaml:1:\d+: braces stand around names only"):
        read_language("x.yaml", f"words: {{'Hello {{name}}': '{said}'}}".encode(), ENGLISH)


def test_templates_say_what_they_mark_in_the_language_of_the_handbook() -> None:
    class View:
        """Stands for the view-model of document control."""

        documents, unapproved, overdue, next = (), 0, 0, None

    said = {look: Blocks("control", look, view=View()).render("lead") for look in (GERMAN, Look())}
    assert "<dt>Nicht freigegeben</dt><dd>keine</dd>" in said[GERMAN]
    assert "<dt>Not approved</dt><dd>none</dd>" in said[Look()]


def test_a_language_knows_itself() -> None:
    assert isinstance(GERMAN.speech, Language)
    assert GERMAN.speech.name == "Deutsch"
    assert Look("xx").speech == ENGLISH


def test_a_word_of_a_choice_is_written_as_in_a_sentence() -> None:
    assert ENGLISHMAN.words("in-progress") == "in progress"
    assert ENGLISHMAN.heading("in-progress") == "In progress"


def test_a_name_that_a_template_does_not_know_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("glossary", "term")


def test_a_block_of_white_space_is_empty() -> None:
    assert render("glossary", "lead") == ""


def test_a_block_escapes_what_it_prints() -> None:
    class Vision:
        """Stands for an organisation."""

        name = "<script>"
        vision = "{{ 7 * 7 }}"

    class View:
        """Stands for the view-model of the home page."""

        organisation = Vision()
        guides = ()
        news = None

    lead = render("home", "lead", view=View())
    assert "<p>How <strong>&lt;script&gt;</strong> works: " in lead
    assert "<p>{{ 7 * 7 }}</p>" in lead


def test_english_may_have_other_words_too() -> None:
    look = Look("en", (("languages/en.yaml", "thousands: ' '\nwords: {Roles: Hats}"),))
    assert look.say("Roles") == "Hats"
    assert Writing(look.speech).number(12000) == "12 000"
