"""A course: pages for the modules that a role takes, in the order in which it takes them, or for one module."""

import hashlib
from dataclasses import dataclass

from markupsafe import Markup

from rolebook.model.handbook import Handbook
from rolebook.model.raci import Role
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.pages.packs.linking import InPack
from rolebook.pages.packs.version import Version, version
from rolebook.pages.scorm.choosing import Wanted
from rolebook.pages.scorm.names import Names, plain
from rolebook.pages.scorm.order import in_order
from rolebook.pages.scorm.teaching import Taught, taught
from rolebook.rendering import Blocks, Links, Look

TEMPLATE = "scorm/module"
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module as its page tells of it."""

    handbook: str
    plan: TrainingPlan
    module: TrainingModule
    role: Role | None
    taught: Taught
    prerequisites: tuple[str, ...]
    """The modules to be taken before, written `plan/module`."""
    names: Names
    version: Version

    @property
    def questions(self) -> str:
        """A few digits of what is asked: answers that a learning system has kept belong to the same questions alone."""
        asked = ((each.question, each.answer, *each.choices) for each in self.module.questions)
        return hashlib.sha256(repr([tuple(map(str, each)) for each in asked]).encode()).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a module: its title, its body of finished HTML, and which modules of the course come before it."""

    names: Names
    title: str
    minutes: int
    questions: int
    body: Markup
    before: tuple[Names, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A plan with the pages of its modules."""

    plan: TrainingPlan
    pages: tuple[Page, ...]

    @property
    def identifier(self) -> str:
        """What stands behind a prefix in identifiers of XML."""
        return plain(str(self.plan.id))


@dataclass(frozen=True, slots=True)
class Course:
    """The modules of a course, by plan, and what it is called."""

    name: str
    """What its file is called, without an ending."""
    identifier: str
    title: str
    description: str
    handbook: str
    language: str
    version: Version
    said: str
    """The version in words."""
    chapters: tuple[Chapter, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, in order."""
        return tuple(page for chapter in self.chapters for page in chapter.pages)


def course(handbook: Handbook, wanted: Wanted, look: Look) -> Course:
    """The course that is wanted."""
    link = InPack(handbook, Links(look=look), "")
    now, own = version(handbook), {f"{plan.id}/{module.id}" for plan, module in wanted.modules}

    def page(plan: TrainingPlan, module: TrainingModule) -> Page:
        before = tuple(f"{plan.id}/{one}" for one in module.prerequisites)
        names = Names.of(plan, module)
        what = taught(handbook, module, wanted.role)
        title = handbook.organisation.handbook
        view = ModuleView(title, plan, module, wanted.role, what, before, names, now)
        body = Blocks(TEMPLATE, look, view=view, link=link).render("body")
        inside = tuple(Names(*one.split("/")) for one in before if one in own)
        return Page(names, str(module.name), module.minutes, len(module.questions), body, inside)

    chapters = tuple(
        Chapter(plan, tuple(page(plan, module) for module in modules)) for plan, modules in in_order(wanted.modules)
    )
    role, (plan, module) = wanted.role, wanted.modules[0]
    return Course(
        name=wanted.name,
        identifier=f"role_{plain(str(role.id))}" if role else f"module_{Names.of(plan, module).identifier}",
        title=look.say("Training of the role {role}").format(role=role.name) if role else str(module.name),
        description=str(role.purpose) if role else str(plan.purpose),
        handbook=handbook.organisation.handbook,
        language=look.language,
        version=now,
        said=Blocks(TEMPLATE, look).render("version", version=now).striptags(),
        chapters=chapters,
    )
