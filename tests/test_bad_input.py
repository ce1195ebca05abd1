"""Every way to break a file: never an exception, always a finding where it was broken, in plain words.

A sample of all places in `make test`; in `make test-full` all of them, or so many that an hour is enough.
"""

import dataclasses
import os
import random
import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import pytest

from rolebook.checks import all_findings
from rolebook.diagnostic import Diagnostic
from rolebook.loading import load, loader
from rolebook.loading.declaration import Many, One, declaration
from rolebook.loading.loader import read_source
from rolebook.model import values as v
from rolebook.model.handbook import Handbook
from rolebook.source import Mapping, Node, Scalar, Sequence, Source, Span, read
from tests.conftest import ROOT, TODAY

T = TypeVar("T")

FULL = bool(os.environ.get("ROLEBOOK_FULL"))
FILES = sorted(
    str(path.relative_to(ROOT)) for folder in ("process_defs", "raci") for path in (ROOT / folder).rglob("*.yaml")
)
CHANCE = random.Random(2026)
NO_WORDS_OF_AUTHORS = re.compile(r"\b(None|NoneType|dict|str|int|tuple|scalar|node|token|Traceback|KeyError)\b")


def sampled(items: list[T], number: int, full: int | None = None) -> list[T]:
    """`number` of the items, always the same; in a full run all of them, or `full`."""
    wanted = (full or len(items)) if FULL else number
    return items if len(items) <= wanted else CHANCE.sample(items, wanted)


def some_of_each_kind() -> list[str]:
    """A few files of each folder; in a full run all files."""
    folders = sorted({path.rpartition("/")[0] for path in FILES})
    return [
        path for folder in folders for path in sampled([path for path in FILES if path.rpartition("/")[0] == folder], 4)
    ]


SOME_FILES = some_of_each_kind()


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read no file twice that stays as it is: a break is in one of nearly two hundred."""
    monkeypatch.setattr(loader, "read", _read)
    monkeypatch.setattr(loader, "read_source", _read_source)


def _read(path: str, data: bytes) -> Source:
    unchanged = path in FILES and data == (ROOT / path).read_bytes()
    return _as_it_is(path) if unchanged else read(path, data)


@cache
def _as_it_is(path: str) -> Source:
    return read(path, (ROOT / path).read_bytes())


def _read_source(source: Source, cls: Any, id: str, title: str) -> tuple[Any, Any]:
    unchanged = source.path in FILES and source is _as_it_is(source.path)
    return _entity_as_it_is(source.path, cls, id, title) if unchanged else read_source(source, cls, id, title)


@cache
def _entity_as_it_is(path: str, cls: Any, id: str, title: str) -> tuple[Any, Any]:
    return read_source(_as_it_is(path), cls, id, title)


def findings(handbook: Path) -> list[Diagnostic]:
    """Everything that is found, each with a place that exists and words that an author understands."""
    loaded = load(handbook)
    found = list(all_findings(loaded, date.fromisoformat(TODAY)))
    for diagnostic in found:
        lines = loaded.lines.get(diagnostic.span.path, ())
        assert diagnostic.span.line <= len(lines) + 1
        said = f"{diagnostic.finding.message} {diagnostic.finding.help}"
        assert not NO_WORDS_OF_AUTHORS.search(re.sub(r"'[^']*'", "", said)), said
        assert diagnostic.finding.help
    return found


def errors(found: list[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in found if diagnostic.is_error]


def nodes(node: Node) -> Iterator[Node]:
    """A node and everything in it."""
    yield node
    match node:
        case Mapping():
            for entry in node.entries:
                yield from nodes(entry.value)
        case Sequence():
            for item in node.items:
                yield from nodes(item)
        case Scalar():
            return


def keys(node: Node) -> Iterator[Span]:
    for part in nodes(node):
        if isinstance(part, Mapping):
            yield from (entry.key.span for entry in part.entries)


def tree(path: str) -> Node:
    root = read(path, (ROOT / path).read_bytes()).root
    assert root is not None
    return root


def replaced(path: str, span: Span, text: str) -> str:
    """The text of a file with what stands at `span` replaced."""
    return replaced_in((ROOT / path).read_text(encoding="utf-8"), span, text)


def replaced_in(whole: str, span: Span, text: str) -> str:
    """`whole` with what stands at `span` replaced."""
    lines = whole.split("\n")
    before = [*lines[: span.line - 1], lines[span.line - 1][: span.column - 1]]
    behind = [lines[span.end_line - 1][span.end_column - 1 :], *lines[span.end_line :]]
    return "\n".join(before) + text + "\n".join(behind)


@pytest.mark.parametrize("path", SOME_FILES)
def test_a_file_cut_off_at_any_byte(path: str, reference: Path) -> None:
    data = (ROOT / path).read_bytes()
    for end in sampled(list(range(len(data))), 4, full=60):
        (reference / path).write_bytes(data[:end])
        found = findings(reference)
        if not data[:end].strip():
            assert errors(found), end


@pytest.mark.full
def test_each_file_of_the_small_handbook_cut_off_at_every_byte(given: Path) -> None:
    for file in sorted(given.rglob("*.yaml")):
        data = file.read_bytes()
        for end in range(len(data)):
            file.write_bytes(data[:end])
            findings(given)
        file.write_bytes(data)


@pytest.mark.parametrize("path", SOME_FILES)
def test_every_key_misspelt(path: str, reference: Path) -> None:
    for span in sampled(list(keys(tree(path))), 4, full=40):
        line = (ROOT / path).read_text(encoding="utf-8").split("\n")[span.line - 1]
        key = line[span.column - 1 : span.end_column - 1]
        (reference / path).write_text(replaced(path, span, f"{key}x"), encoding="utf-8")
        told = [d for d in errors(findings(reference)) if (d.span.path, d.span[1:3]) == (path, span[1:3])]
        assert any(re.search(rf"\b{key}\b", d.finding.help) for d in told), (span, told)


@pytest.mark.parametrize("path", SOME_FILES)
def test_every_value_of_another_type(path: str, reference: Path) -> None:
    root = tree(path)
    for node in sampled([node for node in nodes(root) if node is not root and not _in_block(node)], 3, full=30):
        for text in ("{some: thing}", "[[a], [b]]"):
            (reference / path).write_text(replaced(path, node.span, text), encoding="utf-8")
            found = [d for d in errors(findings(reference)) if d.span.path == path]
            assert any(d.span.line == node.span.line for d in found), (node.span, text, found)


def _in_block(node: Node) -> bool:
    """Whether a node spans several lines, so that one line cannot take its place where it stands."""
    return node.span.line != node.span.end_line


def test_every_reference_to_nothing(reference: Path) -> None:
    references = load(reference).handbook.references
    for wanted in sampled(list(references), 60, full=3000):
        span = wanted.text.span
        (reference / span.path).write_text(replaced(span.path, span, "no-such-thing-anywhere"), encoding="utf-8")
        told = [d.span[:3] for d in errors(findings(reference))]
        assert span[:3] in told, wanted
        (reference / span.path).write_bytes((ROOT / span.path).read_bytes())


def test_every_file_missing_that_others_need(reference: Path) -> None:
    for path in SOME_FILES:
        if any(f"/{folder}/" in path for folder in ("improvements", "job_descriptions", "assessments", "programme")):
            continue  # what remains may be a valid handbook
        (reference / path).unlink()
        assert errors(findings(reference)), path
        (reference / path).write_bytes((ROOT / path).read_bytes())


MARKUP = ("<script>alert(1)</script>", "**bold** [a](b)", "{{ 7 * 7 }} {% raw %}", "a: b", "- c")


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_any_text_is_no_mistake(text: str, reference: Path) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    for prose in sampled(list(load(reference).handbook.texts), 15, full=400):
        span = prose.span
        (reference / span.path).write_text(replaced(span.path, span, quoted), encoding="utf-8")
        assert not any(d.span == span for d in errors(findings(reference))), prose
        (reference / span.path).write_bytes((ROOT / span.path).read_bytes())


EQUALLY_TRUE = {
    # How people are shared and trained, and when: nobody but the author knows.
    *("Role.kind", "Role.holders", "Role.deputies", "Role.history", "Holders.least", "Holders.most"),
    *(
        "Role.incompatible_with",
        "Incompatible.role",
        "Function.approvers",
        "Function.part_of",
        "JobDescription.function",
    ),
    # What something was called before, once nobody calls it so any more.
    *("JobDescription.formerly", "Role.formerly", "Function.formerly", "Process.formerly", "Activity.formerly"),
    *("HandOff.formerly", "Kpi.formerly", "Control.formerly", "Record.formerly", "TrainingModule.formerly"),
    *("Schedule.dates", "Schedule.within_days", "Schedule.every_months", "Schedule.on_release", "Manner.formats"),
    *("Manner.trainer", "TrainingModule.reviewed", "TrainingModule.minutes", "TrainingModule.prerequisites"),
    *("TrainingModule.questions", "TrainingPlan.prerequisites", "JobDescription.objectives", "JobObjective.kpi"),
    # Who does, describes and teaches what, as long as everybody's work is described and taught; who is asked and told.
    *("JobDescription.duties", "Duty.fulfils", "Duty.answers_for", "TrainingModule.teaches", "TrainingModule.for_"),
    *("Audience.roles", "Audience.jobs", "Row.responsible", "Row.accountable", "Row.consulted", "Row.informed"),
    # Another way through a process, another place of what passes: where the ends still meet, either may be meant.
    *(
        "Activity.next",
        "Activity.separate_from",
        "Branch.go_to",
        "Otherwise.otherwise",
        "Parallel.all",
        "HandOff.after",
    ),
    *("TakesHandOff.what", "TakesHandOff.at", "TakesFrom.at", "HandOff.to", "TakesFrom.from_"),
    # What something serves, is read from, is shown by and answered for by: another choice may be meant.
    *("Process.objectives", "Process.policies", "Process.satisfies", "Process.owner", "Activity.records", "Control.at"),
    *("Control.evidence", "Kpi.objective", "Kpi.owner", "Kpi.counted_from", "Kpi.baseline", "Kpi.measured_every"),
    *("TrainingPlan.owner", "Term.see", "Glossary.terms"),
    # What an improvement is worth, whom it comes from, and what it will change: it is no more than what it says.
    *("Improvement.owner", "Improvement.suggested_by", "Improvement.objective", "Improvement.quick_win"),
    *("Improvement.leads_to", "Improvement.adds", "Improvement.changes", "Improvement.due", "Improvement.cost"),
    *("Improvement.saves", "Money.once", "Money.per_year", "Measured.kpi", "Consent.approved_by"),
}
"""Fields in which another value is as good as the one before, as far as anybody but its author can tell."""

PROSE = (One(v.PROSE), One(v.LINE), Many(One(v.PROSE)), Many(One(v.LINE)))


def differences(before: Any, after: Any, where: str = "") -> Iterator[str]:
    """The fields but prose, written `Type.field`, in which the meaning of two handbooks differs."""
    if isinstance(before, Handbook):
        for field in dataclasses.fields(before):
            if field.compare:
                yield from differences(getattr(before, field.name), getattr(after, field.name), field.name)
    elif isinstance(before, MappingOf):
        for key in {*before, *after}:
            yield from differences(before.get(key), after.get(key), where)
    elif dataclasses.is_dataclass(before) and type(before) is type(after):
        for declared in declaration(type(before)).fields:
            if declared.shape not in PROSE:
                one, other = getattr(before, declared.name), getattr(after, declared.name)
                yield from differences(one, other, f"{type(before).__name__}.{declared.name}")
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        in_any_order = all(isinstance(item, str) for item in (*before, *after))
        for one, other in zip(*((sorted(before), sorted(after)) if in_any_order else (before, after)), strict=True):
            yield from differences(one, other, where)
    elif before != after:
        yield where


class Edits:
    """Single edits of the reference handbook, at random: each a file, its new text, and what was done."""

    def __init__(self, seed: int, handbook: Handbook) -> None:
        self.chance = random.Random(seed)
        self.ids = [reference.text for reference in handbook.references]

    def one(self) -> tuple[str, str, str]:
        return self.chance.choice((self.without_a_line, self.with_two_ids_swapped, self.with_another_letter))()

    def without_a_line(self) -> tuple[str, str, str]:
        path = self.chance.choice(FILES)
        lines = (ROOT / path).read_text(encoding="utf-8").split("\n")
        number = self.chance.randrange(len(lines) - 1)
        gone = lines.pop(number)
        return path, "\n".join(lines), f"without line {number + 1}: {gone}"

    def with_two_ids_swapped(self) -> tuple[str, str, str]:
        one = self.chance.choice(self.ids)
        near = [id for id in self.ids if id.span.path == one.span.path and id != one]
        other = self.chance.choice(near) if near else one
        first, second = sorted((one, other), key=lambda id: id.span[1:3])
        path = one.span.path
        text = (ROOT / path).read_text(encoding="utf-8")
        text = replaced_in(text, second.span, str(first)) if first is not second else text
        return path, replaced_in(text, first.span, str(second)), f"{first} ({first.span[1:3]}) and {second} swapped"

    def with_another_letter(self) -> tuple[str, str, str]:
        id = self.chance.choice(self.ids)
        at = self.chance.choice([n for n, letter in enumerate(id) if letter.isalnum()])
        letter = self.chance.choice([letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter != id[at]])
        path = id.span.path
        text = (ROOT / path).read_text(encoding="utf-8")
        changed = f"{id[:at]}{letter}{id[at + 1 :]}"
        return path, replaced_in(text, id.span, changed), f"{id} ({id.span[1:3]}) written {changed}"


def test_a_single_edit_is_found_wherever_meaning_broke(reference: Path) -> None:
    original = load(reference).handbook
    edits = Edits(2026, original)
    silent = []
    for _ in range(2000 if FULL else 100):
        path, text, done = edits.one()
        (reference / path).write_text(text, encoding="utf-8")
        if not findings(reference):
            broken = set(differences(original, load(reference).handbook)) - EQUALLY_TRUE
            silent += [f"{path} {done}: {', '.join(sorted(broken))}"] if broken else []
        (reference / path).write_bytes((ROOT / path).read_bytes())
    assert not silent, "\n".join(silent)
