"""The pages of a handbook: for each kind a view-model that gathers and orders, and a template that prints."""

from rolebook.model.handbook import Handbook
from rolebook.pages import (
    benefits,
    business_case,
    calendar,
    clauses,
    communication,
    control,
    customers,
    findings,
    function,
    gaps,
    glossary,
    home,
    improvement,
    indexes,
    job,
    matrix,
    maturity,
    momentum,
    organisation,
    plan,
    procedure,
    process,
    programme,
    role,
    scorecard,
    steps,
    traceability,
    training,
    versions,
    written,
)
from rolebook.pages.checked import Checked
from rolebook.pages.navigation import navigation
from rolebook.pages.page import Chapter, Page, Section
from rolebook.rendering import Links

__all__ = ["Chapter", "Checked", "Links", "Page", "Section", "handbook_pages", "navigation"]

_KINDS = (
    *(home, indexes, process, procedure, role, function, matrix, job, training, improvement, maturity),
    *(gaps, business_case, benefits, customers, traceability, steps, communication),
    *(written, versions, organisation, glossary, clauses),
)
_OF_THE_CHECK = (programme, plan, momentum, scorecard, calendar, control, findings)
"""The pages that also tell what checking came to, or of which day."""


def handbook_pages(handbook: Handbook, links: Links, checked: Checked | None = None) -> tuple[Page, ...]:
    """Every page of a handbook that has no errors; without `checked`, nothing is said of findings and reviews due."""
    everyday = (page for kind in _KINDS for page in kind.pages(handbook, links))
    told = (page for kind in _OF_THE_CHECK for page in kind.pages(handbook, links, checked))
    return (*everyday, *told)
