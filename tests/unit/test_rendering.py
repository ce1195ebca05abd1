"""Templates made into HTML, and the links between pages."""

import datetime
from decimal import Decimal

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from rolebook.rendering import Links, anchor, day, duration, heading, money, month, number, prose, render, words


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
    assert day(datetime.date(2026, 2, 20)) == Markup('<time datetime="2026-02-20">20 February 2026</time>')


def test_a_month_is_written_out() -> None:
    assert month("2026-12") == "December 2026"


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
    assert number(value) == written


def test_an_amount_stands_after_its_currency() -> None:
    assert money(Decimal(12000), "EUR") == "EUR\N{NO-BREAK SPACE}12,000"
    assert money(Decimal(12000), "£") == "£12,000"


@pytest.mark.parametrize(
    ("minutes", "written"), [(1, "1 minute"), (45, "45 minutes"), (60, "1 h"), (90, "1 h 30 min"), (0, "0 minutes")]
)
def test_a_length_of_time_is_in_hours_from_one_hour_on(minutes: int, written: str) -> None:
    assert duration(minutes).replace("\N{NO-BREAK SPACE}", " ") == written


def test_a_word_of_a_choice_is_written_as_in_a_sentence() -> None:
    assert words("in-progress") == "in progress"
    assert heading("in-progress") == "In progress"


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

    lead = render("home", "lead", view=View())
    assert "<p>How <strong>&lt;script&gt;</strong> works: " in lead
    assert "<p>{{ 7 * 7 }}</p>" in lead
