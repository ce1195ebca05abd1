"""`rolebook retire-role`: a role that nobody needs any more goes out of use."""

from pathlib import Path

import click

from rolebook.cli.changing import Words, carry_out, diff
from rolebook.editing.names.retiring import retire_role
from rolebook.model.catalogue import path_of


@click.command()
@click.argument("role")
@diff
@click.pass_obj
def command(directory: Path, role: str, diff: bool) -> None:
    """Retire a role, and take it out where nobody misses it.

    It keeps its file, which says so. It is no longer consulted or informed, deputises for nobody, and leaves jobs,
    plans and modules that name others, too. Refused, with all places, where somebody must first decide who takes
    over: see also merge-role. All files are written, or none.
    """
    advice = f"{path_of('role', role)}: say under 'history' when and why it was retired"
    words = Words("retire", f"the role '{role}'", role, advice=advice)
    carry_out(directory, lambda folder, today: retire_role(folder, today, role), words, diff=diff)
