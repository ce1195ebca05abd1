"""`rolebook check`: what is wrong with a handbook, where, and what to do."""

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from rolebook.cli import options
from rolebook.cli.examine import Examined, examine
from rolebook.cli.selection import Selection, selection
from rolebook.cli.terminal import style
from rolebook.reporting import Report, show
from rolebook.reporting.repository import from_root


@click.command()
@options.format
@options.choice
@options.today
@options.strict
@click.option("--fix", is_flag=True, help="Make the safe repairs before telling what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: make the repairs that are proposals, too.")
@click.option("--diff", is_flag=True, help="With --fix: show the repairs as a patch, and write nothing.")
@click.pass_obj
def command(
    directory: Path,
    format: str,
    select: Sequence[str],
    ignore: Sequence[str],
    today: date | None,
    strict: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
) -> int:
    """Say what is wrong with the handbook, where, and what to do.

    Exit code 0: nothing, or warnings only. 1: errors, or a patch to make. 2: it could not run. Findings that are left
    out do not count.
    """
    gc.disable()  # a short life: what is collected at its end costs a tenth of it
    chosen = selection(select, ignore)
    if (unsafe_fixes or diff) and not fix:
        raise click.UsageError("--unsafe-fixes and --diff go with --fix")
    if fix:
        from rolebook.cli.repairing import repaired, show_patch, write_repair

        result = repaired(directory, today, unsafe=unsafe_fixes, wanted=chosen.keeps)
        if diff:
            return show_patch(result)
        write_repair(directory, result)
    examined = examine(directory, today)
    kept = _kept(examined, chosen)
    _print(kept, format, directory, left_out=len(examined.diagnostics) - len(kept.diagnostics))
    return int(kept.fails(strict))


def _kept(examined: Examined, chosen: Selection) -> Examined:
    return replace(examined, diagnostics=tuple(d for d in examined.diagnostics if chosen.keeps(d)))


def _print(examined: Examined, format: str, directory: Path, left_out: int) -> None:
    report = Report(examined.diagnostics, examined.lines, from_root(directory), left_out, examined.suppressed)
    for line in show(format, report, style()):
        click.echo(line)
