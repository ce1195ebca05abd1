"""What belongs to a process or a training plan, stands in its file with an id, and may move to another one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rolebook.model.handbook import Handbook

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "activity": "activities",
        "hand-off": "hands_over",
        "kpi": "kpis",
        "control": "controls",
        "record": "records",
        "module": "modules",
    }
)
"""The field that holds it, by its kind."""
OWNERS: Mapping[str, str] = MappingProxyType({**dict.fromkeys(FIELDS, "process"), "module": "plan"})
"""The kind of what it belongs to, by its kind."""


def belonging(handbook: Handbook, kind: str, reference: str) -> Any:
    """The entity that is referred to as `owner/id`, the first where two share it; None where there is none."""
    owner, _, id = reference.partition("/")
    whole = (handbook.plans if OWNERS[kind] == "plan" else handbook.processes).get(owner)
    return next((one for one in getattr(whole, FIELDS[kind]) if one.id == id), None) if whole else None
