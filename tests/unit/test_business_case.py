"""The business case and its benefits in a handbook: what counts where, what the pages say, and what is told."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.loading import load
from rolebook.model.benefits import as_counted, benefits, benefits_by_objective
from rolebook.model.returns import Reckoning, reckoning
from rolebook.pages import Links, handbook_pages, navigation
from tests.conftest import ROOT
from tests.unit.test_returns import GUIDE, figure, rows_of

CASE = "process_defs/programme/business_case.yaml"
FRAME = "years: 5\ndiscount: 4\ncaution: 80\nassumptions:\n  - An hour is worth 30.\n"
SWARMING = "process_defs/improvements/swarming.yaml"


def improvement(status: str, *, more: str = "", cost: str = "{once: 100}", saves: str = "{per_year: 200}") -> str:
    sums = (f"cost: {cost}\n" if cost else "") + (f"saves: {saves}\n" if saves else "")
    return (
        "name: Another way\nstatus: "
        f"{status}\nowner: incident-manager\norigin: A complaint.\nproblem: It is slow.\napproach:\n  - We go faster.\n"
        f"{sums}{more}"
    )


def given_case(handbook: Path, *, realised: str = "", frame: str = FRAME, **improvements: str) -> Path:
    """The small handbook with a business case, and further improvements by their ids."""
    (handbook / CASE).parent.mkdir(exist_ok=True)
    (handbook / CASE).write_text(frame + (f"realised:\n{realised}" if realised else ""), encoding="utf-8")
    for id, words in improvements.items():
        path = handbook / f"process_defs/improvements/{id.replace('_', '-')}.yaml"
        path.write_text(words, encoding="utf-8")
    return handbook


def counted(improvement: str, day: str, per_year: int, by: str = "change-manager") -> str:
    return (
        f"  - improvement: {improvement}\n    date: {day}\n    per_year: {per_year}\n"
        f"    confirmed_by: {by}\n    shows: The books of the month.\n"
    )


def with_sums(handbook: Path, cost: str = "{once: 12000, per_year: 2000}", saves: str = "{per_year: 10000}") -> Path:
    path = handbook / SWARMING
    path.write_text(f"{path.read_text(encoding='utf-8')}cost: {cost}\nsaves: {saves}\n", encoding="utf-8")
    return handbook


def of(handbook: Path) -> Reckoning:
    found = reckoning(load(handbook).handbook)
    assert found is not None
    return found


def codes(handbook: Path, today: str = "2026-06-30") -> list[str]:
    """Which of the checks of the business case find something."""
    found = (one.rule.code for one in all_findings(load(handbook), date.fromisoformat(today)))
    return [code for code in found if code in ("RB725", "RB726", "RB727")]


ACHIEVED = "achieved: 2026-05-31\nadds: activity:incident/swarm\n"
THEN = "approval: {approved_by: change-manager, approved: 2025-11-10}\n"


def test_improvements_count_by_how_far_they_are_decided(given: Path) -> None:
    known = of(
        given_case(
            with_sums(given),
            one=improvement("approved"),
            two=improvement("in-progress"),
            three=improvement("proposed"),
            four=improvement("rejected"),
            five=improvement("proposed", saves=""),
            six=improvement("approved", cost="", saves=""),
            seven=improvement("rejected", saves=""),
        )
    )
    counts = {one.stage: sorted(each.improvement.id for each in one.returns) for one in known.stages}
    assert counts == {"achieved": ["swarming"], "decided": ["one", "two"], "proposed": ["three"]}
    assert len(known.total.returns) == 4
    assert known.total.whole.costs == sum(one.whole.costs for one in known.stages)
    assert [one.improvement.id for one in known.rejected] == ["four"]
    assert [(one.id, what) for one, what in known.not_reckoned] == [("five", ("saves",)), ("six", ("cost", "saves"))]


@pytest.mark.parametrize(("status", "ends"), [("achieved", True), ("in-progress", False)])
def test_what_was_replaced_keeps_its_cost_and_loses_its_savings(given: Path, status: str, ends: bool) -> None:
    more = f"replaces: swarming\n{ACHIEVED if status == 'achieved' else ''}"
    handbook = given_case(
        with_sums(given), realised=counted("swarming", "2026-06-10", 900), newer=improvement(status, more=more)
    )
    old = next(one for one in of(handbook).total.returns if one.improvement.id == "swarming")
    assert [one.id for one in old.ended_by] == (["newer"] if ends else [])
    assert [old.whole.costs, old.whole.benefits] == ([12000, 0] if ends else [22000, 50000])
    balance = benefits(load(handbook).handbook)
    assert [str(one.improvement.id) for one in balance.running] == (["newer"] if ends else ["swarming"])
    assert balance.compared_claims == 10000


@pytest.mark.parametrize("frame", ["years: 0", "years: 11", "discount: -1", "discount: 51", "caution: 101"])
def test_an_unclear_case_has_no_figures_and_no_page(given: Path, frame: str) -> None:
    key = frame.partition(":")[0]
    handbook = given_case(with_sums(given), frame=re.sub(rf"^{key}: \d+$", frame, FRAME, flags=re.MULTILINE))
    assert reckoning(load(handbook).handbook) is None
    assert "programme/business-case" not in {page.path for page in handbook_pages(load(handbook).handbook, Links())}
    assert codes(handbook) == ["RB725"]


# Benefits


def test_the_benefits_of_the_guide_come_out_as_it_says(given: Path) -> None:
    *rows, total = rows_of("| | claimed a year |")
    known = {cells[0]: cells for cells in rows}
    handbook = given_case(
        with_sums(given),
        realised=counted("swarming", "2026-06-10", 8000) + counted("checklists", "2026-06-11", 4000),
        checklists=improvement("achieved", more=ACHIEVED, saves="{per_year: 3000}"),
        second_desk=improvement("achieved", more=ACHIEVED, saves="{per_year: 6000}"),
    )
    balance = benefits(load(handbook).handbook)
    for one in balance.benefits:
        cells = known.pop(str(one.improvement.id))
        expected = [None if cell == "–" else figure(cell) for cell in cells[1:]]
        assert [one.claimed, one.found, one.difference] == expected
    assert not known
    assert [balance.claimed, balance.confirmed, balance.difference] == [figure(cell) for cell in total[1:]]
    sentence = GUIDE.partition("The difference in the last line is")[2].partition("\n\n")[0]
    told = [figure(number) for number in re.findall(r"\d[\d,]*", sentence)]
    assert told == [12000, 13000, round(balance.accuracy or 0), balance.still_open]


def test_the_latest_confirmation_counts_and_the_earlier_ones_stay(given: Path) -> None:
    listed = [("2026-06-20", 2), ("2026-06-10", 1), ("2026-06-20", 3)]
    realised = "".join(counted("swarming", day, yearly) for day, yearly in listed)
    (one,) = benefits(load(given_case(with_sums(given), realised=realised)).handbook).benefits
    assert [int(each.per_year) for each in one.confirmations] == [3, 2, 1]


def test_the_case_as_counted_takes_the_place_of_the_claims(given: Path) -> None:
    handbook = load(
        given_case(with_sums(given), realised=counted("swarming", "2026-06-10", 7000), one=improvement("proposed"))
    ).handbook
    known = reckoning(handbook)
    assert known is not None
    found = as_counted(handbook, known.total)
    assert found is not None
    assert known.total.whole.benefits - found.benefits == Fraction(5 * 3000)
    assert found.costs == known.total.whole.costs


def test_benefits_are_told_by_objective(given: Path) -> None:
    handbook = given_case(with_sums(given), other=improvement("achieved", more=ACHIEVED))
    by_objective = benefits_by_objective(load(handbook).handbook)
    assert {objective: own.claimed for objective, own in by_objective.items()} == {"open-on-time": 10000, "": 200}


# Pages


def words(html: str) -> str:
    return re.sub(r" ([.,)])", r"\1", " ".join(re.sub("<[^>]*>", " ", html).split()))


def pages(handbook: Path) -> dict[str, dict[str, str]]:
    made = handbook_pages(load(handbook).handbook, Links())
    return {
        page.path: {"lead": words(page.lead), **{one.id: words(one.body) for one in page.sections}} for page in made
    }


def test_the_page_begins_with_the_answer(given: Path) -> None:
    page = pages(given_case(with_sums(given)))["programme/business-case"]
    assert "costs EUR 22,000 and saves EUR 50,000." in page["lead"]
    assert "They have paid for themselves after 18 months." in page["lead"]
    assert "With only 80 percent of the savings, it takes 24 months." in page["lead"]
    assert "127 percent" in page["lead"]
    assert "EUR 23,615" in page["section_totals"]
    assert "sums since the beginning in EUR" in page["section_years"]
    assert "\N{MINUS SIGN}12,000" in page["section_years"]


def test_the_page_tells_of_what_is_rejected_and_what_is_not_reckoned(given: Path) -> None:
    handbook = given_case(
        with_sums(given), four=improvement("rejected"), five=improvement("proposed", cost="", more="")
    )
    page = pages(handbook)["programme/business-case"]
    assert "Another way rejected" in page["section_rejected"]
    assert "its cost is not known" in page["section_not_reckoned"]
    assert "Another way" not in page["section_improvements"]


def test_a_case_without_figures_says_so(given: Path) -> None:
    page = pages(given_case(given))["programme/business-case"]
    assert "No improvement says yet both what it costs and what it saves." in page["lead"]
    assert "section_years" not in page


def test_the_highest_return_comes_first(given: Path) -> None:
    free = improvement("proposed", cost="{once: 0}").replace("Another way", "Free of charge")
    dear = improvement("proposed", cost="{once: 9000}").replace("Another way", "A dear one")
    page = pages(given_case(with_sums(given), free=free, dear=dear))["programme/business-case"]["section_improvements"]
    assert page.index("Free of charge") < page.index("Swarm on stopped branches") < page.index("A dear one")
    assert "never" not in page
    assert "45 years" in page


def test_the_page_of_an_improvement_tells_what_it_comes_to(given: Path) -> None:
    handbook = given_case(with_sums(given), realised=counted("swarming", "2026-06-10", 8000))
    lead = pages(handbook)["improvements/swarming"]["lead"]
    assert "Payback 18 months" in lead
    assert "127 percent in 5 years" in lead
    assert "Confirmed EUR 8,000 a year" in lead


def test_without_a_business_case_there_is_payback_alone(given: Path) -> None:
    made = pages(with_sums(given))
    assert not {"programme/business-case", "programme/benefits"} & made.keys()
    assert "Payback 18 months" in made["improvements/swarming"]["lead"]
    assert "Return" not in made["improvements/swarming"]["lead"]


def test_both_pages_are_in_the_navigation(given: Path) -> None:
    handbook = load(given_case(with_sums(given))).handbook
    paths = {part.path for chapter in navigation(handbook) for one in chapter.parts for part in (one, *one.parts)}
    assert {"programme/business-case", "programme/benefits"} <= paths


def test_text_of_authors_does_not_escape_the_pages(given: Path) -> None:
    evil = "<script>alert(1)</script>"
    realised = counted("swarming", "2026-06-10", 1).replace("The books", evil)
    frame = FRAME.replace("An hour", evil) + f"beyond_money:\n  - {evil}\n"
    handbook = load(given_case(with_sums(given), realised=realised, frame=frame)).handbook
    for page in handbook_pages(handbook, Links()):
        if page.path.startswith("programme/b"):
            assert "<script" not in "".join(str(one.body) for one in page.sections)


# Checks: what is not on their pages


def test_a_confirmation_may_be_dated_where_the_day_has_begun_already(given: Path) -> None:
    handbook = given_case(with_sums(given), realised=counted("swarming", "2026-07-01", 1))
    assert codes(handbook, "2026-06-30") == []
    assert codes(handbook, "2026-06-29") == ["RB726"]


def test_an_ended_saving_needs_no_confirmation(given: Path) -> None:
    handbook = given_case(with_sums(given))
    assert "RB727" in codes(handbook, "2027-06-30")
    newer = improvement(
        "achieved", more=f"replaces: swarming\nachieved: 2027-05-31\nadds: activity:incident/swarm\n{THEN}"
    )
    assert "RB727" not in codes(given_case(handbook, newer=newer), "2027-06-30")


@pytest.mark.parametrize("saves", ["{once: 5000}", "{per_year: 0}"])
def test_what_saves_nothing_every_year_needs_no_confirmation(given: Path, saves: str) -> None:
    assert "RB727" not in codes(given_case(with_sums(given, saves=saves)), "2027-06-30")


def test_without_a_business_case_nothing_is_told(given: Path) -> None:
    assert codes(with_sums(given, cost="{}", saves="{per_year: -1}"), "2027-06-30") == []


def test_a_list_that_could_not_be_read_hides_no_confirmation(given: Path) -> None:
    handbook = given_case(with_sums(given), realised=counted("swarming", "2026-13-40", 1))
    assert "RB727" not in codes(handbook, "2027-06-30")


def test_the_reference_handbook_knows_what_came_of_its_claims() -> None:
    balance = benefits(load(ROOT).handbook)
    assert balance.claimed_of_confirmed + balance.still_open == balance.claimed
    assert len(balance.compared) >= 5
    assert balance.waiting
