"""`rolebook release`: the handbook as it is now becomes a version, with a snapshot of all that it says."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from rolebook.checks.renewal import UNTIL_RELEASED
from rolebook.cli import options
from rolebook.cli.examine import Examined, examine, show
from rolebook.cli.main import CouldNotRun
from rolebook.diagnostic import Diagnostic
from rolebook.editing.files.writing import NotWritten, write
from rolebook.editing.releases.planning import CannotRelease, Planned, Wanted, assert_note, left_behind, plan
from rolebook.model.handbook import Handbook
from rolebook.model.kinds import SNAPSHOTS
from rolebook.model.released import newest
from rolebook.model.standing import Mark, Record, record
from rolebook.publishing.error import SiteError
from rolebook.publishing.lock import locked
from rolebook.publishing.today import settle
from rolebook.reporting import visible
from rolebook.reporting.words import at, counted, size

_MOST_ENDING = 10
"""So many warnings that are not repeated are shown; the others are counted."""


@click.command()
@click.argument("version", required=False)
@options.day
@click.option(
    "--note", "words", metavar="TEXT", default="", help="What people are to know about it, in a sentence or two."
)
@click.option("--dry-run", is_flag=True, help="Show what would be released, and write nothing.")
@click.option(
    "--bump", is_flag=True, help="Propose the next version by what changed for roles and jobs; write nothing."
)
@click.pass_obj
def command(directory: Path, version: str | None, day: date | None, words: str, dry_run: bool, bump: bool) -> int:
    """Make the handbook, as it is now, the version VERSION: three numbers such as 1.2.0.

    A handbook with errors is not released, and neither is one whose earlier releases are not what they were. Two files
    are written, or none: the release, and its snapshot, to which later versions are compared. What
    process_defs/releases/next.yaml says of it is taken in, and that file taken away; no other file is touched.

    Exit code 0: it is released, or shown with --dry-run. 1: the handbook has errors. 2: it could not be released.
    """
    if bump == (version is not None):
        raise click.UsageError("Name a VERSION such as 1.2.0, or have one proposed with '--bump'.")
    if version is None:
        return _propose(directory)
    try:
        note = assert_note(words)
        with nullcontext() if dry_run else _alone(directory):
            examined = _without_leftover(examine(directory, day, all_releases=True), version)
            if examined.fails(strict=False):
                show(examined)
                click.echo(f"rolebook: {visible(version)} is not released: a release has no errors", err=True)
                return 1
            today = settle(examined.settings.today if examined.settings else None)
            planned = plan(directory, examined.handbook, Wanted(version, examined.today, today, note))
            if not dry_run:
                _write(directory, planned)
    except CannotRelease as error:
        places = "".join(f"\n  {at(place.span)}: {visible(place.message)}" for place in error.places)
        raise CouldNotRun(f"nothing was released: {visible(str(error))}{places}") from None
    except (NotWritten, SiteError) as error:
        raise CouldNotRun(str(error)) from None
    if dry_run:
        click.echo(planned.text, nl=False)
    ending = [one for one in examined.diagnostics if one.rule.code in UNTIL_RELEASED]
    for line in _told(planned, examined.handbook, ending, is_done=not dry_run):
        click.echo(line, err=dry_run)
    return 0


def _propose(directory: Path) -> int:
    """Say which version should come next, and why."""
    from rolebook.cli.differences import difference
    from rolebook.cli.differences.next import proposed, reasons
    from rolebook.cli.revisions import side

    now = side(directory, None)
    before = newest(now.handbook)
    if before is None:
        click.echo("There is no release yet. The first one is 1.0.0: 'rolebook release 1.0.0'")
        return 0
    found = difference(side(directory, before.id), now)
    if not found.comparison.changes:
        raise CouldNotRun(f"nothing that the handbook says has changed since {before.id}")
    for line in reasons(before.id, found):
        click.echo(line)
    click.echo(f"Release it with 'rolebook release {proposed(before.id, found)}'.")
    return 0


def _write(directory: Path, planned: Planned) -> None:
    before = {**dict.fromkeys(planned.after), **planned.taken}
    write(directory, before, {**planned.after, **dict.fromkeys(planned.taken)})


def _alone(directory: Path) -> AbstractContextManager[None]:
    """Hold the lock of the releases; where there is no handbook, reading it tells."""
    folder = directory / SNAPSHOTS.folder
    return locked(folder) if folder.parent.is_dir() else nullcontext()


def _without_leftover(examined: Examined, version: str) -> Examined:
    """Without what is found about a release of this version that was interrupted: it is finished now."""
    kept = tuple(d for d in examined.diagnostics if not left_behind(d.finding, version))
    return replace(examined, diagnostics=kept)


def _told(planned: Planned, handbook: Handbook, ending: Sequence[Diagnostic], *, is_done: bool) -> Iterator[str]:
    release, before = planned.release, planned.before
    yield f"{'Released' if is_done else 'Would release'} {release.id} as of {release.date.isoformat()}, " + (
        f"after {before.id}:" if before else "the first release:"
    )
    sizes = {path: len(data) for path, data in planned.after.items()}
    for path in sorted((release.id.span.path, SNAPSHOTS.path(release.id)), reverse=True):
        length = sizes.get(path)
        yield f"  {path} ({size(length)})" if length is not None else f"  {path} (it lay there already)"
    for path in planned.taken:
        yield f"  {path} ({'taken in, and taken away' if is_done else 'to be taken in'})"
    if planned.improvements:
        yield f"\n{counted(len(planned.improvements), 'improvement')} consolidated:"
        for improvement in planned.improvements:
            yield f"  {improvement.id}: {visible(improvement.name)}"
            yield f"    {_reach(record(handbook, improvement))}"
    else:
        yield "\nIt consolidates no improvement."
    if planned.undone:
        yield "\nWhat was released before is undone, and no longer protected:"
        yield from (f"  {visible(one.loss.message)}, by {one.by.id}" for one in planned.undone if one.by)
    yield from _ending(planned, ending, is_done=is_done)
    if is_done:
        yield "\nWhat is to be done next:"
        yield f"  Commit both files with all that {release.id} brings, and never change them."


def _ending(planned: Planned, ending: Sequence[Diagnostic], *, is_done: bool) -> Iterator[str]:
    """What `check` warns of until this release, and never again: it compares with the newest one."""
    if ending:
        yield "\nNot repeated after this release, since 'rolebook check' compares with it from then on:"
    for one in ending[:_MOST_ENDING]:
        yield f"  {at(one.span)}: {visible(one.finding.message)} ({one.rule.code})"
    if planned.before and len(ending) > _MOST_ENDING:
        changes = f"'rolebook diff {planned.before.id} {planned.release.id}' shows what changed"
        shown = changes if is_done else "'rolebook check' shows them all"
        yield f"  and {len(ending) - _MOST_ENDING:,} more: {shown}"


def _reach(found: Record) -> str:
    """Its consolidation record in a line."""
    jobs, modules = counted(len(found.jobs), "job description"), counted(len(found.modules), "training module")
    told = f"{counted(len(found.roles), 'role')}, {jobs}, {modules}"
    left = [what for what, state in (("measured", found.measured), ("told", found.told)) if state is Mark.OPEN]
    return f"{told}; not {' and not '.join(left)} yet" if left else told
