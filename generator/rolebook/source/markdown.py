"""Markdown text to a tree with places: the few parts that a page knows, none of which can hold HTML of an author.

Alone knows the library that reads Markdown (`docs/decisions/0017-hand-written-pages.md`), and asks it for its events
only: whatever it has no part for in this tree is told as a fault, and stays the text that it is.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from rolebook.source.decode import MARKDOWN, decode, lines_of
from rolebook.source.inline import Element, Inline, Part
from rolebook.source.passages import Place
from rolebook.source.span import Span, Text
from rolebook.source.tree import Fault
from rolebook.value import value

MAX_BYTES = 50_000
"""So much Markdown is read in one go; it is some fifteen printed pages."""
_DEEPEST = 14
"""So deep may lists, which are two deep each, and quotations lie in each other; the library drops what is deeper."""
_BLOCKS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
}
"""The parts of a page that hold others, by the library's name."""
_DEFINITION = re.compile(r"\[[^\[\]]+\]:(?:\s|$)")


@value()
class Heading:
    """A heading of a page: its words without marks, whether they hold a link, and the last line that belongs to it."""

    text: Text
    level: int
    links: bool
    last_line: int

    @property
    def span(self) -> Span:
        """Where its words stand."""
        return self.text.span


Block = Heading | Element


@value()
class Document:
    """A Markdown file as it was read: its blocks, the targets of its links, its prose, its faults and its lines.

    `blocks` is None where it could not be read at all.
    """

    path: str
    blocks: tuple[Block, ...] | None
    targets: tuple[Text, ...]
    prose: tuple[Text, ...]
    faults: tuple[Fault, ...]
    lines: tuple[str, ...]


def read_markdown(path: str, data: bytes) -> Document:
    """Read the bytes of the Markdown file at `path`. Never raises for what an author wrote."""
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1000} kB"
        too_large = Fault("unreadable-file", Span.of_file(path), message, "Make several pages of it.")
        return Document(path, None, (), (), (too_large,), ())
    text, fault = decode(path, data, MARKDOWN)
    lines = lines_of(text)
    if fault is not None:
        return Document(path, None, (), (), (fault,), lines)
    reader = _Reader(path, lines)
    return Document(path, tuple(reader.blocks()), *reader.found(), lines)


@cache
def _parser() -> Any:
    """CommonMark with tables. HTML stays text, and a link stands as a whole where it is used."""
    from markdown_it import MarkdownIt  # a handbook without pages does without it

    from rolebook.source.inline import furnish

    # without `text_join`, what stands behind a backslash stays apart from the text around it
    parser = (
        MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
        .enable("table")
        .disable(["reference", "text_join"])
    )
    furnish(parser)
    return parser


class _Reader:
    """Puts the tree together from what the library says comes after what."""

    def __init__(self, path: str, lines: Sequence[str]) -> None:
        self._path = path
        self._lines = lines
        self._inline = Inline()
        self._faults: list[Fault] = []
        self._from: dict[int, int] = {}
        """By line, where the text begins that was not met yet: cells of a table stand beside each other."""

    def found(self) -> tuple[tuple[Text, ...], tuple[Text, ...], tuple[Fault, ...]]:
        """The targets of links, the prose, and what is wrong."""
        return tuple(self._inline.targets), tuple(self._inline.prose), (*self._faults, *self._inline.faults)

    def blocks(self) -> Iterator[Block]:
        """The blocks of the page from its beginning to its end."""
        open_: list[tuple[str, int, list[Part]]] = [("", 1, [])]
        tokens = iter(_parser().parse("\n".join(self._lines)))
        for token in tokens:
            if token.type == "heading_open":
                heading = self._heading(token, next(tokens))
                next(tokens)
                if len(open_) == 1:
                    yield heading
                else:
                    open_[-1][2].append(Element("p", (Element("strong", (str(heading.text),)),)))
                continue
            if token.type == "inline":
                open_[-1][2].extend(self._inline.read(token.children, self._place(token)))
                continue
            if token.nesting == 1:
                if token.level == _DEEPEST - 1:
                    self._note_depth(token.map[0])
                tag = "" if token.hidden else _BLOCKS[token.type.removesuffix("_open")]
                open_.append((tag, int(token.attrs.get("start", 1)), []))
                continue
            if token.nesting == -1:
                tag, start, parts = open_.pop()
                done: list[Part] = [Element(tag, tuple(parts), start=start)] if tag else parts
            else:
                done = [Element("hr", ())] if token.type == "hr" else [Element("pre", (token.content,))]
            if len(open_) > 1:
                open_[-1][2].extend(done)
            else:
                yield from (part for part in done if isinstance(part, Element))

    def _heading(self, opened: Any, inline: Any) -> Heading:
        place = self._place(inline)
        parts = self._inline.read(inline.children, place)
        words = " ".join(words_of(parts).split())
        has_link = any(isinstance(part, Element) and part.target for part in parts)
        return Heading(Text(words, place.whole), int(opened.tag[1]), has_link, opened.map[1])

    def _place(self, token: Any) -> Place:
        """Where the text of a token stands, line by line."""
        first = token.map[0]
        pieces: list[tuple[int, int, int]] = []
        offset, is_whole = 0, True
        for number, line in enumerate(token.content.split("\n"), first):
            words = line.strip()
            found = self._found(number, words)
            if _DEFINITION.match(words):
                self._note_definition(number, found[0][1] if found else 0, len(words))
            start = offset + line.find(words)
            pieces += [(start + at, number + 1, column + 1) for at, column in found]
            is_whole &= bool(found)
            offset += len(line) + 1
        around = Span(self._path, first + 1, 1, first + 1, len(self._lines[first]) + 1)
        return Place(token.content, tuple(pieces) if is_whole else (), around)

    def _found(self, number: int, words: str) -> list[tuple[int, int]]:
        """From which columns on words of a line stand in it; several for a cell with bars."""
        line, start = self._lines[number], self._from.get(number, 0)
        column, found = line.find(words, start), [(0, 0)]
        if column < 0 and "|" in words:
            bars = [at for at, letter in enumerate(words) if letter == "|"]
            found += [(at, at + before) for before, at in enumerate(bars, 1)]
            words = words.replace("|", "\\|")
            column = line.find(words, start)
        if column < 0:
            return []
        self._from[number] = column + len(words)
        return [(at, column + further) for at, further in found]

    def _note_depth(self, number: int) -> None:
        span = Span(self._path, number + 1, 1, number + 1, max(len(self._lines[number]), 1) + 1)
        message = "lists or quotations lie too deep in each other here"
        help = "Begin a part of its own for what is deeper, with a heading."
        self._faults.append(Fault("refused-markdown", span, message, help))

    def _note_definition(self, number: int, column: int, width: int) -> None:
        span = Span(self._path, number + 1, column + 1, number + 1, column + width + 1)
        message = "a link or note is explained here, apart from the text that it belongs to"
        help = "Write the link as a whole where it is used: '[words](https://…)'."
        self._faults.append(Fault("refused-markdown", span, message, help))


def words_of(parts: Sequence[Part]) -> str:
    """What parts of a text say, without marks."""
    return "".join(part if isinstance(part, str) else _words_of(part) for part in parts)


def _words_of(element: Element) -> str:
    return " " if element.tag == "br" else words_of(element.children)
