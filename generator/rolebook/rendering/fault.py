"""What is wrong with a template or a language file that somebody wrote, in one line with its place."""

import traceback
from collections.abc import Callable

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError

Place = Callable[[str], str | None]
"""From the name of a file as Jinja knows it to how people know it; None for what is no template."""


class TemplateFault(Exception):
    """A template cannot be printed; one line says where and why."""


def fault(error: Exception, place: Place) -> TemplateFault | None:
    """What `error`, which is being handled, says about the innermost line of a template; None where there is none."""
    try:
        Environment(autoescape=True).handle_exception()
    except Exception as rewritten:  # noqa: BLE001 - the same error, with lines of templates, not of code made from them
        error = rewritten
    if isinstance(error, TemplateSyntaxError) and (name := place(error.filename or error.name or "")):
        return TemplateFault(f"{name}:{error.lineno}: {_reason(error)}")
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if name := place(frame.filename):
            return TemplateFault(f"{name}:{frame.lineno}: {_reason(error)}")
    return None


def _reason(error: Exception) -> str:
    said = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    match error:
        case TemplateNotFound():
            return f"there is no template '{said}'"
        case KeyError():
            return f"there is no {said}"
        case TemplateError():
            return said[:1].lower() + said[1:]
        case _:
            return f"{said[:1].lower()}{said[1:]} ({type(error).__name__})"
