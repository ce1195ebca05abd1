"""Options that several commands share, and the day that counts as today."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click


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


def strict(command: Command) -> Command:
    """`--strict`: the parameter `strict`, whether warnings count as errors."""
    return click.option("--strict", is_flag=True, help="Let warnings fail, too.")(command)
