"""Colours, on a terminal that wants them."""

import os
import sys

import click

from rolebook.reporting import Style, plain

_COLOURS = {"error": "red", "warning": "yellow", "place": "bright_blue", "frame": "bright_black", "help": "green"}


def style() -> Style:
    """How standard output is dressed: in colours on a terminal, unless `NO_COLOR` is set."""
    return _coloured if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else plain


def _coloured(words: str, part: str) -> str:
    return click.style(words, fg=_COLOURS[part], bold=part in ("error", "warning"))
