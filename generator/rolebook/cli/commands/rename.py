"""`rolebook rename`: something gets another id, wherever it is named."""

from pathlib import Path

import click

from rolebook.checks.wording import title
from rolebook.cli.changing import Words, carry_out, diff
from rolebook.editing.names.renaming import rename
from rolebook.model.belonging import FIELDS

KINDS = ("role", "process", "job", "plan", "improvement", *FIELDS)
"""What may be renamed: what has a file of its own, and what stands in that of a process or plan."""


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("old")
@click.argument("new")
@diff
@click.pass_obj
def command(directory: Path, kind: str, old: str, new: str, diff: bool) -> None:
    """Give something another id, wherever it is named.

    Every reference in every file gets the new id, and so do files of its name; the old one is kept under 'formerly'. An
    activity, hand-off, KPI, control or record is written process/id, a module plan/id. Texts that still say the old id
    or the name are told, not changed. All files are written, or none.
    """
    words = Words(
        "rename",
        f"the {title(kind)} '{old}' to '{new}'",
        old,
        named="{say} its name or another one, which stay as they are",
    )
    carry_out(directory, lambda folder, today: rename(folder, today, kind, old, new), words, diff=diff)
