"""Where a role is named that is in use: not where texts of record tell what it once did."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from rolebook.checks.references import retired_reference
from rolebook.model.catalogue import resolved
from rolebook.model.handbook import Handbook, Reference
from rolebook.source import Mapping, Node, Scalar, Sequence, Span, Text
from rolebook.value import value


def living_references(handbook: Handbook, role: str) -> list[Reference]:
    """The references to a role that nobody may leave when it ends: those that RB102 would then report."""
    own = handbook.roles[role]
    ended = replace(own, status=Text("retired", own.id.span), merged_into=None)
    without = replace(handbook, roles=MappingProxyType({**handbook.roles, role: ended}))
    left = {finding.span for finding in retired_reference(without)}
    return [
        reference
        for reference, thing in resolved(handbook)
        if thing and (thing.kind, thing.reference) == ("role", role) and reference.text.span in left
    ]


@value()
class Whereabouts:
    """What a value stands below and beside in its file.

    `keys` are those above it, the outermost first; `entry` is the keys with values that it is one of; `others` are
    the single values of its list without itself.
    """

    keys: tuple[str, ...]
    entry: Span
    listed: Span
    others: tuple[Text, ...]


def whereabouts(root: Node, span: Span) -> Whereabouts:
    """Where the single value at a span stands in its file."""
    way = list(_way(root, span))
    keys = tuple(key for key, _ in way if key)
    entry = next((node.span for _, node in reversed(way) if isinstance(node, Mapping)), root.span)
    beside = way[-1][1].items if way and isinstance(way[-1][1], Sequence) else ()
    others = tuple(item.text for item in beside if isinstance(item, Scalar) and item.span != span)
    return Whereabouts(keys, entry, way[-1][1].span if beside else span, others)


def _way(node: Node, span: Span) -> Iterator[tuple[str, Node]]:
    """The nodes from the outermost inwards that hold a span, each with the key by which it does ("" for a list)."""
    inner: Node | None = None
    if isinstance(node, Sequence):
        inner = next((item for item in node.items if item.span.contains(span)), None)
        yield "", node
    elif isinstance(node, Mapping):
        entry = next((entry for entry in node.entries if entry.value.span.contains(span)), None)
        inner = entry.value if entry else None
        yield str(entry.key) if entry else "", node
    if inner is not None:
        yield from _way(inner, span)
