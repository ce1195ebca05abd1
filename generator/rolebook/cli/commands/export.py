"""`rolebook export`: what the handbook teaches, in the formats of other programs."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from rolebook.cli import options
from rolebook.cli.examine import Examined, examine, show
from rolebook.cli.looking import look_of
from rolebook.cli.main import CouldNotRun, Named
from rolebook.cli.terminal import telling
from rolebook.publishing.error import SiteError
from rolebook.reporting import visible
from rolebook.reporting.words import counted


class Formats(Named):
    """The formats that there are, each as a command."""

    kind = "format"


@click.group(cls=Formats)
def command() -> None:
    """Write what the handbook teaches in a format that other programs take."""


@command.command("scorm", short_help="Courses for a learning system (SCORM 1.2).")
@click.argument("names", nargs=-1, required=True, metavar="ROLE|PLAN/MODULE...")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="The folder to write to, or the file (….zip) of a single course. [default: scorm in the handbook]",
)
@options.today
@options.trust
@click.pass_obj
def scorm(directory: Path, names: tuple[str, ...], output: Path | None, today: date | None, trust: bool) -> int:
    """Make courses for a learning system (SCORM 1.2): all modules that a ROLE takes, or one module.

    A package each, with a page for each module, and its questions, which the browser scores.

    Exit code 0: the courses are made. 1: the handbook has errors. 2: they could not be made.
    """
    target = output or directory / "scorm"
    if len(set(names)) > 1 and target.suffix.lower() == ".zip" and not target.is_dir():
        raise click.UsageError("'--output' names a file, which takes one course: name a folder for several.")
    found = examine(directory, today)
    if found.fails(strict=False):
        show(found)
        return 1
    from rolebook.pages.packs import NoPack
    from rolebook.rendering import TemplateFault

    try:
        with telling("Making the courses"):
            for line in _write(found, names, target, directory, trust):
                click.echo(line)
    except (NoPack, SiteError, TemplateFault) as error:
        raise CouldNotRun(visible(str(error))) from None
    return 0


def _write(found: Examined, names: Sequence[str], target: Path, directory: Path, trust: bool) -> Iterator[str]:
    """Make and write the courses; a line tells of each."""
    from rolebook.pages.scorm import Course, course, wanted
    from rolebook.publishing.scorm.package import package
    from rolebook.publishing.scorm.writing import write

    chosen = {one.name: one for one in (wanted(found.handbook, name) for name in names)}
    look = look_of(found.settings, directory, trust=trust)
    made: list[Course] = []

    def packages() -> Iterator[tuple[str, bytes]]:
        for one in chosen.values():
            made.append(course(found.handbook, one, look))
            yield one.name, package(made[-1], look)

    for path, one in zip(write(packages(), target, directory), made, strict=True):
        count, asked = len(one.pages), sum(page.questions for page in one.pages)
        yield f"{path}: {visible(one.title)}, {counted(count, 'module')}, {counted(asked, 'question')}"
