"""What is new: the pages of versions, their list, and what the home page says of them."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from rolebook.comparing import Change, Subject
from rolebook.comparing.change import Kind
from rolebook.comparing.since import since_release
from rolebook.editing.files.writing import write
from rolebook.editing.names.merging import merge_role
from rolebook.editing.names.renaming import rename
from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.model.release import Excuse, NextRelease, Reason
from rolebook.pages import Links, Page, handbook_pages, navigation
from rolebook.pages.gathering import of_things
from rolebook.pages.linking import Linker
from rolebook.pages.telling import Telling, today
from rolebook.rendering import Look
from rolebook.source import Text
from tests.unit.test_comparing import INCIDENT, MATRIX
from tests.unit.test_editing_properties import TODAY
from tests.unit.test_pages_news import CLOSE, COURSE, HERE, Released, edited, section, with_releases, words
from tests.unit.test_pages_news import _before as _before
from tests.unit.test_pages_news import _released as _released

TARGET = (INCIDENT, "value: 4,", "value: 3,")


def pages(handbook: Handbook, look: str = "en") -> dict[str, Page]:
    return {page.path: page for page in handbook_pages(handbook, Links(directory_urls=False, look=Look(look)))}


def version(handbook: Handbook, name: str = "1.1.0") -> Page:
    return pages(handbook)[f"versions/{name}"]


def lines(html: str) -> list[str]:
    return [words(line) for line in re.findall("<li>(.*?)</li>", html, re.DOTALL)]


def noted(handbook: Handbook, name: str, note: str) -> Handbook:
    """The handbook with a note at one of its releases."""
    found = {id: replace(one, note=Text(note, HERE)) if id == name else one for id, one in handbook.releases.items()}
    return replace(handbook, releases=MappingProxyType(found))


def test_without_a_release_there_is_no_page_and_nothing_leads_to_one(before: Path) -> None:
    handbook = load(before).handbook
    found = pages(handbook)
    assert [path for path in found if path.startswith("versions/")] == []
    assert "Versions" not in [chapter.title for chapter in navigation(handbook)]
    assert "versions/" not in found["index"].lead + "".join(part.body for part in found["index"].sections)
    assert "section_news" not in [part.id for part in found["index"].sections]


def test_every_release_has_a_page_and_the_newest_is_listed_first(released: Released) -> None:
    handbook = released([CLOSE], [TARGET])
    listed = section(pages(handbook)["versions/index"], "section_versions")
    assert re.findall(r'<th scope="row"><a href="(.*?)">(.*?)</a>', listed) == [
        ("1.2.0.html", "1.2.0"),
        ("1.1.0.html", "1.1.0"),
        ("1.0.0.html", "1.0.0"),
    ]
    assert "versions/next" not in pages(handbook)
    chapter = next(chapter for chapter in navigation(handbook) if chapter.path == "versions/index")
    assert [(part.title, part.path) for part in chapter.parts] == [
        (f"Version {number}", f"versions/{number}") for number in ("1.2.0", "1.1.0", "1.0.0")
    ]


def test_the_list_counts_changes_and_the_roles_and_jobs_that_they_concern(released: Released) -> None:
    listed = section(pages(released([CLOSE]))["versions/index"], "section_versions")
    assert "2 changes, for 3 roles and 3 job descriptions" in words(listed)
    assert "the first version" in words(listed)


def test_what_is_not_released_yet_has_a_page_and_stands_first(released: Released) -> None:
    handbook = released([CLOSE], unreleased=[TARGET])
    found = pages(handbook)
    assert found["versions/next"].title == "Not released yet"
    assert "since 1.1.0" in words(found["versions/next"].lead)
    assert lines(section(found["versions/next"], "section_processes")) == [
        "The target of the KPI Time to restore is tighter: 3 hours, no longer 4 hours"
    ]
    listed = words(section(found["versions/index"], "section_versions"))
    assert listed.index("Not released yet") < listed.index("1.1.0")
    chapter = next(chapter for chapter in navigation(handbook) if chapter.path == "versions/index")
    assert chapter.parts[0].path == "versions/next"


def test_a_version_tells_what_changed_by_process_and_for_roles(released: Released) -> None:
    page = version(released([CLOSE, COURSE]))
    assert lines(section(page, "section_processes")) == [
        "Technical Specialist is responsible for the activity Close the report",
        "Service Desk Agent is no longer responsible for the activity Close the report",
    ]
    roles = section(page, "section_roles")
    assert 'href="../roles/agent.html#changes-1-1-0"' in roles
    assert "is no longer responsible for Close the report ( Incident Management )" in lines(roles)


def test_a_version_tells_who_is_to_take_which_training(released: Released) -> None:
    asked = section(version(released([CLOSE, COURSE])), "section_training")
    assert "Technical Specialist Closing reports (new) 1 module, 30 min" in words(asked)
    assert 'href="../training/first-weeks.html#closing"' in asked


def test_a_version_shows_its_improvements_with_their_benefit(released: Released) -> None:
    page = version(released([CLOSE], improvements=(("swarming",),)))
    shown = section(page, "section_improvements")
    assert 'href="../improvements/swarming.html"' in shown
    assert "Branches open on time." in words(shown)
    assert "Improvements: Swarm on stopped branches." in page.description


def test_an_improvement_that_has_another_id_today_is_found(before: Path) -> None:
    now = edited(before, [])
    change = rename(now, TODAY, "improvement", "swarming", "gathering")
    write(now, change.before, change.after)
    page = version(with_releases(now, [before, before], (("swarming",),)))
    assert 'href="../improvements/gathering.html"' in section(page, "section_improvements")


def test_an_improvement_that_is_gone_is_named_without_a_link(before: Path) -> None:
    now = edited(before, [])
    (now / "process_defs/improvements/swarming.yaml").unlink()
    shown = section(version(with_releases(now, [before, before], (("swarming",),))), "section_improvements")
    assert "Swarm on stopped branches" in words(shown)
    assert "href" not in shown


def test_the_first_version_says_that_it_is_and_what_it_holds(released: Released) -> None:
    page = version(released([CLOSE]), "1.0.0")
    assert "this is the first version" in words(page.lead)
    assert lines(section(page, "section_holds"))[0].startswith("2 processes, ")
    assert [part.id for part in page.sections] == ["section_holds"]


def test_a_version_whose_snapshot_cannot_be_read_says_so(released: Released) -> None:
    handbook = released([CLOSE], [TARGET])
    past = {version: then for version, then in handbook.past.items() if version != "1.1.0"}
    handbook = replace(handbook, past=MappingProxyType(past))
    assert "cannot be read" in words(version(handbook).lead)
    assert "cannot be read" in words(version(handbook, "1.2.0").lead)
    assert version(handbook).sections == ()


def test_a_merged_role_is_told_with_who_took_over(before: Path) -> None:
    after = edited(before, [])
    change = merge_role(after, TODAY, "specialist", "agent")
    write(after, change.before, change.after)
    page = version(with_releases(after, [before, after]))
    assert lines(section(page, "section_fates")) == ["Technical Specialist is merged into Service Desk Agent"]
    assert "takes over what Technical Specialist did" in lines(section(page, "section_roles"))


def test_names_are_those_of_then_and_lead_to_what_they_are_called_today(before: Path) -> None:
    after = edited(before, [CLOSE])
    now = edited(after, [("raci/roles/specialist.yaml", "name: Technical Specialist", "name: Expert")])
    change = rename(now, TODAY, "role", "specialist", "expert")
    write(now, change.before, change.after)
    shown = section(version(with_releases(now, [before, after])), "section_processes")
    assert '<a href="../roles/expert.html">Technical Specialist</a> is responsible for' in shown


def test_what_is_no_longer_there_has_a_name_and_no_link(before: Path) -> None:
    after = edited(before, [TARGET])
    now = edited(after, [])
    file = now / INCIDENT
    file.write_text(re.sub(r"(?ms)^kpis:\n.*?(?=^\S)", "", file.read_text()))
    handbook = with_releases(now, [before, after])
    assert handbook.processes["incident"].kpis == ()
    shown = section(version(handbook), "section_processes")
    assert "The target of the KPI “Time to restore” is tighter" in words(shown)
    assert today(handbook, "kpi", "incident/time-to-restore") == ""


def test_few_changes_stand_open_and_many_are_folded(released: Released) -> None:
    page = version(released([CLOSE, TARGET]))
    assert "<details" not in section(page, "section_processes")
    comparison = since_release(released([], unreleased=[CLOSE]))
    assert comparison
    (one, *_) = comparison.changes
    assert not of_things([one] * 30).is_long
    assert of_things([one] * 31).is_long


def test_of_very_many_changes_a_page_tells_only_how_many_there_are(released: Released) -> None:
    comparison = since_release(released([], unreleased=[CLOSE]))
    assert comparison
    many = [named(comparison.changes[0], str(number)) for number in range(5) for _ in range(100)]
    found = of_things(many)
    assert [(group.count, len(group.changes)) for group in found.groups] == [(100, 100)] * 3 + [(100, 0)] * 2
    things = of_things(named(comparison.changes[0], str(number)) for number in range(301))
    assert (len(things.groups), things.count, things.more) == (300, 301, 1)


def named(change: Change, name: str) -> Change:
    about = Subject("process", name, name)
    return Change(kind=Kind.ADDED, about=about, thing=about, span=change.span)


def test_approvals_are_told_by_themselves(released: Released) -> None:
    again = (INCIDENT, "approved: 2026-02-02", "approved: 2026-06-01")
    handbook = released([again, CLOSE])
    page = version(handbook)
    assert len(lines(section(page, "section_approvals"))) == 1
    assert "was approved" not in words(section(page, "section_processes"))
    assert "1 June 2026" in section(page, "section_approvals")


def test_who_was_excused_and_why_else_something_changed_is_told(released: Released) -> None:
    handbook = released([CLOSE], improvements=(("swarming",),))
    excuse = Excuse(
        improvement=Text("swarming", HERE),
        of=Text("training", HERE),
        for_=Text("specialist", HERE),
        reason=Text("Knows it & more.", HERE),
        span=HERE,
    )
    reason = Reason(for_=(Text("activity:incident/close", HERE),), why=Text("A <b>new</b> law.", HERE), span=HERE)
    release = replace(handbook.releases["1.1.0"], waivers=(excuse,), reasons=(reason,))
    handbook = replace(handbook, releases=MappingProxyType({**handbook.releases, "1.1.0": release}))
    page = version(handbook)
    told = "Technical Specialist needs no training for Swarm on stopped branches : Knows it &amp; more."
    assert told in lines(section(page, "section_improvements"))
    assert "Close the report</a>: A &lt;b&gt;new&lt;/b&gt; law." in section(page, "section_reasons")


def test_what_the_next_release_will_say_is_told_before_it_is_released(released: Released) -> None:
    handbook = released([CLOSE], unreleased=[TARGET])
    handbook = replace(handbook, next_release=NextRelease(note=Text("A day of rest.", HERE), span=HERE))
    assert "A day of rest." in words(pages(handbook)["versions/next"].lead)


def test_the_home_page_says_what_is_new(released: Released) -> None:
    handbook = noted(released([CLOSE], unreleased=[TARGET]), "1.1.0", "We close together.")
    home = pages(handbook)["index"]
    assert 'href="#section_news"' in home.lead
    news = next(part for part in home.sections if part.id == "section_news")
    assert news.heading == "What is new in 1.1.0"
    assert "We close together." in words(news.body)
    assert 'href="roles/specialist.html#changes-1-1-0"' in news.body
    assert 'href="versions/1.1.0.html"' in news.body
    assert re.search('href="versions/next.html">.*1 change', news.body)


def test_a_day_and_a_note_describe_a_version(released: Released) -> None:
    handbook = noted(released([CLOSE]), "1.1.0", "We close\ntogether.")
    assert version(handbook).description == "Since 30 June 2026. We close together."
    assert date(2026, 6, 30) == handbook.releases["1.1.0"].date


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([CLOSE], "Service Desk Agent ist nicht mehr zuständig für Aktivität Close the report"),
        ([TARGET], "Kennzahl Time to restore , strengeres Ziel: 3 hours statt 4 hours"),
        ([(INCIDENT, "otherwise: close", "otherwise: end")], "Auf Aktivität Find the cause folgt sonst das Ende"),
        ([(INCIDENT, "measured_every: month", "measured_every: week")], "Rhythmus der Messung: Woche statt Monat"),
    ],
)
def test_changes_are_told_in_the_language_of_the_handbook(
    released: Released, edits: list[tuple[str, str, str]], told: str
) -> None:
    page = pages(released(edits), "de")["versions/1.1.0"]
    assert told in words(section(page, "section_processes"))


def test_words_for_a_label_have_no_links_and_no_tags(released: Released) -> None:
    handbook = released([CLOSE, (MATRIX, "log: {R: agent", "log: {R: specialist")])
    comparison = since_release(replace(handbook, releases=MappingProxyType({"1.0.0": handbook.releases["1.0.0"]})))
    assert comparison
    telling = Telling(comparison, Linker(handbook, Links(), "index"), links=False)
    told = [telling.change(change) for change in comparison.changes]
    assert told
    assert not any("<" in sentence for sentence in told)
