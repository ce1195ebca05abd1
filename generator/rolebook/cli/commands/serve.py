"""`rolebook serve`: the handbook in a browser, while it is being edited."""

from datetime import date
from pathlib import Path

import click

from rolebook.cli import options
from rolebook.cli.looking import tell_unused
from rolebook.cli.main import CouldNotRun
from rolebook.loading import NotAHandbook


@click.command()
@click.option("--host", default="127.0.0.1", help="The address to serve on. [default: 127.0.0.1, this machine only]")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="The port to serve on. [default: 8000]")
@options.today
@options.trust
@click.pass_obj
def command(directory: Path, host: str, port: int, today: date | None, trust: bool) -> None:
    """Show the handbook in a browser; each edit shows there at once.

    An edit with an error shows what is wrong with the last good pages.
    """
    from rolebook.publishing.error import SiteError
    from rolebook.publishing.server import serve

    try:
        tell_unused(directory, trust=trust)
        serve(directory, host, port, today, click.echo, trust=trust)
    except (NotAHandbook, SiteError) as error:
        raise CouldNotRun(str(error)) from None
