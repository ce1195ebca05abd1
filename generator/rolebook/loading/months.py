"""Months that are written in another way than a handbook reads them, as spreadsheets do: what was probably meant."""

import re
from collections.abc import Iterator

from rolebook.loading.days import likely_days
from rolebook.model.values import MONTH

_NO_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-./ ]?(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-./ ](\d{4})", re.ASCII)
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,9})\.?[-/ .]{0,2}(\d{4}|\d{2})")
_NAMED_LAST = re.compile(r"(\d{4}|\d{2})[-/ .]{1,2}([^\W\d_]{3,9})\.?")
_QUARTER = re.compile(r"(?:(\d{4})[-/ ]?[qQ]([1-4])|[qQ]([1-4])[-/ ]?(\d{4}))", re.ASCII)
_NAMES = (
    ("january", "januar", "jänner"),
    ("february", "februar", "feber"),
    ("march", "märz", "maerz", "mrz"),
    ("april",),
    ("may", "mai"),
    ("june", "juni"),
    ("july", "juli"),
    ("august",),
    ("september", "sept"),
    ("october", "oktober"),
    ("november",),
    ("december", "dezember"),
)
"""What months are called in English and German; three letters will do."""


def wrong_month(text: str) -> tuple[str, str]:
    """What is wrong with a text that is to be a month and is none, and what to do."""
    if _NO_MONTH.fullmatch(text):
        return "is a month that there is not", "Check it: the year, a hyphen, and 01 to 12."
    likely = " or ".join(likely_months(text))
    return f"is not {MONTH.name}", f"Write {likely}." if likely else f"Write it like {MONTH.example}"


def likely_months(text: str) -> tuple[str, ...]:
    """The months, as a handbook writes them, that one with a day, in another order or by its name may stand for."""
    return tuple(dict.fromkeys((*_numbered(text), *(day[:7] for day in likely_days(text)))))


def _numbered(text: str) -> Iterator[str]:
    if found := _YEAR_FIRST.fullmatch(text):
        yield from _month(found[1], int(found[2]))
    elif found := _YEAR_LAST.fullmatch(text):
        yield from _month(found[2], int(found[1]))
    elif found := _NAMED_FIRST.fullmatch(text):
        yield from _month(found[2], _number(found[1]))
    elif found := _NAMED_LAST.fullmatch(text):
        yield from _month(found[1], _number(found[2]))
    elif found := _QUARTER.fullmatch(text):
        yield from _month(found[1] or found[4], 3 * int(found[2] or found[3]))


def _month(year: str, number: int) -> Iterator[str]:
    if 1 <= number <= 12:
        yield f"{year if len(year) == 4 else '20' + year}-{number:02}"


def _number(name: str) -> int:
    """The number of the month of this name; 0 where it is none."""
    called = name.casefold()
    fitting = (number for number, names in enumerate(_NAMES, 1) if any(one.startswith(called) for one in names))
    return next(fitting, 0)
