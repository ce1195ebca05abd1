"""A comparison as a comment in a pull request: the summary first, the changes folded below it."""

import html
import re
from collections.abc import Iterable, Iterator

from rolebook.cli.differences import Difference
from rolebook.comparing.change import Change
from rolebook.comparing.effect import Affected, Weight
from rolebook.reporting import visible
from rolebook.reporting.words import counted

LONGEST = 60_000
"""So many characters a comment has at most; GitHub takes 65,536."""
_LAST_LINE = 200
"""The room that is kept for the line that tells of what did not fit."""
_MOST_NAMED = 60
"""So many roles, jobs and consents are listed in the summary; the others are counted."""
_WEIGHTS = {
    Weight.ACCOUNTABILITY: "answers for something else",
    Weight.LEARNING: "something to know or to learn",
    Weight.WORDING: "other words only",
}
_MARKS = re.compile(r"([\\`*_{}\[\]()#+!|~=$^])")
_FIRST = re.compile(r"^(\d*)([-.>])")
_LIVE = re.compile(r"@|#|://|www\.|GH-", re.IGNORECASE)
"""What GitHub makes links of, or notifies people by."""
_APART = "\u200b"
"""A blank without width, which keeps GitHub from doing so."""


def show(difference: Difference) -> str:
    """The comparison in Markdown, in at most `LONGEST` characters."""
    old, new = map(escaped, difference.titles)
    head = [f"### What changes in the handbook: {difference.counted()}", "", f"From {old} to {new}.", ""]
    head += [*_people(difference), *_consents(difference)]
    blocks = [*_folded_changes(difference), *_folded_effects(difference)]
    return _fitted(head, blocks)


def escaped(text: str) -> str:
    """A text as Markdown that shows it as it is: nothing in it is a mark, a link, HTML or a mention."""
    marked = _MARKS.sub(r"\\\1", _inert(visible(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return _FIRST.sub(r"\1\\\2", marked)


def _plain(text: str) -> str:
    """A text within HTML, where Markdown is not read."""
    return html.escape(_inert(visible(text)), quote=True)


def _inert(text: str) -> str:
    return _LIVE.sub(lambda found: f"{found[0][0]}{_APART}{found[0][1:]}", text)


def _people(difference: Difference) -> Iterator[str]:
    rows = [
        *(("role", affected) for affected in difference.effects.roles),
        *(("job", affected) for affected in difference.effects.jobs),
    ]
    if not rows:
        return
    yield from ("**Who is affected**", "", "| | | |", "|---|---|---|")
    for kind, affected in rows[:_MOST_NAMED]:
        yield f"| {kind} | {escaped(affected.who.name)} | {_weight(difference, affected)} |"
    yield from _others(len(rows))
    yield ""


def _weight(difference: Difference, affected: Affected) -> str:
    if affected.effects:
        return _WEIGHTS[affected.weight]
    return escaped(next(difference.told(affected)))


def _consents(difference: Difference) -> Iterator[str]:
    if not difference.consents:
        return
    yield from ("**Who has to agree**", "")
    yield from (f"- {escaped(difference.consent(one))}" for one in difference.consents[:_MOST_NAMED])
    yield from _others(len(difference.consents))
    yield ""


def _others(count: int) -> Iterator[str]:
    if count > _MOST_NAMED:
        yield from ("", f"… and {count - _MOST_NAMED:,} more.")


Block = tuple[str, list[str]]
"""What is folded: its heading, and its lines."""


def _folded_changes(difference: Difference) -> Iterator[Block]:
    for about, changes in difference.groups():
        heading = f"{_plain(difference.heading(about))}: {counted(len(changes), 'change')}"
        yield heading, [_line(difference, change) for change in changes]


def _line(difference: Difference, change: Change) -> str:
    was = "was at " if change.in_old else ""
    path = visible(change.span.path).replace("`", "'")
    return f"- {escaped(difference.wording.sentence(change))} ({was}`{path}:{change.span.line}`)"


def _folded_effects(difference: Difference) -> Iterator[Block]:
    for kind, people in (("role", difference.effects.roles), ("job", difference.effects.jobs)):
        for affected in (one for one in people if one.effects):
            lines = [f"- {escaped(line)}" for line in difference.told(affected)]
            yield f"For the {kind} {_plain(affected.who.name)}", lines


def _fitted(head: list[str], blocks: Iterable[Block]) -> str:
    """The whole text, cut behind the last line that has room."""
    summary = _within(head, LONGEST // 2)
    left = len(head) - len(summary)
    parts = ["\n".join((*summary, "", "")) if left else "\n".join((*summary, ""))]
    room = LONGEST - len(parts[0]) - _LAST_LINE
    for heading, lines in blocks:
        opening, closing = f"<details><summary>{heading}</summary>\n", "\n</details>\n"
        kept = _within(lines, room - len(opening) - len(closing) - 2)
        left += len(lines) - len(kept)
        if kept:
            block = "\n".join((opening, *kept, closing))
            parts.append(block)
            room -= len(block)
    if left:
        parts.append(f"\n{counted(left, 'line')} more did not fit here: `rolebook diff` shows all.\n")
    return "".join(parts)


def _within(lines: list[str], room: int) -> list[str]:
    kept = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return kept
