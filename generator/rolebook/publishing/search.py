"""What the search of the site finds, straight from the sections of pages.

The theme would parse every finished page again, which takes most of the time of a large build.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

from markupsafe import Markup

from rolebook.pages.page import Page

EXCLUDED: dict[str, bool] = {"exclude": True}
"""The value of `search` in the metadata of a page that the theme shall not parse."""

_LEFT_OUT = re.compile(r"<([a-z0-9]+)\b[^>]*\sdata-search-exclude\b.*?</\1>", re.DOTALL)
_WITHIN_WORDS = re.compile(r"</?(?:a|abbr|b|code|em|i|small|span|strong|sub|sup|time)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def entries(page: Page, url: str) -> Iterator[dict[str, str]]:
    """One entry for the page and one for each section, as the theme's search index holds them."""
    yield _entry(url, page.title, page.lead)
    for section in page.sections:
        yield _entry(f"{url}#{section.id}", section.heading, section.body)


def _entry(location: str, title: str, body: Markup) -> dict[str, str]:
    return {"location": location, "title": escape(title, quote=False), "text": escape(_text(body), quote=False)}


def _text(html: Markup) -> str:
    """The words of `html`, those of neighbouring cells and items apart."""
    bare = _TAG.sub(" ", _WITHIN_WORDS.sub("", _LEFT_OUT.sub(" ", html)))
    return " ".join(unescape(bare).split())
