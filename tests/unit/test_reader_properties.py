"""Whatever the bytes, the reader answers with diagnostics at places that exist, never with an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rolebook.loading import read_source
from rolebook.model.kinds import KINDS
from rolebook.source import Mapping, Node, Scalar, Sequence, Source, read

YAML_LIKE = st.lists(
    st.sampled_from(
        [
            *"abc:-[]{}#&*!|>'\"%@`,?~\\ \n\t",
            "\r\n",
            ": ",
            "- ",
            "\n  ",
            "\n- ",
            "name: ",
            "steps:\n",
            "é",
            "😀",
            "\u202e",
            "---\n",
        ]
    ),
    max_size=60,
).map("".join)


def spans(node: Node) -> list[tuple[int, int, int, int]]:
    """The places of a node and of all that it holds."""
    match node:
        case Scalar():
            return [node.span[1:]]
        case Sequence():
            return [node.span[1:], *(span for item in node.items for span in spans(item))]
        case Mapping():
            inner = [span for entry in node.entries for span in (entry.key.span[1:], *spans(entry.value))]
            return [node.span[1:], *inner]


def assert_places_exist(source: Source) -> None:
    places = [fault.span[1:] for fault in source.faults] + (spans(source.root) if source.root else [])
    for line, column, end_line, end_column in places:
        assert 1 <= line <= len(source.lines) + 1
        assert (line, column) <= (end_line, end_column)
        assert column >= 1
        assert line > len(source.lines) or column <= len(source.lines[line - 1]) + 1


@given(st.binary(max_size=200))
def test_any_bytes_give_a_tree_or_faults(data: bytes) -> None:
    source = read("f.yaml", data)
    assert source.root is not None or source.faults
    assert_places_exist(source)


@given(YAML_LIKE)
@settings(max_examples=400)
def test_any_text_of_yaml_characters_gives_a_tree_or_faults(text: str) -> None:
    source = read("f.yaml", text.encode())
    assert source.root is not None or source.faults
    assert_places_exist(source)


@given(YAML_LIKE, st.sampled_from(KINDS))
@settings(max_examples=400)
def test_any_text_read_as_any_kind_of_file_gives_an_entity_or_diagnostics(text: str, kind: object) -> None:
    known = next(candidate for candidate in KINDS if candidate is kind)
    entity, reading = read_source(read("f.yaml", text.encode()), known.type, "some-id", known.title)
    assert entity is not None or reading.diagnostics


@given(
    st.text(
        st.characters(
            codec="utf-8",
            exclude_categories=["Cc", "Cs"],
            exclude_characters="\u2028\u2029\ufeff\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        )
    )
)
def test_text_in_single_quotes_comes_back_letter_for_letter(text: str) -> None:
    source = read("f.yaml", f"a: '{text.replace(chr(39), chr(39) * 2)}'".encode())
    assert isinstance(source.root, Mapping)
    value = source.root.entries[0].value
    assert isinstance(value, Scalar)
    assert value.text == text
