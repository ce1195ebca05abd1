"""YAML text to a tree with places, through the parser's events: nothing is resolved, composed or run."""

from itertools import islice
from typing import Any

import yaml

from rolebook.source.quoting import quoted
from rolebook.source.silent import CUT_SHORT, beginning, cut_short, escaped, glued
from rolebook.source.span import Span, Text
from rolebook.source.tree import Entry, Fault, Mapping, Node, Scalar, Sequence, Source

_tuple: Any = tuple.__new__
_text: Any = str.__new__
"""What makes a span and a text without a call of Python in between; half of the time of reading goes into them."""

MAX_DEPTH = 50
MAX_NODES = 50_000
MAX_FAULTS = 1_000
"""So much may be wrong with a file that is read to its end."""
PARSER_FAILS = (yaml.YAMLError, ValueError)
Parser: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""Used for its events alone: libyaml's where it is there, else PyYAML's own."""


def read_events(path: str, text: str, lines: tuple[str, ...]) -> Source:
    """As `read`, of a text with these lines, through the parser's events."""
    builder = _Builder(path, lines)
    try:
        root = builder.build(Parser(text))
    except PARSER_FAILS as error:
        root = None
        builder.faults.append(_broken(path, lines, error))
    if isinstance(root, Scalar) and root.plain and not root.text:
        root = None
    if root is None and not builder.faults:
        message = "the file is empty"
        builder.faults.append(
            Fault("broken-yaml", Span.of_file(path), message, "Write its content, or delete the file.")
        )
    return Source(path, root, tuple(builder.faults), lines)


def _broken(path: str, lines: tuple[str, ...], error: BaseException) -> Fault:
    from rolebook.source.closer import look_closer  # only a broken file needs them
    from rolebook.source.complaints import complaint

    words = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part)
    plain = complaint(words)
    mark = getattr(error, "problem_mark", None)
    if plain.at_beginning:
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Fault("broken-yaml", Span.of_file(path), plain.message, plain.help)
    line = min(mark.line, len(lines) - 1)
    column = min(mark.column, len(lines[line]))
    plain, line, column = look_closer(plain, lines, line, column)
    return Fault("broken-yaml", Span(path, line + 1, column + 1, line + 1, column + 2), plain.message, plain.help)


class _Open:
    """A list or mapping that is still being read."""

    __slots__ = ("children", "flow", "is_mapping", "key", "keys", "refused", "start")

    def __init__(self, start: Any, is_mapping: bool, flow: bool) -> None:
        self.start = start
        self.is_mapping = is_mapping
        self.flow = flow
        self.children: list[Any] = []
        self.key: Text | bool | None = False
        """The key that waits for its value; None for one that was refused, False between entries."""
        self.keys: dict[str, Text] = {}
        self.refused: list[Text] = []


class _Builder:
    """Puts a tree together from events, and notes what a handbook does without."""

    def __init__(self, path: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.lines = lines
        self.faults: list[Fault] = []
        self.cut_short = {number for number, line in enumerate(lines) if "#" in line and CUT_SHORT.search(line)}
        self.open: list[_Open] = []
        self.root: Node | None = None

    def build(self, parser: Any) -> Node | None:
        nodes = 0
        while True:
            event = parser.get_event()
            if isinstance(event, yaml.ScalarEvent):
                if event.anchor or event.tag:
                    self.refuse_properties(event)
                self.put(self.scalar(event))
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self.refuse_properties(event)
                if len(self.open) == MAX_DEPTH:
                    self.refuse(event, f"lists and keys lie more than {MAX_DEPTH} deep in each other")
                    return None
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                self.open.append(_Open(event.start_mark, is_mapping, bool(event.flow_style)))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.put(self.close(self.open.pop(), event))
            elif event is None or isinstance(event, yaml.StreamEndEvent):
                return self.root
            elif isinstance(event, yaml.AliasEvent):
                self.refuse(
                    event,
                    f"{quoted(f'*{event.anchor}')} is an alias of YAML",
                    "Write the value out; quote a text that begins with '*'.",
                )
                self.put(None)
            elif isinstance(event, yaml.DocumentStartEvent) and not self.begin(event):
                return None
            if len(self.faults) >= MAX_FAULTS:
                self.give_up()
                return None
            nodes += 1
            if nodes > MAX_NODES:
                self.refuse(event, f"the file holds more than {MAX_NODES:,} values")
                return None

    def begin(self, event: Any) -> bool:
        """Begin a document; False where it is not the first."""
        if self.root is not None:
            help = "Keep one document a file: take the line '---' out."
            self.refuse(event, "a second document begins here", help)
            return False
        if event.version or event.tags:
            self.refuse(event, "a line that begins with '%' is a directive of YAML", "Take it out.")
        return True

    def scalar(self, event: Any) -> Any:
        start, end = event.start_mark, event.end_mark
        line, column, end_line, end_column = start.line, start.column, end.line, end.column
        plain = not event.style
        quotes = 0 if plain else 1
        text = _text(Text, event.value)
        text.span = _tuple(Span, (self.path, line + 1, column + 1, end_line + 1, end_column + 1))
        as_written = line == end_line and end_column - column == len(text) + 2 * quotes
        text.inset = quotes if as_written else None
        if event.style == '"' and not text.isprintable() and (fault := escaped(text, self.lines)):
            self.faults.append(fault)
            return None
        if plain and (line != end_line or text[:1] == "-"):
            self.faults += islice(glued(text, self.lines), MAX_FAULTS)
        if plain and end_line in self.cut_short and CUT_SHORT.match(self.lines[end_line], end_column):
            self.faults.append(cut_short(self.path, end, self.lines))
        return _tuple(Scalar, (text, plain))

    def close(self, done: _Open, event: Any) -> Node:
        start = done.start
        end_line, end_column = event.end_mark.line + 1, event.end_mark.column + 1
        if not done.flow and done.children:
            last = done.children[-1]
            last_span = last.value.span if isinstance(last, Entry) else last.span
            end_line, end_column = last_span.end_line, last_span.end_column
        span = Span(self.path, start.line + 1, start.column + 1, end_line, end_column)
        if done.is_mapping:
            return Mapping(tuple(done.children), span, tuple(done.refused))
        return Sequence(tuple(done.children), span, done.flow)

    def put(self, node: Node | None) -> None:
        if not self.open:
            self.root = node
            return
        top = self.open[-1]
        if not top.is_mapping:
            if node is not None:
                top.children.append(node)
        elif top.key is False:
            top.key = self.key(top, node)
        else:
            if isinstance(top.key, Text):
                if node is None:
                    top.refused.append(top.key)
                else:
                    top.children.append(Entry(top.key, node))
            top.key = False

    def key(self, top: _Open, node: Node | None) -> Text | None:
        if not isinstance(node, Scalar):
            if node is not None:
                message = "a list or another key stands where a key should"
                help = "Put a text that begins with '{' or '[' in quotation marks."
                self.faults.append(Fault("refused-yaml", node.span, message, help))
            return None
        key = node.text
        if not key:
            self.note_no_key(key)
            return None
        if key == "<<" and node.plain:
            self.faults.append(Fault("refused-yaml", key.span, "'<<' is a merge of YAML", "Write the keys out."))
            return None
        if key in top.keys:
            related = ((top.keys[key].span, f"{quoted(key)} stands here already"),)
            message = f"{quoted(key)} stands twice"
            self.faults.append(Fault("duplicate-key", key.span, message, "Keep one of the two.", related))
            return None
        top.keys[key] = key
        return key

    def note_no_key(self, key: Text) -> None:
        """Report a key of no letters, unless its tag or anchor is reported already."""
        if not (self.faults and self.faults[-1].span[:3] == key.span[:3]):
            help = "Write it in front of the colon, or take the line out."
            self.faults.append(Fault("refused-yaml", beginning(key.span), "a key is missing here", help))

    def give_up(self) -> None:
        """Report, behind the last of very many faults, that the rest of the file is not read."""
        span = beginning(self.faults[-1].span)
        message = f"the file is not read from here on: {MAX_FAULTS:,} things are wrong with it up to this place"
        self.faults.append(Fault("broken-yaml", span, message, "Mend those that are told above, and check again."))

    def refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            help = "Take it out; quote a text that begins with '&'."
            self.refuse(event, f"{quoted(f'&{event.anchor}')} is an anchor of YAML", help)
        if event.tag is not None:
            help = "Take it out; quote a text that begins with '!'."
            self.refuse(event, "a word that begins with '!' is a tag of YAML", help)

    def refuse(self, event: Any, message: str, help: str = "Write it in a simpler way.") -> None:
        start = event.start_mark
        line = min(start.line, len(self.lines) - 1)
        span = Span(self.path, line + 1, start.column + 1, line + 1, max(start.column + 2, len(self.lines[line]) + 1))
        self.faults.append(Fault("refused-yaml", span, message, help))
