"""What one build publishes: the pages of a handbook, their navigation, and what was found wrong with it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolebook.checks import findings
from rolebook.loading import load
from rolebook.pages import handbook_pages, navigation
from rolebook.pages.page import Chapter, Page
from rolebook.rendering import Links
from rolebook.reporting import counts, text


@dataclass(frozen=True, slots=True)
class Edition:
    """A handbook made into pages; where it has errors, it has none."""

    pages: tuple[Page, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    report: str = ""
    """What was found, as it is printed; empty when nothing is to be told."""
    errors: int = 0


def read_edition(handbook: Path, today: date, *, directory_urls: bool) -> Edition:
    """Read and check the handbook as of `today`, and make its pages unless it has errors."""
    loaded = load(handbook)
    found = findings(loaded, today).diagnostics
    report = "\n".join(text.report(found, loaded.lines)).strip()
    errors, _ = counts(found)
    if errors:
        return Edition(report=report, errors=errors)
    pages = handbook_pages(loaded.handbook, Links(directory_urls=directory_urls))
    return Edition(tuple(pages), tuple(navigation(loaded.handbook)), report)
