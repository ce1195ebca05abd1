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
from rolebook.publishing.reading import read_settings
from rolebook.publishing.settings import Settings
from rolebook.reporting import text
from rolebook.value import value

_COLOURS = {"error": "red", "warning": "yellow", "place": "bright_blue", "frame": "bright_black", "help": "green"}


@value()
class Examined:
    """A handbook with everything that was found in it, and the lines of its files."""

    handbook: Handbook
    diagnostics: tuple[Diagnostic, ...]
    lines: Mapping[str, tuple[str, ...]]

    def fails(self, strict: bool) -> bool:
        """Whether the findings keep it from being built; with `strict`, warnings do so too."""
        return any(strict or diagnostic.is_error for diagnostic in self.diagnostics)


def examine(directory: Path, today: date) -> Examined:
    """Read and check the handbook in `directory` as of `today`."""
    from rolebook.checks import all_findings

    try:
        loaded = load(directory)
    except NotAHandbook as error:
        raise CouldNotRun(str(error)) from None
    return Examined(loaded.handbook, all_findings(loaded, today), loaded.lines)


def settings_of(directory: Path, examined: Examined) -> tuple[Settings | None, Examined]:
    """What the handbook's `mkdocs.yml` says (None where it has errors), and all findings, its own among them."""
    read = read_settings(directory)
    diagnostics = tuple(sorted((*examined.diagnostics, *read.diagnostics), key=lambda diagnostic: diagnostic.order))
    return read.settings, Examined(examined.handbook, diagnostics, {**examined.lines, **read.lines})


def show(diagnostics: Sequence[Diagnostic], lines: Mapping[str, tuple[str, ...]]) -> None:
    """Print diagnostics as text, and the line that counts them."""
    for line in text.report(diagnostics, lines, _style if _colours() else text.plain):
        click.echo(line)
    click.echo(text.summary(diagnostics, len(lines)))


def _style(words: str, part: str) -> str:
    return click.style(words, fg=_COLOURS[part], bold=part in ("error", "warning"))


def _colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
