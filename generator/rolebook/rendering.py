"""Templates made into HTML: one environment that always escapes, its filters, and links between pages."""

import datetime
import decimal
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from jinja2 import (
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from rolebook import resources
from rolebook.source import Span

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
Templates: TypeAlias = Environment
"""Templates that know of each other."""
Known: TypeAlias = Mapping[str, Any]
"""What a template knows where it is used, by name."""

_STAND_IN = "{% macro <macro>() %}{{ stand_in_for_<macro>(*varargs, **kwargs) }}{% endmacro %}"
_BLANK_LINES = re.compile(r"\n\s*\n")
_NO_BREAK = "\N{NO-BREAK SPACE}"


Sources: TypeAlias = Callable[[Span], str | None]
"""Where a place in the YAML can be seen or edited; None where that is not known."""


def nowhere(_: Span) -> None:
    """The sources of a handbook of which nobody said where it is kept."""


@dataclass(frozen=True, slots=True)
class Links:
    """How pages link to each other, by folders (`roles/analyst/`) or files (`roles/analyst.html`), and to sources."""

    directory_urls: bool = True
    source: Sources = nowhere

    def href(self, from_page: str, to_page: str, anchor: str = "") -> str:
        """The relative link from one page to another, or to a place on it."""
        fragment = f"#{anchor}" if anchor else ""
        if from_page == to_page and anchor:
            return fragment
        here = self._address(from_page).split("/")[:-1]
        there = self._address(to_page).split("/")
        shared = 0
        while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
            shared += 1
        way = "/".join([".."] * (len(here) - shared) + there[shared:])
        return (way or "./") + fragment

    def _address(self, page: str) -> str:
        if not self.directory_urls:
            return f"{page}.html"
        return page.removesuffix("index") if page == "index" or page.endswith("/index") else f"{page}/"


def prose(text: str) -> Markup:
    """An author's text as paragraphs, which a blank line separates; every character shows as it was written."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return Markup("\n").join(Markup("<p>%s</p>") % paragraph for paragraph in paragraphs)


def day(value: datetime.date) -> Markup:
    """A day as it is written in a sentence: 20 February 2026."""
    written = f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return Markup('<time datetime="%s">%s</time>') % (value.isoformat(), written)


def month(value: str) -> str:
    """A month as it is written in a sentence: February 2026 for 2026-02."""
    year, _, number_ = value.partition("-")
    return f"{_MONTHS[int(number_) - 1]} {year}"


def number(value: decimal.Decimal | int) -> str:
    """A number with its digits as they were written, thousands set apart: 12,000.50."""
    return f"{value:,f}" if isinstance(value, decimal.Decimal) else f"{value:,d}"


def money(value: decimal.Decimal | int, currency: str) -> str:
    """An amount after its currency: EUR 12,000, but £12,000."""
    gap = _NO_BREAK if currency[-1:].isalnum() else ""
    return f"{currency}{gap}{number(value)}"


def duration(minutes: int) -> str:
    """A length of time: 45 minutes, 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{_NO_BREAK}minute{'' if rest == 1 else 's'}"
    return f"{hours}{_NO_BREAK}h" + (f" {rest}{_NO_BREAK}min" if rest else "")


_HYPHENATED = ("e-learning", "self-study")


def words(value: str) -> str:
    """A word of a choice as it stands in a sentence: `in progress` for `in-progress`, but `e-learning`."""
    return value if value in _HYPHENATED else value.replace("-", " ")


def heading(value: str) -> str:
    """A word of a choice as it stands at the beginning: `In progress` for `in-progress`."""
    return words(value)[:1].upper() + words(value)[1:]


def anchor(link: str, text: str) -> Markup:
    """A link with its text."""
    return Markup('<a href="%s">%s</a>') % (link, text)


class Blocks:
    """The blocks of one page's template, which all know the same things about the page."""

    def __init__(self, template: str, **context: object) -> None:
        self._template = _environment().get_template(f"pages/{template}.html.jinja")
        self._given = context
        self._context = self._template.new_context(context)

    def render(self, block: str, **about: object) -> Markup:
        """One block, which may know more than the others; "" when it holds nothing but white space."""
        context = self._template.new_context(self._given | about) if about else self._context
        # The block's own function, as Jinja's documentation gives it for rendering a fragment: the template around
        # it, which inherits from nothing, is not run.
        text = "".join(self._template.blocks[block](context))
        return Markup(_BLANK_LINES.sub("\n", text).strip())  # noqa: S704 - what autoescape made


def render(template: str, block: str, **context: object) -> Markup:
    """One block of a page's template; "" when it holds nothing but white space."""
    return Blocks(template, **context).render(block)


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


@cache
def _environment() -> Environment:
    """The one environment; every file of macros is imported once and known to all templates by its name."""
    folder = resources.templates()
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters = (prose, day, month, number, money, duration, words, heading)
    environment.filters.update({function.__name__: function for function in filters})
    for path in sorted((folder / "macros").glob("*.html.jinja")):
        name = path.name.removesuffix(".html.jinja")
        environment.globals[name] = environment.get_template(f"macros/{path.name}").module
    return environment
