"""What an organisation settles about the checks: how much a finding weighs, and how much is too much."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

PATH = "process_defs/checks.yaml"
"""Where the settings stand, relative to the handbook."""
OFF = "off"
"""What is written for a check that is not made at all."""


@value(kw_only=True)
class Setting:
    """How much the findings of one check weigh in this handbook."""

    check: v.Line
    """The check, by its code."""
    severity: Annotated[v.Text, v.Choice(("error", "warning", OFF))]
    """`error`, which stops the build; `warning`, which does not; or `off`."""
    reason: v.Prose
    """Why it is so here."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Limits:
    """How much is too much."""

    consulted: v.Whole = v.Whole(4)
    """The most that are consulted on an activity (RB205); 4 where nothing is said."""
    accountable: v.Whole = v.Whole(20)
    """The most activities that one role is accountable for (RB210); 20 where nothing is said."""
    fulfils: v.Whole = v.Whole(4)
    """The most activities that one duty fulfils (RB404); 4 where nothing is said."""
    teaches: v.Whole = v.Whole(4)
    """The most activities that one module teaches (RB508); 4 where nothing is said."""
    trained_within: v.Whole | None = None
    """The days after a release in which those it concerns are to be trained (RB510); 60 where nothing is said."""
    trained: v.Whole | None = None
    """The least of them, in percent, who are trained by then (RB510); 90 where nothing is said."""
    reassessed_within: v.Whole | None = None
    """The days in which the processes of an improvement are to be assessed anew (RB613); 180 where nothing is said."""
    missed_measurements: v.Whole | None = None
    """The most periods in a row of which a KPI may have no value (RB718); 2 where nothing is said."""
    span: Span = field(compare=False, repr=False)

    @property
    def days_to_train(self) -> int:
        """The days after a release in which those it concerns are to be trained."""
        return 60 if self.trained_within is None else self.trained_within

    @property
    def least_trained(self) -> int:
        """The least of them, in percent, who are trained by then."""
        return 90 if self.trained is None else self.trained

    @property
    def days_to_reassess(self) -> int:
        """The days after an improvement in which its processes are to be assessed again."""
        return 180 if self.reassessed_within is None else self.reassessed_within

    @property
    def most_missed(self) -> int:
        """The most periods in a row of which a KPI may have no value."""
        return 2 if self.missed_measurements is None else self.missed_measurements


@value(kw_only=True)
class CheckSettings:
    """What is settled about the checks; without this file, they are as their pages say."""

    checks: tuple[Setting, ...] = ()
    """The checks that weigh otherwise than usual."""
    limits: Limits = Limits(span=Span.of_file(PATH))
    """How much is too much."""
    span: Span = field(compare=False, repr=False)


USUAL = CheckSettings(span=Span.of_file(PATH))
"""What holds where nothing is settled."""
