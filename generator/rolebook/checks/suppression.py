"""Comments that hide findings of their line: `# rolebook: ignore RB205 - the reason`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rolebook.checks.codes import keeps_from_reading, rules, unknown_code
from rolebook.checks.suggestion import MOST_SLIPS
from rolebook.checks.wording import all_of, any_of, quoted
from rolebook.diagnostic import READING, Diagnostic, Edit, Finding, Fix, Rule
from rolebook.model.kinds import COMPLETIONS, PAGE
from rolebook.source import Span, Text
from rolebook.source.comments import comments
from rolebook.value import value

MARKER = "rolebook"
_SAID = re.compile(rf"(?:^|(?<=\s))#\s*{MARKER}(?::|\s+(?=ignore\b))\s*(?P<verb>\w*)(?P<rest>.*)")
_REASON = re.compile(r"\s[-–—]+\s+\S")
_NAMED = re.compile(r"[^\s,;]+")
_NO_COMMENTS = (PAGE.ending, COMPLETIONS.ending)
"""A number sign begins a heading in a page, and is a character like any other in a table."""
_FORM = "# rolebook: ignore RB205 - the reason"


@value()
class Suppression:
    """A comment that hides findings: where it stands, and the codes that it names."""

    codes: tuple[Text, ...]
    """Without those that there are not, and those that nobody can hide."""
    span: Span
    """The comment, from the blank before it to the end of the line."""
    listed: Span
    """The list of codes."""
    removable: bool
    """Whether codes can be taken out by themselves: something else stands on the line, and all codes are clear."""


@value()
class Suppressions:
    """All suppressions of a handbook, and what is wrong with the comments that are none."""

    found: tuple[Suppression, ...]
    unclear: tuple[Diagnostic, ...]

    def divide(self, diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """The diagnostics that count, and those that a comment on their line hides."""
        hidden = {(one.span.path, one.span.line, code) for one in self.found for code in one.codes}
        counting: list[Diagnostic] = []
        suppressed: list[Diagnostic] = []
        for diagnostic in diagnostics:
            is_hidden = bool(hidden) and _place(diagnostic) in hidden and not keeps_from_reading(diagnostic.rule)
            (suppressed if is_hidden else counting).append(diagnostic)
        return counting, suppressed

    def unused(self, suppressed: Iterable[Diagnostic], off: frozenset[str]) -> Iterator[Diagnostic]:
        """What hides nothing of what was suppressed; `off` are the checks that are not made at all."""
        hidden = {_place(diagnostic) for diagnostic in suppressed}
        for one in self.found:
            idle = [code for code in one.codes if (one.span.path, one.span.line, str(code)) not in hidden]
            if idle:
                yield Diagnostic(READING["unused-suppression"], _unused(one, idle, off))


def suppressions(lines: Mapping[str, Sequence[str]]) -> Suppressions:
    """The suppressions in the files of a handbook, given as the lines of each file by its path."""
    found: list[Suppression] = []
    unclear: list[Diagnostic] = []
    known = rules()
    for path, text in lines.items():
        if path.endswith(_NO_COMMENTS):
            continue
        for comment in comments(path, text, MARKER):
            if said := _SAID.search(comment):
                faults = _faults(comment, said, known, len(unclear) < MOST_SLIPS)
                unclear += [Diagnostic(READING["unclear-suppression"], fault) for fault in faults]
                if suppression := _suppression(comment, said, known, text[comment.span.line - 1]):
                    found.append(suppression)
    return Suppressions(tuple(found), tuple(unclear))


def _place(diagnostic: Diagnostic) -> tuple[str, int, str]:
    return diagnostic.span.path, diagnostic.span.line, diagnostic.rule.code


def _named(comment: Text, said: re.Match[str]) -> list[Text]:
    """The codes as they are written, right or wrong."""
    start, end = said.span("rest")
    if reason := _REASON.search(comment, start):
        end = reason.start()
    words = _NAMED.finditer(comment, start, end)
    return [Text(word[0], comment.part(*word.span()), inset=0) for word in words]


def _faults(comment: Text, said: re.Match[str], known: Mapping[str, Rule], are_slips: bool) -> Iterator[Finding]:
    """What is unclear about a comment that is to hide something."""
    whole = comment.part(*said.span())
    if said["verb"] != "ignore":
        yield Finding(whole, "this comment does not say what to ignore", f"Write it like '{_FORM}'.")
        return
    named = _named(comment, said)
    if not _REASON.search(comment, said.start("rest")):
        codes = all_of(quoted(name) for name in named if name in known)
        message = f"there is no reason for ignoring {codes}" if codes else "this comment names no check to ignore"
        yield Finding(whole, message, f"Write the reason behind a hyphen: '{_FORM}'.")
        return
    if not named:
        yield Finding(whole, "this comment names no check to ignore", f"Write its code: '{_FORM}'.")
    for name in named:
        if name not in known:
            yield unknown_code(name, is_slip=are_slips and len(named) < MOST_SLIPS)
        elif keeps_from_reading(known[name]):
            help = "It says that something was not read as it was meant: mend what it reports."
            yield Finding(name.span, f"'{name}' cannot be ignored", help)


def _suppression(comment: Text, said: re.Match[str], known: Mapping[str, Rule], line: str) -> Suppression | None:
    if said["verb"] != "ignore" or not _REASON.search(comment, said.start("rest")):
        return None
    named = _named(comment, said)
    codes = tuple(name for name in named if name in known and not keeps_from_reading(known[name]))
    if not codes:
        return None
    before = line[: comment.span.column - 1 + said.start()].rstrip()
    span = comment.span._replace(column=len(before) + 1)
    first, last = named[0].span, named[-1].span
    listed = first._replace(end_column=last.end_column)
    return Suppression(codes, span, listed, bool(before) and len(codes) == len(named))


def _unused(one: Suppression, idle: list[Text], off: frozenset[str]) -> Finding:
    codes = any_of(quoted(code) for code in idle)
    message = f"nothing of {codes} is found on this line"
    help = "Take it out, or put it on the line that the finding names."
    if all(code in off for code in idle):
        message = f"{all_of(quoted(code) for code in idle)} {'is' if len(idle) == 1 else 'are'} off in this handbook"
        help = "Take it out: there is nothing to ignore."
    return Finding(idle[0].span, message, help, fix=_removal(one, idle))


def _removal(one: Suppression, idle: list[Text]) -> Fix | None:
    """Take the idle codes out, or the whole comment where no other is named."""
    if not one.removable:
        return None
    left = [code for code in one.codes if code not in idle]
    if left:
        title = f"Leave {all_of(quoted(code) for code in idle)} out"
        return Fix(title, True, (Edit(one.listed, ", ".join(left)),))
    return Fix("Take the comment out", True, (Edit(one.span, ""),))
