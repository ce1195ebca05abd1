"""`rolebook rename`: something gets another id, wherever it is named."""

from pathlib import Path

import click

from rolebook.checks.wording import title
from rolebook.cli.changing import Words, carry_out, diff
from rolebook.editing.names.renaming import rename

KINDS = ("role", "process", "activity", "job", "plan", "improvement")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("old")
@click.argument("new")
@diff
@click.pass_obj
def command(directory: Path, kind: str, old: str, new: str, diff: bool) -> None:
    """Give a role, process, activity, job, plan or improvement another id.

    Every reference in every file gets the new id, and so do its files; the old one is kept under 'formerly'. An
    activity is written process/activity. Texts that still say the old id or the name are told, not changed. All files
    are written, or none.
    """
    words = Words(
        "rename",
        f"the {title(kind)} '{old}' to '{new}'",
        old,
        named="{say} its name or another one, which stay as they are",
    )
    carry_out(directory, lambda folder, today: rename(folder, today, kind, old, new), words, diff=diff)
