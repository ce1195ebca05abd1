"""`rolebook new`: something new in the handbook, with a place for everything that its author is to write."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from rolebook.cli.main import CouldNotRun
from rolebook.editing.drafts import content, programme
from rolebook.editing.drafts.making import Made, make, make_single
from rolebook.editing.drafts.naming import CannotMake
from rolebook.editing.files.writing import NotWritten, write
from rolebook.loading import NotAHandbook
from rolebook.publishing.error import SiteError
from rolebook.publishing.today import settle

Command = Callable[..., Any]


@click.group()
def command() -> None:
    """Make a file for something new, with a place for all that is to be written.

    What must be there stands in it with an empty value, which 'rolebook check' points at; the rest stands behind a
    number sign. No file that exists is changed.

    Exit code 0: the files are made, or shown with --diff. 2: they could not be made.
    """


_diff = click.option("--diff", is_flag=True, help="Show the new files as a patch, and write nothing.")


def _unnamed(command: Command) -> Command:
    return click.argument("id")(_diff(click.pass_obj(command)))


def _shared(command: Command) -> Command:
    return click.option("--name", default="", metavar="TEXT", help="What people call it.")(_unnamed(command))


def _one(name: str, metavar: str, help: str) -> Callable[[Command], Command]:
    return click.option(name, metavar=metavar, default="", help=help)


def _several(name: str, parameter: str, metavar: str, help: str) -> Callable[[Command], Command]:
    return click.option(name, parameter, metavar=metavar, multiple=True, help=f"{help} May be said several times.")


@command.command()
@_shared
@_one("--owner", "ROLE", "The role that answers for it.")
@_one("--area", "AREA", "The area that it belongs to.")
@_several("--activity", "activities", "ID", "An activity of it.")
def process(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A process, and its matrix with a line for each activity."""
    _make(directory, "process", id, name, partial(content.process, **known), diff)


@command.command()
@_shared
@_one("--function", "FUNCTION", "The function that holds it.")
def role(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A role."""
    _make(directory, "role", id, name, partial(content.role, **known), diff)


@command.command()
@_shared
@_one("--function", "FUNCTION", "The function that it belongs to.")
@_one("--reports-to", "JOB", "The job above it.")
@_several("--carries", "carries", "ROLE", "A role that it carries, with a duty for all that this role does.")
def job(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A job description, with the duties that its roles bring."""
    _make(directory, "job", id, name, partial(content.job, **known), diff)


@command.command()
@_shared
@_one("--owner", "ROLE", "The role that keeps it up to date.")
@_several("--for", "roles", "ROLE", "A role that it trains, with modules for all that this role does.")
def plan(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A training plan, with modules for what its roles do."""
    _make(directory, "plan", id, name, partial(content.plan, **known), diff)


@command.command()
@_shared
@_one("--owner", "ROLE", "The role that sees it through.")
def improvement(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """An improvement that is proposed."""
    _make(directory, "improvement", id, name, partial(content.improvement, **known), diff)


@command.command()
@_shared
@_one("--process", "PROCESS", "The process that it is about; without it, the six areas.")
def questionnaire(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A questionnaire that shows how mature a process is, or each of the six areas."""
    _make(directory, "questionnaire", id, name, partial(content.questionnaire, **known), diff)


@command.command()
@_unnamed
@_one("--questionnaire", "QUESTIONNAIRE", "The questionnaire that is answered.")
def assessment(directory: Path, id: str, diff: bool, **known: Any) -> None:
    """An assessment, with a place for the answer to each question."""
    _make(directory, "assessment", id, "", partial(content.assessment, **known), diff)


@command.command()
@_shared
def page(directory: Path, id: str, name: str, diff: bool) -> None:
    """A page that you write by hand, in Markdown; its name is its title."""
    _make(directory, "page", id, name, content.page, diff)


@command.command("programme")
@click.argument("file", type=click.Choice([*programme.SINGLE]), metavar="FILE")
@_diff
@click.pass_obj
def programme_file(directory: Path, file: str, diff: bool) -> None:
    """A file of the programme: targets, business-case, plan, steps, scorecard, momentum or communication."""
    _write(partial(make_single, directory, settle(), partial(programme.single, file=file)), directory, diff)


@command.command()
@click.argument("process")
@_diff
@click.pass_obj
def measurements(directory: Path, process: str, diff: bool) -> None:
    """A table of what the KPIs of a PROCESS came to, with a line for each of them for last month."""
    today = settle()
    draft = partial(programme.measurements, process=process, today=today)
    _write(partial(make_single, directory, today, draft), directory, diff)


def _make(directory: Path, kind: str, id: str, name: str, draft: content.Drafting, diff: bool) -> None:
    """Write something new of a kind, with this id and name."""
    _write(partial(make, directory, settle(), kind, id, name, draft), directory, diff)


def _write(making: Callable[[], Made], directory: Path, diff: bool) -> None:
    """Write the new files and tell what is to be done next; with `diff`, show them."""
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
        click.echo(f"- {line}")


def _places(number: int) -> str:
    if number == 1:
        return "Fill in the empty place: 'rolebook check' points at it."
    return f"Fill in the {number} empty places: 'rolebook check' points at each."
