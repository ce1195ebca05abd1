"""`rolebook new programme`: the files of the improvement programme, of which a handbook has one each."""

from functools import partial
from pathlib import Path
from typing import Any

import click

from rolebook.cli.beginning import begin_single, diff_option, one, several
from rolebook.cli.main import Named
from rolebook.editing.drafts import programme as drafts


class Files(Named):
    """The files of the programme, in the order in which they are begun."""

    kind = "file"

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the files."""
        return list(self.commands)


@click.group(cls=Files, subcommand_metavar="FILE [OPTIONS]")
def programme() -> None:
    """A file of the improvement programme, of which a handbook has one.

    They stand below in the order in which they are best begun.
    """


@programme.command()
@diff_option
@click.pass_obj
def targets(directory: Path, diff: bool) -> None:
    """Where each process shall stand: targets of maturity."""
    begin_single(directory, drafts.targets, diff)


@programme.command("plan")
@diff_option
@click.pass_obj
@one("--name", "TEXT", "What the programme is called.")
@one("--sponsor", "ROLE", "The role that wants it and pays for it.")
@one("--lead", "ROLE", "The role that runs it.")
@several("--phase", "phases", "ID", "A phase of it.")
def programme_plan(directory: Path, diff: bool, **known: Any) -> None:
    """The plan: terms of reference, phases and milestones."""
    begin_single(directory, partial(drafts.plan, **known), diff)


@programme.command()
@diff_option
@click.pass_obj
@one("--owner", "ROLE", "The role that sees to each of them, to begin with.")
def steps(directory: Path, diff: bool, **known: Any) -> None:
    """The eight steps of the change, and what is left of each."""
    begin_single(directory, partial(drafts.steps, **known), diff)


@programme.command()
@diff_option
@click.pass_obj
@one("--years", "NUMBER", "Over how many years it is reckoned.")
@one("--discount", "PERCENT", "By how much a sum is worth less a year later.")
@one("--caution", "PERCENT", "How much of the savings the cautious case expects.")
def business_case(directory: Path, diff: bool, **known: Any) -> None:
    """How the business case is reckoned, and what it assumes."""
    begin_single(directory, partial(drafts.business_case, **known), diff)


@programme.command()
@diff_option
@click.pass_obj
@several("--kpi", "kpis", "PROCESS/KPI", "A KPI that customers are shown.")
@several("--shared", "shared", "PROCESS/KPI", "A KPI that its owner cannot move alone.")
def scorecard(directory: Path, diff: bool, **known: Any) -> None:
    """Which KPIs customers are shown, and which are shared."""
    begin_single(directory, partial(drafts.scorecard, **known), diff)


@programme.command()
@diff_option
@click.pass_obj
@several("--success", "successes", "IMPROVEMENT", "An improvement that succeeded.")
def momentum(directory: Path, diff: bool, **known: Any) -> None:
    """Successes that are celebrated, and suggestions."""
    begin_single(directory, partial(drafts.momentum, **known), diff)


@programme.command()
@diff_option
@click.pass_obj
def communication(directory: Path, diff: bool) -> None:
    """Who is told what, when, and why it matters to them."""
    begin_single(directory, drafts.communication, diff)
