"""Items of lists, and keys with their values, are taken out and added; everything around them stays."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rolebook.diagnostic import Edit
from rolebook.editing.text.amendment import Addition, Amendments
from rolebook.editing.text.refusal import CannotEdit
from rolebook.editing.text.rewriting import rewritten
from rolebook.editing.text.scalars import values_of
from rolebook.source import Mapping, Node, Sequence, Span, read
from tests.conftest import Result

PATH = "raci/roles/agent.yaml"


def without(text: str, *gone: str) -> str:
    """The file after every value `gone` was taken out."""
    root = read(PATH, text.encode()).root
    assert root is not None
    spans = {value.span for value in values_of(root) if value in gone}
    return rewritten(PATH, text.encode(), [], Amendments(frozenset(spans))).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("C: [x, a, b]\n", "C: [a, b]\n"),
        ("C: [a, x, b]\n", "C: [a, b]\n"),
        ("C: [a, b, x]\n", "C: [a, b]\n"),
        ("C: [ a , x , b ] # c\n", "C: [ a , b ] # c\n"),
        ("C: [x, a]\n", "C: [a]\n"),
        ("C: [a, 'x',]\n", "C: [a,]\n"),
        ("C: [x, a, x]\n", "C: [a]\n"),
        ("C: [a, x, x, b]\n", "C: [a, b]\n"),
        ("C: [a,\n    x,\n    b]\n", "C: [a,\n    b]\n"),
        ("C: [a, x,\n    b]\n", "C: [a,\n    b]\n"),
        ("C: [\r\n  a,\r\n  x\r\n]\r\n", "C: [\r\n  a\r\n]\r\n"),
        ("C: [\n  x,\n  a,\n]\n", "C: [\n  a,\n]\n"),
    ],
)
def test_an_item_leaves_a_list_in_brackets_with_its_comma(before: str, after: str) -> None:
    assert without(before, "x") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("C: [a, # one\n    x, # two\n    b] # three\n", "C: [a, # one\n    # two\n    b] # three\n"),
        ("C: [a, # one\n    x # two\n   ]\n", "C: [a # one\n    # two\n   ]\n"),
        ("C: [a, # one\n    x, # two\n   ]\n", "C: [a, # one\n    # two\n   ]\n"),
        ("C: [x, # it's\n    a]\n", "C: [ # it's\n    a]\n"),
        ("C: [\n  x, # one\n  a]\n", "C: [\n  # one\n  a]\n"),
        ("C: [a, x # one, two\n    , b]\n", "C: [a, # one, two\n     b]\n"),
        ("C: [a,\n    # one\n    x,\n    # two\n    b]\n", "C: [a,\n    # one\n    # two\n    b]\n"),
        ("C: ['#, a', x, b]\n", "C: ['#, a', b]\n"),
    ],
)
def test_a_comment_within_brackets_outlives_its_item(before: str, after: str) -> None:
    assert without(before, "x") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("C:\n  - a\n  - x\n  - b\n", "C:\n  - a\n  - b\n"),
        ("C:\n- x\n- a\n", "C:\n- a\n"),
        ("C:\n  - a # one\n  - x # two\n", "C:\n  - a # one\n  # two\n"),
        ("C:\n  - a\n  # one\n  - x\n  # two\nD: 1\n", "C:\n  - a\n  # one\n  # two\nD: 1\n"),
        ("C:\r\n  - a\r\n  -   'x' # one\r\n", "C:\r\n  - a\r\n  # one\r\n"),
        ("C:\n  - a\n  - x", "C:\n  - a\n"),
        ("C:\n  - a\n  - x # one", "C:\n  - a\n  # one"),
        ("C:\n  - a\n  - # one\n      # two\n    x\n  - b\n", "C:\n  - a\n  # one\n      # two\n  - b\n"),
        ("C:\n  - x\n\n  - b\n", "C:\n\n  - b\n"),
    ],
)
def test_an_item_leaves_a_list_with_its_line(before: str, after: str) -> None:
    assert without(before, "x") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nC: x\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\nC: x # one\nb: 2\n", "a: 1\n# one\nb: 2\n"),
        ("a: 1\nC: [x]\n", "a: 1\n"),
        ("a: 1\nC: [\n  x, # one\n]\nb: 2\n", "a: 1\n# one\nb: 2\n"),
        (
            "a: 1\nC: # one\n  - x # two\n  # three\n  - x\n# four\nb: 2\n",
            "a: 1\n# one\n# two\n  # three\n# four\nb: 2\n",
        ),
        ("r: {R: a, C: x, I: b}\n", "r: {R: a, I: b}\n"),
        ("r: {R: a, C: [x]}\n", "r: {R: a}\n"),
        ("r: {C: x, R: a} # one\n", "r: {R: a} # one\n"),
        ("r:\n  R: a\n  C: x\n", "r:\n  R: a\n"),
        ("l:\n  - C: x # one\n    R: a\n", "l:\n  # one\n  - R: a\n"),
        ("l:\n  - C: x\n    R: a\n", "l:\n  - R: a\n"),
        ("l:\n  - R: a\n    C: x # one\n  - b\n", "l:\n  - R: a\n    # one\n  - b\n"),
    ],
)
def test_a_key_goes_with_its_only_value(before: str, after: str) -> None:
    assert without(before, "x") == after


def test_a_list_of_entries_loses_one_with_all_its_lines() -> None:
    before = "a:\n  - role: b\n    why: one\n  - role: x # one\n    # two\n    why: >\n      x y\n\n# three\nc: 1\n"
    root = read(PATH, before.encode()).root
    assert isinstance(root, Mapping)
    entries = root.entries[0].value
    assert isinstance(entries, Sequence)
    after = rewritten(PATH, before.encode(), [], Amendments(frozenset({entries.items[1].span}))).decode()
    assert after == "a:\n  - role: b\n    why: one\n  # one\n    # two\n\n# three\nc: 1\n"


@pytest.mark.parametrize("before", ["x", "- x\n", "- - x\n  - a\n"])
def test_what_cannot_be_taken_out_without_harm_stays(before: str) -> None:
    with pytest.raises(CannotEdit):
        without(before, "x")


def within(node: Node, *keys: str) -> Mapping:
    """The keys below some others."""
    for key in keys:
        assert isinstance(node, Mapping)
        node = next(entry.value for entry in node.entries if entry.key == key)
        node = node.items[0] if isinstance(node, Sequence) else node
    assert isinstance(node, Mapping)
    return node


def with_former(text: str, *keys: str) -> str:
    """The file with the former id `old` added to the keys below some others."""
    root = read(PATH, text.encode()).root
    assert root is not None
    addition = Addition(within(root, *keys).span, "formerly", "old", ("name", "tools"))
    return rewritten(PATH, text.encode(), [], Amendments(additions=(addition,))).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("formerly: a # one\n", "formerly: [a, old] # one\n"),
        ("formerly: 'a'\n", "formerly: ['a', old]\n"),
        ("formerly: [a] # one\n", "formerly: [a, old] # one\n"),
        ("formerly: [\n  a, # one\n]\n", "formerly: [\n  a, old, # one\n]\n"),
        ("formerly:\r\n  - a # one\r\nb: 1", "formerly:\r\n  - a # one\r\n  - old\r\nb: 1"),
        ("formerly:\n- a", "formerly:\n- a\n- old"),
    ],
)
def test_a_former_id_joins_those_before_it(before: str, after: str) -> None:
    assert with_former(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: a # one\n# two\nb: 1\n", "name: a # one\nformerly: old\n# two\nb: 1\n"),
        ("b: 1\r\nc: 2\r\n", "b: 1\r\nc: 2\r\nformerly: old\r\n"),
        ("\ufeffname: |\n  a\n\n  b\n\n\nb: 1\n", "\ufeffname: |\n  a\n\n  b\nformerly: old\n\n\nb: 1\n"),
        ("name: a", "name: a\nformerly: old"),
    ],
)
def test_the_first_former_id_brings_its_key(before: str, after: str) -> None:
    assert with_former(before) == after


def test_a_former_id_is_added_to_an_entry_of_a_list() -> None:
    before = "a:\n  - id: b\n    name: c\n    tools:\n      - d # one\n    next: e\nf: 1\n"
    after = "a:\n  - id: b\n    name: c\n    tools:\n      - d # one\n    formerly: old\n    next: e\nf: 1\n"
    assert with_former(before, "a") == after


def test_a_former_id_is_added_within_braces() -> None:
    before = "a: {name: b, c: d} # one\n"
    assert with_former(before, "a") == "a: {name: b, formerly: old, c: d} # one\n"


def with_comment(text: str, old: str, new: str) -> str:
    """The file after some words of its first line were edited, as a fix of a comment does it."""
    start = text.index(old) + 1
    return rewritten(PATH, text.encode(), [Edit(Span(PATH, 1, start, 1, start + len(old)), new)]).decode()


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ("  # rolebook: ignore RB206, RB203 - so", "", "a: 'b # c'\n# d\n"),
        ("# rolebook: ignore RB206, RB203 - so", "", "a: 'b # c'  \n# d\n"),
        ("RB206, RB203", "RB203", "a: 'b # c'  # rolebook: ignore RB203 - so\n# d\n"),
    ],
)
def test_a_comment_is_taken_out_or_reworded(old: str, new: str, after: str) -> None:
    assert with_comment("a: 'b # c'  # rolebook: ignore RB206, RB203 - so\n# d\n", old, new) == after


@pytest.mark.parametrize(
    ("old", "new"), [("'  #", ""), ("so", "so\nb: 1"), ("# rolebook", "rolebook")], ids=["value", "line", "no comment"]
)
def test_nothing_but_a_comment_changes_with_it(old: str, new: str) -> None:
    with pytest.raises(CannotEdit):
        with_comment("a: 'b'  # rolebook: ignore RB206 - so\n", old, new)


def test_a_suppression_that_hides_nothing_is_taken_out_by_check(given: Path, rolebook: Callable[..., Result]) -> None:
    role = given / "raci/roles/agent.yaml"
    text = role.read_text(encoding="utf-8")
    role.write_text(text.replace("deputies: specialist", "deputies: specialist # rolebook: ignore RB209 - so"))
    assert rolebook("-C", given, "check", "--fix").code == 0
    assert role.read_text(encoding="utf-8") == text
