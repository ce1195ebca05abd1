"""What the search of the site finds, straight from the sections of pages.

The theme would parse every finished page again, which takes most of the time of a large build.
"""

import json
import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from pathlib import Path

from markupsafe import Markup

from rolebook.pages.page import Page

OURS = "section_"
"""How the ids of sections begin whose headings are ours, and no author's."""

EXCLUDED: dict[str, bool] = {"exclude": True}
"""The value of `search` in the metadata of a page that the theme shall not parse."""

SEPARATOR = (
    r"""(?:[\s\-,;:!?=+*_#~$%^|\\/()\[\]{}<>"'`‘’“”„«»…\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\u300c\u300d]"""
    r"""|&(?:[lg]t;|amp;|quot;|#\d+;)?|\.(?!\d))+"""
)
"""What stands between words, as a JavaScript pattern; with the theme's own, no word beside a bracket would be found."""

Entry = dict[str, str | list[str]]

_LEFT_OUT = re.compile(r"<svg\b.*?</svg>|<([a-z0-9]+)\b[^>]*\sdata-search-exclude\b.*?</\1>", re.DOTALL)
_WITHIN_WORDS = re.compile(r"</?(?:a|abbr|b|code|em|i|small|span|strong|sub|sup|time|wbr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


LARGE = 3 * 2**20
"""An index of so many bytes takes a browser too long when a page is opened as a file, where nothing can work aside."""

_SCRIPT = "var __index = "


def entries(page: Page, url: str) -> Iterator[Entry]:
    """One entry for the page and one for each section, as the theme's search index holds them.

    A section of ours without words to be found (a drawing, a form to sign, a heading above others) has none.
    """
    yield _entry(url, page.title, page.lead, page.also)
    for section in page.sections:
        entry = _entry(f"{url}#{section.id}", section.heading, section.body, section.also)
        if entry["text"] or not section.id.startswith(OURS):
            yield entry


def _entry(location: str, title: str, body: Markup, also: Sequence[str]) -> Entry:
    entry: Entry = {
        "location": location,
        "title": escape(title, quote=False),
        "text": escape(plain(body), quote=False),
    }
    if also:  # what the theme calls tags counts more than the text, and is shown below the title
        entry["tags"] = [escape(word, quote=False) for word in also]
    return entry


def plain(html: str) -> str:
    """The words of `html`, those of neighbouring cells and items apart."""
    bare = _TAG.sub(" ", _WITHIN_WORDS.sub("", _LEFT_OUT.sub(" ", html)))
    return " ".join(unescape(bare).split())


def shorten(script: Path, limit: int = LARGE) -> None:
    """Leave a large index for pages that are opened as files only titles and other names, and let it tell so."""
    if not script.is_file() or script.stat().st_size <= limit:
        return
    index = json.loads(script.read_text(encoding="utf-8").removeprefix(_SCRIPT))
    docs = [entry | {"text": ""} for entry in index["docs"]]
    short = index | {"docs": docs, "titles_only": True}
    script.write_text(_SCRIPT + json.dumps(short, separators=(",", ":")), encoding="utf-8")
