"""`rolebook new`: something new in the handbook, with a place for everything that its author is to write."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from rolebook.cli import options
from rolebook.cli.beginning import begin, diff_option, named, one, several, unnamed, write_made
from rolebook.cli.beginning_programme import programme
from rolebook.editing.drafts import content, measured
from rolebook.editing.drafts.making import Made, make_single
from rolebook.publishing.today import settle


@click.group()
def command() -> None:
    """Make a file for something new, with a place for all that is to be written.

    What must be there stands in it with an empty value, which 'rolebook check' points at; the rest stands behind a
    number sign. No file that exists is changed.

    Exit code 0: the files are made, or shown with --diff. 2: they could not be made.
    """


command.add_command(programme)


@command.command()
@named
@one("--owner", "ROLE", "The role that answers for it.")
@one("--area", "AREA", "The area that it belongs to.")
@several("--activity", "activities", "ID", "An activity of it.")
def process(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A process, and its matrix with a line for each activity."""
    begin(directory, "process", id, name, partial(content.process, **known), diff)


@command.command()
@named
@one("--function", "FUNCTION", "The function that holds it.")
def role(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A role."""
    begin(directory, "role", id, name, partial(content.role, **known), diff)


@command.command()
@named
@one("--function", "FUNCTION", "The function that it belongs to.")
@one("--reports-to", "JOB", "The job above it.")
@several("--carries", "carries", "ROLE", "A role that it carries, with a duty for all that this role does.")
def job(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A job description, with the duties that its roles bring."""
    begin(directory, "job", id, name, partial(content.job, **known), diff)


@command.command()
@named
@one("--owner", "ROLE", "The role that keeps it up to date.")
@several("--for", "roles", "ROLE", "A role that it trains, with modules for all that this role does.")
def plan(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A training plan, with modules for what its roles do."""
    begin(directory, "plan", id, name, partial(content.plan, **known), diff)


@command.command()
@named
@one("--owner", "ROLE", "The role that sees it through.")
def improvement(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """An improvement that is proposed."""
    begin(directory, "improvement", id, name, partial(content.improvement, **known), diff)


@command.command()
@named
@one("--process", "PROCESS", "The process that it is about; without it, the six areas.")
def questionnaire(directory: Path, id: str, name: str, diff: bool, **known: Any) -> None:
    """A questionnaire that shows how mature a process is, or each of the six areas."""
    begin(directory, "questionnaire", id, name, partial(content.questionnaire, **known), diff)


@command.command()
@unnamed
@one("--questionnaire", "QUESTIONNAIRE", "The questionnaire that is answered.")
def assessment(directory: Path, id: str, diff: bool, **known: Any) -> None:
    """An assessment, with a place for the answer to each question."""
    begin(directory, "assessment", id, "", partial(content.assessment, **known), diff)


@command.command()
@named
def page(directory: Path, id: str, name: str, diff: bool) -> None:
    """A page that you write by hand, in Markdown; its name is its title."""
    begin(directory, "page", id, name, content.page, diff)


@command.command()
@click.argument("process")
@diff_option
@click.pass_obj
@one("--since", "MONTH", "The first month to be filled in, as 2026-01. [default: the last one that is over]")
@options.today
def measurements(directory: Path, process: str, diff: bool, today: date | None, since: str) -> None:
    """A table of what the KPIs of a PROCESS came to."""

    def making() -> Made:
        day = settle(today)
        draft = partial(measured.measurements, process=process, today=day, since=since)
        return make_single(directory, day, draft)

    write_made(making, directory, diff)
