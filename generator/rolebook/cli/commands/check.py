"""`rolebook check`: what is wrong with a handbook, where, and what to do."""

import gc
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolebook.cli import options
from rolebook.cli.examine import Examined, examine
from rolebook.cli.selection import Selection, selection
from rolebook.cli.terminal import style
from rolebook.reporting import Report, Suppressed, show
from rolebook.reporting.repository import from_root

if TYPE_CHECKING:
    from rolebook.cli.since import Since

_EXAMINED: list[Examined] = []
"""Kept until the process ends: taking a large handbook apart bit by bit would be a tenth of all the work."""


@click.command()
@options.format
@options.choice
@options.changed_since
@options.show_suppressed
@options.today
@options.strict
@click.option("--all-releases", is_flag=True, help="Look at the snapshots of all releases, not at the newest one only.")
@click.option(
    "--since",
    metavar="VERSION",
    help="Tell what changed without a reason since this version. [default: the newest release]",
)
@click.option("--fix", is_flag=True, help="Make the safe repairs before telling what is left.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix: make the repairs that are proposals, too.")
@click.option("--diff", is_flag=True, help="With --fix: show the repairs as a patch, and write nothing.")
@click.option(
    "--explain-ratchet", metavar="ID", help="Say instead what the improvement ID protects, and whether it holds."
)
@click.pass_obj
def command(
    directory: Path,
    format: str,
    select: Sequence[str],
    ignore: Sequence[str],
    changed_since: str | None,
    show_suppressed: bool,
    today: date | None,
    strict: bool,
    all_releases: bool,
    since: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    explain_ratchet: str | None,
) -> int:
    """Say what is wrong with the handbook, where, and what to do.

    Exit code 0: nothing, or warnings only. 1: errors, or a patch to make. 2: it could not run. Findings that are left
    out do not count.
    """
    if explain_ratchet is not None:
        from rolebook.cli.ratchet import explained

        for line in explained(directory, explain_ratchet):
            click.echo(line)
        return 0
    gc.disable()  # a short life: what is collected at its end costs a tenth of it
    chosen = selection(select, ignore)
    if (unsafe_fixes or diff) and not fix:
        raise click.UsageError("--unsafe-fixes and --diff go with --fix")
    if show_suppressed and format != "sarif":
        raise click.UsageError("--show-suppressed goes with --format sarif")
    if since is not None and changed_since is not None:
        raise click.UsageError("--since and --changed-since each compare with something else: name one of them")
    changes = _since(directory, changed_since)
    if fix:
        from rolebook.cli.repairing import repaired, show_patch, write_repair

        result = repaired(directory, today, unsafe=unsafe_fixes, wanted=chosen.keeps)
        if diff:
            return show_patch(result)
        write_repair(directory, result)
    examined = examine(directory, today, all_releases=all_releases, since=since)
    _EXAMINED.append(examined)
    kept = _kept(examined, chosen)
    report = Report(
        kept.diagnostics,
        kept.lines,
        from_root(directory),
        left_out=len(examined.diagnostics) - len(kept.diagnostics),
        suppressed=len(kept.suppressed),
        suppressions=_suppressions(kept) if show_suppressed else (),
    )
    if changes:
        parts = changes.parts(kept.diagnostics, today)
        report = replace(report, parts=parts, diagnostics=tuple(d for _, found in parts for d in found))
    for line in show(format, report, style()):
        click.echo(line)
    return int(kept.fails(strict))


def _since(directory: Path, revision: str | None) -> "Since | None":
    """What was changed before anything is repaired."""
    if revision is None:
        return None
    from rolebook.cli.since import since

    return since(directory, revision)


def _suppressions(examined: Examined) -> tuple[Suppressed, ...]:
    from rolebook.checks.hidden import with_reasons

    return with_reasons(examined.suppressed, examined.lines)


def _kept(examined: Examined, chosen: Selection) -> Examined:
    diagnostics, suppressed = (
        tuple(diagnostic for diagnostic in found if chosen.keeps(diagnostic))
        for found in (examined.diagnostics, examined.suppressed)
    )
    return replace(examined, diagnostics=diagnostics, suppressed=suppressed)
