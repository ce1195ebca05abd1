"""Which `#` begins a comment, and which is part of a text."""

import time

import pytest

from rolebook.source.comments import comments


def found(text: str) -> list[tuple[int, int, str]]:
    """Line, column and words of the comments that hold `note`."""
    return [(c.span.line, c.span.column, str(c)) for c in comments("f.yaml", text.split("\n"), "note")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b # note", [(1, 6, "# note")]),
        ("# note\na: b", [(1, 1, "# note")]),
        ("a:\n  - b\n  # note\n  - c", [(3, 3, "# note")]),
        ("a: 'b' # note", [(1, 8, "# note")]),
        ("a: [b, 'c # d'] # note", [(1, 17, "# note")]),
        ("a: b # one # note", [(1, 6, "# one # note")]),
        ("a: > # note\n  b", [(1, 6, "# note")]),
        ("a: |\n  b\n# note\nc: d", [(3, 1, "# note")]),
        ('a: "é\U0001f600" # note', [(1, 9, "# note")]),
        ("a: b\t# note", [(1, 6, "# note")]),
    ],
)
def test_a_comment_is_found_with_its_place(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("ending", ["", "\n&x y: z"], ids=["by its lines", "by the parser"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [b]\nc: 'd # note' # note", [(2, 15, "# note")]),
        ("a:\n  - |-\n    b # note\n  # note\n  - c # note", [(4, 3, "# note"), (5, 7, "# note")]),
        ("a: > # note\n  # note\n\nb: c", [(1, 6, "# note")]),
        ("a: b\n  c # note\nd: 'e' # note", [(2, 5, "# note"), (3, 8, "# note")]),
    ],
)
def test_it_does_not_matter_how_the_file_is_read(text: str, expected: list[tuple[int, int, str]], ending: str) -> None:
    assert found(text + ending) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: 'b # note'",
        'a: "b # note"',
        "a: 'b\n  # note\n  c'",
        'a: "b\n  c # note"',
        "a: >-\n  b\n  # note\n  c",
        "a: |\n  b # note\n\nc: d",
        "a: b#note",
        "'a # note': b",
        "a: 'one # note' # other",
        "a: note # other",
        "a: [ # note",
    ],
)
def test_text_is_no_comment_nor_is_one_in_a_file_that_cannot_be_read(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: [" + "'b # note', " * 8_000 + "c]",
        "a: " + "# " * 400_000 + "note",
        "a: " + " " * 900_000 + "# note",
        "[" * 100_000 + " # note",
    ],
    ids=["texts", "signs", "blanks", "deep"],
)
def test_a_hostile_file_is_looked_through_in_a_second(text: str) -> None:
    begun = time.process_time()
    found(text)
    assert time.process_time() - begun < 1
