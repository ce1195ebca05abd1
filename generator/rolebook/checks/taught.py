"""Family 5, who is taught: whoever does something is taught it, and what is taught is needed."""

from collections.abc import Iterable, Iterator, Mapping

from rolebook.checks.audiences import perhaps_taught, perhaps_trained
from rolebook.checks.check import check
from rolebook.checks.parts import assignment, is_in_use, only_answered_for, shortened
from rolebook.checks.wording import MOST_NAMED, any_of_few, beginning, place, quoted
from rolebook.diagnostic import Finding, Related
from rolebook.model.backlinks import Module, modules_teaching
from rolebook.model.catalogue import FILES, all_read, may_be_lost, path_of
from rolebook.model.consolidation import waived
from rolebook.model.coverage import Part, audience, modules_by_role, must_know, parts, taught
from rolebook.model.handbook import Handbook, derived
from rolebook.model.raci import OUTSIDE, Involvement, Role, Row
from rolebook.model.training import TrainingModule, TrainingPlan

_PLANS = FILES["plan"].folder


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
            and not taught(handbook, holder, part)
            and ("training", holder, part.reference) not in waived(handbook)
            and not perhaps_taught(handbook, holder, part)
        ]
        if trained and untaught:
            yield _untaught(handbook, holder, untaught, any_of_few(map(_path, _nearest_plans(trained, untaught))))


def _audiences_are_read(handbook: Handbook) -> bool:
    """Whether every plan could be read, and every job that a plan trains: the roles that it carries are trained."""
    jobs = (job for plan in handbook.plans.values() if plan.who for job in plan.who.jobs)
    lost = any(may_be_lost(handbook, "job", job) or not handbook.whole_file(path_of("job", job)) for job in jobs)
    return all_read(handbook, "plan") and not lost


def _nearest_plans(trained: Iterable[Module], untaught: Iterable[Part]) -> list[str]:
    """The plans of a role that teach something of the processes in question; all of them where none does."""
    processes = {str(part.process.id) for part in untaught}
    near = (plan.id for plan, module in trained if any(what.partition("/")[0] in processes for what in module.teaches))
    return list(dict.fromkeys(map(str, near))) or list(dict.fromkeys(str(plan.id) for plan, _ in trained))


def _path(plan: str) -> str:
    return path_of("plan", plan)


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
        if not handbook.whole_file(plan.id.span.path):
            continue
        for module in plan.modules:
            roles = {handbook.current(role) for role in module.for_} or set(audience(handbook, plan))
            if not roles or any(_needs(handbook, role, module) for role in roles):
                continue
            if _is_known(handbook, plan) and _can_judge(handbook, module):
                yield _unneeded(handbook, module)


def _unneeded(handbook: Handbook, module: TrainingModule) -> Finding:
    """The finding for a module that teaches nothing of its own people's work, with those whose work it is."""
    doing: dict[str, Related] = {}
    for what in module.teaches:
        process, _, activity = what.partition("/")
        for role in handbook.assigned(process, activity, Involvement.RESPONSIBLE):
            doing.setdefault(handbook.current(role), Related(role.span, f"'{role}' is responsible for '{what}' here"))
    message = f"nobody whom '{module.id}' is for takes part in {any_of_few(map(quoted, module.teaches))}"
    instead = f"let it be for {any_of_few(map(quoted, doing))}" if doing else "let it be for those who do"
    help = f"Correct 'teaches', {instead}, or take the module out."
    return Finding(module.id.span, message, help, tuple(doing.values())[:MOST_NAMED])


def _is_known(handbook: Handbook, plan: TrainingPlan) -> bool:
    """Whether everybody whom a plan names is known and in use, with all that jobs carry."""
    jobs = [handbook.jobs.get(job) for job in plan.who.jobs] if plan.who else []
    return all(is_in_use(handbook, role) for role in audience(handbook, plan)) and all(
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
        rows = handbook.matrices[process].rows if not slash else (row,) if row else ()
        if not rows or not all(_is_filled(handbook, row) for row in rows):
            return False  # RB101, RB102, RB201, RB203 and RB204 tell of it
        if not slash and not is_in_use(handbook, handbook.processes[process].owner):
            return False
    return all(is_in_use(handbook, role) for role in module.for_)


def _is_filled(handbook: Handbook, row: Row) -> bool:
    """Whether a line names who is responsible and accountable, and nobody who is unknown or out of use."""
    known = all(is_in_use(handbook, role) or role.startswith(OUTSIDE) for _, role in row.assignments())
    return bool(row.responsible and row.accountable) and known


def _needs(handbook: Handbook, role: str, module: TrainingModule) -> bool:
    """Whether a role takes part in something that a module teaches, or owns a process that it teaches."""
    own = parts(handbook).get(role, ())
    if any(part.reference in module.teaches or part.process.id in module.teaches for part in own):
        return True
    taught_here = (handbook.processes.get(what) for what in module.teaches)
    return any(process is not None and handbook.current(process.owner) == role for process in taught_here)


@check("RB506", "untrained-role")
def untrained_role(handbook: Handbook) -> Iterator[Finding]:
    """A role does or answers for activities, and no training is for it."""
    for role, own in _without_training(handbook).items():
        yield _untrained(handbook, handbook.roles[role], own)


@derived
def _without_training(handbook: Handbook) -> Mapping[str, list[Part]]:
    """The roles that no training is for, with what they must know."""
    found: dict[str, list[Part]] = {}
    for role, own in parts(handbook).items() if _audiences_are_read(handbook) else ():
        needed = [part for part in own if must_know(part)]
        is_trained = role in modules_by_role(handbook) or not is_in_use(handbook, role)
        if needed and not is_trained and not perhaps_trained(handbook, role):
            found[role] = needed
    return found


def _untrained(handbook: Handbook, role: Role, own: list[Part]) -> Finding:
    """The finding for a role without training, with the plans that teach something of its work already."""
    message = f"no training plan is for '{role.id}', which does or answers for {shortened(own)}"
    teaching = (
        (*modules_teaching(handbook).get(part.reference, ()), *modules_teaching(handbook).get(part.process.id, ()))
        for part in own
    )
    plans = dict.fromkeys(str(plan.id) for modules in teaching for plan, _ in modules)
    where = any_of_few(map(_path, plans)) or f"a plan in {_PLANS}/ that teaches them"
    return Finding(place(role.name, role.id), message, f"Add '{role.id}' to 'who' of {where}.")


@check("RB507", "outside-audience")
def outside_audience(handbook: Handbook) -> Iterator[Finding]:
    """A training module is for a role that its plan does not train."""
    for plan in handbook.plans.values():
        if plan.who is None or not handbook.whole(plan.who.span) or not _is_known(handbook, plan):
            continue
        trained = audience(handbook, plan)
        for module in plan.modules:
            for role in module.for_:
                holder = handbook.current(role)
                told = holder in trained or holder in _without_training(handbook)  # the latter by RB506
                if is_in_use(handbook, role) and not told:
                    message = f"'{module.id}' is for '{role}', which this plan does not train"
                    related = Related(beginning(plan.who.span), "whom it trains stands here")
                    yield Finding(role.span, message, f"Add '{role}' to 'who', or take it out here.", (related,))
