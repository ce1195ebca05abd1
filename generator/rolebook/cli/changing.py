"""What `rename`, `merge-role` and `retire-role` have in common: the change is shown as a patch, or written and told."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click

from rolebook.cli.main import CouldNotRun
from rolebook.editing.files.writing import NotWritten, write
from rolebook.editing.names.change import Change
from rolebook.editing.names.mentions import Mention
from rolebook.editing.names.obstacle import CannotChange
from rolebook.loading import NotAHandbook
from rolebook.publishing.error import SiteError
from rolebook.publishing.reading import read_settings
from rolebook.publishing.today import settle
from rolebook.reporting import visible
from rolebook.reporting.words import at, counted
from rolebook.value import value

diff = click.option("--diff", is_flag=True, help="Show the change as a patch, and write nothing.")
"""The option `--diff`."""
LIVES_ON = "still {say} its name: write who does it now, unless the text tells of the past"
_LONGEST_LINE = 120


@value()
class Words:
    """How a change is told: the `verb` ("rename"), what it is done to, and what that was called.

    `named` introduces the texts that say its name, and `advice` is what is to be done in any case, if anything.
    """

    verb: str
    what: str
    old: str
    named: str = LIVES_ON
    advice: str = ""

    def done(self, *, is_done: bool) -> str:
        """What was done, or would be."""
        return f"{self.verb.capitalize()}d {self.what}" if is_done else f"Would {self.verb} {self.what}"


def carry_out(directory: Path, change: Callable[[Path, date], Change], words: Words, *, diff: bool) -> None:
    """Change the handbook and tell in these words what was done and what is to be done; or show it as a patch."""
    try:
        settings = read_settings(directory).settings
        result = change(directory, settle(settings.today if settings else None))
        if not diff:
            write(directory, result.before, result.after)
    except CannotChange as error:
        places = "".join(f"\n  {at(place.span)}: {visible(place.message)}" for place in error.places)
        raise CouldNotRun(f"nothing was changed: {error}{places}") from None
    except (NotAHandbook, NotWritten, SiteError) as error:
        raise CouldNotRun(str(error)) from None
    if diff:
        click.echo(result.patch, nl=False)
    for line in (*_done(result, words.done(is_done=not diff)), *_to_do(result, words), *_said(result, words)):
        click.echo(line, err=diff)


def _done(change: Change, done: str) -> Iterator[str]:
    files = len(change.after) - len(change.moves)
    yield f"{done}: {counted(change.references, 'reference')}, {counted(files, 'file')}."
    for old, new in change.moves.items():
        yield f"{old} is now {new}"


def _to_do(change: Change, words: Words) -> Iterator[str]:
    if words.advice or change.then:
        yield "\nWhat is to be done next:"
    if words.advice:
        yield f"  {words.advice}"
    for diagnostic in change.then:
        yield f"  {at(diagnostic.span)}: {visible(diagnostic.finding.message)} ({diagnostic.rule.code})"


def _said(change: Change, words: Words) -> Iterator[str]:
    """The texts to look at: those that say an id, and those that say a name."""
    for is_id, heading in (True, f"still {{say}} '{words.old}'"), (False, words.named):
        found = [mention for mention in change.mentions if mention.is_id is is_id]
        if found:
            yield f"\n{counted(len(found), 'text')} {heading.format(say='says' if len(found) == 1 else 'say')}:"
        for mention in found:
            yield f"  {at(mention.span)}: {visible(_excerpt(mention))}"


def _excerpt(mention: Mention) -> str:
    """The line of a mention, cut around it where it is long."""
    line = mention.line.strip()
    if len(line) <= _LONGEST_LINE:
        return line
    start = max(mention.span.column - 1 - _LONGEST_LINE // 2, 0)
    part = mention.line[start : start + _LONGEST_LINE].strip()
    return f"{'…' if start else ''}{part}{'…' if start + _LONGEST_LINE < len(mention.line) else ''}"
