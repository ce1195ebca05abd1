"""A comparison for people at a terminal: a line for each change, then what it means for whom."""

from collections.abc import Iterator

from rolebook.cli.differences import Difference
from rolebook.comparing.change import Change, Kind
from rolebook.comparing.effect import Affected
from rolebook.reporting import Style, visible
from rolebook.reporting.words import at_line

_SIGNS = {Kind.ADDED: "+", Kind.SPLIT_OFF: "+", Kind.REMOVED: "-", Kind.MERGED: "-"}


def show(difference: Difference, style: Style) -> Iterator[str]:
    """The lines of the whole comparison, the one that counts last."""
    for about, changes in difference.groups():
        yield style(visible(difference.heading(about)), "heading")
        for change in changes:
            place = style(f"{at_line(change.span)}:", "place")
            yield f"  {_sign(change)} {place} {visible(difference.wording.sentence(change))}"
        yield ""
    yield from _people(difference, "For roles:", difference.effects.roles, style)
    yield from _people(difference, "For jobs:", difference.effects.jobs, style)
    if difference.consents:
        yield style("To be agreed to:", "heading")
        yield from (f"  {visible(difference.consent(consent))}" for consent in difference.consents)
        yield ""
    old, new = map(visible, difference.titles)
    yield f"From {old} to {new}: {difference.counted()}"


def _people(difference: Difference, heading: str, people: tuple[Affected, ...], style: Style) -> Iterator[str]:
    if people:
        yield style(heading, "heading")
    for affected in people:
        yield f"  {visible(affected.who.name)}"
        yield from (f"    {visible(line)}" for line in difference.told(affected))
    if people:
        yield ""


def _sign(change: Change) -> str:
    """Whether something came, went or changed; what lies in the older handbook has gone."""
    return _SIGNS.get(change.kind, "-" if change.in_old else "~")
