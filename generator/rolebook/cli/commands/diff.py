"""`rolebook diff`: what changed between two handbooks by meaning, and for whom."""

import gc
from pathlib import Path

import click

from rolebook.cli.differences import Difference, difference
from rolebook.cli.revisions import LATEST, side
from rolebook.cli.terminal import style, telling

FORMATS = ("text", "markdown", "json")
_KEPT: list[Difference] = []
"""Kept until the process ends: taking two handbooks apart bit by bit would take as long as comparing them."""


@click.command()
@click.argument("old", default=LATEST)
@click.argument("new", required=False)
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    metavar="NAME",
    default="text",
    help="How changes are shown: text (for people), markdown (for a comment in a pull request), json (for programs). "
    "[default: text]",
)
@click.option("--exit-code", is_flag=True, help="End with 1 where something changed.")
@click.pass_obj
def command(directory: Path, old: str, new: str | None, format: str, exit_code: bool) -> int:
    """Say what changed in the handbook by meaning, and what that means for each role and job.

    OLD and NEW are folders with a handbook, versions that were released, or branches, tags or commits of git; 'main...'
    stands for where the present branch left main. Without NEW, the files as they are now are compared with OLD; without
    OLD, with what was committed last. Reordering, line breaks and comments are no change, and what was renamed stays
    the same by the ids that it had.

    Exit code 0: compared. 1: something changed, with --exit-code. 2: it could not run.
    """
    gc.disable()  # a short life: what is collected at its end costs a tenth of it
    sides = side(directory, old), side(directory, new)
    with telling("Comparing the handbooks"):
        found = difference(*sides)
    _KEPT.append(found)
    match format:
        case "json":
            from rolebook.cli.differences import data

            click.echo(data.show(found))
        case "markdown":
            from rolebook.cli.differences import markdown

            click.echo(markdown.show(found), nl=False)
        case _:
            from rolebook.cli.differences import text

            for line in text.show(found, style()):
                click.echo(line)
    return int(exit_code and bool(found.comparison.changes))
