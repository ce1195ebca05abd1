"""What `check`, `build` and `serve` have in common: read a handbook, check it, and show what was found."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from rolebook.cli.main import CouldNotRun
from rolebook.diagnostic import Diagnostic
from rolebook.loading import NotAHandbook, load
from rolebook.model.handbook import Handbook
from rolebook.publishing.error import SiteError
from rolebook.publishing.reading import read_settings
from rolebook.publishing.settings import Settings
from rolebook.publishing.today import settle
from rolebook.reporting import text
from rolebook.value import value

_COLOURS = {"error": "red", "warning": "yellow", "place": "bright_blue", "frame": "bright_black", "help": "green"}


@value()
class Examined:
    """A handbook with everything that was found in it, and the lines of its files."""

    handbook: Handbook
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, tuple[str, ...]]
    settings: Settings | None
    """What its `mkdocs.yml` says; None where there is none, or one with errors."""

    def fails(self, strict: bool) -> bool:
        """Whether the findings keep it from being built; with `strict`, warnings do so too."""
        return any(strict or diagnostic.is_error for diagnostic in self.diagnostics)


def examine(directory: Path, today: date | None, *, for_site: bool = False) -> Examined:
    """Read and check the handbook in `directory`, its `mkdocs.yml` included; only a site needs that to exist.

    `today` is the day said on the command line, if any.
    """
    from rolebook.checks import all_findings

    try:
        loaded = load(directory)
        read = read_settings(directory)
        found = all_findings(loaded, settle(today, read.settings.today if read.settings else None))
    except (NotAHandbook, SiteError) as error:
        raise CouldNotRun(str(error)) from None
    if not for_site and [diagnostic.rule.name for diagnostic in read.diagnostics] == ["missing-file"]:
        return Examined(loaded.handbook, found, loaded.lines, read.settings)
    together = sorted((*found, *read.diagnostics), key=lambda diagnostic: diagnostic.order)
    return Examined(loaded.handbook, tuple(together), {**loaded.lines, **read.lines}, read.settings)


def show(diagnostics: Sequence[Diagnostic], lines: Mapping[str, tuple[str, ...]]) -> None:
    """Print diagnostics as text, and the line that counts them."""
    for line in text.report(diagnostics, lines, _style if _colours() else text.plain):
        click.echo(line)
    click.echo(text.summary(diagnostics, len(lines)))


def _style(words: str, part: str) -> str:
    return click.style(words, fg=_COLOURS[part], bold=part in ("error", "warning"))


def _colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
