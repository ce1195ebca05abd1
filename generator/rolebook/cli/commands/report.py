"""`rolebook report`: what a steering meeting looks at."""

import sys
from datetime import date
from pathlib import Path

import click

from rolebook.cli import options
from rolebook.cli.examine import examine, show
from rolebook.cli.looking import look_of
from rolebook.cli.main import CouldNotRun
from rolebook.cli.terminal import telling
from rolebook.publishing.error import SiteError
from rolebook.reporting import visible

_NAMES = ("gap", "scorecard", "status")
_FORMATS = ("markdown", "json", "pdf")


@click.command()
@click.argument("name", type=click.Choice(_NAMES), metavar="|".join(_NAMES))
@click.option("--format", "form", type=click.Choice(_FORMATS), default="markdown", help="[default: markdown]")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="The folder to write to. [default: what is no PDF is printed, and that goes to reports in the handbook]",
)
@options.today
@options.trust
@click.pass_obj
def command(directory: Path, name: str, form: str, output: Path | None, today: date | None, trust: bool) -> int:
    """Report on the programme: the gap report, the scorecard of all KPIs, or the status for a steering meeting.

    Markdown to read and to send, JSON for programs, PDF to print (needs rolebook[pdf]).

    Exit code 0: the report is made. 1: the handbook has errors. 2: it could not be made.
    """
    found = examine(directory, today)
    if found.fails(strict=False):
        show(found)
        return 1
    from rolebook.pages.reports import REPORTS, Wording
    from rolebook.publishing.folder import write
    from rolebook.publishing.reports import ENDINGS, FORMATS
    from rolebook.rendering import TemplateFault

    try:
        look = look_of(found.settings, directory, trust=trust)
        report = REPORTS[name](Wording(found.handbook, look, found.today))
        with telling("Making the report"):
            data = FORMATS[form](report)
        if output is None and form != "pdf":
            sys.stdout.write(data.decode())
            return 0
        for path in write([(f"{name}{ENDINGS[form]}", data)], output or directory / "reports", directory):
            click.echo(f"{path}: {visible(report.title)}")
    except (SiteError, TemplateFault) as error:
        raise CouldNotRun(visible(str(error))) from None
    return 0
