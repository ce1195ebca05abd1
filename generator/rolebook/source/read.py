"""YAML text to a tree with places, by its lines or the parser's events: nothing is resolved, composed or run."""

from rolebook.source.decode import decode, lines_of
from rolebook.source.lines import read_lines
from rolebook.source.tree import Source


def read(path: str, data: bytes) -> Source:
    """Read the bytes of the file at `path`: its tree, and everything that is wrong with it as YAML.

    Never raises for what an author wrote. Where the file cannot be read to its end, it has no tree.
    """
    text, fault = decode(path, data)
    lines = lines_of(text)
    if fault is not None:
        return Source(path, None, (fault,), lines)
    if (root := read_lines(path, text, lines)) is not None:
        return Source(path, root, (), lines)
    from rolebook.source.events import read_events  # most files do without it, and without what it imports

    return read_events(path, text, lines)
