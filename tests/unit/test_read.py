"""YAML text to a tree: places are exact, text stays as written, and faults are told in plain words."""

import pytest

from rolebook.source import Mapping, Scalar, Sequence, Source, Span, read


def source(text: str | bytes) -> Source:
    return read("f.yaml", text.encode() if isinstance(text, str) else text)


def mapping(text: str) -> Mapping:
    root = source(text).root
    assert isinstance(root, Mapping)
    return root


def scalar(text: str) -> Scalar:
    """The value of the only key in `text`."""
    value = mapping(text).entries[0].value
    assert isinstance(value, Scalar)
    return value


@pytest.mark.parametrize(
    ("text", "value", "place"),
    [
        ("a: b", "b", (1, 4, 1, 5)),
        ("a:   'b c'", "b c", (1, 6, 1, 11)),
        ("é😀: x", "x", (1, 5, 1, 6)),
        ("\ufeffa: b", "b", (1, 4, 1, 5)),
        ("# above\r\na: b\r\n", "b", (2, 4, 2, 5)),
        ("a:\n  b\n  c", "b c", (2, 3, 3, 4)),
        ("a: no", "no", (1, 4, 1, 6)),
        ("a: 3.10", "3.10", (1, 4, 1, 8)),
        ("a: 12:30", "12:30", (1, 4, 1, 9)),
        ("a: 0777", "0777", (1, 4, 1, 8)),
        ("a: 2026-02-30", "2026-02-30", (1, 4, 1, 14)),
    ],
)
def test_text_stays_as_written_and_knows_its_place(text: str, value: str, place: tuple[int, int, int, int]) -> None:
    found = scalar(text).text
    assert (found, found.span) == (value, Span("f.yaml", *place))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: one two", (1, 8, 1, 11)),
        ("a: 'one two'", (1, 9, 1, 12)),
        ('a: "one two"', (1, 9, 1, 12)),
        ("a: 'one tw''o'", (1, 4, 1, 15)),
        ("a: |\n  one two\n", (1, 4, 3, 1)),
    ],
)
def test_a_word_within_a_text_has_its_own_place_where_it_stands_letter_for_letter(
    text: str, place: tuple[int, int, int, int]
) -> None:
    found = scalar(text).text
    assert found.part(4, 7) == Span("f.yaml", *place)


def test_lists_and_mappings_span_what_they_hold() -> None:
    root = mapping("a:\n  - b: 1\n    c: 2\n  - d\n\n# end\n")
    items = root.entries[0].value
    assert isinstance(items, Sequence)
    assert items.span == Span("f.yaml", 2, 3, 4, 6)
    assert items.items[0].span == Span("f.yaml", 2, 5, 3, 9)
    assert root.span == Span("f.yaml", 1, 1, 4, 6)


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_nothing_written_is_told_from_text(nothing: str) -> None:
    assert scalar(f"a: {nothing}").absent
    assert not scalar(f"a: '{nothing}'").absent


BROKEN = {
    "a comment in braces": ("a: {b: #00594f}\nc: d\n", 1, "a comment begins here, which hides the closing bracket"),
    "a comment in a list": (
        "a: [b, 'c #d', #e]\ng: h\n",
        1,
        "a comment begins here, which hides the closing bracket",
    ),
    "no comment in a list": ("a: ['b #c]', d\ne: f\n", 1, "a list in brackets is opened here and not closed"),
    "an open quote": ("a: 'x\nb: y\n", 1, "a quotation mark is opened here and never closed"),
    "a colon in text": ("name: Foo: bar\n", 1, "a second colon in this line splits its text"),
    "a tab": ("a:\n\t- b\n", 2, "a tab stands where spaces must"),
    "a tab between": ("a:\n  - b\n\t- c\n", 3, "a tab stands where spaces must"),
    "a star": ("a: **bold** text\n", 1, "a text cannot begin with '*'"),
    "an open bracket": ("a: [b, c\nd: e\n", 1, "a list in brackets is opened here"),
    "an open brace": ("a: {b: c\nd: e\n", 1, "a brace is opened here"),
    "text behind quotes": ('a: "b" c\n', 1, "text goes on behind its closing quotation mark"),
    "a greater-than sign": ("a: >5 minutes\n", 1, "a text cannot begin with '>' or '|'"),
    "an at sign": ("a: @team\n", 1, "a text cannot begin with this character"),
    "a percent sign": ("a: %done\n", 1, "a text cannot begin with this character"),
    "a backslash": ('a: "C:\\dir"\n', 1, "a backslash stands between double quotation marks"),
    "an item out of line": ("a:\n   - b\n  - c\n", 3, "this '-' does not stand below the other ones"),
    "text behind quotes in a list": (
        'a:\n  - "Closed" is the state.\n',
        2,
        "text goes on behind its closing quotation",
    ),
    "an apostrophe in quotes": ("a:\n  - 'the user's notice'\n", 2, "text goes on behind its closing quotation"),
    "text behind a bracket": ("a:\n  - [Optional] Send it.\n", 2, "text goes on behind a closing bracket"),
    "a key without a space": ("- id:confirm\n  name: Confirm\n", 1, "a colon has no space behind it"),
    "a key without a space below another": ("a: b\nc:d\n", 2, "a colon has no space behind it"),
    "a dash without a space": ("a:\n  - b\n  -c\n  - d\n", 3, "a '-' has no space behind it"),
    "another sign for a dash": ("a:\n  - b\n  • c\n  - d\n", 3, "this sign does not begin an item of a list"),
    "a long dash for a dash": ("a:\n  - b\n  – c\n  - d\n", 3, "this sign does not begin an item of a list"),
    "curved quotation marks": ("a: “One task: to help.”\n", 1, "between curved quotation marks"),
    "a colon in a text behind a key of a list": ("a:\n  - b: One task: to help.\n", 2, "a second colon in this line"),
    "a key between two columns": ("a:\n  - b: c\n   d: e\n", 3, "neither below the keys above it nor below those"),
    "a key that is too deep": ("a: b\n  c: d\n", 2, "this key is indented deeper than the one above it"),
    "a space from a word processor": ("a: b\nc:\u00a0d\n", 2, "an invisible special space"),
    "a line without a key": ("a: b\nc\nd: e\n", 2, ""),
    "a list item behind a key": ("a: - b\n", 1, "a list item ('- ') stands where none can"),
    "a merge conflict": ("a: b\n<<<<<<< HEAD\nc: d\n", 2, "a merge conflict was left unresolved"),
    "HTML": ("\n<!DOCTYPE html>\n", 2, "this is HTML or XML, not YAML"),
    "JSON": ('{"a": 1}', 1, "this is JSON, not YAML"),
    "a pointer file": ("version https://git-lfs.github.com/spec/v1\noid x\n", 1, "this is a pointer of Git LFS"),
    "nothing": ("", 1, "the file is empty"),
    "only a comment": ("# to do\n", 1, "the file is empty"),
}


@pytest.mark.parametrize(("text", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_told_in_plain_words_at_its_line(text: str, line: int, message: str) -> None:
    found = source(text)
    assert found.root is None
    assert [(fault.name, fault.span.line) for fault in found.faults] == [("broken-yaml", line)]
    assert message in found.faults[0].message
    assert found.faults[0].help


REFUSED = {
    "an anchor": ("a: &x b\n", (1, 4), "'&x' is an anchor"),
    "an alias": ("a: b\nc: *x\n", (2, 4), "'*x' is an alias"),
    "a merge": ("a:\n  <<: {b: c}\n", (2, 3), "'<<' is a merge"),
    "a tag": ("a: !!python/object/apply:os.system [id]\n", (1, 4), "a tag of YAML"),
    "a second document": ("a: b\n---\nc: d\n", (2, 1), "a second document"),
    "a directive": ("%YAML 1.2\n---\na: b\n", (1, 1), "a directive of YAML"),
    "a list as a key": ("? [a]\n: b\n", (1, 3), "where a key should"),
    "a template as a value": ("a: {{ b }}\n", (1, 5), "where a key should"),
    "a bottomless pit": ("[" * 100_000, (1, 51), "more than 50 deep"),
}


@pytest.mark.parametrize(("text", "place", "message"), REFUSED.values(), ids=REFUSED)
def test_what_a_handbook_does_without_is_refused_at_its_place(text: str, place: tuple[int, int], message: str) -> None:
    (fault,) = source(text).faults
    assert (fault.name, fault.span[1:3]) == ("refused-yaml", place)
    assert message in fault.message


def test_an_alias_bomb_is_refused_without_being_unfolded() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert {fault.name for fault in source("\n".join(lines)).faults} == {"refused-yaml"}


UNREADABLE = {
    "UTF-16": ("a: b".encode("utf-16"), (1, 1), "UTF-16"),
    "Latin-1": ("a: b\nc: é".encode("latin-1"), (2, 4), "not UTF-8"),
    "NUL": (b"a: b\0", (1, 5), "U+0000"),
    "an escape": (b"a: \x1b[31m", (1, 4), "U+001B"),
    "a line separator": ("a: b\u2028c".encode(), (1, 5), "U+2028"),
    "a large file": (b"a: " + b"x" * 1_000_000, (1, 1), "1.0 MB"),
}


@pytest.mark.parametrize(("data", "place", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_plain_text_is_called_what_it_is(data: bytes, place: tuple[int, int], message: str) -> None:
    found = source(data)
    (fault,) = found.faults
    assert (found.root, fault.name, fault.span[1:3]) == (None, "unreadable-file", place)
    assert message in fault.message


def test_a_key_that_stands_twice_is_seen_with_both_places() -> None:
    (fault,) = source("a: 1\nb: 2\na: 3\n").faults
    assert (fault.name, fault.span) == ("duplicate-key", Span("f.yaml", 3, 1, 3, 2))
    assert fault.related == ((Span("f.yaml", 1, 1, 1, 2), "'a' stands here already"),)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a:\n  - Do this.\n    - Do that.\n", [(3, 5)]),
        ("a:\n  -Do this.\n  - Do that.\n  - Rest.\n", [(2, 3), (3, 3), (4, 3)]),
        ("a: one\n  -two\n", [(2, 3)]),
        ("a:\n  - Do this\n    and that.\n  - Rest.\n", []),
        ("a:\n  - Between 2\n    -3 and 4\n", []),
        ("a: -5\n", []),
        ("a: >-\n  one\n  - two\n", []),
    ],
)
def test_a_list_item_that_has_become_part_of_a_text_is_noticed(text: str, places: list[tuple[int, int]]) -> None:
    found = source(text).faults
    assert [(fault.name, fault.span[1:3]) for fault in found] == [("glued-lines", place) for place in places]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a: see ticket #42\n", ["text-cut-short"]),
        ("- see ticket #42 and #43\n", ["text-cut-short"]),
        ("a: see ticket # a comment\n", []),
        ("a: 'see ticket #42'\n", []),
        ("a: see ticket#42\n", []),
        ("a: b # see #42\n", []),
        ("a: |\n  see ticket #42\n", []),
    ],
)
def test_text_lost_behind_a_number_sign_is_noticed(text: str, faults: list[str]) -> None:
    assert [fault.name for fault in source(text).faults] == faults
