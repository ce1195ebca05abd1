"""Who is told what: whom a communication reaches, what is told of improvements and releases, and the page of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.standing import Mark, record
from rolebook.model.telling import reached_by, told_of
from rolebook.pages import Links, handbook_pages, navigation
from rolebook.pages.page import Page
from rolebook.rendering import Look
from tests.conftest import Result
from tests.test_guide import EXAMPLES

Rolebook = Callable[..., Result]
PLAN = "process_defs/programme/communication.yaml"
SWARMING = "process_defs/improvements/swarming.yaml"
TODAY = "2026-06-30"


def entry(id: str = "one", to: str = "it", sender: str = "change-manager", **more: str) -> str:
    """A communication as it is written; what is not said is sent on its day, and about the swarm."""
    fields = {"date": "2026-05-29", "state": "sent", "about": "swarming"} | more
    if fields["state"] == "sent":
        fields.setdefault("sent", fields["date"])
    lines = [f"id: {id}", f"to: {to}", f"message: Message of {id}.", f"matters: Why {id} matters.", "channel: Meeting"]
    lines += [f"sender: {sender}", *(f"{key}: {value}" for key, value in fields.items() if value)]
    return "  - " + "\n    ".join(lines) + "\n"


def planned(handbook: Path, *entries: str) -> Path:
    """The small handbook with this communication plan."""
    (handbook / PLAN).parent.mkdir(exist_ok=True)
    (handbook / PLAN).write_text("communications:\n" + "".join(entries), encoding="utf-8")
    return handbook


def read(handbook: Path) -> Handbook:
    return load(handbook).handbook


def told(handbook: Path, improvement: str = "swarming") -> Mark:
    found = read(handbook)
    return record(found, found.improvements[improvement]).told


def untold(handbook: Path, improvement: str = "swarming") -> tuple[str, ...]:
    found = read(handbook)
    return told_of(found, found.improvements[improvement]).untold


def rewritten(handbook: Path, path: str, old: str, new: str) -> None:
    text = (handbook / path).read_text(encoding="utf-8")
    assert old in text
    (handbook / path).write_text(text.replace(old, new), encoding="utf-8")


def pages(handbook: Path, look: Look | None = None) -> dict[str, Page]:
    found = load(handbook, all_releases=True).handbook
    return {page.path: page for page in handbook_pages(found, Links(look=look) if look else Links())}


def section(page: Page, id: str) -> str:
    body = next((section.body for section in page.sections if section.id == id), "")
    return " ".join(re.sub("<[^>]*>", " ", body).split()).replace(" ,", ",")


def codes(result: Result) -> list[str]:
    return re.findall(r"\[(RB\d+)\]", result.out)


# Whom it reaches


@pytest.mark.parametrize(
    ("to", "reached"),
    [
        ("agent", {"agent", "change-manager"}),
        ("service-desk", {"agent", "incident-manager", "change-manager"}),
        ("it", {"agent", "incident-manager", "change-manager", "specialist"}),
        ("outside/reader", {"change-manager"}),
    ],
    ids=["a role, and the sender", "a function", "a function with those of its units", "a party outside"],
)
def test_a_communication_reaches(given: Path, to: str, reached: set[str]) -> None:
    handbook = read(planned(given, entry(to=to)))
    assert handbook.communication is not None
    assert reached_by(handbook, handbook.communication.communications[0]) == reached


def test_a_merged_role_stands_for_the_one_that_it_was_merged_into(given: Path) -> None:
    with (given / "raci/roles/agent.yaml").open("a", encoding="utf-8") as file:
        file.write("status: merged\nmerged_into: specialist\n")
    handbook = read(planned(given, entry(to="agent")))
    assert handbook.communication is not None
    assert reached_by(handbook, handbook.communication.communications[0]) == {"specialist", "change-manager"}


# Told, or not yet


def test_without_a_plan_it_is_open_whether_anybody_was_told(given: Path) -> None:
    assert told(given) is Mark.OPEN


def test_an_improvement_is_told_when_all_that_it_touches_have_been_reached(given: Path) -> None:
    assert told(planned(given, entry(to="service-desk"))) is Mark.MISSING
    assert untold(given) == ("specialist",)
    assert told(planned(given, entry(to="service-desk"), entry("two", "specialist"))) is Mark.DONE
    assert told(planned(given, entry(to="service-desk", sender="specialist"))) is Mark.DONE


@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_what_was_not_sent_has_told_nobody(given: Path, state: str) -> None:
    assert set(untold(planned(given, entry(state=state)))) == {"specialist", "incident-manager"}


def test_what_is_about_something_else_has_not_told_of_it(given: Path) -> None:
    assert told(planned(given, entry(about=""))) is Mark.MISSING


def test_as_long_as_it_is_not_achieved_nothing_is_missing(given: Path) -> None:
    rewritten(given, SWARMING, "status: achieved", "status: in-progress")
    assert told(planned(given, entry(to="agent"))) is Mark.OPEN


def test_what_tells_of_an_improvement_tells_of_those_that_it_replaces(given: Path) -> None:
    text = (given / SWARMING).read_text(encoding="utf-8")
    (given / "process_defs/improvements/table.yaml").write_text(text + "replaces: swarming\n", encoding="utf-8")
    (given / "process_defs/improvements/screen.yaml").write_text(text + "replaces: table\n", encoding="utf-8")
    assert told(planned(given, entry(about="screen"))) is Mark.DONE
    assert told(given, "table") is Mark.DONE
    assert told(planned(given, entry()), "table") is Mark.MISSING


def test_where_nobody_is_touched_nobody_need_be_told(given: Path) -> None:
    rewritten(given, SWARMING, "adds: activity:incident/swarm\n", "adds: activity:incident/gone\n")
    rewritten(given, SWARMING, "changes: kpi:incident/time-to-restore\n", "")
    assert told(planned(given, entry(about=""))) is Mark.NOT_NEEDED


# Checks


def check(rolebook: Rolebook, handbook: Path) -> list[str]:
    return codes(rolebook("-C", handbook, "check", "--today", TODAY))


def test_without_a_plan_nobody_is_missed(rolebook: Rolebook, given: Path) -> None:
    assert check(rolebook, given) == []
    assert check(rolebook, planned(given, entry(to="agent"))) == ["RB610"]


def test_of_whom_a_slip_in_the_plan_keeps_from_being_told_only_the_slip_is_reported(
    rolebook: Rolebook, given: Path
) -> None:
    assert check(rolebook, planned(given, entry(to="itt"))) == ["RB101"]


def test_what_is_planned_is_to_be_sent(rolebook: Rolebook, given: Path) -> None:
    found = rolebook("-C", planned(given, entry(state="planned", date="2026-07-01")), "check", "--today", TODAY)
    assert codes(found) == ["RB610"]
    assert "Send what is planned ('one')" in found.out


@pytest.mark.parametrize(("day", "found"), [("2026-06-29", ["RB714"]), ("2026-06-30", [])])
def test_a_day_has_passed_on_the_next(rolebook: Rolebook, given: Path, day: str, found: list[str]) -> None:
    late = entry("late", state="planned", date=day, about="")
    assert check(rolebook, planned(given, entry(), late)) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"date": "", "every": "month", "state": "planned"}, []),
        ({"date": "", "state": "planned"}, ["RB713"]),
        ({"every": "month", "state": "planned", "date": "2026-12-01"}, ["RB713"]),
        ({"date": "", "every": "month", "sent": "2026-06-01"}, ["RB713"]),
        ({"state": "planned", "date": "2026-12-01", "sent": "2026-06-01"}, ["RB713"]),
        ({"sent": ""}, ["RB713"]),
        ({"sent": "2026-07-01"}, []),
        ({"sent": "2026-07-02"}, ["RB713"]),
    ],
    ids=["rhythm", "no day", "both", "rhythm sent", "planned and sent", "no day sent", "elsewhere", "to come"],
)
def test_a_communication_says_when(rolebook: Rolebook, given: Path, more: dict[str, str], found: list[str]) -> None:
    assert check(rolebook, planned(given, entry(), entry("two", **({"about": ""} | more)))) == found


def test_a_function_without_roles_is_nobody(rolebook: Rolebook, given: Path) -> None:
    text = (given / "raci/functions.yaml").read_text(encoding="utf-8")
    unit = "  - {id: stores, name: Stores, purpose: Keep spares., part_of: it, head: agent}\nrole_kinds:"
    (given / "raci/functions.yaml").write_text(text.replace("role_kinds:", unit), encoding="utf-8")
    assert "RB713" in check(rolebook, planned(given, entry(), entry("two", to="stores", about="")))
    assert "RB713" not in check(rolebook, planned(given, entry(), entry("two", to="[stores, agent]", about="")))


def test_the_log_may_name_roles_that_are_gone_by_now(rolebook: Rolebook, given: Path) -> None:
    (given / "raci/roles/porter.yaml").write_text(
        "name: Porter\nfunction: it\npurpose: Carry.\nstatus: retired\n", encoding="utf-8"
    )
    log = entry("two", to="porter", sender="porter", about="")
    assert "RB102" not in check(rolebook, planned(given, entry(), log))
    later = entry("two", to="porter", about="", state="planned", date="2026-12-01")
    assert "RB102" in check(rolebook, planned(given, entry(), later))


# Pages


def test_without_a_plan_there_is_no_page(given: Path) -> None:
    assert "programme/communication" not in pages(given)
    assert "Communication" not in str(navigation(read(given)))


def test_the_page_has_what_comes_next_by_day_and_the_log_with_the_newest_first(given: Path) -> None:
    first, last = entry("first", date="2026-05-01", news="good"), entry("last", news="bad")
    soon, later = (
        entry(id, date=on, state="planned", about="") for id, on in (("soon", "2026-07-01"), ("later", "2027-01-01"))
    )
    rhythm = entry("rhythm", date="", every="month", state="planned", about="", policy="one-ticket")
    page = pages(planned(given, later, first, soon, last, rhythm, entry("dropped", state="cancelled")))[
        "programme/communication"
    ]
    assert re.findall("Message of (\\w+)", section(page, "section_next")) == ["soon", "later"]
    assert re.findall("Message of (\\w+)", section(page, "section_sent")) == ["last", "first"]
    assert "29 May 2026 bad news IT department" in section(page, "section_sent")
    assert "1 May 2026 good news" in section(page, "section_sent")
    assert "every month IT department Message of rhythm. Policy: One ticket" in section(page, "section_regular")
    assert "1 communication" in section(page, "section_cancelled")
    assert section(page, "section_untold").startswith("Nothing:")
    assert "Communication" in str(navigation(read(given)))


def test_the_page_names_those_who_have_not_been_told(given: Path) -> None:
    later = entry("later", to="specialist", date="2026-12-01", state="planned")
    page = pages(planned(given, entry(to="service-desk"), later))["programme/communication"]
    assert "Swarm on stopped branches Technical Specialist (1 of 2 roles) 1 December 2026" in section(
        page, "section_untold"
    )


def test_a_release_is_told_to_those_whom_it_concerns(rolebook: Rolebook, given: Path) -> None:
    planned(given, entry())
    assert rolebook("-C", given, "release", "1.0.0", "--date", "2026-06-01").code == 0
    rewritten(given, "raci/matrices/incident.yaml", "C: specialist", "C: [specialist, change-manager]")
    reason = "note: More hands.\nreasons:\n  - {for: 'process:incident', why: A try.}\n"
    (given / "process_defs/releases/next.yaml").write_text(reason, encoding="utf-8")
    made = rolebook("-C", given, "release", "1.1.0", "--date", "2026-06-02")
    assert made.code == 0, made
    untold = section(pages(given)["programme/communication"], "section_untold")
    assert re.search(r"Version 1\.1\.0 Change Manager \(1 of \d roles?\) nothing yet", untold), untold
    planned(given, entry(), entry("two", about="", to="service-desk", release="1.1.0"))
    assert section(pages(given)["programme/communication"], "section_untold").startswith("Nothing:")


def test_an_improvement_shows_what_is_told_about_it_and_who_was_reached(given: Path) -> None:
    page = pages(planned(given, entry(to="service-desk"), entry("two", about="")))["improvements/swarming"]
    assert "✗ missing 1 of 2 roles: 29 May 2026 (not yet: Technical Specialist )" in section(page, "section_record")
    assert re.findall("Message of (\\w+)", section(page, "section_communications")) == ["one"]


def test_the_plan_of_the_guide_has_a_page_in_german(given: Path) -> None:
    (given / PLAN).parent.mkdir()
    (given / PLAN).write_text(EXAMPLES[PLAN], encoding="utf-8")
    page = pages(given, Look("de"))["programme/communication"]
    assert page.title == "Kommunikation"
    assert "29. Mai 2026 gute Nachricht" in section(page, "section_sent")
