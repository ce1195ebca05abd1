"""What `check`, `build` and `serve` have in common: read a handbook, check it, and show what was found."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import click

from rolebook.cli.main import CouldNotRun
from rolebook.cli.terminal import style, telling
from rolebook.diagnostic import Diagnostic
from rolebook.loading import NotAHandbook, load
from rolebook.model.handbook import Handbook
from rolebook.publishing.error import SiteError
from rolebook.publishing.reading import read_settings
from rolebook.publishing.settings import Settings
from rolebook.publishing.today import settle
from rolebook.reporting import Report, text
from rolebook.value import value


@value()
class Examined:
    """A handbook with everything that was found in it, and the lines of its files."""

    handbook: Handbook
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, tuple[str, ...]]
    today: date
    """The day that counted as today."""
    settings: Settings | None
    """What its `mkdocs.yml` says; None where there is none, or one with errors."""
    suppressed: tuple[Diagnostic, ...] = ()
    """What a comment in the handbook hides."""

    def fails(self, strict: bool) -> bool:
        """Whether the findings keep it from being built; with `strict`, warnings do so too."""
        return any(strict or diagnostic.is_error for diagnostic in self.diagnostics)


def examine(
    directory: Path,
    today: date | None,
    *,
    for_site: bool = False,
    cut_short: bool = True,
    all_releases: bool = False,
    since: str | None = None,
    as_of: Callable[[Handbook], date | None] = lambda _: None,
) -> Examined:
    """Read and check the handbook in `directory`, its `mkdocs.yml` included; only a site needs that to exist.

    `today` is the day said on the command line, if any. Unless `cut_short`, each finding of a flood is there. With
    `all_releases`, or for a site, which tells of them, the older ones are read, too. `since` is
    the version since which changes need a reason, if not the newest. `as_of` gives the day of a
    handbook that has one of its own.
    """
    from rolebook.checks import CHECKS, every_finding, findings

    try:
        with telling("Reading the handbook"):
            loaded = load(directory, all_releases=all_releases or for_site or since is not None)
            read = read_settings(directory)
        with telling("Checking the handbook"):
            day = settle(today, as_of(loaded.handbook), read.settings.today if read.settings else None)
            checks = CHECKS
            if since is not None:
                from rolebook.cli.reasons import checks_since

                checks = checks_since(loaded.handbook, since)
            found = (findings if cut_short else every_finding)(loaded, day, checks)
    except (NotAHandbook, SiteError) as error:
        raise CouldNotRun(str(error)) from None
    if not for_site and [diagnostic.rule.name for diagnostic in read.diagnostics] == ["missing-file"]:
        return Examined(loaded.handbook, found.diagnostics, loaded.lines, day, read.settings, found.suppressed)
    together = sorted((*found.diagnostics, *read.diagnostics), key=lambda diagnostic: diagnostic.order)
    lines = {**loaded.lines, **read.lines}
    return Examined(loaded.handbook, tuple(together), lines, day, read.settings, found.suppressed)


def show(examined: Examined) -> None:
    """Print what was found as text, and the line that counts it."""
    report = Report(examined.diagnostics, examined.lines, suppressed=len(examined.suppressed))
    for line in text.show(report, style()):
        click.echo(line)
