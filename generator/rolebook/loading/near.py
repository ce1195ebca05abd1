"""The nearest of several names to one that was mistyped: "did you mean"."""

from collections.abc import Iterable

CLOSE_ENOUGH = 72
"""Similarity from 0 to 100 from which on a name is offered."""


def nearest(written: str, names: Iterable[str]) -> str | None:
    """The name most like `written`, letters' case and `-_ ` aside; None where none is close."""
    from rapidfuzz import fuzz, process, utils  # 10 ms that only a mistake costs

    candidates = [name for name in dict.fromkeys(names) if name]
    plain = [utils.default_process(name) for name in candidates]
    found = process.extractOne(utils.default_process(written), plain, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return candidates[found[2]] if found else None
