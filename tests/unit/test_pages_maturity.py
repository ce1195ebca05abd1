"""Where we are now: the page of the programme, of each assessment, and each questionnaire to print."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook.loading import load
from rolebook.pages import Links, handbook_pages, navigation
from rolebook.pages.page import Page
from rolebook.rendering import Look
from tests.conftest import Result
from tests.test_guide import EXAMPLES

Rolebook = Callable[..., Result]
FILES = [path for path in EXAMPLES if path.startswith(("process_defs/questionnaires", "process_defs/assessments"))]
LATER = "process_defs/assessments/incident-2027.yaml"


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


@pytest.fixture(name="assessed")
def _assessed(given: Path) -> Path:
    """The small handbook with the questionnaires and assessments of the guide."""
    for path in FILES:
        (given / path).parent.mkdir(exist_ok=True)
        (given / path).write_text(EXAMPLES[path], encoding="utf-8")
    return given


def pages(handbook: Path, look: Look | None = None) -> dict[str, Page]:
    links = Links(look=look) if look else Links()
    return {page.path: page for page in handbook_pages(load(handbook).handbook, links)}


def section(page: Page, id: str) -> str:
    return words(next(section.body for section in page.sections if section.id == id))


def test_without_a_questionnaire_there_is_no_programme(given: Path) -> None:
    assert not [path for path in pages(given) if path.startswith("programme")]
    assert "Programme" not in str(navigation(load(given).handbook))


def test_the_programme_shows_the_level_of_each_process_and_area(assessed: Path) -> None:
    page = pages(assessed)["programme/index"]
    assert "Incident Management 1 initial (1.5)" in section(page, "section_processes")
    assert "1 initial 20 November 2024" in section(page, "section_processes")
    assert "Change Management not assessed yet" in section(page, "section_processes")
    areas = section(page, "section_areas")
    assert "Vision and strategy 1 initial" in areas
    assert "Steering 0 absent" in areas


def test_progress_is_told_where_something_was_assessed_again(assessed: Path) -> None:
    first = EXAMPLES["process_defs/assessments/incident-2024.yaml"]
    better = first.replace("2024-11-20", "2027-01-20").replace("answer: partly", "answer: yes")
    (assessed / LATER).write_text(better, encoding="utf-8")
    found = pages(assessed)
    assert "2 repeatable (2.0)" in section(found["programme/index"], "section_processes")
    assert "1 up since 20 November 2024" in section(found["programme/index"], "section_processes")
    assert "1 up since 20 November 2024" in words(found["processes/incident"].lead)
    assert "up since" not in section(found["programme/assessments/incident-2024"], "section_result")
    worse = better.replace("answer: yes", "answer: no")
    (assessed / LATER).write_text(worse, encoding="utf-8")
    assert "1 down since 20 November 2024" in section(pages(assessed)["programme/index"], "section_processes")


def test_an_assessment_tells_what_is_missing_and_shows_all_answers(assessed: Path) -> None:
    page = pages(assessed)["programme/assessments/incident-2024"]
    assert page.title == "Incident Management: assessment of 20 November 2024"
    missing = section(page, "missing_")
    assert "Are readers told when their report is closed?" in missing
    assert "Of twenty closed tickets, eleven said" in missing
    assert "Is there one place" not in missing
    assert "½ of 1" in section(page, "section_result")
    assert "That is what was expected." in section(page, "section_result")
    assert section(page, "answers_").startswith("2 questions")


def test_what_is_not_asked_and_what_cannot_be_assessed_is_told(assessed: Path) -> None:
    file = assessed / "process_defs/assessments/incident-2024.yaml"
    text = file.read_text(encoding="utf-8")
    gone = re.sub(
        r"    answer: partly\n    evidence: .*\n", "    answer: not-applicable\n    reason: No readers.\n", text
    )
    file.write_text(gone, encoding="utf-8")
    result = section(pages(assessed)["programme/assessments/incident-2024"], "section_result")
    assert "2 repeatable 0 of 0 not assessable: too much does not apply" in result
    assert "5 optimising – not asked" in result


def test_a_question_left_open_is_counted(assessed: Path) -> None:
    file = assessed / "process_defs/assessments/incident-2024.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("  closed-with-reader")], encoding="utf-8")
    page = pages(assessed)["programme/assessments/incident-2024"]
    assert "1 of 2 questions were answered" in section(page, "section_result")
    assert "open Are readers told" in section(page, "missing_")


def test_each_of_the_six_areas_has_its_part_of_the_assessment(assessed: Path) -> None:
    page = pages(assessed)["programme/assessments/areas-2026"]
    headings = [section.heading for section in page.sections if section.level == 2]
    assert headings == [
        "Result",
        "Vision and strategy",
        "Steering",
        "Processes",
        "People",
        "Technology",
        "Culture",
    ]
    drawing = page.sections[0].body
    assert drawing.count('class="radar-spoke"') == 6
    assert len({section.id for section in page.sections}) == len(page.sections)


def test_a_questionnaire_has_a_line_with_boxes_for_each_question(assessed: Path) -> None:
    page = pages(assessed)["programme/questionnaires/six-areas"]
    body = "".join(section.body for section in page.sections)
    assert body.count('<th scope="row"') == 6
    assert body.count('class="box"') == 4 * 6
    assert "Assessed on" in words(page.lead)


def test_the_pages_speak_german(assessed: Path) -> None:
    page = pages(assessed, Look("de"))["programme/assessments/incident-2024"]
    assert page.title == "Incident Management: Bewertung vom 20. November 2024"
    assert "1 anfänglich (1,5)" in section(page, "section_result")


def test_new_makes_a_place_for_each_answer(assessed: Path, rolebook: Rolebook) -> None:
    made = rolebook("-C", assessed, "new", "assessment", "incident-2027", "--questionnaire", "incident")
    assert made.code == 0, made.err
    text = (assessed / LATER).read_text(encoding="utf-8")
    assert re.search(r"closed-with-reader:\n +answer: +# Are readers told when their report is closed\?", text)
    found = rolebook("-C", assessed, "check", "--today", "2027-02-01")
    assert "RB006" in found.out
    assert rolebook("-C", assessed, "new", "assessment", "x", "--questionnaire", "incidnt").code == 2


def test_new_makes_questions_for_each_level_and_area(given: Path, rolebook: Rolebook) -> None:
    made = rolebook("-C", given, "new", "questionnaire", "six-areas", "--name", "The six areas")
    assert made.code == 0, made.err
    text = (given / "process_defs/questionnaires/six-areas.yaml").read_text(encoding="utf-8")
    assert len(re.findall(r"^  - id: ", text, re.MULTILINE)) == 30
