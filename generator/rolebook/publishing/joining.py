"""Files of one kind that every page asks for, put together, so that it asks for few."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Part:
    """A style sheet or script by its path in the site; with no `text` it is published there, and left as it is."""

    path: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """What pages link in place of parts: the `paths` in their order, and the text of those that are put together."""

    paths: tuple[str, ...]
    made: dict[str, str]


def join(path: str, parts: Sequence[Part]) -> Joined:
    """The parts in their order, those with a text together at `path`; what a part by itself divides is numbered.

    A file of somebody else's stays by itself: its links to others go on from where it lies, and a slip in it ends
    with it.
    """
    paths: list[str] = []
    made: dict[str, str] = {}
    numbers = _numbered(path)
    for alone, group in groupby((part for part in parts if part.text != ""), key=lambda part: part.text is None):
        if alone:
            paths += [part.path for part in group]
        else:
            name = next(numbers)
            made[name] = "\n".join(part.text for part in group if part.text)
            paths.append(name)
    return Joined(tuple(paths), made)


def _numbered(path: str) -> Iterator[str]:
    yield path
    stem, _, ending = path.rpartition(".")
    number = 1
    while True:
        number += 1
        yield f"{stem}-{number}.{ending}"
