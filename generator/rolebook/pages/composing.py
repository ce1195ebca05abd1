"""A page put together from the blocks of its template: what turns out empty is left out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from rolebook.model.handbook import Handbook
from rolebook.pages.breaking import breakable, has_long_words
from rolebook.pages.linking import Linker
from rolebook.pages.page import Page, Section
from rolebook.rendering import Blocks, Links
from rolebook.source import Span


@dataclass(frozen=True, slots=True)
class Part:
    """A section to be: the block that makes its body, its heading, and what the block is about.

    Its anchor is `id`, or the name of the block. A heading of level 2 without a body stays when a section of
    level 3 follows.
    """

    block: str
    heading: str
    source: Span | None = None
    id: str = ""
    level: int = 2
    also: tuple[str, ...] = ()
    about: Mapping[str, object] = field(default_factory=dict)


def compose(
    handbook: Handbook,
    links: Links,
    path: str,
    kind: str,
    view: object,
    parts: Iterable[Part],
    *,
    title: str,
    description: str,
    source: Span | None,
    also: tuple[str, ...] = (),
) -> Page:
    """The page at `path`, from the template of its kind; the template knows the view-model as `view`.

    Headings, title and description are in the language of the handbook where they are ours (see `Look.say`).
    """
    say = links.look.say
    blocks = Blocks(kind, links.look, view=view, link=Linker(handbook, links, path))
    finished = breakable if has_long_words(handbook) else Markup
    lead = finished(blocks.render("lead"))
    sections = (
        Section(
            part.id or part.block,
            say(part.heading),
            part.level,
            finished(blocks.render(part.block, **part.about)),
            part.source,
            part.also,
        )
        for part in parts
    )
    return Page(path, kind, say(title), say(description), lead, tuple(_without_empty(tuple(sections))), source, also)


def _without_empty(sections: tuple[Section, ...]) -> Iterator[Section]:
    kept: list[Section] = []
    below = 0
    for section in reversed(sections):
        if section.body or below > section.level:
            kept.append(section)
            below = section.level
    return reversed(kept)


def sentence(text: str) -> str:
    """The first sentence of an author's text, on one line."""
    line = " ".join(text.strip().partition("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0]
