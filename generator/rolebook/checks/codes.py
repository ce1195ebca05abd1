"""The codes of all rules: which there are, which cannot be changed, and which was meant by one that there is not."""

import re
from collections.abc import Iterable, Mapping

from rolebook.checks.check import registered
from rolebook.checks.suggestion import MOST_OFFERED, replacement
from rolebook.checks.wording import any_of, quoted
from rolebook.diagnostic import READING, Finding, Rule, Severity
from rolebook.loading.near import nearest
from rolebook.source import Text

_CODE = re.compile(r"\W*(?:RB?)?(\d+)\W*", re.IGNORECASE | re.ASCII)


def rules() -> Mapping[str, Rule]:
    """The rules of reading and of all checks, by code."""
    found = (*READING.values(), *(check.rule for check in registered()))
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}


def keeps_from_reading(rule: Rule) -> bool:
    """Whether a rule is one without which a handbook cannot be read, so that nobody can turn it off."""
    return READING.get(rule.name) == rule and rule.severity is Severity.ERROR


def unknown_code(written: Text, *, is_slip: bool = True) -> Finding:
    """The finding for a code that no check has, with the one that was probably meant if it is a slip."""
    known = rules()
    meant = _meant(written, known) if is_slip else []
    message = f"there is no check {quoted(written)}"
    if not meant:
        return Finding(written.span, message, "Write the code of a check as the finding shows it, such as 'RB205'.")
    offered = any_of(f"'{code}' ({known[code].name})" for code in meant)
    fix = replacement(written, meant[0], safe=False) if len(meant) == 1 else None
    return Finding(written.span, message, f"Did you mean {offered}?", fix=fix)


def _meant(written: str, known: Mapping[str, Rule]) -> list[str]:
    """The few codes that differ in one slip; or that of the check whose name is nearest."""
    if not (found := _CODE.fullmatch(written)):
        by_name = {rule.name: rule.code for rule in known.values()}
        name = nearest(written, by_name)
        return [by_name[name]] if name else []
    code = f"RB{found[1]}"
    if code in known:
        return [code]
    return _one_slip_away(code, [rule.code for rule in known.values() if not keeps_from_reading(rule)])


def _one_slip_away(code: str, codes: Iterable[str]) -> list[str]:
    from rapidfuzz.distance import OSA  # 10 ms that only a mistake costs

    alike = [known for known in codes if OSA.distance(code, known, score_cutoff=1) <= 1]
    return alike if len(alike) <= MOST_OFFERED else []
