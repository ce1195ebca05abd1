"""What the parts of `rolebook new` share: their options, and how they write what is new and tell what is to be done."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rolebook.cli.main import CouldNotRun
from rolebook.editing.drafts.content import Draft, Drafting
from rolebook.editing.drafts.making import Made, make, make_single
from rolebook.editing.drafts.naming import CannotMake
from rolebook.editing.files.writing import NotWritten, write
from rolebook.loading import NotAHandbook
from rolebook.model.handbook import Handbook
from rolebook.publishing.error import SiteError
from rolebook.publishing.today import settle
from rolebook.reporting import visible

Command = Callable[..., Any]
diff_option = click.option("--diff", is_flag=True, help="Show the new files as a patch, and write nothing.")


def unnamed(command: Command) -> Command:
    """The argument ID, and `--diff`."""
    return click.argument("id")(diff_option(click.pass_obj(command)))


def named(command: Command) -> Command:
    """The argument ID, `--name` and `--diff`."""
    return click.option("--name", default="", metavar="TEXT", help="What people call it.")(unnamed(command))


def one(name: str, metavar: str, help: str) -> Callable[[Command], Command]:
    """An option that is said once; "" where it is not."""
    return click.option(name, metavar=metavar, default="", help=help)


def several(name: str, parameter: str, metavar: str, help: str) -> Callable[[Command], Command]:
    """An option that may be said several times."""
    return click.option(name, parameter, metavar=metavar, multiple=True, help=f"{help} May be said several times.")


def begin(directory: Path, kind: str, id: str, name: str, draft: Drafting, diff: bool) -> None:
    """Write something new of a kind, with this id and name."""
    write_made(lambda: make(directory, settle(), kind, id, name, draft), directory, diff)


def begin_single(directory: Path, draft: Callable[[Handbook], Draft], diff: bool) -> None:
    """Write a file that a handbook has one of."""
    write_made(lambda: make_single(directory, settle(), draft), directory, diff)


def write_made(making: Callable[[], Made], directory: Path, diff: bool) -> None:
    """Write what is made and tell what is to be done next; with `diff`, show it. CouldNotRun where that fails."""
    try:
        made = making()
        if not diff:
            write(directory, made.before, made.after)
    except (CannotMake, NotAHandbook, NotWritten, SiteError) as error:
        raise CouldNotRun(str(error)) from None
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    if diff:
        click.echo(made.patch, nl=False)
    else:
        _tell(made)


def _tell(made: Made) -> None:
    for path in made.after:
        click.echo(f"Made {path}")
    click.echo("\nWhat is to be done:")
    for line in (_places(made.places), *made.then):
        click.echo(f"- {visible(line)}")


def _places(number: int) -> str:
    if number == 1:
        return "Fill in the empty place: 'rolebook check' points at it."
    return f"Fill in the {number} empty places: 'rolebook check' points at each."
