"""How a key, or one more item of its list, is written into a text: in the style of what stands there."""

from collections.abc import Iterator
from collections.abc import Sequence as List

from rolebook.editing.text.amendment import Addition
from rolebook.editing.text.extent import last_line
from rolebook.editing.text.places import Places
from rolebook.editing.text.refusal import CannotEdit
from rolebook.source import Mapping, Node, Scalar, Sequence

Replacement = tuple[int, int, str]


def additions(root: Node, wanted: List[Addition], places: Places, lines: List[str]) -> Iterator[Replacement]:
    """The replacements that write additions into a file."""
    for addition in wanted:
        mapping = next((node for node in _mappings(root) if node.span == addition.span), None)
        if mapping is None or not mapping.entries:
            raise CannotEdit("there are no keys to which one could be added")
        entry = next((entry for entry in mapping.entries if entry.key == addition.key), None)
        if entry:
            yield from _item(entry.value, addition.words, places)
        else:
            yield _key(mapping, addition, places, lines)


def _mappings(node: Node) -> Iterator[Mapping]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _mappings(item)
    elif isinstance(node, Mapping):
        yield node
        for entry in node.entries:
            yield from _mappings(entry.value)


def _item(node: Node, words: str, places: Places) -> Iterator[Replacement]:
    """One more item of a list; a single value becomes a list in brackets."""
    start, end = places.stretch(node.span)
    if isinstance(node, Scalar):
        yield start, start, "["
        yield end, end, f", {words}]"
        return
    if isinstance(node, Mapping) or not node.items:
        raise CannotEdit("there is no list that could be added to")
    last = node.items[-1].span
    if node.flow:
        start = places.stretch(last)[1]
        yield start, start, f", {words}"
    else:
        start = places.offset(last.end_line + 1, 1)
        yield start, start, places.insertion(start, f"{' ' * (node.span.column - 1)}- {words}\n")


def _key(mapping: Mapping, addition: Addition, places: Places, lines: List[str]) -> Replacement:
    anchor = mapping.entries[addition.anchor(mapping)]
    written = f"{addition.key}: {addition.words}"
    if places.text[places.stretch(mapping.span)[0]] == "{":
        behind = places.stretch(anchor.value.span)[1]
        return behind, behind, f", {written}"
    below = places.offset(last_line(anchor.value.span, lines) + 1, 1)
    return below, below, places.insertion(below, f"{' ' * (mapping.span.column - 1)}{written}\n")
