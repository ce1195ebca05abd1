"""Markdown is read into a tree whose links, words and faults know their places; nothing in it can be HTML."""

import re
import time

import pytest
from hypothesis import given as supposing
from hypothesis import settings
from hypothesis import strategies as st

from rolebook.source import Span
from rolebook.source.inline import Element, Part
from rolebook.source.markdown import MAX_BYTES, Document, Heading, read_markdown

PATH = "process_defs/pages/x.md"
TAGS = {"p", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td"} | {
    *("pre", "hr", "br", "code", "em", "strong", "a")
}


def read(text: str) -> Document:
    return read_markdown(PATH, text.encode())


def at(document: Document, span: Span) -> str:
    """What stands at a span on one line."""
    assert span.line == span.end_line
    return document.lines[span.line - 1][span.column - 1 : span.end_column - 1]


def elements(parts: tuple[Part | Heading, ...]) -> list[Element]:
    own = [part for part in parts if isinstance(part, Element)]
    return [*own, *(inner for part in own for inner in elements(part.children))]


def blocks(text: str) -> tuple[Heading | Element, ...]:
    found = read(text).blocks
    assert found is not None
    return found


def messages(text: str) -> list[tuple[int, int, str]]:
    return [(fault.span.line, fault.span.column, fault.message) for fault in read(text).faults]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](role:a)", ["1:5"]),
        ("[a](role:a) and [b](role:a)", ["1:5", "1:21"]),
        ("`[a](role:a)` [a](role:a)", ["1:19"]),
        ("[a]( <role:a> 'title' )", ["1:7"]),
        ("[*a* `](role:b)` c](role:a)", ["1:21"]),
        ("one\n  two [a\nb](role:a)", ["3:4"]),
        ("> one\n> [a](role:a)", ["2:7"]),
        ("> one\nlazy [a](role:a)", ["2:10"]),
        ("- one\n\n  [a](role:a)\n  1. [b](role:a)", ["3:7", "4:10"]),
        ("\t- x\n\n- \t[a](role:a)", ["3:8"]),
        ("## A [a](role:a) ##", ["1:10"]),
        ("A [a](role:a)\n===", ["1:7"]),
        ("| a | [a](role:a) |\n|---|---|\n| [b](role:a) | [b](role:a) |", ["1:11", "3:7", "3:21"]),
        ("| a |\n|---|\n| a \\| b \\| [b](role:a) |", ["3:17"]),
        ("    [a](role:a)\n\n```\n[b](role:a)\n```", []),
        ("\\[a](role:a)", []),
        ("é😀 [a](role:a)", ["1:8"]),
    ],
)
def test_a_target_knows_its_place(text: str, targets: list[str]) -> None:
    document = read(text)
    assert [f"{target.span.line}:{target.span.column}" for target in document.targets] == targets
    assert all(at(document, target.span) == target == "role:a" for target in document.targets)


def test_line_ends_and_a_mark_at_the_beginning_move_no_place() -> None:
    document = read_markdown(PATH, b"\xef\xbb\xbf# A\r\n\r\n[a](role:a)\r\n")
    assert [(target, target.span[1:]) for target in document.targets] == [("role:a", (3, 5, 3, 11))]


def test_the_marks_become_elements_around_words() -> None:
    (paragraph,) = blocks("a *b* **c** `d` \\*e\\* &amp; f  \ng")
    assert paragraph == Element(
        "p",
        (
            *("a ", Element("em", ("b",)), " ", Element("strong", ("c",)), " ", Element("code", ("d",))),
            *(" *e* & f", Element("br", ()), "g"),
        ),
    )


def test_a_heading_has_its_words_without_marks() -> None:
    (heading,) = blocks("## *Two* words &\\# `code`")
    assert isinstance(heading, Heading)
    assert (str(heading.text), heading.level, heading.links) == ("Two words &# code", 2, False)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a <b>x</b>", (1, 3), "'<b>' is HTML"),
        ("a\n<script src=x>alert(1)</script>", (2, 1), "'<script src=x>' is HTML"),
        ("<!-- note -->", (1, 1), "'<!--' is HTML"),
        ("x ![a](b.png)", (1, 3), "no images"),
        ("x [a](../b.md)", (1, 7), "'../b.md' is no address"),
        ("x [a](#b)", (1, 7), "'#b' is no address"),
        ("x [a]()", (1, 5), "a link leads nowhere"),
        ("x [a](www.example.org)", (1, 7), "'www.example.org' is no address"),
        ("x [a](ftp://example.org)", (1, 7), "'ftp://example.org' is no address"),
        ("x [a](javascript:alert%281%29)", (1, 7), "'javascript:alert%281%29' is no address"),
        ("x [a](JaVaScRiPt:x)", (1, 7), "is no address"),
        ("x [a](java&#x73;cript:x)", (1, 7), "is no address"),
        ("x [a](data:text/html,x)", (1, 7), "is no address"),
        ("x [a](//example.org)", (1, 7), "is no address"),
        ("x <javascript:x>", (1, 4), "is no address"),
        ("x [a](http:///y)", (1, 7), "is no address"),
        ("x [a](role: b)", (1, 7), "makes no link"),
        ("x\n[a]: https://example.org", (2, 1), "apart from the text"),
        ("[^1]: note", (1, 1), "apart from the text"),
    ],
)
def test_what_a_page_does_without_is_told_with_its_place(text: str, place: tuple[int, int], words: str) -> None:
    line, column, message = messages(text)[0]
    assert (line, column) == place
    assert words in message


@pytest.mark.parametrize(
    "text",
    ["a < b > c", "x <- y", "`<b>`", "\\<b>", "&lt;b&gt;", "[a](role:b)", "[1] (see: below)", "a](b)", "\\[a](b: c)"],
)
def test_what_only_looks_like_it_is_plain_text(text: str) -> None:
    assert messages(text) == []


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[a](https://example.org/a?b=1&amp;c#d)", "https://example.org/a?b=1&c#d"),
        ('[a](http://example.org/"x")', "http://example.org/%22x%22"),
        ("<https://example.org>", "https://example.org"),
        ("<desk@example.org>", "mailto:desk@example.org"),
        ("[a](mailto:desk@example.org)", "mailto:desk@example.org"),
    ],
)
def test_an_address_is_complete(text: str, target: str) -> None:
    found = [element.target for element in elements(blocks(text)) if element.tag == "a"]
    assert (found, read(text).faults, read(text).targets) == ([target], (), ())


def test_prose_goes_on_over_lines_and_leaves_out_what_links_lead_to() -> None:
    document = read("The Service\n  Desk [of us](role:desk) is\nhere.\n\n```\nno prose\n```")
    assert [str(text) for text in document.prose] == ["The Service\n  Desk [of us](", " is\nhere."]
    first, second = document.prose
    assert first.part(4, 18) == Span(PATH, 1, 5, 2, 7)
    assert second.part(4, 8) == Span(PATH, 3, 1, 3, 5)


def test_a_file_that_is_too_large_is_not_read() -> None:
    document = read_markdown(PATH, b"# a\n" + b"x" * MAX_BYTES)
    assert document.blocks is None
    assert [fault.message for fault in document.faults] == ["the file is larger than 50 kB"]


@pytest.mark.parametrize(
    ("levels", "told"), [(6, []), (7, [(7, 1, "lists or quotations lie too deep in each other here")])]
)
def test_what_lies_too_deep_to_be_read_is_told(levels: int, told: list[tuple[int, int, str]]) -> None:
    text = "\n".join(f"{'  ' * level}- {level}" for level in range(levels))
    assert messages(text) == told
    if not told:
        assert elements(blocks(text))[-1] == Element("li", (str(levels - 1),))


NASTY = (
    "[",
    "![",
    "[a](",
    "[](",
    "*a ",
    "*a_ ",
    "`",
    "<a ",
    "<!--",
    "&",
    "> ",
    "- ",
    "1. ",
    "|",
    "# ",
    "\\",
    "(",
    "]",
    "[a]: ",
)


@pytest.mark.parametrize("piece", NASTY)
def test_a_hostile_page_is_read_in_a_second(piece: str) -> None:
    started = time.process_time()
    read("# a\n\n" + piece * ((MAX_BYTES - 10) // len(piece)))
    read("# a\n\n" + f"{piece}\n" * ((MAX_BYTES - 10) // (len(piece) + 1)))
    assert time.process_time() - started < 3, "half a second for each, and a slow machine"


@settings(deadline=None)
@supposing(st.text(st.sampled_from("ab \n\t#*_`[]()<>!&\\|-:+1.\"'~=é😀rolehtps/;x"), max_size=120))
def test_whatever_is_written_becomes_known_elements_and_every_place_lies_in_the_file(text: str) -> None:
    document = read(text)
    if document.blocks is None:
        assert re.search("<{7}|>{7}", text), "the marks of a merge conflict"
        return
    assert {element.tag for element in elements(document.blocks)} <= TAGS
    for element in elements(document.blocks):
        assert (element.target is not None) == (element.tag == "a")
        if element.target and not re.match(r"(?i)https?://|mailto:", element.target):
            assert element.target in document.targets
    for target in document.targets:
        assert at(document, target.span) == target
    for span in [*(fault.span for fault in document.faults), *(words.span for words in document.prose)]:
        assert 1 <= span.line <= span.end_line <= len(document.lines)
        assert (
            1 <= span.column <= span.end_column <= len(document.lines[span.end_line - 1]) + 1
            or span.line < span.end_line
        )
