"""Reports for a steering meeting: what a program or a printer makes of them is decided elsewhere."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rolebook.pages.reports.gap import gap_report
from rolebook.pages.reports.report import Cell, Report, Table, Wording
from rolebook.pages.reports.scorecard import scorecard_report
from rolebook.pages.reports.status import status_report

REPORTS: Mapping[str, Callable[[Wording], Report]] = MappingProxyType(
    {"gap": gap_report, "scorecard": scorecard_report, "status": status_report}
)
"""The reports that there are, by name."""

__all__ = ["REPORTS", "Cell", "Report", "Table", "Wording"]
