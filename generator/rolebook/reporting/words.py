"""How numbers of things, sizes of files and places are written for people at a terminal."""

from rolebook.reporting import visible
from rolebook.source import Span


def counted(number: int, thing: str) -> str:
    """A number of things: `1 file`, `1,200 files`; `thing` is one that takes an "s" where there are several."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def size(count: int) -> str:
    """A number of bytes: `0.3 kB`, `1.2 MB`."""
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{count / 1000:.1f} kB"


def at(span: Span) -> str:
    """Where something begins, as editors and terminals jump to it: `path:line:column`."""
    return f"{at_line(span)}:{span.column}"


def at_line(span: Span) -> str:
    """The line on which something begins: `path:line`."""
    return f"{visible(span.path)}:{span.line}"
