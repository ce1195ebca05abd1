"""`rolebook check`: what is wrong with a handbook, where, and what to do."""

import gc
from datetime import date
from pathlib import Path

import click

from rolebook.cli import options
from rolebook.cli.examine import examine, show


@click.command()
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How findings are shown. [default: text]",
)
@options.today
@options.strict
@click.pass_obj
def command(directory: Path, output: str, today: date | None, strict: bool) -> int:
    """Say what is wrong with the handbook, where, and what to do.

    Exit code 0: nothing, or warnings only. 1: errors. 2: it could not run.
    """
    gc.disable()  # a short life: what is collected at its end costs a tenth of it
    examined = examine(directory, today)
    if output == "json":
        from rolebook.reporting import json

        click.echo(json.report(examined.diagnostics))
    else:
        show(examined.diagnostics, examined.lines)
    return int(examined.fails(strict))
