"""Which packs a site offers for a role, and what its pages say of them."""

import shutil
from pathlib import Path

import pytest

from rolebook.loading import load
from rolebook.model.handbook import Handbook
from rolebook.pages import Links, Page, job, role, training
from rolebook.pages.packs import Offers, offers
from rolebook.publishing.packs.shelf import shelf
from rolebook.rendering import Look
from tests.unit.test_comparing import INCIDENT
from tests.unit.test_editing_properties import GIVEN
from tests.unit.test_pages_news import REWORDED, Edits, edited, section, with_releases, words

LOOK = Look()
STEPS = [
    "Write down who reports what.",
    "Write down who reports what, and call back.",
    "Ask for the number of the device.",
    "Look for the last report of the same reader.",
    "Draw a number, and name it.",
]
"""What the agent does first, in one release after the other."""


def did(number: int) -> Edits:
    """The edit that leads to a step of `STEPS` from the one before."""
    return [(INCIDENT, STEPS[number - 1], STEPS[number])]


SOMETHING_ELSE: Edits = [("process_defs/organisation.yaml", "name: ", "name: Old ")]
BACK: Edits = [(INCIDENT, STEPS[1], STEPS[0])]


@pytest.fixture(name="before")
def _before(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GIVEN, tmp_path / "before"))


def handbook(before: Path, *steps: Edits, unreleased: Edits | None = None) -> Handbook:
    folders = [before]
    for edits in (*steps, *([unreleased] if unreleased is not None else [])):
        folders.append(edited(folders[-1], edits))
    return with_releases(folders[-1], folders[: len(steps) + 1])


def told(its: Offers) -> list[str]:
    """The packs of changes by the version that they are since, with those that they stand for as well."""
    return [" ".join(str(one.id) for one in (offer.since, *offer.same) if one) for offer in its.deltas]


def page(handbook: Handbook, path: str, *, directory_urls: bool = False, packs: frozenset[str] | None = None) -> Page:
    there = frozenset(shelf(handbook, LOOK)) if packs is None else packs
    pages = (
        page for kind in (role, job, training) for page in kind.pages(handbook, Links(directory_urls, packs=there))
    )
    found: Page = next(page for page in pages if page.path == path)
    return found


def test_without_a_release_there_is_the_whole_pack_alone(before: Path) -> None:
    its = offers(handbook(before))["agent"]
    assert ([offer.name for offer in its], its.unchanged) == (["packs/agent"], None)
    assert offers(load(before).handbook)["agent"].deltas == ()


def test_a_pack_of_changes_leads_from_each_of_the_last_three_releases_to_what_holds_now(before: Path) -> None:
    its = offers(handbook(before, did(1), did(2), did(3), did(4)))["agent"]
    assert told(its) == ["1.3.0", "1.2.0", "1.1.0"]
    assert [offer.name for offer in its][:2] == ["packs/agent", "packs/agent-since-1.3.0"]


def test_with_a_draft_the_newest_release_is_one_of_the_three(before: Path) -> None:
    assert told(offers(handbook(before, did(1), did(2), did(3), unreleased=did(4)))["agent"]) == [
        "1.3.0",
        "1.2.0",
        "1.1.0",
    ]


def test_one_pack_stands_for_all_releases_since_which_the_same_changed(before: Path) -> None:
    its = offers(handbook(before, SOMETHING_ELSE, did(1)))["agent"]
    assert told(its) == ["1.1.0 1.0.0"]


def test_the_same_effect_with_other_details_has_a_pack_of_its_own(before: Path) -> None:
    assert told(offers(handbook(before, did(1), did(2)))["agent"]) == ["1.1.0", "1.0.0"]


def test_where_nothing_changed_there_is_no_pack_and_the_page_says_since_when(before: Path) -> None:
    found = handbook(before, did(1), SOMETHING_ELSE, SOMETHING_ELSE)
    its = offers(found)["agent"]
    assert (told(its), its.unchanged and str(its.unchanged.id)) == (["1.0.0"], "1.1.0")
    assert "Nothing has changed for this role since 1.1.0" in words(
        section(page(found, "roles/agent"), "section_packs")
    )


def test_what_was_taken_back_needs_no_pack(before: Path) -> None:
    its = offers(handbook(before, did(1), BACK))["agent"]
    assert (told(its), its.unchanged) == (["1.1.0"], None)


def test_a_release_that_cannot_be_read_has_no_pack(before: Path) -> None:
    found = handbook(before, did(1), did(2))
    past = {version: then for version, then in found.past.items() if version != "1.1.0"}
    object.__setattr__(found, "past", past)
    assert told(offers(found)["agent"]) == ["1.0.0"]


def test_a_pack_of_other_words_alone_is_called_so(before: Path) -> None:
    found = handbook(before, [REWORDED])
    assert "since 1.0.0 ( 30 June 2026 ; other words only)" in words(
        section(page(found, "roles/agent"), "section_packs")
    )


def test_a_role_that_is_new_or_not_trained_has_no_pack_of_before(before: Path) -> None:
    agent = (before / "raci/roles/agent.yaml").read_text(encoding="utf-8")
    after = edited(before, did(1))
    (after / "raci/roles/caller.yaml").write_text(agent.replace("name: ", "name: Calling "), encoding="utf-8")
    plan = after / "raci/training_plans/first-weeks.yaml"
    text = plan.read_text(encoding="utf-8")
    text = text.replace("roles: [agent,", "roles: [agent, caller,").replace("for: agent", "for: [agent, caller]")
    plan.write_text(text, encoding="utf-8")
    found = offers(with_releases(after, [before, after]))
    assert told(found["agent"]) == ["1.0.0"]
    assert told(found["caller"]) == []


def test_a_role_that_no_plan_trains_has_none_and_its_page_says_nothing(before: Path) -> None:
    for plan in (before / "raci/training_plans").iterdir():
        plan.unlink()
    found = load(before).handbook
    assert offers(found) == {}
    assert [one.id for one in page(found, "roles/agent").sections if one.id == "section_packs"] == []


@pytest.mark.parametrize(("directory_urls", "way"), [(False, "../packs/agent.html"), (True, "../../packs/agent.html")])
def test_pages_lead_to_packs_however_they_are_addressed(before: Path, directory_urls: bool, way: str) -> None:
    found = page(load(before).handbook, "roles/agent", directory_urls=directory_urls)
    assert f'<a href="{way}">The whole pack</a>' in section(found, "section_packs")
    assert "PDF" not in section(found, "section_packs")


def test_pages_lead_to_pdf_where_it_is_made(before: Path) -> None:
    found = load(before).handbook
    there = frozenset({"packs/agent.html", "packs/agent.pdf"})
    for path in ("roles/agent", "jobs/desk-agent", "training/index"):
        body = section(page(found, path, packs=there), "section_packs")
        assert body.count('href="../packs/agent.pdf"') == 1
        assert 'as PDF">PDF</a>' in body


def test_pages_of_a_site_without_packs_do_not_speak_of_them(before: Path) -> None:
    found = load(before).handbook
    for path in ("roles/agent", "jobs/desk-agent", "training/index"):
        sections = page(found, path, packs=frozenset()).sections
        assert "section_packs" not in [one.id for one in sections]
