"""A report for a steering meeting: sentences, and tables whose cells have words for people and values for programs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rolebook.model.handbook import Handbook
from rolebook.model.released import newest
from rolebook.rendering import Look, Writing

MOST_NAMED = 3
"""So many things one cell names."""
Value = str | int | float | bool | list[str] | None
"""What JSON knows, as far as a cell needs it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table says in one place: as people read it, and as a program does."""

    text: str
    value: Value


@dataclass(frozen=True, slots=True)
class Table:
    """A part of a report: a heading, sentences, and rows under their columns; `key` is what programs call it."""

    key: str
    heading: str
    columns: tuple[tuple[str, str], ...] = ()
    """The key of each column, and its heading."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    says: tuple[str, ...] = ()
    """What stands before the table, or in place of one."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its name, of which handbook and day it is, and its parts."""

    name: str
    title: str
    handbook: str
    version: str
    """The newest release; "" where there is none yet."""
    day: date
    written: str
    """The handbook, its version and the day in a line."""
    language: str
    says: tuple[str, ...]
    """What is most important, before any table."""
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Wording:
    """What a report needs to be put into words: the handbook, the look of its pages, and the day."""

    handbook: Handbook
    look: Look
    day: date
    writing: Writing = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "writing", Writing(self.look.speech))

    @property
    def say(self) -> Callable[[str], str]:
        """Words of ours in the language of the handbook."""
        return self.look.say

    def report(self, name: str, title: str, says: Iterable[str], tables: Iterable[Table]) -> Report:
        """The report of that name; tables that have nothing to say are left out."""
        last = newest(self.handbook)
        version = str(last.id) if last else ""
        told = self.handbook.organisation.handbook or self.handbook.organisation.name
        parts = [
            str(told),
            self.say("version {version}").format(version=version) if version else "",
            self.shown(self.day),
        ]
        return Report(
            name=name,
            title=title,
            handbook=str(told),
            version=version,
            day=self.day,
            written=", ".join(part for part in parts if part),
            language=self.look.language,
            says=tuple(says),
            tables=tuple(table for table in tables if table.rows or table.says),
        )

    def table(
        self, key: str, heading: str, columns: Iterable[tuple[str, str]], rows: Iterable[Iterable[Cell]], *says: str
    ) -> Table:
        """A table with these headings."""
        return Table(key, heading, tuple(columns), tuple(tuple(row) for row in rows), says)

    def counted(self, one: str, many: str, number: int) -> str:
        """A number with what is counted; `one` and `many` have `%(num)s` where the number goes."""
        return self.look.speech.count(one, many, number) % {"num": self.writing.number(number)}

    def shown(self, day: date) -> str:
        """A day as it stands in a sentence."""
        return self.writing.plain_day(day)

    def on(self, day: date | None) -> Cell:
        """A day, or nothing."""
        return Cell(self.shown(day), day.isoformat()) if day else NOTHING

    def word(self, text: str) -> Cell:
        """A word of a choice."""
        return Cell(self.writing.words(text), text)

    def number(self, number: Decimal | int | None, unit: str = "") -> Cell:
        """A number with its unit; nothing where there is none."""
        if number is None:
            return NOTHING
        value = int(number) if number == int(number) else float(number)
        return Cell(f"{self.writing.number(number)} {unit}".strip(), value)

    def money(self, amount: Decimal | int | None) -> Cell:
        """An amount in the organisation's currency; nothing where there is none."""
        if amount is None:
            return NOTHING
        return Cell(self.writing.money(amount, self.handbook.organisation.currency), float(amount))

    def yes(self, is_so: bool) -> Cell:
        """Yes, or nothing to read."""
        return Cell(self.writing.words("yes") if is_so else "", is_so)

    def role(self, role: str) -> Cell:
        """A role by its name."""
        return Cell(self.handbook.name_of(role), role)

    def names(self, named: Iterable[tuple[str, str]]) -> Cell:
        """Several things, each a pair of its reference and its name; of many, people read the names of the first."""
        every = list(named)
        text = ", ".join(name for _, name in every[:MOST_NAMED])
        if more := len(every) - MOST_NAMED:
            text += f", {self.say('and {num} more').format(num=more)}" if more > 0 else ""
        return Cell(text, [reference for reference, _ in every])


NOTHING = Cell("", None)
"""An empty cell."""


def plain(text: str) -> Cell:
    """A cell with what an author wrote, on one line."""
    written = " ".join(text.split())
    return Cell(written, written)
