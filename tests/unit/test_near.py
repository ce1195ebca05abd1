"""Names that were mistyped find the one that was meant, and others find none."""

import pytest

from rolebook.loading.near import nearest

KEYS = ("id", "name", "at", "to", "purpose", "activities", "hands_over")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("purpse", "purpose"),
        ("Activities", "activities"),
        ("activites", "activities"),
        ("hands-over", "hands_over"),
        ("handsover", "hands_over"),
        ("di", "id"),
        ("nmae", "name"),
        ("colour", None),
        ("x", None),
        ("", None),
    ],
)
def test_the_name_that_was_meant(written: str, meant: str | None) -> None:
    assert nearest(written, KEYS) == meant
