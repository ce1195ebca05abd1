"""An edit changes the characters of its span and no others, is written as its place demands, or is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolebook.diagnostic import Edit
from rolebook.editing.text.refusal import CannotEdit
from rolebook.editing.text.rewriting import rewritten
from rolebook.editing.text.scalars import values_of
from rolebook.source import Span, Text, read

PATH = "raci/roles/agent.yaml"


def values(data: bytes) -> list[Text]:
    source = read(PATH, data)
    assert source.root is not None, source.faults
    return list(values_of(source.root))


def replaced(data: bytes, old: str, new: str) -> bytes:
    """The file after the value `old` was replaced as a whole."""
    value = next(value for value in values(data) if value == old)
    return rewritten(PATH, data, [Edit(value.span, new)])


def renamed(data: bytes, value: str, old: str, new: str) -> bytes:
    """The file after the words `old` in a value were replaced."""
    found = next(text for text in values(data) if text == value)
    start = found.index(old)
    return rewritten(PATH, data, [Edit(found.part(start, start + len(old)), new)])


def inserted(data: bytes, line: int, lines: str) -> bytes:
    return rewritten(PATH, data, [Edit(Span(PATH, line, 1, line, 1), lines)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a: old # why\n", b"a: new # why\n"),
        (b"a:   old\r\nb: 1\r\n", b"a:   new\r\nb: 1\r\n"),
        (b"\xef\xbb\xbfa: old\r", b"\xef\xbb\xbfa: new\r"),
        (b"a: 'old'", b"a: 'new'"),
        (b'a: "old" # "old"\n', b'a: "new" # "old"\n'),
        (b"old: {R: b}\n", b"new: {R: b}\n"),
        (b"a: [x, old , y]\n", b"a: [x, new , y]\n"),
        ("a: {é: '😀', b: old}\n".encode(), "a: {é: '😀', b: new}\n".encode()),
        (b"- old\n-   'it''s'\n", b"- new\n-   'it''s'\n"),
    ],
)
def test_a_value_is_replaced_where_it_stands(before: bytes, after: bytes) -> None:
    assert replaced(before, "old", "new") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a: the old one\n", b'a: the "owner\'s" \\ one\n'),
        (b"a: 'the old one'\n", b"a: 'the \"owner''s\" \\ one'\n"),
        (b'a: "the old one"\n', b'a: "the \\"owner\'s\\" \\\\ one"\n'),
    ],
)
def test_words_within_a_text_are_escaped_as_it_is_quoted(before: bytes, after: bytes) -> None:
    assert renamed(before, "the old one", "old", '"owner\'s" \\') == after


@pytest.mark.parametrize("written", ["a: b", "a #b", "[a", "null", "", "- a", "*a", "a:", "'a"])
def test_what_could_not_stand_without_quotes_is_refused(written: str) -> None:
    with pytest.raises(CannotEdit, match="read as something else"):
        replaced(b"a: old\nb: 1\n", "old", written)


@pytest.mark.parametrize("written", ["a, b", "a]", "{a"])
def test_what_would_split_a_list_in_brackets_is_refused(written: str) -> None:
    with pytest.raises(CannotEdit, match="read as something else"):
        replaced(b"a: [old, c]\n", "old", written)


def test_a_key_cannot_become_one_that_is_there_already() -> None:
    with pytest.raises(CannotEdit, match="read as something else"):
        replaced(b"a: 1\nold: 2\n", "old", "a")


@pytest.mark.parametrize("before", [b"a: |\n  old text\n", b"a: >\n  old text\n"])
def test_a_text_on_lines_of_its_own_is_left_to_its_author(before: bytes) -> None:
    value = values(before)[1]
    with pytest.raises(CannotEdit, match="lines of its own"):
        rewritten(PATH, before, [Edit(value.span, "new")])


def test_new_words_of_several_lines_are_refused() -> None:
    with pytest.raises(CannotEdit, match="one line"):
        replaced(b"a: 'old'\n", "old", "new\nwords")


def test_an_edit_in_a_file_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(CannotEdit, match="cannot be read"):
        rewritten(PATH, b"a: [\n", [Edit(Span(PATH, 1, 1, 1, 2), "b")])


@pytest.mark.parametrize(
    "span", [(1, 1, 2, 2), (9, 1, 9, 1), (1, 7, 1, 9), (1, 3, 1, 4)], ids=["two values", "no line", "no column", "gap"]
)
def test_an_edit_at_a_place_that_holds_no_value_is_refused(span: tuple[int, int, int, int]) -> None:
    with pytest.raises(CannotEdit, match="place"):
        rewritten(PATH, b"a:  1\nb: 2\n", [Edit(Span(PATH, *span), "x")])


def test_edits_of_one_text_are_made_together() -> None:
    value = values(b"a: 'one two one'\n")[1]
    edits = [Edit(value.part(8, 11), "it's"), Edit(value.part(0, 3), "three")]
    assert rewritten(PATH, b"a: 'one two one'\n", edits) == b"a: 'three two it''s'\n"


def test_edits_of_the_same_words_are_refused() -> None:
    value = values(b"a: old\n")[1]
    with pytest.raises(CannotEdit, match="another repair"):
        rewritten(PATH, b"a: old\n", [Edit(value.span, "x"), Edit(value.span, "y")])


@pytest.mark.parametrize(
    ("before", "line", "after"),
    [
        (b"a: 1\nb: 2\n", 2, b"a: 1\nc: 3\nb: 2\n"),
        (b"a: 1\r\nb: 2\r\n", 3, b"a: 1\r\nb: 2\r\nc: 3\r\n"),
        (b"a: 1\rb: 2\r", 2, b"a: 1\rc: 3\rb: 2\r"),
        (b"a: 1\nb: 2", 3, b"a: 1\nb: 2\nc: 3"),
        (b"a: 1\r\nb: 2", 3, b"a: 1\r\nb: 2\r\nc: 3"),
        (b"\xef\xbb\xbfa: 1 # one\n# end", 2, b"\xef\xbb\xbfa: 1 # one\nc: 3\n# end"),
        (b"a: 1", 2, b"a: 1\nc: 3"),
    ],
)
def test_lines_are_inserted_with_the_line_ends_of_the_file(before: bytes, line: int, after: bytes) -> None:
    assert inserted(before, line, "c: 3\n") == after


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (b"a:\n  - one\n  - two\n", 2),
        (b"a: 'one\n  two'\n", 2),
        (b"a: |\n  one\n  two\n", 3),
        (b"a: [one,\n  two]\n", 2),
        (b"c: 1\n", 2),
    ],
)
def test_lines_that_would_change_what_stands_there_are_refused(before: bytes, line: int) -> None:
    with pytest.raises(CannotEdit, match="read as something else"):
        inserted(before, line, "c: 3\n")


def test_words_are_not_inserted_within_a_line() -> None:
    with pytest.raises(CannotEdit, match="whole lines"):
        rewritten(PATH, b"a: 1\n", [Edit(Span(PATH, 1, 4, 1, 4), "2")])


WORDS = st.text(st.sampled_from("ab é😀'\"\\#:,[]{}-*&!|>%@`?~\n\r\t"), max_size=12)
PLAIN = st.text(st.sampled_from("abcé😀 "), min_size=1, max_size=8).map(lambda words: f"x{words}x")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file with values in every style, comments, odd spaces and any line end."""

    def single() -> str:
        words = draw(PLAIN)
        return draw(st.sampled_from([words, f"'{words}'", f'"{words}"', f"'it''s {words}'", f'"\\"{words}\\t"']))

    lines: list[str] = []
    for number in range(draw(st.integers(1, 4))):
        key = draw(st.sampled_from([f"k{number}", f"'k{number}'", f'"k{number}"']))
        value = draw(st.sampled_from(["single", "flow", "list", "keys"]))
        space = " " * draw(st.integers(1, 3))
        comment = draw(st.sampled_from(["", " # why", "  # 'it' \"is\" so"]))
        match value:
            case "single":
                lines.append(f"{key}:{space}{single()}{comment}")
            case "flow":
                lines.append(f"{key}:{space}[{single()},{space}{single()} ]{comment}")
            case "list":
                lines += [f"{key}:{comment}", f"  -{space}{single()}", f"  # {comment}", f"  - {single()}{comment}"]
            case "keys":
                lines += [f"{key}: {{ a: {single()}, b: {single()} }}{comment}", ""]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join(lines) + draw(st.sampled_from(["", end, end * 2]))
    return draw(st.sampled_from([b"", b"\xef\xbb\xbf"])) + text.encode()


def characters(data: bytes, span: Span) -> tuple[str, str]:
    """What stands before and behind a span of one line."""
    text = data.decode("utf-8")
    offset = span.column - 1 + text.startswith("\ufeff") * (span.line == 1)
    lines = text.replace("\r\n", "\0\n").replace("\r", "\n").replace("\0\n", "\r\n").split("\n")
    before = sum(len(line) + 1 for line in lines[: span.line - 1]) + offset
    return text[:before], text[before + span.end_column - span.column :]


@settings(max_examples=500)
@given(files(), st.data())
def test_whatever_the_file_and_the_words_only_the_span_changes(data: bytes, draw: st.DataObject) -> None:
    before = values(data)
    position = draw.draw(st.integers(0, len(before) - 1))
    value, words = before[position], draw.draw(WORDS)
    start, end = sorted(draw.draw(st.tuples(*[st.integers(0, len(value))] * 2)))
    is_part = value.inset is not None and start < end and draw.draw(st.booleans())
    span = value.part(start, end) if is_part else value.span
    try:
        changed = rewritten(PATH, data, [Edit(span, words)])
    except CannotEdit:
        return
    expected = value[:start] + words + value[end:] if is_part else words
    assert [str(text) for text in values(changed)] == [*before[:position], expected, *before[position + 1 :]]
    head, tail = characters(data, span)
    assert changed.decode().startswith(head)
    assert changed.decode().endswith(tail)
