"""What people call the kinds of thing."""

from collections.abc import Mapping
from types import MappingProxyType

NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "area": "area",
        "activity": "activity",
        "check": "check",
        "clause": "clause",
        "control": "control",
        "function": "function",
        "hand-off": "hand-off",
        "improvement": "improvement",
        "input": "input",
        "job": "job description",
        "kpi": "KPI",
        "module": "training module",
        "objective": "objective",
        "outside": "outside party",
        "page": "page",
        "plan": "training plan",
        "policy": "policy",
        "process": "process",
        "questionnaire": "questionnaire",
        "phase": "phase",
        "milestone": "milestone",
        "record": "record",
        "role": "role",
        "role-kind": "kind of role",
        "standard": "standard",
        "term": "term",
    }
)
"""What people call one of a kind, in the middle of a sentence."""
