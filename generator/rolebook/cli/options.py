"""Options that several commands share, and the day that counts as today."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import click


def _today(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date:
    if value is not None:
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise click.BadParameter(f"'{value}' is not a date like 2026-02-28", ctx, parameter) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal():
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (OverflowError, OSError, ValueError):
            raise click.UsageError(f"SOURCE_DATE_EPOCH is no point in time: {epoch}", ctx) from None
    return datetime.now().date()


Command = Callable[..., Any]


def today(command: Command) -> Command:
    """`--today DATE`: the parameter `today`, by default from SOURCE_DATE_EPOCH, else from the clock."""
    return click.option(
        "--today",
        metavar="DATE",
        callback=_today,
        help="The day that reviews are due against, as YYYY-MM-DD. [default: today]",
    )(command)


def strict(command: Command) -> Command:
    """`--strict`: the parameter `strict`, whether warnings count as errors."""
    return click.option("--strict", is_flag=True, help="Let warnings fail, too.")(command)
