"""Chapters bound into a pack: a cover, the contents, the chapters, and the forms, with a digest of what they say."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape

from markupsafe import Markup

from rolebook.pages.breaking import breakable, has_long_words
from rolebook.pages.packs.edition import Edition
from rolebook.pages.packs.linking import InPack
from rolebook.pages.packs.view import PackView
from rolebook.rendering import Blocks, Look

TEMPLATE = "packs/pack"
_DIGITS = 12
_HEAD = 46
"""So many letters have room above a page, at the left and at the right."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, and where it leads."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a pack below one heading; `parts` are what the contents name of it."""

    anchor: str
    title: str
    kind: str
    body: Markup
    parts: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: what its file is called, its title, and the body of its HTML."""

    name: str
    title: str
    language: str
    author: str
    digest: str
    edition: Edition
    heads: tuple[str, str]
    """What stands above each page, at the left and at the right."""
    foot: str
    """What stands below it."""
    body: Markup


def bind(link: InPack, view: PackView, blocks: Blocks, chapters: Iterable[Chapter], today: date | None) -> Pack:
    """The pack that consists of these chapters, and of the forms that belong to each."""
    bound, look = tuple(chapters), link.links.look
    digest = _digest(view, said(bound))
    title = look.say("What changed for my role") if view.edition.since else look.say("Training pack")
    finished = breakable if has_long_words(link.handbook) else Markup
    everything = (*bound, *_forms(view, blocks, look, digest))
    return Pack(
        name=view.edition.file(str(view.role.id)),
        title=f"{view.role.name}: {title}",
        language=look.language,
        author=view.organisation,
        digest=digest,
        edition=view.edition,
        heads=(_short(view.handbook), _short(view.role.name)),
        foot=_text(blocks.render("foot", digest=digest)),
        body=finished(blocks.render("document", chapters=everything, digest=digest, today=today)),
    )


def said(chapters: Iterable[Chapter]) -> str:
    """What a reader reads in chapters: their text, without marks."""
    return "\n".join(f"{chapter.title}\n{_text(chapter.body)}" for chapter in chapters)


def _forms(view: PackView, blocks: Blocks, look: Look, digest: str) -> Iterator[Chapter]:
    say = look.say
    yield Chapter("sheet", say("Attendance and sign-off"), "sheet", blocks.render("sheet", digest=digest))
    if not view.edition.since:
        yield Chapter("evaluation", say("Evaluation"), "evaluation", blocks.render("evaluation"))


def _short(text: str) -> str:
    return text if len(text) <= _HEAD else f"{text[: _HEAD - 1]}…"


def _text(html: Markup) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def _digest(view: PackView, text: str) -> str:
    """The first digits of the SHA-256 of what a pack says: the same for each copy, whenever it is printed."""
    title = f"{view.handbook}\n{view.version.number}\n{view.role.name}\n"
    return hashlib.sha256(f"{title}{text}\n".encode()).hexdigest()[:_DIGITS]
