"""Edits to the bytes of a hand-written page: targets of links, and words, by which nothing else becomes a mark."""

from collections.abc import Iterable, Iterator, Sequence

from rolebook.diagnostic import Edit
from rolebook.editing.text.places import Places
from rolebook.editing.text.refusal import CannotEdit
from rolebook.source.decode import MARKDOWN, decode
from rolebook.source.inline import Part
from rolebook.source.markdown import Block, Document, Heading, read_markdown

_MARK = b"\xef\xbb\xbf"


def rewritten_page(path: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of the page at `path` after edits that do not overlap; CannotEdit where it would read otherwise."""
    before = read_markdown(path, data)
    if before.blocks is None:
        raise CannotEdit("the page cannot be read")
    text, _ = decode(path, data, MARKDOWN)
    places = Places(text)
    in_order = sorted(edits, key=lambda edit: edit.span)
    pieces: list[str] = []
    done = 0
    for edit in in_order:
        start, end = places.stretch(edit.span)
        if start < done:
            raise CannotEdit("another repair changes the same place")
        pieces += (text[done:start], edit.text)
        done = end
    changed = (_MARK if data.startswith(_MARK) else b"") + "".join((*pieces, text[done:])).encode()
    _assert_intended(before, read_markdown(path, changed), in_order)
    return changed


def _assert_intended(before: Document, after: Document, edits: Sequence[Edit]) -> None:
    """CannotEdit where links lead elsewhere than they shall, or words have become marks."""
    wanted = list(map(str, before.targets))
    for edit in edits:
        for number, target in enumerate(before.targets):
            if target.span.contains(edit.span):
                start = edit.span.column - target.span.column
                wanted[number] = target[:start] + edit.text + target[start + edit.span.end_column - edit.span.column :]
    is_same = [*_shape(before.blocks)] == [*_shape(after.blocks)] and wanted == [*after.targets]
    if not is_same or len(after.faults) > len(before.faults):
        raise CannotEdit("written there, it would be read as something else")


def _shape(blocks: Sequence[Block] | None) -> Iterator[str]:
    """What a page is made of, without its words."""
    for block in blocks or ():
        yield from (f"h{block.level}",) if isinstance(block, Heading) else _of(block)


def _of(part: Part) -> Iterator[str]:
    if isinstance(part, str):
        return
    yield part.tag
    for inner in part.children:
        yield from _of(inner)
    yield f"/{part.tag}"
