"""How much findings weigh in one handbook: what its settings change, and what is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rolebook.checks.codes import keeps_from_reading, rules, unknown_code
from rolebook.checks.suggestion import MOST_SLIPS
from rolebook.checks.wording import quoted
from rolebook.diagnostic import READING, Diagnostic, Finding, Related, Rule, Severity
from rolebook.model.check_settings import OFF, Setting
from rolebook.model.handbook import Handbook, derived

_MEND = "It says that something was not read as it was meant: mend what it reports."


def off(handbook: Handbook) -> frozenset[str]:
    """The codes of the checks that are not made in this handbook."""
    return frozenset(code for code, setting in _settings(handbook).items() if setting.severity == OFF)


def softened(handbook: Handbook) -> frozenset[str]:
    """The codes of the checks whose findings do not stop the build of this handbook, as it settles itself."""
    return frozenset(code for code, setting in _settings(handbook).items() if setting.severity != Severity.ERROR.value)


def weighed(handbook: Handbook, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The diagnostics as they weigh in this handbook, without those of checks that are off."""
    settings = _settings(handbook)
    for diagnostic in diagnostics:
        setting = settings.get(diagnostic.rule.code)
        if setting is None:
            yield diagnostic
        elif setting.severity != OFF:
            yield replace(diagnostic, rule=replace(diagnostic.rule, severity=Severity(setting.severity)))


def unclear_settings(handbook: Handbook) -> Iterator[Diagnostic]:
    """What is wrong with the settings themselves."""
    if not handbook.check_settings.checks:
        return
    known = rules()
    first: dict[str, Setting] = {}
    are_slips = len(handbook.check_settings.checks) <= MOST_SLIPS
    for setting in handbook.check_settings.checks:
        if found := _unclear(setting, known.get(setting.check), first.get(setting.check), are_slips):
            yield Diagnostic(READING["unclear-setting"], found)
        first.setdefault(setting.check, setting)


def _unclear(setting: Setting, rule: Rule | None, earlier: Setting | None, is_slip: bool) -> Finding | None:
    if rule is None:
        return unknown_code(setting.check, is_slip=is_slip) if setting.check else None
    if earlier:
        related = (Related(earlier.check.span, f"it is '{earlier.severity}' here"),)
        return Finding(setting.check.span, f"{quoted(rule.code)} is set twice", "Keep one of the two.", related)
    if keeps_from_reading(rule) and setting.severity not in ("", Severity.ERROR):
        return Finding(setting.severity.span, f"{quoted(rule.code)} always stops the build", _MEND)
    return None


@derived
def _settings(handbook: Handbook) -> Mapping[str, Setting]:
    """The settings that hold, by code: the first of two, and none for what keeps a handbook from being read."""
    if not handbook.check_settings.checks:
        return {}
    known = rules()
    holding: dict[str, Setting] = {}
    for setting in handbook.check_settings.checks:
        rule = known.get(setting.check)
        if rule and setting.severity and not keeps_from_reading(rule):
            holding.setdefault(rule.code, setting)
    return holding
