"""Reports in the formats that people and programs take."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rolebook.pages.reports import Report
from rolebook.publishing.reports.data import data
from rolebook.publishing.reports.markdown import markdown
from rolebook.publishing.reports.paper import paper

FORMATS: Mapping[str, Callable[[Report], bytes]] = MappingProxyType({"markdown": markdown, "json": data, "pdf": paper})
"""How a report is written, by format."""
ENDINGS: Mapping[str, str] = MappingProxyType({"markdown": ".md", "json": ".json", "pdf": ".pdf"})
"""What the names of its files end in."""

__all__ = ["ENDINGS", "FORMATS"]
