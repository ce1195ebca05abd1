"""`rolebook merge-role`: a role is merged into another one, which takes over whatever it had."""

from pathlib import Path

import click

from rolebook.cli.changing import Words, carry_out, diff
from rolebook.editing.names.merging import merge_role
from rolebook.model.catalogue import path_of


@click.command()
@click.argument("old")
@click.argument("into")
@diff
@click.pass_obj
def command(directory: Path, old: str, into: str, diff: bool) -> None:
    """Merge the role OLD into the role INTO.

    OLD keeps its file, which says so. Wherever it is named for what it does, INTO is named instead, once; where it is
    named for what it did, it stays. Refused where the two must not meet. What jobs and training then lack is told. All
    files are written, or none.
    """
    advice = f"{path_of('role', old)}: say under 'history' when and why it was merged"
    words = Words("merge", f"the role '{old}' into '{into}'", old, advice=advice)
    carry_out(directory, lambda folder, today: merge_role(folder, today, old, into), words, diff=diff)
