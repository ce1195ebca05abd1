"""Family 6, quick wins: what is quickly won does not stand in the way of what is to last."""

from collections.abc import Iterator

from rolebook.checks.check import check
from rolebook.checks.improvements import AGREED
from rolebook.checks.slips import UNFINISHED
from rolebook.checks.wording import quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement
from rolebook.source import Text


@check("RB615", "quick-win-in-the-way", Severity.WARNING)
def quick_win_in_the_way(handbook: Handbook) -> Iterator[Finding]:
    """A quick win adds or changes what a larger improvement is to take out."""
    larger = [one for one in _read(handbook) if not one.quick_win and one.status in UNFINISHED]
    for win in _read(handbook):
        if not win.quick_win or win.status not in AGREED:
            continue
        brought = {str(element): element for element in (*win.adds, *win.changes)}
        for goal in larger:
            against = [element for element in goal.removes if str(element) in brought]
            if against and not _are_settled(handbook, win, goal):
                yield _in_the_way(win, goal, brought[str(against[0])], against[0])


def _in_the_way(win: Improvement, goal: Improvement, element: Text, removed: Text) -> Finding:
    verb = "adds" if any(one is element for one in win.adds) else "changes"
    message = f"the quick win '{win.id}' {verb} {quoted(element)}, which '{goal.id}' takes out"
    help = f"If it is a step on the way, write 'leads_to: {goal.id}' here; if '{goal.id}' puts something better in its"
    help += f" place, 'replaces: {win.id}' there; else give one of them up."
    return Finding(element.span, message, help, (Related(removed.span, f"'{goal.id}' takes it out here"),))


def _are_settled(handbook: Handbook, win: Improvement, goal: Improvement) -> bool:
    """Whether the two say how they go together: one replaces the other, or the quick win leads to the larger one."""
    if win.id in goal.replaces or goal.id in win.replaces:
        return True
    seen: set[str] = set()
    step: Improvement | None = win
    while step and step.leads_to and step.leads_to not in seen:
        seen.add(step.leads_to)
        step = handbook.improvements.get(step.leads_to)
    return goal.id in seen


def _read(handbook: Handbook) -> Iterator[Improvement]:
    for improvement in handbook.improvements.values():
        if handbook.whole_file(improvement.id.span.path):
            yield improvement
