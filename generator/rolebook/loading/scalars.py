"""Single values: from text as written to what a field takes, or to what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable
from decimal import InvalidOperation
from typing import Any, NamedTuple

from rolebook.loading.days import likely_days
from rolebook.loading.lookalikes import disguise, plain
from rolebook.loading.near import nearest
from rolebook.model import values as v
from rolebook.source import Scalar, Text
from rolebook.source.quoting import quoted

RESERVED = frozenset({"index", "end", "any-process", "outside", "con", "prn", "aux", "nul"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)
}
"""Words that cannot be ids: they mean something else here, or name no file on some machines."""
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_ASCII = int(re.ASCII)
"""A plain number: `re` takes ten times as long to look at its own flag."""
_ID = re.compile(v.ID_PATTERN, re.ASCII)
_VERSION = re.compile(v.VERSION_PATTERN, re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}", re.ASCII)
"""A decimal point with three digits behind it, as some write thousands."""
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,'’ \u00a0\u2009\u202f]\d{3}){1,2}", re.ASCII)
"""Thousands, as many write them."""
_BELOW_ZERO = re.compile(r"-\d{1,9}", re.ASCII)
_YES = frozenset({"yes", "y", "on", "true", "1"})
_NO = frozenset({"no", "n", "off", "false", "0"})


class Wrong(NamedTuple):
    """What is wrong with a value: the rule broken, the fact about it, what to do, and the one character it is about."""

    rule: str
    fact: str
    help: str
    at: int | None = None


Convert = Callable[[Scalar], Any]
"""From a scalar to its value, or to `Wrong`."""


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return len(text) <= v.MAX_ID and text not in RESERVED and bool(_ID.fullmatch(text))


def is_version(text: str) -> bool:
    """Whether a text is the version of a release."""
    return bool(_VERSION.fullmatch(text))


def wrong_version(text: str) -> Wrong:
    """What is wrong with a text that is to be a version."""
    help = f"Write three numbers with points between them, such as {v.VERSION.example}."
    return Wrong("not-an-id", f"{quoted(text)} is not a version", help)


def wrong_id(text: str) -> Wrong:
    """What is wrong with a text that is to be an id."""
    if text in RESERVED:
        return Wrong(
            "not-an-id", f"'{text}' is a word with a meaning of its own and cannot be an id", "Choose another."
        )
    if len(text) > v.MAX_ID:
        shown = f"'{text[: v.MAX_ID]}…'"
        return Wrong("not-an-id", f"{shown} is too long for an id", f"Use at most {v.MAX_ID} letters and digits.")
    suggestion = _as_id(text)
    if disguised := disguise(text):
        help = f"Type it anew: {suggestion}" if suggestion else "Type it anew."
        return Wrong("not-an-id", f"'{text}' is not an id: {disguised.fact}", help, disguised.at)
    help = f"Use small letters a-z, digits and single hyphens, at most {v.MAX_ID} of them."
    return Wrong("not-an-id", f"'{text}' is not an id", f"{help} For example: {suggestion}" if suggestion else help)


def _as_id(text: str) -> str:
    """An id that keeps every letter of a text; "" where there is none."""
    letters = unicodedata.normalize("NFKD", plain(text).lower().translate(_SPELT_OUT))
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    if any(letter.isalnum() and not letter.isascii() for letter in letters):
        return ""
    id = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return id if is_id(id) else ""


def converter(type: object) -> Convert:
    """How a scalar of this type is read."""
    match type:
        case v.Form():
            return _form(type)
        case v.Choice():
            return _choice(type)
        case v.Ref():
            return _line
        case _:
            return _TYPED[type]


def describe(type: object) -> str:
    """What a field of this type takes, in the author's words."""
    match type:
        case v.Form():
            return type.name
        case v.Choice():
            return "one of " + ", ".join(type.words)
        case v.Ref():
            called = _CALLED_HERE if type.local else _CALLED_WITH_KIND if type.prefixed else _CALLED
            return " or ".join(called.get(kind, _CALLED[kind]) for kind in type.kinds)
        case v.Day:
            return "a date, written YYYY-MM-DD"
        case v.Number:
            return "a number"
        case v.Whole:
            return "a whole number"
        case _:
            return "true or false"


_CALLED_HERE = {
    "activity": "an activity of this process, by its id",
    "module": "a module of this plan, by its id",
    "record": "a record of this process, by its id",
}
_CALLED_WITH_KIND = {
    "activity": "activity:process/id",
    "control": "control:process/id",
    "hand-off": "hand-off:process/id",
    "kpi": "kpi:process/id",
    "role": "role:id",
}
_CALLED = {
    "activity": "an activity, written process/activity",
    "area": "an area's id",
    "any-process": "'any-process'",
    "clause": "a clause, written standard/clause",
    "control": "a control's id",
    "end": "'end'",
    "function": "a function's id",
    "hand-off": "a hand-off, written process/hand-off",
    "improvement": "an improvement's id",
    "job": "a job description's id",
    "kpi": "a KPI, written process/kpi",
    "module": "a module's id",
    "objective": "an objective's id",
    "outside": "outside/party",
    "plan": "a training plan's id",
    "policy": "a policy's id",
    "process": "a process's id",
    "questionnaire": "a questionnaire's id",
    "phase": "a phase of the plan",
    "milestone": "a milestone of the plan",
    "record": "a record's id",
    "role": "a role's id",
    "role-kind": "a kind of role's id",
    "term": "a term's id",
}


def _form(form: v.Form) -> Convert:
    if form is v.ID:
        return lambda scalar: scalar.text if is_id(scalar.text) else wrong_id(scalar.text)
    if form is v.LINE:
        return _line
    if form is v.PROSE:
        return _prose
    if form is v.MONTH:
        return _month

    def convert(scalar: Scalar) -> Text | Wrong:
        if re.fullmatch(form.pattern, scalar.text, _ASCII):
            return scalar.text
        meant = nearest(scalar.text, form.words)
        help = f"Did you mean '{meant}'?" if meant else f"Write it like {form.example}"
        return _unlike(scalar.text, f"is not {form.name}", help)

    return convert


def _unlike(text: str, fact: str, help: str, rule: str = "wrong-type") -> Wrong:
    """What is wrong with a text of which this fact is true, and with the character in it that only looks right."""
    if disguised := disguise(text):
        return Wrong(rule, f"{quoted(text)} {fact}: {disguised.fact}", help, disguised.at)
    return Wrong(rule, f"{quoted(text)} {fact}", help)


def _line(scalar: Scalar) -> Text | Wrong:
    text = scalar.text
    if "\n" in text.rstrip("\n"):
        return Wrong("wrong-type", "this text has several lines", "Write it on one line.")
    return _stripped(text)


def _prose(scalar: Scalar) -> Text:
    return _stripped(scalar.text)


def _stripped(text: Text) -> Text:
    stripped = text.strip()
    return text if len(stripped) == len(text) else Text(stripped, text.span)


def _choice(choice: v.Choice) -> Convert:
    def convert(scalar: Scalar) -> Text | Wrong:
        if scalar.text in choice.words:
            return scalar.text
        disguised = disguise(scalar.text)
        meant = nearest(disguised.meant if disguised else scalar.text, choice.words)
        help = f"Did you mean '{meant}'?" if meant else "Choose one of: " + ", ".join(choice.words)
        return _unlike(scalar.text, "is not one of those to choose from", help, "unknown-choice")

    return convert


def _day(scalar: Scalar) -> v.Day | Wrong:
    text = scalar.text
    if _DAY.fullmatch(text):
        try:
            return v.Day.at(text)
        except ValueError:
            return Wrong("wrong-type", f"there is no day '{text}'", "Check month and day: year-month-day.")
    likely = " or ".join(likely_days(text))
    help = f"Write {likely}." if likely else "Write it like 2026-02-28."
    return _unlike(text, "is not a date written year-month-day", help)


def _month(scalar: Scalar) -> Text | Wrong:
    text = scalar.text
    if re.fullmatch(v.MONTH.pattern, text, _ASCII):
        return text
    from rolebook.loading.months import wrong_month  # only a mistake needs it

    return _unlike(text, *wrong_month(text))


def _number(scalar: Scalar) -> v.Number | Wrong:
    text = scalar.text
    if _THOUSANDS.fullmatch(text):
        whole = text.replace(".", "")
        return Wrong(
            "wrong-type", f"'{text}' may mean {whole} or {text}0", f"Write {whole}, or {text}0 with its decimals."
        )
    if _NUMBER.fullmatch(text):
        try:
            return v.Number.at(text)
        except InvalidOperation:
            pass
    from rolebook.loading.numbers import wrong_number  # only a mistake needs it

    return _unlike(text, *wrong_number(text))


def _whole(scalar: Scalar) -> v.Whole | Wrong:
    if _WHOLE.fullmatch(scalar.text):
        return v.Whole.at(scalar.text)
    if _GROUPED.fullmatch(scalar.text):
        digits = "".join(filter(str.isdigit, scalar.text))
        return _unlike(scalar.text, "is not a whole number", f"If thousands are meant, write {digits}.")
    if _BELOW_ZERO.fullmatch(scalar.text):
        return _unlike(scalar.text, "is not a whole number", "Write a number from 0 on, in digits only: 90")
    return _unlike(scalar.text, "is not a whole number", "Write digits only, no unit: 90")


def _flag(scalar: Scalar) -> bool | Wrong:
    text = scalar.text
    if text in ("true", "false"):
        return text == "true"
    meant = "true" if text.lower() in _YES else "false" if text.lower() in _NO else ""
    help = f"Write {meant}" if meant else "Write true or false"
    return _unlike(text, "is neither true nor false", f"{help}.")


_TYPED: dict[object, Convert] = {v.Day: _day, v.Number: _number, v.Whole: _whole, bool: _flag}
