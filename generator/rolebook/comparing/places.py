"""Where a change is shown in the handbook as it is now: what is gone stands nowhere, but something held it."""

from rolebook.comparing.change import Change, Subject
from rolebook.model.catalogue import FILES, Thing, of_kind, path_of
from rolebook.model.handbook import Handbook
from rolebook.source import Span, Text


def place(handbook: Handbook, change: Change) -> Span:
    """The place of a change in the newer handbook: of what is gone, that of what it belonged to."""
    thing = of_kind(handbook, change.thing.kind).get(change.thing.reference)
    if thing is None:
        return _left(handbook, change.about) if change.in_old else _beginning(change.span)
    if change.in_old:
        return _row(handbook, change) or _declared(thing)
    return _beginning(change.span) if change.field or change.role else _declared(thing)


def _declared(thing: Thing) -> Span:
    """Where something is declared: its id, or the name of what has a file for an id."""
    return thing.name.span if thing.kind in FILES and isinstance(thing.name, Text) else thing.id.span


def _row(handbook: Handbook, change: Change) -> Span | None:
    """The line of an activity in its matrix, where a role has lost its letters."""
    process, _, activity = change.thing.reference.partition("/")
    row = handbook.row(process, activity) if change.role and not change.field else None
    return row.activity.span if row else None


def _left(handbook: Handbook, about: Subject) -> Span:
    """Where something stood: in what is still there, else in the file that is not."""
    if holder := of_kind(handbook, about.kind).get(about.reference):
        return _declared(holder)
    kind = about.kind if about.kind in FILES else "functions" if about.kind in ("function", "role-kind") else ""
    return Span.of_file(path_of(kind or "organisation", about.reference))


def _beginning(span: Span) -> Span:
    return span if span.line == span.end_line else span._replace(end_line=span.line, end_column=span.column + 1)
