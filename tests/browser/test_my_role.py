"""“My role” is chosen once, marked wherever activities are told, and nothing that does nothing is ever shown."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor

ROLE = "roles/incident-manager.html"
PROCESS = "processes/incident-management.html"
PROCEDURE = "processes/incident-management/procedure.html"
ACTIVITIES = 7
"""So many activities of the process does the role take part in."""


def choose(visitor: Visitor) -> Page:
    visitor.open(ROLE).get_by_role("button", name="This is my role").click()
    return visitor.page


def marked(page: Page) -> int:
    return page.locator(".is-mine").count()


def test_a_role_chosen_on_its_page_is_marked_in_a_process(visitor: Visitor) -> None:
    choose(visitor)
    page = visitor.open(PROCESS)
    expect(page.locator("table.matrix td.is-mine")).to_have_count(ACTIVITIES)
    expect(page.locator("table.matrix tr.is-mine")).to_have_count(ACTIVITIES)
    page = visitor.open(PROCEDURE)
    expect(page.locator("h2 + .page-section.is-mine")).to_have_count(ACTIVITIES)
    expect(page.locator(".my-role [role=status]")).to_contain_text(f"Incident Manager is marked “me”: {ACTIVITIES}")


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_a_role_chosen_on_its_page_is_marked_in_the_matrix(visitor: Visitor) -> None:
    choose(visitor)
    page = visitor.open("matrix.html")
    expect(page.locator("h2#incident-management + div tr.is-mine")).to_have_count(ACTIVITIES)
    expect(page.locator("table.load tr.is-mine")).to_have_count(1)


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_drawing_marks_the_lane_of_the_role_and_what_stands_in_it(visitor: Visitor) -> None:
    page = visitor.open(PROCESS)
    page.get_by_label("My role").select_option("technical-specialist")
    lane = page.locator("svg [data-role='technical-specialist']")
    assert lane.count()
    assert lane.evaluate_all("all => all.every(one => one.classList.contains('is-mine'))")
    work = page.locator("svg [data-roles~='technical-specialist']")
    assert work.count()
    assert page.locator("svg [data-roles].is-mine").count() == work.count()


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_a_mark_is_a_word_and_not_only_a_colour(visitor: Visitor) -> None:
    choose(visitor)
    page = visitor.open(PROCESS)
    link = page.locator("table.matrix thead a.is-mine")
    assert "me" in link.evaluate("link => getComputedStyle(link, '::after').content")
    expect(page.locator(".my-role [role=status]")).to_contain_text(f"Incident Manager is marked “me”: {ACTIVITIES}")


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_choice_is_taken_back_on_any_page(visitor: Visitor) -> None:
    choose(visitor)
    page = visitor.open(PROCESS)
    page.get_by_label("My role").select_option("")
    assert marked(page) == 0
    expect(visitor.open(ROLE).get_by_role("button", name="This is my role")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_button_tells_its_state_and_turns_it_off_by_keyboard(visitor: Visitor) -> None:
    button = choose(visitor).get_by_role("button", name="This is my role")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert marked(visitor.open(PROCESS)) == 0


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_a_role_without_a_part_in_a_process_is_told_so(visitor: Visitor) -> None:
    visitor.open("roles/release-process-owner.html").get_by_role("button", name="This is my role").click()
    page = visitor.open("processes/capacity-management.html")
    expect(page.locator(".my-role [role=status]")).to_contain_text("takes part in no activity on this page")
    expect(page.get_by_label("My role")).to_have_value("release-process-owner")


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_matrix_leads_to_the_lines_of_my_role(visitor: Visitor) -> None:
    choose(visitor)
    page = visitor.open("matrix.html")
    page.get_by_role("link", name="Show only these").click()
    expect(page.locator("#filter_role")).to_have_value("incident-manager")
    shown = page.locator("table.lines tbody tr:visible").count()
    assert shown == page.locator("table.lines tr.is-mine").count()


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
@pytest.mark.parametrize("kept", ["{", '{"id": 1}', '{"id": "\\"><img>", "name": "<img src=x>"}'])
def test_what_else_a_browser_has_kept_does_no_harm(visitor: Visitor, kept: str) -> None:
    visitor.open(PROCESS).evaluate("kept => localStorage.setItem('rolebook.my-role', kept)", kept)
    page = visitor.open(PROCESS)
    expect(page.get_by_label("My role")).to_be_visible()
    expect(page.locator(".my-role img")).to_have_count(0)
    assert visitor.errors == []


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_a_browser_that_keeps_nothing_marks_the_page_all_the_same(visitor: Visitor) -> None:
    visitor.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() {throw new Error('no')}})")
    page = visitor.open(PROCESS)
    page.get_by_label("My role").select_option("incident-manager")
    expect(page.locator("table.matrix td.is-mine")).to_have_count(ACTIVITIES)


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_without_a_script_there_is_no_control(visitor: Visitor, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in (ROLE, PROCESS, "matrix.html"):
        page.goto(visitor.home + path)
        expect(page.locator(".my-role")).to_have_count(0)
    context.close()
