"""Family 6, succession: improvements lead to later ones and replace earlier ones, never themselves."""

from collections.abc import Iterator, Mapping

from rolebook.checks.check import check
from rolebook.checks.wording import circle
from rolebook.diagnostic import Finding, Related
from rolebook.model.handbook import Handbook
from rolebook.model.loops import loops
from rolebook.source import Text


@check("RB607", "improvement-loop")
def improvement_loop(handbook: Handbook) -> Iterator[Finding]:
    """An improvement leads to itself or replaces itself in the end."""
    improvements = handbook.improvements.values()
    onwards = {str(i.id): (i.leads_to,) if i.leads_to else () for i in improvements}
    help = "Name in 'leads_to' a larger improvement that comes later, or take it out."
    yield from _loops(onwards, "leads to", help)
    earlier = {str(i.id): i.replaces for i in improvements}
    yield from _loops(earlier, "replaces", "Name in 'replaces' only improvements that came before, or take it out.")


def _loops(named: Mapping[str, tuple[Text, ...]], verb: str, help: str) -> Iterator[Finding]:
    for loop in loops(named):
        steps = list(zip(loop, (*loop[1:], loop[0]), strict=True))
        places = [next(text for text in named[one] if text == other) for one, other in steps]
        way = "" if len(loop) == 1 else f": {circle(loop)}"
        related = tuple(
            Related(text.span, f"'{one}' {verb} '{other}' here")
            for text, (one, other) in zip(places[1:], steps[1:], strict=True)
        )
        yield Finding(places[0].span, f"'{loop[0]}' {verb} itself{way}", help, related)
