"""A participant takes a course in a learning system (scorm-again), and without one: nothing is lost or asked for."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages.scorm import course, wanted
from rolebook.publishing.scorm.package import package
from rolebook.rendering import Look
from tests.browser.conftest import Visitor, serving
from tests.browser.test_accessibility import AXE, LOOKS, RULES, RUN
from tests.browser.test_hostile_text import STICKING_OUT, STRANGE, words
from tests.conftest import HANDBOOK, ROOT
from tests.site.hostile import Hostile

SCORM_AGAIN = ROOT / "tests/html/node_modules/scorm-again/dist/scorm12.min.js"
PLAN = "raci/training_plans/service-desk-foundation.yaml"
ROLE = "service-desk-analyst"
MODULE = "service-desk-foundation--recording-contacts"
WITHOUT_QUESTIONS = "service-desk-foundation--trying-workarounds"

OWN_WORDS = "      - question: Why?\n        answer: Because somebody waits.\n"
CHOICE = """\
      - question: Who waits?
        answer: The user.
        wrong: [Nobody at all, The server]
"""
QUESTIONS = f"    questions:\n{OWN_WORDS}{CHOICE}{OWN_WORDS * 2}{CHOICE}{OWN_WORDS * 2}"

LMS = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A learning system</title><link rel="icon" href="data:,">
<script src="scorm12.min.js"></script>
<script>
window.API = new Scorm12API({ autocommit: false, logLevel: 4 });
if (localStorage.kept) API.loadFromJSON(JSON.parse(localStorage.kept), "cmi");
for (const name of ["LMSCommit", "LMSFinish"]) API.on(name, () => localStorage.kept = JSON.stringify(API.cmi));
</script></head>
<body><iframe title="course" width="100%" height="900"></iframe>
<script>document.querySelector("iframe").src = `modules/${location.hash.slice(1)}.html`;</script></body></html>
"""

BROKEN = """window.API = new Proxy({}, {
  get: (_, name) => name === "LMSInitialize" ? () => "true" : () => { throw new Error("out of order"); },
});"""
"""A learning system that begins, and then fails at everything."""

SILENT = """window.API = { LMSInitialize: () => "false", LMSGetValue: () => "" };"""
"""A learning system that will have nothing to do with us."""

FULL = """window.kept = []; window.API = {
  LMSInitialize: () => "true", LMSGetValue: () => "", LMSGetLastError: () => "0", LMSFinish: () => "true",
  LMSCommit: () => "true", LMSSetValue: (name, value) => { kept.push([name, value]); return "true"; },
};"""
"""A learning system that writes down all that it is told."""


class Taken(NamedTuple):
    """Where a course lies, and its address on a web server of this machine."""

    folder: Path
    home: str


def with_questions(text: str, module: str, questions: str) -> str:
    """A plan in which a module asks something else, or nothing."""
    start = text.index("    questions:", text.index(f"id: {module}"))
    return text[:start] + questions + text[text.index("    observed:", start) :]


def unpack(handbook: Handbook, name: str, folder: Path) -> None:
    """Make a course, and lay its files into a folder."""
    look = Look()
    file = folder / "course.zip"
    file.write_bytes(package(course(handbook, wanted(handbook, name), look), look))
    with ZipFile(file) as archive:
        archive.extractall(folder)


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    """The course of a role of the reference handbook, unpacked in a learning system; two questions offer answers."""
    handbook, folder = tmp_path_factory.mktemp("handbook"), tmp_path_factory.mktemp("course")
    for part in HANDBOOK[:2]:
        shutil.copytree(ROOT / part, handbook / part)
    text = (handbook / PLAN).read_text(encoding="utf-8")
    text = with_questions(text, "recording-contacts", QUESTIONS)
    (handbook / PLAN).write_text(with_questions(text, "trying-workarounds", ""), encoding="utf-8")
    unpack(load(handbook).handbook, ROLE, folder)
    assert SCORM_AGAIN.is_file(), "scorm-again is not installed: make test does it"
    shutil.copy(SCORM_AGAIN, folder)
    (folder / "lms.html").write_text(LMS, encoding="utf-8")
    with serving(folder) as home:
        yield Taken(folder, home)


@pytest.fixture
def participant(browser: Browser, taken: Taken) -> Iterator[Visitor]:
    """Somebody who takes the course in the learning system."""
    context = browser.new_context()
    context.set_default_timeout(30_000)
    yield Visitor(context.new_page(), taken.home)
    context.close()


@pytest.fixture
def alone(browser: Browser, taken: Taken) -> Iterator[Visitor]:
    """Somebody who opens its pages from a folder."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield Visitor(context.new_page(), f"{taken.folder.as_uri()}/")
    context.close()


def enter(participant: Visitor, module: str = MODULE) -> FrameLocator:
    """Open a module in the learning system, anew."""
    participant.page.goto("about:blank")
    participant.open(f"lms.html#{module}")
    frame = participant.page.frame_locator("iframe")
    frame.get_by_role("heading", level=1).wait_for()
    return frame


def kept(participant: Visitor) -> Any:
    """What the learning system has kept."""
    return json.loads(participant.page.evaluate("localStorage.kept"))


def choose(question: Locator, *, mistaken: bool = False) -> None:
    """Choose an answer, and look whether it is right; whoever is mistaken goes on until it is."""
    options = question.get_by_role("radio")
    right = options.evaluate_all("all => all.findIndex(one => 'right' in one.dataset)")
    if mistaken:
        options.nth((right + 1) % options.count()).check()
        question.get_by_role("button").click()
        expect(question.locator(".told")).to_contain_text("That is not right.")
    options.nth(right).check()
    question.get_by_role("button").click()
    expect(question.locator(".told")).to_contain_text("no point" if mistaken else "one point")


def answer(question: Locator, mark: str, words: str = "As I remember it.") -> None:
    """Answer in one's own words, and mark it."""
    question.get_by_role("textbox").fill(words)
    question.get_by_role("button").click()
    expect(question.locator(".expected")).to_be_focused()
    question.get_by_role("radio", name=mark, exact=True).check()


def test_a_participant_takes_a_module_to_its_end(participant: Visitor) -> None:
    frame = enter(participant)
    questions = frame.locator(".question")
    expect(questions).to_have_count(7)
    answer(questions.nth(0), "right")
    choose(questions.nth(1), mistaken=True)
    answer(questions.nth(2), "partly right")
    assert participant.page.evaluate("API.cmi.core.lesson_status") == "incomplete"

    frame = enter(participant)
    questions = frame.locator(".question")
    assert kept(participant)["core"]["exit"] == "suspend"
    expect(frame.locator("#counted")).to_have_text("3 of 7 answered")
    expect(questions.nth(0).get_by_role("textbox")).to_have_value("As I remember it.")
    expect(questions.nth(2).get_by_role("radio", name="partly right")).to_be_checked()
    expect(questions.nth(1).get_by_role("button")).to_be_hidden()
    answer(questions.nth(3), "not right")
    choose(questions.nth(4))
    answer(questions.nth(5), "right")
    answer(questions.nth(6), "right")
    expect(frame.locator("#result")).to_contain_text("All questions are answered: 64.29 of 100 points.")

    frame = enter(participant)
    expect(frame.locator("#result")).to_contain_text("64.29 of 100 points.")
    core = kept(participant)["core"]
    assert core["lesson_status"] == "completed"
    assert core["score"] == {"raw": "64.29", "min": "0", "max": "100"}
    assert core["exit"] == ""
    assert re.fullmatch(r"\d{2,4}:\d\d:\d\d(\.\d{1,2})?", core["session_time"])
    told = [*kept(participant)["interactions"].values()]
    assert [one["result"] for one in told] == ["correct", "wrong", "0.5", "wrong", "correct", "correct", "correct"]
    assert [one["type"] for one in told] == ["fill-in", "choice", *["fill-in"] * 2, "choice", *["fill-in"] * 2]
    assert told[4]["student_response"] == told[4]["correct_responses"]["0"]["pattern"]
    assert len({one["id"] for one in told}) == len(told)
    assert participant.foreign == []
    assert participant.errors == []


def test_a_module_without_questions_is_completed_by_whoever_has_read_it(participant: Visitor) -> None:
    frame = enter(participant, WITHOUT_QUESTIONS)
    assert participant.page.evaluate("API.cmi.core.lesson_status") == "incomplete"
    frame.get_by_role("button").click()
    expect(frame.locator("#result")).to_have_text("Done. You may close this page.")
    frame = enter(participant, WITHOUT_QUESTIONS)
    expect(frame.get_by_role("button")).to_be_disabled()
    assert kept(participant)["core"]["lesson_status"] == "completed"
    assert participant.errors == []


def test_an_answer_is_needed_before_the_right_one_is_shown(participant: Visitor) -> None:
    questions = enter(participant).locator(".question")
    for at, told in ((0, "Write an answer first"), (1, "Choose an answer first.")):
        questions.nth(at).get_by_role("button").click()
        expect(questions.nth(at).locator(".told")).to_contain_text(told)
    expect(questions.nth(0).locator(".expected")).to_be_hidden()


def test_what_was_marked_may_be_marked_otherwise(participant: Visitor) -> None:
    frame = enter(participant)
    question = frame.locator(".question").first
    answer(question, "right")
    question.get_by_role("radio", name="not right").check()
    expect(question.locator(".told")).to_have_text("No point.")
    assert participant.page.evaluate("API.cmi.core.score.raw") == "0"
    enter(participant)
    assert [one["result"] for one in kept(participant)["interactions"].values()] == ["wrong"]


def test_what_was_only_begun_is_there_again(participant: Visitor) -> None:
    enter(participant).locator(".question").first.get_by_role("textbox").fill("Perhaps two")
    question = enter(participant).locator(".question").first
    expect(question.get_by_role("textbox")).to_have_value("Perhaps two")
    expect(question.locator(".expected")).to_be_hidden()
    answer(question, "right", "Two")


def test_a_learning_system_may_open_a_window_of_its_own(participant: Visitor) -> None:
    participant.open("lms.html")
    with participant.page.expect_popup() as opened:
        participant.page.evaluate(f"open('modules/{WITHOUT_QUESTIONS}.html')")
    opened.value.get_by_role("button").click()
    expect(opened.value.locator("#result")).to_have_text("Done. You may close this page.")
    assert participant.page.evaluate("API.cmi.core.lesson_status") == "completed"


def test_who_looks_at_it_again_changes_nothing(alone: Visitor) -> None:
    system = FULL.replace('LMSGetValue: () => ""', 'LMSGetValue: (name) => name.endsWith("mode") ? "review" : ""')
    alone.page.add_init_script(system)
    page = alone.open(f"modules/{MODULE}.html")
    expect(page.locator("#connection")).to_contain_text("Nothing is recorded now.")
    for button in page.locator(".check").all():
        expect(button).to_be_disabled()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange')); window.dispatchEvent(new Event('pagehide'))")
    assert {name for name, _ in page.evaluate("kept")} <= {"cmi.core.session_time", "cmi.core.exit"}


def test_without_a_learning_system_a_page_says_so_and_works(alone: Visitor) -> None:
    page = alone.open("index.html")
    page.get_by_role("link").first.click()
    expect(page.locator("#connection")).to_have_text(
        "This page was not opened from a learning system: nothing is recorded."
    )
    finish(page)
    expect(page.locator("#result")).to_have_text("All questions are answered: 100 of 100 points.")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert alone.foreign == []
    assert alone.errors == []


def finish(page: Page, words: str = "As I remember it.") -> None:
    """Answer everything as it should be."""
    for question in page.locator(".question").all():
        if question.get_attribute("data-kind") == "choice":
            choose(question)
        else:
            answer(question, "right", words)


@pytest.mark.parametrize("system", [BROKEN, SILENT], ids=["broken", "silent"])
def test_a_learning_system_that_fails_breaks_no_page(alone: Visitor, system: str) -> None:
    alone.page.add_init_script(system)
    page = alone.open(f"modules/{MODULE}.html")
    finish(page)
    expect(page.locator("#result")).to_contain_text("100 of 100 points")
    expect(page.locator("#connection")).to_contain_text("learning system")
    assert alone.errors == []


def test_long_answers_are_kept_as_far_as_there_is_room(alone: Visitor) -> None:
    alone.page.add_init_script(FULL)
    page = alone.open(f"modules/{MODULE}.html")
    finish(page, "Überlegt 😀\n" * 800)
    said = page.evaluate("kept")
    texts = [value for name, value in said if name == "cmi.suspend_data"]
    assert max(map(len, texts)) <= 4096
    assert all(map(str.isascii, texts))
    saved = json.loads(texts[-1])["a"]
    assert [one[0] for one in saved if isinstance(one[1:2], list) and one[1:]] == [2] * 5
    assert all(one[1].startswith("Überlegt") for one in saved if one[1:])
    assert max(len(value) for name, value in said if name.endswith("student_response")) <= 255
    assert ["cmi.core.lesson_status", "completed"] in said


def test_what_was_kept_of_other_questions_is_not_taken_over(alone: Visitor) -> None:
    asked = alone.open(f"modules/{MODULE}.html").locator("#finish").get_attribute("data-questions")
    damaged = f'{{"v":1,"q":"{asked}","a":[[2],[9,-1,"0",null],{{}},[7,7],5,null]}}'
    for text in ('{"v":1,"q":"000000000000","a":[[2,"old"],[1]]}', "{", '{"v":1}', "[]", "null", damaged):
        system = FULL.replace('LMSGetValue: () => ""', f"LMSGetValue: () => {json.dumps(text)}")
        page = alone.page.context.new_page()
        page.add_init_script(system)
        page.goto(f"{alone.home}modules/{MODULE}.html")
        expect(page.locator("#counted")).to_have_text("0 of 7 answered")
        page.close()


def test_everything_can_be_done_by_keyboard(alone: Visitor) -> None:
    page = alone.open(f"modules/{MODULE}.html")
    question = page.locator(".question").nth(1)
    question.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(question.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(question.locator(".told")).to_be_focused()
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('.question') !== null"
    assert page.evaluate(inside)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nobody_is_shut_out(browser: Browser, taken: Taken, look: tuple[int, str]) -> None:
    width, scheme = look
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # pages run no script but their own, and axe is none of these
    )
    page = context.new_page()
    page.goto(f"{taken.folder.as_uri()}/modules/{MODULE}.html")
    choose(page.locator(".question").nth(1), mistaken=True)
    answer(page.locator(".question").nth(2), "partly right")
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto(f"{taken.folder.as_uri()}/index.html")
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
    context.close()


def test_on_paper_there_is_nothing_to_press(alone: Visitor) -> None:
    page = alone.open(f"modules/{MODULE}.html")
    page.emulate_media(media="print")
    expect(page.get_by_role("button").first).to_be_hidden()
    expect(page.get_by_role("textbox").first).to_be_visible()


def test_no_text_does_anything_or_leaves_its_place(alone: Visitor, hostile: Hostile, tmp_path: Path) -> None:
    handbook = hostile.handbook()
    unpack(handbook, ROLE, tmp_path)
    for file in sorted(tmp_path.rglob("*.html")):
        alone.page.goto(file.as_uri())
        assert alone.page.evaluate(STICKING_OUT) == [], file.name
        if file.name != "index.html":
            finish(alone.page, "<img src=x onerror=window.pwned=1>")
            plan, _, module = file.stem.partition("--")
            name = next(one.name for one in handbook.plans[plan].modules if one.id == module)
            assert words(alone.page.get_by_role("heading", level=1).text_content()) == words(name)
        assert alone.page.evaluate(STRANGE) == [], file.name
    assert alone.foreign == []
    assert alone.errors == []
