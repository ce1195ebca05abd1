"""Family 5, training: who does something is taught it, and what is taught is needed."""

from collections.abc import Iterator, Mapping

from rolebook.checks.check import check
from rolebook.checks.parts import assignment, only_answered_for, shortened, without_slips
from rolebook.checks.wording import any_of, circle, place, quoted
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.catalogue import FILES, all_read, may_be_lost, path_of
from rolebook.model.consolidation import waived
from rolebook.model.coverage import Part, audience, modules_by_role, must_know, parts, taught
from rolebook.model.handbook import Handbook
from rolebook.model.loops import loops
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.source import Span, Text

_PLANS = FILES["plan"].folder


@check("RB501", "incomplete-plan")
def incomplete_plan(handbook: Handbook) -> Iterator[Finding]:
    """A training plan leaves open who is trained, when, how, or in what."""
    for plan in handbook.plans.values():
        if not handbook.whole_file(plan.id.span.path):
            continue
        who, when, how = plan.who, plan.when, plan.how
        answered = (
            ("who", "who is trained", who and (who.roles or who.jobs), who and who.span),
            ("when", "when it takes place", when and _says_when(plan), when and when.span),
            ("how", "how it is presented", how and how.formats, how and how.span),
            ("modules", "what it contains", plan.modules, None),
        )
        for key, question, answer, span in answered:
            if not answer:
                message = f"the plan '{plan.id}' does not say {question}"
                yield Finding(_start(span) if span else place(plan.name, plan.id), message, f"Fill in '{key}'.")


def _says_when(plan: TrainingPlan) -> bool:
    when = plan.when
    return when is not None and any((when.within_days, when.every_months, when.on_release, when.dates))


def _start(span: Span) -> Span:
    """The beginning of a span, so that a finding does not underline several lines."""
    return Span(span.path, span.line, span.column, span.line, span.column + 1)


@check("RB502", "untaught-activity")
def untaught_activity(handbook: Handbook) -> Iterator[Finding]:
    """A role does or answers for an activity that its training does not teach."""
    if not _audiences_are_read(handbook):
        return
    for holder, own in parts(handbook).items():
        trained = modules_by_role(handbook).get(holder, ())
        untaught = [
            part
            for part in own
            if must_know(part)
            and ("training", holder, part.reference) not in waived(handbook)
            and not taught(handbook, holder, part)
        ]
        untaught = without_slips(handbook, untaught, [what for _, module in trained for what in module.teaches])
        if trained and untaught:
            plans = dict.fromkeys(plan.id for plan, _ in trained)
            yield _untaught(handbook, holder, untaught, any_of(path_of("plan", plan) for plan in plans))


def _audiences_are_read(handbook: Handbook) -> bool:
    """Whether every plan could be read, and every job that a plan trains: the roles that it carries are trained."""
    jobs = (job for plan in handbook.plans.values() if plan.who for job in plan.who.jobs)
    lost = any(may_be_lost(handbook, "job", job) or not handbook.whole_file(path_of("job", job)) for job in jobs)
    return all_read(handbook, "plan") and not lost


def _untaught(handbook: Handbook, holder: str, untaught: list[Part], plans: str) -> Finding:
    first, *others = untaught
    written = assignment(handbook, holder, first)
    processes = only_answered_for(untaught)
    if not others:
        what = quoted(first.reference) + (f" or {processes}" if processes else "")
        message = f"no module teaches '{written}' the activity '{first.reference}'"
        return Finding(written.span, message, f"Add {what} to 'teaches' of a module in {plans}.")
    message = f"no module teaches '{written}' {len(untaught)} of its activities: {shortened(untaught)}"
    related = tuple(
        Related(assignment(handbook, holder, part).span, f"it takes part in '{part.reference}' here") for part in others
    )
    help = f"Add them to 'teaches' of modules in {plans}"
    if processes:
        help += f"; {processes} will do where '{written}' is only accountable"
    return Finding(written.span, message, f"{help}.", related)


@check("RB503", "unneeded-module")
def unneeded_module(handbook: Handbook) -> Iterator[Finding]:
    """A training module teaches nothing that those it is for take part in."""
    for plan in handbook.plans.values():
        if not handbook.whole_file(plan.id.span.path) or not _is_known(handbook, plan):
            continue
        for module in plan.modules:
            roles = {handbook.current(role) for role in module.for_} or set(audience(handbook, plan))
            if roles and _can_judge(handbook, module) and not any(_needs(handbook, r, module) for r in roles):
                message = f"nobody whom '{module.id}' is for takes part in what it teaches"
                help = "Correct 'teaches', or 'for' and 'who', or take the module out."
                yield Finding(module.id.span, message, help)


def _is_known(handbook: Handbook, plan: TrainingPlan) -> bool:
    """Whether everybody whom a plan names is known, with all that jobs carry."""
    jobs = [handbook.jobs.get(job) for job in plan.who.jobs] if plan.who else []
    return all(role in handbook.roles for role in audience(handbook, plan)) and all(
        job is not None and handbook.whole_file(job.id.span.path) for job in jobs
    )


def _can_judge(handbook: Handbook, module: TrainingModule) -> bool:
    """Whether all that a module teaches is known, with the lines of the matrices that say who takes part in it."""
    for what in module.teaches:
        process, slash, activity = what.partition("/")
        known = handbook.activity(what) if slash else handbook.processes.get(what)
        if not known or process not in handbook.matrices or not handbook.whole_file(path_of("matrix", process)):
            return False
        row = handbook.row(process, activity)
        if slash and not (row and row.responsible and row.accountable):
            return False  # RB201, RB203 and RB204 tell that somebody is missing there
    return all(role in handbook.roles for role in module.for_)


def _needs(handbook: Handbook, role: str, module: TrainingModule) -> bool:
    """Whether a role takes part in something that a module teaches, or owns a process that it teaches."""
    own = parts(handbook).get(role, ())
    if any(part.reference in module.teaches or part.process.id in module.teaches for part in own):
        return True
    taught_here = (handbook.processes.get(what) for what in module.teaches)
    return any(process is not None and handbook.current(process.owner) == role for process in taught_here)


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


@check("RB506", "untrained-role")
def untrained_role(handbook: Handbook) -> Iterator[Finding]:
    """A role does or answers for activities, and no training is for it."""
    if not _audiences_are_read(handbook):
        return
    for holder, own in parts(handbook).items():
        role = handbook.roles.get(holder)
        if role and role.active and any(map(must_know, own)) and holder not in modules_by_role(handbook):
            count = sum(map(must_know, own))
            activities = "an activity" if count == 1 else f"{count} activities"
            message = f"no training plan is for '{holder}', which does or answers for {activities}"
            help = f"Add '{holder}' to 'who' of a plan in {_PLANS}/ that teaches them."
            yield Finding(place(role.name, role.id), message, help)


@check("RB507", "outside-audience")
def outside_audience(handbook: Handbook) -> Iterator[Finding]:
    """A training module is for a role that its plan does not train."""
    for plan in handbook.plans.values():
        if plan.who is None or not handbook.whole(plan.who.span) or not _is_known(handbook, plan):
            continue
        trained = audience(handbook, plan)
        for module in plan.modules:
            for role in module.for_:
                if role in handbook.roles and handbook.current(role) not in trained:
                    message = f"'{module.id}' is for '{role}', which this plan does not train"
                    related = Related(_start(plan.who.span), "whom it trains stands here")
                    yield Finding(role.span, message, f"Add '{role}' to 'who', or take it out here.", (related,))


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
