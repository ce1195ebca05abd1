"""The business case: over how long it is reckoned, what it assumes, and which benefits have been realised."""

from dataclasses import field

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

PATH = "process_defs/programme/business_case.yaml"
"""Where it is written, relative to the handbook."""


@value(kw_only=True)
class Realised:
    """What an improvement has been seen to save, by somebody who counted."""

    improvement: v.Improvement
    """The improvement."""
    date: v.Day
    """The day on which it was confirmed; the latest one of an improvement counts."""
    per_year: v.Number
    """What it saves in a year, as it was counted."""
    confirmed_by: v.Role
    """The role that confirmed it: none that owns the improvement."""
    shows: v.Prose
    """What was counted, and where."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class BusinessCase:
    """What all improvements cost and bring; what each of them does, stands in its own file (`cost`, `saves`)."""

    years: v.Whole
    """Over how many years it is reckoned, from 1 to 10."""
    discount: v.Number
    """By how many percent a sum is worth less for each year that it comes later, from 0 to 50."""
    caution: v.Number
    """How much of the savings, in percent, the cautious case expects, from 0 to 100."""
    assumptions: tuple[v.Prose, ...]
    """What the figures rest on, one sentence a line."""
    beyond_money: tuple[v.Prose, ...] = ()
    """What the business gains besides, and nobody can put a sum to."""
    realised: tuple[Realised, ...] = ()
    """Which savings have been confirmed."""
    span: Span = field(compare=False, repr=False)
