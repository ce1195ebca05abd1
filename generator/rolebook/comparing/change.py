"""What a comparison finds: changes, each of a kind that says in a sentence what happened."""

from enum import Enum

from rolebook.source import Span
from rolebook.value import value


class Kind(Enum):
    """What happened; the value is the sentence that says so, with places for names and values.

    `{thing}` is what changed, `{field}` the key of it, `{old}` and `{new}` what it held, `{role}` whom it concerns.
    """

    ADDED = "{thing} is new"
    SPLIT_OFF = "{thing} is new, and was a part of {old} before"
    REMOVED = "{thing} is gone"
    MERGED = "{thing} is part of {new} now"
    ID_CHANGED = "{thing} has the id {new}, no longer {old}"
    NAME_CHANGED = "{thing} was called {old} before"
    MOVED = "{thing} comes from {old}, to which it belonged"
    REORDERED = "{thing} stands {new}, no longer {old}"

    CHANGED = "the {field} of {thing}: {new}, no longer {old}"
    GIVEN = "the {field} of {thing}: {new}, where nothing was said"
    WITHDRAWN = "the {field} of {thing}: nothing is said any more, where it was {old}"
    REWORDED = "the {field} of {thing}: worded otherwise"
    LISTED = "the {field} of {thing}: now with {new}"
    UNLISTED = "the {field} of {thing}: no longer with {old}"
    RELISTED = "the {field} of {thing}: now with {new}, no longer with {old}"
    ORDER_CHANGED = "the {field} of {thing}: in another order"

    TEXT_CHANGED = "{thing}: says something else below {new}"
    OWNER_CHANGED = "{thing} belongs to {new}, no longer to {old}"
    STATUS_CHANGED = "{thing} is {new}, and was {old}"
    FLOW_CHANGED = "after {thing} comes {new}, no longer {old}"
    LETTERS_GAINED = "{role} is {new} {thing}"
    LETTERS_LOST = "{role} is no longer {old} {thing}"
    LETTERS_CHANGED = "{role} is {new} {thing}, and was {old}"
    TAKEN = "{thing} is taken over by {role}, at {new}"
    NOT_TAKEN = "{thing} is no longer taken over by {role}"
    ENTRY_CHANGED = "{thing} is taken over by {role} at {new}, no longer at {old}"
    RECEIVER_CHANGED = "{thing} goes to {new}, no longer to {old}"
    EXIT_CHANGED = "{thing} leaves after {new}, no longer after {old}"

    DEFINITION_CHANGED = "the {field} of {thing} is another: {new}, no longer {old}"
    TARGET_TIGHTENED = "the target of {thing} is tighter: {new}, no longer {old}"
    TARGET_LOOSENED = "the target of {thing} is looser: {new}, no longer {old}"
    TARGET_CHANGED = "the target of {thing} is another: {new}, no longer {old}"
    TARGET_SOONER = "the target of {thing} is to be reached sooner: by {new}, no longer by {old}"
    TARGET_LATER = "the target of {thing} is to be reached later: by {new}, no longer by {old}"
    BASELINE_CHANGED = "the baseline of {thing}: {new}, no longer {old}"

    ROLE_RETIRED = "{thing} is retired"
    ROLE_MERGED = "{thing} is merged into {new}"
    ROLE_REVIVED = "{thing} is in use again"
    DUTY_ADDED = "{thing} has the new duty {new}"
    DUTY_REMOVED = "{thing} no longer has the duty {old}"
    DUTY_CHANGED = "the duty {new} of {thing}: it names other activities or processes than {old}"
    DUTY_RESTATED = "the duty {new} of {thing}: it asks for something else than {old}"
    DUTY_REWORDED = "the duty {new} of {thing}: worded otherwise than {old}"
    APPROVED = "{thing} was approved: {new}"
    APPROVAL_CHANGED = "the approval of {thing}: {new}, no longer {old}"
    APPROVAL_WITHDRAWN = "{thing} is no longer approved"
    CHECK_SETTLED = "the check {thing} weighs {new}, no longer {old}"

    @property
    def code(self) -> str:
        """The kind as programs know it: `target-loosened`."""
        return self.name.lower().replace("_", "-")


WORDING = frozenset({Kind.REWORDED, Kind.DUTY_REWORDED, Kind.NAME_CHANGED, Kind.ID_CHANGED})
"""The kinds that change words and names, and nothing that anybody does."""

RECORDING = frozenset({Kind.APPROVED, Kind.APPROVAL_CHANGED, Kind.APPROVAL_WITHDRAWN})
"""The kinds that tell of an approval, and of nothing in what is approved."""


@value()
class Subject:
    """Something that changed: its kind, how other files refer to it, and what people call it."""

    kind: str
    reference: str
    name: str


@value(kw_only=True)
class Change:
    """One change, by meaning.

    `about` is the process, role, job … to which `thing` belongs, or `thing` itself. Of a list, `old` is what went and
    `new` what came; `refs` are the kinds of thing that these name, if they name any, as complete references.
    `span` lies in the new handbook, or `in_old` one where it tells of what is gone.
    """

    kind: Kind
    about: Subject
    thing: Subject
    field: str = ""
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    role: str = ""
    span: Span
    in_old: bool = False
