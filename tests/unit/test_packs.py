"""Training packs: what stands in them, for whom, under which version, and what keeps one from being made."""

import errno
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from rolebook.comparing.compare import compare
from rolebook.comparing.effects import effects
from rolebook.editing.files.writing import write
from rolebook.editing.names.renaming import rename
from rolebook.loading import load
from rolebook.model.coverage import modules_by_role, must_know, parts
from rolebook.model.handbook import Handbook
from rolebook.model.release import NEXT, Reason
from rolebook.pages.packs import PAPERS, Edition, NoPack, Pack, chosen, delta, everybody, pack, since, untrained
from rolebook.pages.packs.edition import Paper
from rolebook.pages.packs.terms import used
from rolebook.pages.packs.view import view
from rolebook.publishing.packs.page import page
from rolebook.publishing.printing import fonts
from rolebook.rendering import Look
from rolebook.source import Text
from tests.conftest import ROOT, TODAY, Result
from tests.unit.test_comparing import INCIDENT
from tests.unit.test_pages_news import CLOSE, HERE, edited, with_releases

Rolebook = Callable[..., Result]
DAY = date.fromisoformat(TODAY)
ENGLISH = Look()
USUAL = Edition()
MATRIX = "raci/matrices/incident.yaml"
ROLE = "raci/roles/agent.yaml"


@cache
def reference() -> Handbook:
    return load(ROOT).handbook


@cache
def with_history() -> Handbook:
    return load(ROOT, all_releases=True).handbook


def trained() -> list[str]:
    return [role for role in everybody(reference()) if untrained(reference(), role) is None]


def made(handbook: Handbook, role: str, edition: Edition = USUAL, day: date = DAY) -> Pack:
    return pack(handbook, role, edition, ENGLISH, day)


def marked(packed: Pack, what: str) -> list[str]:
    return re.findall(rf'data-{what}="([^"]*)"', packed.body)


def text(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]*>", " ", html.replace("<wbr>", ""))).split())


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def replaced(folder: Path, name: str, old: str, new: str) -> None:
    before = (folder / name).read_text()
    assert old in before
    (folder / name).write_text(before.replace(old, new, 1))


@pytest.fixture(name="released")
def _released(given: Path, rolebook: Rolebook) -> Path:
    """The small handbook as release 1.0.0."""
    assert rolebook("-C", given, "release", "1.0.0", "--date", "2026-06-30").code == 0
    return given


# What stands in a pack


@pytest.mark.parametrize("role", trained())
def test_a_pack_has_each_activity_that_its_role_does_or_answers_for_once_and_no_other(role: str) -> None:
    own = [part.reference for part in parts(reference()).get(role, ()) if must_know(part)]
    assert Counter(marked(made(reference(), role), "activity")) == Counter(own)


@pytest.mark.parametrize("role", trained())
def test_a_pack_has_each_module_that_its_role_takes_once_and_no_other(role: str) -> None:
    own = [f"{plan.id}/{module.id}" for plan, module in modules_by_role(reference())[role]]
    assert Counter(marked(made(reference(), role), "module")) == Counter(own)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_drawings_show_each_of_my_activities_whole_and_fit_the_paper(paper: Paper) -> None:
    for role in trained():
        for process in view(reference(), role, Edition(paper=paper), ENGLISH).processes:
            shown = [one for sheet in process.sheets for one in sheet.works]
            assert {one.work.id for one in shown if one.letters} == process.ids
            assert len({one.work.id for one in shown}) == len(shown)
            for sheet in process.sheets:
                assert sheet.size[0] <= paper.lying[0] + 0.01
                assert sheet.size[1] <= paper.lying[1]
                boxes = [*(one.work.box for one in sheet.works), *(note.box for note in sheet.notes)]
                assert all(sheet.top <= box.y and box.bottom <= sheet.top + sheet.height for box in boxes)


def test_my_letters_stand_at_my_activities_in_the_drawing() -> None:
    mine = view(reference(), "incident-manager", USUAL, ENGLISH).processes[0]
    letters = {one.work.id: one.letters for sheet in mine.sheets for one in sheet.works if one.letters}
    assert letters == {str(one.activity.id): " ".join(one.involvements) for one in mine.activities}
    assert set(letters.values()) <= {"R", "A", "R A"}


def test_what_is_asked_of_a_pack_stands_in_it_in_this_order(given: Path) -> None:
    body = made(load(given).handbook, "agent").body
    cover = text(body[: body.index("</header>")])
    assert all(
        word in cover for word in ("Training pack", "Version", "Valid for", "Digest", "Uncontrolled when printed")
    )
    headings = [text(heading) for heading in re.findall(r"<h[2-4].*?</h[2-4]>", body)]
    wanted = [
        *("Contents", "How to use this pack", "My role on one page", "Incident Management", "My activities"),
        *("Whom I take from", "Whom I hand over to", "My row of the matrix", "Timetable"),
        *("Afterwards, participants can:", "Questions", "Attendance and sign-off", "Evaluation"),
    ]
    assert [heading for heading in headings if heading in wanted] == wanted


def test_steps_objectives_and_what_is_observed_have_boxes_to_tick(given: Path) -> None:
    handbook = load(given).handbook
    body = made(handbook, "agent").body
    ticked = {text(line) for line in re.findall('<li><span class="box"></span>(.*?)</li>', body)}
    steps = {str(step) for part in parts(handbook)["agent"] if must_know(part) for step in part.activity.steps}
    assert steps <= ticked
    assert "Log a report so that a colleague can take over." in ticked


@pytest.mark.parametrize("role", ["configuration-librarian", "it-director"])
def test_a_module_has_objectives_content_exercise_and_questions_in_this_order(role: str) -> None:
    body = made(reference(), role).body
    exercises = 0
    for plan, module in modules_by_role(reference())[role]:
        article = re.findall(
            rf'<article class="module" data-module="{plan.id}/{module.id}">.*?</article>', body, re.DOTALL
        )
        said, at = text(article[0]), 0
        asked = [question.question for question in module.questions]
        for words in (*module.objectives, *module.content, *module.materials, *module.observed, *asked):
            at = said.index(" ".join(words.split()), at)
        exercises += len(module.observed)
    assert exercises > 3


def test_the_timetable_of_a_course_follows_its_modules_one_after_the_other() -> None:
    for role in trained():
        for course in view(reference(), role, Edition(), ENGLISH).courses:
            begins = [lesson.begins for lesson in course.lessons]
            ends = [lesson.begins + lesson.module.minutes for lesson in course.lessons]
            assert [0, *ends] == [*begins, course.minutes]


def answers(handbook: Handbook, role: str) -> Iterable[str]:
    """What is right to answer to the questions of a role that has nothing to choose from."""
    questions = (each for _, module in modules_by_role(handbook)[role] for each in module.questions)
    return (str(each.answer) for each in questions if not each.wrong)


def test_nor_do_answers_stand_in_what_changed_for_a_participant(released: Path) -> None:
    handbook = changed(released, "answer: The agent who logged it.", "answer: Nobody but the moon.")
    past = since(handbook, "1.0.0")
    trainers, participants = (
        delta(handbook, "agent", past, Edition(it, since="1.0.0"), ENGLISH, DAY) for it in (True, False)
    )
    assert trainers
    assert participants
    assert "Nobody but the moon" in trainers.body
    assert "moon" not in participants.body
    assert "The agent who logged it" not in participants.body


@pytest.mark.parametrize("role", ["service-desk-analyst", "it-director"])
def test_the_answers_stand_in_the_edition_of_the_trainer_alone(role: str) -> None:
    trainers, participants = (text(made(reference(), role, Edition(for_trainer=it)).body) for it in (True, False))
    expected = [" ".join(answer.split()) for answer in answers(reference(), role)]
    assert len(expected) > 5
    assert all(answer in trainers for answer in expected)
    assert not any(answer in participants for answer in expected)


def test_a_kpi_is_mine_where_i_own_it_or_write_down_what_is_counted() -> None:
    for role in trained():
        for process in view(reference(), role, USUAL, ENGLISH).processes:
            records = {record for one in process.activities for record in one.records}
            mine = {str(one.kpi.id) for one in process.kpis}
            for kpi in process.process.kpis:
                is_mine = reference().current(kpi.owner) == role or bool(records & set(kpi.counted_from))
                assert (str(kpi.id) in mine) == is_mine


def test_the_glossary_has_the_terms_that_the_pack_uses() -> None:
    terms = reference().glossary.terms
    by_name = {str(term.name): term for term in terms}
    found = used(terms, "Two incidents, and the KEDB. No workarounding.")
    assert {term.name for term in found} == {"incident", "known error database"}
    assert by_name["incident"] in found


def test_a_term_without_other_words_is_found_by_its_whole_name() -> None:
    assert used(reference().glossary.terms, "incidental baselineless") == ()
    assert used((), "incident") == ()


# The file


def test_a_pack_is_one_file_that_asks_for_nothing() -> None:
    html = page(made(reference(), "it-director"), ENGLISH)
    assert "default-src 'none'" in html
    assert not re.search(r"<(?:script|img|link|iframe|object|image|use)\b|\bsrc=|@import", html)
    assert set(re.findall(r"url\(([^)#][^)]*)\)", html)) == fonts()
    assert set(re.findall(r'href="(.)', html)) == {"#"}


def test_all_links_of_a_pack_lead_to_a_place_in_it() -> None:
    for role in ("it-director", "service-owner"):
        html = made(reference(), role).body
        ids = re.findall(r'\bid="([^"]*)"', html)
        assert len(set(ids)) == len(ids)
        assert set(re.findall(r'href="#([^"]*)"', html)) <= set(ids)


def test_the_texts_of_authors_are_escaped(given: Path) -> None:
    nasty = (
        '</style><img src="file:///etc/passwd"> @import url(http://127.0.0.1/x); <svg><image href="http://127.0.0.1/">'
    )
    replaced(given, ROLE, "purpose: ", f"purpose: '{nasty}' #")
    html = page(made(load(given).handbook, "agent"), ENGLISH)
    assert "<img" not in html
    assert "<image" not in html
    assert html.count("</style>") == 1
    assert " ".join(nasty.split()) in text(html)


def test_a_pack_speaks_the_language_of_the_handbook() -> None:
    packed = pack(reference(), "it-director", USUAL, Look("de"), DAY)
    assert packed.language == "de"
    assert "Meine Rolle auf einer Seite" in packed.body


def test_each_page_names_the_version_and_the_digest_whatever_they_are_called(released: Path) -> None:
    replaced(released, ROLE, "name: ", "name: 'A\"} </style> ü · b' #")
    packed = made(load(released).handbook, "agent")
    sheets = page(packed, ENGLISH).partition("@font-face")[0]
    strings = [
        re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), one)
        for one in re.findall('content:"([^"]*)"', sheets)
    ]
    assert 'A"} </style> ü · b' in strings
    assert f"Draft after version 1.0.0 · {packed.digest} · uncontrolled when printed" in strings
    assert "</style>" not in sheets


# Version and digest


def test_without_a_release_it_is_a_draft(given: Path) -> None:
    assert "Draft: nothing has been released yet" in made(load(given).handbook, "agent").body


def test_it_names_the_release_that_the_handbook_is(released: Path) -> None:
    assert "Version 1.0.0 of 30 June 2026" in text(made(load(released).handbook, "agent").body)


def test_after_a_change_it_is_a_draft_again(released: Path) -> None:
    replaced(released, ROLE, "purpose: ", "purpose: Otherwise. #")
    assert "Draft after version 1.0.0" in made(load(released).handbook, "agent").body


def test_the_digest_is_that_of_what_the_pack_says(given: Path) -> None:
    handbook = load(given).handbook
    first, later = (made(handbook, "agent", day=day) for day in (DAY, date(2027, 1, 1)))
    trainers = made(handbook, "agent", Edition(for_trainer=True))
    assert re.fullmatch("[0-9a-f]{12}", first.digest)
    assert first.digest == later.digest
    assert first.digest != trainers.digest
    assert text(first.body).count(first.digest) == 2
    replaced(given, ROLE, "purpose: ", "purpose: Otherwise. #")
    assert made(load(given).handbook, "agent").digest != first.digest


def test_the_sheet_names_version_and_digest(released: Path) -> None:
    packed = made(load(released).handbook, "agent")
    sheet = packed.body[packed.body.index('id="sheet"') :]
    assert packed.digest in sheet
    assert "Version 1.0.0" in sheet


# Only what changed


def changed(folder: Path, old: str = "- The ticket and its fields.", new: str = "- The lamp.") -> Handbook:
    """The small handbook after 1.0.0, in which the agent has got more to do, and learns something else."""
    replaced(folder, ROLE, "purpose: ", "purpose: Otherwise. #")
    replaced(folder, MATRIX, "[specialist, incident-manager]", "[specialist, incident-manager, agent]")
    replaced(folder, "raci/training_plans/first-weeks.yaml", old, new)
    return load(folder, all_releases=True).handbook


def test_a_delta_tells_exactly_the_effects_for_its_role(released: Path) -> None:
    handbook = changed(released)
    found = {one.who.reference: one.effects for one in effects(compare(handbook.past["1.0.0"], handbook)).roles}
    past = since(handbook, "1.0.0")
    assert len(found["agent"]) > 2
    for role in (role for role in handbook.roles if untrained(handbook, role) is None):
        packed = delta(handbook, role, past, Edition(since="1.0.0"), ENGLISH, DAY)
        told = Counter(marked(packed, "effect")) if packed else Counter()
        assert told == Counter(one.effect.name for one in found.get(role, ()))


@pytest.mark.parametrize("version", ["1.0.0", "1.3.0"])
def test_so_it_is_for_every_role_of_the_reference_handbook(version: str) -> None:
    handbook = with_history()
    found = {one.who.reference: one.effects for one in effects(compare(handbook.past[version], handbook)).roles}
    past = since(handbook, version)
    for role in trained():
        packed = delta(handbook, role, past, Edition(since=version), ENGLISH, DAY)
        told = Counter(marked(packed, "effect")) if packed else Counter()
        assert told == Counter(one.effect.name for one in found.get(role, ()))


def test_it_names_the_improvement_that_brought_something_and_its_benefit() -> None:
    handbook = with_history()
    improvement = handbook.improvements["alarms-that-mean-something"]
    packed = delta(handbook, "service-desk-analyst", since(handbook, "1.0.0"), Edition(since="1.0.0"), ENGLISH, DAY)
    assert packed
    assert str(improvement.name) in text(packed.body)
    assert " ".join(str(improvement.benefit).split()) in text(packed.body)


# Why it changed

STEPS = (INCIDENT, "Call everybody who can help to one table.", "Call the others to the bridge.")
ASKING = (INCIDENT, "Ask the reader whether it works.", "Ring the reader and ask.")


def why(packed: Pack | None, effect: str) -> list[str]:
    """Why there is an effect, which the pack tells of, as its article or line says it."""
    assert packed
    assert effect in marked(packed, "effect")
    found = re.findall(rf'<(article|li)[^>]* data-effect="{effect}">(.*?)</\1>', packed.body, re.DOTALL)
    return [text(cause) for _, one in found for cause in re.findall(r"<dt>Why</dt>\s*<dd.*?</dd>", one, re.DOTALL)]


def because(handbook: Handbook, reasons: dict[str, dict[str, str]]) -> Handbook:
    """The handbook with the reasons that its releases give, by version and by what they are for."""
    given = {
        version: tuple(Reason(for_=(Text(thing, HERE),), why=Text(why, HERE), span=HERE) for thing, why in said.items())
        for version, said in reasons.items()
    }
    releases = {id: replace(one, reasons=given.get(id, ())) for id, one in handbook.releases.items()}
    return replace(handbook, releases=releases)


def news(handbook: Handbook, role: str, version: str, look: Look = ENGLISH) -> Pack | None:
    return delta(handbook, role, since(handbook, version), Edition(since=version), look, DAY)


def test_an_effect_gives_the_reason_of_the_release_in_which_it_came(given: Path) -> None:
    second = edited(given, [CLOSE])
    third = edited(second, [ASKING, STEPS])
    handbook = because(
        with_releases(third, [given, second, third]),
        {
            "1.1.0": {"activity:incident/close": "Agents <b>were</b> too few."},
            "1.2.0": {
                "activity:incident/close": "Readers wrote back.",
                "activity:incident/swarm": "No table has room.",
            },
        },
    )
    both, last = (news(handbook, "specialist", version) for version in ("1.0.0", "1.1.0"))
    assert why(both, "GAINED") == ["Why Agents <b>were</b> too few."]
    assert why(both, "DOES_OTHERWISE") == ["Why No table has room."]
    assert why(last, "DOES_OTHERWISE") == ["Why No table has room.", "Why Readers wrote back."]


@pytest.mark.parametrize(
    ("role", "between", "effect"),
    [
        ("specialist", "R: agent, A: incident-manager, I: specialist", "LETTERS"),
        ("specialist", "R: agent, A: incident-manager", "LETTERS"),
        ("change-manager", "R: agent, A: incident-manager, C: specialist, I: change-manager", "GAINED"),
    ],
)
def test_what_has_come_in_two_releases_has_the_reasons_of_both(
    given: Path, role: str, between: str, effect: str
) -> None:
    second = edited(given, [(MATRIX, "R: agent, A: incident-manager, C: specialist", between)])
    third = edited(second, [(MATRIX, f"{{{between}}}\nswarm", f"{{R: [agent, {role}], A: incident-manager}}\nswarm")])
    said = {"1.1.0": "They asked too much.", "1.2.0": "They repair it anyway."}
    handbook = because(
        with_releases(third, [given, second, third]),
        {version: {"activity:incident/diagnose": why} for version, why in said.items()},
    )
    assert why(news(handbook, role, "1.0.0"), effect) == [f"Why {one}" for one in said.values()]


def test_a_reason_is_not_told_for_what_came_in_another_release(given: Path) -> None:
    second = edited(given, [(INCIDENT, "Write down who reports what.", "Write down what is asked for.")])
    third = edited(second, [(MATRIX, "log: {R: agent, A: incident-manager", "log: {R: agent, A: agent")])
    reasons = {"1.2.0": {"activity:incident/log": "One is enough."}}
    packed = news(because(with_releases(third, [given, second, third]), reasons), "agent", "1.0.0")
    assert why(packed, "LETTERS") == ["Why One is enough."]
    assert why(packed, "DOES_OTHERWISE") == []


def test_a_role_finds_the_reasons_that_were_given_under_its_former_id(given: Path) -> None:
    second = edited(given, [(ROLE, "purpose: ", "holders: {least: 2}\npurpose: ")])
    third = edited(second, [])
    change = rename(third, DAY, "role", "agent", "desk-agent")
    write(third, change.before, change.after)
    handbook = because(with_releases(third, [given, second, third]), {"1.1.0": {"role:agent": "One was too few."}})
    assert why(news(handbook, "desk-agent", "1.0.0"), "OWN") == ["Why One was too few."]


def test_the_reason_is_found_by_what_a_thing_was_called_then(given: Path) -> None:
    second = edited(given, [CLOSE])
    third = edited(second, [])
    change = rename(third, DAY, "activity", "incident/close", "finish")
    write(third, change.before, change.after)
    fourth = edited(third, [(MATRIX, "finish: {R: specialist", "finish: {R: incident-manager")])
    said = {
        "1.1.0": {"activity:incident/close": "Agents were too few."},
        "1.3.0": {"activity:incident/finish": "So be it."},
    }
    renamed = because(with_releases(third, [given, second, third]), said)
    assert why(news(renamed, "specialist", "1.0.0"), "GAINED") == ["Why Agents were too few."]
    lost = because(with_releases(fourth, [given, second, third, fourth]), said)
    assert why(news(lost, "specialist", "1.1.0"), "LOST") == ["Why So be it."]


def test_so_it_is_for_what_was_renamed_and_is_gone(given: Path) -> None:
    second = edited(given, [])
    change = rename(second, DAY, "activity", "incident/swarm", "gather")
    write(second, change.before, change.after)
    third = edited(second, [(MATRIX, "gather: {R: [specialist, incident-manager], A: incident-manager}\n", "")])
    process = third / INCIDENT
    process.write_text(re.sub(r"  - id: gather\n.*?(?=  - id: close)", "", process.read_text(), flags=re.DOTALL))
    handbook = because(
        with_releases(third, [given, second, third]), {"1.2.0": {"activity:incident/gather": "All sit together."}}
    )
    assert why(news(handbook, "specialist", "1.0.0"), "LOST") == ["Why All sit together."]


def test_what_is_not_released_yet_has_the_reason_that_the_next_release_will_give(released: Path) -> None:
    (released / NEXT).write_text("reasons:\n  - for: activity:incident/swarm\n    why: Agents know the branch.\n")
    handbook = changed(released)
    assert "Why Agents know the branch." in why(news(handbook, "agent", "1.0.0"), "GAINED")


def test_a_new_name_has_its_reason_and_other_words_need_none(given: Path) -> None:
    name = (ROLE, "name: Service Desk Agent", "name: Desk Agent")
    second = edited(given, [name, (INCIDENT, "Write down who reports what.", "Write down, who reports what.")])
    handbook = because(
        with_releases(second, [given, second]),
        {"1.1.0": {"role:agent": "Nobody says it in full.", "activity:incident/log": "A comma was missing."}},
    )
    packed = news(handbook, "agent", "1.0.0")
    assert why(packed, "RENAMED") == ["Why Nobody says it in full."]
    assert why(packed, "REWORDED") == []


def test_an_improvement_explains_what_came_before_its_release_and_nothing_that_came_after(given: Path) -> None:
    second = edited(given, [STEPS])
    handbook = with_releases(second, [given, second, second], (("swarming",), ()))
    assert why(news(handbook, "specialist", "1.0.0"), "DOES_OTHERWISE")[0].startswith("Why Swarm on stopped branches")
    later = with_releases(second, [given, second, second], ((), ("swarming",)))
    assert why(news(later, "specialist", "1.0.0"), "DOES_OTHERWISE")[0].startswith("Why Swarm on stopped branches")
    earlier = with_releases(second, [given, given, second], (("swarming",), ()))
    assert why(news(earlier, "specialist", "1.0.0"), "DOES_OTHERWISE") == []


def test_a_cause_is_told_in_full_once_and_only_named_afterwards() -> None:
    handbook = with_history()
    past, repeated = since(handbook, "1.0.0"), 0
    for role in trained():
        packed = delta(handbook, role, past, Edition(since="1.0.0"), ENGLISH, DAY)
        body = packed.body if packed else ""
        said = text(body)
        causes = [(one.benefit, one.problem) for one in handbook.improvements.values()]
        reasons = [(reason.why,) for release in handbook.releases.values() for reason in release.reasons]
        for words in (str(one) for cause in (*causes, *reasons) for one in cause if one):
            assert said.count(" ".join(words.split())) <= 1
        for above in re.finditer(r'href="#((?:why|reason)-[^"]*)">see above</a>', body):
            assert body.index(f'id="{above[1]}"') < above.start()
            repeated += 1
    assert repeated > 20


def test_in_german_it_is_told_so_too() -> None:
    packed = news(with_history(), "incident-manager", "1.3.0", Look("de"))
    assert packed
    assert "Swarm on major incidents ( siehe oben )" in text(packed.body)


# From when, and what was before


def fact(packed: Pack | None, effect: str, name: str) -> list[str]:
    """What the article of an effect gives as a fact under a name."""
    assert packed
    article = re.findall(rf'<article[^>]* data-effect="{effect}">(.*?)</article>', packed.body, re.DOTALL)[0]
    return [
        text(found).replace(" ,", ",")
        for found in re.findall(rf"<dt>{name}</dt>\s*<dd[^>]*>(.*?)</dd>", article, re.DOTALL)
    ]


def test_each_change_says_from_which_release_on_it_holds(given: Path) -> None:
    second = edited(given, [CLOSE])
    third = edited(second, [STEPS])
    handbook = with_releases(third, [given, second, third])
    both, last = (news(handbook, "specialist", version) for version in ("1.0.0", "1.1.0"))
    days = [release.date for release in handbook.releases.values()]
    assert fact(both, "GAINED", "From when") == [f"{days[1]:%-d %B %Y}, with version 1.1.0"]
    assert fact(both, "DOES_OTHERWISE", "From when") == [f"{days[2]:%-d %B %Y}, with version 1.2.0"]
    assert fact(last, "DOES_OTHERWISE", "From when") == []
    assert last
    assert f"It holds from {days[2]:%-d %B %Y} on, with version 1.2.0." in text(last.body)
    assert both
    assert "It holds from" not in text(both.body)


def test_what_is_not_released_yet_holds_from_the_next_release_on(given: Path) -> None:
    second = edited(given, [CLOSE])
    packed = news(with_releases(edited(second, [STEPS]), [given, second]), "specialist", "1.0.0")
    assert fact(packed, "DOES_OTHERWISE", "From when") == ["the next release"]


def test_what_was_before_stands_whole_beside_what_is_now(given: Path) -> None:
    file, old, _ = STEPS
    steps = [f"{number} {'and so on ' * 30}".strip() + "." for number in range(5)]
    then = edited(given, [(file, old, "\n      - ".join(steps))])
    packed = news(with_releases(given, [then, given]), "specialist", "1.0.0")
    assert packed
    table = re.findall('<table class="differences">.*?</table>', packed.body, re.DOTALL)[0]
    assert [text(cell) for cell in re.findall(r"<t[hd] ?[^>]*>(.*?)</t[hd]>", table, re.DOTALL)] == [
        *("What", "Before", "From now on"),
        *("Steps", " ".join(steps), old),
    ]


def test_the_steps_that_are_new_say_so_and_no_others(given: Path) -> None:
    packed = news(with_releases(edited(given, [STEPS]), [given]), "specialist", "1.0.0")
    assert packed
    lines = [text(line) for line in re.findall('<li><span class="box"></span>(.*?)</li>', packed.body)]
    assert [line for line in lines if line.startswith("new ")] == [f"new {STEPS[2]}"]
    assert len(lines) > 2


def test_steps_in_another_order_are_not_new(given: Path) -> None:
    first, second = STEPS[1:]
    orders = [f"{one}\n      - {other}" for one, other in ((first, second), (second, first))]
    then, now = (edited(given, [(INCIDENT, first, order)]) for order in orders)
    packed = news(with_releases(now, [then, now]), "specialist", "1.0.0")
    assert packed
    assert 'class="differences"' in packed.body
    assert ">new</b>" not in packed.body


def test_the_modules_of_a_delta_stand_in_its_contents_with_their_time(released: Path) -> None:
    packed = news(changed(released), "agent", "1.0.0")
    assert packed
    modules = [f"module_{reference.replace('/', '_')}" for reference in marked(packed, "module")]
    nav = packed.body[packed.body.index("<nav") : packed.body.index("</nav>")]
    assert modules
    assert [anchor for anchor in re.findall('href="#([^"]*)"', nav) if anchor.startswith("module_")] == modules
    assert re.search(r"\d modules?, taking .* in all", text(packed.body))


# How it is done now


def test_a_delta_tells_how_it_is_done_now_and_asks_about_that(released: Path) -> None:
    handbook = changed(released)
    packed = delta(handbook, "agent", since(handbook, "1.0.0"), Edition(True, since="1.0.0"), ENGLISH, DAY)
    assert packed
    said = text(packed.body)
    found = handbook.activity("incident/swarm")
    assert found
    assert all(step in said for step in found[1].steps)
    assert "The lamp." in said
    assert "Who closes a ticket?" in said
    assert "The agent who logged it." in said
    assert "It holds from the next release on." in said
    assert packed.name == "agent-since-1.0.0-trainer"


def test_where_nothing_changed_there_is_no_delta(released: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", released, "pack", "agent", "--since", "1.0.0", "--today", TODAY)
    assert (result.code, result.err) == (0, "")
    assert result.out == "nothing changed for 'agent' since 1.0.0: there is no pack to make\n"
    assert not (released / "packs").exists()


# The command


def test_the_command_makes_the_packs_and_keeps_those_of_earlier_runs(given: Path, rolebook: Rolebook) -> None:
    first = rolebook("-C", given, "pack", "agent", "--today", TODAY)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith(f"{given / 'packs/agent.html'}: ")
    (given / "packs/agent.html").write_text("old")
    assert rolebook("-C", given, "pack", "--job", "systems-engineer", "--audience", "trainer").code == 0
    assert files(given / "packs") == ["agent.html", "specialist-trainer.html"]
    assert (given / "packs/agent.html").read_text() == "old"


def test_all_makes_those_of_every_role_that_is_trained(given: Path, rolebook: Rolebook) -> None:
    result = rolebook("-C", given, "pack", "--all", "--output", given.parent / "paper", "--today", TODAY)
    assert result.code == 0
    handbook = load(given).handbook
    expected = sorted(f"{role}.html" for role in everybody(handbook) if untrained(handbook, role) is None)
    assert files(given.parent / "paper") == expected


def test_the_same_handbook_gives_the_same_bytes(given: Path, rolebook: Rolebook) -> None:
    for name in ("one", "two"):
        rolebook("-C", given, "pack", "agent", "--output", given.parent / name, "--today", TODAY)
    one, two = ((given.parent / name / "agent.html").read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["agnet"], "there is no role 'agnet'; did you mean 'agent'?"),
        (["--job", "desk-agnet"], "there is no job 'desk-agnet'; did you mean 'desk-agent'?"),
        (["agent", "--since", "1.0.0"], "no version '1.0.0' was released; released are: none"),
        (["agent", "--output", "raci/packs"], "lies in raci/, which only people write to"),
        (["agent", "--output", "mkdocs.yml"], "is a file, not a folder"),
        (["agent", "--output", "mkdocs.yml/packs"], "Not a directory"),
        (["agent", "--pdf", "--output", "mkdocs.yml/packs"], "Not a directory"),
        (["a\x1b[31mgent"], "there is no role 'a<U+001B>[31mgent'"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_line(
    given: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    (given / "mkdocs.yml").write_text("site_name: Larkfield\n")
    monkeypatch.chdir(given)
    before = sorted(given.rglob("*"))
    result = rolebook("pack", *arguments)
    assert result.code == 2
    assert message in result.err
    assert result.err.count("\n") == 1
    assert sorted(given.rglob("*")) == before


@pytest.mark.parametrize("arguments", [[], ["--all", "agent"], ["--all", "--job", "desk-agent"]])
def test_it_must_be_said_whose_packs(rolebook: Rolebook, given: Path, arguments: list[str]) -> None:
    result = rolebook("-C", given, "pack", *arguments)
    assert result.code == 2
    assert "Name a ROLE, or a job with '--job', or say '--all'." in result.err


def test_a_role_without_training_is_told_which_file_to_write(given: Path, rolebook: Rolebook) -> None:
    replaced(given, "raci/training_plans/first-weeks.yaml", "roles: [agent, specialist", "roles: [specialist")
    replaced(given, "raci/training_plans/first-weeks.yaml", "for: agent", "for: specialist")
    handbook = load(given).handbook
    reason = untrained(handbook, "agent")
    assert reason
    assert "raci/training_plans/agent.yaml" in reason
    command = re.findall("'rolebook ([^']*)'", reason)[0].split()
    assert rolebook("-C", given, *command).code == 0
    assert (given / "raci/training_plans/agent.yaml").is_file()


def test_a_handbook_with_errors_has_no_packs(given: Path, rolebook: Rolebook) -> None:
    replaced(given, ROLE, "purpose: ", "purpse: ")
    result = rolebook("-C", given, "pack", "agent", "--today", TODAY)
    assert result.code == 1
    assert "purpse" in result.out
    assert not (given / "packs").exists()


def test_a_folder_of_somebody_else_is_left_alone(given: Path, rolebook: Rolebook) -> None:
    (given / "packs").mkdir()
    (given / "packs/mine.txt").write_text("mine")
    result = rolebook("-C", given, "pack", "agent")
    assert result.code == 2
    assert "Rolebook did not make it" in result.err
    assert files(given / "packs") == ["mine.txt"]


def test_what_fails_half_way_leaves_everything_as_it_was(
    given: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rolebook("-C", given, "pack", "agent").code == 0
    (given / "packs/agent.html").write_text("old")

    def full(packed: Pack, look: Look) -> str:
        if packed.name != "agent":
            raise OSError(errno.ENOSPC, "No space left on device")
        return page(packed, look)

    monkeypatch.setattr("rolebook.publishing.packs.page.page", full)
    result = rolebook("-C", given, "pack", "agent", "specialist")
    assert result.code == 2
    assert result.err.endswith("No space left on device\n")
    assert files(given / "packs") == ["agent.html"]
    assert (given / "packs/agent.html").read_text() == "old"
    assert [path.name for path in given.iterdir() if "rolebook" in path.name] == []


def test_a_role_that_was_merged_stands_for_its_successor_and_a_retired_one_has_no_pack(given: Path) -> None:
    old = "name: Old role\nfunction: service\npurpose: It was there.\n"
    (given / "raci/roles/old-agent.yaml").write_text(f"{old}status: merged\nmerged_into: agent\n")
    (given / "raci/roles/old-hand.yaml").write_text(f"{old}status: retired\n".replace("Old role", "Former hand"))
    handbook = load(given).handbook
    assert chosen(handbook, ["old-agent"], []) == ("agent",)
    with pytest.raises(NoPack, match="'old-hand' is no longer in use"):
        chosen(handbook, ["old-hand"], [])


class Missing:
    """Has the import of WeasyPrint fail as it does where it, or a library of the system, is not installed."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def find_spec(self, name: str, *_: object) -> None:
        if name == "weasyprint":
            raise self.error


@pytest.mark.parametrize(
    ("error", "command"),
    [
        (ImportError("no module"), "pip install 'rolebook[pdf]'"),
        (OSError("cannot load library 'libpango-1.0-0'"), "apt-get install libpango-1.0-0"),
    ],
)
def test_what_pdf_needs_is_told_with_the_command_that_installs_it(
    given: Path, rolebook: Rolebook, monkeypatch: pytest.MonkeyPatch, error: Exception, command: str
) -> None:
    import sys

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(error), *sys.meta_path])
    result = rolebook("-C", given, "pack", "agent", "--pdf")
    assert result.code == 2
    assert command in result.err
    assert result.err.count("\n") == 1
    assert not (given / "packs").exists()
