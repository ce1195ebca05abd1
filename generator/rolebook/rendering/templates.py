"""Templates made into HTML: an environment that always escapes, with our filters, macros and words."""

import re
from functools import lru_cache
from typing import Any

from jinja2 import BaseLoader, Environment, FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from rolebook import resources
from rolebook.rendering.fault import TemplateFault, fault
from rolebook.rendering.language import Language
from rolebook.rendering.look import IN_ENGLISH, Look
from rolebook.rendering.writing import FILTERS, Writing

_BLANK_LINES = re.compile(r"\n\s*\n")
_MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")
_BLOCK = re.compile(r"{%-?\s*block\s")
_ENDING = ".html.jinja"
_OURS = "rolebook/"
"""What stands before the name of a template of the package, where a handbook has one of its own by that name."""


class Blocks:
    """The blocks of one page's template, which all know the same things about the page.

    A handbook's own template may hold some of the blocks only; the others are those of the package, which are
    `super()` to its own.
    """

    def __init__(self, template: str, look: Look = IN_ENGLISH, /, **context: object) -> None:
        self._look = look
        name = template if "/" in template else f"pages/{template}"
        self._templates = _templates(look, f"{name}{_ENDING}")
        self._given = context
        self._context = self._made(context)

    def render(self, block: str, **about: object) -> Markup:
        """One block, which may know more than the others; "" when it holds nothing but white space."""
        context = self._made(self._given | about) if about else self._context
        # The block's own function, as Jinja's documentation gives it for rendering a fragment: the template around
        # it, which inherits from nothing, is not run.
        try:
            text = "".join(context.blocks[block][0](context))
        except Exception as error:
            _tell(error, self._look)
            raise
        return Markup(_BLANK_LINES.sub("\n", text).strip())  # noqa: S704 - what autoescape made

    def _made(self, known: dict[str, object]) -> Any:
        context = self._templates[0].new_context(known)
        for template in self._templates[1:]:
            for name, block in template.blocks.items():
                context.blocks.setdefault(name, []).append(block)
        return context


def render(template: str, block: str, **context: object) -> Markup:
    """One block of a page's template; "" when it holds nothing but white space."""
    return Blocks(template, **context).render(block)


def check(look: Look) -> None:
    """Raise TemplateFault for an own file that cannot be what it is named for: a template, or a language."""
    try:
        _environment(look)
    except Exception as error:
        _tell(error, look)
        raise
    for name, _ in look.own:
        if name.endswith(_ENDING) and not name.startswith("macros/"):
            own, ours = _templates(look, name)
            if strange := own.blocks.keys() - ours.blocks.keys():
                known = ", ".join(f"'{block}'" for block in ours.blocks)
                what = "page" if name.startswith("pages/") else "template"
                fact = f"this {what} has no block '{min(strange)}'; it has {known}"
                raise TemplateFault(f"site_templates/{name}:1: {fact}")


def _templates(look: Look, name: str) -> tuple[Any, ...]:
    """The templates that have blocks for a page: the handbook's own where there is one, and the package's."""
    own = any(name == own for own, _ in look.own)
    try:
        environment = _environment(look)
        return tuple(environment.get_template(found) for found in ([name, _OURS + name] if own else [name]))
    except Exception as error:
        _tell(error, look)
        raise


def _tell(error: Exception, look: Look) -> None:
    """Where a handbook has templates of its own, raise TemplateFault for whatever went wrong in a template."""
    if look.own and not isinstance(error, TemplateFault) and (told := fault(error, _place)):
        raise told from error


def _place(file: str) -> str | None:
    """A template's name for people: in the handbook's folder, or as one of ours."""
    if file.startswith("site_templates/"):
        return file
    folder = f"{resources.templates()}/"
    return f"Rolebook's own {file.removeprefix(folder)}" if file.startswith(folder) else None


@lru_cache(maxsize=4)
def _environment(look: Look) -> Environment:
    """The environment of a look; every file of macros is imported once and known to all templates by its name.

    What a handbook's own templates may do is kept within a sandbox.
    """
    make = ImmutableSandboxedEnvironment if look.own else Environment
    environment = make(
        loader=_loader(look),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    writing = Writing(look.speech)
    environment.filters.update({name: getattr(writing, name) for name in FILTERS})
    _teach(environment, look.speech)
    ours = {path.name for path in (resources.templates() / "macros").glob(f"*{_ENDING}")}
    own = {name.removeprefix("macros/") for name, _ in look.own if name.startswith("macros/")}
    for name in sorted(ours | own):
        environment.globals[name.removesuffix(_ENDING)] = environment.get_template(f"macros/{name}").module
    return environment


def _teach(environment: Any, speech: Language) -> None:
    """Let templates say words as Jinja's extension for that does; what needs no values is found once and kept.

    Pages say the same few words very often, and Jinja's own functions for it take ten times as long.
    """
    kept: dict[str, Markup] = {}

    def say(text: str, /, **values: object) -> Markup:
        if values:
            return Markup(speech.say(text)) % values  # noqa: S704 - words of a language, which are HTML like templates
        if text not in kept:
            kept[text] = Markup(speech.say(text)) % {}  # noqa: S704
        return kept[text]

    def count(one: str, several: str, number: int, /, **values: object) -> Markup:
        return Markup(speech.count(one, several, number)) % {"num": number, **values}  # noqa: S704

    environment.newstyle_gettext = True
    environment.globals.update(_=say, gettext=say, ngettext=count)


def _loader(look: Look) -> BaseLoader:
    """Finds a template by its name among the handbook's own, else in the package."""
    own, folder = dict(look.own), resources.templates()

    def text(name: str) -> tuple[str, str] | None:
        path = folder.joinpath(*name.split("/"))
        return (path.read_text(encoding="utf-8"), str(path)) if ".." not in path.parts and path.is_file() else None

    def load(name: str) -> tuple[str, str, None] | None:
        found = text(name.removeprefix(_OURS))
        if name in own:
            above = _macros_of(name, found[0]) if found and not _BLOCK.search(found[0]) else ""
            found = above + own[name], f"site_templates/{name}"
        return (*found, None) if found else None

    return FunctionLoader(load)


def _macros_of(name: str, text: str) -> str:
    """What a handbook's own file of macros begins with, on its first line: ours, for those that it does not have."""
    sets = (f"{{% set {macro} = ours_.{macro} %}}" for macro in _MACRO.findall(text))
    return "".join([f'{{% import "{_OURS}{name}" as ours_ %}}', *sets])
