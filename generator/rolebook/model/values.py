"""The kinds of value a field can take; a dataclass's annotations declare a kind of file with them.

A field's type says how it is read, what its messages and its JSON Schema say, and what the guide shows:
`Id`, `Line` and `Prose` are text, `reference(...)` an alias for text that names something else. A field
without a default must be there; a single value may stand for a list of one.
"""

import datetime
import decimal
from typing import Annotated, Self

from rolebook.source import Span
from rolebook.source import Text as Text
from rolebook.value import value


class Day(datetime.date):
    """A day that knows where it stands."""

    span: Span

    @classmethod
    def at(cls, text: Text) -> Self:
        """The day written in `text` as YYYY-MM-DD; ValueError when there is no such day."""
        self = cls.fromisoformat(text)
        self.span = text.span
        return self


class Number(decimal.Decimal):
    """A number that knows where it stands and shows as it was written."""

    span: Span

    @classmethod
    def at(cls, text: Text) -> Self:
        """The number written in `text`; decimal.InvalidOperation when it is none."""
        self = cls(text)
        self.span = text.span
        return self


class Whole(int):
    """A whole number that knows where it stands."""

    span: Span

    @classmethod
    def at(cls, text: Text) -> Self:
        """The whole number written in `text`; ValueError when it is none."""
        self = cls(text)
        self.span = text.span
        return self


@value()
class Form:
    """How a piece of text is written: what authors call it, and the pattern it must match."""

    name: str
    pattern: str
    example: str
    words: tuple[str, ...] = ()
    """Words that fit the pattern, of which a near one is offered."""


@value()
class Choice:
    """Text that is one of a few words."""

    words: tuple[str, ...]


@value()
class Ref:
    """Text that refers to something of one of `kinds` by its id.

    `local` ids are those of the same file. With `prefixed`, the kind is written before a colon
    (`activity:incident-management/log`), since kinds mix.
    """

    kinds: tuple[str, ...]
    local: bool = False
    prefixed: bool = False


@value()
class Key:
    """The name of a field in YAML where it is not the field's own."""

    name: str


@value()
class Entries:
    """A field that holds a mapping's entries themselves: each key becomes the first field of an entry."""


MAX_ID = 60
ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"

ID = Form("an id", ID_PATTERN, "service-desk-analyst")
LINE = Form("a line of text", r"[^\n]+", "Restore normal service")
PROSE = Form("text", r"(?s:.+)", "Restore normal service.")
VERSION_PATTERN = r"(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}"
VERSION = Form("a version, three numbers with points between them", VERSION_PATTERN, "1.2.0")
DIGEST = Form("a digest of 64 digits and letters a to f", r"[0-9a-f]{64}", "the one that 'rolebook release' wrote")
FORMER = Form(
    "an id",
    f"{ID_PATTERN}(?:/{ID_PATTERN})?",
    "old-id, or elsewhere/old-id where it stood in another file",
)
MONTH = Form("a month, written YYYY-MM", r"\d{4}-(?:0[1-9]|1[0-2])", "2026-04")

Id = Annotated[Text, ID]
Line = Annotated[Text, LINE]
Prose = Annotated[Text, PROSE]
Former = Annotated[Text, FORMER]
Month = Annotated[Text, MONTH]
Version = Annotated[Text, VERSION]
Digest = Annotated[Text, DIGEST]

Activity = Annotated[Text, Ref(("activity",))]
LocalActivity = Annotated[Text, Ref(("activity",), local=True)]
Record = Annotated[Text, Ref(("record",))]
LocalRecord = Annotated[Text, Ref(("record",), local=True)]
LocalModule = Annotated[Text, Ref(("module",), local=True)]
Process = Annotated[Text, Ref(("process",))]
Role = Annotated[Text, Ref(("role",))]
RoleOrOutside = Annotated[Text, Ref(("role", "outside"))]
Function = Annotated[Text, Ref(("function",))]
Audience = Annotated[Text, Ref(("role", "function", "outside"))]
Job = Annotated[Text, Ref(("job",))]
Plan = Annotated[Text, Ref(("plan",))]
Kpi = Annotated[Text, Ref(("kpi",))]
LocalKpi = Annotated[Text, Ref(("kpi",), local=True)]
Improvement = Annotated[Text, Ref(("improvement",))]
Questionnaire = Annotated[Text, Ref(("questionnaire",))]
Objective = Annotated[Text, Ref(("objective",))]
Policy = Annotated[Text, Ref(("policy",))]
LocalPhase = Annotated[Text, Ref(("phase",), local=True)]
LocalMilestone = Annotated[Text, Ref(("milestone",), local=True)]
Element = Annotated[Text, Ref(("activity", "kpi", "hand-off", "control", "role"), prefixed=True)]

PAGE_LINK = Ref(
    (
        *("role", "process", "activity", "kpi", "hand-off", "control", "record", "function", "job", "plan", "module"),
        *("improvement", "objective", "policy", "clause", "term", "page", "area", "role-kind"),
    ),
    prefixed=True,
)
"""What a link of a hand-written page may lead to."""
