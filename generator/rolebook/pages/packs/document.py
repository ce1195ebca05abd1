"""The whole pack of a role: what it does, with whom, and what it learns."""

from collections.abc import Iterator
from datetime import date

from rolebook.model.handbook import Handbook
from rolebook.pages.packs.binding import TEMPLATE, Chapter, Entry, Pack, bind, said
from rolebook.pages.packs.edition import Edition
from rolebook.pages.packs.linking import InPack
from rolebook.pages.packs.terms import used
from rolebook.pages.packs.view import PackView, view
from rolebook.pages.packs.working import told
from rolebook.rendering import Blocks, Links, Look


def pack(handbook: Handbook, role: str, edition: Edition, look: Look, today: date | None) -> Pack:
    """The pack of a role that some plan trains, made `today`; without a day it is the same on each."""
    mine = view(handbook, role, edition, look)
    link = InPack(handbook, Links(look=look), "", anchors=mine.anchors)
    blocks = Blocks(TEMPLATE, look, view=mine, link=link)
    chapters = [*_chapters(handbook, mine, blocks, look)]
    if terms := used(handbook.glossary.terms, said(chapters)):
        body = blocks.render("glossary", terms=terms)
        chapters.append(Chapter("glossary", look.say("Glossary"), "glossary", body))
    return bind(link, mine, blocks, chapters, today)


def _chapters(handbook: Handbook, view: PackView, blocks: Blocks, look: Look) -> Iterator[Chapter]:
    say = look.say
    yield Chapter("use", say("How to use this pack"), "use", blocks.render("use"))
    yield Chapter("role", say("My role on one page"), "role", blocks.render("role"))
    for mine in view.processes:
        activities = tuple(Entry(one.anchor, one.activity.name) for one in mine.activities)
        body = blocks.render("process", mine=mine)
        yield Chapter(mine.anchor, mine.process.name, "process", body, activities)
    if others := told(handbook, str(view.role.id)):
        yield Chapter("told", say("Where I am asked or told"), "told", blocks.render("told", others=others))
    for course in view.courses:
        modules = tuple(Entry(lesson.anchor, lesson.module.name) for lesson in course.lessons)
        yield Chapter(course.anchor, course.plan.name, "course", blocks.render("course", course=course), modules)
