"""SARIF holds to its published schema, and says everything that is known of a finding."""

import json
from typing import Any

from jsonschema import Draft7Validator, FormatChecker

from rolebook import __version__
from rolebook.checks import CHECKS
from rolebook.diagnostic import READING, Diagnostic, Edit, Finding, Fix, Related
from rolebook.reporting import Part, Report, Suppressed, plain, sarif
from rolebook.source import Span
from tests.conftest import ROOT

SCHEMA = json.loads((ROOT / "tests/data/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALID = Draft7Validator(SCHEMA, format_checker=FormatChecker())
ROLE = Span("raci/roles/é b.yaml", 2, 6, 2, 10)
MATRIX = Span("raci/matrices/m.yaml", 7, 1, 8, 2)


def log(*diagnostics: Diagnostic, from_root: str = "") -> dict[str, Any]:
    return valid(Report(diagnostics, {}, from_root))


def valid(report: Report) -> dict[str, Any]:
    """The log that shows a report; it holds to the schema."""
    whole: dict[str, Any] = json.loads("".join(sarif.show(report, plain)))
    assert [error.message for error in VALID.iter_errors(whole)] == []
    return whole


def full(message: str = "'x' is odd") -> Diagnostic:
    """A diagnostic with all that one can have."""
    edits = (Edit(ROLE, "lead"), Edit(MATRIX, ""), Edit(Span(ROLE.path, 9, 1, 9, 1), "new: row\n"))
    fix = Fix("Replace 'x' with 'lead'", False, edits)
    return Diagnostic(READING["unknown-key"], Finding(ROLE, message, "Mend it.", (Related(MATRIX, "it is here"),), fix))


def test_the_schema_refuses_what_is_wrong() -> None:
    whole = log(full())
    whole["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not VALID.is_valid(whole)


def test_nothing_found_is_a_run_without_results() -> None:
    run = log()["runs"][0]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_a_result_points_at_its_rule_its_place_and_related_places() -> None:
    warning = Diagnostic(READING["split-sentence"], Finding(MATRIX, "w"))
    run = log(warning, full(), from_root="a handbook/")["runs"][0]
    result = run["results"][1]
    root = {"uriBaseId": "%SRCROOT%"}
    assert (run["results"][0]["level"], result["level"]) == ("warning", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "RB005"
    assert result["message"] == {"text": "'x' is odd. Mend it."}
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20handbook/raci/roles/%C3%A9%20b.yaml", **root},
        "region": {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 10},
    }
    assert result["relatedLocations"] == [
        {
            "id": 0,
            "physicalLocation": {
                "artifactLocation": {"uri": "a%20handbook/raci/matrices/m.yaml", **root},
                "region": {"startLine": 7, "startColumn": 1, "endLine": 8, "endColumn": 2},
            },
            "message": {"text": "it is here"},
        }
    ]


def test_what_a_comment_hides_comes_last_with_its_reason_and_the_others_say_that_they_are_not_hidden() -> None:
    hidden = Diagnostic(READING["split-sentence"], Finding(MATRIX, "w"))
    report = Report([full()], {}, suppressions=[Suppressed(hidden, "the auditor\u202e knows")])
    run = valid(report)["runs"][0]
    assert [(result["ruleId"], result["suppressions"]) for result in run["results"]] == [
        ("RB005", []),
        ("RB011", [{"kind": "inSource", "status": "accepted", "justification": "the auditor<U+202E> knows"}]),
    ]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["RB005", "RB011"]
    assert run["results"][1]["ruleIndex"] == 1


def test_without_hidden_findings_no_result_speaks_of_them() -> None:
    assert "suppressions" not in log(full())["runs"][0]["results"][0]


def test_the_part_that_a_finding_belongs_to_is_a_property() -> None:
    before = Diagnostic(READING["split-sentence"], Finding(MATRIX, "w"))
    report = Report([full(), before], {}, parts=[(Part.CHANGED, [full()]), (Part.NEW, []), (Part.BEFORE, [before])])
    results = valid(report)["runs"][0]["results"]
    assert [result["properties"] for result in results] == [{"since": "changed"}, {"since": "before"}]


def test_odd_paths_are_addresses() -> None:
    odd = Diagnostic(READING["unknown-key"], Finding(Span("raci/100%, a:b#?.yaml", 1, 1, 1, 1), "m"))
    place = log(odd)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "raci/100%25%2C%20a%3Ab%23%3F.yaml"


def test_a_fix_is_a_change_for_each_file_and_says_whether_it_is_safe() -> None:
    fix = log(full())["runs"][0]["results"][0]["fixes"][0]
    assert (fix["description"]["text"], fix["properties"]) == ("Replace 'x' with 'lead'", {"safe": False})
    assert [
        (
            change["artifactLocation"]["uri"],
            [(new["deletedRegion"]["startLine"], new["insertedContent"]["text"]) for new in change["replacements"]],
        )
        for change in fix["artifactChanges"]
    ] == [("raci/matrices/m.yaml", [(7, "")]), ("raci/roles/%C3%A9%20b.yaml", [(2, "lead"), (9, "new: row\n")])]


def test_columns_are_counted_in_code_points_by_a_named_version() -> None:
    run = log(full())["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert (run["tool"]["driver"]["name"], run["tool"]["driver"]["version"]) == ("rolebook", __version__)


def test_every_rule_brings_its_page_and_no_address() -> None:
    rules = [*READING.values(), *(check.rule for check in CHECKS)]
    described = log(*(Diagnostic(rule, Finding(ROLE, "m")) for rule in rules))["runs"][0]["tool"]["driver"]["rules"]
    assert [(rule["id"], rule["name"]) for rule in described] == sorted((rule.code, rule.name) for rule in rules)
    for rule in described:
        assert rule["help"]["text"].startswith(f"{rule['shortDescription']['text']}\n\n")
        assert "## Why" in rule["help"]["markdown"]
        assert "## " not in rule["help"]["text"]
        assert "helpUri" not in rule


def test_no_message_brings_in_a_link() -> None:
    result = log(full("'[here](https://evil.example)' is odd"))["runs"][0]["results"][0]
    assert "](" not in result["message"]["text"]


def test_a_finding_keeps_its_fingerprint_when_lines_move() -> None:
    lower = Diagnostic(full().rule, Finding(ROLE._replace(line=90, end_line=90), full().finding.message))
    first, second = (log(finding)["runs"][0]["results"][0] for finding in (full(), lower))
    assert first["partialFingerprints"] == second["partialFingerprints"]
