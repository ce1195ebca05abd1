"""Text with positions: the only layer that knows YAML."""

from rolebook.source.read import read
from rolebook.source.span import Span, Text
from rolebook.source.tree import ABSENT, Entry, Fault, Mapping, Node, Scalar, Sequence, Source

__all__ = ["ABSENT", "Entry", "Fault", "Mapping", "Node", "Scalar", "Sequence", "Source", "Span", "Text", "read"]
