"""What one build publishes: the pages of a handbook, their navigation, and what was found wrong with it."""

from dataclasses import dataclass

from rolebook.pages.page import Chapter, Page


@dataclass(frozen=True, slots=True)
class Edition:
    """A handbook made into pages; where it has errors, it may have none."""

    pages: tuple[Page, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    report: str = ""
    """What was found, as it is printed; empty when nothing is to be told."""
    errors: int = 0
