"""The nearest of several names to one that was mistyped: "did you mean"."""

from collections.abc import Iterable

CLOSE_ENOUGH = 72
"""Similarity from 0 to 100 from which on a name is offered."""
SHORT = 4
"""Up to so many letters, one that is wrong, missing or swapped is near enough."""
LONGEST = 200
"""What is longer than so many characters is no name."""


OTHER_WORDS = {
    "if": "when",
    "else": "otherwise",
    "then": "go_to",
    "goto": "go_to",
    "title": "name",
    "responsible": "R",
    "accountable": "A",
    "consulted": "C",
    "informed": "I",
}
"""What people write for a key that is called differently here."""


def nearest(written: str, names: Iterable[str]) -> str | None:
    """The name most like `written`, letters' case and `-_ ` aside; None where none is close."""
    if len(written) > LONGEST:
        return None
    from rapidfuzz import fuzz, process, utils  # 10 ms that only a mistake costs
    from rapidfuzz.distance import OSA

    candidates = [name for name in dict.fromkeys(names) if name]
    plain = [utils.default_process(name) for name in candidates]
    found = process.extractOne(utils.default_process(written), plain, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    if found:
        return candidates[found[2]]
    if len(written) > SHORT:
        return None
    slip = process.extractOne(written.lower(), plain, scorer=OSA.distance, score_cutoff=1)
    return candidates[slip[2]] if slip else None
