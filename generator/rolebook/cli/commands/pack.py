"""`rolebook pack`: what a trainer prints for a role, whole or only what changed for it."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolebook.cli import options
from rolebook.cli.examine import Examined, examine, show
from rolebook.cli.looking import look_of
from rolebook.cli.main import CouldNotRun
from rolebook.cli.terminal import telling
from rolebook.publishing.error import SiteError
from rolebook.reporting import visible

if TYPE_CHECKING:
    from rolebook.pages.packs import Edition, Pack
    from rolebook.rendering import Look

_PAPERS = ("a4", "letter")
_AUDIENCES = ("participant", "trainer")


@click.command()
@click.argument("roles", nargs=-1, metavar="[ROLE]...")
@click.option("--all", "everybody", is_flag=True, help="A pack for each role that a training plan trains.")
@click.option("--job", "jobs", metavar="JOB", multiple=True, help="Packs for the roles that this job carries.")
@click.option("--since", metavar="VERSION", help="Only what changed for the role since this release.")
@click.option("--html/--pdf", "as_html", default=True, help="HTML for a browser, or PDF (needs rolebook[pdf]).")
@click.option(
    "--audience",
    type=click.Choice(_AUDIENCES),
    default="participant",
    help="For whom: the answers to questions stand in the trainer's edition alone. [default: participant]",
)
@click.option("--paper", type=click.Choice(_PAPERS), default="a4", help="The size of paper. [default: a4]")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="The folder to write to. [default: packs in the handbook]"
)
@options.today
@options.trust
@click.pass_obj
def command(
    directory: Path,
    roles: tuple[str, ...],
    everybody: bool,
    jobs: tuple[str, ...],
    since: str | None,
    as_html: bool,
    audience: str,
    paper: str,
    output: Path | None,
    today: date | None,
    trust: bool,
) -> int:
    """Make the training pack of each ROLE: what it does in which process, its modules, and a sheet to sign.

    A file each, which needs nothing besides itself. What is in the folder from other runs stays there.

    Exit code 0: the packs are made. 1: the handbook has errors. 2: they could not be made.
    """
    if everybody == bool(roles or jobs):
        raise click.UsageError("Name a ROLE, or a job with '--job', or say '--all'.")
    found = examine(directory, today, all_releases=since is not None)
    if found.fails(strict=False):
        show(found)
        return 1
    from rolebook.pages.packs import PAPERS, Edition, NoPack
    from rolebook.rendering import TemplateFault

    edition = Edition(for_trainer=audience == "trainer", paper=PAPERS[paper], since=since or "")
    target = output or directory / "packs"
    try:
        wanted = _wanted(found, roles, jobs)
        with telling("Making the packs"):
            for line in _write(found, wanted, edition, as_html, target, directory, trust):
                click.echo(line)
    except (NoPack, SiteError, TemplateFault) as error:
        raise CouldNotRun(visible(str(error))) from None
    return 0


def _wanted(found: Examined, roles: Sequence[str], jobs: Sequence[str]) -> tuple[str, ...]:
    """The roles that are named, or all that are trained; of those left out, it is said why."""
    from rolebook.pages.packs import NoPack, chosen, everybody, untrained

    named = chosen(found.handbook, roles, jobs)
    reasons = {role: untrained(found.handbook, role) for role in named or everybody(found.handbook)}
    for role, reason in reasons.items():
        if reason and role in roles:
            raise NoPack(reason)
        if reason:
            click.echo(f"note: {visible(reason)}", err=True)
    wanted = tuple(role for role, reason in reasons.items() if not reason)
    if not wanted:
        raise NoPack("no training plan trains any of these roles, so there is no pack to make")
    return wanted


def _write(
    found: Examined,
    wanted: Sequence[str],
    edition: "Edition",
    as_html: bool,
    target: Path,
    directory: Path,
    trust: bool,
) -> Iterator[str]:
    """Make and write the packs; a line tells of each."""
    from rolebook.publishing.folder import write
    from rolebook.publishing.packs.page import page
    from rolebook.publishing.printing import Printer

    look = look_of(found.settings, directory, trust=trust)
    printer = None if as_html else Printer()
    packs = _packs(found, wanted, edition, look)
    first = next(packs, None)
    if first is None:
        return
    made: list[Pack] = []

    def files() -> Iterator[tuple[str, bytes]]:
        for one in chain([first], packs):
            made.append(one)
            html = page(one, look)
            yield (f"{one.name}.pdf", printer.pdf(html, one.digest)) if printer else (f"{one.name}.html", html.encode())

    written = write(files(), target, directory)
    for path, one in zip(written, made, strict=True):
        yield f"{path}: {visible(one.title)}, {one.digest}"


def _packs(found: Examined, wanted: Sequence[str], edition: "Edition", look: "Look") -> Iterator["Pack"]:
    """The packs, one after the other; a role for which nothing changed is told of."""
    from rolebook.pages.packs import delta, pack, since

    handbook, today = found.handbook, found.today
    past = since(handbook, edition.since) if edition.since else None
    for role in wanted:
        made = delta(handbook, role, past, edition, look, today) if past else pack(handbook, role, edition, look, today)
        if made:
            yield made
        else:
            click.echo(f"nothing changed for '{role}' since {edition.since}: there is no pack to make")
