"""Colours, and what is going on, on a terminal that wants them."""

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from rolebook.reporting import Style, plain

_COLOURS = {
    "error": "red",
    "warning": "yellow",
    "place": "bright_blue",
    "frame": "bright_black",
    "help": "green",
}
_BOLD = ("error", "warning", "heading")
_PATIENCE = 0.5
"""The seconds after which a person wants to know what is going on."""
_WIPE = "\r\x1b[K"


def style() -> Style:
    """How standard output is dressed: in colours on a terminal, unless `NO_COLOR` is set."""
    return _coloured if _is_able(sys.stdout) and not os.environ.get("NO_COLOR") else plain


@contextmanager
def telling(words: str) -> Iterator[None]:
    """Say on standard error what is going on, where that is a terminal and it takes long; it is wiped at the end."""
    if not _is_able(sys.stderr):
        yield
        return
    from threading import Timer

    told: list[str] = []

    def tell() -> None:
        told.append(words)
        _print(f"{words} …")

    timer = Timer(_PATIENCE, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if told:
            _print(_WIPE)


def _is_able(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _print(words: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(words)
        sys.stderr.flush()


def _coloured(words: str, part: str) -> str:
    return click.style(words, fg=_COLOURS.get(part), bold=part in _BOLD)
