"""Where tables of measurements name a KPI: in many lines, for all of which one reference stands."""

from rolebook.model.handbook import Handbook, Reference
from rolebook.model.kinds import MEASUREMENTS
from rolebook.source import Text


def in_measurements(reference: Reference) -> bool:
    """Whether a reference stands in a table of measurements."""
    return reference.text.span.path == MEASUREMENTS.path(reference.home)


def cells(handbook: Handbook, reference: Reference) -> tuple[Text, ...]:
    """All that a reference stands for, itself included: in a table of measurements, each cell that says the same."""
    if not in_measurements(reference):
        return (reference.text,)
    rows = handbook.measurements.get(reference.home, ())
    others = [row.kpi for row in rows if row.kpi == reference.text and row.kpi.span != reference.text.span]
    return reference.text, *others
