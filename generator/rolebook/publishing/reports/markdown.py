"""A report as Markdown with tables, as most programs read it; what authors wrote shows as it was written."""

import re
from collections.abc import Iterator, Sequence

from rolebook.pages.reports import Report

_SYNTAX = re.compile(r"([\\`*_\[\]<>|~&#!$])")
_BREAKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_BEGINNING = re.compile(r"^([-+=]|\d+[.)])")


def markdown(report: Report) -> bytes:
    """The report as a file in Markdown, in UTF-8."""
    return "\n".join(_blocks(report)).encode()


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {_literal(report.title)}\n"
    yield f"{_sentence(report.written)}\n"
    yield from _list(report.says)
    for table in report.tables:
        yield f"## {_literal(table.heading)}\n"
        yield from _list(table.says)
        if table.rows:
            yield _line([title for _, title in table.columns])
            yield _line(["---"] * len(table.columns), as_is=True)
            yield from (_line([cell.text for cell in row]) for row in table.rows)
            yield ""


def _list(says: Sequence[str]) -> Iterator[str]:
    yield from (f"- {_sentence(sentence)}" for sentence in says)
    if says:
        yield ""


def _line(cells: Sequence[str], *, as_is: bool = False) -> str:
    return f"| {' | '.join(cells if as_is else map(_literal, cells))} |"


def _literal(text: str) -> str:
    """A text on one line, of which nothing is syntax."""
    return _SYNTAX.sub(r"\\\1", _BREAKS.sub(" ", text).strip(" "))


def _sentence(text: str) -> str:
    """The same at the beginning of a line, where more of it could be syntax."""
    return _BEGINNING.sub(lambda met: f"{met[0][:-1]}\\{met[0][-1]}", _literal(text))
