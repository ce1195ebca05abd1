"""The scorecard: which KPIs customers are shown, in their words, and which no function can move alone."""

from dataclasses import field

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

PATH = "process_defs/programme/scorecard.yaml"
"""Where it is written, relative to the handbook."""


@value(kw_only=True)
class CustomerFigure:
    """A KPI that customers are shown."""

    kpi: v.Kpi
    """The KPI, written `process/kpi`."""
    says: v.Line
    """What it is called for customers, without words of the trade."""
    matters: v.Prose
    """What it means for them."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class SharedKpi:
    """A KPI that its owner cannot move alone, since others have to do their part."""

    kpi: v.Kpi
    """The KPI, written `process/kpi`."""
    with_: tuple[v.Role, ...]
    """The roles that answer for it together with its owner."""
    reason: v.Prose
    """What each of them contributes, and why one alone would not get there."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Scorecard:
    """Which figures are shown to whom; the scorecard of the organisation itself has all KPIs."""

    customers: tuple[CustomerFigure, ...] = ()
    """Those that customers are shown, in this order."""
    shared: tuple[SharedKpi, ...] = ()
    """Those that several roles answer for."""
    span: Span = field(compare=False, repr=False)
