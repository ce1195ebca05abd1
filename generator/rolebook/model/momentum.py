"""What keeps the programme going: successes that are celebrated and rewarded, and suggestions that are answered."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

PATH = "process_defs/programme/momentum.yaml"
"""Where it is written, relative to the handbook."""
WAITING, ADOPTED, DECLINED = "waiting", "adopted", "declined"
"""What became of a suggestion: nothing yet, an improvement or a small change, or a reason why not."""


@value(kw_only=True)
class Recognition:
    """How people were thanked: a feast, a word in public, something for what they did."""

    how: v.Prose
    """How they were thanked."""
    who: tuple[v.Audience, ...]
    """Who was thanked: roles, functions, parties outside."""
    by: v.Role
    """The role that thanked them."""
    date: v.Day
    """The day on which it took place, or shall."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Success:
    """Something that went well, and is not passed over in silence."""

    improvement: v.Improvement
    """The improvement that succeeded."""
    what: v.Prose
    """What is better now, as those who feel it would say."""
    celebrated: Recognition | None = None
    """How it was celebrated."""
    rewarded: Recognition | None = None
    """How those who did it were rewarded."""
    leads_to: v.Prose | None = None
    """The harder goal that comes into reach by it."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Suggestion:
    """What an employee suggested, and what became of it."""

    id: v.Id
    """Its id, unique in the file."""
    date: v.Day
    """The day on which it was made."""
    suggested_by: v.Role
    """The role of whoever made it."""
    says: v.Prose
    """What was suggested, in the words of whoever did."""
    state: Annotated[v.Text, v.Choice((WAITING, ADOPTED, DECLINED))]
    """What became of it: `waiting`, `adopted` or `declined`."""
    answered: v.Day | None = None
    """The day on which whoever made it was told."""
    answer: v.Prose | None = None
    """What they were told: what is done, or why it is not."""
    improvement: v.Improvement | None = None
    """The improvement that came of it."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Momentum:
    """Successes that were celebrated, and suggestions that were answered."""

    successes: tuple[Success, ...] = ()
    """What went well."""
    suggestions: tuple[Suggestion, ...] = ()
    """What employees suggested."""
    span: Span = field(compare=False, repr=False)
