"""Every way to break a file: never an exception, always a finding where it was broken, in plain words.

A sample of all places in `make test`; in `make test-full` all of them, or so many that an hour is enough.
"""

import os
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from rolebook.checks import check_handbook
from rolebook.diagnostic import Diagnostic
from rolebook.loading import load
from rolebook.source import Mapping, Node, Scalar, Sequence, Span, read
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


def findings(handbook: Path) -> list[Diagnostic]:
    """Everything that is found, each with a place that exists and words that an author understands."""
    loaded = load(handbook)
    found = [*loaded.diagnostics, *check_handbook(loaded.handbook, date.fromisoformat(TODAY))]
    for diagnostic in found:
        lines = loaded.lines.get(diagnostic.span.path, ())
        assert diagnostic.span.line <= len(lines) + 1
        assert not NO_WORDS_OF_AUTHORS.search(f"{diagnostic.finding.message} {diagnostic.finding.help}")
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
    lines = (ROOT / path).read_text(encoding="utf-8").split("\n")
    before = [*lines[: span.line - 1], lines[span.line - 1][: span.column - 1]]
    behind = [lines[span.end_line - 1][span.end_column - 1 :], *lines[span.end_line :]]
    return "\n".join(before) + text + "\n".join(behind)


@pytest.mark.parametrize("path", FILES)
def test_a_file_cut_off_at_any_byte(path: str, reference: Path) -> None:
    data = (ROOT / path).read_bytes()
    for end in sampled(list(range(len(data))), 4, full=200):
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


@pytest.mark.parametrize("path", FILES)
def test_every_key_misspelt(path: str, reference: Path) -> None:
    for span in sampled(list(keys(tree(path))), 4):
        line = (ROOT / path).read_text(encoding="utf-8").split("\n")[span.line - 1]
        key = line[span.column - 1 : span.end_column - 1]
        (reference / path).write_text(replaced(path, span, f"{key}x"), encoding="utf-8")
        told = [d for d in errors(findings(reference)) if (d.span.path, d.span[1:3]) == (path, span[1:3])]
        assert any(re.search(rf"\b{key}\b", d.finding.help) for d in told), (span, told)


@pytest.mark.parametrize("path", FILES)
def test_every_value_of_another_type(path: str, reference: Path) -> None:
    root = tree(path)
    for node in sampled([node for node in nodes(root) if node is not root and not _in_block(node)], 3):
        for text in ("{some: thing}", "[[a], [b]]"):
            (reference / path).write_text(replaced(path, node.span, text), encoding="utf-8")
            found = [d for d in errors(findings(reference)) if d.span.path == path]
            assert any(d.span.line == node.span.line for d in found), (node.span, text, found)


def _in_block(node: Node) -> bool:
    """Whether a node spans several lines, so that one line cannot take its place where it stands."""
    return node.span.line != node.span.end_line


def test_every_reference_to_nothing(reference: Path) -> None:
    references = load(reference).handbook.references
    for wanted in sampled(list(references), 60):
        span = wanted.text.span
        (reference / span.path).write_text(replaced(span.path, span, "no-such-thing-anywhere"), encoding="utf-8")
        told = [d.span[:3] for d in errors(findings(reference))]
        assert span[:3] in told, wanted
        (reference / span.path).write_bytes((ROOT / span.path).read_bytes())


def test_every_file_missing_that_others_need(reference: Path) -> None:
    for path in FILES:
        if "/improvements/" in path or "/job_descriptions/" in path:
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
