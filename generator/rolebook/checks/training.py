"""Family 5, training: a plan leaves nothing open, and what it teaches can be taken and is assessed."""

from collections.abc import Iterator, Mapping

from rolebook.checks.check import check
from rolebook.checks.likeness import plain
from rolebook.checks.wording import beginning, circle, place
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import FILES
from rolebook.model.handbook import Handbook
from rolebook.model.loops import loops
from rolebook.model.training import Question, TrainingPlan
from rolebook.source import Text

_WHO = "Write 'who:', and below it 'roles:' or 'jobs:' with those it is for."
_WHEN = "Write 'when:', and below it 'within_days:', 'every_months:', 'dates:' or 'on_release:'."
_HOW = "Write 'how:', and below it 'formats:', such as 'formats: classroom'."
_WHAT = "Write 'modules:', and below it at least one training module."
_PLANS = FILES["plan"].folder


@check("RB501", "incomplete-plan")
def incomplete_plan(handbook: Handbook) -> Iterator[Finding]:
    """A training plan leaves open who is trained, when, how, or in what."""
    for plan in handbook.plans.values():
        if not handbook.whole_file(plan.id.span.path):
            continue
        who, when, how = plan.who, plan.when, plan.how
        answered = (
            ("who is trained", _WHO, who and (who.roles or who.jobs), who and who.span),
            ("when it takes place", _WHEN, when and _says_when(plan), when and when.span),
            ("how it is presented", _HOW, how and how.formats, how and how.span),
            ("what it contains", _WHAT, plan.modules, None),
        )
        for question, help, answer, span in answered:
            if not answer:
                message = f"the plan '{plan.id}' does not say {question}"
                yield Finding(beginning(span) if span else place(plan.name, plan.id), message, help)


def _says_when(plan: TrainingPlan) -> bool:
    when = plan.when
    return when is not None and any((when.within_days, when.every_months, when.on_release, when.dates))


@check("RB504", "no-assessment", Severity.WARNING)
def no_assessment(handbook: Handbook) -> Iterator[Finding]:
    """A training module does not show whether anything was learnt."""
    for plan in handbook.plans.values():
        for module in plan.modules:
            if not (module.questions or module.observed) and handbook.whole(module.span):
                message = f"'{module.id}' has neither questions nor anything to observe"
                help = "Add 'questions' with their answers, or 'observed' with what a trainer watches for."
                yield Finding(place(module.id, plan.id), message, help)


@check("RB505", "prerequisite-loop")
def prerequisite_loop(handbook: Handbook) -> Iterator[Finding]:
    """Plans or modules of training are each to be taken before the other."""
    yield from _loops({str(plan.id): plan.prerequisites for plan in handbook.plans.values()})
    for plan in handbook.plans.values():
        yield from _loops({str(module.id): module.prerequisites for module in plan.modules})


def _loops(prerequisites: Mapping[str, tuple[Text, ...]]) -> Iterator[Finding]:
    for loop in loops(prerequisites):
        yield _loop(loop, prerequisites)


def _loop(loop: tuple[str, ...], prerequisites: Mapping[str, tuple[Text, ...]]) -> Finding:
    steps = zip(loop, (*loop[1:], loop[0]), strict=True)
    places = [next(text for text in prerequisites[one] if text == other) for one, other in steps]
    message = f"'{loop[0]}' is to be taken before itself: {circle(loop)}"
    related = tuple(
        Related(text.span, f"'{text}' is to be taken before '{one}'")
        for one, text in zip(loop[1:], places[1:], strict=True)
    )
    return Finding(places[0].span, message, "Take one of these prerequisites out.", related)


@check("RB508", "crowded-module", Severity.WARNING)
def crowded_module(handbook: Handbook) -> Iterator[Finding]:
    """A training module names so many activities that it teaches none of them thoroughly."""
    for plan in handbook.plans.values():
        for module in plan.modules:
            activities = [what for what in module.teaches if "/" in what]
            most = handbook.check_settings.limits.teaches
            if len(activities) > most:
                message = f"the module '{module.id}' teaches {len(activities)} activities"
                help = f"Split it into modules of {most} activities at most."
                yield Finding(activities[most].span, message, help)


@check("RB511", "unclear-choice")
def unclear_choice(handbook: Handbook) -> Iterator[Finding]:
    """A question has a wrong answer that is its right one, or stands there twice."""
    for plan in handbook.plans.values():
        for module in plan.modules:
            for question in module.questions:
                yield from _unclear(question)


def _unclear(question: Question) -> Iterator[Finding]:
    """The wrong answers that say what another one of the question says, whatever their letters' case and marks."""
    seen = {plain(question.answer): question.answer}
    for wrong in question.wrong:
        first = seen.setdefault(plain(wrong), wrong)
        if first is question.answer:
            message = "this wrong answer is the right one of its question"
            related = Related(first.span, "the right answer")
            yield Finding(wrong.span, message, "Write an answer that is wrong, or take it out.", (related,))
        elif first is not wrong:
            message = "this wrong answer stands there twice"
            yield Finding(wrong.span, message, "Take one of them out.", (Related(first.span, "it stands here, too"),))
