"""How it stands with what released improvements brought into job descriptions and training."""

from collections.abc import Sequence
from dataclasses import replace

from rolebook.checks.audiences import perhaps_taught
from rolebook.checks.held import Held, Loss
from rolebook.checks.slips import perhaps_covered
from rolebook.checks.whereabouts import gap, today
from rolebook.checks.wording import beginning, place, quoted
from rolebook.loading.snapshots.protecting import protected
from rolebook.model.catalogue import of_kind, path_of
from rolebook.model.consolidation import Touch, has_duty
from rolebook.model.coverage import Part, covers, involved, jobs_by_role, modules_by_role, teaches
from rolebook.model.handbook import Handbook, derived
from rolebook.model.job import JobDescription
from rolebook.model.protected import KeptDuty, KeptModule, KeptObjective
from rolebook.model.training import TrainingModule, TrainingPlan
from rolebook.source import Span, Text


def duty(handbook: Handbook, kept: KeptDuty) -> Held:
    """A duty in the job that had it, or in others that carry the role where that one no longer does."""
    part, role = _part(handbook, kept), today(handbook, "role", kept.role) or ""
    activity = part.reference if part else str(kept.activity)
    what = f"the job '{today(handbook, 'job', kept.job) or kept.job}' has a duty for {quoted(activity)}"
    what += f" as {quoted(role or kept.role)}"
    if part is None:
        return Held(what, _of_job(handbook, kept.job))
    jobs = jobs_by_role(handbook).get(role, ())
    having = [job for job in jobs if any(covers(duty, part) for duty in job.duties)]
    if lacking := _lacking(handbook, kept.job, jobs, having):
        if perhaps_covered(handbook, _written(lacking), part):
            return Held(what, place(lacking.name, lacking.id))
        span = _former(handbook, kept, lacking) or _carried(handbook, lacking, role)
        message = f"the job '{lacking.id}' no longer has a duty for {quoted(activity)}"
        return Held(what, span, (Loss(span, message, f"Name '{activity}' under 'fulfils' of a duty again"),))
    if not having:
        return Held(what, _of_job(handbook, kept.job), (_uncarried(handbook, kept.job, role, activity),))
    own = [job for job in having if job.id == today(handbook, "job", kept.job)] or having
    found = (replace(kept, activity=_text(activity, kept), role=_text(role, kept), job=job.id) for job in own)
    return Held(what, _covering(own[0], part), kept=tuple(found))


def objective(handbook: Handbook, kept: KeptObjective) -> Held:
    """A KPI among the objectives of its owner's job, or answered for with its process."""
    kpi, role = today(handbook, "kpi", kept.kpi), today(handbook, "role", kept.role) or ""
    what = f"the job '{today(handbook, 'job', kept.job) or kept.job}' answers for the KPI {quoted(kpi or kept.kpi)}"
    if kpi is None or role != _owner(handbook, kpi):
        return Held(what, _of_job(handbook, kept.job))
    jobs = jobs_by_role(handbook).get(role, ())
    having = [job for job in jobs if has_duty(job, Touch(role, _text(kpi, kept), kpi=kpi))]
    if lacking := _lacking(handbook, kept.job, jobs, having):
        span = _carried(handbook, lacking, role)
        message = f"the job '{lacking.id}' no longer answers for the KPI {quoted(kpi)}"
        return Held(what, span, (Loss(span, message, f"Add 'kpi: {kpi}' under 'objectives' again"),))
    if not having:
        return Held(what, _of_job(handbook, kept.job), (_uncarried(handbook, kept.job, role, kpi),))
    own = [job for job in having if job.id == today(handbook, "job", kept.job)] or having
    found = (replace(kept, kpi=_text(kpi, kept), role=_text(role, kept), job=job.id) for job in own)
    return Held(what, place(own[0].name, own[0].id), kept=tuple(found))


def module(handbook: Handbook, kept: KeptModule) -> Held:
    """A training module that teaches a role its part, or a later one that took its place."""
    part, role = _part(handbook, kept), today(handbook, "role", kept.role) or ""
    now = today(handbook, "module", kept.module)
    activity = part.reference if part else str(kept.activity)
    taught = f"{quoted(role or kept.role)} the activity {quoted(activity)}"
    what = f"the training module {quoted(now or kept.module)} teaches {taught}"
    span = of_kind(handbook, "module")[now].id.span if now else gap(handbook, "module", kept.module)
    if part is None:
        return Held(what, span)
    taking = modules_by_role(handbook).get(role, ())
    teaching = {f"{plan.id}/{module.id}": module for plan, module in taking if teaches(module, part)}
    own = [now] if now in teaching else [other for other in teaching if other not in _kept_for(handbook, kept)]
    if not own and perhaps_taught(handbook, role, part):
        return Held(what, span)
    if not own:
        return Held(what, span, (_untaught(handbook, now, span, taught, kept, part),))
    now_kept = replace(kept, activity=_text(activity, kept), role=_text(role, kept))
    return Held(what, span, kept=tuple(replace(now_kept, module=_text(other, kept)) for other in own if other))


def _part(handbook: Handbook, kept: KeptDuty | KeptModule) -> Part | None:
    """What a role still does in an activity of what it did when it was protected; None where that is nothing."""
    activity, role = today(handbook, "activity", kept.activity), today(handbook, "role", kept.role)
    found = handbook.activity(activity) if activity else None
    if found is None or activity is None or role is None:
        return None
    letters = tuple(i for i in involved(handbook, found[0].id, found[1].id).get(role, ()) if i.value in kept.letters)
    return Part(*found, letters, activity) if letters else None


def _lacking(
    handbook: Handbook, job: str, carrying: Sequence[JobDescription], having: Sequence[JobDescription]
) -> JobDescription | None:
    """The job that carries a role without what it had; another one that carries it where no job has that any more."""
    own, those = today(handbook, "job", job), {job.id for job in having}
    without = [job for job in carrying if job.id not in those]
    return next((job for job in without if job.id == own), None if having else next(iter(without), None))


def _uncarried(handbook: Handbook, job: str, role: str, what: str) -> Loss:
    message = f"no job carries '{role}' any more, so that nobody has a duty for {quoted(what)}"
    return Loss(_of_job(handbook, job), message, "Let a job carry the role, with a duty for it")


def _of_job(handbook: Handbook, job: str) -> Span:
    """Where a job has its name; its file where it is gone."""
    found = handbook.jobs.get(today(handbook, "job", job) or "")
    return place(found.name, found.id) if found else Span.of_file(path_of("job", job))


def _written(job: JobDescription) -> tuple[Text, ...]:
    return tuple(text for duty in job.duties for text in (*duty.fulfils, *duty.answers_for))


def _covering(job: JobDescription, part: Part) -> Span:
    """Where the duty stands that covers a part."""
    duty = next(duty for duty in job.duties if covers(duty, part))
    named = (text for text in (*duty.fulfils, *duty.answers_for) if text in (part.reference, part.process.id))
    return next(named).span


def _former(handbook: Handbook, kept: KeptDuty, job: JobDescription) -> Span | None:
    """Where the duty stands that fulfilled an activity in the newest release, if it is still there in its words."""
    for then in handbook.past.values():
        before = then.jobs.get(kept.job)
        words = {str(duty.duty) for duty in before.duties if kept.activity in duty.fulfils} if before else ()
        for duty in job.duties:
            if duty.duty in words:
                return place(*duty.fulfils, duty.duty)
    return None


def _carried(handbook: Handbook, job: JobDescription, holder: str) -> Span:
    """Where a job takes a role on."""
    return next(role for role in job.carries if handbook.current(role) == holder).span


def _owner(handbook: Handbook, reference: str) -> str:
    """The role that a KPI belongs to."""
    process, _, id = reference.partition("/")
    return next(handbook.current(kpi.owner) for kpi in handbook.processes[process].kpis if kpi.id == id)


def _kept_for(handbook: Handbook, kept: KeptModule) -> frozenset[str]:
    """The modules that are protected for the same: none of them took the place of another."""
    return _kept_modules(handbook).get((str(kept.role), str(kept.activity)), frozenset())


@derived
def _kept_modules(handbook: Handbook) -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one in protected(handbook):
        for kept in one.modules:
            key = (str(kept.role), str(kept.activity))
            now = today(handbook, "module", kept.module)
            found[key] = found.get(key, frozenset()) | ({now} if now else set())
    return found


def _untaught(handbook: Handbook, now: str | None, span: Span, what: str, kept: KeptModule, part: Part) -> Loss:
    """The loss of a module that is gone, no longer teaches something, or is for others."""
    if now is None:
        message = f"the training module {quoted(kept.module)} is gone, which taught {what}"
        return Loss(span, message, f"Add it to {span.path} again")
    plan, found = _module(handbook, now)
    if not teaches(found, part):
        message = f"the training module '{found.id}' no longer teaches {what}"
        return Loss(place(*found.teaches, found.id), message, f"Name '{part.reference}' under 'teaches' again")
    role = today(handbook, "role", kept.role)
    is_for_others = bool(found.for_) and all(handbook.current(one) != role for one in found.for_)
    span = found.for_[0].span if is_for_others else beginning(plan.who.span) if plan.who else place(plan.name, plan.id)
    where = "'for'" if is_for_others else "'who' of the plan"
    message = f"the training module '{found.id}' is no longer for whom it taught: {what}"
    return Loss(span, message, f"Name the role under {where} again")


def _module(handbook: Handbook, reference: str) -> tuple[TrainingPlan, TrainingModule]:
    plan, _, id = reference.partition("/")
    return handbook.plans[plan], next(module for module in handbook.plans[plan].modules if module.id == id)


def _text(words: str, kept: KeptDuty | KeptObjective | KeptModule) -> Text:
    return Text(words, kept.span)
