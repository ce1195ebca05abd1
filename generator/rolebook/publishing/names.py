"""Names that scripts on the pages look up, in files of their own: once for the site, and also below `file://`."""

import json
import re
from collections.abc import Iterator, Sequence

from rolebook.pages.page import Page
from rolebook.publishing.addresses import address
from rolebook.publishing.search import plain

_FOLDER = "assets/javascripts/rolebook/names"
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)

Name = list[str | list[str]]
"""A name, where it leads in the site, other words for it, and what it means (for terms only)."""


def name_files(pages: Sequence[Page], *, directory_urls: bool) -> dict[str, str]:
    """The scripts by their path in the site: `roles.js` and `terms.js`, each of which fills `window.rolebook`."""
    found = {
        "roles": list(_roles(pages, directory_urls)),
        "terms": list(_terms(pages, directory_urls)),
    }
    return {f"{_FOLDER}/{kind}.js": _script(kind, names) for kind, names in found.items()}


def _roles(pages: Sequence[Page], directory_urls: bool) -> Iterator[Name]:
    for page in pages:
        if page.kind == "role":
            yield [page.title, address(page.path, directory_urls=directory_urls), [*page.also]]


def _terms(pages: Sequence[Page], directory_urls: bool) -> Iterator[Name]:
    for page in pages:
        if page.kind == "glossary":
            url = address(page.path, directory_urls=directory_urls)
            for section in page.sections:
                if meaning := _PARAGRAPH.search(section.body):
                    text = plain(meaning[1])
                    yield [section.heading, f"{url}#{section.id}", [*section.also], text]


def _script(kind: str, names: list[Name]) -> str:
    lines = ",\n".join(json.dumps(name, ensure_ascii=False, separators=(",", ":")) for name in names)
    return f"(window.rolebook ??= {{}}).{kind} = [\n{lines}\n];\n"
