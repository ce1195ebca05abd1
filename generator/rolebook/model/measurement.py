"""A line of `process_defs/measurements/<process>.csv`: the value that a KPI of the process had in a month."""

from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property
from typing import Any, overload

from rolebook.model import values as v
from rolebook.source import Span
from rolebook.value import made, value

_tuple: Any = tuple.__new__
_text: Any = str.__new__


@value(kw_only=True)
class Measurement:
    """The value of a KPI in a month."""

    kpi: v.LocalKpi
    """The KPI, by its id in the process that the file is named after."""
    month: v.Month
    """The month that was counted; the last one, where a KPI is measured over a longer time."""
    value: v.Number
    """The value, in the KPI's unit."""
    note: v.Line | None = None
    """What explains the value, where something was out of the ordinary."""
    span: Span = field(compare=False, repr=False)


class PlainTable(Sequence[Measurement]):
    """The measurements of a table of which each line is known to be plain: they are made when somebody asks for one.

    `lines` are those of the file from the second one on: each says `kpi,month,value` or `kpi,month,value,note`, without
    blanks around the cells; only a note may stand between quotation marks, with none in it.
    """

    def __init__(self, path: str, lines: Sequence[str]) -> None:
        self._path = path
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Measurement]:
        return iter(self._all)

    @overload
    def __getitem__(self, index: int) -> Measurement: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Measurement, ...]: ...
    def __getitem__(self, index: int | slice) -> Measurement | tuple[Measurement, ...]:
        return self._all[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PlainTable):
            return self._all == other._all
        return self._all == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._all)

    @cached_property
    def _all(self) -> tuple[Measurement, ...]:
        return tuple(_measurement(self._path, number, line) for number, line in enumerate(self._lines, 2))


def _measurement(path: str, number: int, line: str) -> Measurement:
    """What a plain line says, as the general reader of tables would make it of the same line."""
    kpi, month, figure, *rest = line.split(",", 3)
    behind_kpi = len(kpi) + 1
    behind_month = behind_kpi + 1 + len(month)
    behind_figure = behind_month + 1 + len(figure)
    value = v.Number(figure)
    value.span = _tuple(Span, (path, number, behind_month + 1, number, behind_figure))
    values = {
        "span": _tuple(Span, (path, number, 1, number, len(line) + 1)),
        "kpi": _cell(kpi, _tuple(Span, (path, number, 1, number, behind_kpi))),
        "month": _cell(month, _tuple(Span, (path, number, behind_kpi + 1, number, behind_month))),
        "value": value,
    }
    if rest and rest[0]:
        values["note"] = plain_note(path, number, line)
    return made(Measurement, values)


def plain_note(path: str, number: int, line: str) -> v.Text:
    """The note of a plain line that has one."""
    note = line.split(",", 3)[3]
    span = Span(path, number, len(line) - len(note) + 1, number, len(line) + 1)
    return v.Text(note[1:-1], span, inset=1) if note[0] == '"' else v.Text(note, span, inset=0)


def _cell(written: str, span: Span) -> v.Text:
    text: v.Text = _text(v.Text, written)
    text.span = span
    text.inset = 0
    return text
