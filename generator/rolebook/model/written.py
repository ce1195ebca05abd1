"""A page that is written by hand: guidance that stands beside what the handbook makes of its YAML."""

from dataclasses import field

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.source.inline import Element
from rolebook.value import value


@value()
class WrittenSection:
    """A part of a page below one heading, of level 2 or 3."""

    heading: v.Text
    level: int
    body: tuple[Element, ...]
    span: Span


@value(kw_only=True)
class WrittenPage:
    """A page that somebody wrote in Markdown, with links to what the handbook holds by kind and id."""

    id: v.Id = field(metadata={"file": True})
    name: v.Line
    """Its title."""
    text: v.Prose
    """What stands below the title, as written in Markdown."""
    lead: tuple[Element, ...] = field(metadata={"made": True}, compare=False, repr=False)
    """What stands between the title and the first heading."""
    sections: tuple[WrittenSection, ...] = field(metadata={"made": True}, compare=False, repr=False)
    span: Span = field(compare=False, repr=False)
