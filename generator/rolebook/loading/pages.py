"""From a Markdown file to a page that is written by hand: its title, its lead and its sections."""

from collections.abc import Iterable, Iterator, Sequence

from rolebook.loading.reading import Reading, all_of, report_fault
from rolebook.model.handbook import Reference
from rolebook.model.kinds import PAGE
from rolebook.model.values import PAGE_LINK
from rolebook.model.written import WrittenPage, WrittenSection
from rolebook.source import Fault, Span, Text
from rolebook.source.inline import Element
from rolebook.source.markdown import Block, Document, Heading, read_markdown

_TITLE_FIRST = "Begin the file with its title: '# ', and the words in the same line."
_KEYS = "---"
"""Between two such lines, other builders of sites have keys at the beginning of a page."""

Section = tuple[Heading, list[Element]]


def read_page(path: str, data: bytes | Fault, id: str) -> tuple[WrittenPage | None, Reading, tuple[str, ...]]:
    """The page that a file holds (None where it cannot be read), what was gathered on the way, and its lines.

    `data` are the bytes of the file, or the reason why they are not known.
    """
    document = Document(path, None, (), (), (data,), ()) if isinstance(data, Fault) else read_markdown(path, data)
    reading = Reading(path, id, PAGE.title)
    for fault in document.faults:
        report_fault(reading, fault)
    if document.blocks is None:
        reading.lost.append(all_of(path))
        reading.ids_lost = True
        return None, reading, document.lines
    reading.references += [Reference(target, PAGE_LINK, id) for target in document.targets]
    reading.texts += document.prose
    return _page(document, document.blocks, reading), reading, document.lines


def _page(document: Document, blocks: tuple[Block, ...], reading: Reading) -> WrittenPage:
    first = blocks[0] if blocks else None
    title = first if isinstance(first, Heading) and first.level == 1 else None
    lead, sections = _divided(blocks[1:] if title else blocks)
    if title:
        _report(reading, title, _faults_of_title(title, is_all=len(blocks) == 1))
    else:
        reading.report("malformed-page", *_no_title(document))
    if title or _first_line(document)[1] != _KEYS:
        _report_headings(reading, sections)
    start = Span.of_file(document.path)
    lines = document.lines[title.last_line if title else 0 :]
    behind = Span(document.path, len(document.lines) - len(lines) + 1, 1, len(document.lines) + 1, 1)
    return WrittenPage(
        id=Text(reading.home, start),
        name=title.text if title and title.text else Text(reading.home, start),
        text=Text("\n".join(lines).strip(), behind),
        lead=tuple(lead),
        sections=tuple(WrittenSection(h.text, 2 if h.level < 3 else 3, tuple(body), h.span) for h, body in sections),
        span=start,
    )


def _divided(blocks: Sequence[Block]) -> tuple[list[Element], list[Section]]:
    """What stands above the first heading, and the sections."""
    lead: list[Element] = []
    sections: list[Section] = []
    for block in blocks:
        if isinstance(block, Heading):
            sections.append((block, []))
        else:
            (sections[-1][1] if sections else lead).append(block)
    return lead, sections


def _first_line(document: Document) -> tuple[int, str]:
    """The number of the first line on which something stands, from 0, and what it says."""
    return next(((number, line.rstrip()) for number, line in enumerate(document.lines) if line.strip()), (0, ""))


def _no_title(document: Document) -> tuple[Span, str, str]:
    number, line = _first_line(document)
    span = Span(document.path, number + 1, 1, number + 1, len(line) + 1 if line else 2)
    if line == _KEYS:
        message = f"the page begins with keys between lines of '{_KEYS}', which a handbook does not read"
        return span, message, f"Take them out. {_TITLE_FIRST}"
    return span, "the page does not begin with its title" if line else "the page is empty", _TITLE_FIRST


def _faults_of_title(title: Heading, *, is_all: bool) -> Iterator[tuple[str, str]]:
    if not title.text:
        yield "the title has no words", _TITLE_FIRST
    elif is_all:
        help = "Write what readers are to know: paragraphs, lists, and headings that begin with '## '."
        yield "the page has a title, but says nothing yet", help
    if title.links:
        yield _LINK


def _report_headings(reading: Reading, sections: Sequence[Section]) -> None:
    next_levels = [*(heading.level for heading, _ in sections[1:]), 0]
    for (heading, body), next_level in zip(sections, next_levels, strict=False):
        faults = [*_faults_of(heading, is_first=heading is sections[0][0])]
        if not (faults or body or next_level > heading.level):
            faults.append(("nothing stands below this heading", "Write something below it, or take it out."))
        _report(reading, heading, faults)


def _faults_of(heading: Heading, *, is_first: bool) -> Iterator[tuple[str, str]]:
    if not heading.text:
        yield "a heading has no words", "Write them behind its number signs, or take it out."
    if heading.links:
        yield _LINK
    if heading.level == 1:
        yield "a second title begins here", "Write '## ' in front of a heading within the page."
    elif heading.level > 3:
        yield "this heading lies more than two levels below the title", "Write '### ', or make a paragraph of it."
    elif heading.level == 3 and is_first:
        yield "this heading stands below none that begins with '## '", "Write '## ' in front of it."


_LINK = ("a heading holds a link", "Put the link into the text below it: contents lists show headings as plain words.")


def _report(reading: Reading, heading: Heading, faults: Iterable[tuple[str, str]]) -> None:
    for message, help in faults:
        reading.report("malformed-page", heading.span, message, help)
