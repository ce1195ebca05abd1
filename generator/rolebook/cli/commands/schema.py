"""`rolebook schema`: the JSON Schema of each kind of file, with the ids of this handbook."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from rolebook.loading import NotAHandbook, load
from rolebook.loading.reference import reference
from rolebook.loading.schema import Names, schema, schemas
from rolebook.model.handbook import Handbook
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
    names: dict[str, dict[str, str]] = {}
    for kind, id, name in _named(handbook):
        names.setdefault(kind, {})[id] = name
    return names


def _named(handbook: Handbook) -> Iterator[tuple[str, str, str]]:
    for kind, entities in (
        ("process", handbook.processes),
        ("role", handbook.roles),
        ("job", handbook.jobs),
        ("plan", handbook.plans),
        ("improvement", handbook.improvements),
        ("function", handbook.functions),
        ("role-kind", handbook.role_kinds),
    ):
        yield from ((kind, entity.id, entity.name) for entity in entities.values())
    organisation = handbook.organisation
    for kind, members in (
        ("area", organisation.areas),
        ("objective", organisation.objectives),
        ("policy", organisation.policies),
        ("term", handbook.glossary.terms),
    ):
        yield from ((kind, member.id, member.name) for member in members)
    yield from (("outside", f"outside/{party.id}", party.name) for party in organisation.outside)
    for standard in organisation.standards:
        for clause in standard.clauses:
            yield "clause", f"{standard.id}/{clause.id}", f"{standard.name}, {clause.number}"
    for process in handbook.processes.values():
        for kind, parts in (
            ("activity", process.activities),
            ("hand-off", process.hands_over),
            ("kpi", process.kpis),
            ("control", process.controls),
        ):
            yield from ((kind, f"{process.id}/{part.id}", part.name) for part in parts)
