"""A language that pages are printed in: our words in it, and how days, numbers and amounts are written.

A file of one maps what the templates say in English to what they are to say. It is read like any other file: by our
own reader, which runs nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from rolebook.rendering.fault import TemplateFault
from rolebook.source import Mapping as Keys
from rolebook.source import Node, Scalar, Sequence, Span, read

_GAP = re.compile(r"%\((\w+)\)s|\{(\w+)\}|%%|(%)")
"""A gap in a text that something is put into, a percent sign, or one that would make a gap by mistake."""
_NO_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_PATTERNS = ("day", "month", "money")
_MARKS = ("thousands", "decimal")


@dataclass(frozen=True, slots=True)
class Language:
    """A language: `words` by their English, each in one form or in two, for one and for several.

    `day`, `month` and `money` are patterns; `thousands` and `decimal` what stands between digits.
    """

    name: str = "English"
    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    money: str = "{currency}{gap}{amount}"
    thousands: str = ","
    decimal: str = "."
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_WORDS)

    def say(self, text: str) -> str:
        """Words in this language; in English where it has none for them."""
        return self.words[text][0] if text in self.words else text

    def count(self, one: str, several: str, number: int) -> str:
        """The words for so many: of two in English, or of two in this language, which are found by the first."""
        forms = self.words.get(one, ())
        first, last = (forms[0], forms[-1]) if forms else (one, several)
        return first if number == 1 else last


ENGLISH = Language()


def read_language(path: str, data: bytes, over: Language) -> Language:
    """The language in a file at `path`, which leaves what it does not say as in `over`; TemplateFault for mistakes."""
    source = read(path, data)
    for wrong in source.faults:
        raise _fault(wrong.span, wrong.message)
    if not isinstance(source.root, Keys):
        raise _fault(Span.of_file(path), "a language consists of keys with values, 'words' among them")
    values: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = dict(over.words)
    for key, node in source.root.entries:
        if key == "words":
            if not isinstance(node, Keys):
                raise _fault(node.span, "'words' has a key for each text in English, and behind it the text to say")
            for english, said in node.entries:
                words[str(english)] = _forms(english, said)
        elif key in ("name", *_PATTERNS, *_MARKS) and isinstance(node, Scalar):
            values[str(key)] = _pattern(over, key, node) if key in _PATTERNS else str(node.text)
        else:
            parts = ", ".join(("name", *_PATTERNS, *_MARKS, "words"))
            raise _fault(key.span, f"'{key}' is no part of a language, which has {parts}")
    return replace(over, **values, words=MappingProxyType(words))


def _forms(english: str, node: Node) -> tuple[str, ...]:
    nodes = node.items if isinstance(node, Sequence) else (node,)
    if not 1 <= len(nodes) <= 2:
        raise _fault(node.span, f"'{english}' takes one text, or two: for one and for several")
    return tuple(_form(english, form) for form in nodes)


def _form(english: str, node: Node) -> str:
    if not isinstance(node, Scalar) or not node.text.strip():
        raise _fault(node.span, f"'{english}' needs a text in this language")
    strange = _gaps(node.text) - _gaps(english)
    if strange:
        raise _fault(node.span, f"'{min(strange)}' is not in the English text")
    if "{" in english and {"{", "}"} & {*_GAP.sub("", node.text)}:
        raise _fault(node.span, f"braces stand around names only, as in the English text '{english}'")
    return str(node.text)


def _pattern(over: Language, key: str, node: Scalar) -> str:
    gaps, rest = _gaps(getattr(over, key)), str(node.text)
    for gap in gaps:
        rest = rest.replace(gap, "")
    if {"{", "}"} & {*rest}:
        raise _fault(node.span, f"'{key}' is written like '{getattr(over, key)}'")
    return str(node.text)


def _gaps(text: str) -> set[str]:
    return {match[0] for match in _GAP.finditer(text) if match[0] != "%%"}


def _fault(span: Span, message: str) -> TemplateFault:
    return TemplateFault(f"{span.path}:{span.line}:{span.column}: {message}")
