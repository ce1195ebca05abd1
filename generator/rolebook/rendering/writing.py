"""How values are written on pages: days, numbers, amounts and words of a choice, in the language of the handbook."""

import datetime
import decimal
import re
from dataclasses import dataclass

from markupsafe import Markup

from rolebook.model.training import HYPHENATED
from rolebook.rendering.language import ENGLISH, Language

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Writing:
    """Writes values in one language; templates know its methods as filters."""

    language: Language = ENGLISH

    def prose(self, text: str) -> Markup:
        """An author's text as paragraphs, which a blank line separates; every character shows as it was written."""
        paragraphs = re.split(r"\n\s*\n", text.strip())
        return Markup("\n").join(Markup("<p>%s</p>") % paragraph for paragraph in paragraphs)

    def day(self, value: datetime.date) -> Markup:
        """A day as it is written in a sentence: 20 February 2026."""
        return Markup('<time datetime="%s">%s</time>') % (value.isoformat(), self.plain_day(value))

    def plain_day(self, value: datetime.date) -> str:
        """The same as text, for titles."""
        name = self.language.say(_MONTHS[value.month - 1])
        return self.language.day.format(day=value.day, month=name, year=value.year)

    def month(self, value: str) -> str:
        """A month as it is written in a sentence: February 2026 for 2026-02."""
        year, _, number = value.partition("-")
        return self.language.month.format(month=self.language.say(_MONTHS[int(number) - 1]), year=year)

    def number(self, value: decimal.Decimal | int) -> str:
        """A number with its digits as they were written, thousands set apart: 12,000.50."""
        written = f"{value:,f}" if isinstance(value, decimal.Decimal) else f"{value:,d}"
        whole, point, rest = written.partition(".")
        return whole.replace(",", self.language.thousands) + (self.language.decimal if point else "") + rest

    def money(self, value: decimal.Decimal | int, currency: str) -> str:
        """An amount with its currency: EUR 12,000, but £12,000."""
        gap = _NO_BREAK if currency[-1:].isalnum() else ""
        return self.language.money.format(currency=currency, gap=gap, amount=self.number(value))

    def duration(self, minutes: int) -> str:
        """A length of time: 45 minutes, 1 h 30 min."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return f"{rest}{_NO_BREAK}{self.language.count('minute', 'minutes', rest)}"
        return f"{hours}{_NO_BREAK}h" + (f" {rest}{_NO_BREAK}min" if rest else "")

    def words(self, value: str) -> str:
        """A word of a choice as it stands in a sentence: `in progress` for `in-progress`, but `e-learning`."""
        return self.language.say(value if value in HYPHENATED else value.replace("-", " "))

    def heading(self, value: str) -> str:
        """A word of a choice as it stands at the beginning: `In progress` for `in-progress`."""
        written = self.words(value)
        return written[:1].upper() + written[1:]


_ENGLISH = Writing()
prose = _ENGLISH.prose
FILTERS = ("prose", "day", "month", "number", "money", "duration", "words", "heading")
