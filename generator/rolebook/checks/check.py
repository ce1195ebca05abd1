"""A check: a function that finds faults in a handbook, under a code, with a page of its own."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from rolebook.diagnostic import Diagnostic, Finding, Rule, Severity
from rolebook.model.handbook import Handbook
from rolebook.value import value

Function = Callable[[Handbook], Iterable[Finding]]
DatedFunction = Callable[[Handbook, date], Iterable[Finding]]

A_DAY_ELSEWHERE = timedelta(days=1)
"""Where something was written, the next day may have begun."""


@value()
class Check:
    """A check: its rule, and the function that finds what breaks it in a handbook as of a day."""

    rule: Rule
    find: DatedFunction

    def run(self, handbook: Handbook, today: date) -> Iterator[Diagnostic]:
        """What it finds in a handbook; `today` is what dates are compared with."""
        for finding in self.find(handbook, today):
            yield Diagnostic(self.rule, finding)


_CHECKS: dict[str, Check] = {}


def check(code: str, name: str, severity: Severity = Severity.ERROR) -> Callable[[Function], Function]:
    """Register a function as the check with this code and name; its docstring's first line is its summary."""

    def register(function: Function) -> Function:
        _add(code, name, severity, function.__doc__, lambda handbook, _: function(handbook))
        return function

    return register


def dated_check(code: str, name: str, severity: Severity = Severity.ERROR) -> Callable[[DatedFunction], DatedFunction]:
    """As `check`, for a function that also needs to know what day it is."""

    def register(function: DatedFunction) -> DatedFunction:
        _add(code, name, severity, function.__doc__, function)
        return function

    return register


def _add(code: str, name: str, severity: Severity, doc: str | None, find: DatedFunction) -> None:
    if code in _CHECKS:
        raise ValueError(f"{code} is taken by {_CHECKS[code].rule.name}")
    summary = (doc or "").strip().partition("\n")[0]
    _CHECKS[code] = Check(Rule(code, name, summary, severity), find)


def registered() -> tuple[Check, ...]:
    """Every check that was registered, by code."""
    return tuple(_CHECKS[code] for code in sorted(_CHECKS))
