"""Family 6, improvements: what was achieved has reached everybody, and what is begun has a purpose and a measure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rolebook.checks.audiences import perhaps_taught
from rolebook.checks.check import A_DAY_ELSEWHERE, check, dated_check
from rolebook.checks.jobs import opposed
from rolebook.checks.parts import is_in_use
from rolebook.checks.slips import perhaps, perhaps_carried, perhaps_covered, slips
from rolebook.checks.whereabouts import kept_by_ratchet
from rolebook.checks.wording import any_of_few, place
from rolebook.diagnostic import Finding, Related, Severity
from rolebook.model.backlinks import modules_teaching
from rolebook.model.catalogue import FILES, all_read, of_kind, path_of
from rolebook.model.consolidation import Lack, Touch, lacks, touched
from rolebook.model.coverage import modules_by_role
from rolebook.model.handbook import Handbook
from rolebook.model.improvement import Improvement, Status
from rolebook.model.job import JobDescription

AGREED: frozenset[str] = frozenset({Status.APPROVED, Status.IN_PROGRESS, Status.ACHIEVED})
_ALTHOUGH = ", though this improvement is achieved"
_NEEDED = (
    ("owner", "owner", "the role that sees it through"),
    ("objective", "objective", "the business objective that it serves"),
    ("benefit", "benefit", "what the business gains"),
    ("measured", "measure", "the KPI that shows the benefit, before and after"),
)


@check("RB601", "unconsolidated-improvement")
def unconsolidated_improvement(handbook: Handbook) -> Iterator[Finding]:
    """An improvement calls itself achieved, but has not reached everybody's job description and training."""
    for improvement in handbook.improvements.values():
        if improvement.status == Status.ACHIEVED.value and handbook.whole_file(improvement.id.span.path):
            for lack in lacks(handbook, improvement):
                if improvement.id in kept_by_ratchet(handbook):
                    break  # RB608 tells what is undone of it, RB402 and RB502 what later work lacks
                if not _may_be_lost(handbook, lack):
                    yield _unconsolidated(handbook, lack)


def _may_be_lost(handbook: Handbook, lack: Lack) -> bool:
    """Whether what is lacking may stand where something could not be read, or a slip (RB101) hides it."""
    role = handbook.roles.get(lack.touch.role)
    if role is None or not role.active or _is_misspelt(handbook, lack):
        return True
    if lack.job is not None:
        if (lack.job.id, lack.touch.role) in opposed(handbook):
            return True  # RB405 tells that it should not carry the role
        return not handbook.whole_file(lack.job.id.span.path)
    return not all_read(handbook, "job" if lack.of == "duty" else "plan")


def _is_misspelt(handbook: Handbook, lack: Lack) -> bool:
    """Whether a slip in a job, or in the training of the role, was perhaps meant for what is lacking."""
    touch, job = lack.touch, lack.job
    if lack.of == "training":
        return touch.part is not None and perhaps_taught(handbook, touch.role, touch.part)
    if job is None:
        return perhaps_carried(handbook, touch.role)
    if touch.part:
        written = (text for duty in job.duties for text in (*duty.fulfils, *duty.answers_for))
        return perhaps_covered(handbook, written, touch.part)
    objectives = (objective.kpi for objective in job.objectives if objective.kpi)
    answered = (process for duty in job.duties for process in duty.answers_for)
    process = touch.kpi.partition("/")[0]
    return perhaps(handbook, "kpi", objectives, touch.kpi) or perhaps(handbook, "process", answered, process)


def _unconsolidated(handbook: Handbook, lack: Lack) -> Finding:
    touch = lack.touch
    what = touch.part.reference if touch.part else touch.kpi
    waiver = f"or excuse '{touch.role}' under 'waivers' with 'of: {lack.of}' and the reason"
    if lack.of == "training":
        return _untrained(handbook, touch, what, waiver)
    if touch.kpi:
        return _unowned_kpi(handbook, lack, waiver)
    if lack.job is None:
        message = f"no job carries '{touch.role}', so that nobody has a duty for '{what}'{_ALTHOUGH}"
        help = f"Add the role and the duty to a job description in {FILES['job'].folder}/, {waiver}."
        return Finding(touch.element.span, message, help)
    message = f"the job '{lack.job.id}' has no duty for '{what}'{_ALTHOUGH}"
    help = f"Add one to {path_of('job', lack.job.id)}, {waiver}."
    return Finding(touch.element.span, message, help, _carrying(handbook, lack.job, touch.role))


def _untrained(handbook: Handbook, touch: Touch, what: str, waiver: str) -> Finding:
    """The finding for a role that no module teaches what an improvement brought, with its plans or those that could."""
    plans = {plan.id: plan for plan, _ in modules_by_role(handbook).get(touch.role, ())}
    related = tuple(Related(place(p.name, p.id), f"this plan trains '{touch.role}'") for p in plans.values())
    teaching = dict.fromkeys(plan.id for plan, _ in modules_teaching(handbook).get(what, ()))
    paths = any_of_few(path_of("plan", plan) for plan in plans or teaching)
    help = f"Teach '{what}' in {paths or 'a plan in ' + FILES['plan'].folder + '/'}, {waiver}."
    if teaching and not plans:
        help = f"Add '{touch.role}' to 'who' of {paths}, {waiver}."
    return Finding(touch.element.span, f"'{touch.role}' is not trained in '{what}'{_ALTHOUGH}", help, related)


def _unowned_kpi(handbook: Handbook, lack: Lack, waiver: str) -> Finding:
    """The finding for a KPI that its owner's job neither has as an objective nor answers for with its process."""
    role, kpi, element = lack.touch.role, lack.touch.kpi, lack.touch.element
    needed = f"'kpi: {kpi}' under 'objectives', or a duty with 'answers_for: {kpi.partition('/')[0]}'"
    if lack.job is None:
        message = f"no job carries '{role}', so that nobody has the KPI '{kpi}' as an objective{_ALTHOUGH}"
        return Finding(element.span, message, f"Let a job in {FILES['job'].folder}/ carry it, with {needed}, {waiver}.")
    message = f"the job '{lack.job.id}' has no objective for the KPI '{kpi}'{_ALTHOUGH}"
    help = f"Add {needed}, to {path_of('job', lack.job.id)}, {waiver}."
    return Finding(element.span, message, help, _carrying(handbook, lack.job, role))


def _carrying(handbook: Handbook, job: JobDescription, holder: str) -> tuple[Related, ...]:
    """Where a job takes on a role."""
    carried = next(role for role in job.carries if handbook.current(role) == holder)
    return (Related(carried.span, f"this job carries '{holder}'"),)


@check("RB602", "unfounded-improvement")
def unfounded_improvement(handbook: Handbook) -> Iterator[Finding]:
    """An improvement was approved without an owner, objective, benefit or measure, or achieved without a change."""
    for improvement in _agreed(handbook):
        given = {
            "owner": improvement.owner,
            "objective": improvement.objective,
            "benefit": improvement.benefit,
            "measured": improvement.measured,
        }
        for key, name, meaning in _NEEDED:
            if not given[key]:
                message = f"'{improvement.id}' is {improvement.status}, but has no {name}"
                yield Finding(improvement.status.span, message, f"Add '{key}': {meaning}.")
        elements = (*improvement.adds, *improvement.changes, *improvement.removes)
        if improvement.status == Status.ACHIEVED.value and not elements:
            message = f"'{improvement.id}' is achieved, but does not say what it changed in the handbook"
            help = "Add 'adds', 'changes' or 'removes' with at least one thing, such as 'activity:process/activity'."
            yield Finding(improvement.status.span, message, help)


@check("RB603", "quick-win-without-goal")
def quick_win_without_goal(handbook: Handbook) -> Iterator[Finding]:
    """A quick win serves no long-term objective and leads to nothing larger."""
    horizons = {objective.id: objective.horizon for objective in handbook.organisation.objectives}
    for improvement in handbook.improvements.values():
        objective = improvement.objective
        if not improvement.quick_win or improvement.leads_to or improvement.status == Status.REJECTED.value:
            continue
        if objective is None and improvement.status in AGREED:
            continue  # RB602 tells that it has none
        if not handbook.whole_file(improvement.id.span.path):
            continue
        if objective is None or horizons.get(objective) == "this-year":
            what = f"'{objective}' is for this year only" if objective else "it names no objective"
            message = f"the quick win '{improvement.id}' leads to nothing larger, and {what}"
            help = "Add 'leads_to' with the larger improvement, or name a long-term objective."
            yield Finding(place(objective or improvement.name, improvement.id), message, help)


@check("RB604", "waiver-without-need", Severity.WARNING)
def waiver_without_need(handbook: Handbook) -> Iterator[Finding]:
    """A waiver excuses a role from something that it has, or does not need."""
    if handbook.lost or slips(handbook):
        return
    for improvement in handbook.improvements.values():
        if improvement.status != Status.ACHIEVED.value or not improvement.waivers:
            continue
        if not all(is_in_use(handbook, touch.role) for touch in touched(handbook, improvement)):
            continue  # whom it was to touch is not known (RB102)
        needed = {(lack.of, lack.touch.role) for lack in lacks(handbook, replace(improvement, waivers=()))}
        if not improvement.retrain:
            needed |= {("training", touch.role) for touch in touched(handbook, improvement) if touch.needs_work}
        for waiver in improvement.waivers:
            need = (str(waiver.of), handbook.current(waiver.for_))
            if need not in needed and waiver.for_ in handbook.roles:
                message = f"'{waiver.for_}' needs no waiver of {waiver.of}"
                yield Finding(waiver.for_.span, message, "Take the waiver out.")
            needed.discard(need)


@dated_check("RB605", "unrecorded-status")
def unrecorded_status(handbook: Handbook, today: date) -> Iterator[Finding]:
    """An improvement has come further than its approval and its dates say."""
    for improvement in _agreed(handbook):
        if not improvement.approval:
            message = f"'{improvement.id}' is {improvement.status}, but nobody has approved it"
            yield Finding(improvement.status.span, message, "Add 'approval' with who agreed to it and when.")
        if improvement.status == Status.ACHIEVED.value and not improvement.achieved:
            message = f"'{improvement.id}' does not say when it was achieved"
            yield Finding(improvement.status.span, message, "Add 'achieved' with the day.")
    for improvement in handbook.improvements.values():
        if improvement.achieved and improvement.status and improvement.status != Status.ACHIEVED.value:
            message = f"'{improvement.id}' has a day of achievement, but is {improvement.status}"
            yield Finding(improvement.achieved.span, message, "Write 'status: achieved', or take the day out.")
        if handbook.whole_file(improvement.id.span.path):
            yield from _dates_at_odds(improvement, today)


def _dates_at_odds(improvement: Improvement, today: date) -> Iterator[Finding]:
    """The dates of an improvement that cannot all be right."""
    approval, achieved, measured = improvement.approval, improvement.achieved, improvement.measured
    if achieved and achieved > today + A_DAY_ELSEWHERE:
        message = f"'{improvement.id}' is achieved on {achieved.isoformat()}, which has not come yet"
        yield Finding(achieved.span, message, "Write the day on which it was achieved, or 'due' while it is not.")
    if achieved and approval and approval.approved > achieved:
        message = f"'{improvement.id}' was approved after it was achieved"
        related = (Related(achieved.span, "it was achieved here"),)
        yield Finding(approval.approved.span, message, "Correct the day that is wrong.", related)
    if measured and measured.before >= measured.after:
        message = f"the month before '{improvement.id}' is not before the month after it"
        related = (Related(measured.after.span, "the month after stands here"),)
        help = "Write a month before the improvement in 'before', and one after it in 'after'."
        yield Finding(measured.before.span, message, help, related)


@check("RB606", "unremoved-element")
def unremoved_element(handbook: Handbook) -> Iterator[Finding]:
    """What an achieved improvement took out is still there."""
    added = {element for improvement in handbook.improvements.values() for element in improvement.adds}
    for improvement in handbook.improvements.values():
        for element in improvement.removes if improvement.status == Status.ACHIEVED.value else ():
            kind, _, reference = element.partition(":")
            thing = of_kind(handbook, kind).get(reference)
            role = handbook.roles.get(reference) if kind == "role" else None
            if thing is None or element in added or (role and not role.active):
                continue
            if improvement.id in kept_by_ratchet(handbook):
                break  # of what was released, RB608 tells
            message = f"'{element}' is still there"
            help = "Retire it." if role else f"Take it out of {path_of(kind, reference)}."
            yield Finding(element.span, message, help, (Related(thing.id.span, "it stands here"),))


def _agreed(handbook: Handbook) -> Iterator[Improvement]:
    """The improvements that are agreed upon, and that could be read completely."""
    for improvement in handbook.improvements.values():
        if improvement.status in AGREED and handbook.whole_file(improvement.id.span.path):
            yield improvement
