"""Whatever the layout, a name is changed as a whole: no comment goes, no other line changes, nothing is half-done."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st

from rolebook.editing.files.writing import NotWritten, write
from rolebook.editing.names.change import Change
from rolebook.editing.names.merging import merge_role
from rolebook.editing.names.obstacle import CannotChange
from rolebook.editing.names.renaming import rename
from rolebook.editing.names.retiring import retire_role
from rolebook.loading import load
from rolebook.model.catalogue import of_kind
from rolebook.source.comments import comments
from rolebook.source.decode import lines_of
from tests.unit.test_editing_properties import GIVEN, TODAY, files, laid_out

MANY = 700 if os.environ.get("ROLEBOOK_FULL") else 15
SWEEP = settings(max_examples=MANY, deadline=None, phases=[Phase.generate])
KINDS = ("role", "process", "activity", "job", "plan", "improvement")
SHORT = "helper"
"""A role that nobody would miss."""
WOVEN = {
    "raci/roles/helper.yaml": ("", "name: Helper\nfunction: it\npurpose: Look on.\n"),
    "raci/roles/agent.yaml": ("deputies: specialist", "deputies: [helper, specialist]"),
    "raci/roles/change-manager.yaml": (
        "function: it",
        "function: it\nincompatible_with:\n  - role: helper\n    reason: Looks on helper.",
    ),
    "raci/matrices/change.yaml": ("I: agent", "C: helper, I: [agent, helper]"),
    "raci/matrices/incident.yaml": ("C: specialist", "C: [specialist, helper], I: helper"),
    "raci/job_descriptions/desk-agent.yaml": ("carries: agent", "carries: [helper, agent]"),
    "raci/training_plans/first-weeks.yaml": ("[agent, specialist, incident-manager]", "[agent, helper, specialist]"),
    "raci/training_plans/changes.yaml": ("roles: [change", "roles: [helper, change"),
    "raci/functions.yaml": ("    part_of: it", "    part_of: it\n    approvers: [helper]"),
}
"""Where it stands, as a text to put in place of another one."""
LISTS = re.compile(r"(?P<start> *(?:- )?)(?P<key>[a-zA-Z_]+): \[(?P<items>[^\]{}]+)\]")
ROWS = re.compile(r"(?P<key>[a-z-]+): \{(?P<letters>R.+)\}")
NO_WORDS = re.compile(r"[\s\[\]{},-]*(?:[A-Za-z_-]+:)?[\s\[\]{},-]*(?:#.*)?|.*Looks on helper\..*")
"""Lines that may go with the last value that they hold."""


def quoted(draw: st.DrawFn, word: str) -> str:
    return draw(st.sampled_from([word, word, word, f"'{word}'", f'"{word}"']))


def relisted(draw: st.DrawFn, line: str) -> str:
    """A list in brackets, or the row of a matrix, in another way of writing it."""
    if found := LISTS.fullmatch(line):
        start, key = found["start"], found["key"]
        items = [quoted(draw, item) for item in found["items"].split(", ")]
        deeper = "\n" + " " * (len(start) + 2)
        ways = [
            f"{start}{key}: [{' , '.join(items)} ]",
            f"{start}{key}: [{f',{deeper}  '.join(items)}]",
            f"{start}{key}: [{deeper}{f',{deeper}'.join(items)},{deeper}]",
            f"{start}{key}:" + "".join(f"{deeper}- {item}" for item in items),
        ]
        return draw(st.sampled_from(ways))
    if found := ROWS.fullmatch(line):
        letters = re.findall(r"[A-Z]: (?:\[[^\]]*\]|[^,]+)", found["letters"])
        deeper = "\n    "
        ways = [
            line,
            f"{found['key']}: {{ {f',{deeper}'.join(letters)} }}",
            "\n".join([f"{found['key']}:", *(relisted(draw, f"  {letter}") for letter in letters)]),
        ]
        return draw(st.sampled_from(ways))
    return line


@st.composite
def layouts(draw: st.DrawFn) -> dict[str, bytes]:
    """The given handbook with one more role, in some layout: the bytes of its files."""
    texts = {file.relative_to(GIVEN).as_posix(): file.read_text(encoding="utf-8") for file in files(GIVEN)}
    for path, (old, new) in WOVEN.items():
        texts[path] = texts.get(path, "").replace(old, new)
    return {
        path: laid_out(draw, "\n".join(relisted(draw, line) for line in text.splitlines())).encode()
        for path, text in texts.items()
    }


@contextmanager
def handbook_of(contents: dict[str, bytes]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        handbook = Path(shutil.copytree(GIVEN, Path(made) / "handbook"))
        for path, data in contents.items():
            (handbook / path).write_bytes(data)
        yield handbook


def content(handbook: Path) -> dict[str, bytes]:
    return {file.relative_to(handbook).as_posix(): file.read_bytes() for file in files(handbook)}


def said(data: bytes) -> list[str]:
    """The comments of a file."""
    return [comment.rstrip() for comment in comments("", lines_of(data.decode("utf-8-sig")), "#")]


def assert_only_entries_changed(before: bytes, after: bytes, *words: str) -> None:
    """Every line without one of these words stays, brackets and commas aside, but for what is empty without them."""
    assert said(before) == said(after)
    assert before.startswith(b"\xef\xbb\xbf") == after.startswith(b"\xef\xbb\xbf")
    assert {*re.findall(rb"\r\n|\r|\n", after)} <= {*re.findall(rb"\r\n|\r|\n", before)}
    left = iter(lines_of(after.decode("utf-8-sig")))
    for line in lines_of(before.decode("utf-8-sig")):
        if not any(word in line for word in words) and not NO_WORDS.fullmatch(line):
            assert any(bare(line) in bare(other) for other in left), f"{line!r} is gone"


def bare(line: str) -> str:
    """A line without brackets and commas, its words one space apart."""
    return " ".join(re.sub(r"[][{},]", " ", line).split())


def carried_out(handbook: Path, change: Callable[[Path, date], Change], spoilt: int) -> Change | None:
    """Make a change; before that, with something that fails while it is written, which must leave all as it was."""
    before = content(handbook)
    harm: list[str] = []
    try:
        result: Change | None = change(handbook, TODAY)
    except CannotChange as refusal:
        event("refused")
        harm, result = [place.message for place in refusal.places if "by hand" in place.message], None
    assert content(handbook) == before
    assert harm == []
    if result is None:
        return None
    if spoilt:
        with failing(spoilt):
            try:
                write(handbook, result.before, result.after)
            except NotWritten:
                assert content(handbook) == before
    if content(handbook) == before:
        write(handbook, result.before, result.after)
    assert content(handbook) == {path: data for path, data in {**before, **result.after}.items() if data is not None}
    event("made")
    return result


@contextmanager
def failing(call: int) -> Iterator[None]:
    """The disk is full for a moment, when some call writes a file."""
    true, calls = Path.replace, 0

    def replace(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == call:
            raise OSError(errno.ENOSPC, "No space left on device")
        return true(self, target)

    with mock.patch.object(Path, "replace", replace):
        yield


def meaning(value: Any) -> Any:
    """What a value of the model says, without former ids."""
    if is_dataclass(value):
        left_out = ("formerly", "span", "references", "texts", "lost", "ids_lost", "_derived")
        return {f.name: meaning(getattr(value, f.name)) for f in fields(value) if f.name not in left_out}
    if hasattr(value, "items"):
        return {key: meaning(entry) for key, entry in value.items()}
    return [meaning(entry) for entry in value] if isinstance(value, tuple) else value


@SWEEP
@given(layouts(), st.sampled_from(KINDS), st.data())
def test_a_thing_is_renamed_and_back(layout: dict[str, bytes], kind: str, data: st.DataObject) -> None:
    with handbook_of(layout) as handbook:
        before = load(handbook)
        old = data.draw(st.sampled_from(sorted(of_kind(before.handbook, kind))))
        new = old.rpartition("/")[0] + "/brand-new" if kind == "activity" else "brand-new"
        done = carried_out(handbook, lambda at, day: rename(at, day, kind, old, new), data.draw(st.integers(0, 4)))
        assert done is not None
        for path, changed in done.after.items():
            if changed is not None:
                was = next((old for old, new in done.moves.items() if new == path), path)
                assert_only_entries_changed(layout[was], changed, old.rpartition("/")[2])
        assert [d.rule for d in load(handbook).diagnostics] == [d.rule for d in before.diagnostics]
        assert carried_out(handbook, lambda at, day: rename(at, day, kind, new, old), 0)
        assert meaning(load(handbook).handbook) == meaning(before.handbook)
        assert content(handbook).keys() == layout.keys()


@SWEEP
@given(layouts(), st.data())
def test_a_role_is_merged(layout: dict[str, bytes], data: st.DataObject) -> None:
    with handbook_of(layout) as handbook:
        before = load(handbook)
        old, into = data.draw(st.permutations(sorted(before.handbook.roles)))[:2]
        done = carried_out(handbook, lambda at, day: merge_role(at, day, old, into), data.draw(st.integers(0, 4)))
        if done is None:
            return
        for path, changed in done.after.items():
            assert changed is not None
            assert_only_entries_changed(layout[path], changed, old, into)
        after = load(handbook)
        assert [d.rule for d in after.diagnostics] == [d.rule for d in before.diagnostics]
        assert after.handbook.current(old) == into
        for row in (row for matrix in after.handbook.matrices.values() for row in matrix.rows):
            assert old not in [role for _, role in row.assignments()]
            assert all(len(set(row.by(letter))) == len(row.by(letter)) for letter, _ in row.assignments())


@SWEEP
@given(layouts(), st.data())
def test_a_role_is_retired(layout: dict[str, bytes], data: st.DataObject) -> None:
    with handbook_of(layout) as handbook:
        before = load(handbook)
        done = carried_out(handbook, lambda at, day: retire_role(at, day, SHORT), data.draw(st.integers(0, 4)))
        assert done is not None
        assert len(done.after) == len(WOVEN)
        for path, changed in done.after.items():
            assert changed is not None
            assert_only_entries_changed(layout[path], changed, SHORT)
        after = load(handbook).handbook
        assert [d.rule for d in load(handbook).diagnostics] == [d.rule for d in before.diagnostics]
        assert not after.roles[SHORT].active
        assert SHORT not in [reference.text for reference in after.references]
