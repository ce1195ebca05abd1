"""Pages as Markdown that any builder of `mkdocs.yml` reads, in which nothing an author wrote is Markdown."""

import re

from markupsafe import Markup

from rolebook.pages.page import Page
from rolebook.publishing.content import TITLE_ID, block, lead
from rolebook.publishing.handbook_page import metadata
from rolebook.publishing.repository import Repository
from rolebook.publishing.yaml import document
from rolebook.rendering import IN_ENGLISH, Look

_KEPT_AS_IS = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
_BREAKS = re.compile(r"\s*\n\s*")


def page_file(page: Page, repository: Repository, *, alone: bool, look: Look = IN_ENGLISH) -> str:
    """The Markdown file of `page`: metadata, headings, and one HTML block for what stands below each."""
    parts = [f"---\n{document(metadata(page, repository, alone=alone))}---\n", _heading(1, TITLE_ID, page.title)]
    parts.append(_one_line(lead(page)))
    for section in page.sections:
        parts += [_heading(section.level, section.id, section.heading), _one_line(block(section, repository, look))]
    return "\n".join(part for part in parts if part)


def _heading(level: int, id: str, text: str) -> str:
    return f"{'#' * level} {_literal(text)} {{#{id}}}\n"


def _literal(text: str) -> str:
    """`text` with all but letters, digits and spaces as character references, so that nothing of it is syntax."""
    return "".join(char if char.isalnum() or char in " -,." else f"&#{ord(char)};" for char in " ".join(text.split()))


def _one_line(html: Markup) -> str:
    """`html` without line breaks: Markdown takes its first line for HTML, and sees no other.

    Breaks that show (in `pre`) become character references.
    """
    if not html:
        return ""
    parts = _KEPT_AS_IS.split(html.strip())
    line = ""
    for number, part in enumerate(parts):
        if number % 3 == 0:
            line += _BREAKS.sub(" ", part)
        elif number % 3 == 1:
            line += part.replace("\n", "&#10;").replace("\t", "&#9;")
    return line + "\n"
