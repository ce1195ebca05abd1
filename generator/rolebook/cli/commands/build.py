"""`rolebook build`: the handbook as a site, or as portable files for another builder."""

import gc
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rolebook.cli import options
from rolebook.cli.examine import examine, show
from rolebook.cli.looking import own_files, tell_language
from rolebook.cli.main import CouldNotRun
from rolebook.cli.terminal import telling

if TYPE_CHECKING:
    from rolebook.publishing.edition import Edition
    from rolebook.publishing.settings import Settings


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="The folder to write to. [default: site in the handbook; portable with --portable]",
)
@click.option(
    "--portable", is_flag=True, help="Write Markdown files and a mkdocs.yml that other builders read, not a site."
)
@options.packs
@options.today
@options.strict
@options.trust
@click.pass_obj
def command(
    directory: Path,
    output: Path | None,
    portable: bool,
    packs: bool,
    today: date | None,
    strict: bool,
    trust: bool,
) -> int:
    """Check the handbook, and build its site.

    Errors stop it; what was built before then stays as it was. The folder is replaced as a whole.
    """
    gc.disable()  # what is read lives until the end: looking through it again and again costs a fifth of the time
    found = examine(directory, today, for_site=True)
    settings = found.settings
    if found.diagnostics:
        show(found)
    if settings is None or found.fails(strict):
        return 1
    from rolebook.checks import Findings
    from rolebook.pages import Checked
    from rolebook.publishing.edition import Site, edition
    from rolebook.publishing.error import SiteError
    from rolebook.publishing.printing import Printer

    checked = Checked.of(Findings(found.diagnostics, found.suppressed), found.lines, found.today)
    target = output or directory / ("portable" if portable else "site")
    try:
        printer = Printer() if packs or settings.packs else None
        site = Site.of(settings, own_files(directory, trust=trust), printer)
        tell_language(site.look)
        made = edition(found.handbook, checked, site)
        gc.freeze()
        gc.enable()
        with telling("Printing the packs") if printer else nullcontext():
            _write(made, settings, directory, target, portable=portable)
    except SiteError as error:
        raise CouldNotRun(str(error)) from None
    printed = sum(name.endswith(".pdf") for name in made.packs)
    written = f"{len(made.pages)} pages" + (f" and {printed} packs as PDF" if printed else "")
    click.echo(f"{written} written; open {target / ('mkdocs.yml' if portable else 'index.html')}")
    return 0


def _write(made: "Edition", settings: "Settings", directory: Path, target: Path, *, portable: bool) -> None:
    if portable:
        from rolebook.publishing.portable import portable_files, write_files

        beside = {**made.files, **{name: make() for name, make in made.packs.items()}}
        files = portable_files(made.pages, made.chapters, settings, beside=beside, look=made.look, own=made.own)
        write_files(files, target, directory)
    else:
        from rolebook.publishing.site import build_site

        build_site(
            made.pages,
            made.chapters,
            settings,
            directory,
            target,
            files=made.files,
            packs=made.packs,
            look=made.look,
            own=made.own,
            imprint=made.imprint,
        )
