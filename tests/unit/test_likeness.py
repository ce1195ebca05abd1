"""Two names say the same where only small words, plurals or slips of the pen differ."""

import pytest

from rolebook.checks.likeness import say_the_same, telling_words


def alike(one: str, other: str) -> bool:
    return say_the_same(telling_words(one), telling_words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Request for a change", "request for change"),
        ("Request for a change", "Change request"),
        ("Request for a change", "Requests for all changes"),
        ("Follow-up of a complaint", "Follow up of complaints"),
        ("Branches that stay closed", "Branch that stay closed"),
        ("Summary of costs", "Summaries of costs"),
        ("Report, with its priority", "Report with the prioritiy"),
        ("To all", "to all"),
    ],
)
def test_these_say_the_same(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Known error", "Unknown error"),
        ("Approved change", "Unapproved change"),
        ("Major incident", "Minor incident"),
        ("Formal notice", "Normal notice"),
        ("Import of records", "Export of records"),
        ("Notice before a release", "Notice after a release"),
        ("Invoice to the customer", "Invoice from the customer"),
        ("Figures of quarter 1", "Figures of quarter 2"),
        ("Plan for 2026", "Plan for 2027"),
        ("Accepted request", "Rejected request"),
        ("Release", "Tested release"),
        ("For a", "For the"),
    ],
)
def test_these_do_not(one: str, other: str) -> None:
    assert not alike(one, other)
