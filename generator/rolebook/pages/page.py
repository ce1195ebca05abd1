"""A page of the handbook as a value: what it is called, where it belongs, and its sections of finished HTML."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook.source import Span


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under one heading.

    `id` is its anchor, unique on the page and stable from version to version; `level` is 2 or 3;
    `body` is finished HTML, which holds no heading of its own (it may be empty when sections of level 3 follow).
    `source` is the place in the YAML that it tells of, `also` other words under which readers look for it.
    """

    id: str
    heading: str
    level: int
    body: Markup
    source: Span | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` is its place in the site without an ending (`roles/service-desk-analyst`, `index`).

    `kind` is its type (`process`, `role`, …), `lead` the HTML between the title and the first section,
    `description` a plain sentence for search engines and cards, `source` the YAML file it is made from,
    `also` other words under which readers look for it.
    """

    path: str
    kind: str
    title: str
    description: str
    lead: Markup
    sections: tuple[Section, ...]
    source: Span | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the navigation: its title, the page it opens ("" where it only groups), and what lies below it."""

    title: str
    path: str
    parts: tuple["Chapter", ...] = ()
