"""Records of training: what counts of them, what they come to, and what is found in them."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import findings
from rolebook.loading import Loaded, load
from rolebook.model.completion import PATH
from rolebook.model.completions import Reached, by_role, reached
from rolebook.publishing.exports.data import document
from rolebook.rendering import Links
from rolebook.source import Span
from tests.conftest import Result

HEADER = "role,job,version,date,trained,due"
NIGHTS = """\
  - id: nights
    name: Changes at night
    minutes: 30
    for: specialist
    teaches: change/carry-out
    objectives: [Know whom to wake.]
    content: [The list of numbers.]
    questions: [{question: Whom do you wake?, answer: The first of the list.}]
"""
"""A module that the second release brings."""
TODAY = date(2026, 9, 30)
Given = Callable[..., Loaded]


@pytest.fixture(name="recorded")
def _recorded(given: Path, rolebook: Callable[..., Result]) -> Given:
    """The given handbook in two releases, of 1 June and 1 September 2026, with records of training."""
    plan = given / "raci/training_plans/changes.yaml"
    for version, day, modules in (("1.0.0", "2026-06-01", ""), ("1.1.0", "2026-09-01", NIGHTS)):
        plan.write_text(plan.read_text() + modules)
        result = rolebook("-C", given, "release", version, "--date", day)
        assert result.code == 0, result.err

    def recorded(*lines: str, all_releases: bool = False) -> Loaded:
        (given / PATH).write_text("".join(f"{line}\n" for line in (HEADER, *lines)))
        return load(given, all_releases=all_releases)

    return recorded


def _reached(loaded: Loaded, role: str, version: str) -> tuple[int, int, str, str] | None:
    state = reached(loaded.handbook, role, version)
    return (state.trained, state.due, str(state.date), state.version) if state else None


def _found(loaded: Loaded, *codes: str) -> list[tuple[str, int, str]]:
    diagnostics = findings(loaded, TODAY).diagnostics
    return [
        (d.rule.code, d.span.line, d.finding.message)
        for d in diagnostics
        if d.span.path == PATH and (not codes or d.rule.code in codes)
    ]


def _write(given: Path, path: str, *replacements: tuple[str, str]) -> None:
    text = (given / path).read_text()
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    (given / path).write_text(text)


def test_the_handbook_for_programs_has_what_is_reached(recorded: Given) -> None:
    loaded = recorded("agent,,1.0.0,2026-06-20,4,12", "agent,,1.1.0,2026-09-20,9,12")
    told = json.loads(document(loaded.handbook, Links()))["completions"]
    state = {"trained": 9, "due": 12, "date": "2026-09-20", "version": "1.1.0"}
    assert told == {"agent": {"1.0.0": state, "1.1.0": state}}


def test_without_the_file_nothing_is_recorded_and_nothing_found(given: Path) -> None:
    loaded = load(given)
    assert loaded.handbook.completions == ()
    assert by_role(loaded.handbook) == {}


def test_of_several_lines_the_latest_counts(recorded: Given) -> None:
    loaded = recorded("agent,,1.1.0,2026-09-20,9,12", "agent,,1.1.0,2026-09-10,3,11")
    assert _reached(loaded, "agent", "1.1.0") == (9, 12, "2026-09-20", "1.1.0")


def test_the_jobs_of_a_role_are_added_up(recorded: Given) -> None:
    loaded = recorded("agent,desk-agent,1.1.0,2026-09-20,9,12", "agent,systems-engineer,1.1.0,2026-09-10,1,2")
    assert _reached(loaded, "agent", "1.1.0") == (10, 14, "2026-09-20", "1.1.0")


def test_who_was_trained_for_a_later_version_is_trained_for_an_earlier_one(recorded: Given) -> None:
    loaded = recorded("agent,,1.0.0,2026-06-20,9,12", "agent,,1.1.0,2026-09-20,11,12")
    assert _reached(loaded, "agent", "1.0.0") == (11, 12, "2026-09-20", "1.1.0")


def test_a_later_version_takes_nothing_away_from_an_earlier_one(recorded: Given) -> None:
    loaded = recorded("agent,,1.0.0,2026-06-20,9,12", "agent,,1.1.0,2026-09-20,1,12")
    assert _reached(loaded, "agent", "1.0.0") == (9, 12, "2026-06-20", "1.0.0")
    assert _reached(loaded, "agent", "1.1.0") == (1, 12, "2026-09-20", "1.1.0")


def test_an_earlier_version_says_nothing_of_a_later_one(recorded: Given) -> None:
    loaded = recorded("agent,,1.0.0,2026-06-20,9,12")
    assert _reached(loaded, "agent", "1.1.0") is None
    assert _reached(loaded, "specialist", "1.0.0") is None


def test_where_nobody_is_due_nobody_is_missing() -> None:
    assert Reached(0, 0, TODAY, "1.0.0", Span.of_file(PATH)).share == 1
    assert Reached(3, 4, TODAY, "1.0.0", Span.of_file(PATH)).share == 0.75


def test_records_under_a_former_id_count_as_those_of_the_role_now(recorded: Given, given: Path) -> None:
    _write(given, "raci/roles/agent.yaml", ("name:", "formerly: operator\nname:"))
    loaded = recorded("operator,,1.1.0,2026-09-10,3,12", "agent,,1.1.0,2026-09-20,9,12")
    assert not _found(loaded, "RB101", "RB512")
    assert _reached(loaded, "agent", "1.1.0") == (9, 12, "2026-09-20", "1.1.0")


def test_records_of_a_merged_role_count_beside_those_of_its_successor(recorded: Given, given: Path) -> None:
    role = (given / "raci/roles/agent.yaml").read_text()
    ended = "status: merged\nmerged_into: agent\nhistory:\n  - date: 2026-09-15\n    event: Merged.\n"
    (given / "raci/roles/operator.yaml").write_text(role + ended)
    lines = ("operator,,1.1.0,2026-09-10,3,4", "agent,,1.1.0,2026-09-12,9,12")
    loaded = recorded(*lines)
    assert not _found(loaded, "RB101", "RB512")
    assert _reached(loaded, "agent", "1.1.0") == (12, 16, "2026-09-12", "1.1.0")
    since = recorded(*lines, "agent,,1.1.0,2026-09-20,15,16")
    assert _reached(since, "agent", "1.1.0") == (15, 16, "2026-09-20", "1.1.0")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("agnt,,1.1.0,2026-09-10,4,4", ("RB101", "there is no role 'agnt'")),
        ("agent,desk-agnt,1.1.0,2026-09-10,4,4", ("RB101", "there is no job description 'desk-agnt'")),
        ("agent,,1.2.0,2026-09-10,4,4", ("RB512", "there is no release '1.2.0'")),
        ("agent,,1.1,2026-09-10,4,4", ("RB007", "'1.1' is not a version, three numbers with points between them")),
        ("agent,,1.1.0,10.09.2026,4,4", ("RB007", "'10.09.2026' is not a date written year-month-day")),
        ("agent,,1.1.0,2026-09-31,4,4", ("RB007", "there is no day '2026-09-31'")),
        ("agent,,1.1.0,2026-10-02,4,4", ("RB512", "the day 2026-10-02 has not come yet")),
        (
            "agent,,1.1.0,2026-08-31,4,4",
            ("RB512", "nobody was trained for release '1.1.0' on 2026-08-31, before it was released"),
        ),
        ("agent,,1.1.0,2026-09-10,5,4", ("RB512", "5 are trained, and only 4 are due")),
        ("agent,,1.1.0,2026-09-10,0,0", ("RB512", "nobody is due to be trained")),
        (
            "agent,systems-engineer,1.1.0,2026-09-10,4,4",
            ("RB512", "the job 'systems-engineer' does not carry 'agent'"),
        ),
    ],
)
def test_what_cannot_be_right_is_found_on_its_line(recorded: Given, line: str, found: tuple[str, str]) -> None:
    loaded = recorded("incident-manager,,1.1.0,2026-09-10,1,1", line)
    code, message = found
    assert _found(loaded) == [(code, 3, message)]


def test_all_that_is_wrong_with_a_line_is_told_at_once(recorded: Given) -> None:
    loaded = recorded("agnt,,1.1.0,10.9.2026,x,4")
    assert [code for code, *_ in _found(loaded)] == ["RB101", "RB007", "RB007"]


def test_a_misspelt_role_or_version_comes_with_what_was_meant(recorded: Given) -> None:
    loaded = recorded("agnt,,1.1.0,2026-09-10,3,4", "agent,,1.0.1,2026-09-10,3,4")
    helps = [d.finding.help for d in findings(loaded, TODAY).diagnostics if d.rule.code in ("RB101", "RB512")]
    assert helps == ["Write 'agent'.", "Name one that was released, such as '1.0.0'."]


def test_what_a_record_names_wrongly_is_not_repaired(recorded: Given) -> None:
    loaded = recorded("agnt,,1.1.0,2026-09-10,4,4")
    assert [d.finding.fix for d in findings(loaded, TODAY).diagnostics if d.rule.code == "RB101"] == [None]


def test_the_same_line_twice_is_found_at_the_second(recorded: Given) -> None:
    loaded = recorded("agent,,1.1.0,2026-09-10,3,4", "agent,,1.1.0,2026-09-10,4,4")
    assert _found(loaded, "RB512") == [
        ("RB512", 3, "'agent' has a line of this day, for this job and version, already")
    ]


def test_a_line_for_all_beside_one_for_a_job_is_found(recorded: Given) -> None:
    loaded = recorded("agent,,1.1.0,2026-09-10,3,4", "agent,desk-agent,1.1.0,2026-09-20,4,4")
    assert _found(loaded, "RB512") == [
        ("RB512", 3, "for 'agent' in '1.1.0', a job is counted here, and all who hold it elsewhere")
    ]
    assert _reached(loaded, "agent", "1.1.0") == (3, 4, "2026-09-10", "1.1.0")


def test_a_job_that_has_given_a_role_away_since_is_no_mistake(recorded: Given, given: Path) -> None:
    line = "specialist,systems-engineer,1.1.0,2026-09-10,3,4"
    _write(given, "raci/job_descriptions/systems-engineer.yaml", ("carries: specialist", "carries: agent"))
    assert not _found(recorded(line), "RB512")


def test_a_job_of_a_former_release_may_be_gone(recorded: Given, given: Path) -> None:
    (given / "raci/job_descriptions/systems-engineer.yaml").unlink()
    line = "specialist,systems-engineer,1.0.0,2026-06-10,3,4"
    assert not _found(recorded(line), "RB101")
    assert not _found(recorded(line, all_releases=True), "RB101")


def test_a_fault_in_the_table_keeps_nothing_else_from_being_compared(recorded: Given) -> None:
    loaded = recorded("agent,,1.1.0,2026-09-10,x,4")
    assert loaded.handbook.past.keys() == {"1.1.0"}
    assert not loaded.handbook.lost


def test_too_few_trained_is_found_where_the_latest_line_stands(recorded: Given) -> None:
    loaded = recorded("agent,,1.0.0,2026-06-10,1,4", "agent,,1.0.0,2026-06-20,3,4", "specialist,,1.0.0,2026-06-20,9,10")
    ((code, line, message),) = _found(loaded)
    assert (code, line) == ("RB510", 3)
    assert message == (
        "release '1.0.0' was released 121 days ago, and 3 of 4 with the role 'agent' are trained in it: 75 %, not 90 %"
    )


def test_a_release_that_has_not_held_for_long_is_no_reason_yet(recorded: Given) -> None:
    assert not _found(recorded("agent,,1.1.0,2026-09-10,1,4", "agent,,1.0.0,2026-06-20,4,4"))


def test_a_role_is_asked_for_the_releases_that_concern_it_alone(recorded: Given) -> None:
    assert not _found(recorded("agent,,1.1.0,2026-09-10,1,4", "specialist,,1.0.0,2026-06-20,10,10"))


def test_who_holds_a_retired_role_is_not_to_be_trained(recorded: Given, given: Path) -> None:
    role = (given / "raci/roles/agent.yaml").read_text()
    (given / "raci/roles/operator.yaml").write_text(f"{role}status: retired\n")
    assert not _found(recorded("operator,,1.0.0,2026-06-20,1,4"), "RB510", "RB101")


def test_days_and_percent_are_settings(recorded: Given, given: Path) -> None:
    settings = given / "process_defs/checks.yaml"
    lines = ("agent,,1.0.0,2026-06-10,4,4", "agent,,1.1.0,2026-09-10,3,4")
    settings.write_text("limits:\n  trained_within: 29\n")
    assert [code for code, *_ in _found(recorded(*lines))] == ["RB510"]
    settings.write_text("limits:\n  trained_within: 30\n")
    assert not _found(recorded(*lines))
    settings.write_text("limits:\n  trained_within: 29\n  trained: 75\n")
    assert not _found(recorded(*lines))


def test_a_role_that_a_release_asks_to_learn_and_of_which_nothing_is_recorded_is_named(
    recorded: Given, given: Path
) -> None:
    (given / "process_defs/checks.yaml").write_text("limits:\n  trained_within: 20\n")
    lines = ("agent,,1.1.0,2026-09-10,4,4", "specialist,,1.0.0,2026-06-20,10,10")
    missing = "nothing is recorded of 'specialist' for release '1.1.0', which was released 29 days ago"
    assert _found(recorded(*lines, all_releases=True)) == [("RB510", 1, missing)]
    assert not _found(recorded(*lines))
    assert not _found(recorded(all_releases=True))
    assert not _found(recorded(*lines, "specialist,,1.1.0,2026-09-20,10,10", all_releases=True))


def test_what_could_not_be_read_is_not_called_missing(recorded: Given, given: Path) -> None:
    (given / "process_defs/checks.yaml").write_text("limits:\n  trained_within: 20\n")
    lines = ("agent,,1.1.0,2026-09-10,4,4", "specialist,,1.1.0,2026-09-20,ten,10")
    assert [code for code, *_ in _found(recorded(*lines, all_releases=True))] == ["RB007"]


@pytest.mark.parametrize("days", ["0", "999999999"])
def test_any_number_of_days_can_be_set(recorded: Given, given: Path, days: str) -> None:
    (given / "process_defs/checks.yaml").write_text(f"limits:\n  trained_within: {days}\n")
    assert bool(_found(recorded("agent,,1.1.0,2026-09-10,3,4"))) is (days == "0")


def test_comments_hide_nothing_in_a_table(recorded: Given) -> None:
    loaded = recorded("agent # rolebook: ignore RB101 - a comment,,1.1.0,2026-09-10,3,4")
    assert [code for code, *_ in _found(loaded)] == ["RB101"]


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("completion.csv", "RB010", "no such file belongs to a handbook"),
        ("completions.yaml", "RB010", "'completions.yaml' does not end in '.csv', so it is not read"),
        ("completions.xlsx", "RB010", "'completions.xlsx' does not end in '.csv', so it is not read"),
    ],
)
def test_a_table_under_another_name_is_told(given: Path, name: str, code: str, message: str) -> None:
    (given / "raci" / name).write_text(f"{HEADER}\n")
    assert [(d.rule.code, d.finding.message) for d in load(given).diagnostics] == [(code, message)]


def test_a_link_in_place_of_the_table_is_not_followed(given: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text(f"{HEADER}\nagent,,1.0.0,2026-06-10,1,2\n")
    (given / PATH).symlink_to(tmp_path / "elsewhere.csv")
    loaded = load(given)
    assert [d.rule.code for d in loaded.diagnostics] == ["RB010"]
    assert loaded.handbook.completions == ()


def test_what_a_role_is_called_otherwise_leaves_its_records_as_they_are(
    recorded: Given, given: Path, rolebook: Callable[..., Result]
) -> None:
    recorded("agent,desk-agent,1.1.0,2026-09-10,4,4")
    before = (given / PATH).read_bytes()
    assert rolebook("-C", given, "rename", "role", "agent", "operator").code == 0
    assert rolebook("-C", given, "rename", "job", "desk-agent", "desk-operator").code == 0
    loaded = load(given)
    assert (given / PATH).read_bytes() == before
    assert not _found(loaded)
    assert _reached(loaded, "operator", "1.1.0") == (4, 4, "2026-09-10", "1.1.0")


def test_each_version_of_a_line_has_its_own_jobs(recorded: Given, given: Path) -> None:
    (given / "raci/job_descriptions/systems-engineer.yaml").unlink()
    lines = ("specialist,old-job,1.1.0,2026-09-10,4,4", "specialist,old-job,1.0.0,2026-06-10,4,4")
    assert [line for _, line, _ in _found(recorded(*lines), "RB101")] == [2]
    assert [line for _, line, _ in _found(recorded(*lines, all_releases=True), "RB101")] == [2, 3]
