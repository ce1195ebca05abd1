"""Whether two trees say the same, wherever their words stand."""

from rolebook.source import Mapping, Node, Scalar, Sequence


def same(expected: Node, found: Node, *, additions: bool = False) -> bool:
    """Whether a tree says what is expected; with `additions`, entries may have come in between."""
    match expected, found:
        case Scalar(), Scalar():
            return expected.plain == found.plain and expected.text == found.text
        case Sequence(), Sequence():
            return _in_order(_items(expected), _items(found), additions)
        case Mapping(), Mapping():
            return expected.refused == found.refused and _in_order(_pairs(expected), _pairs(found), additions)
        case _:
            return False


def _items(node: Sequence) -> list[tuple[str, Node]]:
    return [("", item) for item in node.items]


def _pairs(node: Mapping) -> list[tuple[str, Node]]:
    return [(str(entry.key), entry.value) for entry in node.entries]


def _in_order(expected: list[tuple[str, Node]], found: list[tuple[str, Node]], additions: bool) -> bool:
    """Whether the entries expected are those found, in their order, additions aside."""
    position = 0
    for key, node in found:
        if position < len(expected):
            wanted, before = expected[position]
            if wanted == key and same(before, node, additions=additions):
                position += 1
                continue
        if not additions:
            return False
    return position == len(expected)
