"""Where everything that can be referred to lives in the site: its page, and its anchor there."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple


class Place(NamedTuple):
    """A page, and an anchor on it ("" for the page as a whole)."""

    page: str
    anchor: str = ""


HOME = "index"
PROCESSES = "processes/index"
ROLES = "roles/index"
FUNCTIONS = "functions/index"
JOBS = "jobs/index"
TRAINING = "training/index"
IMPROVEMENTS = "improvements/index"
MATRIX = "matrix"
ORGANISATION = "organisation"
GUIDES = "pages/index"
GLOSSARY = "glossary"
TRAINING_MATRIX = "training-matrix"
TRAINING_CALENDAR = "training-calendar"
VERSIONS = "versions/index"
NEXT_VERSION = "versions/next"
PROGRAMME = "programme/index"
GAPS = "programme/gaps"
BUSINESS_CASE = "programme/business-case"
ROADMAP = "programme/roadmap"
STEPS = "programme/steps"
SCORECARD = "programme/scorecard"
CUSTOMERS = "programme/customers"
BENEFITS = "programme/benefits"
TRACEABILITY = "programme/traceability"
MOMENTUM = "programme/momentum"
COMMUNICATION = "programme/communication"
CONTROL = "control/index"
CLAUSES = "control/clauses"
FINDINGS = "control/findings"

INDEX_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        PROCESSES: "Processes",
        ROLES: "Roles",
        FUNCTIONS: "Functions",
        JOBS: "Job descriptions",
        TRAINING: "Training",
        IMPROVEMENTS: "Improvements",
        MATRIX: "The whole matrix",
        ORGANISATION: "Organisation",
        GUIDES: "Guides",
        GLOSSARY: "Glossary",
        TRAINING_MATRIX: "Training matrix",
        TRAINING_CALENDAR: "Training calendar",
        VERSIONS: "Versions",
        NEXT_VERSION: "Not released yet",
        PROGRAMME: "Programme",
        GAPS: "Gap report",
        BUSINESS_CASE: "Business case",
        ROADMAP: "Plan and roadmap",
        STEPS: "Eight steps",
        SCORECARD: "Scorecard",
        CUSTOMERS: "Scorecard for customers",
        BENEFITS: "Benefits",
        TRACEABILITY: "From objective to release",
        MOMENTUM: "Successes and suggestions",
        COMMUNICATION: "Communication",
        CONTROL: "Document control",
        CLAUSES: "Clauses of standards",
        FINDINGS: "Findings",
    }
)
"""The titles of the pages that there is one of, by path."""


def _own_page(folder: str, below: str = "") -> Callable[[str], Place]:
    return lambda id: Place(f"{folder}/{id}{below}")


def _on_page_of(folder: str, below: str = "") -> Callable[[str], Place]:
    return lambda reference: Place(f"{folder}/{reference.partition('/')[0]}{below}", reference.partition("/")[2])


def _on(page: str, prefix: str = "") -> Callable[[str], Place]:
    return lambda reference: Place(page, prefix + reference.replace("/", "_"))


_PLACES: Mapping[str, Callable[[str], Place]] = MappingProxyType(
    {
        "process": _own_page("processes"),
        "procedure": _own_page("processes", "/procedure"),
        "activity": _on_page_of("processes", "/procedure"),
        "hand-off": _on_page_of("processes", "/procedure"),
        "kpi": _on_page_of("processes"),
        "control": _on_page_of("processes"),
        "record": _on_page_of("processes"),
        "role": _own_page("roles"),
        "role-kind": _on(ROLES, "kind_"),
        "function": _own_page("functions"),
        "job": _own_page("jobs"),
        "plan": _own_page("training"),
        "module": _on_page_of("training"),
        "improvement": _own_page("improvements"),
        "questionnaire": _own_page("programme/questionnaires"),
        "assessment": _own_page("programme/assessments"),
        "communication": _on(COMMUNICATION),
        "phase": _on(ROADMAP),
        "milestone": _on(ROADMAP),
        "area": _on(PROCESSES, "area_"),
        "objective": _on(ORGANISATION),
        "policy": _on(ORGANISATION),
        "standard": _on(ORGANISATION),
        "clause": _on(CLAUSES),
        "outside": _on(ORGANISATION),
        "term": _on(GLOSSARY),
        "page": _own_page("pages"),
        "release": _own_page("versions"),
    }
)
"""By kind, from a reference as authors write it to its place.

Anchors of entities are their ids, which stay for ever. Those that have an underscore can never be an id: headings of
ours (`section_…`), and what is put together (`outside_customer`, `iso-20000_8-6-1`).
"""


def place(kind: str, reference: str) -> Place:
    """Where the entity of this kind lives; KeyError for a kind that lives nowhere."""
    return _PLACES[kind](reference)


def scorecard_of(area: str) -> str:
    """The path of the page on which the KPIs of an area of processes stand."""
    return f"{SCORECARD}/{area}"


def calendar_of(kind: str, id: str) -> str:
    """The path of the calendar file of a role or a plan."""
    return f"calendars/{kind}s/{id}.ics"


def changes_of(version: str) -> str:
    """The anchor of what a version changed, on the page of a role or job, or of what is not released yet (“”)."""
    return f"changes-{version.replace('.', '-') or 'next'}"


def local_anchor(kind: str, reference: str) -> str:
    """The anchor of an entity on its page."""
    return place(kind, reference).anchor
