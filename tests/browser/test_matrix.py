"""The whole matrix is filtered: by its lists, by an address that a colleague sent, and not at all without a script."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visitor

ROLE = "incident-manager"


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def lines(page: Page) -> int:
    return page.locator("table.lines tbody tr:visible").count()


def headings(page: Page) -> list[str]:
    return [heading.get_attribute("id") or "" for heading in page.locator("h2:visible").all()]


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_lines_of_a_role_with_a_letter_are_found(visitor: Visitor) -> None:
    page = visitor.open("matrix.html")
    field(page, "Role").select_option(ROLE)
    field(page, "Letter").select_option("A")
    accountable = page.locator("table.lines tbody tr:visible td:nth-child(3)")
    assert set(accountable.all_inner_texts()) == {"Incident Manager"}


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_only_processes_with_a_line_that_was_found_stay(visitor: Visitor) -> None:
    page = visitor.open("matrix.html")
    field(page, "Process").select_option("incident-management")
    assert headings(page) == ["section_load", "incident-management"]
    expect(page.locator("nav a[href='#problem-management']:visible")).to_have_count(0)


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_a_function_stands_for_all_its_roles(visitor: Visitor) -> None:
    page = visitor.open("matrix.html")
    field(page, "Function").select_option("service-desk")
    shown = page.locator("table.load tbody:visible tr:not(.group):visible th").all_inner_texts()
    assert shown == ["Service Desk Analyst", "Service Desk Lead"]


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_number_of_lines_is_told(visitor: Visitor) -> None:
    page = visitor.open("matrix.html")
    status = page.locator(".matrix-filter [role=status]")
    expect(status).to_have_text(re.compile(rf"^{lines(page)} activities in \d+ processes$"))
    field(page, "Role").select_option(ROLE)
    expect(status).to_have_text(re.compile(rf"^{lines(page)} of \d+ activities, in \d+ of \d+ processes$"))


def test_the_address_of_a_filtered_matrix_shows_the_same_to_a_colleague(visitor: Visitor) -> None:
    page = visitor.open("matrix.html")
    field(page, "Role").select_option(ROLE)
    field(page, "Letter").select_option("I")
    found, address = lines(page), page.url
    page.goto("about:blank")
    page.goto(address)
    assert lines(page) == found
    expect(field(page, "Letter")).to_have_value("I")


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_an_address_that_names_nothing_known_filters_nothing(visitor: Visitor) -> None:
    everything = lines(visitor.open("matrix.html"))
    visitor.page.goto("about:blank")
    assert lines(visitor.open('matrix.html#role="><img src=x>&letter=Z')) == everything


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_all_is_shown_again_by_keyboard(visitor: Visitor) -> None:
    page = visitor.open(f"matrix.html#role={ROLE}")
    found = lines(page)
    field(page, "Letter").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field(page, "Role")).to_have_value("")
    expect(field(page, "Process")).to_be_focused()
    assert lines(page) > found
    assert "#" not in page.url


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_without_a_script_the_matrix_is_whole_and_has_no_filter(visitor: Visitor, browser: Browser) -> None:
    everything = lines(visitor.open("matrix.html"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{visitor.home}matrix.html#role={ROLE}")
    assert lines(page) == everything
    expect(page.locator(".matrix-filter")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_head_of_a_table_stays_in_sight(visitor: Visitor) -> None:
    page = visitor.open("matrix.html")
    head = page.locator("table.lines thead").first
    page.locator("table.lines").first.locator("tbody tr").last.scroll_into_view_if_needed()
    expect(head.locator("th").first).to_be_in_viewport()
    page.set_viewport_size({"width": 360, "height": 740})
    role = page.locator("table.load tbody tr:not(.group) th").first
    page.locator("table.load tbody tr:not(.group)").first.locator("td").last.scroll_into_view_if_needed()
    expect(role).to_be_in_viewport()


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_on_paper_no_column_is_cut_off(visitor: Visitor) -> None:
    page = visitor.open("matrix.html")
    page.emulate_media(media="print")
    for table in page.locator("table.lines").all():
        box = table.bounding_box()
        assert box
        assert page.viewport_size
        assert box["width"] <= page.viewport_size["width"]
    expect(page.locator(".matrix-filter")).to_be_hidden()
