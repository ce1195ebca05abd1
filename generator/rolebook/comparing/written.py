"""What changed on a page that is written by hand: its words and links, however its lines are broken."""

from collections.abc import Iterable, Iterator
from typing import Any

from rolebook.comparing.change import Change, Kind
from rolebook.comparing.meaning import Tongue, folded
from rolebook.comparing.pairs import Pair, tells
from rolebook.comparing.phrase import Phrase
from rolebook.loading.pages import read_page
from rolebook.model.values import PAGE_LINK
from rolebook.model.written import WrittenPage, WrittenSection
from rolebook.source import Text
from rolebook.source.inline import Element


@tells(WrittenPage, "text")
def text(pair: Pair) -> Iterator[Change]:
    """The parts of a page, by their headings, that came, went or say something else."""
    if pair.old.text == pair.new.text:
        return
    was, now = _parts(pair.old, pair.before), _parts(pair.new, pair.after)
    gone, came = _besides(was, now), _besides(now, was)
    other = [heading for heading, _ in came if heading in dict(gone)]
    gone, came = ([part for part in parts if part[0] not in other] for parts in (gone, came))
    if other:
        yield pair.change(Kind.TEXT_CHANGED, _section(pair.new, other[0]), field="text", new=_headings(other))
    if gone or came:
        kind = Kind.RELISTED if gone and came else Kind.LISTED if came else Kind.UNLISTED
        headings: dict[str, Any] = {"old": _headings(one for one, _ in gone), "new": _headings(one for one, _ in came)}
        place = _section(pair.new, came[0][0]) if came else _section(pair.old, gone[0][0])
        yield pair.change(kind, place, in_old=not came, field="sections", **headings)
    if not (other or gone or came) and was != now:
        headings = {"old": _headings(one for one, _ in was), "new": _headings(one for one, _ in now)}
        yield pair.change(Kind.ORDER_CHANGED, pair.new, field="sections", **headings)


def _section(page: WrittenPage, heading: str) -> WrittenSection | None:
    return next((section for section in page.sections if folded(section.heading) == heading), None)


Parts = list[tuple[str, Any]]
"""The heading of each part of a page, and what stands below it."""


def _parts(written: WrittenPage, tongue: Tongue) -> Parts:
    page = written if written.lead or written.sections else _read_again(written)
    lead = [("", tuple(_sense(element, tongue) for element in page.lead))] if page.lead else []
    return lead + [
        (folded(section.heading), (section.level, tuple(_sense(element, tongue) for element in section.body)))
        for section in page.sections
    ]


def _read_again(page: WrittenPage) -> WrittenPage:
    """A page of which only the text is known, as that of a released version, with what stands in it."""
    read, _, _ = read_page(page.span.path, f"# {page.name}\n\n{page.text}\n".encode(), page.id)
    return read or page


def _besides(parts: Parts, others: Parts) -> Parts:
    left = list(others)
    found = []
    for part in parts:
        if part in left:
            left.remove(part)
        else:
            found.append(part)
    return found


def _headings(headings: Iterable[str]) -> tuple[str, ...]:
    return tuple(heading or Phrase("the title") for heading in headings)


def _sense(part: str | Element, tongue: Tongue, *, exact: bool = False) -> Any:
    """What an element says: its words on one line, unless they are shown letter for letter, and where links lead."""
    if isinstance(part, str):
        return str(part) if exact else _on_one_line(part)
    exact = exact or part.tag == "pre"
    return (
        part.tag,
        _link(part.target, tongue),
        part.start,
        tuple(_sense(p, tongue, exact=exact) for p in part.children),
    )


def _on_one_line(words: str) -> str:
    """Words with single blanks between them; one at either end stays, since other words may follow."""
    return f"{' ' * words[:1].isspace()}{folded(words)}{' ' * words[-1:].isspace()}"


def _link(target: Text | None, tongue: Tongue) -> str | None:
    if target is None or target.partition(":")[0] not in PAGE_LINK.kinds:
        return target
    return tongue.reference(target, PAGE_LINK)
