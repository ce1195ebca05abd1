"""What is read line by line is exactly what the parser's events say; what is not, is left to them."""

import os
import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rolebook.editing.text.scalars import values_of
from rolebook.source import Node
from rolebook.source.decode import decode, lines_of
from rolebook.source.events import read_events
from rolebook.source.lines import DEEPEST, LONGEST, read_lines

FULL = bool(os.environ.get("ROLEBOOK_FULL"))
REPOSITORY = Path(__file__).parents[2]
HANDBOOK = [path for folder in ("process_defs", "raci") for path in sorted((REPOSITORY / folder).rglob("*.yaml"))]
WORDS = ("a", "log", "b-c", "Say it.", "no", "~", "1.5", "x: y", "# not", "é", "it's", 'say "so"', "a, b", "-", "- a")
VALUES = st.sampled_from(
    [
        *WORDS,
        *("", " ", "x  ", "x # why", "x #why", "x  # why", "x# why", "x:", "a:b", "http://a.b", "[a, b]", "[ a ,b ]  "),
        *("[]", "[a, b,]", "[a b]", "{R: a}", "{R: [a, b], A: c}  # why", "{R: a, R: b}", "{R: , A: b}", "{}", "{R:a}"),
        *('"a: b # c"', "'a'", '"a\\n"', "'it''s'", '"a" b', '"a" # why', ">-", ">", "|", "|-", ">+", "|2", "&a", "*a"),
        *("!a", "%a", "@a", "`a", "? a", "---", "...", "a: b", "null", "[activity:a/b, c]", "{a: activity:b/c}"),
    ]
)
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "  ", "    ", "      ", " "]),
    st.sampled_from(["", "", "- ", "-   ", "- - "]),
    st.sampled_from(["", "", "a: ", "b: ", "c:", "name: ", "due date: ", "'q': ", "a:  ", "1: ", "# ", "a : ", "<<: "]),
    VALUES,
)
ENDS = st.sampled_from(["\n", "\n", "\n", "", "\n\n", " \n", "\n# end\n", "\r\n"])


def difference(text: str) -> tuple[Node | None, Node | None]:
    """The trees that a text has by its lines and by events: one and the same, or none by its lines."""
    path = "raci/a.yaml"
    text, fault = decode(path, text.encode())
    if fault:
        return None, None
    lines = lines_of(text)
    found = read_lines(path, text, lines)
    if found is None:
        return None, None
    source = read_events(path, text, lines)
    assert not source.faults
    return found, source.root


def assert_same(text: str) -> bool:
    """Whether a text is read by its lines; then it says what it says to the parser, and stands where it stands."""
    found, root = difference(text)
    assert repr(found) == repr(root)
    if found is not None and root is not None:
        assert insets(found) == insets(root)
    return found is not None


def insets(node: Node) -> list[object]:
    """What only texts know beside their words and places: where in a file their first letter stands."""
    return [(text.inset, text.span) for text in values_of(node)]


@given(st.lists(LINES, min_size=1, max_size=8).map("\n".join), ENDS)
@settings(max_examples=20_000 if FULL else 1_500)
@example("a: >-\n  one\n  two\n\nb: c", "\n")
@example("a: |\n  one\n", "")
@example("a: >\n  one\n# end", "\n")
@example("a: >\n  one\n   # end", "\n")
@example("a:\n- b\n- c\nd: e", "\n")
@example("a:\n  - b: c\n    d:\n      - e\n  - f", "\n")
@example("- a\n-  b: c\n   d: e", "\n")
def test_lines_say_what_events_say(text: str, end: str) -> None:
    assert_same(text + end)


@pytest.mark.parametrize("path", HANDBOOK, ids=lambda path: path.stem)
def test_files_of_the_reference_handbook_say_the_same(path: Path) -> None:
    assert_same(path.read_text(encoding="utf-8"))


def test_nearly_all_of_the_reference_handbook_is_read_by_its_lines() -> None:
    read = sum(assert_same(path.read_text(encoding="utf-8")) for path in HANDBOOK)
    assert read >= 0.95 * len(HANDBOOK)


@pytest.mark.parametrize("seed", range(2_000 if FULL else 60))
def test_files_with_a_slip_in_a_line_say_the_same(seed: int) -> None:
    chance = random.Random(seed)
    lines = chance.choice(HANDBOOK).read_text(encoding="utf-8").split("\n")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(lines))
        line = lines[at]
        cut = chance.randrange(len(line) + 1)
        mark = chance.choice([*"-:#'\"[]{}>|&*!%,? \t\r", ": ", " #", "  ", "\n", "- ", "\u2028", "é"])
        lines[at] = chance.choice([line[:cut] + mark + line[cut:], line[:cut] + line[cut + 1 :], line[cut:], ""])
    assert_same("\n".join(lines))


@pytest.mark.parametrize(
    "text",
    [
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "%YAML 1.1\n---\na: b\n",
        "--- a\n",
        "<<: {a: b}\n",
        "a: b\na: c\n",
        "a: {b: c, b: d}\n",
        "a: b\n--- \nc: d\n",
        "a:\n",
        "",
        "# nothing\n",
        "a:\tb\n",
        "a: " + "b" * LONGEST,
        "\n".join("  " * depth + "a:" for depth in range(DEEPEST + 2)) + " b\n",
    ],
)
def test_what_takes_a_second_look_is_left_to_the_events(text: str) -> None:
    assert read_lines("raci/a.yaml", text, lines_of(text)) is None
