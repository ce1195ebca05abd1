"""Somebody reads what changed: on a screen, on a phone, on paper and by a link to a version."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving

GIVEN = Path(__file__).parents[2] / "docs/checks/given"
DAYS = {"1.0.0": "2026-06-30", "1.1.0": "2026-07-31", "1.2.0": "2026-08-31"}
MATRIX = "raci/matrices/incident.yaml"
PROCESS = "process_defs/processes/incident.yaml"
STEP = "      - Write down who reports what."
EDITS = {
    "1.1.0": ((PROCESS, STEP, f"{STEP}\n      - Ask since when."),),
    "1.2.0": ((MATRIX, "I: outside/reader}\ndiag", "I: [outside/reader, specialist]}\ndiag"),),
}


def run(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "rolebook", "--directory", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module", name="address")
def _address(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("news")
    handbook = Path(shutil.copytree(GIVEN, folder / "handbook"))
    (handbook / "mkdocs.yml").write_text("site_name: Libraries\ntheme: material\nplugins: [search, rolebook]\n")
    for version, day in DAYS.items():
        for file, old, new in EDITS.get(version, ()):
            text = (handbook / file).read_text(encoding="utf-8")
            assert old in text
            (handbook / file).write_text(text.replace(old, new), encoding="utf-8")
        run(handbook, "release", version, "--date", day)
    run(handbook, "build", "--output", str(folder / "site"))
    with serving(folder / "site") as address:
        yield address


@pytest.fixture(name="tab", params=[1280, 390])
def _tab(request: pytest.FixtureRequest, browser: Browser) -> object:
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    yield context.new_page()
    context.close()


def fits(tab: Page) -> bool:
    return bool(tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_role_is_led_from_the_top_to_what_changed_last(tab: Page, address: str) -> None:
    tab.goto(f"{address}roles/specialist.html")
    tab.get_by_role("link", name="What changed for me in 1.2.0").click()
    expect(tab.get_by_text("is informed of Log the report")).to_be_in_viewport()
    assert fits(tab)


def test_a_link_to_an_older_version_opens_it(tab: Page, address: str) -> None:
    tab.goto(f"{address}roles/agent.html#changes-1.1.0")
    expect(tab.get_by_text("does Log the report")).to_be_visible()
    tab.goto(f"{address}roles/specialist.html#changes-1.2.0")
    expect(tab.get_by_text("is informed of Log the report")).to_be_visible()


def test_all_versions_are_open_on_paper(tab: Page, address: str) -> None:
    tab.goto(f"{address}jobs/desk-agent.html")
    tab.emulate_media(media="print")
    expect(tab.get_by_text("does Log the report")).to_be_visible()


def test_marks_in_a_process_say_what_changed_and_break_no_page(tab: Page, address: str) -> None:
    tab.goto(f"{address}processes/incident.html")
    expect(tab.get_by_text("Marks show what changed since 1.1.0")).to_be_visible()
    row = tab.locator("table.matrix tr").filter(has_text="Log the report")
    expect(row).to_have_text(re.compile("changed.*new", re.DOTALL))
    assert row.locator(".mark-changed").first.get_attribute("title") == (
        "Technical Specialist is informed of the activity “Log the report”"
    )
    assert fits(tab)
