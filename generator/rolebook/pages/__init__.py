"""The pages of a handbook: for each kind a view-model that gathers and orders, and a template that prints."""

from rolebook.model.handbook import Handbook
from rolebook.pages import (
    function,
    glossary,
    home,
    improvement,
    indexes,
    job,
    matrix,
    organisation,
    process,
    role,
    training,
)
from rolebook.pages.navigation import navigation
from rolebook.pages.page import Chapter, Page, Section
from rolebook.rendering import Links

__all__ = ["Chapter", "Links", "Page", "Section", "handbook_pages", "navigation"]

_KINDS = (home, indexes, process, role, function, matrix, job, training, improvement, organisation, glossary)


def handbook_pages(handbook: Handbook, links: Links) -> tuple[Page, ...]:
    """Every page of a handbook that has no errors."""
    return tuple(page for kind in _KINDS for page in kind.pages(handbook, links))
