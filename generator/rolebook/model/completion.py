"""A line of `raci/completions.csv`: how many of those who hold a role had been trained, on a day, for a version."""

from dataclasses import field

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

PATH = "raci/completions.csv"
"""Where it is recorded, relative to the handbook."""


@value(kw_only=True)
class Completion:
    """How many of those who hold a role had been trained, on a day, in what a version asks for."""

    role: v.Role
    """The role, by the id that it had then."""
    job: v.Job | None = None
    """The job in which they hold it; nothing stands for all who hold it."""
    version: v.Version
    """The release that they were trained for."""
    date: v.Day
    """The day of which this holds: the latest one counts."""
    trained: v.Whole
    """How many had been trained by then, altogether."""
    due: v.Whole
    """How many hold the role, and were to be trained."""
    span: Span = field(compare=False, repr=False)
