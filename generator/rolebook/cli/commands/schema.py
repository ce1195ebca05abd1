"""`rolebook schema`: the JSON Schema of each kind of file, with the ids of this handbook."""

import json
from pathlib import Path

import click

from rolebook.loading import NotAHandbook, load
from rolebook.loading.reference import reference
from rolebook.loading.schema import Names, schema, schemas
from rolebook.model.catalogue import catalogue
from rolebook.model.kinds import KINDS


@click.command()
@click.argument("kind", required=False, type=click.Choice([kind.name for kind in KINDS]))
@click.option(
    "--format",
    "output",
    type=click.Choice(["json", "markdown"]),
    default="json",
    help="JSON Schema for editors, or the reference page of the guide. [default: json]",
)
@click.pass_obj
def command(directory: Path, kind: str | None, output: str) -> None:
    """Print the JSON Schema of a kind of file, or one that holds them all.

    Where there is a handbook, its ids are offered with their names, so that an editor completes them.
    """
    if output == "markdown":
        click.echo(reference(), nl=False)
        return
    names = _names(directory)
    wanted = next((known for known in KINDS if known.name == kind), None)
    click.echo(json.dumps(schema(wanted, names) if wanted else schemas(names), indent=2, ensure_ascii=False))


def _names(directory: Path) -> Names:
    try:
        handbook = load(directory).handbook
    except NotAHandbook:
        return {}
    return {
        kind: {reference: thing.name for reference, thing in things.items()}
        for kind, things in catalogue(handbook).items()
    }
