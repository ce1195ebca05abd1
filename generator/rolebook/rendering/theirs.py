"""The theme's templates, which are not ours: read with a piece of them replaced, or kept within a sandbox."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from jinja2 import ChoiceLoader, DictLoader, Environment, FunctionLoader, TemplateNotFound, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

Templates: TypeAlias = Environment
"""Templates that know of each other."""
Known: TypeAlias = Mapping[str, Any]
"""What a template knows where it is used, by name."""

_STAND_IN = "{% macro <macro>() %}{{ stand_in_for_<macro>(*varargs, **kwargs) }}{% endmacro %}"


def replace_macro(templates: Templates, name: str, macro: str, instead: Callable[..., str]) -> None:
    """Have `instead` print where a macro of the template `name` would; without such a template, nothing happens.

    Before the arguments it is given what is known there, and the macro: a function of what shall be known, and
    of the arguments.
    """
    try:
        template: Any = templates.get_template(name)
    except TemplateNotFound:
        return

    def original(known: Known, *arguments: object) -> str:
        html: str = getattr(template.make_module(known, True), macro)(*arguments)
        return html

    @pass_context
    def stand_in(context: Context, *arguments: object) -> str:
        return instead(context.get_all(), original, *arguments)

    templates.globals[f"stand_in_for_{macro}"] = stand_in
    ours = DictLoader({name: _STAND_IN.replace("<macro>", macro)})
    templates.loader = ChoiceLoader([ours, *filter(None, [templates.loader])])


def replace_text(templates: Templates, replacements: Mapping[str, Mapping[str, str]]) -> None:
    """Read templates with other text than they have: by template, what stands there and what shall."""
    loader, ours = templates.loader, {}
    assert loader
    for name, texts in replacements.items():
        try:
            source = theirs = loader.get_source(templates, name)[0]
        except TemplateNotFound:
            continue
        for old, new in texts.items():
            source = source.replace(old, new)
        if source != theirs:
            ours[name] = source
    templates.loader = ChoiceLoader([DictLoader(ours), loader])


def rewrite(templates: Templates, change: Callable[[str], str], *, but: str | None = None) -> None:
    """Read every template of HTML as `change` makes it of its text, but for those that lie in the folder `but`."""
    loader = templates.loader
    assert loader

    def read(name: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        text, file, is_fresh = loader.get_source(templates, name)
        theirs = bool(but and file and Path(file).is_relative_to(but))
        return (text if theirs or not name.endswith(".html") else change(text)), file, is_fresh

    templates.loader = FunctionLoader(read)


def sandboxed(templates: Templates) -> Templates:
    """The same templates, which can do nothing but print what they are given."""
    kept = SandboxedEnvironment(
        loader=templates.loader,
        autoescape=templates.autoescape,
        undefined=templates.undefined,
        auto_reload=False,
        extensions=[*templates.extensions],
    )
    for name in ("filters", "tests", "policies"):
        getattr(kept, name).update(getattr(templates, name))
    kept.globals.update({name: known for name, known in templates.globals.items() if name != "range"})
    return kept
