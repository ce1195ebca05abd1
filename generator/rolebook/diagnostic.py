"""What we tell authors: a diagnostic, and the codes of family 0 (reading) as data."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from rolebook.source import Span
from rolebook.value import value


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@value()
class Related:
    """Another place that belongs to a diagnostic, and why it is shown."""

    span: Span
    message: str


@value()
class Edit:
    """Text that takes the place of a span."""

    span: Span
    text: str


@value()
class Fix:
    """A repair: edits under a title; safe when the meaning stays as it was."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


@value()
class Rule:
    """What a code stands for: its number, its name, its weight and its sentence."""

    code: str
    name: str
    summary: str
    severity: Severity = Severity.ERROR


@value()
class Finding:
    """What a check or the reader found: one place, one short fact, and what to do about it."""

    span: Span
    message: str
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None


@value()
class Diagnostic:
    """A finding under its rule: what a process owner gets to read."""

    rule: Rule
    finding: Finding

    @property
    def span(self) -> Span:
        """Its primary place."""
        return self.finding.span

    @property
    def is_error(self) -> bool:
        """Whether it stops the build."""
        return self.rule.severity is Severity.ERROR

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What diagnostics are sorted by: file, place, code, message."""
        span = self.finding.span
        return (span.path, span.line, span.column, self.rule.code, self.finding.message)


def _reading(*rules: Rule) -> Mapping[str, Rule]:
    return MappingProxyType({rule.name: rule for rule in rules})


READING: Mapping[str, Rule] = _reading(
    Rule("RB001", "broken-yaml", "A file cannot be read as YAML."),
    Rule("RB002", "refused-yaml", "A file uses a part of YAML that a handbook does without."),
    Rule("RB003", "unreadable-file", "A file is not plain text of a sensible size."),
    Rule("RB004", "duplicate-key", "A key stands twice in the same place."),
    Rule("RB005", "unknown-key", "A key is not one that belongs here."),
    Rule("RB006", "missing-key", "A key that must be there is missing."),
    Rule("RB007", "wrong-type", "A value is of another type than its key takes."),
    Rule("RB008", "not-an-id", "An id is not made of small letters, digits and hyphens."),
    Rule("RB009", "unknown-choice", "A value is not one of those to choose from."),
    Rule("RB010", "misplaced-file", "A file lies where the handbook does not look for one."),
    Rule("RB011", "split-sentence", "A comma in a flow list splits a sentence.", Severity.WARNING),
    Rule("RB012", "text-cut-short", "A number sign makes the rest of a text a comment.", Severity.WARNING),
    Rule("RB013", "missing-file", "A file that every handbook has is missing."),
    Rule("RB014", "glued-lines", "Lines that look like a list are read as one text."),
    Rule("RB015", "unclear-suppression", "A comment is to hide a finding, but does not say which or why."),
    Rule("RB016", "unused-suppression", "A comment is to hide a finding that is not there.", Severity.WARNING),
    Rule("RB017", "unclear-setting", "A setting of the checks names none, one twice, or one that stays as it is."),
    Rule("RB018", "malformed-page", "A hand-written page has no title or no text, or is out of order."),
    Rule("RB019", "refused-markdown", "A hand-written page uses a part of Markdown that a handbook does without."),
    Rule("RB020", "malformed-table", "A table does not have commas between its cells, or other cells than columns."),
)
"""The rules of reading, by name; each has its page in `docs/checks`."""
