"""The days that were probably meant by dates written in another way."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

_YEAR_LAST = re.compile(r"(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})", re.ASCII)


def likely_days(text: str) -> tuple[str, ...]:
    """The days, as a handbook writes them, that a date in another order or with other marks may stand for."""
    if found := _YEAR_LAST.fullmatch(text):
        one, mark, other, year = found.groups()
        orders = [(year, other, one)] if mark == "." else [(year, other, one), (year, one, other)]
    elif found := _YEAR_FIRST.fullmatch(text):
        year, one, other = found.groups()
        orders = [(year, one, other)]
    else:
        return ()
    return tuple(dict.fromkeys(day for order in orders for day in _days(*order)))


def _days(year: str, month: str, day: str) -> Iterator[str]:
    with suppress(ValueError):
        yield date(int(year), int(month), int(day)).isoformat()
