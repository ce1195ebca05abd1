"""Which file that is made is one that goes away, under its new name."""

from collections.abc import Mapping
from difflib import SequenceMatcher

LEAST_LIKENESS = 0.5
"""So much of their lines two files share at least where one is the other's new name."""


def moves(before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> dict[str, str]:
    """The paths of files that were made out of one that went, with the path it had: the likest first."""
    gone = {path: data for path, data in before.items() if data is not None and after[path] is None}
    made = {path: data for path, data in after.items() if data is not None and before[path] is None}
    pairs = sorted((-_likeness(gone[old], made[new]), old, new) for old in gone for new in made)
    found: dict[str, str] = {}
    for likeness, old, new in pairs:
        if -likeness >= LEAST_LIKENESS and new not in found and old not in found.values():
            found[new] = old
    return found


def _likeness(one: bytes, other: bytes) -> float:
    return SequenceMatcher(None, one.splitlines(), other.splitlines(), autojunk=False).ratio()
