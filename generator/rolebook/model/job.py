"""A job description: one position in a function, the roles it carries, and its duties."""

from dataclasses import field

from rolebook.model import values as v
from rolebook.model.process import Approval
from rolebook.source import Span
from rolebook.value import value


@value(kw_only=True)
class Duty:
    """What the holder of a job does, tied to the activities that it fulfils."""

    duty: v.Prose
    """The duty, in one sentence."""
    fulfils: tuple[v.Activity, ...] = ()
    """The activities it fulfils, written `process/activity`."""
    answers_for: tuple[v.Process, ...] = ()
    """The processes whose results the holder answers for."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class JobObjective:
    """What the holder of a job shall reach."""

    objective: v.Prose
    """The objective, in one sentence."""
    kpi: v.Kpi | None = None
    """The KPI that shows it, written `process/kpi`."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class JobDescription:
    """One position in a function, which carries one or more roles."""

    id: v.Id = field(metadata={"file": True})
    name: v.Line
    """The job's title."""
    function: v.Function
    """The unit that it belongs to."""
    reports_to: v.Job | None = None
    """The job that its holder reports to."""
    purpose: v.Prose
    """Why the job exists, in a sentence or two."""
    carries: tuple[v.Role, ...]
    """The roles that its holder takes on."""
    duties: tuple[Duty, ...]
    """What its holder does."""
    objectives: tuple[JobObjective, ...] = ()
    """What its holder shall reach."""
    requirements: tuple[v.Prose, ...] = ()
    """What its holder must bring."""
    conditions: tuple[v.Prose, ...] = ()
    """Working hours, on-call, place of work."""
    approval: Approval | None = None
    """Who approved it, when, and when it is looked at again."""
    formerly: tuple[v.Id, ...] = ()
    """Ids that it had before; they stay reserved."""
    span: Span = field(compare=False, repr=False)
