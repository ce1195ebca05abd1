"""What the theme prints that is not valid HTML or shuts somebody out, and what it is made to print instead."""

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
    "partials/toc-item.html": {
        '<nav class="md-nav" aria-label="{{ toc_item.title | striptags | e }}">': '<div class="md-nav">',
        "</nav>": "</div>",
    },
}
"""By template of the theme: what stands there, and what is read in its place."""


def mend(theme: Templates) -> None:
    """Have the theme print valid HTML; what a theme has written in some other way stays as it is."""
    replace_text(theme, MENDED)
