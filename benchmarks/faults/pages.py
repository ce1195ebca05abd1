"""Pages that are written by hand: their titles and headings, what is in them, and where their links lead."""

import random

from benchmarks.faults.draft import Draft, Place
from benchmarks.faults.kind import NoPlace, one, plants
from rolebook.model.values import PAGE_LINK
from rolebook.source import Text


def _page(draft: Draft, chance: random.Random) -> tuple[str, list[str]]:
    """The path of a page, and its lines."""
    path = one(chance, [page.id.span.path for page in draft.handbook.pages.values()])
    return path, draft.text(path).split("\n")


def _heading(draft: Draft, chance: random.Random) -> tuple[str, int]:
    """The path of a page, and the number of a line with a heading within it, from 0."""
    path, lines = _page(draft, chance)
    return path, one(chance, [number for number, line in enumerate(lines) if line.startswith("## ")])


def _sentence(draft: Draft, chance: random.Random) -> Text:
    """Words of a page that end a sentence and a line."""
    pages = {page.id.span.path for page in draft.handbook.pages.values()}
    return one(chance, [text for text in draft.handbook.texts if text.span.path in pages and text.endswith(".")])


def _behind(draft: Draft, text: Text, words: str) -> Place:
    """Write words behind a text, and say on which line they stand."""
    end = text.span._replace(line=text.span.end_line, column=text.span.end_column)
    draft.replace(end, words)
    return Place(end.path, end.line)


@plants("RB018", "a page does not begin with its title")
def no_title(draft: Draft, chance: random.Random) -> Place:
    path, lines = _page(draft, chance)
    draft.put(path, "\n".join([lines[0].removeprefix("# "), *lines[1:]]))
    return Place(path, 1)


@plants("RB018", "a page has a second title")
def second_title(draft: Draft, chance: random.Random) -> Place:
    path, number = _heading(draft, chance)
    lines = draft.text(path).split("\n")
    draft.put(path, "\n".join([*lines[:number], lines[number][1:], *lines[number + 1 :]]))
    return Place(path, number + 1)


@plants("RB018", "nothing stands below a heading")
def empty_part(draft: Draft, chance: random.Random) -> Place:
    path, number = _heading(draft, chance)
    lines = draft.text(path).split("\n")
    draft.put(path, "\n".join([*lines[:number], "## To be written", "", *lines[number:]]))
    return Place(path, number + 1)


@plants("RB019", "HTML stands on a page")
def html(draft: Draft, chance: random.Random) -> Place:
    return _behind(draft, _sentence(draft, chance), one(chance, [" <br>", " <kbd class='x'>Enter", "<!-- x -->"]))


@plants("RB019", "a page links to a file, or shows an image")
def link_to_a_file(draft: Draft, chance: random.Random) -> Place:
    link = one(
        chance, [" See [it](../roles/x.md).", " See [it](#above).", " ![A plan](plan.png)", " See [it](role: x)."]
    )
    return _behind(draft, _sentence(draft, chance), link)


@plants("RB101", "a link of a page is misspelt")
def misspelt_link(draft: Draft, chance: random.Random) -> Place:
    target = one(chance, [r.text for r in draft.handbook.references if r.ref is PAGE_LINK])
    at = chance.randrange(len(target) - 4, len(target) - 1)
    written = target[:at] + target[at + 1] + target[at] + target[at + 2 :]
    if written == target or set("/:-").intersection(target[at : at + 2]):
        raise NoPlace
    draft.replace(target.span, written)
    return Place(target.span.path, target.span.line)


@plants("RB104", "a page still speaks of a role that is out of use")
def leftover_on_a_page(draft: Draft, chance: random.Random) -> Place:
    former = one(chance, [role for role in draft.handbook.roles.values() if not role.active])
    return _behind(draft, _sentence(draft, chance), f" The {former.name} knows.")
