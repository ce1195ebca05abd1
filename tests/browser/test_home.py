"""Somebody who opens the handbook for the first time: finds their role by any of its names, and learns the words."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from rolebook.loading import load
from rolebook.model.raci import Role
from tests.browser.conftest import Visitor

ROOT = Path(__file__).parents[2]
PROCESS = "processes/incident-management.html"


def aliased() -> Role:
    """A role that people also call something else."""
    return next(role for role in load(ROOT).handbook.roles.values() if role.active and role.aliases)


def field(visitor: Visitor) -> Locator:
    return visitor.page.get_by_label("Type a role")


def test_a_role_is_found_by_what_people_call_it(visitor: Visitor) -> None:
    role = aliased()
    page = visitor.open()
    field(visitor).fill(role.aliases[0])
    expect(page.get_by_role("status").filter(has_text="found")).to_be_visible()
    page.keyboard.press("Enter")
    expect(visitor.title).to_contain_text(role.name)
    assert (visitor.foreign, visitor.errors) == ([], [])


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_the_roles_found_are_walked_through_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open()
    field(visitor).fill("manager")
    found = page.locator(".finder-results a")
    expect(found).to_have_count(8)
    page.keyboard.press("ArrowDown")
    expect(found.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(visitor)).to_be_focused()


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_where_no_role_is_found_it_says_so(visitor: Visitor) -> None:
    visitor.open()
    field(visitor).fill("zzz")
    expect(visitor.page.get_by_text("No role is called that")).to_be_visible()


def test_without_scripts_every_role_is_a_link_and_nothing_is_there_that_does_nothing(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/index.html")
    active = [id for id, role in load(ROOT).handbook.roles.items() if role.active]
    article = page.locator("article")
    assert [id for id in active if not article.locator(f"a[href='roles/{id}.html']").count()] == []
    assert article.locator("input, button").count() == 0
    context.close()


def test_a_term_is_explained_on_focus_until_escape(visitor: Visitor) -> None:
    page = visitor.open(PROCESS)
    term = page.locator("a.term").first
    term.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_be_visible()
    expect(term).to_have_attribute("aria-describedby", "term-tip")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_a_term_is_explained_on_hover_and_the_explanation_can_be_pointed_at(visitor: Visitor) -> None:
    page = visitor.open(PROCESS)
    page.locator("a.term").first.hover()
    tip = page.get_by_role("tooltip")
    tip.hover()
    page.wait_for_timeout(300)
    expect(tip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tip).to_be_hidden()


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_a_term_is_marked_once_in_a_section(visitor: Visitor) -> None:
    page = visitor.open(PROCESS)
    page.locator("a.term").first.wait_for()
    twice = page.evaluate("""() => {
        const seen = new Set(), twice = [];
        let section = "";
        for (const found of document.querySelectorAll("article h2, article a.term")) {
            if (found.tagName === "H2") { section = found.id; continue; }
            const key = section + found.href;
            if (seen.has(key)) twice.push(key);
            seen.add(key);
        }
        return twice;
    }""")
    assert twice == []


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_a_phone_folds_the_roles_and_a_desk_shows_them(visitor: Visitor) -> None:
    role = visitor.page.locator("article a[href='roles/change-manager.html']")
    visitor.open()
    expect(role).to_be_visible()
    visitor.page.set_viewport_size({"width": 360, "height": 740})
    visitor.open("roles/index.html")
    page = visitor.open()
    expect(role).to_be_hidden()
    page.get_by_text("All roles, by function").click()
    expect(role).to_be_visible()


@pytest.mark.parametrize("visitor", ["file"], indirect=True)
def test_who_chose_a_role_is_led_to_it_from_home(visitor: Visitor) -> None:
    visitor.open("roles/change-manager.html").get_by_role("button", name="This is my role").click()
    visitor.open().locator(".my-role-home a").click()
    expect(visitor.title).to_contain_text("Change Manager")
