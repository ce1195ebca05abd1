"""Family 7, steps and momentum: whoever suggests something is answered, and no step of the change is left out."""

from collections.abc import Iterator
from datetime import date

from rolebook.checks.check import check, dated_check
from rolebook.checks.wording import all_of, beginning, place
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.handbook import Handbook
from rolebook.model.momentum import WAITING, Suggestion
from rolebook.model.planning import NOT_BEGUN, TAKEN, progress, steps_in_order
from rolebook.model.steps import PATH, STEPS, Step

DAYS = 14
"""So many days a suggestion may wait for an answer."""


@dated_check("RB723", "suggestion-unanswered", Severity.WARNING)
def suggestion_unanswered(handbook: Handbook, today: date) -> Iterator[Finding]:
    """A suggestion has waited for more than two weeks, or it is not clear what whoever made it was told."""
    for suggestion in handbook.momentum.suggestions if handbook.momentum else ():
        if handbook.whole(suggestion.span):
            if suggestion.state == WAITING:
                yield from _waiting(suggestion, today)
            else:
                yield from _answered(suggestion)
            yield from _of_another(handbook, suggestion)


def _waiting(suggestion: Suggestion, today: date) -> Iterator[Finding]:
    days = (today - suggestion.date).days
    if suggestion.answered is not None:
        message = f"'{suggestion.id}' has a day on which it was answered, but is waiting"
        yield Finding(suggestion.answered.span, message, "Write 'state: adopted' or 'state: declined'.")
    elif days > DAYS:
        message = f"'{suggestion.id}' has been waiting for an answer for {days} days"
        help = "Tell whoever made it what becomes of it, and write 'state', 'answered' and 'answer'."
        yield Finding(suggestion.date.span, message, help)


def _answered(suggestion: Suggestion) -> Iterator[Finding]:
    state, day = suggestion.state, suggestion.answered
    if suggestion.answer is None:
        message = f"'{suggestion.id}' is {state}, but does not say what whoever made it was told"
        yield Finding(place(state, suggestion.id), message, "Add 'answer:' with what is done, or why it is not.")
    if day is None:
        message = f"'{suggestion.id}' is {state}, but does not say when whoever made it was told"
        yield Finding(place(state, suggestion.id), message, "Add 'answered:' with the day.")
    elif day < suggestion.date:
        message = f"'{suggestion.id}' was answered before it was made"
        related = (Related(suggestion.date.span, "it was made here"),)
        yield Finding(day.span, message, "Correct the day that is wrong.", related)


def _of_another(handbook: Handbook, suggestion: Suggestion) -> Iterator[Finding]:
    """The finding where the improvement that came of it says that another role suggested it."""
    improvement = handbook.improvements.get(suggestion.improvement or "")
    said = improvement.suggested_by if improvement else None
    if not said or not {str(said), str(suggestion.suggested_by)} <= handbook.roles.keys():
        return
    if handbook.current(said) != handbook.current(suggestion.suggested_by):
        message = f"'{suggestion.id}' was suggested by '{suggestion.suggested_by}', but '{suggestion.improvement}'"
        help = "Write the same role in both, or take 'improvement' out, if it did not come of this suggestion."
        related = (Related(said.span, "the improvement says so here"),)
        yield Finding(suggestion.suggested_by.span, f"{message} by '{said}'", help, related)


@check("RB724", "step-left-out", Severity.WARNING)
def step_left_out(handbook: Handbook) -> Iterator[Finding]:
    """One of the eight steps of the change is missing, is there twice, or is taken before an earlier one was begun."""
    if handbook.steps is None or not handbook.whole_file(PATH):
        return
    first: dict[str, Step] = {}
    for step in handbook.steps.steps:
        if (other := first.setdefault(str(step.step), step)) is not step:
            related = (Related(other.step.span, "the other one"),)
            yield Finding(step.step.span, f"the step '{step.step}' stands twice", "Make one of them.", related)
    if missing := [f"'{name}'" for name in STEPS if name not in first]:
        message = f"the step {missing[0]} is missing" if len(missing) == 1 else f"{all_of(missing)} are missing"
        help = "Add what was done for it, or what is 'left' where nothing was."
        yield Finding(beginning(handbook.steps.span), message, help)
    yield from _too_early(handbook)


def _too_early(handbook: Handbook) -> Iterator[Finding]:
    """The findings for steps that are taken although one before them has not begun; the first such one is named."""
    waiting: Step | None = None
    for step in steps_in_order(handbook):
        how_far = progress(step)
        if how_far == NOT_BEGUN:
            waiting = waiting or step
        elif how_far == TAKEN and waiting:
            message = f"the step '{step.step}' is taken, but '{waiting.step}' has not begun"
            help = "Write what was done for the earlier one, or what is 'left' of this one."
            related = (Related(waiting.step.span, "the earlier step stands here"),)
            yield Finding(step.step.span, message, help, related)
