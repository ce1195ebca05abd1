"""What is gathered while a file is read, and how it is told in the author's words."""

import re

from rolebook.diagnostic import READING, Diagnostic, Finding, Related
from rolebook.loading.declaration import AnyOf, Keys, Many, One, Shape, declaration
from rolebook.loading.scalars import describe
from rolebook.model.handbook import Reference
from rolebook.source import Fault, Mapping, Node, Scalar, Sequence, Span, Text
from rolebook.source.quoting import quoted

_LAST = 2**31
_NUMBER = re.compile(r"[\d.,]*\d[\d.,]*")


class Unreadable:
    """Stands for a value that could not be read; what holds it does without."""


UNREADABLE = Unreadable()
NOTHING = Text("", Span.of_file(""))


class Reading:
    """What is gathered while one file is read: diagnostics, places where something was lost, references, prose.

    `home` is the id of the file's entity, `title` what its kind of file is called.
    """

    def __init__(self, path: str, home: str, title: str) -> None:
        self.path = path
        self.home = home
        self.title = title
        self.diagnostics: list[Diagnostic] = []
        self.lost: list[Span] = []
        self.ids_lost = False
        """Whether something with an id may stand in the file unread."""
        self.references: list[Reference] = []
        self.texts: list[Text] = []

    def report(self, rule: str, span: Span, message: str, help: str, lost: Span | None = None) -> None:
        """Report a finding of family 0; where it is an error, what stands at `lost` (or `span`) counts as lost."""
        diagnostic = Diagnostic(READING[rule], Finding(span, message, help))
        self.diagnostics.append(diagnostic)
        if diagnostic.is_error:
            self.lost.append(lost or span)


def report_fault(reading: Reading, fault: Fault) -> None:
    """Report what is wrong with a file as it is written; behind it, something with an id may stand unread."""
    related = tuple(Related(span, why) for span, why in fault.related)
    diagnostic = Diagnostic(READING[fault.name], Finding(fault.span, fault.message, fault.help, related))
    reading.diagnostics.append(diagnostic)
    if diagnostic.is_error:
        reading.lost.append(fault.span)
        reading.ids_lost |= fault.name != "glued-lines"


def all_of(path: str) -> Span:
    """The span of a whole file, however long it is."""
    return Span(path, 1, 1, _LAST, 1)


def wants(shape: Shape) -> str:
    """What a value of this shape is, in the author's words."""
    match shape:
        case One(type=scalar):
            return describe(scalar)
        case Many(item=Keys(type=cls)):
            return f"a list of entries with the keys {_listed(declaration(cls).keys)}"
        case Many(item=item):
            return f"{wants(item)}; or a list of them"
        case Keys(type=cls):
            return f"the keys {_listed(declaration(cls).keys)} below it"
        case AnyOf(shapes=shapes):
            return "; or ".join(wants(part) for part in shapes)


def _listed(keys: tuple[str, ...]) -> str:
    shown = ", ".join(keys[:6])
    return f"{shown}, …" if len(keys) > 6 else shown


def call(node: Node) -> str:
    """What a node is, in the author's words."""
    match node:
        case Scalar():
            return "nothing" if node.absent else "a number" if _NUMBER.fullmatch(node.text) else "text"
        case Sequence():
            return "a list"
        case Mapping():
            return "keys with values"


def where(reading: Reading, key: str) -> str:
    """The place that a key names: the key, or the whole file where there is none."""
    return quoted(key) if key else f"the {reading.title}"


def visible(span: Span) -> Span:
    """A span that carets can point at: one character where nothing is written."""
    return span if span[1:3] != span[3:5] else span._replace(end_column=span.column + 1)


def beginning(span: Span) -> Span:
    """A span that carets can point at: the first character where several lines are meant."""
    return span if span.line == span.end_line else Span(span.path, span.line, span.column, span.line, span.column + 1)
