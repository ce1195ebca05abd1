"""What the theme prints that is not valid HTML, shuts somebody out, or weighs and says nothing; and what instead."""

import re
from collections.abc import Mapping

from rolebook.rendering import Templates, replace_text

MENDED: Mapping[str, Mapping[str, str]] = {
    "base.html": {
        "<!doctype html>": "<!DOCTYPE html>",
        # What a reader types is completed, not what they tick; a box that is ticked again on coming back does no harm.
        'id="__drawer" autocomplete="off"': 'id="__drawer"',
        'id="__search" autocomplete="off"': 'id="__search"',
    },
    "partials/header.html": {
        # A page without a title: the one for addresses that lead nowhere.
        "{{ page.title }}": "{{ page.title | d(config.site_name, true) }}",
    },
    "partials/search.html": {
        'role="dialog"': """role="dialog" aria-label="{{ lang.t('search') }}\"""",
        # The dialog may close when the list of results is reached; the results are stops of their own.
        'tabindex="0" data-md-scrollfix': 'tabindex="-1" data-md-scrollfix',
        'role="presentation"': 'role="none"',
    },
    "partials/nav-item.html": {
        'tabindex="{{ tabindex }}"': '{% if tabindex %}tabindex="{{ tabindex }}"{% endif %}',
        # Where a section has a page of its own, its label holds a sign alone.
        'aria-labelledby="{{ path }}_label"': (
            '{% if index %}aria-label="{{ nav_item.title | striptags | e }}"'
            '{% else %}aria-labelledby="{{ path }}_label"{% endif %}'
        ),
        '{% include "partials/toc.html" %}': '{% set drawer = true %}{% include "partials/toc.html" %}',
    },
    "partials/toc.html": {
        # The contents of a page are a landmark beside it, and a part of the navigation that small screens pull out;
        # only there, something is opened and closed by their title.
        "<nav class": """<{{ 'div role="group"' if drawer else "nav" }} class""",
        "</nav>": """</{{ "div" if drawer else "nav" }}>""",
        'for="__toc"': """{% if drawer %}for="__toc"{% endif %}""",
    },
    "partials/javascripts/content.html": {
        # Only a page with tabs has one to open.
        "<script>var target=": """{% if "tabbed-set" in (page.content or "") %}<script>var target=""",
        'startsWith("__tabbed_"))</script>': 'startsWith("__tabbed_"))</script>{% endif %}',
    },
    "partials/javascripts/palette.html": {
        # Only a switch with three places has one for what the system says.
        'if("(prefers-color-scheme)"===': (
            ' {% if config.theme.palette | selectattr("media", "equalto", "(prefers-color-scheme)") | list %}'
            'if("(prefers-color-scheme)"==='
        ),
        'getAttribute("data-md-color-accent")}': 'getAttribute("data-md-color-accent")}{% endif %}',
    },
    "partials/toc-item.html": {
        '<nav class="md-nav" aria-label="{{ toc_item.title | striptags | e }}">': '<div class="md-nav">',
        "</nav>": "</div>",
    },
}
"""By template of the theme: what stands there, and what is read in its place."""

_KEPT_AS_IS = re.compile(r"<(pre|textarea)\b.*?</\1>", re.DOTALL)
_BETWEEN = re.compile(r"(?<=>) {2,}(?=<)")
_PARTS = "html|head|meta|link|title|body|main|header|footer"
_BLOCKS = f"{_PARTS}|aside|div|form|li|nav|ol|p|ul"
_NEVER_SEEN = re.compile(
    rf"""\n(?=</?(?:{_PARTS})\b)"""
    rf"""|(?<=>)\n(?=<(?:{_BLOCKS}|input)\b(?: [a-z-]+="[^"]*")*? class="(?:md|rb)-(?!source__))"""
    rf"""|\n(?=</(?:{_BLOCKS})>)"""
    rf"""|(?P<kept><(?:{_BLOCKS})\b(?:[^<>"]|"[^"]*")*>|<span class="md-ellipsis">)\n"""
)
"""A break between the parts of a document, between blocks of the theme, and at either edge of what a block holds."""
_LINE = re.compile(r'\n?(<span class="md-ellipsis">[^<>\n]*)\n?(</span>)\n?')
"""What the theme shows in a line of its own, whatever stands around it."""


def mend(theme: Templates) -> None:
    """Have the theme print valid HTML; what a theme has written in some other way stays as it is."""
    replace_text(theme, MENDED)


def dense(template: str) -> str:
    """The text of a template of the theme without the white space that never shows, once for all pages.

    There is a single break for each run of white space between lines or elements. What is shown in a line, such as
    entries of a list, keeps the space between them.
    """
    parts, start = [], 0
    for kept in [*_KEPT_AS_IS.finditer(template), None]:
        part = template[start : kept.start() if kept else None]
        part = _NEVER_SEEN.sub(lambda found: found["kept"] or "", _one_break(part))
        parts += [_LINE.sub(r"\1\2", part), kept.group() if kept else ""]
        start = kept.end() if kept else 0
    return "".join(parts)


def _one_break(html: str) -> str:
    """`html` with one break in place of each run of white space that has one, and of each gap between elements."""
    first, *lines = html.split("\n")
    if not lines:
        return _BETWEEN.sub("\n", html)
    *lines, last = lines
    inner = [line for line in map(str.strip, lines) if line]
    return _BETWEEN.sub("\n", "\n".join([first.rstrip(), *inner, last.lstrip()]))
