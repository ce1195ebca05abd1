"""Which changes alter what somebody does, and which only its words, or what is recorded about it."""

from rolebook.comparing.change import RECORDING, WORDING, Change, Kind

_RECORDS = frozenset(
    {"aliases", "also", "area", "contact", "formerly", "history", "reviewed", "satisfies", "split_from"}
)
"""The fields that tell of something without altering it: names, events, reviews, where it is listed."""


def alters(change: Change) -> bool:
    """Whether a change alters what somebody does: it is not one of words, and not one of what is recorded."""
    if change.kind in WORDING | RECORDING or change.field.rpartition(".")[2] in _RECORDS:
        return False
    return change.kind is not Kind.BASELINE_CHANGED or bool(change.old)
