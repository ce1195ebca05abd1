"""The training calendar: a page of all dates, and files that a calendar program reads back as they were meant."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from icalendar import Calendar, Event

from rolebook.loading import load
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.release import Release
from rolebook.model.training import Schedule, TrainingPlan
from rolebook.model.values import Day, Whole
from rolebook.pages import Checked, Links, Page, handbook_pages
from rolebook.publishing.exports.calendars import calendars
from rolebook.rendering import Look
from rolebook.source import Span, Text
from tests.conftest import ROOT
from tests.site.samples import NASTY

HERE = Span("x.yaml", 1, 1, 1, 2)
SITE = "https://handbook.example/"
TODAY = date(2027, 2, 1)
PLAN = "calendars/plans/first-weeks.ics"
AGENT = "calendars/roles/agent.ics"
WORDS = (
    "a; b, c \\ d: e",
    "first\nBEGIN:VEVENT\nEND:VCALENDAR",
    '"quoted" \N{RIGHT-TO-LEFT OVERRIDE}abc',
    "שלום عليكم 😀 " * 30,
    *NASTY,
)


@pytest.fixture(scope="module", name="handbook")
def _handbook() -> Handbook:
    """The small handbook, in which one plan has two dates."""
    return dated(load(ROOT / "docs/checks/given").handbook, "2027-01-18", "2027-03-15")


@pytest.fixture(scope="module", name="reference")
def _reference() -> Handbook:
    return load(ROOT).handbook


def written(text: str) -> Text:
    return Text(text, HERE)


def with_plan(handbook: Handbook, plan: TrainingPlan) -> Handbook:
    return replace(handbook, plans=MappingProxyType({**handbook.plans, str(plan.id): plan}))


def dated(handbook: Handbook, *days: str) -> Handbook:
    when = Schedule(within_days=Whole(30), dates=tuple(Day.at(written(day)) for day in days), span=HERE)
    return with_plan(handbook, replace(handbook.plans["first-weeks"], when=when))


def released(handbook: Handbook, *versions: str) -> Handbook:
    releases = {
        id: Release(id=written(id), date=Day.at(written(f"2026-0{n}-01")), digest=written(""), span=HERE)
        for n, id in enumerate(versions, 1)
    }
    return replace(handbook, releases=MappingProxyType(releases))


def files(handbook: Handbook, url: str | None = SITE, look: str = "en") -> dict[str, bytes]:
    return calendars(handbook, Links(directory_urls=False, look=Look(look)), url)


def events(file: bytes) -> list[Event]:
    return [event for event in Calendar.from_ical(file).walk("VEVENT") if isinstance(event, Event)]


def days(file: bytes) -> list[date]:
    return [event.start for event in events(file)]


def values(file: bytes, *names: bytes) -> list[bytes]:
    """What stands in a file behind these names, as it is written there."""
    lines = (line.partition(b":") for line in file.replace(b"\r\n ", b"").split(b"\r\n"))
    return [value for name, _, value in lines if name.partition(b";")[0] in names]


def uids(written: Mapping[str, bytes], path: str = PLAN) -> list[str]:
    return [str(event["UID"]) for event in events(written[path])]


def page(handbook: Handbook, path: str = "training-calendar", today: date | None = TODAY) -> Page:
    checked = Checked(today) if today else None
    made = handbook_pages(handbook, Links(directory_urls=False), checked)
    return next(page for page in made if page.path == path)


def sections(page: Page) -> dict[str, str]:
    return {section.id: str(section.body) for section in page.sections}


def test_each_date_of_each_plan_is_one_event(reference: Handbook) -> None:
    made = files(reference)
    for id, plan in reference.plans.items():
        wanted = sorted(plan.when.dates) if plan.when else []
        assert days(made[f"calendars/plans/{id}.ics"]) == wanted, id
    assert sum(len(events(file)) for path, file in made.items() if "/plans/" in path) > len(reference.plans)


def test_the_calendar_of_a_role_has_the_dates_of_the_plans_that_train_it(reference: Handbook) -> None:
    made = files(reference)
    wanted = {}
    for role, modules in modules_by_role(reference).items():
        plans = {plan.id: plan for plan, _ in modules}.values()
        wanted[f"calendars/roles/{role}.ics"] = sorted(
            (day, str(plan.name)) for plan in plans if plan.when for day in plan.when.dates
        )
    found = {
        path: sorted((event.start, str(event["SUMMARY"])) for event in events(file))
        for path, file in made.items()
        if "/roles/" in path
    }
    assert found == {path: dates for path, dates in wanted.items() if dates}


def test_an_event_takes_the_whole_day_and_nobody_from_other_work(handbook: Handbook) -> None:
    event = events(files(handbook)[PLAN])[0]
    assert event["DTSTART"].to_ical() == b"20270118"
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event.end - event.start == timedelta(days=1)
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_role_reads_of_its_own_modules_only(handbook: Handbook) -> None:
    made = files(handbook)
    of_plan, of_role = (str(events(made[path])[0]["DESCRIPTION"]) for path in (PLAN, AGENT))
    assert of_plan.replace("\xa0", " ").splitlines() == [
        "Modules:",
        "- Taking and closing reports (1 h 30 min)",
        "- Swarming (1 h)",
        "In all: 2 h 30 min",
        "Trainer: Incident Manager",
        "Forms: on the job",
        "For: Service Desk Agent, Technical Specialist, Incident Manager",
        f"{SITE}training/first-weeks.html",
    ]
    assert "Taking and closing reports" in of_role
    assert "Swarming" not in of_role
    assert "For:" not in of_role


def test_who_has_no_date_has_no_file(handbook: Handbook) -> None:
    made = files(handbook)
    roles = ("agent", "incident-manager", "specialist")
    assert sorted(made) == [PLAN, *(f"calendars/roles/{role}.ics" for role in roles)]
    assert files(dated(handbook)) == {}


def test_a_date_keeps_its_id_when_others_come_or_go(handbook: Handbook) -> None:
    first, second = uids(files(handbook))
    more = dated(handbook, "2027-01-04", "2027-01-18", "2027-03-15")
    assert uids(files(more))[1:] == [first, second]
    assert uids(files(dated(handbook, "2027-03-15"))) == [second]


def test_a_date_has_the_same_id_in_all_calendars_and_versions(handbook: Handbook) -> None:
    wanted = uids(files(handbook))
    assert uids(files(handbook), AGENT) == wanted
    for version in ("1.0.0", "1.1.0"):
        versions = released(handbook, *("1.0.0", "1.1.0")[: 1 if version == "1.0.0" else 2])
        assert uids(files(versions, f"{SITE}{version}/")) == wanted


def test_a_date_keeps_its_id_when_the_plan_gets_another(handbook: Handbook) -> None:
    plan = handbook.plans["first-weeks"]
    others = {id: one for id, one in handbook.plans.items() if id != "first-weeks"}
    renamed = replace(plan, id=written("starting"), formerly=(written("first-weeks"),))
    now = replace(handbook, plans=MappingProxyType({**others, "starting": renamed}))
    assert uids(files(now), "calendars/plans/starting.ics") == uids(files(handbook))


def test_another_handbook_has_other_ids(handbook: Handbook) -> None:
    assert {*uids(files(handbook))}.isdisjoint(uids(files(handbook, "https://other.example/")))


def test_events_are_newer_with_each_release_and_never_with_the_clock(handbook: Handbook) -> None:
    marks = []
    for versions in ((), ("1.0.0",), ("1.0.0", "1.1.0")):
        event = events(files(released(handbook, *versions))[PLAN])[0]
        marks.append((event.sequence, event.DTSTAMP.date().isoformat()))
    assert marks == [(0, "1980-01-01"), (1, "2026-01-01"), (2, "2026-02-01")]


def test_a_published_version_leads_to_the_newest(handbook: Handbook) -> None:
    calendar = Calendar.from_ical(files(released(handbook, "1.0.0"), f"{SITE}1.0.0/")[PLAN])
    assert calendar["SOURCE"] == f"{SITE}latest/{PLAN}"
    assert events(calendar.to_ical())[0]["URL"] == f"{SITE}latest/training/first-weeks.html"


def test_without_an_address_nothing_is_linked(handbook: Handbook) -> None:
    made = files(handbook, None)
    assert b"http" not in made[PLAN]
    assert len(uids(made)) == 2


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_text_comes_out_as_text(handbook: Handbook, words: str) -> None:
    plan = handbook.plans["first-weeks"]
    module = replace(plan.modules[0], name=written(words))
    file = files(with_plan(handbook, replace(plan, name=written(words), modules=(module,))))[PLAN]
    calendar = Calendar.from_ical(file)
    assert {*values(file, b"NAME", b"X-WR-CALNAME")} == {*values(file, b"SUMMARY")}
    assert [component.name for component in calendar.walk()] == ["VCALENDAR", "VEVENT", "VEVENT"]
    for event in calendar.walk("VEVENT"):
        assert str(event["SUMMARY"]) == words
        assert f"- {words} (" in str(event["DESCRIPTION"])


def test_a_backslash_before_an_n_is_no_end_of_a_line(handbook: Handbook) -> None:
    plan = replace(handbook.plans["first-weeks"], name=written("C:\\New\\notes"))
    assert b"SUMMARY;LANGUAGE=en:C:\\\\New\\\\notes\r\n" in files(with_plan(handbook, plan))[PLAN]


def test_what_ends_lines_or_cannot_be_shown_is_replaced(handbook: Handbook) -> None:
    plan = replace(handbook.plans["first-weeks"], name=written("a\rb\0c\x0bd\x85e\u2028f"))
    event = events(files(with_plan(handbook, plan))[PLAN])[0]
    assert str(event["SUMMARY"]) == "\ufffd".join("abcdef")


def test_lines_end_and_fold_as_the_standard_says(reference: Handbook) -> None:
    for path, file in files(reference).items():
        lines = file.split(b"\r\n")
        assert lines[-1] == b"", path
        assert not any(b"\n" in line or b"\r" in line or len(line) > 75 for line in lines), path


def test_calendars_speak_the_language_of_the_handbook(handbook: Handbook) -> None:
    calendar = Calendar.from_ical(files(handbook, look="de")[AGENT])
    assert calendar["X-WR-CALNAME"] == "Schulung: Service Desk Agent"
    event = calendar.walk("VEVENT")[0]
    assert "Insgesamt: " in str(event["DESCRIPTION"])
    assert event["DESCRIPTION"].params["LANGUAGE"] == "de"


def test_the_page_tells_dates_by_month_and_what_has_passed_at_the_end(handbook: Handbook) -> None:
    calendar = page(handbook)
    order = [section.id for section in calendar.sections]
    assert order == ["section_dates", "month_2027-03", "section_undated", "section_files", "section_passed"]
    told = sections(calendar)
    assert '<time datetime="2027-03-15">15 March 2027</time> <span class="muted">Monday</span>' in told["month_2027-03"]
    assert "Service Desk Agent</a>, " in told["month_2027-03"]
    assert '<time datetime="2027-01-18">' in told["section_passed"]
    assert "1 date is fixed" in calendar.lead


def test_a_date_is_to_come_on_its_own_day(handbook: Handbook) -> None:
    assert "month_2027-03" in sections(page(handbook, today=date(2027, 3, 15)))
    assert "month_2027-03" not in sections(page(handbook, today=date(2027, 3, 16)))


def test_nothing_has_passed_where_nobody_says_which_day_it_is(handbook: Handbook) -> None:
    assert "section_passed" not in sections(page(handbook, today=None))


def test_the_page_tells_what_is_due_without_a_date(handbook: Handbook) -> None:
    told = sections(page(dated(handbook)))
    assert list(told) == ["section_undated"]
    assert "within 30 days of taking the role on" in told["section_undated"]


def test_where_no_plan_has_a_schedule_one_sentence_says_so(handbook: Handbook) -> None:
    plans = {id: replace(plan, when=None) for id, plan in handbook.plans.items()}
    calendar = page(replace(handbook, plans=MappingProxyType(plans)))
    assert calendar.sections == ()
    assert calendar.lead.striptags() == "No training plan says when it is taken."


def test_pages_lead_to_the_files_that_there_are(handbook: Handbook) -> None:
    made = files(handbook)
    listed = sections(page(handbook))["section_files"]
    assert sorted(made) == sorted(part.partition('"')[0] for part in listed.split('href="')[1:])
    plan, role = sections(page(handbook, "training/first-weeks")), sections(page(handbook, "roles/agent"))
    assert f'href="../{PLAN}"' in plan["section_when"]
    assert f'href="../{AGENT}"' in role["section_training"]
    assert "calendar" not in sections(page(handbook, "roles/change-manager"))["section_training"]


def test_a_calendar_holds_so_many_of_the_latest_dates(handbook: Handbook) -> None:
    first = date(2027, 1, 1)
    many = [(first + timedelta(days=number)).isoformat() for number in range(600)]
    assert [day.isoformat() for day in days(files(dated(handbook, *many))[PLAN])] == many[100:]


def test_a_date_that_is_written_twice_is_one(handbook: Handbook) -> None:
    assert days(files(dated(handbook, "2027-03-15", "2027-03-15"))[PLAN]) == [date(2027, 3, 15)]
