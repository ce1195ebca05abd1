"""A handbook is repaired as far as its fixes hold; what does not hold is told, and nothing is written by it."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from rolebook.checks import all_findings
from rolebook.editing.files.writing import write
from rolebook.editing.repairs.repair import Repair, repair
from rolebook.loading import NotAHandbook, load
from tests.conftest import ROOT

TODAY = date(2026, 6, 30)
MATRIX = "raci/matrices/incident.yaml"
CHANGE = "process_defs/processes/change.yaml"


def edit(handbook: Path, path: str, old: str, new: str) -> None:
    """Replace something in a file, once; nothing else of it changes."""
    file = handbook / path
    data = file.read_bytes()
    assert data.count(old.encode()) == 1, path
    file.write_bytes(data.replace(old.encode(), new.encode()))


def content(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def codes(repair: Repair) -> tuple[list[str], list[str], list[str]]:
    """The codes of what was repaired, left and refused."""
    refused = [refused.diagnostic.rule.code for refused in repair.refused]
    return [d.rule.code for d in repair.repaired], [d.rule.code for d in repair.left], refused


def merge_agent(handbook: Path) -> None:
    """Merge the role 'agent' into a new one that nobody has heard of yet."""
    desk = (handbook / "raci/roles/agent.yaml").read_text(encoding="utf-8")
    (handbook / "raci/roles/desk.yaml").write_text(desk.replace("name: ", "name: First ", 1), encoding="utf-8")
    with (handbook / "raci/roles/agent.yaml").open("a", encoding="utf-8") as file:
        file.write("status: merged\nmerged_into: desk\n")


def test_a_clean_handbook_stays_as_it_is(given: Path) -> None:
    result = repair(given, TODAY, unsafe=True)
    assert (result.after, result.patch, codes(result)) == ({}, "", ([], [], []))


def test_where_there_is_no_handbook_there_is_nothing_to_repair(tmp_path: Path) -> None:
    with pytest.raises(NotAHandbook):
        repair(tmp_path, TODAY)


def test_safe_fixes_put_the_successor_in_the_place_of_a_merged_role(given: Path) -> None:
    merge_agent(given)
    result = repair(given, TODAY)
    assert result.after[MATRIX].decode() == (given / MATRIX).read_text(encoding="utf-8").replace("agent", "desk")
    assert set(codes(result)[0]) == {"RB102"}
    assert "RB102" not in codes(result)[1]


def test_an_unsafe_fix_is_made_only_when_asked_for(given: Path) -> None:
    edit(given, MATRIX, "[specialist, ", "[specialst, ")
    assert codes(repair(given, TODAY)) == ([], ["RB101"], [])
    result = repair(given, TODAY, unsafe=True)
    assert codes(result) == (["RB101"], [], [])
    assert result.after == {MATRIX: (ROOT / "docs/checks/given" / MATRIX).read_bytes()}


def test_only_what_is_wanted_is_repaired(given: Path) -> None:
    edit(given, MATRIX, "[specialist, ", "[specialst, ")
    edit(given, CHANGE, "takes:\n  - what: incident/change-request\n    at: assess\n", "")
    result = repair(given, TODAY, unsafe=True, wanted=lambda diagnostic: diagnostic.rule.code == "RB301")
    assert codes(result) == (["RB301"], ["RB101"], [])


def test_repairing_writes_nothing_and_says_what_to_write(given: Path) -> None:
    edit(given, MATRIX, "[specialist, ", "[specialst, ")
    before = content(given)
    result = repair(given, TODAY, unsafe=True)
    assert content(given) == before
    assert result.before == {MATRIX: before[MATRIX]}
    write(given, result.before, result.after)
    assert content(given) == {**before, **result.after}


def test_the_second_time_there_is_nothing_to_repair(given: Path) -> None:
    merge_agent(given)
    edit(given, CHANGE, "takes:\n  - what: incident/change-request\n    at: assess\n", "")
    first = repair(given, TODAY, unsafe=True)
    assert first.after
    write(given, first.before, first.after)
    assert repair(given, TODAY, unsafe=True).after == {}


def test_the_patch_is_what_a_person_would_have_written(given: Path) -> None:
    edit(
        given,
        MATRIX,
        "[specialist, incident-manager], A: incident-manager}",
        "[specialst, incident-manager], A: incident-manager} # both",
    )
    edit(given, MATRIX, "close: {R: agent, A: incident-manager, I: outside/reader}\n", "")
    edit(given, CHANGE, "takes:\n  - what: incident/change-request\n    at: assess\n", "")
    assert (
        repair(given, TODAY, unsafe=True).patch
        == """\
--- a/process_defs/processes/change.yaml
+++ b/process_defs/processes/change.yaml
@@ -5,6 +5,9 @@
 objectives: open-on-time
 triggers:
   - A fault needs a change.
+takes:
+  - what: incident/change-request
+    at: assess
 activities:
   - id: assess
     name: Assess the request
--- a/raci/matrices/incident.yaml
+++ b/raci/matrices/incident.yaml
@@ -1,3 +1,4 @@
 log: {R: agent, A: incident-manager, I: outside/reader}
 diagnose: {R: agent, A: incident-manager, C: specialist}
-swarm: {R: [specialst, incident-manager], A: incident-manager} # both
+swarm: {R: [specialist, incident-manager], A: incident-manager} # both
+close: {R: agent, A: incident-manager}
"""
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_git_applies_the_patch(given: Path, line_end: str, last: str) -> None:
    edit(given, MATRIX, "close: {R: agent, A: incident-manager, I: outside/reader}\n", "")
    text = (given / MATRIX).read_text(encoding="utf-8").rstrip("\n") + last
    (given / MATRIX).write_bytes(text.replace("\n", line_end).encode("utf-8-sig"))
    result = repair(given, TODAY, unsafe=True)
    subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=given, input=result.patch.encode(), check=True)
    assert (given / MATRIX).read_bytes() == result.after[MATRIX]
    assert result.after[MATRIX].startswith(b"\xef\xbb\xbf")
    assert result.after[MATRIX].endswith(f"}}{line_end if last else ''}".encode())


def test_lines_that_are_missing_one_below_the_other_are_all_added(given: Path) -> None:
    edit(given, MATRIX, "diagnose: {R: agent, A: incident-manager, C: specialist}\n", "")
    edit(given, MATRIX, "close: {R: agent, A: incident-manager, I: outside/reader}\n", "")
    edit(given, MATRIX, "swarm: {R: [specialist, incident-manager], A: incident-manager}\n", "")
    result = repair(given, TODAY, unsafe=True)
    assert result.after[MATRIX].decode().splitlines() == [
        "log: {R: agent, A: incident-manager, I: outside/reader}",
        "diagnose: {R: agent, A: incident-manager}",
        "swarm: {R: specialist, A: incident-manager}",
        "close: {R: agent, A: incident-manager}",
    ]
    assert codes(result) == (["RB204"] * 3, [], [])


def test_a_new_line_is_written_like_its_neighbour(given: Path) -> None:
    block = "log:\r\n    R: agent # who answers\r\n    A: incident-manager\r\n\r\n# later\r\n"
    rest = "swarm: {R: specialist, A: incident-manager}\r\nclose: {R: agent, A: incident-manager}\r\n"
    (given / MATRIX).write_bytes((block + rest).encode())
    result = repair(given, TODAY, unsafe=True)
    assert result.after[MATRIX].decode() == (
        "log:\r\n    R: agent # who answers\r\n    A: incident-manager\r\n"
        "diagnose:\r\n  R: agent\r\n  A: incident-manager\r\n\r\n# later\r\n"
        "swarm: {R: specialist, A: incident-manager}\r\nclose: {R: agent, A: incident-manager}\r\n"
    )


def test_a_line_for_the_owner_may_ask_for_a_duty_and_for_training(given: Path) -> None:
    edit(given, CHANGE, "hands_over:\n", "  - id: rehearse\n    name: Rehearse it\n    steps: [Try it.]\nhands_over:\n")
    result = repair(given, TODAY, unsafe=True)
    assert b"\nrehearse: {R: change-manager, A: change-manager}\n" in result.after["raci/matrices/change.yaml"]
    assert codes(result) == (["RB204"], ["RB402", "RB502"], [])


def test_a_line_stands_in_a_row_with_its_neighbours_where_they_do(given: Path) -> None:
    edit(given, "raci/matrices/change.yaml", "assess: {", "assess:    {")
    edit(given, CHANGE, "hands_over:\n", "  - id: rehearse\n    name: Rehearse it\n    steps: [Try it.]\nhands_over:\n")
    result = repair(given, TODAY, unsafe=True)
    assert b"\nrehearse:  {R: change-manager, A: change-manager}\n" in result.after["raci/matrices/change.yaml"]


def test_a_hand_off_is_added_below_what_is_taken_already(given: Path) -> None:
    edit(
        given,
        "process_defs/processes/incident.yaml",
        "hands_over:\n",
        "hands_over:\n  - {id: weak-spot, name: Weak spot, to: change, after: close}\n",
    )
    edit(given, CHANGE, "    at: assess\n", "    at: assess # on Mondays\n\n    # end of what is taken\n")
    result = repair(given, TODAY, unsafe=True)
    taken = "    at: assess # on Mondays\n  - what: incident/weak-spot\n    at: assess\n\n    # end of what is taken\n"
    assert taken in result.after[CHANGE].decode()


def test_a_fix_that_its_file_has_no_room_for_is_refused_and_left(given: Path) -> None:
    edit(
        given,
        "process_defs/processes/incident.yaml",
        "hands_over:\n",
        "hands_over:\n  - {id: weak-spot, name: Weak spot, to: change, after: close}\n",
    )
    edit(
        given,
        CHANGE,
        "\n  - what: incident/change-request\n    at: assess\n",
        " [{what: incident/change-request, at: assess}]\n",
    )
    edit(given, MATRIX, "[specialist, ", "[specialst, ")
    result = repair(given, TODAY, unsafe=True)
    assert codes(result) == (["RB101"], ["RB301"], ["RB301"])
    assert result.refused[0].reason == "written there, it would be read as something else"


def test_a_fix_that_brings_a_new_error_is_refused(given: Path) -> None:
    edit(given, MATRIX, "close: {R: agent, A: incident-manager, I: outside/reader}\n", "")
    edit(given, MATRIX, "log: {R: agent", "log: {R: specialist")
    edit(given, MATRIX, "diagnose: {R: agent", "diagnose: {R: specialist")
    plans = [file for file in (given / "raci/training_plans").iterdir() if b"incident/close" in file.read_bytes()]
    for file in plans:
        file.write_bytes(file.read_bytes().replace(b"incident/close", b"incident/log"))
    result = repair(given, TODAY, unsafe=True)
    assert "RB204" in codes(result)[1]
    assert codes(result)[2] == ["RB204"]
    assert result.refused[0].reason.startswith("it would bring a new error: raci/")


def test_what_cannot_be_repaired_is_found_as_in_the_handbook_itself(given: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: secret\n", encoding="utf-8")
    (given / "raci/roles/link.yaml").symlink_to(secret)
    (given / "raci/roles/broken.yaml").write_bytes(b"\xff\xfe\x00")
    (given / "raci/roles/large.yaml").write_bytes(b"#" * 1_000_001)
    (given / "raci/stray.txt").write_bytes(b"")
    edit(given, MATRIX, "[specialist, ", "[specialst, ")
    result = repair(given, TODAY)
    assert result.after == {}
    assert [diagnostic.order for diagnostic in result.left] == [d.order for d in all_findings(load(given), TODAY)]
    assert {diagnostic.rule.code for diagnostic in result.left} == {"RB003", "RB010", "RB101"}
