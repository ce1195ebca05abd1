"""`rolebook explain`: the page of a check."""

import click

from rolebook import resources
from rolebook.checks import CHECKS
from rolebook.diagnostic import READING, Rule
from rolebook.loading.near import nearest


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a check by its code or name; without one, list them all."""
    rules = sorted([*READING.values(), *(check.rule for check in CHECKS)], key=lambda rule: rule.code)
    if code is None:
        for rule in rules:
            click.echo(f"{rule.code}  {rule.name:<32} {rule.severity:<8} {rule.summary}")
        return
    page = resources.check_pages() / f"{_wanted(code, rules).code}.md"
    click.echo(page.read_text(encoding="utf-8").rstrip())


def _wanted(code: str, rules: list[Rule]) -> Rule:
    for rule in rules:
        if code.lower() in (rule.code.lower(), rule.name):
            return rule
    meant = nearest(code, [rule.code for rule in rules] + [rule.name for rule in rules])
    offer = f"did you mean '{meant}'?" if meant else "'rolebook explain' lists them all"
    raise click.UsageError(f"there is no check '{code}': {offer}")
