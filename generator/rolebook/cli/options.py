"""Options that several commands share, and the day that counts as today."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from rolebook.reporting import FORMATS


def _today(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is not None:
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise click.BadParameter(f"'{value}' is not a date like 2026-02-28", ctx, parameter) from None
    return None


Command = Callable[..., Any]


def today(command: Command) -> Command:
    """`--today DATE`: the parameter `today`; None where it is not said (see `publishing.today`)."""
    return click.option(
        "--today",
        metavar="DATE",
        callback=_today,
        help="The day that reviews are due against, as YYYY-MM-DD. [default: today, or as mkdocs.yml says]",
    )(command)


def day(command: Command) -> Command:
    """`--date DAY`: the parameter `day`; None where it is not said."""
    return click.option(
        "--date",
        "day",
        metavar="DAY",
        callback=_today,
        help="The day from which it holds, as YYYY-MM-DD. [default: today, or as mkdocs.yml says]",
    )(command)


def trust(command: Command) -> Command:
    """`--trust-config`: the parameter `trust`, whether a handbook's own templates, styles and scripts are used."""
    return click.option(
        "--trust-config",
        "trust",
        is_flag=True,
        help="Use the handbook's own templates, styles and scripts in site_templates/. "
        "They run here and in the browsers of readers: look at them first.",
    )(command)


def packs(command: Command) -> Command:
    """`--packs`: the parameter `packs`, whether the training packs of a site are made as PDF, too."""
    return click.option(
        "--packs",
        is_flag=True,
        help="Make the training packs as PDF, too: some seconds each, and WeasyPrint is needed. HTML is always there.",
    )(command)


def strict(command: Command) -> Command:
    """`--strict`: the parameter `strict`, whether warnings count as errors."""
    return click.option("--strict", is_flag=True, help="Let warnings fail, too.")(command)


def format(command: Command) -> Command:
    """`--format NAME`: the parameter `format`, one of the formats of `reporting`."""
    names = ", ".join(f"{name} ({purpose})" for name, purpose in FORMATS.items())
    return click.option(
        "--format",
        type=click.Choice(list(FORMATS)),
        metavar="NAME",
        default="text",
        help=f"How findings are shown: {names}. [default: text]",
    )(command)


def choice(command: Command) -> Command:
    """`--select CODES` and `--ignore CODES`: the parameters `select` and `ignore`, as they were written."""
    select = click.option(
        "--select",
        metavar="CODES",
        multiple=True,
        help="Show only these findings: codes or beginnings of codes, such as RB2,RB301.",
    )
    ignore = click.option("--ignore", metavar="CODES", multiple=True, help="Leave these findings out.")
    return select(ignore(command))


def changed_since(command: Command) -> Command:
    """`--changed-since REVISION`: the parameter `changed_since`, as it was written; None where it is not said."""
    return click.option(
        "--changed-since",
        metavar="REVISION",
        help="Show first what is in files that were changed since this branch left a branch, tag or commit of git, "
        "then what is new elsewhere, then the rest.",
    )(command)


def show_suppressed(command: Command) -> Command:
    """`--show-suppressed`: the parameter `show_suppressed`, whether SARIF tells of hidden findings, too."""
    return click.option(
        "--show-suppressed",
        is_flag=True,
        help="With --format sarif: show what comments in the handbook hide, marked as suppressed, with the reasons.",
    )(command)
