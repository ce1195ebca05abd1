"""What `check --fix` does before it tells what is left: repair the handbook, and write it or show the patch."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from rolebook.cli.main import CouldNotRun
from rolebook.diagnostic import Diagnostic
from rolebook.editing.files.writing import NotWritten, write
from rolebook.editing.repairs.repair import Repair, repair
from rolebook.loading import NotAHandbook
from rolebook.publishing.error import SiteError
from rolebook.publishing.reading import read_settings
from rolebook.publishing.today import settle
from rolebook.reporting import visible
from rolebook.reporting.words import at, counted


def repaired(directory: Path, today: date | None, *, unsafe: bool, wanted: Callable[[Diagnostic], bool]) -> Repair:
    """What repairing the handbook comes to, as of the day that `check` would take; nothing is written yet."""
    try:
        settings = read_settings(directory).settings
        day = settle(today, settings.today if settings else None)
        return repair(directory, day, unsafe=unsafe, wanted=wanted)
    except (NotAHandbook, SiteError) as error:
        raise CouldNotRun(str(error)) from None


def show_patch(repair: Repair) -> int:
    """Print what would change, and to standard error what is refused; 1 where something would change, else 0."""
    click.echo(repair.patch, nl=False)
    _show_refused(repair)
    return int(bool(repair.after))


def write_repair(directory: Path, repair: Repair) -> None:
    """Write what was repaired, all of it or nothing, and say so on standard error."""
    try:
        write(directory, repair.before, repair.after)
    except NotWritten as error:
        raise CouldNotRun(str(error)) from None
    _show_refused(repair)
    if repair.repaired:
        click.echo(
            f"Repaired {counted(len(repair.repaired), 'finding')} in {counted(len(repair.after), 'file')}.", err=True
        )


def _show_refused(repair: Repair) -> None:
    for refused in repair.refused:
        found = refused.diagnostic
        click.echo(f"{at(found.span)}: not repaired[{found.rule.code}]: {visible(refused.reason)}", err=True)
