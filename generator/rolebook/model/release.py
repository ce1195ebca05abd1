"""A release: a version of the handbook that holds, what it brought, and the snapshot of all that it said."""

from dataclasses import field
from typing import Annotated

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import value

NEXT = "process_defs/releases/next.yaml"
"""Where it is written what the next release is to say, relative to the handbook."""


@value(kw_only=True)
class Excuse:
    """What an improvement excused a role from, as it said when it was released."""

    improvement: v.Id
    """The improvement."""
    of: Annotated[v.Text, v.Choice(("duty", "training"))]
    """What was waived: the `duty` in the job description, or the `training`."""
    for_: v.Id
    """The role."""
    reason: v.Prose
    """Why it did not need it."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Reason:
    """Why something changed that no improvement brought."""

    for_: tuple[v.Line, ...]
    """What changed, with its kind: `activity:process/id`, `role:id`, `job:id`, `module:plan/id` …"""
    why: v.Prose
    """The reason, in a sentence."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class NextRelease:
    """What the next release is to say; `rolebook release` takes it in, and takes the file away."""

    note: v.Prose | None = None
    """What people are to know about it."""
    reasons: tuple[Reason, ...] = ()
    """Why things changed that no improvement brought."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Previous:
    """The release before, and what it was like: who changes that one breaks the chain."""

    version: v.Version
    """Its version."""
    digest: v.Digest
    """Its digest."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Release:
    """A version of the handbook that holds, as `rolebook release` writes it; it is never changed afterwards."""

    id: v.Version = field(metadata={"file": True})
    date: v.Day
    """The day from which it holds."""
    note: v.Prose | None = None
    """What people are to know about it."""
    improvements: tuple[v.Id, ...] = ()
    """The improvements that it consolidates: achieved, and in everybody's job description and training."""
    waivers: tuple[Excuse, ...] = ()
    """What these improvements excused roles from."""
    reasons: tuple[Reason, ...] = ()
    """Why things changed that no improvement brought."""
    previous: Previous | None = None
    """The release before; nothing for the first."""
    digest: v.Digest
    """The SHA-256 of the snapshot that lies beside it, which holds all of this but for the digest."""
    span: Span = field(compare=False, repr=False)


@value(kw_only=True)
class Snapshot:
    """The file beside a release that holds the whole handbook, as far as anybody looked: that it is there is sure."""

    path: str
    digest: str = ""
    """The SHA-256 of its bytes; "" where nobody looked into it."""
    release: Release | None = None
    """What it says about its release, with this digest; None where nobody looked, or where it cannot be read."""
    fault: str = ""
    """Why it cannot be read; "" where it can, or where nobody tried."""
    protecting: tuple[bytes, ...] = ()
    """The lines of it that tell what improvements protect from then on; nothing where nobody looked."""


def number(version: str) -> tuple[int, ...]:
    """What versions are ordered by; none where it is no version."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else ()
