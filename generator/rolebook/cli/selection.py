"""Which findings `check` shows: codes that were chosen, and codes that were left out."""

import re
from collections.abc import Mapping, Sequence

from rolebook.checks.codes import keeps_from_reading, rules
from rolebook.cli.main import CouldNotRun
from rolebook.diagnostic import Diagnostic, Rule
from rolebook.reporting import visible
from rolebook.value import value

_BEGINNING = re.compile(r"RB[0-9]*")


@value()
class Selection:
    """The beginnings of the codes to show, all where there are none, and of those to leave out all the same."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def keeps(self, diagnostic: Diagnostic) -> bool:
        """Whether a diagnostic is shown; errors of reading always are: what was not read was not checked either."""
        if keeps_from_reading(diagnostic.rule):
            return True
        code = diagnostic.rule.code
        return code.startswith(self.select or ("",)) and not code.startswith(self.ignore)


def selection(select: Sequence[str], ignore: Sequence[str]) -> Selection:
    """What was written behind `--select` and `--ignore`: codes or beginnings of codes, with commas between them."""
    known = rules()
    chosen = Selection(_beginnings("--select", select, known), _beginnings("--ignore", ignore, known))
    for beginning in chosen.ignore:
        _refuse_errors_of_reading(beginning, known)
    return chosen


def _beginnings(option: str, written: Sequence[str], known: Mapping[str, Rule]) -> tuple[str, ...]:
    parts = [part.strip() for text in written for part in text.split(",")]
    if not all(parts):
        raise CouldNotRun(f"{option} has a gap where a code should stand")
    return tuple(dict.fromkeys(_beginning(part, known) for part in parts))


def _beginning(written: str, known: Mapping[str, Rule]) -> str:
    beginning = written.upper()
    if _BEGINNING.fullmatch(beginning) and any(code.startswith(beginning) for code in known):
        return beginning
    raise CouldNotRun(f"there is no check '{visible(written)}': {_offer(written, known)}")


def _offer(written: str, known: Mapping[str, Rule]) -> str:
    from rolebook.loading.near import nearest

    codes = {name: code for code, rule in known.items() for name in (code, rule.name)}
    meant = nearest(written, codes)
    return f"did you mean '{codes[meant]}'?" if meant else "'rolebook explain' lists them all"


def _refuse_errors_of_reading(beginning: str, known: Mapping[str, Rule]) -> None:
    errors = [code for code, rule in known.items() if code.startswith(beginning) and keeps_from_reading(rule)]
    if errors:
        why = "" if errors == [beginning] else f"it takes in {errors[0]}, and "
        raise CouldNotRun(f"'{beginning}' cannot be ignored: {why}what cannot be read is not checked")
