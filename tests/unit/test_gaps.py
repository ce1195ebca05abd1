"""Gaps: how far it is to each target, what is missing, what comes first, and the page that tells of it."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.loading import load
from rolebook.model import gaps as rule
from rolebook.model import values as v
from rolebook.model.gaps import Gap, gap_by_subject, gaps, in_order
from rolebook.model.improvement import Improvement
from rolebook.model.levels import Maturity, found
from rolebook.model.maturity import AREAS
from rolebook.model.targets import LevelTarget
from rolebook.pages import Links, handbook_pages, navigation
from tests.conftest import ROOT
from tests.unit.test_levels import HERE, asked, assessed, text

TARGETS = "process_defs/programme/targets.yaml"
DUE = "2027-06-30"
_GUIDE = (ROOT / "docs/guide/maturity.md").read_text(encoding="utf-8").partition("## Gaps, and what comes first")[2]
EXAMPLE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in _GUIDE.splitlines()
    if line.startswith("| ") and "**" in line
]


def target(subject: str, level: int = 3, worth: str = "medium", due: str = DUE) -> LevelTarget:
    area = text(subject) if subject in AREAS else None
    return LevelTarget(
        process=None if area else text(subject),
        area=area,
        level=v.Whole(level),
        due=v.Day.at(text(due)),
        reason=text("It has to be."),
        value=text(worth),
        span=HERE,
    )


def gap(subject: str, now: int | None, missing: int, takers: int = 0, *, worth: str = "medium", due: str = DUE) -> Gap:
    """A gap to level 3, with as many items missing, of five processes in all."""
    questions = asked(1, 2, 3, 4, 5)
    answers = tuple("yes" if level <= (now or 0) else "no" for level in range(1, 6))
    known = found(*assessed(questions, answers))[0]
    lacking = (rule.Lacking(3, (known.asked[4],) * missing),) if missing else ()
    maturity = Maturity.of(subject, () if now is None else (known,))
    others = tuple(f"other-{number}" for number in range(takers))
    return Gap(target(subject, 3, worth, due), maturity, lacking, (), others, 4, ())


def of_example(cells: list[str]) -> Gap:
    subject, now, _, worth, missing, takers = cells[:6]
    return gap(
        subject,
        int(now) if now.isdigit() else None,
        int(missing) if missing.isdigit() else 0,
        int(takers[0]) if takers[0].isdigit() else 0,
        worth=worth,
    )


def subjects(*of_them: Gap) -> list[str]:
    return [one.subject for one in in_order(of_them)]


def test_the_example_of_the_guide_comes_out_in_its_order() -> None:
    assert len(EXAMPLE) == 6
    expected = [cells[0] for cells in EXAMPLE]
    assert subjects(*map(of_example, reversed(EXAMPLE))) == expected
    places = [one.place for one in in_order([*map(of_example, EXAMPLE)])]
    assert places == ["foundation", "worth", "worth", "worth", "unknown", "reached"]
    assert [one.subject for one in map(of_example, EXAMPLE) if one.is_quick_win] == ["people"]


def test_of_two_foundations_the_one_that_more_build_on_comes_first_and_is_the_only_one() -> None:
    three, four = gap("change", 1, 1, takers=3, worth="high"), gap("incident", 1, 9, takers=4, worth="low")
    cheap = gap("release", 2, 1)
    assert subjects(three, four, cheap) == ["incident", "change", "release"]
    assert [one.place for one in in_order([three, four, cheap])] == ["foundation", "worth", "worth"]


def test_of_two_alike_the_one_due_earlier_comes_first() -> None:
    assert subjects(gap("a", 2, 3, due="2027-12-31"), gap("b", 2, 3, due="2027-03-31")) == ["b", "a"]


@pytest.mark.parametrize(("now", "foundation"), [(2, True), (3, False), (None, False)])
def test_only_what_was_found_below_level_3_is_a_foundation(now: int | None, foundation: bool) -> None:
    assert gap("incident", now, 5, takers=4).may_be_foundation is foundation


@pytest.mark.parametrize(("missing", "quick"), [(2, True), (3, False)])
def test_two_missing_items_are_a_quick_win(missing: int, quick: bool) -> None:
    assert gap("incident", 2, missing).is_quick_win is quick


@pytest.mark.parametrize(
    ("status", "quick_win", "quick"),
    [("approved", True, True), ("in-progress", True, True), ("proposed", True, False), ("approved", False, False)],
)
def test_a_quick_win_that_was_agreed_makes_the_gap_one(status: str, quick_win: bool, quick: bool) -> None:
    improvement = Improvement(
        id=text("swarm"),
        name=text("Swarm"),
        status=text(status),
        origin=text("A complaint."),
        problem=text("It is slow."),
        approach=(text("All come."),),
        quick_win=quick_win,
        span=HERE,
    )
    assert replace(gap("incident", 1, 7), improvements=(improvement,)).is_quick_win is quick


# In a handbook

QUESTIONS = """\
name: Incident Management
process: incident
questions:
  - {id: one, level: 1, asks: One?, shows: One.}
  - {id: two, level: 2, asks: Two?, shows: Two.}
  - {id: three, level: 3, asks: Three?, shows: Three.}
  - {id: four, level: 4, asks: Four?, shows: Four.}
"""


def aimed(
    handbook: Path, *, level: int = 3, two: str = "no", due: str = DUE, subject: str = "process: incident"
) -> Path:
    files = {
        "questionnaires/incident.yaml": QUESTIONS,
        "assessments/incident-2026.yaml": (
            "questionnaire: incident\ndate: 2025-11-05\nmethod: self\nassessor: agent\nanswers:\n"
            f"  one: {{answer: yes, evidence: Seen.}}\n  two: {{answer: {two}, evidence: Looked.}}\n"
            "  three: {answer: partly, evidence: Half.}\n  four: {answer: no}\n"
        ),
        "programme/targets.yaml": (
            f"targets:\n  - {subject}\n    level: {level}\n    due: {due}\n"
            "    reason: Branches open.\n    value: high\n"
        ),
    }
    for path, words in files.items():
        (handbook / "process_defs" / path).parent.mkdir(exist_ok=True)
        (handbook / "process_defs" / path).write_text(words, encoding="utf-8")
    return handbook


def codes(handbook: Path, today: str = "2026-06-30") -> list[str]:
    loaded = load(handbook)
    return [one.rule.code for one in all_findings(loaded, date.fromisoformat(today))]


def test_what_is_missing_stands_level_by_level_up_to_the_target(given: Path) -> None:
    (found,) = gaps(load(aimed(given)).handbook)
    assert [(one.level, [str(each.question.id) for each in one.asked]) for one in found.lacking] == [
        (2, ["two"]),
        (3, ["three"]),
    ]
    assert (found.level, found.size, found.missing) == (1, 2, 2)


def test_nothing_is_missing_of_a_target_that_is_reached(given: Path) -> None:
    found = gap_by_subject(load(aimed(given, level=2, two="yes")).handbook)["incident"]
    assert (found.place, found.size, found.missing, found.is_quick_win) == ("reached", 0, 0, False)


def test_a_gap_nobody_has_looked_at_is_unknown(given: Path) -> None:
    handbook = aimed(given, subject="process: change")
    assert gap_by_subject(load(handbook).handbook)["change"].place == "unknown"


def test_an_unclear_target_has_no_gap(given: Path) -> None:
    assert gaps(load(aimed(given, level=7)).handbook) == ()


def test_a_missed_target_is_told_the_day_after(given: Path) -> None:
    handbook = aimed(given, due="2026-06-30")
    assert codes(handbook, "2026-06-30") == []
    assert codes(handbook, "2026-07-01") == ["RB711"]


def test_a_target_that_was_reached_is_never_missed(given: Path) -> None:
    assert codes(aimed(given, level=2, two="yes", due="2026-02-01"), "2026-07-01") == []


def test_what_is_about_no_process_that_there_is_needs_no_target(given: Path) -> None:
    aimed(given, subject="process: change")
    assert codes(given) == ["RB712"]
    asked_of = given / "process_defs/questionnaires/incident.yaml"
    asked_of.write_text(QUESTIONS.replace("process: incident", "process: incidnet"), encoding="utf-8")
    assert codes(given) == ["RB101"]


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", " ", html).split())


def test_the_page_shows_gap_and_order_and_is_linked(given: Path) -> None:
    handbook = load(aimed(given)).handbook
    pages = {page.path: page for page in handbook_pages(handbook, Links())}
    page = pages["programme/gaps"]
    bodies = {section.id: words(section.body) for section in page.sections}
    assert "1, target 3" in bodies["section_order"]
    assert "2 items are missing" in bodies["gap_incident"]
    for path in ("programme/index", "processes/incident"):
        html = str(pages[path].lead) + "".join(str(section.body) for section in pages[path].sections)
        assert re.search(r'href="[^"]*gaps[^"]*#gap_incident"', html)
        assert "aims at 3 by 30 June 2027" in words(html)
    assert "programme/gaps" in {
        part.path for chapter in navigation(handbook) for one in chapter.parts for part in (one, *one.parts)
    }


def test_without_targets_there_is_no_page(given: Path) -> None:
    (aimed(given) / TARGETS).unlink()
    handbook = load(given).handbook
    assert "programme/gaps" not in {page.path for page in handbook_pages(handbook, Links())}


def test_the_reference_handbook_aims_at_every_process_and_area() -> None:
    handbook = load(ROOT).handbook
    assert set(gap_by_subject(handbook)) == {*map(str, handbook.processes), *AREAS}
    assert len({str(gap.target.reason) for gap in gaps(handbook)}) == len(gaps(handbook))
