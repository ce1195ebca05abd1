"""What does not fit a kind of file is told at its word, in the author's words; the rest is still read."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rolebook.diagnostic import Diagnostic
from rolebook.loading import read_source
from rolebook.model.kinds import KINDS
from rolebook.model.process import Branch, Otherwise, Parallel
from rolebook.source import Text, read

ROLE = """\
name: Analyst
function: service-desk
purpose: Answers calls.
"""
PROCESS = """\
name: Incident Management
area: support
owner: incident-owner
purpose: Restores service.
objectives: [fast]
triggers:
  - A call comes in
activities:
  - id: log
    name: Log the call
    steps:
      - Write it down.
"""
PLAN = "name: Plan\nowner: trainer\npurpose: Trains.\n"


def load(kind: str, text: str) -> tuple[Any, list[Diagnostic]]:
    known = next(candidate for candidate in KINDS if candidate.name == kind)
    entity, reading = read_source(read("f.yaml", text.encode()), known.type, "some-id", known.title)
    return entity, reading.diagnostics


def told(kind: str, text: str) -> list[tuple[str, int, int, str]]:
    return [
        (d.rule.code, d.span.line, d.span.column, f"{d.finding.message} | {d.finding.help}")
        for d in load(kind, text)[1]
    ]


def test_a_file_gives_its_entity_with_the_id_of_its_name() -> None:
    role, diagnostics = load("role", ROLE)
    assert diagnostics == []
    assert (role.id, role.name, role.deputies) == ("some-id", "Analyst", ())


def test_a_single_value_stands_for_a_list_of_one() -> None:
    assert load("role", ROLE + "deputies: lead\n")[0].deputies == ("lead",)
    assert load("role", ROLE + "deputies: lead\n")[0] == load("role", ROLE + "deputies: [lead]\n")[0]


def test_places_take_no_part_in_comparing() -> None:
    assert load("role", ROLE)[0] == load("role", "# moved down\n\n" + ROLE)[0]


def test_dates_and_numbers_know_their_place() -> None:
    approval = "approval: {approved_by: boss, approved: 2026-02-20, next_review: 2027-02-28}\n"
    process, _ = load("process", PROCESS + approval)
    assert process.approval.next_review == date(2027, 2, 28)
    assert process.approval.next_review.span.line == 13
    improvement, _ = load("improvement", "name: n\ncost: {once: 12000.50}\n")
    assert improvement.cost.once == Decimal("12000.50")


def test_the_ways_on_from_an_activity_have_four_forms() -> None:
    def following(text: str) -> Any:
        return load("process", PROCESS + f"    next: {text}\n")[0].activities[0].next

    assert following("end") == Text("end", None)  # type: ignore[arg-type]
    match following("{all: [a, b]}"):
        case Parallel(all=targets):
            assert targets == ("a", "b")
    first, last = following("\n      - {when: it works, go_to: end}\n      - otherwise: log")
    assert isinstance(first, Branch)
    assert isinstance(last, Otherwise)
    assert (first.when, first.go_to, last.otherwise) == ("it works", ("end",), ("log",))


MISTAKES = {
    "a misspelt key": (
        "role",
        ROLE.replace("purpose", "purpse"),
        [("RB005", 3, 1, "'purpse' is not a key of the role | Did you mean 'purpose'?")],
    ),
    "a misspelt key that is not needed": (
        "role",
        ROLE + "deputys: lead\n",
        [("RB005", 4, 1, "'deputys' is not a key of the role | Did you mean 'deputies'?")],
    ),
    "a key of nothing": (
        "role",
        ROLE + "zzz: 1\n",
        [("RB005", 4, 1, "'zzz' is not a key of the role | The keys that")],
    ),
    "an id in the file": ("role", ROLE + "id: x\n", [("RB005", 4, 1, "Take it out: the name of the file is the id.")]),
    "a missing key": ("role", ROLE.replace("function: service-desk\n", ""), [("RB006", 1, 1, "'function' is missing")]),
    "a missing key in a list": (
        "process",
        PROCESS.replace("    name: Log the call\n", ""),
        [("RB006", 9, 5, "'name' is missing in 'log' of 'activities' | Add 'name:' with a line of text.")],
    ),
    "an empty key": ("role", ROLE + "deputies:\n", [("RB006", 4, 10, "'deputies' has no value")]),
    "an empty text": ("role", ROLE.replace("Analyst", "''"), [("RB006", 1, 7, "'name' is empty")]),
    "an empty list": ("process", PROCESS.replace("[fast]", "[]"), [("RB006", 5, 13, "'objectives' is empty")]),
    "a list for a text": ("role", ROLE.replace("Analyst", "[a, b]"), [("RB007", 1, 7, "'name' does not take a list")]),
    "a colon in a list item": (
        "process",
        PROCESS.replace("Write it down.", "Write: it down."),
        [("RB007", 12, 14, "a colon splits this text of 'steps' in two | Put the whole text in quotation marks.")],
    ),
    "keys in a list of texts": (
        "role",
        ROLE + "duties:\n  - duty: Greets callers.\n",
        [("RB007", 5, 5, "'duties' does not take keys with values | It takes text.")],
    ),
    "text for keys": ("role", ROLE + "holders: two\n", [("RB007", 4, 10, "'holders' does not take text")]),
    "text for a list of keys": (
        "process",
        PROCESS + "kpis: speed\n",
        [("RB007", 13, 7, "'kpis' does not take text | It takes a list of entries with the keys id, name, counts")],
    ),
    "a comma in braces": (
        "role",
        ROLE + "holders: {least: 2, note: By rota, always}\n",
        [("RB005", 4, 36, "Put the whole text of 'note' in quotation marks.")],
    ),
    "a comma in braces in a number": (
        "process",
        PROCESS + "approval: {approved_by: 9,5}\n",
        [("RB005", 13, 27, "Write 'approved_by: 9.5', with a decimal point")],
    ),
    "thousands in braces": (
        "improvement",
        "cost: {once: 9,500, per_year: 2}\n",
        [("RB005", 1, 16, "Write a number, with a decimal point and no mark for thousands.")],
    ),
    "ids without brackets in braces": (
        "process",
        PROCESS + "    next: {all: swarm, keep-informed, confirm}\n",
        [
            ("RB005", 13, 24, "Put several in brackets: 'all: [swarm, keep-informed, confirm]'."),
            ("RB005", 13, 39, "Put several in brackets: 'all: [swarm, keep-informed, confirm]'."),
        ],
    ),
    "no space behind a colon in braces": (
        "role",
        ROLE + "holders: {least:2}\n",
        [("RB005", 4, 11, "'least:2' has no space behind its colon | Write 'least: 2'.")],
    ),
    "a space in an element": (
        "improvement",
        "adds:\n  - role: agent\n",
        [("RB007", 2, 5, "Write 'role:agent', without a space.")],
    ),
    "a list of ids for next": (
        "process",
        PROCESS + "    next: [a, b]\n",
        [("RB007", 13, 11, "'next' does not take a list of ids | Write 'next: {all: [a, b]}'.")],
    ),
    "all misspelt": (
        "process",
        PROCESS + "    next: {allx: [a, b]}\n",
        [("RB005", 13, 12, "Did you mean 'all'?")],
    ),
    "otherwise misspelt": (
        "process",
        PROCESS + "    next:\n      - {when: it works, go_to: end}\n      - otherwiese: log\n",
        [("RB005", 15, 9, "Did you mean 'otherwise'?")],
    ),
    "if for when": (
        "process",
        PROCESS + "    next:\n      - if: it works\n        go_to: end\n      - else: log\n",
        [("RB005", 14, 9, "Did you mean 'when'?"), ("RB005", 16, 9, "Did you mean 'otherwise'?")],
    ),
    "thousands": ("improvement", "saves: {per_year: 80.000}\n", [("RB007", 1, 19, "Write 80000, or 80.0000")]),
    "lines without dashes": (
        "role",
        ROLE + "duties:\n  Greets callers.\n  Notes names.\n",
        [("RB014", 5, 3, "these lines are read as one item of 'duties' | Put '- ' in front of each item")],
    ),
    "lines with another mark than a dash": (
        "role",
        ROLE + "duties:\n  • Greets callers.\n  • Notes names.\n",
        [("RB014", 5, 3, "one item of 'duties': '•' begins none | Write '- ' in place of each '•'.")],
    ),
    "neither a condition nor otherwise": (
        "process",
        PROCESS + "    next:\n      - {when: it works, go_to: end}\n      - go_to: log\n",
        [("RB006", 15, 9, "'when' is missing in 'next' | Add 'when:' with a line of text; or write 'otherwise' in")],
    ),
    "a number for keys": (
        "role",
        ROLE + "holders: 2\n",
        [("RB007", 4, 10, "'holders' does not take a number | It takes the keys least, most, note below it.")],
    ),
    "letters beyond the alphabet in an id": (
        "process",
        PROCESS.replace("id: log", "id: Prüfen"),
        [("RB008", 9, 9, "For example: pruefen")],
    ),
    "a word for a number": (
        "role",
        ROLE + "holders: {least: two}\n",
        [("RB007", 4, 18, "'two' is not a whole number")],
    ),
    "a comma in a number": (
        "improvement",
        'name: n\ncost: {once: "9,5"}\n',
        [("RB007", 2, 14, "'9,5' is not a number | Write 9.5.")],
    ),
    "an impossible day": (
        "plan",
        PLAN + "when: {dates: 2026-02-30}\n",
        [("RB007", 4, 15, "there is no day '2026-02-30'")],
    ),
    "a day the wrong way round": (
        "plan",
        PLAN + "when: {dates: 28.02.2026}\n",
        [("RB007", 4, 15, "'28.02.2026' is not a date written year-month-day | Write 2026-02-28.")],
    ),
    "a day with slashes": (
        "plan",
        PLAN + "when: {dates: [28/02/2026, 3/4/2026, 2026/3/4, 4-3-2026]}\n",
        [
            ("RB007", 4, 16, "| Write 2026-02-28."),
            ("RB007", 4, 28, "| Write 2026-04-03 or 2026-03-04."),
            ("RB007", 4, 38, "| Write 2026-03-04."),
            ("RB007", 4, 48, "| Write 2026-03-04 or 2026-04-03."),
        ],
    ),
    "a day in words": ("plan", PLAN + "when: {dates: in May}\n", [("RB007", 4, 15, "| Write it like 2026-02-28.")]),
    "no such day in another order": (
        "plan",
        PLAN + "when: {dates: 31.02.2026}\n",
        [("RB007", 4, 15, "'31.02.2026' is not a date written year-month-day | Write it like 2026-02-28.")],
    ),
    "yes for true": (
        "improvement",
        "quick_win: yes\n",
        [("RB007", 1, 12, "'yes' is neither true nor false | Write true")],
    ),
    "a misspelt choice": (
        "improvement",
        "status: achived\n",
        [("RB009", 1, 9, "'achived' is not one of those to choose from | Did you mean 'achieved'?")],
    ),
    "capitals in an id": (
        "process",
        PROCESS.replace("id: log", "id: Log The Call"),
        [("RB008", 9, 9, "'Log The Call' is not an id | Use small letters a-z, digits and single hyphens")],
    ),
    "a look-alike letter in an id": (
        "process",
        PROCESS.replace("id: log", "id: l\u043eg"),
        [("RB008", 9, 10, "is not an id: the '\u043e' in it is a Cyrillic letter")],
    ),
    "an id that means something": (
        "process",
        PROCESS.replace("id: log", "id: end"),
        [("RB008", 9, 9, "a meaning of its own")],
    ),
    "a long id": ("process", PROCESS.replace("id: log", "id: " + "x" * 61), [("RB008", 9, 9, "at most 60")]),
    "several lines for one": ("role", ROLE.replace("Analyst", "|\n  a\n  b"), [("RB007", 1, 7, "several lines")]),
    "prose in brackets": (
        "role",
        ROLE + "duties: [Greets callers, notes their names]\n",
        [("RB011", 4, 10, "a comma in brackets ends a sentence of 'duties'")],
    ),
    "a list for a whole file": ("role", "- a\n", [("RB007", 1, 1, "the role does not take a list")]),
}


@pytest.mark.parametrize(("kind", "text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_at_its_place(kind: str, text: str, expected: list[tuple[str, int, int, str]]) -> None:
    findings = [finding for finding in told(kind, text) if finding[0] != "RB006" or expected[0][0] == "RB006"]
    assert [finding[:3] for finding in findings] == [finding[:3] for finding in expected]
    for (*_, message), (*_, part) in zip(findings, expected, strict=True):
        assert part in message


def test_all_mistakes_of_a_file_are_told_in_one_run() -> None:
    text = PROCESS.replace("area: support", "aera: support").replace("[fast]", "[]").replace("id: log", "id: L")
    assert [code for code, *_ in told("process", text)] == ["RB005", "RB006", "RB008"]


def test_what_could_be_read_beside_a_mistake_is_kept() -> None:
    process, diagnostics = load("process", PROCESS + "  - id: close\n    name: Close it\n    stpes: [Close it.]\n")
    assert [activity.id for activity in process.activities] == ["log", "close"]
    assert [d.rule.code for d in diagnostics] == ["RB005"]


def test_prose_in_brackets_is_fine_where_each_item_is_quoted_or_the_list_holds_ids() -> None:
    assert told("role", ROLE + 'duties: ["Greets callers, notes names", "Smiles"]\ndeputies: [a, b]\n') == []
