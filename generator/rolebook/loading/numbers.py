"""Numbers that are written in another way than a handbook reads them: what is wrong, and what was probably meant."""

import re

_MARK = "[.,'’ \u00a0\u2009\u202f]"
_UNIT = r"(?: ?(?:[%€$£]|[^\W\d_][^\d+\-]{0,20}))?"
_SIGNED = re.compile(rf"(?:[€$£] ?)?([-+\u2212\u2013]?) ?(?:[€$£] ?)?(\d.{{0,30}}?|[.,]\d{{1,9}}){_UNIT}")
"""A sign, what may be a number, and the unit that was written with it."""
_GROUPED = re.compile(rf"([1-9]\d{{0,2}})({_MARK})(\d{{3}}(?:\2\d{{3}}){{0,3}})(?:(?!\2)[.,](\d{{1,9}}))?", re.ASCII)
"""Thousands in groups, and decimals behind another mark."""
_DECIMAL = re.compile(r"(\d{0,15})[.,](\d{0,9})", re.ASCII)
_WHOLE = re.compile(r"\d{1,15}", re.ASCII)
_LONG = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_WITH_A_POWER = re.compile(r"[-+]?\d+(?:[.,]\d+)?[eE][-+]?\d+", re.ASCII)


def wrong_number(text: str) -> tuple[str, str]:
    """What is wrong with a text that is to be a number and cannot be read as one, and what to do."""
    if _LONG.fullmatch(text):
        return "has too many digits", "Write at most 15 digits, and 9 behind the point."
    if _WITH_A_POWER.fullmatch(text):
        return "is written with a power of ten, as spreadsheets shorten numbers", "Write all its digits."
    likely = " or ".join(likely_numbers(text))
    help = f"Write {likely}." if likely else "Write digits with a decimal point, no unit: 12000 or 9.5"
    return "is not a number", help


def likely_numbers(text: str) -> tuple[str, ...]:
    """The numbers, as a handbook writes them, that one with other marks, or with its unit, may stand for."""
    if not (found := _SIGNED.fullmatch(text.strip())):
        return ()
    sign, written = "-" if found[1] in ("-", "\u2212", "\u2013") else "", found[2].strip()
    return tuple(f"{sign}{number}" for number in _plain(written))


def _plain(written: str) -> tuple[str, ...]:
    if _WHOLE.fullmatch(written):
        return (written,)
    if grouped := _GROUPED.fullmatch(written):
        first, mark, rest, decimals = grouped.groups()
        whole = first + rest.replace(mark, "")
        if decimals:
            return (f"{whole}.{decimals}",)
        is_unclear = mark in ".," and len(rest) == 3
        return (whole, f"{first}.{rest}0") if is_unclear else (whole,)
    if decimal := _DECIMAL.fullmatch(written):
        whole, decimals = decimal[1] or "0", decimal[2]
        return (f"{whole}.{decimals}" if decimals else whole,)
    return ()
