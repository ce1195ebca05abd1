"""The index of all checks, from the rules themselves: the page that leads to the page of each."""

from itertools import groupby

from rolebook.checks.codes import rules
from rolebook.diagnostic import Rule

FAMILIES = {
    "0": "Reading",
    "1": "References, and names of roles",
    "2": "RACI matrices",
    "3": "Flow and hand-offs",
    "4": "Job descriptions, and who holds a role",
    "5": "Training",
    "6": "Improvements",
    "7": "Figures",
    "8": "Reviews, approvals and releases",
}
"""What the checks of a family are about, by the first digit of their codes."""

_HEAD = """\
# All checks

Each check has a page that says why it exists, with wrong and right examples; `rolebook explain RB101` shows it, too.
How much a finding weighs can be [set for each handbook](../guide/settings.md).
"""


def index() -> str:
    """The index as Markdown: a table for each family, with the code, the name, the weight and the summary of a rule."""
    parts = [_HEAD]
    for digit, family in groupby(rules().values(), key=lambda rule: rule.code[2]):
        parts.append(f"## {FAMILIES[digit]}\n")
        parts.append("| code | name | weight | what it finds |\n|---|---|---|---|")
        parts += map(_row, family)
        parts.append("")
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    summary = rule.summary.replace("|", "/")
    return f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {summary} |"
