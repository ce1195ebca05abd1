"""Family 3, repetition: what stands twice is changed in one place and stays as it was in the other."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.likeness import plain
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.handbook import Handbook
from rolebook.source import Text

LEAST_WORDS = 6
"""Shorter steps may well be the same in two activities."""
MOST_SHOWN = 3
"""So many copied steps of an activity are shown; the others are counted."""


@check("RB307", "copied-steps", Severity.WARNING)
def copied_steps(handbook: Handbook) -> Iterator[Finding]:
    """Steps of an activity stand word for word in another one."""
    first: dict[str, tuple[str, Text]] = {}
    for process, activity in handbook.activities():
        reference = f"{process.id}/{activity.id}"
        copied: dict[str, list[tuple[Text, Text]]] = {}
        for step in activity.steps:
            words = plain(step)
            if words.count(" ") < LEAST_WORDS - 1:
                continue
            source, earlier = first.setdefault(words, (reference, step))
            if source != reference:
                copied.setdefault(source, []).append((step, earlier))
        for source, steps in copied.items():
            yield _copied(source, steps)


def _copied(source: str, steps: list[tuple[Text, Text]]) -> Finding:
    """The finding at the first of several steps that stand in an earlier activity, too; the first few with that one."""
    here, there = steps[0]
    related = [Related(there.span, f"it stands in '{source}' here")]
    for step, earlier in steps[1:MOST_SHOWN]:
        related.append(Related(step.span, "so does this step"))
        related.append(Related(earlier.span, f"that one stands in '{source}' here"))
    count = "this step stands" if len(steps) == 1 else f"{len(steps)} steps of this activity stand"
    message = f"{count} word for word in '{source}', too"
    help = "Write how it is done here, or let only one of the two activities do it."
    return Finding(here.span, message, help, tuple(related))
